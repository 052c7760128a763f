package flow

import (
	"iter"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Past holds in which states items were, and when: what the states of a board are measured by.
// [PastFromEvents] makes one; a host makes its own of the status changes that a tracker keeps.
type Past struct {
	States []State        `json:"states"` // in the order of the board, 100 at most
	Items  []StateHistory `json:"items"`
}

// State is a state of a [Past]. In a state with Waiting nobody works on an item: it waits for somebody.
type State struct {
	Name     story.Status   `json:"name"`
	Category story.Category `json:"category"`
	Waiting  bool           `json:"waiting,omitzero"`
}

// counts reports whether time in the state is part of the time that work takes.
func (s State) counts() bool { return s.Waiting || s.Category == story.Doing }

// StateHistory is the states that an item was in, one after the other.
type StateHistory struct {
	Key   string `json:"key"`
	Stays []Stay `json:"stays"`
}

// Stay is the time in which an item was in a state. To is unset in the last stay of an item, which lasts.
type Stay struct {
	State story.Status `json:"state"`
	From  time.Time    `json:"from"`
	To    time.Time    `json:"to,omitzero"`
}

// maxStates bounds the states of a past.
const maxStates = 100

// StatesOf returns the states of a workflow, in its order. Those are waiting in which a story is ready, and
// in which it waits for acceptance; a team with other queues sets Waiting in them too.
func StatesOf(w story.Workflow) []State {
	states := make([]State, len(w.States))
	for i, s := range w.States {
		states[i] = State{Name: s.Name, Category: s.Category, Waiting: s.Name == w.Ready || s.Name == w.Review}
	}
	return states
}

// PastFromEvents returns the states of each story from its events, in the order in which stories came, with
// what was dropped. Stories whose adding was taken back are left out. Keys are story ids; the states are
// those of [StatesOf].
//
// It costs a replay, and memory for each move. Errors: those of [backlog.Replay].
func PastFromEvents(options backlog.Options, events iter.Seq2[backlog.Event, error]) (Past, error) {
	b, err := backlog.New(options)
	if err != nil {
		return Past{}, err
	}
	p := Past{States: StatesOf(b.Workflow()), Items: []StateHistory{}}
	index := make(map[story.ID]int)
	var all []StateHistory
	for move, err := range backlog.Transitions(options, events) {
		if err != nil {
			return Past{}, err
		}
		i, known := index[move.Story]
		if !known {
			i = len(all)
			index[move.Story] = i
			all = append(all, StateHistory{Key: move.Story.String()})
		}
		all[i].move(move.To, move.At)
	}
	for _, item := range all {
		if n := len(item.Stays); n > 0 && item.Stays[n-1].To.IsZero() {
			p.Items = append(p.Items, item)
		}
	}
	return p, nil
}

// move ends the last stay and begins another, unless to is unset.
func (h *StateHistory) move(to story.Status, at time.Time) {
	if n := len(h.Stays); n > 0 && h.Stays[n-1].To.IsZero() {
		h.Stays[n-1].To = at
	}
	if to != "" {
		h.Stays = append(h.Stays, Stay{State: to, From: at})
	}
}

// Validate returns a [*field.Error] for each state without a name or category of its own, for each item
// without a stay, and for each stay that is in no state of p, begins before the one ahead of it ended, ends
// before it begins, or lasts although another follows. The problems of 100 items at most are reported.
func (p Past) Validate() error {
	problems := []error{field.CheckLen("flow", "states", len(p.States), maxStates)}
	index := make(map[story.Status]int, len(p.States))
	for i, s := range p.States[:min(len(p.States), maxStates)] {
		path := field.Index("states", i)
		if _, twice := index[s.Name]; twice || s.Name == "" {
			problems = append(problems, field.New("flow", path+".name", string(s.Name), "a name of its own"))
		}
		if !s.Category.IsValid() {
			problems = append(problems, field.New("flow", path+".category", s.Category.String(), "a category"))
		}
		index[s.Name] = i
	}
	bad := 0
	for i, item := range p.Items {
		err := item.validate(field.Index("items", i), index)
		if err == nil {
			continue
		}
		problems = append(problems, err)
		if bad++; bad == maxProblems {
			problems = append(problems, field.New("flow", "items", item.Key, "fewer items with problems"))
			break
		}
	}
	return field.Join(problems...)
}

// validate returns the first problem of an item.
func (h StateHistory) validate(path string, states map[story.Status]int) error {
	if len(h.Stays) == 0 {
		return field.New("flow", path+".stays", "", "a stay")
	}
	for i, s := range h.Stays {
		at := field.Index(path+".stays", i)
		switch _, known := states[s.State]; {
		case !known:
			return field.New("flow", at+".state", string(s.State), "one of the states")
		case s.From.IsZero():
			return field.New("flow", at+".from", "", "an instant")
		case i > 0 && s.From.Before(h.Stays[i-1].To):
			return field.New("flow", at+".from", s.From.Format(time.RFC3339Nano),
				"not before the stay ahead of it ended, "+h.Stays[i-1].To.Format(time.RFC3339Nano))
		case s.To.IsZero() && i < len(h.Stays)-1:
			return field.New("flow", at+".to", "", "an instant, since another stay follows")
		case !s.To.IsZero() && s.To.Before(s.From):
			return field.New("flow", at+".to", s.To.Format(time.RFC3339Nano),
				"not before from, "+s.From.Format(time.RFC3339Nano))
		}
	}
	return nil
}

// reading is a past that was checked, up to an instant.
type reading struct {
	Past
	index map[story.Status]int
	now   time.Time
	*meter
}

// read checks a past and measures it up to now, in O(stays + days).
func (p Past) read(w WorkTime, now time.Time) (*reading, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	r := &reading{Past: p, index: make(map[story.Status]int, len(p.States)), now: now}
	for i, s := range p.States {
		r.index[s.Name] = i
	}
	first := now
	for _, item := range p.Items {
		if from := item.Stays[0].From; from.Before(first) {
			first = from
		}
	}
	var err error
	r.meter, err = w.meter(first, now)
	return r, err
}

// end returns when a stay ended, or now; isOver is whether it ended by now.
func (r *reading) end(s Stay) (at time.Time, isOver bool) {
	if s.To.IsZero() || s.To.After(r.now) {
		return r.now, false
	}
	return s.To, true
}

// stays iterates over the stays of an item that began by now, with the indexes of their states.
func (r *reading) stays(h StateHistory) iter.Seq2[int, Stay] {
	return func(yield func(int, Stay) bool) {
		for _, s := range h.Stays {
			if s.From.After(r.now) || !yield(r.index[s.State], s) {
				return
			}
		}
	}
}

// state returns the state in which an item is now; the bool is false if it is in none.
func (r *reading) state(h StateHistory) (State, Stay, bool) {
	var last Stay
	for _, s := range r.stays(h) {
		last = s
	}
	if _, isOver := r.end(last); last.State == "" || isOver {
		return State{}, Stay{}, false
	}
	return r.States[r.index[last.State]], last, true
}

// begun returns when an item first went into a state in progress.
func (r *reading) begun(h StateHistory) (time.Time, bool) {
	for i, s := range r.stays(h) {
		if r.States[i].Category == story.Doing {
			return s.From, true
		}
	}
	return time.Time{}, false
}
