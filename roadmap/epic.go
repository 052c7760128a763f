package roadmap

import (
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// EpicID is the id of an [Epic].
type EpicID = story.Identity[Epic]

// Epic is a piece of the product too large for one feature. Its level is that of an epic, or that of a
// capability, which lies between an epic and its features. Both levels are optional: a feature may be part of
// a capability, of an epic, or of neither.
// It is a plain value: a copy shares nothing that could change.
//
// Source: SAFe, epic, capability, feature, story.
type Epic struct {
	ID         EpicID `json:"id"`
	Title      string `json:"title"`
	Level      Level  `json:"level"`
	Parent     EpicID `json:"parent,omitzero"`     // of a capability: the epic that it is part of
	Hypothesis string `json:"hypothesis,omitzero"` // the benefit that is expected of it
}

// Validate reports everything that is wrong with e in itself, in field order.
func (e Epic) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "epic.id", e.ID), field.CheckTitle("roadmap", "epic.title", e.Title),
		field.CheckText("roadmap", "epic.hypothesis", e.Hypothesis),
	}
	if !e.Level.IsValid() {
		errs = append(errs, fieldError("epic.level", e.Level.String(), "capability or epic"))
	}
	if !e.Parent.IsZero() && e.Level != LevelCapability {
		errs = append(errs, fieldError("epic.parent", e.Parent.String(), "none: a capability can be part of an epic, nothing else"))
	}
	return field.Join(errs...)
}

// Level is how large an [Epic] is. The zero value is unset.
type Level uint8

// The levels above a feature, the lowest first.
const (
	LevelCapability Level = iota + 1
	LevelEpic
)

var levels = field.EnumOf[Level]("roadmap", "Level", "capability", "epic")

// IsValid reports whether l is one of the two levels. Unset is not.
func (l Level) IsValid() bool { return levels.IsValid(l) }

// String returns the text form.
func (l Level) String() string { return levels.String(l) }

// MarshalText returns the text form.
func (l Level) MarshalText() ([]byte, error) { return levels.MarshalText(l) }

// UnmarshalText reads the text form; l stays as it was on an error.
func (l *Level) UnmarshalText(text []byte) error { return levels.UnmarshalText(l, text) }
