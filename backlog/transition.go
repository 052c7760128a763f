package backlog

import (
	"iter"
	"time"

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
}

// Transitions replays events and iterates over every move of a story from one state to another, in the
// order of the events: what the metrics of flow are made of. A new story moves from no state to its
// first. The iteration ends with the first error, which is one of [Replay]. It costs no more than the
// replay.
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
			for _, move := range moves {
				move.Seq, move.At, move.By = b.seq, b.at, event.By.Name
				if !yield(move, nil) {
					return
				}
			}
			moves = moves[:0]
		}
	}
}
