package backlog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// TestTransitions compares with looking at every story before and after every event, and at the past of those
// that an import brought.
func TestTransitions(t *testing.T) {
	imported := 0
	for seed := range uint64(max(*histories/10, 30)) {
		_, events := wander(t, seed, 120, nil)
		var found []backlog.Transition
		for move, err := range backlog.Transitions(backlog.Options{}, backlog.Recorded(events)) {
			require.NoError(t, err)
			found = append(found, move)
		}
		require.ElementsMatch(t, lookedAt(t, events), found)
		require.True(t, slices.IsSortedFunc(found, func(x, y backlog.Transition) int { return int(x.Seq) - int(y.Seq) }))
		for _, event := range events {
			imported += strings.Count(event.Change.Kind(), "import_items")
		}

		for _, err := range backlog.Transitions(backlog.Options{}, backlog.Recorded(events)) {
			require.NoError(t, err)
			break // is fine
		}
	}
	require.Positive(t, imported)
}

// pastOf is the dumb twin of the moves that an import makes of one: what the past names comes in its order,
// at instants that do not descend.
func pastOf(b *backlog.Backlog, move backlog.Transition) []backlog.Transition {
	s, _ := b.Story(move.Story)
	past := s.Details.Value().Past
	category, _ := b.Workflow().Category(move.To)
	from, _ := b.Workflow().Category(move.From)
	type step struct {
		to story.Status
		at time.Time
	}
	var steps []step
	if move.From == "" {
		first := move.At
		for _, at := range []time.Time{past.Created, past.Started, past.Done} {
			if !at.IsZero() && at.Before(first) {
				first = at
			}
		}
		steps = append(steps, step{story.Draft, first})
	}
	if !past.Started.IsZero() && category != story.Proposed && (move.From == "" || from == story.Proposed) {
		steps = append(steps, step{story.InProgress, past.Started})
	}
	last := step{move.To, move.At}
	if category == story.Doing && !past.Started.IsZero() {
		last.at = past.Started
	}
	if !category.IsOpen() && !past.Done.IsZero() {
		last.at = past.Done
	}
	var moves []backlog.Transition
	at, state := time.Time{}, move.From
	for _, step := range append(steps, last) {
		if step.to == state {
			continue
		}
		one := move
		one.From, one.To, one.At = state, step.to, later(at, step.at)
		one.Category, _ = b.Workflow().Category(step.to)
		moves = append(moves, one)
		at, state = one.At, step.to
	}
	return moves
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
				if event.Change.Kind() == "import_items" {
					moves = append(moves, pastOf(b, move)...)
				} else {
					moves = append(moves, move)
				}
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
