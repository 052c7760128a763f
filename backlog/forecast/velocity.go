package forecast

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// SprintItem is an item of a sprint at its end, for [Velocity].
type SprintItem struct {
	Points decimal.Decimal `json:"points"`
	Done   bool            `json:"done"`
}

// Velocity returns the sum of the points of the items that are done; what is done in part counts nothing.
// Errors: a [*field.Error] for each item whose points are out of range.
func Velocity(sprint []SprintItem) (decimal.Decimal, error) {
	var (
		sum   decimal.Decimal
		wrong problems
	)
	for i, r := range sprint {
		if err := amount(at("sprint", i)+"points", r.Points); err != nil {
			wrong.add(err)
		} else if r.Done {
			sum = sum.Add(r.Points)
		}
	}
	if err := wrong.err(); err != nil {
		return decimal.Decimal{}, err
	}
	return sum, nil
}

// Statistics are the count, extremes, sum, mean and standard deviation of a history.
type Statistics struct {
	Count   int             `json:"count"`
	Min     decimal.Decimal `json:"min"`
	Max     decimal.Decimal `json:"max"`
	Sum     decimal.Decimal `json:"sum"`
	squares decimal.Decimal // sum of squares
}

// Statistics returns the statistics of h, which may be nothing but zeros. Errors: those of
// [History.Validate], but for [ErrNoThroughput].
func (h History) Statistics() (Statistics, error) {
	if err := h.Validate(); err != nil && !errors.Is(err, ErrNoThroughput) {
		return Statistics{}, err
	}
	s := Statistics{Count: len(h), Min: h[0], Max: h[0]}
	for _, d := range h {
		s.Min, s.Max = decimal.Min(s.Min, d), decimal.Max(s.Max, d)
		s.Sum = s.Sum.Add(d)
		s.squares = s.squares.Add(d.Mul(d))
	}
	return s, nil
}

// Mean returns the arithmetic mean, rounded half up to places; 0 if Count is 0.
func (s Statistics) Mean(places int32) decimal.Decimal {
	if s.Count == 0 {
		return decimal.Decimal{}
	}
	return exact.Quotient(s.Sum, decimal.NewFromInt(int64(s.Count)), places)
}

// SD returns the standard deviation of a sample (divisor n-1), rounded half up to places. The bool is
// false for fewer than two values.
func (s Statistics) SD(places int32) (decimal.Decimal, bool) {
	if s.Count < 2 {
		return decimal.Decimal{}, false
	}
	n := decimal.NewFromInt(int64(s.Count))
	spread := n.Mul(s.squares).Sub(s.Sum.Mul(s.Sum))
	return exact.Root(spread, n.Mul(n.Sub(decimal.NewFromInt(1))), places), true
}

// SprintsFor returns remaining / velocity, rounded up: the number of sprints that the remaining points take.
// Errors: a [*field.Error] unless remaining >= 0 and velocity > 0.
func SprintsFor(remaining, velocity decimal.Decimal) (int64, error) {
	err := field.Join(amount("remaining", remaining), above("velocity", velocity))
	if err != nil {
		return 0, err
	}
	a, b := scaled(remaining), scaled(velocity)
	return (a + b - 1) / b, nil
}

// PointsIn returns the least and the most points of so many sprints at a velocity between low and high.
// Errors: a [*field.Error] for each argument out of range.
func PointsIn(sprints int, low, high decimal.Decimal) (least, most decimal.Decimal, err error) {
	err = field.Join(whole("sprints", sprints, 0, MaxPeriods), amount("low", low), amount("high", high))
	if err == nil && low.GreaterThan(high) {
		err = fieldError("low", low.String(), fmt.Sprintf("<= high, which is %s", high))
	}
	if err != nil {
		return decimal.Decimal{}, decimal.Decimal{}, err
	}
	n := decimal.NewFromInt(int64(sprints))
	return low.Mul(n), high.Mul(n), nil
}
