package prioritize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// CD3Input holds what [CD3] scores one item by. All items use one unit of time and one of
// money.
type CD3Input struct {
	CostOfDelay decimal.Decimal `json:"cost_of_delay"` // per period, >= 0
	Duration    decimal.Decimal `json:"duration"`      // in periods, > 0
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in CD3Input) Validate() error { return validate(cd3Factors, in) }

// CD3 is cost of delay divided by duration, highest first: the order that makes the total cost of
// delay smallest when items are done one after the other and none needs another. Equal quotients
// are a tie; either order costs the same. Of equal costs of delay, the shortest item comes first.
//
// Source: Wayne E. Smith, "Various optimizers for single-stage production", 1956; the name is
// Joshua Arnold's, after Don Reinertsen, The Principles of Product Development Flow, 2009.
type CD3 struct{}

// Score scores each input by [CD3.ScoreItem].
func (m CD3) Score(inputs []CD3Input) ([]Score, error) { return Each(inputs, m.ScoreItem) }

// ScoreItem returns cost of delay / duration as an exact fraction.
// A negative cost of delay or a duration of zero or less is a [*FieldError].
func (CD3) ScoreItem(in CD3Input) (Score, error) {
	num, den := Value(in.CostOfDelay), Value(in.Duration)
	if !num.atLeast0() || !den.atLeast0() || den.num == 0 {
		if err := in.Validate(); err != nil {
			return Score{}, err
		}
	}
	score := num.Div(den)
	return score, score.Err()
}

// Terms returns the terms of the score: "10 / 4 = 2.5".
func (CD3) Terms(in CD3Input) []Term { return terms(cd3Factors, in) }

// Factors are the cost of delay, which raises the score, and the duration, which lowers it.
func (CD3) Factors() []Factor[CD3Input] { return slices.Clone(cd3Factors) }

// cd3Factors is never changed.
var cd3Factors = []Factor[CD3Input]{
	benefit("cost_of_delay", func(in *CD3Input) *decimal.Decimal { return &in.CostOfDelay }).
		scaling().named("cod", "delay cost"),
	cost("duration", func(in *CD3Input) *decimal.Decimal { return &in.Duration }).scaling(),
}

// Approximate is the score in floating point, for [Stability].
func (CD3) Approximate(v []float64) float64 { return v[0] / v[1] }

// DelayCost is what an order of work costs, exactly, by the two conventions in use. They differ by
// the same amount for every order, the sum of cost of delay × duration.
type DelayCost struct {
	FromStart    Score // each item is late until work on it starts: the first costs nothing
	ToCompletion Score // each item is late until it is done
}

// TotalDelayCost returns what doing the items one after the other, in the order given, costs.
// Impossible values are joined, one [*ItemError] an item. No items at all are a [*FieldError]. O(n).
//
// Source: Don Reinertsen, The Principles of Product Development Flow, 2009, chapter 7.
func TotalDelayCost(order []CD3Input) (DelayCost, error) {
	if len(order) == 0 {
		return DelayCost{}, errNoItems()
	}
	cost := DelayCost{FromStart: Integer(0), ToCompletion: Integer(0)}
	now := Integer(0)
	var errs []error
	for i, in := range order {
		if err := in.Validate(); err != nil {
			errs = append(errs, &ItemError{Index: i, Err: err})
			continue
		}
		rate := Value(in.CostOfDelay)
		cost.FromStart = cost.FromStart.Add(rate.Mul(now))
		now = now.Add(Value(in.Duration))
		cost.ToCompletion = cost.ToCompletion.Add(rate.Mul(now))
	}
	if err := fault.Join(errs...); err != nil {
		return DelayCost{}, err
	}
	return cost, nil
}
