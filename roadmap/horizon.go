package roadmap

import (
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// HorizonID is the id of a [Horizon].
type HorizonID = story.Identity[Horizon]

// Horizon is a part of the roadmap that features are placed in: now, next or later, or a period
// with dates, "2027 Q1". Both dates are given or neither. The period begins at From and ends before
// To.
type Horizon struct {
	ID   HorizonID `json:"id"`
	Name string    `json:"name"`
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// IsDated reports whether h is a period with dates.
func (h Horizon) IsDated() bool { return !h.From.IsZero() || !h.To.IsZero() }

// Overlaps reports whether both have dates and share an instant.
func (h Horizon) Overlaps(other Horizon) bool {
	return h.IsDated() && other.IsDated() && h.From.Before(other.To) && other.From.Before(h.To)
}

// Validate reports everything that is wrong with h.
func (h Horizon) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "horizon.id", h.ID),
		field.CheckTitle("roadmap", "horizon.name", h.Name),
		field.CheckInstant("roadmap", "horizon.from", h.From),
		field.CheckInstant("roadmap", "horizon.to", h.To),
	}
	if h.IsDated() && (h.From.IsZero() || !h.To.After(h.From)) {
		errs = append(errs, fieldError("horizon.to", h.To.Format(time.RFC3339),
			"an instant after its from, "+h.From.Format(time.RFC3339)))
	}
	return field.Join(errs...)
}
