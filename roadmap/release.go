package roadmap

import (
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
		field.CheckInstant("roadmap", "release.date", r.Date),
	}
	return field.Join(append(errs, releaseStatuses.Check("release.status", r.Status))...)
}

// ReleaseStatus is where a [Release] is in its life. The zero value is unset; the backlog sets it.
type ReleaseStatus uint8

// The states of a release.
const (
	ReleasePlanned ReleaseStatus = iota + 1
	ReleaseShipped               // in the hands of its users
)

var releaseStatuses = field.EnumOf[ReleaseStatus]("roadmap", "ReleaseStatus", "planned", "shipped")

// IsValid reports whether s is one of the two states. Unset is not.
func (s ReleaseStatus) IsValid() bool { return releaseStatuses.IsValid(s) }

// String returns the text form.
func (s ReleaseStatus) String() string { return releaseStatuses.String(s) }

// MarshalText returns the text form.
func (s ReleaseStatus) MarshalText() ([]byte, error) { return releaseStatuses.MarshalText(s) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *ReleaseStatus) UnmarshalText(text []byte) error {
	return releaseStatuses.UnmarshalText(s, text)
}
