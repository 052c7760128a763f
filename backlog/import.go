package backlog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// The bounds of one [ImportItems]. What is larger comes in several.
const (
	MaxImportItems = 1_000  // stories and features together
	MaxImportLinks = 10_000 // dependencies and relations together, those that go among them
)

// ImportItems brings items in as they are somewhere else: with their status, estimate, links and past. What
// has the id of an item that is there replaces it, but for its assessment; what is new comes at the end. The
// structure of a backlog is wanted as everywhere: ids, parents, keys, no circles. The rules of practice are
// not asked of the past: each breach by an item that came in is a [Finding] of the event.
//
// The dates of the past are those of [story.Details], which are no instants of events: [Transitions] has them.
//
// The product manager may do it. Errors: [field.Error]; [NotFoundError] for what an item refers to;
// [ErrExists] for the key of another item, or a link that is there; [CycleError]; [ErrRule] for a story that
// is in a sprint of another team.
type ImportItems struct {
	Source   string            `json:"source"` // where they are from, for people
	Features []roadmap.Feature `json:"features,omitempty"`
	Stories  []story.Story     `json:"stories,omitempty"`

	Dependencies []Dependency `json:"dependencies,omitempty"`
	Relations    []Relation   `json:"relations,omitempty"`

	// What the source no longer has: it goes before the others come.
	GoneDependencies []Dependency `json:"gone_dependencies,omitempty"`
	GoneRelations    []Relation   `json:"gone_relations,omitempty"`
}

// Kind returns "import_items".
func (ImportItems) Kind() string { return "import_items" }

func (c ImportItems) own() Change {
	c.Features, c.Stories = slices.Clone(c.Features), slices.Clone(c.Stories)
	c.Dependencies, c.Relations = slices.Clone(c.Dependencies), slices.Clone(c.Relations)
	c.GoneDependencies, c.GoneRelations = slices.Clone(c.GoneDependencies), slices.Clone(c.GoneRelations)
	return c
}

func (ImportItems) permission(*View) Permission { return MayImport }

// teams are those of the stories as they are and as they come; none for what is no story.
func (c ImportItems) teams(b *View) []story.Team {
	var ids []story.ID
	for _, s := range c.Stories {
		ids = append(ids, s.ID)
	}
	for _, relation := range slices.Concat(c.Relations, c.GoneRelations) {
		ids = append(ids, relation.Story, relation.Other)
	}
	isWhole := len(c.Features) > 0
	for _, one := range slices.Concat(c.Dependencies, c.GoneDependencies) {
		ids = append(ids, one.Item.Story)
		isWhole = isWhole || one.Item.Story.IsZero()
	}
	teams := b.teamsOf(ids...)
	for _, s := range c.Stories {
		teams = append(teams, s.Team)
	}
	if isWhole {
		teams = append(teams, "")
	}
	slices.Sort(teams)
	return slices.Compact(teams)
}

// check wants an import of a fair size, each item once, and keys that no other item has.
func (c ImportItems) check(b *View) error {
	items := len(c.Features) + len(c.Stories)
	links := len(c.Dependencies) + len(c.Relations) + len(c.GoneDependencies) + len(c.GoneRelations)
	errs := []error{field.CheckTitle("backlog", "source", c.Source)}
	switch {
	case items+links == 0:
		errs = append(errs, fieldError("import", "", "an item or a link"))
	case items > MaxImportItems:
		return fieldError("import", fmt.Sprint(items, " items"), fmt.Sprintf("at most %d", MaxImportItems))
	case links > MaxImportLinks:
		return fieldError("import", fmt.Sprint(links, " links"), fmt.Sprintf("at most %d", MaxImportLinks))
	}
	met := make(map[ItemID]bool, items)
	meet := func(path string, item ItemID, key string) {
		if met[item] {
			errs = append(errs, fieldError(path, item.String(), "each item once"))
		}
		met[item] = true
		errs = append(errs, field.Within(path, b.checkKey(key, item)))
	}
	for i := range c.Features {
		meet(field.Index("features", i), FeatureItem(c.Features[i].ID), c.Features[i].Key())
	}
	for i := range c.Stories {
		meet(field.Index("stories", i), StoryItem(c.Stories[i].ID), c.Stories[i].Key())
	}
	return errors.Join(errs...)
}

func (c ImportItems) apply(b *View, at time.Time, by string) { _ = c.try(b, at, by) } // not called: it is a trial

func (c ImportItems) try(b *View, at time.Time, by string) error {
	for _, one := range c.GoneDependencies {
		if err := dependencyLinks.remove(b, one); err != nil {
			return err
		}
	}
	for _, one := range c.GoneRelations {
		if err := relationLinks.remove(b, one); err != nil {
			return err
		}
	}
	for i := range c.Features {
		if err := c.putFeature(b, i, at, by); err != nil {
			return err
		}
	}
	for i := range c.Stories {
		if err := c.putStory(b, i, at, by); err != nil {
			return err
		}
	}
	if err := b.checkSplits(c.storyEntries(b)); err != nil {
		return err
	}
	if err := dependencyLinks.load(b, c.Dependencies, true); err != nil {
		return err
	}
	if err := relationLinks.load(b, c.Relations, true); err != nil {
		return err
	}
	return checkCycles(c.linked(b))
}

// putFeature makes feature i of the import part of b.
func (c ImportItems) putFeature(b *View, i int, at time.Time, by string) error {
	record := featureRecord{Feature: c.Features[i]}
	entry := b.features.byID[record.ID]
	if entry != nil {
		record.Assessment = entry.assessment
	}
	if record.Status == roadmap.FeatureAccepted {
		if entry != nil {
			record.Acceptance = entry.acceptance
		}
		record.Acceptance = cmp.Or(record.Acceptance, acceptedThen(record.Details, at, by))
	}
	return importRecord(featureTable, b, i, entry, record)
}

// putStory makes story i of the import part of b.
func (c ImportItems) putStory(b *View, i int, at time.Time, by string) error {
	record := storyRecord{Story: c.Stories[i]}
	entry := b.stories[record.ID]
	category, _ := b.options.Workflow.Category(record.Status)
	if entry != nil {
		record.Assessment = entry.assessment
		if category == story.Removed {
			b.leaveSprint(entry)
		}
		if s := entry.sprint; s != nil && s.sprint.Team != "" && s.sprint.Team != record.Team {
			return fmt.Errorf("backlog: story %q is in a sprint of team %q: %w", record.ID, s.sprint.Team, ErrRule)
		}
	}
	if category == story.Completed {
		if entry != nil {
			record.Acceptance = entry.acceptance
		}
		record.Acceptance = cmp.Or(record.Acceptance, acceptedThen(record.Details, at, by))
	}
	if !category.IsOpen() {
		b.endClaim(record.ID)
	}
	return importRecord(storyTable, b, i, entry, record)
}

// acceptedThen returns an acceptance at the instant of the past when the item was done, if it is known.
func acceptedThen(details story.Const[story.Details], at time.Time, by string) *Acceptance {
	if done := details.Value().Past.Done; !done.IsZero() {
		at = done
	}
	return &Acceptance{by, at}
}

func importRecord[K comparable, V, E any](t *table[K, V, E], b *View, i int, entry *E, record V) error {
	if err := t.check(b, entry, record); err != nil {
		return fmt.Errorf("backlog: %w", t.fault(i, t.key(&record), err))
	}
	if entry == nil {
		t.add(b, record)
	} else {
		t.put(b, entry, record)
	}
	return nil
}

// storyEntries returns an iterator over the stories that came in.
func (c ImportItems) storyEntries(b *View) func(yield func(*storyEntry) bool) {
	return func(yield func(*storyEntry) bool) {
		for i := range c.Stories {
			if !yield(b.stories[c.Stories[i].ID]) {
				return
			}
		}
	}
}

// linked returns an iterator over the items that have come to need something, or to be part of it.
func (c ImportItems) linked(b *View) func(yield func(*node) bool) {
	return func(yield func(*node) bool) {
		for entry := range c.storyEntries(b) {
			if !yield(&entry.node) {
				return
			}
		}
		for _, one := range c.Dependencies {
			if !yield(b.node(one.Item)) {
				return
			}
		}
	}
}

// wantRules looks, once the items are there, for rules that they break: findings, all of them.
func (c ImportItems) wantRules(b *View, at time.Time, was []load) (against []*RefusedError) {
	for i := range c.Features {
		entry := b.features.byID[c.Features[i].ID]
		if entry.feature.Status == roadmap.FeatureAccepted {
			against = append(against, named(entry.feature.ID.String(), b.againstAccepted(entry, at))...)
		}
		if !entry.feature.Release.IsZero() && entry.feature.Status == roadmap.FeatureOpen {
			against = append(against, named(entry.feature.ID.String(), refusals(b.wantPlanned(entry.feature.Release)))...)
		}
	}
	for entry := range c.storyEntries(b) {
		against = append(against, named(entry.story.ID.String(), b.againstImported(entry, at))...)
	}
	return append(against, b.overSince(was)...)
}

// againstImported returns what would have stood against a story's getting where it is.
func (b *View) againstImported(entry *storyEntry, at time.Time) []*RefusedError {
	switch {
	case entry.category == story.Completed:
		return b.againstDone(entry, at)
	case entry.category == story.Doing:
		return refusals(b.wantFree(RuleStartWaiting, &entry.node, at), b.wantAlive(entry))
	case entry.story.Status == b.options.Workflow.Ready:
		return refusals(b.wantReady(entry, b.planFor(entry.sprint, nil)))
	}
	return nil
}

// named returns refusals with the id of the item that they are about, where they have none.
func named(id string, all []*RefusedError) []*RefusedError {
	for _, one := range all {
		one.ID = cmp.Or(one.ID, id)
	}
	return all
}
