package delay

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Input holds what [CD3] scores one item by. All items use one unit of time and one of money.
type Input struct {
	Profile  Profile         `json:"profile"`
	Duration decimal.Decimal `json:"duration"` // > 0
}

// Validate returns a [*prioritize.FieldError] for each impossible value, joined, or nil.
func (in Input) Validate() error {
	return fault.Join(in.Profile.validate("profile."), wrong("duration", in.Duration, bounds.Positive(in.Duration)))
}

// CD3 is [prioritize.CD3] with a profile in place of a steady cost of delay: the mean rate over the duration of the
// item from now on, divided by the duration, highest first. Where profiles are straight lines it is the same, and
// its order costs least; where they are not, it looks no further than each item's own end, and no order by a
// score is always the best. [OrderCost] compares orders.
type CD3 struct{}

// Score scores each input by [CD3.ScoreItem].
func (m CD3) Score(inputs []Input) ([]prioritize.Score, error) {
	return prioritize.Each(inputs, m.ScoreItem)
}

// ScoreItem returns the mean rate over the duration / duration as an exact fraction.
// What is not valid is a [*prioritize.FieldError].
func (CD3) ScoreItem(in Input) (prioritize.Score, error) {
	if err := in.Validate(); err != nil {
		return prioritize.Score{}, err
	}
	duration := prioritize.Value(in.Duration)
	score := in.Profile.costAt(duration).Div(duration).Div(duration)
	return score, score.Err()
}

// OrderCost returns what doing the items one after the other, in the order given, costs: each as much as
// finishing it at its end does. Impossible values are joined, one [*prioritize.ItemError] an item. No items at all are
// a [*prioritize.FieldError]. O(n log c) in the items and the corners of each.
func OrderCost(order []Input) (prioritize.Score, error) {
	if len(order) == 0 {
		return prioritize.Score{}, &prioritize.FieldError{Field: "items", Value: "none", Want: "at least one"}
	}
	total, now := prioritize.Integer(0), prioritize.Integer(0)
	var errs []error
	for i, in := range order {
		if err := in.Validate(); err != nil {
			errs = append(errs, &prioritize.ItemError{Index: i, Err: err})
			continue
		}
		now = now.Add(prioritize.Value(in.Duration))
		total = total.Add(in.Profile.costAt(now))
	}
	if err := fault.Join(errs...); err != nil {
		return prioritize.Score{}, err
	}
	return total, total.Err()
}
