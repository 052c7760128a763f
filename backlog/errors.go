package backlog

import (
	"errors"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// The classes of error that a caller may want to branch on with [errors.Is]. Impossible values are
// [field.ErrInvalid].
var (
	ErrNotAllowed   = errors.New("not allowed")           // the policy refused, see [RefusedError]
	ErrIllegalMove  = errors.New("illegal move")          // the workflow refused, see [RefusedError]
	ErrNotReady     = errors.New("not ready")             // the definition of ready refused
	ErrNotDone      = errors.New("not done")              // the definition of done refused
	ErrRule         = errors.New("against the rules")     // a rule of the backlog refused
	ErrNotFound     = errors.New("not found")             // see [NotFoundError]
	ErrExists       = errors.New("exists already")        // an id is taken
	ErrCycle        = errors.New("cycle")                 // see [CycleError]
	ErrSequence     = errors.New("event out of sequence") // a gap or a duplicate
	ErrConflict     = errors.New("conflict")              // see [ConflictError]
	ErrUnknownKind  = errors.New("unknown kind")          // of a change, in JSON
	ErrVersion      = errors.New("unknown version")       // of an event's or a snapshot's schema
	ErrInconsistent = errors.New("inconsistent")          // a snapshot that breaks an invariant
)

// Refuser is the part of the gate that said no.
type Refuser uint8

// The parts of the gate, in the order in which they are asked.
const (
	ByPolicy   Refuser = iota + 1 // the actor lacks the authority
	ByWorkflow                    // the story's state allows no such move
	ByReady                       // the definition of ready is not met
	ByDone                        // the definition of done, or a criterion, is not met
	ByRule                        // another rule of the backlog
)

// String returns "policy", "workflow", "definition of ready", "definition of done" or "rule".
func (r Refuser) String() string {
	names := [...]string{"nobody", "policy", "workflow", "definition of ready", "definition of done", "rule"}
	if int(r) >= len(names) {
		return fmt.Sprintf("refuser %d", uint8(r))
	}
	return names[r]
}

// RefusedError is the error of a well-formed change that was refused: by which part of the gate, by
// which rule, why, and what would be needed. By is its class: it Is [ErrNotAllowed], [ErrIllegalMove],
// [ErrNotReady], [ErrNotDone] or [ErrRule].
type RefusedError struct {
	By     Refuser
	Rule   Rule   // zero where no rule of [Rules] refused it
	ID     string // of the item that stands against it, where it is one
	Actor  string // who was refused
	Change Change
	Reason string   // what stands against it: "may not order stories"
	Needs  []string // what would do: roles, states, or checks to be met
	Err    error    // of the policy, where it returned one of its own; Unwrap returns it
}

// Unwrap returns e.Err.
func (e *RefusedError) Unwrap() error { return e.Err }

// Error reads `backlog: order_stories by "Stan" refused by the policy: may not order stories; that
// needs product owner`.
func (e *RefusedError) Error() string {
	by := e.By.String()
	if e.Rule != 0 {
		by = fmt.Sprintf("rule %v", e.Rule)
	}
	text := fmt.Sprintf("backlog: %s by %q refused by the %s: %s", kindOf(e.Change), e.Actor, by, e.Reason)
	switch {
	case len(e.Needs) == 0:
		return text
	case e.By == ByWorkflow:
		return text + "; from here there is " + e.needs()
	default:
		return text + "; that needs " + e.needs()
	}
}

// needs returns in words what would do.
func (e *RefusedError) needs() string {
	if e.By == ByWorkflow || e.By == ByPolicy {
		return strings.Join(e.Needs, " or ")
	}
	return strings.Join(e.Needs, ", and ")
}

// Is reports whether target is the class of error of e.By.
func (e *RefusedError) Is(target error) bool {
	classes := [...]error{nil, ErrNotAllowed, ErrIllegalMove, ErrNotReady, ErrNotDone, ErrRule}
	return int(e.By) < len(classes) && e.By > 0 && target == classes[e.By]
}

// NotFoundError is returned for an id that the backlog does not hold. It is an [ErrNotFound].
type NotFoundError struct {
	Entity string // "story", "feature", "goal" ...
	ID     string
}

// Error reads `backlog: no story "6ba7b810-..."`.
func (e *NotFoundError) Error() string { return fmt.Sprintf("backlog: no %s %q", e.Entity, e.ID) }

// Is reports whether target is [ErrNotFound].
func (e *NotFoundError) Is(target error) bool { return target == ErrNotFound }

// CycleError is the error of a change that would make items wait for each other. It is an [ErrCycle].
type CycleError struct {
	Items []ItemID    `json:"items"` // one shortest cycle: each waits for the next, the last for the first
	Links []CycleLink `json:"links"` // why each of them waits
}

// CycleLink is why an item of a cycle waits for the next.
type CycleLink uint8

// The links of a cycle.
const (
	LinkNeeds   CycleLink = iota + 1 // it needs the next
	LinkPartOf                       // it is a story of the next, and waits for what that needs
	LinkHasPart                      // it is a feature that the next, a story of it, finishes
)

var cycleLinkTexts = field.EnumOf[CycleLink]("backlog", "cycle link", "needs", "part_of", "has_part")

// String returns "needs", "part_of" or "has_part".
func (l CycleLink) String() string { return cycleLinkTexts.String(l) }

// MarshalText returns the text form.
func (l CycleLink) MarshalText() ([]byte, error) { return cycleLinkTexts.MarshalText(l) }

// UnmarshalText reads the text form; l stays as it was on an error.
func (l *CycleLink) UnmarshalText(text []byte) error { return cycleLinkTexts.UnmarshalText(l, text) }

// sentence returns that somebody waits for an item, in words.
func (l CycleLink) sentence(item ItemID) string {
	switch l {
	case LinkPartOf:
		return "is part of " + item.String()
	case LinkHasPart:
		return "waits for " + item.String() + ", part of it"
	default:
		return "needs " + item.String()
	}
}

// Error reads `backlog: cycle: story "a" needs feature "f", which waits for story "b", part of it, which
// needs story "a"`. Of a long cycle it leaves out the middle.
func (e *CycleError) Error() string {
	const shown = 8 // items at each end
	var text strings.Builder
	text.WriteString("backlog: cycle: ")
	for i, item := range e.Items {
		switch {
		case i == 0:
			text.WriteString(item.String() + " ")
		case i == shown && len(e.Items) > 2*shown:
			fmt.Fprintf(&text, ", and so on over %d more", len(e.Items)-2*shown)
		}
		if i >= shown && i < len(e.Items)-shown {
			continue
		}
		if i > 0 {
			text.WriteString(", which ")
		}
		link := LinkNeeds
		if i < len(e.Links) {
			link = e.Links[i]
		}
		text.WriteString(link.sentence(e.Items[(i+1)%len(e.Items)]))
	}
	return text.String()
}

// Is reports whether target is [ErrCycle].
func (e *CycleError) Is(target error) bool { return target == ErrCycle }

func fieldError(path, value, want string) error { return field.New("backlog", path, value, want) }

// checkStatus wants a status that is set.
func checkStatus[S interface {
	IsValid() bool
	String() string
}](status S) error {
	if status.IsValid() {
		return nil
	}
	return fieldError("status", status.String(), "one that is known")
}

func notFound(entity string, id fmt.Stringer) error { return &NotFoundError{entity, id.String()} }

func exists(entity string, id fmt.Stringer) error {
	return fmt.Errorf("backlog: %s %q %w; a new %s needs an id of its own", entity, id, ErrExists, entity)
}
