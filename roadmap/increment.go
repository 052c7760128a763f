package roadmap

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
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
}

// Iteration is one period of an [Increment]. It begins at From and ends before To.
type Iteration struct {
	Name string    `json:"name"`
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// IncrementObjective is what a team means to reach in an increment. Business owners say what it is
// worth, from 1 to 10, when it is planned, and what was reached, from 0 to 10, at the end.
type IncrementObjective struct {
	Title     string     `json:"title"`
	Team      story.Team `json:"team"`
	Committed bool       `json:"committed,omitzero"` // the others are uncommitted: stretch
	Planned   int        `json:"planned"`            // business value, 1 to 10
	Actual    int        `json:"actual"`             // business value, 0 to 10
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
	return i
}

// Predictability is the actual business value of all objectives, committed or not, of the planned
// value of the committed ones. With teams named it counts theirs only, pooled. It may exceed 100 %,
// and is undefined while nothing is committed. 80 to 100 % is healthy, see [IsPredictable].
//
// Source: SAFe, Measure and Grow, the program predictability measure.
func (i Increment) Predictability(teams ...story.Team) Progress {
	var actual, planned int64
	for _, objective := range i.Objectives {
		if len(teams) > 0 && !slices.Contains(teams, objective.Team) {
			continue
		}
		actual += int64(objective.Actual)
		if objective.Committed {
			planned += int64(objective.Planned)
		}
	}
	return Progress{Done: decimal.NewFromInt(actual), Total: decimal.NewFromInt(planned)}
}

// IsPredictable reports whether a predictability is from 80 to 100 %.
func IsPredictable(p Progress) bool {
	least := p.Total.Mul(decimal.New(8, -1))
	return p.Total.Sign() > 0 && p.Done.Cmp(least) >= 0 && p.Done.Cmp(p.Total) <= 0
}

// Confidence is what a vote of confidence in the plan of an increment came to.
type Confidence struct {
	Mean  Progress // the sum of the votes of their number: its ratio is the mean
	Heard []int    // the votes of 2 or less, in the order they were given: those people must be heard
}

// Passes reports whether the mean is 3 or more.
func (c Confidence) Passes() bool {
	return c.Mean.Total.Sign() > 0 && c.Mean.Done.Cmp(c.Mean.Total.Mul(decimal.NewFromInt(3))) >= 0
}

// Confidence counts the votes. It is false while there are none.
func (i Increment) Confidence() (Confidence, bool) {
	var sum int64
	var heard []int
	for _, vote := range i.Votes {
		sum += int64(vote)
		if vote <= 2 {
			heard = append(heard, vote)
		}
	}
	mean := Progress{Done: decimal.NewFromInt(sum), Total: decimal.NewFromInt(int64(len(i.Votes)))}
	return Confidence{mean, heard}, len(i.Votes) > 0
}

// Validate reports everything that is wrong with i.
func (i Increment) Validate() error {
	var all error
	if i.ID.IsZero() {
		all = fieldError("increment.id", "", "a UUID made by the caller")
	}
	all = errors.Join(all, story.CheckTitle("roadmap", "increment.name", i.Name))
	for _, list := range []struct {
		field      string
		have, most int
	}{
		{"iterations", len(i.Iterations), MaxIterations},
		{"objectives", len(i.Objectives), MaxObjectives},
		{"votes", len(i.Votes), MaxVotes},
	} {
		if list.have > list.most {
			return errors.Join(all, fieldError("increment."+list.field, fmt.Sprint(list.have), fmt.Sprintf("at most %d of them", list.most)))
		}
	}
	for n, iteration := range i.Iterations {
		field := fmt.Sprintf("increment.iterations[%d]", n)
		all = errors.Join(all, story.CheckTitle("roadmap", field+".name", iteration.Name))
		if iteration.From.IsZero() || !iteration.To.After(iteration.From) {
			all = errors.Join(all, fieldError(field+".to", iteration.To.Format(time.RFC3339), "an instant after its from"))
		}
		if n > 0 && iteration.From.Before(i.Iterations[n-1].To) {
			all = errors.Join(all, fieldError(field+".from", iteration.From.Format(time.RFC3339),
				"an instant not before the end of the iteration before"))
		}
	}
	for n, objective := range i.Objectives {
		all = errors.Join(all, story.Within(fmt.Sprintf("increment.objectives[%d]", n), objective.Validate()))
	}
	for n, vote := range i.Votes {
		if vote < 1 || vote > 5 {
			all = errors.Join(all, fieldError(fmt.Sprintf("increment.votes[%d]", n), fmt.Sprint(vote), "1 to 5"))
		}
	}
	return all
}

// Validate reports everything that is wrong with o.
func (o IncrementObjective) Validate() error {
	all := errors.Join(
		story.CheckTitle("roadmap", "title", o.Title),
		story.CheckTitle("roadmap", "team", string(o.Team)),
	)
	if o.Planned < 1 || o.Planned > maxBusinessValue {
		all = errors.Join(all, fieldError("planned", fmt.Sprint(o.Planned), "1 to 10"))
	}
	if o.Actual < 0 || o.Actual > maxBusinessValue {
		all = errors.Join(all, fieldError("actual", fmt.Sprint(o.Actual), "0 to 10"))
	}
	return all
}
