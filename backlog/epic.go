package backlog

import (
	"fmt"
	"iter"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

type epicEntry struct{ epic roadmap.Epic }

var epicTable = &table[roadmap.EpicID, roadmap.Epic, epicEntry]{
	name: "epics", noun: "epic",
	rows:  func(b *View) storage[roadmap.EpicID, epicEntry] { return &b.epics },
	key:   func(e roadmap.Epic) roadmap.EpicID { return e.ID },
	value: func(e *epicEntry) roadmap.Epic { return e.epic },
	set:   func(_ *View, e *epicEntry, to roadmap.Epic) { e.epic = to },
	check: (*View).checkEpicRecord,
	stays: func(b *View, e *epicEntry) (reason, needs string) {
		for _, other := range b.epics.list {
			if other.epic.Parent == e.epic.ID {
				return fmt.Sprintf("capability %q is part of the epic", other.epic.Title), "edit_epic with another parent first"
			}
		}
		for _, entry := range b.features.list {
			if entry.feature.Epic == e.epic.ID {
				return fmt.Sprintf("feature %q is part of the %v", entry.feature.Title, e.epic.Level), "assign_feature_epic first"
			}
		}
		return "", ""
	},
}

// checkEpicRecord wants a valid epic that keeps its level. Its parent, which may come after it, is left to
// checkEpicParent.
func (b *View) checkEpicRecord(entry *epicEntry, epic roadmap.Epic) error {
	err := epic.Validate()
	if entry != nil && entry.epic.Level != epic.Level {
		err = field.Join(err, fieldError("epic.level", epic.Level.String(), entry.epic.Level.String()+", as it was added"))
	}
	return err
}

// checkEpicParent wants for the parent of a capability an epic that is there, or none.
func (b *View) checkEpicParent(epic roadmap.Epic) error {
	if epic.Parent.IsZero() {
		return nil
	}
	parent := b.epics.byID[epic.Parent]
	switch {
	case parent == nil:
		return notFound("epic", epic.Parent)
	case parent.epic.Level != roadmap.LevelEpic:
		return fieldError("epic.parent", epic.Parent.String(), "an epic, not a "+parent.epic.Level.String())
	}
	return nil
}

// checkEpicParents is checkEpicParent for all epics.
func (b *View) checkEpicParents() error {
	for i, entry := range b.epics.list {
		if err := b.checkEpicParent(entry.epic); err != nil {
			return epicTable.fault(i, entry.epic.ID, err)
		}
	}
	return nil
}

// checkEpic wants an epic that is there, or none.
func (b *View) checkEpic(id roadmap.EpicID) error {
	if !id.IsZero() && b.epics.byID[id] == nil {
		return notFound("epic", id)
	}
	return nil
}

// wantLevels refuses, by the rule, a feature that is part of an epic with no capability between the two.
func (b *View) wantLevels(id roadmap.EpicID) *RefusedError {
	if entry := b.epics.byID[id]; entry == nil || entry.epic.Level == roadmap.LevelCapability {
		return nil
	}
	return breach(RuleLevelSkipped, ByRule, "a level is skipped", "a capability between the feature and the epic")
}

// AddEpic adds an epic, or a capability, which lies between an epic and features.
//
// The product manager may do it. Errors: [field.Error]; [ErrExists]; [NotFoundError] for its parent.
type AddEpic struct {
	Epic roadmap.Epic `json:"epic"`
}

// Kind returns "add_epic".
func (AddEpic) Kind() string { return "add_epic" }

func (AddEpic) permission(*View) Permission { return MayDefineFeatures }

func (c AddEpic) check(b *View) error {
	if b.epics.byID[c.Epic.ID] != nil {
		return exists("epic", c.Epic.ID)
	}
	return field.Join(b.checkEpicRecord(nil, c.Epic), b.checkEpicParent(c.Epic))
}

func (c AddEpic) apply(b *View, _ time.Time, _ string) { epicTable.add(b, c.Epic) }

// EditEpic changes what an epic or a capability is for, and which epic a capability is part of. Its level
// stays.
//
// The product manager may do it. Errors: [NotFoundError], for the parent too; [field.Error].
type EditEpic struct {
	Epic       roadmap.EpicID  `json:"epic"`
	Title      *string         `json:"title,omitempty"`
	Hypothesis *string         `json:"hypothesis,omitempty"`
	Parent     *roadmap.EpicID `json:"parent,omitempty"`
}

// Kind returns "edit_epic".
func (EditEpic) Kind() string { return "edit_epic" }

func (c EditEpic) own() Change {
	c.Title, c.Hypothesis, c.Parent = copied(c.Title), copied(c.Hypothesis), copied(c.Parent)
	return c
}

func (EditEpic) permission(*View) Permission { return MayDefineFeatures }

func (c EditEpic) edited(epic roadmap.Epic) roadmap.Epic {
	edit(&epic.Title, c.Title)
	edit(&epic.Hypothesis, c.Hypothesis)
	edit(&epic.Parent, c.Parent)
	return epic
}

func (c EditEpic) check(b *View) error {
	entry := b.epics.byID[c.Epic]
	if entry == nil {
		return notFound("epic", c.Epic)
	}
	edited := c.edited(entry.epic)
	return field.Join(checkEdit(c.Title, c.Hypothesis, c.Parent), b.checkEpicRecord(entry, edited), b.checkEpicParent(edited))
}

func (c EditEpic) apply(b *View, _ time.Time, _ string) {
	entry := b.epics.byID[c.Epic]
	epicTable.put(b, entry, c.edited(entry.epic))
}

// RemoveEpic takes out an epic or a capability of which nothing is part.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] while something is part of it.
type RemoveEpic struct {
	Epic roadmap.EpicID `json:"epic"`
}

// Kind returns "remove_epic".
func (RemoveEpic) Kind() string { return "remove_epic" }

func (RemoveEpic) permission(*View) Permission { return MayDefineFeatures }

func (c RemoveEpic) check(b *View) error { return checkRemoved(epicTable, b, c.Epic) }

func (c RemoveEpic) apply(b *View, _ time.Time, _ string) { epicTable.remove(b, b.epics.byID[c.Epic]) }

// AssignFeatureEpic makes a feature part of a capability or of an epic, or with the zero id of neither.
//
// The product manager may do it. Errors: [NotFoundError]; [ErrRule] by [RuleLevelSkipped].
type AssignFeatureEpic struct {
	Feature roadmap.FeatureID `json:"feature"`
	Epic    roadmap.EpicID    `json:"epic,omitzero"`
}

// Kind returns "assign_feature_epic".
func (AssignFeatureEpic) Kind() string { return "assign_feature_epic" }

func (AssignFeatureEpic) permission(*View) Permission { return MayDefineFeatures }

func (c AssignFeatureEpic) gate(b *View) []*RefusedError { return refusals(b.wantLevels(c.Epic)) }

func (c AssignFeatureEpic) check(b *View) error {
	return field.Join(b.checkFeature(c.Feature), b.checkEpic(c.Epic))
}

func (c AssignFeatureEpic) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Epic = c.Epic
		return feature
	})
}

// Epics returns an iterator over the epics and the capabilities in the order in which they were added.
func (b *View) Epics() iter.Seq[roadmap.Epic] { return epicTable.every(b) }

// Epic returns an epic or a capability by its id.
func (b *View) Epic(id roadmap.EpicID) (roadmap.Epic, bool) { return epicTable.find(b, id) }

// FeaturesOfEpic returns an iterator over the features of an epic or a capability in their order, those of
// the epic's capabilities among them. O(features).
func (b *View) FeaturesOfEpic(id roadmap.EpicID) iter.Seq[roadmap.Feature] {
	return func(yield func(roadmap.Feature) bool) {
		for _, entry := range b.features.list {
			if b.isPartOf(entry.feature.Epic, id) && !yield(entry.feature) {
				return
			}
		}
	}
}

// isPartOf reports whether an epic is another, or a capability of it.
func (b *View) isPartOf(epic, of roadmap.EpicID) bool {
	entry := b.epics.byID[epic]
	return entry != nil && (epic == of || !of.IsZero() && entry.epic.Parent == of)
}

// EpicProgress returns how far the stories of an epic or a capability are: those of all its features, see
// [View.FeaturesOfEpic]. O(features).
func (b *View) EpicProgress(id roadmap.EpicID) (Progress, bool) {
	if b.epics.byID[id] == nil {
		return Progress{}, false
	}
	var sum tally
	for _, entry := range b.features.list {
		if b.isPartOf(entry.feature.Epic, id) {
			sum.add(entry.tally, 1)
		}
	}
	return sum.progress(), true
}
