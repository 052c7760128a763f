package backlog

import (
	"iter"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// Transition is one move of a story from a state of the workflow to another: see [Transitions].
type Transition struct {
	Seq      uint64         `json:"seq"` // of the event that made it
	At       time.Time      `json:"at"`
	By       string         `json:"by"`
	Story    story.ID       `json:"story"`
	From     story.Status   `json:"from,omitzero"`     // unset where the story is new
	To       story.Status   `json:"to,omitzero"`       // unset where the adding of the story was taken back
	Category story.Category `json:"category,omitzero"` // of To

	Points decimal.Decimal `json:"points,omitzero"` // as the story was estimated after the event
}

// Transitions replays events and iterates over every move of a story from one state to another, in the
// order of the events: what the metrics of flow are made of. A new story moves from no state to its
// first. An imported one moves when it came, was begun and was done, as far as its past is known: through
// the first state and one in progress, at instants that do not descend. The iteration ends with the first
// error, which is one of [Replay]. It costs no more than the replay.
func Transitions(options Options, events iter.Seq2[Event, error]) iter.Seq2[Transition, error] {
	return func(yield func(Transition, error) bool) {
		b, err := New(options)
		if err != nil {
			yield(Transition{}, err)
			return
		}
		var moves []Transition // of one event
		b.watch = func(id story.ID, from, to story.Status, category story.Category) {
			moves = append(moves, Transition{Story: id, From: from, To: to, Category: category})
		}
		for event, err := range events {
			if err == nil {
				err = b.Apply(event)
			}
			if err != nil {
				yield(Transition{}, err)
				return
			}
			for _, move := range netMoves(moves) {
				move.Seq, move.At, move.By = b.seq, b.at, event.By.Name
				if entry, ok := b.stories[move.Story]; ok {
					move.Points, _ = entry.story.Estimate.Points()
				}
				all := []Transition{move}
				if _, isPast := event.Change.(ImportItems); isPast {
					all = b.pastMoves(move)
				}
				for _, one := range all {
					if !yield(one, nil) {
						return
					}
				}
			}
			moves = moves[:0]
		}
	}
}

// netMoves puts the moves of each story together: an event may try a change before it makes it.
func netMoves(moves []Transition) []Transition {
	if len(moves) < 2 {
		return moves
	}
	at := make(map[story.ID]int, len(moves))
	kept := moves[:0]
	for _, move := range moves {
		i, known := at[move.Story]
		if !known {
			at[move.Story] = len(kept)
			kept = append(kept, move)
			continue
		}
		kept[i].To, kept[i].Category = move.To, move.Category
	}
	return slices.DeleteFunc(kept, func(move Transition) bool { return move.From == move.To })
}
