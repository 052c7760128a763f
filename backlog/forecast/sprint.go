package forecast

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// SprintForecast is what is expected of one sprint of a [SprintSeries].
type SprintForecast struct {
	Items  []int           `json:"items"`  // positions of the items completed, in order
	Points decimal.Decimal `json:"points"` // their points
	// Unused is the velocity carried to the next sprint; 0 with [SpanSprints].
	Unused decimal.Decimal `json:"unused"`
	// Open is what is left of the item begun and not completed; 0 if there is none, and with [FillSprints].
	Open decimal.Decimal `json:"open"`
}

// SprintSeries is a forecast of sprints with one velocity: see [FillSprints] and [SpanSprints].
type SprintSeries struct {
	Sprints []SprintForecast `json:"sprints"`
	// Oversized holds the positions of the items larger than the velocity, which should be split. They are
	// in the sprints all the same.
	Oversized []int `json:"oversized"`
}

// FillSprints returns the sprints in which items are done, given by their points, with one velocity for all
// sprints. No item overtakes another. An item is done in one sprint: the velocity that is left when the
// next one does not fit is carried to the next sprint. It costs O(items + sprints).
//
// Errors: a [*field.Error] unless velocity > 0, and for each item out of range; [ErrTooLarge] if it takes
// more than [MaxPeriods] sprints.
func FillSprints(velocity decimal.Decimal, items []decimal.Decimal) (SprintSeries, error) {
	return fill(velocity, items, false)
}

// SpanSprints is [FillSprints] for teams that begin an item that does not fit, and finish it in a later
// sprint.
func SpanSprints(velocity decimal.Decimal, items []decimal.Decimal) (SprintSeries, error) {
	return fill(velocity, items, true)
}

func fill(velocity decimal.Decimal, items []decimal.Decimal, span bool) (SprintSeries, error) {
	if err := checkItems(velocity, items); err != nil {
		return SprintSeries{}, err
	}
	var (
		out    = SprintSeries{Sprints: []SprintForecast{}, Oversized: []int{}}
		sprint = SprintForecast{Items: []int{}}
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
			if span && room.IsPositive() { // with no room left, it is not even begun
				left, room = left.Sub(room), decimal.Zero
				sprint.Open = left
			}
			sprint.Unused = room
			out.Sprints = append(out.Sprints, sprint)
			sprint = SprintForecast{Items: []int{}}
		}
	}
	if len(sprint.Items) > 0 {
		if !span {
			sprint.Unused = room
		}
		out.Sprints = append(out.Sprints, sprint)
	}
	return out, nil
}

func checkItems(velocity decimal.Decimal, items []decimal.Decimal) error {
	var wrong problems
	wrong.add(above("velocity", velocity))
	var sum decimal.Decimal
	for i, points := range items {
		if err := amount("", points); err != nil {
			wrong.add(amount(fmt.Sprintf("items[%d]", i), points))
			continue
		}
		sum = sum.Add(points)
	}
	if err := wrong.err(); err != nil {
		return err
	}
	if sum.GreaterThan(velocity.Mul(decimal.NewFromInt(MaxPeriods))) {
		return fmt.Errorf("%w: %s points at a velocity of %s, want at most %d sprints",
			ErrTooLarge, sum, velocity, MaxPeriods)
	}
	return nil
}
