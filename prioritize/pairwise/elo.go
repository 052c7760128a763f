package pairwise

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Elo rates items by contests in the order in which they took place: the winner takes points from
// the loser, more the less the win was expected, so that the sum of all ratings stays what it was.
// Highest first; equal ratings are a tie. Inputs are the names of items; one that is neither rated
// nor ever compared is unscored.
//
// Source: Arpad Elo, The Rating of Chessplayers, Past and Present, 1978.
type Elo struct {
	Contests []Contest // in the order in which they took place, each with Times 0 or 1
	// K is how many points are at stake in a contest; > 0. No source fixes it: chess uses 10 to 40.
	K decimal.Decimal
	// Ratings holds the ratings to begin with; who is not in it begins at 1500.
	Ratings map[string]decimal.Decimal
}

// initialRating is the custom of computer implementations.
const initialRating = 1500

// expectedScale is the number of digits after the point that an expected score is rounded to.
const expectedScale = 9

// Validate returns everything impossible about the contests, K and the ratings, joined.
func (m Elo) Validate() error {
	errs := []error{wrong("k", m.K, bounds.Positive(m.K))}
	for _, name := range slices.Sorted(maps.Keys(m.Ratings)) {
		rating := m.Ratings[name]
		errs = append(errs, wrong(entry("ratings", name), rating, bounds.Any(rating)))
	}
	for i, c := range m.Contests {
		errs = append(errs, c.validate(contest(i)))
		if c.Times > 1 {
			errs = append(errs, &prioritize.FieldError{
				Field: contest(i) + "times", Value: fmt.Sprint(c.Times),
				Want: "0 or 1, as each contest changes the ratings for the next",
			})
		}
	}
	return fault.Join(errs...)
}

// Rate returns the ratings after all contests, of those who took part and those in Ratings. Every
// expected score is rounded to 9 digits after the point; from there on ratings are exact. Errors
// are those of [Elo.Validate], and ratings that leave the bounds of the package. O(contests).
func (m Elo) Rate() (map[string]decimal.Decimal, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	ratings := maps.Clone(m.Ratings)
	if ratings == nil {
		ratings = make(map[string]decimal.Decimal)
	}
	for i, c := range m.Contests {
		winner, loser := ratingOf(ratings, c.Winner), ratingOf(ratings, c.Loser)
		result := decimal.NewFromInt(1)
		if c.Draw {
			result = decimal.New(5, -1)
		}
		expected, err := eloExpected(contest(i), winner, loser)
		if err != nil {
			return nil, err
		}
		gain := m.K.Mul(result.Sub(expected))
		ratings[c.Winner], ratings[c.Loser] = winner.Add(gain), loser.Sub(gain)
	}
	return ratings, nil
}

func ratingOf(ratings map[string]decimal.Decimal, name string) decimal.Decimal {
	if r, ok := ratings[name]; ok {
		return r
	}
	return decimal.NewFromInt(initialRating)
}

// Score returns the rating of each item after all contests, with the errors of [Elo.Validate].
func (m Elo) Score(items []string) ([]prioritize.Score, error) {
	ratings, err := m.Rate()
	if err != nil {
		return nil, err
	}
	scores := make([]prioritize.Score, len(items))
	for i, name := range items {
		scores[i] = prioritize.Unscored("never compared")
		if r, ok := ratings[name]; ok {
			scores[i] = prioritize.Value(r)
		}
	}
	return scores, nil
}

// EloExpected returns the score that a rating can expect against another, from 0 to 1: 1 / (1 +
// 10^((opponent - rating) / 400)), rounded to 9 digits after the point. What the opponent can
// expect is the rest to 1. A rating outside the bounds of the package is a [*prioritize.FieldError].
func EloExpected(rating, opponent decimal.Decimal) (decimal.Decimal, error) {
	return eloExpected("", rating, opponent)
}

// eloExpected is EloExpected with a prefix for the names of fields.
func eloExpected(prefix string, rating, opponent decimal.Decimal) (decimal.Decimal, error) {
	if err := fault.Join(
		wrong(prefix+"rating", rating, bounds.Any(rating)),
		wrong(prefix+"opponent", opponent, bounds.Any(opponent)),
	); err != nil {
		return decimal.Decimal{}, err
	}
	ahead := prioritize.Value(rating).Sub(prioritize.Value(opponent)).Div(prioritize.Integer(400))
	one := decimal.NewFromInt(1)
	expected := one
	// Beyond ten times 400 points the rest to 1 is less than half of the last digit.
	if gap := ahead.Mul(prioritize.Integer(int64(ahead.Sign()))); gap.Compare(prioritize.Integer(10)) < 0 {
		expected = rounded(1 / (1 + power10(-float(gap)))).Round(expectedScale)
	}
	if ahead.Sign() < 0 {
		return one.Sub(expected), nil
	}
	return expected, nil
}

// EloUpdate returns a rating after several contests that count as one: rating + k × (actual -
// expected), exactly, where actual is the sum of their results and expected that of the expected
// scores.
func EloUpdate(rating, k, actual, expected decimal.Decimal) (prioritize.Score, error) {
	if err := fault.Join(
		wrong("rating", rating, bounds.Any(rating)), wrong("k", k, bounds.Positive(k)),
		wrong("actual", actual, bounds.NotNegative(actual)),
		wrong("expected", expected, bounds.NotNegative(expected)),
	); err != nil {
		return prioritize.Score{}, err
	}
	return prioritize.Value(rating).Add(prioritize.Value(k).Mul(prioritize.Value(actual).Sub(prioritize.Value(expected)))), nil
}
