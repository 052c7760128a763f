package delay

import (
	"fmt"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// MaxCorners is how many corners a [Profile] may have.
const MaxCorners = 1_000

// Profile is what finishing an item late costs, as a curve: straight lines between corners from
// nothing at instant 0, and on from the last corner at a rate. Instants are counted from now, in any one
// unit of time; costs are of one currency. The zero value costs nothing.
//
// Two corners at one instant are a step: finishing at that instant costs the first of them, any later the
// second. Costs never fall: what was lost stays lost.
//
// Source: Don Reinertsen, The Principles of Product Development Flow, 2009, chapter 2; the shapes are Joshua
// Arnold's urgency profiles, 2014.
type Profile struct {
	Corners []Corner        `json:"corners,omitempty"` // by instant
	Then    decimal.Decimal `json:"then,omitzero"`     // cost of each unit of time after the last corner, >= 0
}

// Corner is a corner of a [Profile]: the cost of finishing at an instant.
type Corner struct {
	At   decimal.Decimal `json:"at"`   // >= 0, not before the corner before
	Cost decimal.Decimal `json:"cost"` // >= 0, not less than at the corner before
}

// Steady is a cost of delay that is the same in every unit of time: the straight line that [prioritize.CD3] and
// [prioritize.TotalDelayCost] assume.
func Steady(rate decimal.Decimal) Profile { return Profile{Then: rate} }

// After costs nothing up to an instant, then a rate: a fixed date with a penalty for each day after it.
func After(at, rate decimal.Decimal) Profile {
	return Profile{Corners: []Corner{{At: at}}, Then: rate}
}

// Peak costs a rate up to an instant and nothing more after it: a season that will be over.
func Peak(at, rate decimal.Decimal) Profile {
	return Profile{Corners: []Corner{{At: at, Cost: at.Mul(rate)}}}
}

// Validate returns a [*prioritize.FieldError] for each impossible value, joined, or nil.
func (p Profile) Validate() error { return p.validate("") }

// validate is Validate for a profile whose fields have something before their names.
func (p Profile) validate(prefix string) error {
	if len(p.Corners) > MaxCorners {
		return &prioritize.FieldError{
			Field: prefix + "corners", Value: fmt.Sprint(len(p.Corners)), Want: fmt.Sprintf("at most %d corners", MaxCorners),
		}
	}
	var problems []error
	for i, corner := range p.Corners {
		at, cost := fmt.Sprintf("%scorners[%d].at", prefix, i), fmt.Sprintf("%scorners[%d].cost", prefix, i)
		wrongAt, wrongCost := wrong(at, corner.At, bounds.NotNegative(corner.At)), wrong(cost, corner.Cost, bounds.NotNegative(corner.Cost))
		if i > 0 {
			before := p.Corners[i-1]
			if wrongAt == nil && bounds.NotNegative(before.At) == "" && corner.At.LessThan(before.At) {
				wrongAt = wrong(at, corner.At, "an instant not before the corner before")
			}
			if wrongCost == nil && bounds.NotNegative(before.Cost) == "" && corner.Cost.LessThan(before.Cost) {
				wrongCost = wrong(cost, corner.Cost, "not less than at the corner before")
			}
		}
		problems = append(problems, wrongAt, wrongCost)
	}
	return fault.Join(append(problems, wrong(prefix+"then", p.Then, bounds.NotNegative(p.Then)))...)
}

// wrong is an error about a field if there is something that is wanted of d.
func wrong(field string, d decimal.Decimal, want string) error {
	if want == "" {
		return nil
	}
	return &prioritize.FieldError{Field: field, Value: bounds.Text(d), Want: want}
}

// Clone returns a copy that shares nothing with p.
func (p Profile) Clone() Profile {
	p.Corners = slices.Clone(p.Corners)
	return p
}

// Rate returns the cost of each unit of time where it is always the same, so that the profile is one
// straight line from the start. The bool is false where it is not, or p is not valid.
func (p Profile) Rate() (decimal.Decimal, bool) {
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

// Cost returns what finishing at an instant costs, exactly. It is an error of [Profile.Validate], or a
// [*prioritize.FieldError] for an instant before now. O(n) in the corners.
func (p Profile) Cost(at decimal.Decimal) (prioritize.Score, error) {
	if err := fault.Join(p.Validate(), wrong("at", at, bounds.NotNegative(at))); err != nil {
		return prioritize.Score{}, err
	}
	return p.costAt(prioritize.Value(at)), nil
}

// costAt is Cost of a valid profile at an instant >= 0. O(log n).
func (p Profile) costAt(at prioritize.Score) prioritize.Score {
	next := sort.Search(len(p.Corners), func(i int) bool { return prioritize.Value(p.Corners[i].At).Compare(at) >= 0 })
	from, cost := prioritize.Integer(0), prioritize.Integer(0)
	if next > 0 {
		from, cost = prioritize.Value(p.Corners[next-1].At), prioritize.Value(p.Corners[next-1].Cost)
	}
	if next == len(p.Corners) {
		return cost.Add(at.Sub(from).Mul(prioritize.Value(p.Then)))
	}
	to := prioritize.Value(p.Corners[next].At)
	if to.Equal(from) { // the first corner is at instant 0, where everything begins
		return prioritize.Value(p.Corners[next].Cost)
	}
	rise := prioritize.Value(p.Corners[next].Cost).Sub(cost)
	return cost.Add(rise.Mul(at.Sub(from)).Div(to.Sub(from)))
}

// MeanRate returns the mean cost of each unit of time between two instants, exactly: over the duration of a
// job from now on, what [CD3] takes for its cost of delay. It is an error of [Profile.Validate], or a
// [*prioritize.FieldError] unless 0 <= from < to.
func (p Profile) MeanRate(from, to decimal.Decimal) (prioritize.Score, error) {
	problem := fault.Join(wrong("from", from, bounds.NotNegative(from)), wrong("to", to, bounds.NotNegative(to)))
	if problem == nil && !from.LessThan(to) {
		problem = &prioritize.FieldError{Field: "to", Value: to.String(), Want: "an instant after from, " + from.String()}
	}
	if err := fault.Join(p.Validate(), problem); err != nil {
		return prioritize.Score{}, err
	}
	begin, end := prioritize.Value(from), prioritize.Value(to)
	return p.costAt(end).Sub(p.costAt(begin)).Div(end.Sub(begin)), nil
}
