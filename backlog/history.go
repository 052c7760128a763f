package backlog

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/backlogkit/backlogkit/story"
)

// Replay makes a backlog from its events, from the first on. Whoever replays hands in the options
// that the backlog was made with. O(1) an event, but for changes of the order.
//
// An error that the sequence yields ends it and is returned: a log that cannot be read is not a
// shorter past.
func Replay(options Options, events iter.Seq2[Event, error]) (*Backlog, error) {
	b, err := New(options)
	if err != nil {
		return nil, err
	}
	for event, err := range events {
		if err == nil {
			err = b.Apply(event)
		}
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Recorded returns the events of a slice as [Replay] takes them.
func Recorded(events []Event) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for _, event := range events {
			if !yield(event, nil) {
				return
			}
		}
	}
}

// ReplayTo is [Replay] up to and with the event of that sequence number, 0 being before the first:
// the backlog as it was then. Events that end earlier are an [ErrSequence].
func ReplayTo(options Options, events iter.Seq2[Event, error], seq uint64) (*Backlog, error) {
	b, err := New(options)
	if err != nil || seq == 0 {
		return b, err
	}
	for event, err := range events {
		if err == nil {
			err = b.Apply(event)
		}
		if err != nil {
			return nil, err
		}
		if b.seq == seq {
			return b, nil
		}
	}
	return nil, fmt.Errorf("backlog: %w: want event %d, they end at %d", ErrSequence, seq, b.seq)
}

// Upgrade turns an event that an older version wrote, as JSON, into one that this version reads. It
// is asked about every event that [DecodeEvent] reads, and returns what is up to date as it is. The
// version and the kind are those that data states; [Restore] asks the one of
// [Options] about a snapshot, as the kind "snapshot".
type Upgrade func(version int, kind string, data []byte) ([]byte, error)

// DecodeEvent reads the JSON of an event that upgrade, unless it is nil, has brought up to date. So a log
// that an older version began stays readable: what was renamed since is renamed on reading, and the
// log stays as it is.
//
// Errors: those of [Event.UnmarshalJSON]; that of upgrade.
func DecodeEvent(data []byte, upgrade Upgrade) (Event, error) {
	var event Event
	if upgrade != nil {
		var head struct {
			Version int    `json:"version"`
			Seq     uint64 `json:"seq"`
			Kind    string `json:"kind"`
		}
		if err := json.Unmarshal(data, &head); err != nil {
			return Event{}, fmt.Errorf("backlog: event: %w", bare(err))
		}
		upgraded, err := upgrade(head.Version, head.Kind, data)
		if err != nil {
			return Event{}, fmt.Errorf("backlog: event %d: upgrade of %q, version %d: %w", head.Seq, head.Kind, head.Version, bare(err))
		}
		data = upgraded
	}
	err := event.UnmarshalJSON(data)
	return event, err
}

// recentEvents is how many events a backlog keeps for [ConflictError.Since]. It is a
// convenience and no part of the state: a restored backlog begins without any.
const recentEvents = 64

// recent are the last events. What they point to stays as it is.
type recent struct {
	list  []remembered // up to recentEvents, of which each new one takes the place of the oldest then
	first uint64       // sequence number of the first that was ever in the list
}

// slot returns the index in the list for the event after all that are in it.
func (r *recent) slot(seq uint64) int {
	if len(r.list) == 0 {
		r.first = seq
	}
	i := int((seq - r.first) % recentEvents)
	if i == len(r.list) {
		r.list = append(r.list, remembered{})
	}
	return i
}

// at returns an event by its sequence number, nil where it is not remembered.
func (r *recent) at(seq uint64) *remembered {
	if seq < r.first {
		return nil
	}
	if i := int((seq - r.first) % recentEvents); i < len(r.list) && r.list[i].event.Seq == seq {
		return &r.list[i]
	}
	return nil
}

// remembered is a copy of an event. A move of one story, the commonest change with a list, is kept without it.
type remembered struct {
	event Event      // without a change if it is such a move
	moved story.ID   // by it
	to    OrderPlace // likewise
}

// set makes r a copy of an event, and returns the change for use at once: one that nobody writes to, but for a move.
func (r *remembered) set(event *Event) Change {
	own := &r.event
	*own = *event
	own.Findings = slices.Clone(event.Findings)
	if move, ok := event.Change.(MoveStories); ok && len(move.Stories) == 1 {
		own.Change, r.moved, r.to = nil, move.Stories[0], move.To
		return event.Change
	}
	own.Change = ownChange(event.Change)
	return own.Change
}

// own returns the event, which shares nothing with r.
func (r *remembered) own() Event {
	event := r.event.own()
	if event.Change == nil {
		event.Change = MoveStories{[]story.ID{r.moved}, r.to}
	}
	return event
}

func (r *recent) clone() recent { return recent{slices.Clone(r.list), r.first} }

// ConflictError is returned when something happened that the caller had not seen, and holds what it
// was. It is an [ErrConflict]. The caller reads again and decides again.
type ConflictError struct {
	Expected uint64 `json:"expected"` // the version that the caller saw
	Seq      uint64 `json:"seq"`      // the version that the backlog has
	// Since is what happened since Expected, oldest first: all of it, or as much of its end as is
	// remembered, 64 events at most and none from before a restore.
	Since []Event `json:"since"`
}

// Error reads `backlog: conflict: version 7 was expected, it is 9: since then estimate_story by "Dana", ...`.
func (e *ConflictError) Error() string {
	text := fmt.Sprintf("backlog: conflict: version %d was expected, it is %d", e.Expected, e.Seq)
	const shown = 3
	for i, event := range e.Since {
		if i == shown {
			return text + ", ..."
		}
		text += fmt.Sprintf("%s %s by %q", [...]string{": since then", ",", ","}[i], event.Change.Kind(), event.By.Name)
	}
	return text
}

// Is reports whether target is [ErrConflict].
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }

func (b *View) conflict(expected uint64) *ConflictError {
	conflict := &ConflictError{Expected: expected, Seq: b.seq}
	oldest := expected + 1
	if b.seq > recentEvents {
		oldest = max(oldest, b.seq-recentEvents+1)
	}
	for seq := oldest; seq > expected && seq <= b.seq; seq++ {
		if event := b.recent.at(seq); event != nil {
			conflict.Since = append(conflict.Since, event.own())
		}
	}
	return conflict
}
