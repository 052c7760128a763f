package roadmap

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// IncrementID is the id of an [Increment].
type IncrementID = story.Identity[Increment]

// Increment is a planning period of several iterations that several teams plan together (SAFe:
// program increment, PI).
//
// It is a plain value. Its slices are shared by a copy; [Increment.Clone] makes an independent one.
type Increment struct {
	ID         IncrementID          `json:"id"`
	Name       string               `json:"name"`
	Iterations []Iteration          `json:"iterations,omitempty"` // in their order, not overlapping
	Objectives []IncrementObjective `json:"objectives,omitempty"`
	Votes      []int                `json:"votes,omitempty"` // of confidence, 1 to 5 each
	// Allocations keep parts of the capacity of every team for kinds of work or themes.
	Allocations []Allocation `json:"allocations,omitempty"`
}

// Iteration is one period of an [Increment]. It begins at From and ends before To.
type Iteration struct {
	Name string    `json:"name"`
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// IncrementObjective is what a team intends to reach in an increment. The team writes it; the product
// manager may propose its business value; business owners give the value when it is planned, and the value
// that was reached at the end.
type IncrementObjective struct {
	Title     string        `json:"title"`
	Team      story.Team    `json:"team"`
	Committed bool          `json:"committed,omitzero"` // the others are uncommitted: stretch
	Proposed  int           `json:"proposed,omitzero"`  // business value, 1 to 10; 0 while none is proposed
	Planned   int           `json:"planned,omitzero"`   // business value, 1 to 10; 0 until it is given
	Actual    BusinessValue `json:"actual,omitzero"`    // of what has a planned value
}

// BusinessValue is a value from 0 to 10 that was given, or the zero value: none yet, which is not 0. It is
// comparable; its JSON is the number, or null for none.
type BusinessValue struct {
	value int
	given bool
}

// Rated returns the business value n.
func Rated(n int) BusinessValue { return BusinessValue{n, true} }

// Int returns the value as a number; the bool is false while none is given.
func (v BusinessValue) Int() (int, bool) { return v.value, v.given }

// IsZero reports whether no value is given.
func (v BusinessValue) IsZero() bool { return !v.given }

// String returns the number, or "unrated".
func (v BusinessValue) String() string {
	if !v.given {
		return "unrated"
	}
	return strconv.Itoa(v.value)
}

// MarshalJSON writes the number, or null for none.
func (v BusinessValue) MarshalJSON() ([]byte, error) {
	if !v.given {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(v.value), 10), nil
}

// UnmarshalJSON reads what [BusinessValue.MarshalJSON] wrote; v stays as it was on an error.
func (v *BusinessValue) UnmarshalJSON(data []byte) error {
	var n *int
	if err := json.Unmarshal(data, &n); err != nil {
		return fieldError("value", fmt.Sprintf("%.20s", data), "a number from 0 to 10, or null")
	}
	*v = BusinessValue{}
	if n != nil {
		*v = Rated(*n)
	}
	return nil
}

// The bounds of an increment.
const (
	MaxIterations    = 100
	MaxObjectives    = 1_000
	MaxVotes         = 10_000
	maxBusinessValue = 10
)

// Clone returns a copy that shares nothing with i.
func (i Increment) Clone() Increment {
	i.Iterations = slices.Clone(i.Iterations)
	i.Objectives = slices.Clone(i.Objectives)
	i.Votes = slices.Clone(i.Votes)
	i.Allocations = slices.Clone(i.Allocations)
	return i
}

// Predictability is the business value that was reached of what was planned, over the objectives that are
// rated: how many of how many is part of it.
type Predictability struct {
	Progress
	Rated      int `json:"rated"`      // objectives with a value that was reached
	Objectives int `json:"objectives"` // all of them
}

// Predictability returns the actual business value of all objectives, committed or not, of the planned
// value of the committed ones; if teams are given, of theirs alone, pooled. What is not rated yet counts on
// neither side. It may exceed 100 %, and is undefined while nothing is committed and rated. 80 to 100 % is
// healthy, see [Predictability.IsHealthy].
//
// Source: SAFe, Measure and Grow, the program predictability measure.
func (i Increment) Predictability(teams ...story.Team) Predictability {
	var p Predictability
	var actual, planned int64
	for _, objective := range i.Objectives {
		if len(teams) > 0 && !slices.Contains(teams, objective.Team) {
			continue
		}
		p.Objectives++
		value, rated := objective.Actual.Int()
		if !rated {
			continue
		}
		p.Rated++
		actual += int64(value)
		if objective.Committed {
			planned += int64(objective.Planned)
		}
	}
	p.Progress = Progress{Done: decimal.NewFromInt(actual), Total: decimal.NewFromInt(planned)}
	return p
}

// IsHealthy reports whether every objective is rated and the predictability is from 80 to 100 %.
func (p Predictability) IsHealthy() bool {
	least := p.Total.Mul(decimal.New(8, -1))
	return p.Rated == p.Objectives && p.Total.Sign() > 0 && p.Done.Cmp(least) >= 0 && p.Done.Cmp(p.Total) <= 0
}

// String returns "14 of 18 (78 %)", and while not all is rated "8 of 10 (80 %), 1 of 2 objectives rated".
func (p Predictability) String() string {
	if p.Rated == p.Objectives {
		return p.Progress.String()
	}
	return fmt.Sprintf("%v, %d of %d objectives rated", p.Progress, p.Rated, p.Objectives)
}

// Confidence is the result of a vote of confidence in the plan of an increment. Those who voted 2 or
// less are asked for their reasons before the plan is accepted (SAFe).
type Confidence struct {
	Mean     Progress `json:"mean"`      // the sum of the votes of their number: its ratio is the mean
	LowVotes []int    `json:"low_votes"` // the votes of 2 or less, in the order they were given
}

// Passes reports whether the mean is 3 or more.
func (c Confidence) Passes() bool {
	return c.Mean.Total.Sign() > 0 && c.Mean.Done.Cmp(c.Mean.Total.Mul(decimal.NewFromInt(3))) >= 0
}

// Confidence returns the result of the votes; the bool is false while there are none.
func (i Increment) Confidence() (Confidence, bool) {
	var sum int64
	low := []int{}
	for _, vote := range i.Votes {
		sum += int64(vote)
		if vote <= 2 {
			low = append(low, vote)
		}
	}
	mean := Progress{Done: decimal.NewFromInt(sum), Total: decimal.NewFromInt(int64(len(i.Votes)))}
	return Confidence{mean, low}, len(i.Votes) > 0
}

// Validate reports everything that is wrong with i.
func (i Increment) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "increment.id", i.ID),
		field.CheckTitle("roadmap", "increment.name", i.Name),
		field.CheckLen("roadmap", "increment.iterations", len(i.Iterations), MaxIterations),
		field.CheckLen("roadmap", "increment.objectives", len(i.Objectives), MaxObjectives),
		field.CheckLen("roadmap", "increment.votes", len(i.Votes), MaxVotes),
	}
	if err := field.Join(errs[2:]...); err != nil {
		return field.Join(errs...)
	}
	for n, iteration := range i.Iterations {
		path := field.Index("increment.iterations", n)
		errs = append(errs, field.CheckTitle("roadmap", path+".name", iteration.Name),
			field.CheckInstant("roadmap", path+".from", iteration.From), field.CheckInstant("roadmap", path+".to", iteration.To))
		if iteration.From.IsZero() || !iteration.To.After(iteration.From) {
			errs = append(errs, fieldError(path+".to", iteration.To.Format(time.RFC3339), "an instant after its from"))
		}
		if n > 0 && iteration.From.Before(i.Iterations[n-1].To) {
			errs = append(errs, fieldError(path+".from", iteration.From.Format(time.RFC3339),
				"an instant not before the end of the iteration before"))
		}
	}
	for n, objective := range i.Objectives {
		errs = append(errs, field.Within(field.Index("increment.objectives", n), objective.Validate()))
	}
	for n, vote := range i.Votes {
		errs = append(errs, field.CheckWhole("roadmap", field.Index("increment.votes", n), vote, 1, 5))
	}
	return field.Join(append(errs, ValidateAllocations("increment.allocations", i.Allocations))...)
}

// Validate reports everything that is wrong with o.
func (o IncrementObjective) Validate() error {
	return field.Join(
		field.CheckTitle("roadmap", "title", o.Title),
		field.CheckTitle("roadmap", "team", string(o.Team)),
		field.CheckWhole("roadmap", "proposed", o.Proposed, 0, maxBusinessValue),
		field.CheckWhole("roadmap", "planned", o.Planned, 0, maxBusinessValue),
		o.checkActual(),
	)
}

// checkActual wants a value from 0 to 10 of what was planned with one, or none.
func (o IncrementObjective) checkActual() error {
	value, rated := o.Actual.Int()
	if rated && o.Planned == 0 {
		return fieldError("planned", "", "a planned value before the actual one")
	}
	return field.CheckWhole("roadmap", "actual", value, 0, maxBusinessValue)
}
