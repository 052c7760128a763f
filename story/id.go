package story

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// Identity is the id of an E, a UUID that the caller makes: story.ID(uuid.New()).
// Each entity has its own alias ([ID], [TaskID], [FeatureID] ...), so that ids of two kinds do not
// mix. The zero value is no id and is left out of JSON by omitzero.
//
// Its text form, in JSON, databases and [Identity.String], is the canonical UUID,
// "6ba7b810-9dad-11d1-80b4-00c04fd430c8"; the zero value's text is empty.
type Identity[E any] uuid.UUID

type (
	// ID is the id of a [Story].
	ID = Identity[Story]
	// TaskID is the id of a [Task].
	TaskID = Identity[Task]
	// CriterionID is the id of a [Criterion].
	CriterionID = Identity[Criterion]
	// FeatureID is the id of the feature a story belongs to. It lives here, since a child names
	// its parent; roadmap.FeatureID is the same type.
	FeatureID = Identity[feature]
	// StepID is the id of the step of the story map that a story lies below; roadmap.StepID is the same type.
	StepID = Identity[step]
)

// feature and step stand for roadmap.Feature and roadmap.Step, which this package cannot import.
type (
	feature struct{}
	step    struct{}
)

// ErrID is the class of the error for a text that is not an id.
var ErrID = errors.New("not an id")

// ParseIdentity reads the text form of an id: story.ParseIdentity[story.Story](text), or shorter [ParseID].
// It returns an error wrapping [ErrID] if the text is not a UUID; the empty text is the zero value.
func ParseIdentity[E any](text string) (Identity[E], error) {
	var id Identity[E]
	err := id.UnmarshalText([]byte(text))
	return id, err
}

// ParseID is [ParseIdentity] for a story's id.
func ParseID(text string) (ID, error) { return ParseIdentity[Story](text) }

// IsZero reports whether id is the zero value.
func (id Identity[E]) IsZero() bool { return id == Identity[E]{} }

// Compare returns -1, 0 or 1, comparing byte by byte.
func (id Identity[E]) Compare(other Identity[E]) int { return bytes.Compare(id[:], other[:]) }

// String returns the canonical UUID, or "" for the zero value.
func (id Identity[E]) String() string {
	if id.IsZero() {
		return ""
	}
	return uuid.UUID(id).String()
}

// MarshalText returns the text form of id.
func (id Identity[E]) MarshalText() ([]byte, error) {
	if id.IsZero() {
		return nil, nil
	}
	return uuid.UUID(id).MarshalText()
}

// UnmarshalText reads the canonical text form. It returns an error wrapping [ErrID] for anything else,
// and id stays as it was.
func (id *Identity[E]) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = Identity[E]{}
		return nil
	}
	const canonical = 36
	if len(text) == canonical {
		if parsed, err := uuid.ParseBytes(text); err == nil {
			*id = Identity[E](parsed)
			return nil
		}
	}
	const shown = 64
	return fmt.Errorf("story: %w: %.*q, want a UUID such as %q", ErrID, shown, text,
		"6ba7b810-9dad-11d1-80b4-00c04fd430c8")
}

// Value implements driver.Valuer: it returns the text form, and NULL for the zero value.
func (id Identity[E]) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id.String(), nil
}

// Scan implements sql.Scanner: it reads what [Identity.Value] stored, or the 16 bytes of a UUID.
func (id *Identity[E]) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*id = Identity[E]{}
		return nil
	case string:
		return id.UnmarshalText([]byte(src))
	case []byte:
		if len(src) == len(id) {
			copy(id[:], src)
			return nil
		}
		return id.UnmarshalText(src)
	default:
		return fmt.Errorf("story: %w: a %T, want text or 16 bytes", ErrID, src)
	}
}
