package backlog

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ImportItems brings items in as they are somewhere else: with their status, estimate, links, sprints and past. What
// has the id of an item that is there replaces it, but for its assessment; what is new comes at the end. The
// structure of a backlog is wanted as everywhere: ids, parents, keys, no circles. The rules of practice are
// not asked of the past: each breach by an item that came in is a [Finding] of the event, but for those of [RuleReason],
// [RuleConsulted] and [RuleClaimed], which are about acts. [View.Breaches] returns them before anything is decided.
//
// The dates of the past are those of [story.Details], which are no instants of events: [Transitions] has them.
//
// The product manager may do it. Errors: [field.Error]; [NotFoundError] for what an item refers to;
// [ErrExists] for the key of another item, or a link that is there; [CycleError]; [ErrRule] for a story that
// is in a sprint of another team.
type ImportItems struct {
	Source   string            `json:"source"` // where they are from, for people
	Goals    []roadmap.Goal    `json:"goals,omitempty"`
	Releases []roadmap.Release `json:"releases,omitempty"`
	Features []roadmap.Feature `json:"features,omitempty"`
	Stories  []story.Story     `json:"stories,omitempty"`
	Sprints  []Sprint          `json:"sprints,omitempty"`

	Assessments []ItemAssessment `json:"assessments,omitempty"`

	Dependencies []Dependency `json:"dependencies,omitempty"`
	Relations    []Relation   `json:"relations,omitempty"`

	// What the source no longer has: it goes before the others come.
	GoneDependencies []Dependency `json:"gone_dependencies,omitempty"`
	GoneRelations    []Relation   `json:"gone_relations,omitempty"`
}

// ItemAssessment is what an item is prioritised by.
type ItemAssessment struct {
	Item       ItemID                `json:"item"`
	Assessment prioritize.Assessment `json:"assessment"`
}

// Kind returns "import_items".
func (ImportItems) Kind() string { return "import_items" }

func (c ImportItems) own() Change {
	c.Features, c.Stories = slices.Clone(c.Features), slices.Clone(c.Stories)
	c.Dependencies, c.Relations = slices.Clone(c.Dependencies), slices.Clone(c.Relations)
	c.GoneDependencies, c.GoneRelations = slices.Clone(c.GoneDependencies), slices.Clone(c.GoneRelations)
	c.Goals, c.Releases, c.Sprints = slices.Clone(c.Goals), slices.Clone(c.Releases), slices.Clone(c.Sprints)
	for i, goal := range c.Goals {
		c.Goals[i] = goal.Clone()
	}
	for i, sprint := range c.Sprints {
		c.Sprints[i] = sprint.Clone()
	}
	c.Assessments = slices.Clone(c.Assessments)
	for i, one := range c.Assessments {
		c.Assessments[i].Assessment = one.Assessment.Clone()
	}
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
	isWhole := len(c.Features)+len(c.Goals)+len(c.Releases) > 0
	for _, one := range c.Assessments {
		ids = append(ids, one.Item.Story)
		isWhole = isWhole || one.Item.Story.IsZero()
	}
	for _, sprint := range c.Sprints {
		ids = append(ids, sprint.Stories...)
	}
	for _, one := range slices.Concat(c.Dependencies, c.GoneDependencies) {
		ids = append(ids, one.Item.Story)
		isWhole = isWhole || one.Item.Story.IsZero()
	}
	teams := b.teamsOf(ids...)
	for _, s := range c.Stories {
		teams = append(teams, s.Team)
	}
	for _, sprint := range c.Sprints {
		teams = append(append(teams, sprint.Team), b.teamsOfSprint(sprint.ID)...)
	}
	if isWhole {
		teams = append(teams, "")
	}
	slices.Sort(teams)
	return slices.Compact(teams)
}

// check wants an import of a fair size, each item once, and keys that no other item has.
func (c ImportItems) check(b *View) error {
	items := len(c.Features) + len(c.Stories) + len(c.Goals) + len(c.Releases) + len(c.Sprints)
	links := len(c.Dependencies) + len(c.Relations) + len(c.GoneDependencies) + len(c.GoneRelations) + len(c.Assessments)
	for _, sprint := range c.Sprints {
		links += len(sprint.Stories) + len(sprint.Returned)
	}
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
	return field.Join(append(errs,
		eachOnce("goals", c.Goals, func(one roadmap.Goal) roadmap.GoalID { return one.ID }),
		eachOnce("releases", c.Releases, func(one roadmap.Release) roadmap.ReleaseID { return one.ID }),
		eachOnce("sprints", c.Sprints, func(one Sprint) SprintID { return one.ID }),
		eachOnce("assessments", c.Assessments, func(one ItemAssessment) ItemID { return one.Item }),
	)...)
}

// eachOnce wants no two values with one id.
func eachOnce[V any, K interface {
	comparable
	fmt.Stringer
}](path string, values []V, key func(V) K) error {
	met := make(map[K]bool, len(values))
	for i := range values {
		id := key(values[i])
		if met[id] {
			return fieldError(field.Index(path, i), id.String(), "each once")
		}
		met[id] = true
	}
	return nil
}

func (c ImportItems) apply(b *View, at time.Time, by string) { _ = c.try(b, at, by) } // not called: it is a trial

func (c ImportItems) onto(b *View) (trial, error) { //nolint:unparam // an import always fits as it is
	return importing{c, []interface{ sides(b *View, was, is side) }{
		seen(b, goalTable, len(c.Goals), func(i int) roadmap.GoalID { return c.Goals[i].ID }),
		seen(b, releaseTable, len(c.Releases), func(i int) roadmap.ReleaseID { return c.Releases[i].ID }),
		seen(b, featureTable, len(c.Features), func(i int) roadmap.FeatureID { return c.Features[i].ID }),
		seen(b, storyTable, len(c.Stories), func(i int) story.ID { return c.Stories[i].ID }),
		seen(b, sprintTable, len(c.Sprints), func(i int) SprintID { return c.Sprints[i].ID }),
	}}, nil
}

// importing is an import with the records that come in as they were before.
type importing struct {
	ImportItems
	before []interface{ sides(b *View, was, is side) }
}

// past is records of a table as they were: those with these keys, nil for one that was not there.
type past[K comparable, V, E any] struct {
	table  *table[K, V, E]
	keys   []K
	values []*V
}

func seen[K comparable, V, E any](b *View, t *table[K, V, E], n int, key func(i int) K) past[K, V, E] {
	p := past[K, V, E]{t, make([]K, n), make([]*V, n)}
	rows := t.rows(b)
	for i := range n {
		p.keys[i] = key(i)
		if entry := rows.get(p.keys[i]); entry != nil {
			value := t.value(entry)
			p.values[i] = &value
		}
	}
	return p
}

// sides puts what is another by now into the sides of a change that would take it back.
func (p past[K, V, E]) sides(b *View, was, is side) {
	var now, before records[K, V]
	rows := p.table.rows(b)
	for i, key := range p.keys {
		value := p.table.value(rows.get(key))
		if old := p.values[i]; old == nil {
			now.Values = append(now.Values, value)
		} else if !p.table.equal(old, &value) {
			now.Values, before.Values = append(now.Values, value), append(before.Values, *old)
		}
	}
	if len(now.Values) > 0 {
		was[p.table.name], is[p.table.name] = now, before
	}
}

// wantRules looks, beside what the items break by themselves, for what they break by having become others.
func (c importing) wantRules(b *View, at time.Time, was []load) []*RefusedError {
	becoming := Revert{was: make(side), is: make(side)}
	for _, one := range c.before {
		one.sides(b, becoming.was, becoming.is)
	}
	against := append(c.ImportItems.wantRules(b, at, was), becoming.wantPlansBecoming(b, at)...)
	against = append(against, refusals(slices.Concat(becoming.wantUnneeded(b), becoming.wantFeaturesSettled(b))...)...)
	for back, now := range changedRecords(storyTable, becoming) {
		against = append(against, named(back.ID.String(), b.wantImportable(&now, &back))...)
	}
	return once(against)
}

// wantImportable returns what stands against a story's having come into a feature or out of it, or into progress.
func (b *View) wantImportable(now, back *storyRecord) (against []*RefusedError) {
	entry := b.stories[back.ID]
	was, _ := b.options.Workflow.Category(now.Status)
	isNew := now.ID.IsZero() || now.Feature != back.Feature
	if entry.category.IsOpen() && (isNew || !was.IsOpen()) {
		against = b.wantNotAccepted(back.Feature)
	}
	if isNew {
		against = append(against, b.wantNotAccepted(now.Feature)...)
	}
	if entry.category == story.Doing && was != story.Doing {
		against = append(against, b.wantInSprint(entry))
	}
	return refusals(against...)
}

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
	for i, goal := range c.Goals {
		if err := importRecord(goalTable, b, i, b.goals.byID[goal.ID], goal.Clone()); err != nil {
			return err
		}
	}
	for i, release := range c.Releases {
		if err := importRecord(releaseTable, b, i, b.releases.byID[release.ID], release); err != nil {
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
	if err := b.checkSplits(c.storyEntries(b), c.featureEntries(b)); err != nil {
		return err
	}
	if err := dependencyLinks.load(b, c.Dependencies, true); err != nil {
		return prefixed(err)
	}
	if err := relationLinks.load(b, c.Relations, true); err != nil {
		return prefixed(err)
	}
	if err := field.Join(c.assess(b), c.putSprints(b)); err != nil {
		return err
	}
	return checkCycles(c.linked(b))
}

// assess sets what the items are prioritised by.
func (c ImportItems) assess(b *View) error {
	for i, one := range c.Assessments {
		path := field.Index("assessments", i)
		if err := checkAssessment(&one.Assessment); err != nil {
			return field.Within(path, err)
		}
		kept := one.Assessment.Clone()
		switch n := b.node(one.Item); {
		case n == nil:
			return fmt.Errorf("backlog: %s: %w", path, bare(&NotFoundError{"item", one.Item.String()}))
		case n.story != nil:
			record := n.story.record()
			record.Assessment = &kept
			storyTable.put(b, n.story, record)
		default:
			record := n.feature.record()
			record.Assessment = &kept
			featureTable.put(b, n.feature, record)
		}
	}
	return nil
}

// putSprints makes the sprints of the import part of b. First each loses what is no longer in it, so that a story
// can go from one to another.
func (c ImportItems) putSprints(b *View) error {
	for _, sprint := range c.Sprints {
		entry := b.sprints.byID[sprint.ID]
		if entry == nil || !entry.sprint.Status.IsOpen() {
			continue
		}
		stays := make(map[story.ID]bool, len(sprint.Stories))
		for _, id := range sprint.Stories {
			stays[id] = true
		}
		less := entry.sprint.Clone()
		less.Stories = slices.DeleteFunc(less.Stories, func(id story.ID) bool { return !stays[id] })
		sprintTable.put(b, entry, less)
	}
	for i, sprint := range c.Sprints {
		if err := importRecord(sprintTable, b, i, b.sprints.byID[sprint.ID], sprint.Clone()); err != nil {
			return err
		}
		for _, id := range sprint.Stories {
			if team := b.stories[id].story.Team; sprint.Status.IsOpen() && sprint.Team != "" && team != sprint.Team {
				return fmt.Errorf("backlog: story %q of sprint %q is of another team: %w", id, sprint.ID, ErrRule)
			}
		}
	}
	return nil
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
		record.Assessment = entry.story.assessment
		if category == story.Removed {
			b.leaveSprint(entry)
		}
		if s := entry.sprint; s != nil && s.sprint.Team != "" && s.sprint.Team != record.Team {
			return fmt.Errorf("backlog: story %q is in a sprint of team %q: %w", record.ID, s.sprint.Team, ErrRule)
		}
	}
	if category == story.Completed {
		if entry != nil {
			record.Acceptance = entry.story.acceptance
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
		return fmt.Errorf("backlog: %w", bare(t.fault(i, t.key(record), err)))
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

// featureEntries returns an iterator over the features that came in.
func (c ImportItems) featureEntries(b *View) func(yield func(*featureEntry) bool) {
	return func(yield func(*featureEntry) bool) {
		for i := range c.Features {
			if !yield(b.features.byID[c.Features[i].ID]) {
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

// wantRules looks, once the items are there, for rules that they break by themselves: findings, all of them.
func (c ImportItems) wantRules(b *View, at time.Time, was []load) (against []*RefusedError) {
	for i := range c.Features {
		entry := b.features.byID[c.Features[i].ID]
		if entry.feature.Status == roadmap.FeatureAccepted {
			against = append(against, named(entry.feature.ID.String(), b.againstAccepted(entry, at))...)
		}
		against = append(against, named(entry.feature.ID.String(), refusals(b.wantGoalAlive(entry.feature.Goal), b.wantFeatureReady(entry.feature)))...)
		if !entry.feature.Release.IsZero() && entry.feature.Status == roadmap.FeatureOpen {
			against = append(against, named(entry.feature.ID.String(), refusals(b.wantPlanned(entry.feature.Release)))...)
		}
	}
	for i := range c.Features {
		against = append(against, named(c.Features[i].ID.String(), refusals(b.wantLevels(c.Features[i].Epic)))...)
	}
	for entry := range c.storyEntries(b) {
		against = append(against, named(entry.story.ID.String(), b.againstImported(entry, at))...)
	}
	for _, relation := range c.Relations {
		against = append(against, RelateStories{relation}.gate(b)...)
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
