package roadmap

import (
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ImpedimentID is the id of an [Impediment].
type ImpedimentID = story.Identity[Impediment]

// Impediment is what holds work up and is no item of the backlog itself: the consent of the lawyers, a
// test server that is down. It is a plain value: a copy shares nothing that could change.
type Impediment struct {
	ID         ImpedimentID                `json:"id"`
	Title      string                      `json:"title"`
	Owner      string                      `json:"owner,omitzero"` // who sees to it, as the host names people
	Note       string                      `json:"note,omitzero"`
	About      story.List[Subject]         `json:"about,omitzero"`      // the stories and features that it holds; it may be about goals and increments too
	Data       story.List[story.DataValue] `json:"data,omitzero"`       // of a host's own
	By         string                      `json:"by"`                  // who raised it
	At         time.Time                   `json:"at"`                  // when
	Resolution Answer                      `json:"resolution,omitzero"` // how it was resolved, by whom and when
}

// IsOpen reports whether the impediment is not resolved.
func (i Impediment) IsOpen() bool { return i.Resolution.IsZero() }

// Lasted returns how long the impediment was open by an instant: until then, or until it was resolved. It is 0
// before it was raised.
func (i Impediment) Lasted(at time.Time) time.Duration {
	if !i.IsOpen() && i.Resolution.At.Before(at) {
		at = i.Resolution.At
	}
	return max(0, at.Sub(i.At))
}

// Validate reports everything that is wrong with i in itself, in field order.
func (i Impediment) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "impediment.id", i.ID),
		field.CheckTitle("roadmap", "impediment.title", i.Title),
		field.CheckName("roadmap", "impediment.owner", i.Owner),
		field.CheckText("roadmap", "impediment.note", i.Note),
		checkSubjects("impediment.about", i.About),
		checkData("impediment.data", i.Data),
		field.CheckTitle("roadmap", "impediment.by", i.By),
		checkGivenInstant("impediment.at", i.At),
	}
	if !i.IsOpen() {
		errs = append(errs, field.Within("impediment.resolution", i.Resolution.Validate()),
			field.CheckRequired("roadmap", "impediment.resolution.text", i.Resolution.Text, "how it was resolved"))
		if i.Resolution.At.Before(i.At) {
			errs = append(errs, fieldError("impediment.resolution.at", i.Resolution.At.Format(time.RFC3339Nano), "an instant not before it was raised"))
		}
	}
	return field.Join(errs...)
}
