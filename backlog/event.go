package backlog

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/backlogkit/backlogkit/story/field"
)

// Event is a change that happened: when, by whom, and in which role. Events have sequence numbers
// without gaps from 1. Their JSON is stable; instants are in UTC.
type Event struct {
	Seq    uint64
	At     time.Time
	By     Actor
	As     Role // the role that gave the authority
	Change Change

	Note        string // a remark on why, if any
	Correlation string // what it belongs to in the host's own books, if anything

	// Findings are the breaches of rules that are set to [RuleRecord], and what was waived: the change was accepted
	// with them.
	Findings []Finding

	touched *Items // see Touches; nil where the change names them all. What it points to stays as it is.
}

// Reason returns why it happened: the reason that the change gives, or else the note. It is empty where neither is
// there.
func (e Event) Reason() string {
	if change := reflect.ValueOf(e.Change); change.Kind() == reflect.Struct {
		if reason := change.FieldByName("Reason"); reason.Kind() == reflect.String && reason.Len() > 0 {
			return reason.String()
		}
	}
	return e.Note
}

// eventJSON is the JSON form of an event.
type eventJSON struct {
	Version int             `json:"version"`
	Seq     uint64          `json:"seq"`
	At      time.Time       `json:"at"`
	By      actorJSON       `json:"by"`
	As      Role            `json:"as,omitzero"`
	Kind    string          `json:"kind"`
	Change  json.RawMessage `json:"change"`

	Note        string `json:"note,omitzero"`
	Correlation string `json:"correlation,omitzero"`

	Findings []Finding `json:"findings,omitempty"`

	Touched *Items `json:"touched,omitempty"`
}

// MarshalJSON writes the event with its version and the kind of its change.
func (e Event) MarshalJSON() ([]byte, error) {
	if err := checkChange(e.Change); err != nil {
		return nil, err
	}
	change, err := json.Marshal(e.Change)
	if err != nil {
		return nil, fmt.Errorf("backlog: event %d: %w", e.Seq, bare(err))
	}
	by := actorJSON{e.By.Name, e.By.grants()}
	return json.Marshal(eventJSON{
		EventVersion, e.Seq, e.At.UTC(), by, e.As, e.Change.Kind(), change, e.Note, e.Correlation, e.Findings, e.touched,
	})
}

// UnmarshalJSON reads what [Event.MarshalJSON] wrote; e stays as it was on an error. A version or
// kind that this package does not know is an [ErrVersion] or [ErrUnknownKind] that names it, and a
// field that it does not know is an error too.
func (e *Event) UnmarshalJSON(data []byte) error {
	if event, ok := scanEvent(data); ok {
		*e = event
		return nil
	}
	event, err := readEvent(data)
	if err == nil {
		*e = event
	}
	return err
}

// readEvent reads what scanEvent does not, and finds what is wrong with it.
func readEvent(data []byte) (Event, error) {
	var raw eventJSON
	err := decodeStrict(data, &raw)
	if err != nil || raw.Version != EventVersion { // of another version, nothing else is to be found fault with
		var head struct {
			Version int    `json:"version"`
			Seq     uint64 `json:"seq"`
		}
		if err := json.Unmarshal(data, &head); err != nil {
			return Event{}, fmt.Errorf("backlog: event: %w", bare(err))
		}
		if head.Version != EventVersion {
			return Event{}, fmt.Errorf("backlog: event %d: %w %d, want %d", head.Seq, ErrVersion, head.Version, EventVersion)
		}
		raw.Seq = head.Seq
	}
	if err == nil {
		err = checkKeys(data)
	}
	if err != nil {
		return Event{}, fmt.Errorf("backlog: event %d: %w", raw.Seq, bare(err))
	}
	zero, known := kinds[raw.Kind]
	if !known {
		return Event{}, fmt.Errorf("backlog: event %d: %w of change %q", raw.Seq, ErrUnknownKind, raw.Kind)
	}
	if err := raw.wantAll(); err != nil {
		return Event{}, fmt.Errorf("backlog: event %d: %w", raw.Seq, bare(err))
	}
	change, err := decode(zero, raw.Change)
	if err != nil {
		return Event{}, fmt.Errorf("backlog: event %d: %w", raw.Seq, bare(err))
	}
	return Event{raw.Seq, raw.At, actorOf(raw.By.Name, raw.By.Roles), raw.As, change, raw.Note, raw.Correlation, raw.Findings, raw.Touched}, nil
}

// wantAll wants a change, and who made it, when and in which role.
func (e *eventJSON) wantAll() error {
	var errs []error
	if len(e.Change) == 0 || e.Change[0] != '{' {
		errs = append(errs, fieldError("change", fmt.Sprintf("%.20s", e.Change), "an object"))
	}
	if e.At.IsZero() {
		errs = append(errs, fieldError("at", "", "an instant"))
	}
	if e.By.Name == "" {
		errs = append(errs, fieldError("by.name", "", "who made the change"))
	}
	return field.Join(append(errs, checkAs(e.As))...)
}

func checkAs(role Role) error {
	if role.IsValid() {
		return nil
	}
	return fieldError("as", role.String(), "the role that gave the authority")
}

// checkEvent checks all of an event but its change.
func (b *View) checkEvent(event *Event) error {
	next := b.seq + 1
	switch {
	case b.isZero():
		return errZero
	case event.Seq < next:
		return fmt.Errorf("%w: a duplicate, the next is %d", ErrSequence, next)
	case event.Seq > next:
		return fmt.Errorf("%w: a gap, the next is %d", ErrSequence, next)
	}
	return field.Join(b.checkInstant(event.At), b.admit(&event.By), checkAs(event.As), b.admitChange(event.Change),
		checkMetadata(event.Note, event.Correlation))
}

// checkMetadata wants a note that is text, and a correlation that is a line of it, or neither.
func checkMetadata(note, correlation string) error {
	if note == "" && correlation == "" {
		return nil
	}
	err := field.CheckText("backlog", "note", note)
	if correlation != "" {
		err = field.Join(err, field.CheckTitle("backlog", "correlation", correlation))
	}
	return err
}

// checkInstant wants an instant that JSON can hold and that is not before the last event's.
func (b *View) checkInstant(at time.Time) error {
	switch {
	case at.IsZero():
		return fieldError("at", "", "an instant")
	case at.Equal(b.at): // which was found fit
		return nil
	}
	if err := field.CheckInstant("backlog", "at", at.UTC()); err != nil {
		return err
	}
	if at.Before(b.at) {
		return fieldError("at", at.Format(time.RFC3339Nano),
			"an instant not before the last event's, "+b.at.Format(time.RFC3339Nano))
	}
	return nil
}

// isLate reports whether one of the latest events is by an actor with the same name and roles.
func (b *View) isLate(by *Actor) bool {
	const few = 8
	for seq := b.seq; seq > 0 && seq+few > b.seq; seq-- {
		if last := b.recent.at(seq); last != nil && last.event.By.equal(by) {
			return true
		}
	}
	return false
}

// admit is [Actor.Validate], but for somebody who was just found valid, and keeps who is valid.
func (b *View) admit(by *Actor) error {
	if by.Name != "" && b.by.equal(by) {
		return nil
	}
	if !b.isLate(by) {
		if err := by.Validate(); err != nil {
			return err
		}
	}
	b.by = *by
	return nil
}

// advance makes an event the last one. What an attempt takes back of it is in [View.attempt]. It returns the
// change, which nobody else writes to where it is not taken back in any case.
func (b *View) advance(event *Event) Change {
	change := event.Change
	if !b.trying {
		change = b.remember(event)
	}
	b.seq, b.at = event.Seq, event.At.UTC().Round(0)
	return change
}

// forgotten is an event whose place another took, until it is certain that this is not taken back.
type forgotten struct {
	slot  int
	event remembered
}

// remember keeps a copy of an event for [ConflictError.Since], and returns its change.
func (b *View) remember(event *Event) Change {
	slot := b.recent.slot(event.Seq)
	own := &b.recent.list[slot]
	if b.recording {
		b.forgotten = append(b.forgotten, forgotten{slot, *own})
		if b.recall == nil {
			b.recall = func() {
				last := len(b.forgotten) - 1
				one := b.forgotten[last]
				b.recent.list[one.slot] = one.event
				b.forgotten[last] = forgotten{}
				b.forgotten = b.forgotten[:last]
			}
		}
		b.onUndo(b.recall)
	}
	return own.set(event)
}
