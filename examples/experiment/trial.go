package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// trial is what came of ranking the sheet by one method.
type trial struct {
	method
	ranking   *prioritize.Ranking[int] // of row indices
	standings []standing               // of each row

	// How far a number of a row may move, and how often a row keeps its place. Both are nil for a method
	// that does not name its factors.
	margins func(row int) ([]prioritize.Margin[int], error)
	draw    func() (*prioritize.RankStability[int], error)
}

// standing is the ranks that a row fills: first and last are the same unless it ties with others. It
// is zero for what is not scored.
type standing struct{ first, last int }

func (s standing) isScored() bool { return s.first > 0 }

func (s standing) String() string {
	if s.first == s.last {
		return fmt.Sprint(s.first)
	}
	return fmt.Sprintf("%d-%d", s.first, s.last)
}

// numeric is a method that names the numbers it works with.
type numeric[A any] interface {
	prioritize.Method[A]
	prioritize.Factored[A]
}

func newTrial[A any](
	m method, by prioritize.Method[A], candidates []prioritize.Candidate[int, A],
) (*trial, error) {
	ranking, err := prioritize.Rank(by, candidates)
	if err != nil {
		return nil, err
	}
	t := &trial{method: m, ranking: ranking, standings: make([]standing, len(candidates))}
	for row := range ranking.All() {
		t.standings[row.Key] = standing{row.Rank, row.Rank}
	}
	for _, tie := range ranking.Ties() {
		for _, key := range tie {
			t.standings[key].last += len(tie) - 1
		}
	}
	if n, ok := by.(numeric[A]); ok {
		t.margins = func(row int) ([]prioritize.Margin[int], error) {
			return prioritize.Sensitivity(n, candidates, ranking, row, prioritize.SensitivityOptions{})
		}
		t.draw = func() (*prioritize.RankStability[int], error) {
			return prioritize.Stability(n, candidates, prioritize.StabilityOptions[int, A]{
				Spreads: func(c prioritize.Candidate[int, A]) []prioritize.Spread {
					return spreads(n.Factors(), c.Input)
				},
				Draws:  max(10, min(1000, 100_000/len(candidates))),
				Source: rand.NewPCG(1, 2),
			})
		}
	}
	return t, nil
}

// uncertainty is how far each number may be off in the draws, in percent of it.
const uncertainty = 20

// spreads says that each number may be off, within what is allowed.
func spreads[A any](factors []prioritize.Factor[A], in A) []prioritize.Spread {
	var all []prioritize.Spread
	for _, f := range factors {
		value, ok := f.Get(in)
		if !ok {
			continue
		}
		off := value.Abs().Mul(decimal.New(uncertainty, -2))
		low, high := value.Sub(off), value.Add(off)
		if f.Least.Valid {
			low = decimal.Max(low, f.Least.Decimal)
		}
		if f.Most.Valid {
			high = decimal.Min(high, f.Most.Decimal)
		}
		all = append(all, prioritize.Spread{Factor: f.Name, Low: low, High: high})
	}
	return all
}
