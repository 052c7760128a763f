package roadmap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ReleaseID is the id of a [Release].
type ReleaseID = story.Identity[Release]

// Release is a version of the product that is handed to its users. Features name the release that
// they are planned for; together they are its scope.
type Release struct {
	ID     ReleaseID     `json:"id"`
	Name   string        `json:"name"`
	Notes  string        `json:"notes,omitzero"`
	Date   time.Time     `json:"date,omitzero"` // when it is planned for, and once released, when it was
	Status ReleaseStatus `json:"status,omitzero"`
}

// Validate reports everything that is wrong with r.
func (r Release) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "release.id", r.ID),
		field.CheckTitle("roadmap", "release.name", r.Name),
		field.CheckText("roadmap", "release.notes", r.Notes),
	}
	if r.Status != 0 && !r.Status.IsValid() {
		errs = append(errs, fieldError("release.status", r.Status.String(), oneOf(releaseTexts)))
	}
	return errors.Join(errs...)
}

// ReleaseStatus is where a [Release] is in its life. The zero value means unset and is invalid to
// store.
type ReleaseStatus uint8

// The states of a release.
const (
	ReleasePlanned ReleaseStatus = iota + 1
	ReleaseShipped               // in the hands of its users
)

var releaseTexts = []string{"", "planned", "shipped"}

// IsValid reports whether s is one of the states.
func (s ReleaseStatus) IsValid() bool { return s > 0 && int(s) < len(releaseTexts) }

// String returns the text form.
func (s ReleaseStatus) String() string { return enumText(releaseTexts, uint8(s)) }

// MarshalText returns the text form.
func (s ReleaseStatus) MarshalText() ([]byte, error) { return marshalEnum(releaseTexts, uint8(s)) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *ReleaseStatus) UnmarshalText(text []byte) error {
	read, err := unmarshalEnum(releaseTexts, text)
	if err == nil {
		*s = ReleaseStatus(read)
	}
	return err
}

// Stage is where a product is in its life cycle (Theodore Levitt, Exploit the Product Life Cycle,
// 1965). The zero value means unset.
type Stage uint8

// The stages of a product.
const (
	Introduction Stage = iota + 1
	Growth
	Maturity
	Decline
)

var stageTexts = []string{"", "introduction", "growth", "maturity", "decline"}

// IsValid reports whether s is one of the stages.
func (s Stage) IsValid() bool { return s > 0 && int(s) < len(stageTexts) }

// String returns the text form, "" where it is unset.
func (s Stage) String() string {
	if int(s) >= len(stageTexts) {
		return fmt.Sprintf("stage %d", uint8(s))
	}
	return stageTexts[s]
}

// MarshalText returns the text form.
func (s Stage) MarshalText() ([]byte, error) {
	if int(s) >= len(stageTexts) {
		return nil, stageError(s.String())
	}
	return []byte(stageTexts[s]), nil
}

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *Stage) UnmarshalText(text []byte) error {
	i := slices.Index(stageTexts, string(text))
	if i < 0 {
		return stageError(fmt.Sprintf("%.40s", text))
	}
	*s = Stage(i)
	return nil
}

func stageError(value string) error {
	return fieldError("stage", value, "one of "+strings.Join(stageTexts[1:], ", "))
}
