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
		return field.Join(field.CheckTitle("backlog", "acceptance.by", a.By), field.CheckInstant("backlog", "acceptance.at", a.At))
	}
}

// setStoryStatus gives a story a status, and with it who accepted it, nil where it is not accepted.
func (b *View) setStoryStatus(id story.ID, status story.Status, acceptance *Acceptance) {
	entry, _ := b.lookUp(id)
	record := entry.record()
	record.Status, record.Acceptance = status, acceptance
	storyTable.put(b, entry, record)
	if !entry.category.IsOpen() {
		b.endClaim(id)
	}
}

// setFeatureStatus is setStoryStatus for a feature.
func (b *View) setFeatureStatus(id roadmap.FeatureID, status roadmap.FeatureStatus, acceptance *Acceptance) {
	record := b.features.byID[id].record()
	record.Status, record.Acceptance = status, acceptance
	featureTable.put(b, b.features.byID[id], record)
}

// Acceptance returns who accepted a story and when, and false while it is not accepted.
func (b *View) Acceptance(id story.ID) (Acceptance, bool) {
	entry, ok := b.stories[id]
	if !ok || entry.story.acceptance == nil {
		return Acceptance{}, false
	}
	return *entry.story.acceptance, true
}

// FeatureAcceptance is [View.Acceptance] for a feature.
func (b *View) FeatureAcceptance(id roadmap.FeatureID) (Acceptance, bool) {
	entry, ok := b.features.byID[id]
	if !ok || entry.acceptance == nil {
		return Acceptance{}, false
	}
	return *entry.acceptance, true
}
