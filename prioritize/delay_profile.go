package prioritize

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// MaxDelayCorners is how many corners a [DelayProfile] may have.
const MaxDelayCorners = 1_000

// DelayProfile is what finishing an item late costs, as a curve: straight lines between corners from
// nothing at instant 0, and on from the last corner at a rate. Instants are counted from now, in any one
// unit of time; costs are of one currency. The zero value costs nothing.
//
// Two corners at one instant are a step: finishing at that instant costs the first of them, any later the
// second. Costs never fall: what was lost stays lost.
//
// Source: Don Reinertsen, The Principles of Product Development Flow, 2009, chapter 2; the shapes are Joshua
// Arnold's urgency profiles, 2014.
type DelayProfile struct {
	Corners []DelayCorner   `json:"corners,omitempty"` // by instant
	Then    decimal.Decimal `json:"then,omitzero"`     // cost of each unit of time after the last corner, >= 0
}

// DelayCorner is a corner of a [DelayProfile]: the cost of finishing at an instant.
type DelayCorner struct {
	At   decimal.Decimal `json:"at"`   // >= 0, not before the corner before
	Cost decimal.Decimal `json:"cost"` // >= 0, not less than at the corner before
}

// SteadyDelay is a cost of delay that is the same in every unit of time: the straight line that CD3 and
// [TotalDelayCost] assume.
func SteadyDelay(rate decimal.Decimal) DelayProfile { return DelayProfile{Then: rate} }

// DelayAfter costs nothing up to an instant, then a rate: a fixed date with a penalty for each day after it.
func DelayAfter(at, rate decimal.Decimal) DelayProfile {
	return DelayProfile{Corners: []DelayCorner{{At: at}}, Then: rate}
}

// DelayPeak costs a rate up to an instant and nothing more after it: a season that will be over.
func DelayPeak(at, rate decimal.Decimal) DelayProfile {
	return DelayProfile{Corners: []DelayCorner{{At: at, Cost: at.Mul(rate)}}}
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (p DelayProfile) Validate() error {
	if len(p.Corners) > MaxDelayCorners {
		return &FieldError{Field: "corners", Value: fmt.Sprint(len(p.Corners)), Want: fmt.Sprintf("at most %d corners", MaxDelayCorners)}
	}
	var problems []*FieldError
	for i, corner := range p.Corners {
		at, cost := fmt.Sprintf("corners[%d].at", i), fmt.Sprintf("corners[%d].cost", i)
		wrongAt, wrongCost := checkNotNegative(at, corner.At), checkNotNegative(cost, corner.Cost)
		problems = append(problems, wrongAt, wrongCost)
		if i == 0 || wrongAt != nil || wrongCost != nil {
			continue
		}
		before := p.Corners[i-1]
		if checkNotNegative(at, before.At) == nil && corner.At.LessThan(before.At) {
			problems = append(problems, &FieldError{Field: at, Value: corner.At.String(), Want: "an instant not before the corner before"})
		}
		if checkNotNegative(cost, before.Cost) == nil && corner.Cost.LessThan(before.Cost) {
			problems = append(problems, &FieldError{Field: cost, Value: corner.Cost.String(), Want: "not less than at the corner before"})
		}
	}
	return joinFields(append(problems, checkNotNegative("then", p.Then))...)
}

// Clone returns a copy that shares nothing with p.
func (p DelayProfile) Clone() DelayProfile {
	p.Corners = slices.Clone(p.Corners)
	return p
}

// Rate returns the cost of each unit of time where it is always the same, so that the profile is one
// straight line from the start. The bool is false where it is not, or p is not valid.
func (p DelayProfile) Rate() (decimal.Decimal, bool) {
	if p.Validate() != nil {
		return decimal.Decimal{}, false
	}
	for _, corner := range p.Corners {
		if !corner.Cost.Equal(corner.At.Mul(p.Then)) {
			return decimal.Decimal{}, false
		}
	}
	return p.Then, true
}

// Cost returns what finishing at an instant costs, exactly. It is an error of [DelayProfile.Validate], or a
// [*FieldError] for an instant before now. O(n) in the corners.
func (p DelayProfile) Cost(at decimal.Decimal) (Score, error) {
	if err := fault.Join(p.Validate(), joinFields(checkNotNegative("at", at))); err != nil {
		return Score{}, err
	}
	return p.costAt(Value(at)), nil
}

// costAt is Cost of a valid profile at an instant >= 0. O(log n).
func (p DelayProfile) costAt(at Score) Score {
	next := sort.Search(len(p.Corners), func(i int) bool { return Value(p.Corners[i].At).Compare(at) >= 0 })
	from, cost := Integer(0), Integer(0)
	if next > 0 {
		from, cost = Value(p.Corners[next-1].At), Value(p.Corners[next-1].Cost)
	}
	if next == len(p.Corners) {
		return cost.Add(at.Sub(from).Mul(Value(p.Then)))
	}
	to := Value(p.Corners[next].At)
	if to.Equal(from) { // the first corner is at instant 0, where everything begins
		return Value(p.Corners[next].Cost)
	}
	rise := Value(p.Corners[next].Cost).Sub(cost)
	return cost.Add(rise.Mul(at.Sub(from)).Div(to.Sub(from)))
}

// MeanRate returns the mean cost of each unit of time between two instants, exactly: over the duration of a
// job from now on, what CD3 takes for its cost of delay. It is an error of [DelayProfile.Validate], or a
// [*FieldError] unless 0 <= from < to.
func (p DelayProfile) MeanRate(from, to decimal.Decimal) (Score, error) {
	problem := joinFields(checkNotNegative("from", from), checkNotNegative("to", to))
	if problem == nil && !from.LessThan(to) {
		problem = &FieldError{Field: "to", Value: to.String(), Want: "an instant after from, " + from.String()}
	}
	if err := fault.Join(p.Validate(), problem); err != nil {
		return Score{}, err
	}
	begin, end := Value(from), Value(to)
	return p.costAt(end).Sub(p.costAt(begin)).Div(end.Sub(begin)), nil
}

// DelayInput holds what [DelayCD3] scores one item by. All items use one unit of time and one of money.
type DelayInput struct {
	Profile  DelayProfile    `json:"profile"`
	Duration decimal.Decimal `json:"duration"` // > 0
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in DelayInput) Validate() error {
	err := eachJoined(in.Profile.Validate(), func(err error) error {
		var bad *FieldError
		if errors.As(err, &bad) {
			return &FieldError{Field: "profile." + bad.Field, Value: bad.Value, Want: bad.Want}
		}
		return err
	})
	return fault.Join(err, joinFields(checkPositive("duration", in.Duration)))
}

// DelayCD3 is [CD3] with a profile in place of a steady cost of delay: the mean rate over the duration of the
// item from now on, divided by the duration, highest first. Where profiles are straight lines it is CD3, and
// its order costs least; where they are not, it looks no further than each item's own end, and no order by a
// score is always the best. [DelayOrderCost] compares orders.
type DelayCD3 struct{}

// Score scores each input by [DelayCD3.ScoreItem].
func (m DelayCD3) Score(inputs []DelayInput) ([]Score, error) { return Each(inputs, m.ScoreItem) }

// ScoreItem returns the mean rate over the duration / duration as an exact fraction.
// What is not valid is a [*FieldError].
func (DelayCD3) ScoreItem(in DelayInput) (Score, error) {
	if err := in.Validate(); err != nil {
		return Score{}, err
	}
	duration := Value(in.Duration)
	score := in.Profile.costAt(duration).Div(duration).Div(duration)
	return score, score.Err()
}

// DelayOrderCost returns what doing the items one after the other, in the order given, costs: each as much as
// finishing it at its end does. Impossible values are joined, one [*ItemError] an item. No items at all are
// a [*FieldError]. O(n log c) in the items and the corners of each.
func DelayOrderCost(order []DelayInput) (Score, error) {
	if len(order) == 0 {
		return Score{}, errNoItems()
	}
	total, now := Integer(0), Integer(0)
	var errs []error
	for i, in := range order {
		if err := in.Validate(); err != nil {
			errs = append(errs, &ItemError{Index: i, Err: err})
			continue
		}
		now = now.Add(Value(in.Duration))
		total = total.Add(in.Profile.costAt(now))
	}
	if err := fault.Join(errs...); err != nil {
		return Score{}, err
	}
	return total, total.Err()
}
