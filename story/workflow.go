package story

import (
	"maps"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// Workflow is the states that a story can have and the legal transitions between them.
//
// Five of its states have a meaning to the backlog: where a story starts, where it is ready, where it
// waits for acceptance, and where accepting and dropping take it. A team names them as it likes. Build
// one from [DefaultWorkflow] or [FreeWorkflow], or from nothing and [Workflow.Validate] it. A Workflow is
// not changed once a backlog uses it.
type Workflow struct {
	States      []State      `json:"states"`
	Transitions []Transition `json:"moves"`

	Initial  Status `json:"initial"`  // where a story starts; proposed
	Ready    Status `json:"ready"`    // where a rejected story returns to; proposed
	Review   Status `json:"review"`   // where it can be accepted or rejected; in_progress
	Accepted Status `json:"accepted"` // where accepting takes it; completed
	Dropped  Status `json:"dropped"`  // where dropping takes it; removed; unset where nothing is dropped or split

	// Renamed are names that states had once, each with the name that the state has now. A log and a snapshot
	// from then are read as if they had the new name; they need not be rewritten.
	Renamed map[Status]Status `json:"renamed,omitzero"`
}

// State is one state of a [Workflow].
type State struct {
	Name     Status   `json:"name"`
	Category Category `json:"category"`
}

// Transition is one legal step between two states of a [Workflow].
type Transition struct {
	From Status `json:"from"`
	To   Status `json:"to"`
}

// DefaultWorkflow returns the states draft, ready, in progress, in review, accepted; rejected goes from in review
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
		Transitions: []Transition{
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

// FreeWorkflow returns a workflow of the states named, in their order, with a transition from any to any
// other: FreeWorkflow("To Do", "Doing", "Done"). The first is where a story starts and is ready, the last
// is where accepting takes it, those between are work in progress and the last of them is where it waits
// for acceptance. No state is for what is dropped. It is valid for three names or more.
func FreeWorkflow(names ...Status) Workflow {
	var w Workflow
	last := len(names) - 1
	for i, name := range names {
		category := Doing
		switch i {
		case 0:
			category, w.Initial, w.Ready = Proposed, name, name
		case last:
			category, w.Accepted = Completed, name
		default:
			w.Review = name
		}
		w.States = append(w.States, State{name, category})
		for _, other := range names {
			if other != name {
				w.Transitions = append(w.Transitions, Transition{name, other})
			}
		}
	}
	return w
}

// Clone returns a copy that shares nothing with w.
func (w Workflow) Clone() Workflow {
	w.States, w.Transitions, w.Renamed = slices.Clone(w.States), slices.Clone(w.Transitions), maps.Clone(w.Renamed)
	return w
}

// Current returns the name that a state has now: another than name where it was renamed.
func (w Workflow) Current(name Status) Status {
	if now, ok := w.Renamed[name]; ok {
		return now
	}
	return name
}

// Category returns the category of a state; the bool is false if w has no such state. O(states).
func (w Workflow) Category(name Status) (Category, bool) {
	for _, state := range w.States {
		if state.Name == name {
			return state.Category, true
		}
	}
	return 0, false
}

// Allows reports whether there is a transition from one state to another. O(transitions).
func (w Workflow) Allows(from, to Status) bool {
	return slices.Contains(w.Transitions, Transition{from, to})
}

// Next returns the states that a story in state from may go to, in the order of w.Transitions.
func (w Workflow) Next(from Status) []Status {
	var next []Status
	for _, move := range w.Transitions {
		if move.From == from {
			next = append(next, move.To)
		}
	}
	return next
}

// Validate reports everything that is wrong with w: states without name or category or named
// twice, transitions between unknown states, a named state that is missing or of the wrong category, a name that is
// both a state's and renamed.
func (w Workflow) Validate() error {
	var errs []error
	seen := make(map[Status]Category, len(w.States))
	for i, state := range w.States {
		path := field.Index("states", i)
		errs = append(errs, field.CheckTitle("story", path+".name", string(state.Name)),
			categories.CheckSet(path+".category", state.Category))
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
	for i, move := range w.Transitions {
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
	if w.Dropped != "" {
		named("dropped", w.Dropped, Removed)
	}
	for _, old := range slices.Sorted(maps.Keys(w.Renamed)) {
		path := "renamed"
		known(path, w.Renamed[old])
		if _, isState := seen[old]; isState || strings.TrimSpace(string(old)) == "" {
			errs = append(errs, field.New("story", path, string(old), "a name that no state has now"))
		}
	}
	return field.Join(errs...)
}

// stateNames lists the states for an error message.
func (w Workflow) stateNames() string {
	names := make([]string, len(w.States))
	for i, state := range w.States {
		names[i] = string(state.Name)
	}
	return "one of " + strings.Join(names, ", ")
}

// Status is the state of a story by its name in a [Workflow]. The zero value is unset; the backlog sets
// it.
type Status string

// The states of the default workflow, see [DefaultWorkflow].
const (
	Draft      Status = "draft"       // written down, not yet understood
	Ready      Status = "ready"       // meets the definition of ready
	InProgress Status = "in_progress" // the team works on it
	InReview   Status = "in_review"   // the team is done; waits for the product owner
	Accepted   Status = "accepted"    // the product owner accepted it
	Dropped    Status = "dropped"     // will not be done; kept for the record
)

// Category is what a state means to planning, whatever its name. The zero value is unset.
type Category uint8

// The categories of states, as Azure Boards names them.
const (
	Proposed  Category = iota + 1 // not started
	Doing                         // started, not completed: text form "in_progress"
	Completed                     // accepted
	Removed                       // dropped; hidden from plans and boards
)

var categories = field.EnumOf[Category]("story", "Category", "proposed", "in_progress", "completed", "removed")

// IsValid reports whether c is one of the four categories. Unset is not.
func (c Category) IsValid() bool { return categories.IsValid(c) }

// IsOpen reports whether work in this category is still to be done.
func (c Category) IsOpen() bool { return c == Proposed || c == Doing }

// String returns the text form.
func (c Category) String() string { return categories.String(c) }

// MarshalText returns the text form.
func (c Category) MarshalText() ([]byte, error) { return categories.MarshalText(c) }

// UnmarshalText reads the text form; c stays as it was on an error.
func (c *Category) UnmarshalText(text []byte) error { return categories.UnmarshalText(c, text) }
