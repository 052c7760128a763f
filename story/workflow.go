package story

import (
	"errors"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// Workflow says which states a story can have and which moves between them are legal.
//
// Five of its states have a meaning that decisions need: where a story starts, where it is ready,
// where it waits for acceptance, and where accepting and dropping take it. They may be named as a
// team likes. Build one from [DefaultWorkflow], or from nothing and [Workflow.Validate] it. A
// Workflow is not changed once a backlog uses it.
type Workflow struct {
	States []State `json:"states"`
	Moves  []Move  `json:"moves"`

	Initial  Status `json:"initial"`  // where a story starts; proposed
	Ready    Status `json:"ready"`    // where a rejected story returns to; proposed
	Review   Status `json:"review"`   // where it can be accepted or rejected; in_progress
	Accepted Status `json:"accepted"` // where accepting takes it; completed
	Dropped  Status `json:"dropped"`  // where dropping takes it; removed
}

// State is one state of a [Workflow].
type State struct {
	Name     Status   `json:"name"`
	Category Category `json:"category"`
}

// Move is one legal step between two states of a [Workflow].
type Move struct {
	From Status `json:"from"`
	To   Status `json:"to"`
}

// DefaultWorkflow is draft, ready, in progress, in review, accepted; rejected goes from in review
// back to ready; what is open can be dropped, and what was dropped can be drafted again.
func DefaultWorkflow() Workflow {
	return Workflow{
		States: []State{
			{Draft, Proposed},
			{Ready, Proposed},
			{InProgress, Doing},
			{InReview, Doing},
			{Accepted, Completed},
			{Dropped, Removed},
		},
		Moves: []Move{
			{Draft, Ready},
			{Ready, Draft},
			{Ready, InProgress},
			{InProgress, Ready},
			{InProgress, InReview},
			{InReview, InProgress},
			{InReview, Accepted},
			{InReview, Ready},
			{Draft, Dropped},
			{Ready, Dropped},
			{InProgress, Dropped},
			{InReview, Dropped},
			{Dropped, Draft},
		},
		Initial:  Draft,
		Ready:    Ready,
		Review:   InReview,
		Accepted: Accepted,
		Dropped:  Dropped,
	}
}

// Clone returns a copy that shares nothing with w.
func (w Workflow) Clone() Workflow {
	w.States, w.Moves = slices.Clone(w.States), slices.Clone(w.Moves)
	return w
}

// Category returns the category of a state, and false where w has no such state. O(states).
func (w Workflow) Category(name Status) (Category, bool) {
	for _, state := range w.States {
		if state.Name == name {
			return state.Category, true
		}
	}
	return 0, false
}

// Allows reports whether a story may go from one state to another in one move. O(moves).
func (w Workflow) Allows(from, to Status) bool { return slices.Contains(w.Moves, Move{from, to}) }

// Next returns the states that a story in state from may move to, in the order of w.Moves.
func (w Workflow) Next(from Status) []Status {
	var next []Status
	for _, move := range w.Moves {
		if move.From == from {
			next = append(next, move.To)
		}
	}
	return next
}

// Validate reports everything that is wrong with w: states without name or category or named
// twice, moves between unknown states, a named state that is missing or of the wrong category.
func (w Workflow) Validate() error {
	var errs []error
	seen := make(map[Status]Category, len(w.States))
	for i, state := range w.States {
		path := field.Index("states", i)
		errs = append(errs, field.CheckTitle("story", path+".name", string(state.Name)))
		if !state.Category.IsValid() {
			errs = append(errs, field.Within(path, categoryError(state.Category.String())))
		}
		if _, twice := seen[state.Name]; twice {
			errs = append(errs, field.New("story", path+".name", string(state.Name), "a name of its own"))
		}
		seen[state.Name] = state.Category
	}
	known := func(path string, name Status) {
		if _, ok := seen[name]; !ok {
			errs = append(errs, field.New("story", path, string(name), w.stateNames()))
		}
	}
	for i, move := range w.Moves {
		known(field.Index("moves", i)+".from", move.From)
		known(field.Index("moves", i)+".to", move.To)
	}
	named := func(path string, name Status, want Category) {
		if seen[name] != want {
			errs = append(errs, field.New("story", path, string(name), "a state of category "+want.String()))
		}
	}
	named("initial", w.Initial, Proposed)
	named("ready", w.Ready, Proposed)
	named("review", w.Review, Doing)
	named("accepted", w.Accepted, Completed)
	named("dropped", w.Dropped, Removed)
	return errors.Join(errs...)
}

// stateNames lists the states for an error message.
func (w Workflow) stateNames() string {
	names := make([]string, len(w.States))
	for i, state := range w.States {
		names[i] = string(state.Name)
	}
	return "one of " + strings.Join(names, ", ")
}
