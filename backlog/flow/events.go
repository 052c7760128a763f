package flow

import (
	"iter"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// FromEvents returns an item for each story, in the order in which they came. Created is when the story
// was added, Started when it first went into a state in progress, Done when it was accepted for the
// last time, if it is accepted still, and Points are those of the estimate at its last move. Stories that were
// dropped, or whose adding was taken back, are left out. Keys are story ids; instants are in UTC.
//
// It costs a replay. Errors: those of [backlog.Replay].
func FromEvents(options backlog.Options, events iter.Seq2[backlog.Event, error]) ([]Item, error) {
	var all []Item
	var gone []bool
	index := make(map[story.ID]int)
	for move, err := range backlog.Transitions(options, events) {
		if err != nil {
			return nil, err
		}
		i, known := index[move.Story]
		if !known {
			i = len(all)
			index[move.Story] = i
			all, gone = append(all, Item{Key: move.Story.String(), Created: move.At}), append(gone, false)
		}
		item := &all[i]
		if from := item.last(); move.At.Before(from) { // the past of an import is before what is known already
			move.At = from
		}
		if move.Category == story.Doing && item.Started.IsZero() {
			item.Started = move.At
		}
		switch {
		case move.Category != story.Completed:
			item.Done = time.Time{}
		case item.Done.IsZero():
			item.Done = move.At
		}
		item.Points = move.Points
		gone[i] = move.To == "" || move.Category == story.Removed
	}
	items := make([]Item, 0, len(all))
	for i, item := range all {
		if !gone[i] {
			items = append(items, item)
		}
	}
	return items, nil
}

// last returns the latest of an item's instants.
func (i Item) last() time.Time {
	latest := i.Created
	for _, at := range []time.Time{i.Started, i.Done} {
		if at.After(latest) {
			latest = at
		}
	}
	return latest
}
