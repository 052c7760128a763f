package backlog_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// TestTransitions compares with looking at every story before and after every event.
func TestTransitions(t *testing.T) {
	for seed := range uint64(*histories / 10) {
		_, events := wander(t, seed, 120, nil)
		last := slices.IndexFunc(events, func(e backlog.Event) bool { return e.Change.Kind() == "import_items" })
		if last >= 0 { // which has moves of its own
			events = events[:last]
		}
		var found []backlog.Transition
		for move, err := range backlog.Transitions(backlog.Options{}, backlog.Recorded(events)) {
			require.NoError(t, err)
			found = append(found, move)
		}
		require.ElementsMatch(t, lookedAt(t, events), found)
		require.True(t, slices.IsSortedFunc(found, func(x, y backlog.Transition) int { return int(x.Seq) - int(y.Seq) }))

		for _, err := range backlog.Transitions(backlog.Options{}, backlog.Recorded(events)) {
			require.NoError(t, err)
			break // is fine
		}
	}
}

// lookedAt is the dumb twin of Transitions.
func lookedAt(t *testing.T, events []backlog.Event) (moves []backlog.Transition) {
	t.Helper()
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	before := map[story.ID]story.Status{}
	for _, event := range events {
		require.NoError(t, b.Apply(event))
		after := map[story.ID]story.Status{}
		move := backlog.Transition{Seq: event.Seq, At: b.At(), By: event.By.Name}
		for s := range b.Stories() {
			after[s.ID] = s.Status
			if move.Story, move.From, move.To = s.ID, before[s.ID], s.Status; move.From != move.To {
				move.Category, _ = b.Workflow().Category(s.Status)
				move.Points, _ = s.Estimate.Points()
				moves = append(moves, move)
			}
			delete(before, s.ID)
		}
		for id, status := range before {
			moves = append(moves, backlog.Transition{
				Seq: event.Seq, At: b.At(), By: event.By.Name, Story: id, From: status,
			})
		}
		before = after
	}
	return moves
}

func TestTransitionsEndWithAnError(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.addReady(1, 3)
	for _, options := range []backlog.Options{{}, {Workflow: story.Workflow{States: make([]story.State, 1)}}} {
		var last error
		for _, err := range backlog.Transitions(options, backlog.Recorded(l.events[1:])) {
			require.NoError(t, last)
			last = err
		}
		require.Error(t, last)
	}
}
