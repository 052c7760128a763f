package roadmap

import (
	"fmt"
	"slices"
	"strings"
)

// GoalStatus is where a [Goal] is in its life. The zero value means unset and is invalid to store.
type GoalStatus uint8

// The states of a goal.
const (
	GoalPlanned   GoalStatus = iota + 1 // not pursued yet
	GoalActive                          // pursued now
	GoalFulfilled                       // reached
	GoalDropped                         // abandoned
)

var goalTexts = []string{"", "planned", "active", "fulfilled", "dropped"}

// IsValid reports whether s is one of the states.
func (s GoalStatus) IsValid() bool { return s > 0 && int(s) < len(goalTexts) }

// IsOpen reports whether the goal is still to be reached.
func (s GoalStatus) IsOpen() bool { return s == GoalPlanned || s == GoalActive }

// String returns the text form.
func (s GoalStatus) String() string { return enumText(goalTexts, uint8(s)) }

// MarshalText returns the text form.
func (s GoalStatus) MarshalText() ([]byte, error) { return marshalEnum(goalTexts, uint8(s)) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *GoalStatus) UnmarshalText(text []byte) error {
	read, err := unmarshalEnum(goalTexts, text)
	if err == nil {
		*s = GoalStatus(read)
	}
	return err
}

// FeatureStatus is where a [Feature] is in its life. Whether work on it has begun is told by its
// stories. The zero value means unset and is invalid to store.
type FeatureStatus uint8

// The states of a feature.
const (
	FeatureOpen     FeatureStatus = iota + 1 // to be done, or being done
	FeatureAccepted                          // the product manager took it
	FeatureDropped                           // will not be done
)

var featureTexts = []string{"", "open", "accepted", "dropped"}

// IsValid reports whether s is one of the states.
func (s FeatureStatus) IsValid() bool { return s > 0 && int(s) < len(featureTexts) }

// String returns the text form.
func (s FeatureStatus) String() string { return enumText(featureTexts, uint8(s)) }

// MarshalText returns the text form.
func (s FeatureStatus) MarshalText() ([]byte, error) { return marshalEnum(featureTexts, uint8(s)) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *FeatureStatus) UnmarshalText(text []byte) error {
	read, err := unmarshalEnum(featureTexts, text)
	if err == nil {
		*s = FeatureStatus(read)
	}
	return err
}

func enumText(texts []string, value uint8) string {
	if value == 0 || int(value) >= len(texts) {
		return fmt.Sprintf("status %d", value)
	}
	return texts[value]
}

func marshalEnum(texts []string, value uint8) ([]byte, error) {
	if value == 0 || int(value) >= len(texts) {
		return nil, fieldError("status", enumText(texts, value), oneOf(texts))
	}
	return []byte(texts[value]), nil
}

func unmarshalEnum(texts []string, text []byte) (uint8, error) {
	i := slices.Index(texts, string(text))
	if i <= 0 {
		return 0, fieldError("status", fmt.Sprintf("%.40s", text), oneOf(texts))
	}
	return uint8(i), nil
}

func oneOf(texts []string) string { return "one of " + strings.Join(texts[1:], ", ") }
