package prioritize

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// WeightedCriterion is one thing that items are rated by, and how much it counts.
type WeightedCriterion struct {
	Name   string          `json:"name"`
	Weight decimal.Decimal `json:"weight"` // negative where a high rating speaks against an item
}

// WeightedInput holds what [Weighted] scores one item by.
type WeightedInput struct {
	// Ratings holds one number a criterion, on the same scale for all items; it may be negative.
	Ratings map[string]decimal.Decimal `json:"ratings"`
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in WeightedInput) Validate() error {
	return joinFields(checkMap("ratings", in.Ratings, checkBounds)...)
}

func (in WeightedInput) clone() WeightedInput {
	in.Ratings = maps.Clone(in.Ratings)
	return in
}

// Weighted is the sum of weight × rating over named criteria, highest first. Equal sums are a tie.
// Weights need not sum to 1; minus is allowed, for weights and for ratings. There are no criteria
// by default, since no source fixes any.
//
// Source: Mike Cohn, Agile Estimating and Planning, 2005, chapter 9, and "Theme Scoring", Mountain
// Goat Software, for ratings from 1 to 5.
type Weighted struct {
	Criteria []WeightedCriterion
	// Normalise divides every weight by the sum of all, so that scores stay on the scale of the
	// ratings. It changes no order.
	Normalise bool
}

// Validate returns what is wrong with the criteria, joined: none at all, a name that is empty or
// comes twice, a weight out of bounds, weights to normalise whose sum is not above 0.
func (m Weighted) Validate() error {
	if len(m.Criteria) == 0 {
		return &FieldError{Field: "criteria", Value: "none", Want: "at least one"}
	}
	seen := make(map[string]bool, len(m.Criteria))
	var errs []error
	for i, c := range m.Criteria {
		switch {
		case c.Name == "":
			errs = append(errs, &FieldError{Field: fmt.Sprintf("criteria[%d].name", i), Want: "a name"})
		case seen[c.Name]:
			errs = append(errs, fmt.Errorf("prioritize: criterion %q: %w", c.Name, ErrDuplicate))
		}
		seen[c.Name] = true
		errs = append(errs, joinFields(checkBounds(entry("weight", c.Name), c.Weight)))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	if sum := total(m.rawWeights()); m.Normalise && sum.Sign() <= 0 {
		return &FieldError{Field: "sum of weights", Value: sum.String(), Want: "> 0"}
	}
	return nil
}

func (m Weighted) rawWeights() []Score {
	weights := make([]Score, len(m.Criteria))
	for i, c := range m.Criteria {
		weights[i] = Value(c.Weight)
	}
	return weights
}

// Weights returns the weights that scores are made with, in the order of the criteria: those given
// or, with Normalise, their shares of the sum.
func (m Weighted) Weights() []Score {
	if m.Normalise {
		return shares(m.rawWeights())
	}
	return m.rawWeights()
}

// Score scores each input by [Weighted.ScoreItem], and reports what is wrong with the criteria
// once.
func (m Weighted) Score(inputs []WeightedInput) ([]Score, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	return Each(inputs, m.ScoreItem)
}

// ScoreItem returns the weighted sum, exactly. An item without a rating for one of the criteria is
// unscored. A rating for a criterion that there is not is a [*FieldError], joined with those of
// [Weighted.Validate].
func (m Weighted) ScoreItem(in WeightedInput) (Score, error) {
	if err := fault.Join(m.Validate(), in.Validate(), m.checkNames(in)); err != nil {
		return Score{}, err
	}
	sum := Integer(0)
	for i, weight := range m.Weights() {
		name := m.Criteria[i].Name
		rating, ok := in.Ratings[name]
		if !ok {
			return Unscored(fmt.Sprintf("rating of %q is missing", name)), nil
		}
		sum = sum.Add(weight.Mul(Value(rating)))
	}
	return sum, sum.Err()
}

func (m Weighted) checkNames(in WeightedInput) error {
	known := make(map[string]bool, len(m.Criteria))
	for _, c := range m.Criteria {
		known[c.Name] = true
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(in.Ratings)) {
		if !known[name] {
			errs = append(errs, &FieldError{Field: "ratings", Value: name, Want: "the name of a criterion"})
		}
	}
	return fault.Join(errs...)
}

// Terms returns the terms of the score: "0.5 × 3 + 0.3 × 4 + 0.2 × 5 = 3.7".
func (m Weighted) Terms(in WeightedInput) []Term {
	weights := m.Weights()
	terms := make([]Term, len(m.Criteria))
	for i, c := range m.Criteria {
		rating := Value(in.Ratings[c.Name])
		terms[i] = Term{
			Name: c.Name, Effect: Adds,
			Value: rating, Weight: weights[i], Contribution: weights[i].Mul(rating),
		}
	}
	return terms
}

// Factors are the ratings. Each raises or lowers the score by the sign of its weight; no unit may be
// changed for one criterion alone.
func (m Weighted) Factors() []Factor[WeightedInput] {
	factors := make([]Factor[WeightedInput], len(m.Criteria))
	for i, c := range m.Criteria {
		factors[i] = Factor[WeightedInput]{
			Name: c.Name,
			Get: func(in WeightedInput) (decimal.Decimal, bool) {
				rating, ok := in.Ratings[c.Name]
				return rating, ok
			},
			With: func(in WeightedInput, value decimal.Decimal) WeightedInput {
				ratings := make(map[string]decimal.Decimal, len(in.Ratings)+1)
				maps.Copy(ratings, in.Ratings)
				ratings[c.Name] = value
				return WeightedInput{Ratings: ratings}
			},
			Without: func(in WeightedInput) WeightedInput {
				in = in.clone()
				delete(in.Ratings, c.Name)
				return in
			},
			Direction: c.Weight.Sign(), LinearFractional: true,
		}
	}
	return factors
}
