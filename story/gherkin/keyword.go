package gherkin

import "fmt"

// KeywordType says what a step is for. The zero value is "unset" and has no text form.
type KeywordType uint8

// The types of step keywords.
const (
	Context     KeywordType = iota + 1 // Given
	Action                             // When
	Outcome                            // Then
	Conjunction                        // And, But: the type of the step before
	Unknown                            // *, or a word the language uses for several types
)

// String returns the name used in the official trees, such as "Context".
func (t KeywordType) String() string {
	switch t {
	case Context:
		return "Context"
	case Action:
		return "Action"
	case Outcome:
		return "Outcome"
	case Conjunction:
		return "Conjunction"
	case Unknown:
		return "Unknown"
	}
	return fmt.Sprintf("KeywordType(%d)", uint8(t))
}

// MarshalText returns the name, or nothing for the zero value.
func (t KeywordType) MarshalText() ([]byte, error) {
	if t == 0 {
		return nil, nil
	}
	if t > Unknown {
		return nil, fmt.Errorf("gherkin: keyword type %d has no name", uint8(t))
	}
	return []byte(t.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (t *KeywordType) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = 0
		return nil
	}
	for known := Context; known <= Unknown; known++ {
		if string(text) == known.String() {
			*t = known
			return nil
		}
	}
	return fmt.Errorf("gherkin: keyword type is %q, want Context, Action, Outcome, Conjunction or Unknown",
		text)
}
