package backlog

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/backlogkit/backlogkit/story/field"
)

// The classes of error that a caller may want to branch on with [errors.Is]. Impossible values are
// [field.ErrInvalid]. A host that speaks HTTP answers, in this order of questions:
//
//	ErrNotAllowed                         403 Forbidden
//	ErrNotFound                           404 Not Found
//	ErrConflict, ErrExists, ErrClaim      409 Conflict, or 412 to a request with If-Match
//	ErrIllegalMove ErrNotReady ErrNotDone
//	ErrRule ErrCycle field.ErrInvalid     422 Unprocessable Content
//	ErrUnknownKind ErrMalformed           400 Bad Request, of a change that was sent
//	anything else                         500: the log or the program is at fault, not the request
//
// An error that is of several classes, as one that joins the breaches of several rules, is of the first.
var (
	ErrNotAllowed   = errors.New("not allowed")           // the policy refused, see [RefusedError]
	ErrIllegalMove  = errors.New("illegal move")          // the workflow refused, see [RefusedError]
	ErrNotReady     = errors.New("not ready")             // the definition of ready refused
	ErrNotDone      = errors.New("not done")              // the definition of done refused
	ErrRule         = errors.New("against the rules")     // a rule of the backlog refused
	ErrNotFound     = errors.New("not found")             // see [NotFoundError]
	ErrExists       = errors.New("exists already")        // see [ExistsError]
	ErrCycle        = errors.New("cycle")                 // see [CycleError]
	ErrSequence     = errors.New("event out of sequence") // a gap or a duplicate
	ErrConflict     = errors.New("conflict")              // see [ConflictError]
	ErrClaim        = errors.New("claim does not hold")   // see [ClaimError]
	ErrUnknownKind  = errors.New("unknown kind")          // of a change, in JSON
	ErrMalformed    = errors.New("malformed")             // JSON that does not fit its kind of change
	ErrVersion      = errors.New("unknown version")       // of an event's or a snapshot's schema
	ErrInconsistent = errors.New("inconsistent")          // a snapshot that breaks an invariant
)

// Refuser is the part of the gate that said no: [ByPolicy], [ByWorkflow], [ByReady], [ByDone] or [ByRule].
type Refuser uint8

// The parts of the gate, in the order in which they are asked.
const (
	ByPolicy   Refuser = iota + 1 // the actor lacks the authority
	ByWorkflow                    // the story's state allows no such move
	ByReady                       // the definition of ready is not met
	ByDone                        // the definition of done, or a criterion, is not met
	ByRule                        // another rule of the backlog
)

var refuserTexts = field.EnumOf[Refuser]("backlog", "Refuser", "policy", "workflow", "ready", "done", "rule")

// IsValid reports whether r is one of the five parts.
func (r Refuser) IsValid() bool { return refuserTexts.IsValid(r) }

// String returns "policy", "workflow", "ready", "done" or "rule".
func (r Refuser) String() string { return refuserTexts.String(r) }

// MarshalText returns the text form.
func (r Refuser) MarshalText() ([]byte, error) { return refuserTexts.MarshalText(r) }

// UnmarshalText reads the text form; r stays as it was on an error.
func (r *Refuser) UnmarshalText(text []byte) error { return refuserTexts.UnmarshalText(r, text) }

// words returns r as it stands in a sentence.
func (r Refuser) words() string {
	switch r {
	case 0:
		return "nobody"
	case ByReady, ByDone:
		return "definition of " + r.String()
	default:
		return r.String()
	}
}

// RefusedError is the error of a well-formed change that was refused: by which part of the gate, by
// which rule, why, and what would be needed. By is its class: it Is [ErrNotAllowed], [ErrIllegalMove],
// [ErrNotReady], [ErrNotDone] or [ErrRule]. If several rules refuse a change, the errors are joined.
//
// Reason and Needs are texts for people, with titles; they may change from version to version. A program
// goes by By, Rule, ID and Items.
type RefusedError struct {
	By     Refuser
	Rule   Rule   // zero where no rule of [Rules] refused it
	ID     string // of the goal, feature, story, sprint or release that it is about, where it is one
	Items  Items  // what stands against it and is no part of the change: what is waited for, the other sprint
	Actor  string // who was refused
	Change Change
	Reason string   // "may not order stories"
	Needs  []string // what would do: roles, states, or checks to be met
	Err    error    // of the policy, where it returned one of its own; Unwrap returns it

	unmet []CheckResult // of a definition: what Needs has of it
}

// MarshalJSON writes the error with the kind of its change, in the names of [Event]: {"by":"policy",
// "actor":"Stan","kind":"order_stories","change":{...},"reason":"may not order stories","needs":["product owner"]}.
// Err is left out.
func (e *RefusedError) MarshalJSON() ([]byte, error) {
	kind, change, err := EncodeChange(e.Change)
	if err != nil {
		return nil, err
	}
	needs := e.Needs
	if needs == nil {
		needs = []string{}
	}
	return json.Marshal(struct {
		By     Refuser         `json:"by"`
		Rule   Rule            `json:"rule,omitzero"`
		ID     string          `json:"id,omitzero"`
		Items  *Items          `json:"items,omitzero"`
		Actor  string          `json:"actor"`
		Kind   string          `json:"kind"`
		Change json.RawMessage `json:"change"`
		Reason string          `json:"reason"`
		Needs  []string        `json:"needs"`
	}{e.By, e.Rule, e.ID, e.Items.orNil(), e.Actor, kind, change, e.Reason, needs})
}

// over returns e with the items that stand against the change.
func (e *RefusedError) over(items Items) *RefusedError {
	e.Items = items
	return e
}

// Unwrap returns e.Err.
func (e *RefusedError) Unwrap() error { return e.Err }

// Error reads `backlog: order_stories by "Stan" refused by the policy: may not order stories; that
// needs product owner`.
func (e *RefusedError) Error() string {
	by := e.By.words()
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
	Entity string `json:"entity"` // "story", "feature", "goal", "role of Dana" ...
	ID     string `json:"id"`
}

// Error reads `backlog: no story "6ba7b810-..."`.
func (e *NotFoundError) Error() string { return fmt.Sprintf("backlog: no %s %q", e.Entity, e.ID) }

// Is reports whether target is [ErrNotFound].
func (e *NotFoundError) Is(target error) bool { return target == ErrNotFound }

// ExistsError is returned for what the backlog holds already. It is an [ErrExists].
type ExistsError struct {
	Entity string `json:"entity"`          // "story", "feature", "key", "dependency" ...
	ID     string `json:"id"`              // of what is there, or what names it: a key, both ends of a dependency
	Holder ItemID `json:"holder,omitzero"` // of a key: the item that has it
}

// Error reads `backlog: story "6ba7b810-..." exists already; a new story needs an id of its own`.
func (e *ExistsError) Error() string {
	text := fmt.Sprintf("backlog: %s %q exists already", e.Entity, e.ID)
	switch {
	case e.Holder != (ItemID{}):
		return text + ", as that of " + e.Holder.String()
	case uuid.Validate(e.ID) == nil:
		return fmt.Sprintf("%s; a new %s needs an id of its own", text, e.Entity)
	}
	return text
}

// Is reports whether target is [ErrExists].
func (e *ExistsError) Is(target error) bool { return target == ErrExists }

// CycleError is the error of a change that would make items wait for each other. It is an [ErrCycle].
type CycleError struct {
	Items  []ItemID    `json:"items"`  // one shortest cycle: each waits for the next, the last for the first
	Titles []string    `json:"titles"` // of the items
	Links  []CycleLink `json:"links"`  // why each of them waits
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
func (l CycleLink) sentence(item string) string {
	switch l {
	case LinkPartOf:
		return "is part of " + item
	case LinkHasPart:
		return "waits for " + item + ", part of it"
	default:
		return "needs " + item
	}
}

// titled returns an item with its title, or with its id if the title is not known.
func titled(item ItemID, title string) string {
	switch {
	case title == "":
		return item.String()
	case item.Story.IsZero():
		return fmt.Sprintf("feature %.80q", title)
	default:
		return fmt.Sprintf("story %.80q", title)
	}
}

// at returns an item of the cycle in words.
func (e *CycleError) at(i int) string {
	if i %= len(e.Items); i < len(e.Titles) {
		return titled(e.Items[i], e.Titles[i])
	}
	return e.Items[i].String()
}

// Error reads `backlog: cycle: story "Pay" needs feature "Cards", which waits for story "Save a card", part
// of it, which needs story "Pay"`. Of a long cycle it leaves out the middle.
func (e *CycleError) Error() string {
	const shown = 8 // items at each end
	var text strings.Builder
	text.WriteString("backlog: cycle: ")
	for i := range e.Items {
		switch {
		case i == 0:
			text.WriteString(e.at(i) + " ")
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
		text.WriteString(link.sentence(e.at(i + 1)))
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
	return &ExistsError{Entity: entity, ID: id.String()}
}

// bare returns an error of this package without the name of the package in front, to be wrapped in one
// that has it.
func bare(err error) error {
	if strings.HasPrefix(err.Error(), prefix) {
		return &bareError{err}
	}
	return err
}

// prefixed returns an error with the name of the package in front.
func prefixed(err error) error {
	if strings.HasPrefix(err.Error(), prefix) {
		return err
	}
	return fmt.Errorf("%s%w", prefix, err)
}

const prefix = "backlog: "

type bareError struct{ err error }

func (e *bareError) Error() string { return strings.TrimPrefix(e.err.Error(), prefix) }
func (e *bareError) Unwrap() error { return e.err }
