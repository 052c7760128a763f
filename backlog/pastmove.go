package backlog

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// pastMoves returns the moves that led to one that an import made, by the past of the story.
func (b *View) pastMoves(move Transition) []Transition {
	entry, ok := b.stories[move.Story]
	if !ok {
		return []Transition{move}
	}
	past := entry.story.Details.Value().Past
	begun := slices.IndexFunc(b.options.Workflow.States, func(s story.State) bool { return s.Category == story.Doing })
	var all []Transition
	add := func(to story.Status, at time.Time) {
		one := move
		one.From, one.To, one.At = move.From, to, at
		if len(all) > 0 {
			last := all[len(all)-1]
			one.From = last.To
			if one.At.Before(last.At) {
				one.At = last.At
			}
		}
		if one.From != to {
			one.Category, _ = b.options.Workflow.Category(to)
			all = append(all, one)
		}
	}
	from, _ := b.options.Workflow.Category(move.From)
	if move.From == "" {
		add(b.options.Workflow.Initial, earliest(past.Created, past.Started, past.Done, move.At))
	}
	if !past.Started.IsZero() && begun >= 0 && (move.From == "" || from == story.Proposed) && entry.category != story.Proposed {
		add(b.options.Workflow.States[begun].Name, past.Started)
	}
	switch {
	case !entry.category.IsOpen() && !past.Done.IsZero():
		add(move.To, past.Done)
	case entry.category == story.Doing && !past.Started.IsZero():
		add(move.To, past.Started)
	default:
		add(move.To, move.At)
	}
	return all
}

// earliest returns the first of the instants, zeros left out.
func earliest(instants ...time.Time) (first time.Time) {
	for _, at := range instants {
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}
