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
	// Checklist is what else has to be done for it, by marketing, sales or operations: no stories.
	Checklist story.List[ReleaseTask] `json:"checklist,omitzero"`
}

// MaxReleaseTasks is how many tasks the checklist of a release may have.
const MaxReleaseTasks = 1_000

// ReleaseTask is something that has to be done for a [Release] beside its features.
type ReleaseTask struct {
	Title string    `json:"title"`          // unique in the checklist: "Tell the partners"
	Owner string    `json:"owner,omitzero"` // who sees to it, as the host names people
	Due   time.Time `json:"due,omitzero"`
	Done  bool      `json:"done,omitzero"`
}

// checkChecklist wants tasks with titles of their own.
func (r Release) checkChecklist() error {
	const path = "release.checklist"
	if err := field.CheckLen("roadmap", path, r.Checklist.Len(), MaxReleaseTasks); err != nil {
		return err
	}
	var errs []error
	met := make(map[string]bool, r.Checklist.Len())
	for i, task := range r.Checklist.All() {
		at := field.Index(path, i)
		errs = append(errs, field.CheckTitle("roadmap", at+".title", task.Title), field.CheckName("roadmap", at+".owner", task.Owner),
			field.CheckInstant("roadmap", at+".due", task.Due))
		if met[task.Title] {
			errs = append(errs, fieldError(at+".title", task.Title, "a title of its own"))
		}
		met[task.Title] = true
	}
	return field.Join(errs...)
}

// Validate reports everything that is wrong with r.
func (r Release) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "release.id", r.ID),
		field.CheckTitle("roadmap", "release.name", r.Name),
		field.CheckText("roadmap", "release.notes", r.Notes),
		field.CheckInstant("roadmap", "release.date", r.Date),
	}
	return field.Join(append(errs, releaseStatuses.Check("release.status", r.Status), r.checkChecklist())...)
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
