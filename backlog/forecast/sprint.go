package forecast

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// Spill says what becomes of velocity that is left when the next item does not fit.
type Spill uint8

const (
	// Carry adds the unused velocity to the next sprint; an item is done in one sprint. The default.
	Carry Spill = iota
	// Span starts the next item, which is finished in a later sprint.
	Span
)

// Sprint is what a capacity forecast expects of one sprint.
type Sprint struct {
	Items  []int           `json:"items"`  // positions of the items completed, in order
	Points decimal.Decimal `json:"points"` // their points
	// Unused is the velocity carried to the next sprint; 0 with [Span].
	Unused decimal.Decimal `json:"unused"`
	// Open is what is left of the item begun and not completed; 0 with [Carry].
	Open decimal.Decimal `json:"open"`
}

// Sprints is a capacity forecast.
type Sprints struct {
	Sprints []Sprint `json:"sprints"`
	// Oversized holds the positions of the items larger than the velocity, which should be split.
	// They are forecast all the same.
	Oversized []int `json:"oversized"`
}

// FillSprints puts items, given by their points, into sprints in order, with one velocity for all
// sprints. No item overtakes another.
//
// Errors: a [*FieldError] unless velocity > 0 and for each item out of range, all of them;
// [ErrTooLarge] if it takes more than [MaxPeriods] sprints.
func FillSprints(velocity decimal.Decimal, items []decimal.Decimal, spill Spill) (Sprints, error) {
	if err := checkItems(velocity, items, spill); err != nil {
		return Sprints{}, err
	}
	var (
		out    Sprints
		sprint Sprint
		room   = velocity
	)
	for i, points := range items {
		if points.GreaterThan(velocity) {
			out.Oversized = append(out.Oversized, i)
		}
		for left := points; ; room = room.Add(velocity) {
			if left.LessThanOrEqual(room) {
				room = room.Sub(left)
				sprint.Items = append(sprint.Items, i)
				sprint.Points = sprint.Points.Add(points)
				break
			}
			if spill == Span {
				left, room = left.Sub(room), decimal.Zero
				sprint.Open = left
			}
			sprint.Unused = room
			out.Sprints = append(out.Sprints, sprint)
			sprint = Sprint{}
		}
	}
	if len(sprint.Items) > 0 {
		if spill == Carry {
			sprint.Unused = room
		}
		out.Sprints = append(out.Sprints, sprint)
	}
	return out, nil
}

func checkItems(velocity decimal.Decimal, items []decimal.Decimal, spill Spill) error {
	problems := []error{above("velocity", velocity)}
	if spill > Span {
		problems = append(problems, &FieldError{Field: "spill", Value: fmt.Sprint(uint8(spill)), Want: "0 or 1"})
	}
	var sum decimal.Decimal
	for i, points := range items {
		if err := amount("", points); err != nil {
			problems = append(problems, amount(fmt.Sprintf("items[%d]", i), points))
			continue
		}
		sum = sum.Add(points)
	}
	if err := errors.Join(problems...); err != nil {
		return err
	}
	if sum.GreaterThan(velocity.Mul(decimal.NewFromInt(MaxPeriods))) {
		return fmt.Errorf("%w: %s points at a velocity of %s, want at most %d sprints",
			ErrTooLarge, sum, velocity, MaxPeriods)
	}
	return nil
}
