package gherkin

import "github.com/backlogkit/backlogkit/story/field"

// KeywordType is what a step is for. The zero value is unset.
type KeywordType uint8

// The types of step keywords. Their text forms are the names in the official trees: "Context".
const (
	Context     KeywordType = iota + 1 // Given
	Action                             // When
	Outcome                            // Then
	Conjunction                        // And, But: the type of the step before
	Unknown                            // *, or a word the language uses for several types
)

var keywordTypes = field.EnumOf[KeywordType]("gherkin", "KeywordType",
	"Context", "Action", "Outcome", "Conjunction", "Unknown")

// String returns the text form.
func (t KeywordType) String() string { return keywordTypes.String(t) }

// MarshalText returns the text form.
func (t KeywordType) MarshalText() ([]byte, error) { return keywordTypes.MarshalText(t) }

// UnmarshalText reads the text form; t stays as it was on an error.
func (t *KeywordType) UnmarshalText(text []byte) error { return keywordTypes.UnmarshalText(t, text) }
