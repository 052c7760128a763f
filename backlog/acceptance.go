package backlog

import (
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Acceptance is who accepted a story or a feature, and when.
type Acceptance struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// validate wants a name and an instant, on what is accepted only.
func (a *Acceptance) validate(accepted bool) error {
	switch {
	case a == nil:
		return nil
	case !accepted || a.At.IsZero():
		return fieldError("acceptance", a.By, "who and when, on what is accepted")
	default:
		return field.CheckTitle("backlog", "acceptance.by", a.By)
	}
}

// setAcceptance says who accepted a story, or with nil that nobody did.
func (b *View) setAcceptance(entry *storyEntry, acceptance *Acceptance) {
	if entry.acceptance != acceptance {
		record := entry.record()
		record.Acceptance = acceptance
		storyTable.put(b, entry, record)
	}
}

func (b *View) setFeatureAcceptance(entry *featureEntry, acceptance *Acceptance) {
	if entry.acceptance != acceptance {
		record := entry.record()
		record.Acceptance = acceptance
		featureTable.put(b, entry, record)
	}
}

// Acceptance returns who accepted a story and when, and false while it is not accepted.
func (b *View) Acceptance(id story.ID) (Acceptance, bool) {
	entry, ok := b.stories[id]
	if !ok || entry.acceptance == nil {
		return Acceptance{}, false
	}
	return *entry.acceptance, true
}

// FeatureAcceptance is [View.Acceptance] for a feature.
func (b *View) FeatureAcceptance(id roadmap.FeatureID) (Acceptance, bool) {
	entry, ok := b.features.byID[id]
	if !ok || entry.acceptance == nil {
		return Acceptance{}, false
	}
	return *entry.acceptance, true
}
