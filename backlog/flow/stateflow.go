package flow

import (
	"time"

	"github.com/backlogkit/backlogkit/backlog/internal/days"
	"github.com/backlogkit/backlogkit/story"
)

// StateFlow is a cumulative flow diagram by state: how many items were in each state at the end of each day.
type StateFlow struct {
	States []State    `json:"states"`
	Days   []StateDay `json:"days"`
}

// StateDay holds the items in each state at the end of a day, in the order of the states.
type StateDay struct {
	Day    time.Time `json:"day"`
	Counts []int     `json:"counts"`
}

// Load returns the flow load of a day, the i-th: the items in all states in progress.
func (f StateFlow) Load(i int) int {
	load := 0
	for j, n := range f.Days[i].Counts {
		if f.States[j].Category == story.Doing {
			load += n
		}
	}
	return load
}

// StateFlow returns the items in each state at the end of each working day from one to another, both
// included, in the zone of w. It costs O(stays + days * states).
//
// Errors: those of [Past.Validate]; a [*field.Error] if to is before from or more than a hundred years
// later.
func (p Past) StateFlow(w WorkTime, from, to time.Time) (StateFlow, error) {
	if err := p.Validate(); err != nil {
		return StateFlow{}, err
	}
	first, n, err := w.span(nil, from, to)
	if err != nil {
		return StateFlow{}, err
	}
	index := make(map[story.Status]int, len(p.States))
	for i, s := range p.States {
		index[s.Name] = i
	}
	change := make([]int, n*len(p.States)) // of each day and state
	count := func(t time.Time, state story.Status, by int) {
		if day := days.Number(w.in(t)) - first; !t.IsZero() && day < n {
			change[max(0, day)*len(p.States)+index[state]] += by
		}
	}
	for _, item := range p.Items {
		for _, s := range item.Stays {
			count(s.From, s.State, 1)
			count(s.To, s.State, -1)
		}
	}
	flow := StateFlow{States: append([]State{}, p.States...), Days: []StateDay{}}
	counts := make([]int, len(p.States))
	day := w.date(from)
	for i := range n {
		for j := range counts {
			counts[j] += change[i*len(p.States)+j]
		}
		if at := days.Add(day, i); w.isWorking(at) {
			flow.Days = append(flow.Days, StateDay{Day: at, Counts: append([]int{}, counts...)})
		}
	}
	return flow, nil
}
