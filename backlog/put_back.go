package backlog

import (
	"errors"
	"fmt"
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// How a [Revert] puts the records back: each step looks whether it fits, and then makes it. What
// something refers to comes before it; what nothing refers to any more goes last.

func (c Revert) try(b *View) error {
	for _, step := range []func(*View) error{
		c.wantUnchanged, c.cutLinks, c.putRoadmap, c.putReleases, c.putFeatures, c.putStories, c.putSprints, c.putLinks, c.putPeople,
		c.removeStories, c.removeFeatures, c.removeRoadmap, c.removeReleases, c.orderStories, c.orderFeatures,
	} {
		if err := step(b); err != nil {
			return err
		}
	}
	return nil
}

// wantUnchanged wants every record as the event left it.
func (c Revert) wantUnchanged(b *View) error {
	if c.is.Vision != nil && !sameJSON(c.is.Vision, &b.vision) {
		return c.refuse("the vision was changed since", "what came later taken back first")
	}
	if c.is.Stage != nil && *c.is.Stage != b.stage {
		return c.refuse("the stage was changed since", "what came later taken back first")
	}
	horizon := func(id roadmap.HorizonID) (h roadmap.Horizon, ok bool) {
		if i := b.horizonIndex(id); i >= 0 {
			return b.horizons[i], true
		}
		return h, false
	}
	goal := func(id roadmap.GoalID) (g roadmap.Goal, ok bool) {
		if entry, ok := b.goals.byID[id]; ok {
			return entry.goal, true
		}
		return g, false
	}
	release := func(id roadmap.ReleaseID) (r roadmap.Release, ok bool) {
		if entry, ok := b.releases.byID[id]; ok {
			return entry.release, true
		}
		return r, false
	}
	increment := func(id roadmap.IncrementID) (i roadmap.Increment, ok bool) {
		if entry, ok := b.increments.byID[id]; ok {
			return entry.increment, true
		}
		return i, false
	}
	feature := func(id roadmap.FeatureID) (f featureRecord, ok bool) {
		if entry, ok := b.features.byID[id]; ok {
			return entry.record(), true
		}
		return f, false
	}
	story := func(id story.ID) (s storyRecord, ok bool) {
		if entry, ok := b.stories[id]; ok {
			return entry.record(), true
		}
		return s, false
	}
	sprint := func(id SprintID) (s Sprint, ok bool) {
		if entry, ok := b.sprints.byID[id]; ok {
			return entry.sprint, true
		}
		return s, false
	}
	person := func(name string) (Person, bool) { p, ok := b.people[name]; return p, ok }
	return errors.Join(
		wantRecords(c, "horizon", c.was.Horizons, c.is.Horizons, horizonKey, horizon),
		wantRecords(c, "goal", c.was.Goals, c.is.Goals, goalKey, goal),
		wantRecords(c, "release", c.was.Releases, c.is.Releases, releaseKey, release),
		wantRecords(c, "increment", c.was.Increments, c.is.Increments, incrementKey, increment),
		wantRecords(c, "feature", c.was.Features, c.is.Features, featureKey, feature),
		wantRecords(c, "story", c.was.Stories, c.is.Stories, storyKey, story),
		wantRecords(c, "sprint", c.was.Sprints, c.is.Sprints, sprintKey, sprint),
		wantRecords(c, "person", c.was.People, c.is.People, personKey, person),
	)
}

func wantRecords[K comparable, V any](
	c Revert, what string, was, is records[K, V], key func(*V) K, now func(K) (V, bool),
) error {
	left := make(map[K]bool, len(is.Values))
	for i := range is.Values {
		id := key(&is.Values[i])
		if left[id] {
			return fieldError(what, fmt.Sprint(id), "each record once")
		}
		left[id] = true
		if value, ok := now(id); !ok || !sameJSON(&value, &is.Values[i]) {
			return c.changedSince(what, id)
		}
	}
	for i := range was.Values {
		id := key(&was.Values[i])
		if _, ok := now(id); ok && !left[id] {
			return c.changedSince(what, id)
		}
	}
	return nil
}

func (c Revert) cutLinks(b *View) error {
	for _, dependency := range c.is.Dependencies {
		change := RemoveDependency{dependency.Item, dependency.Needs}
		if err := change.check(b); err != nil {
			return err
		}
		change.apply(b, b.at, "")
	}
	for _, relation := range c.is.Relations {
		change := UnrelateStories{relation.Story, relation.How, relation.Other}
		if err := change.check(b); err != nil {
			return err
		}
		change.apply(b, b.at, "")
	}
	return nil
}

func (c Revert) putLinks(b *View) error {
	for _, dependency := range c.was.Dependencies {
		change := AddDependency{dependency}
		if err := change.check(b); err != nil {
			return err
		}
		change.apply(b, b.at, "")
	}
	for _, relation := range c.was.Relations {
		change := RelateStories{relation}
		if err := change.check(b); err != nil {
			return err
		}
		change.apply(b, b.at, "")
	}
	return nil
}

// placeOf returns the index of a record, at most the last.
func (r records[K, V]) placeOf(id K, last int) int {
	for _, place := range r.Places {
		if place.ID == id {
			return max(0, min(place.At, last))
		}
	}
	return last
}

func (c Revert) putFeatures(b *View) error {
	for _, record := range c.was.Features.Values {
		if err := b.checkFeatureRecord(record); err != nil {
			return err
		}
		entry, ok := b.features.byID[record.ID]
		if ok {
			b.putFeature(entry, record.Feature)
		} else {
			b.addFeature(record.Feature, len(b.features.list))
			entry = b.features.byID[record.ID]
		}
		b.assessFeature(entry, record.Assessment)
		b.setFeatureAcceptance(entry, record.Acceptance)
	}
	return nil
}

func (c Revert) putStories(b *View) error {
	for _, record := range c.was.Stories.Values {
		if err := b.checkStoryRecord(record); err != nil {
			return err
		}
		entry, ok := b.stories[record.ID]
		for _, task := range record.Tasks.All() {
			if holder, taken := b.tasks[task.ID]; taken && holder != entry {
				return exists("task", task.ID)
			}
		}
		if ok {
			b.putStory(entry, record.Story)
		} else {
			b.addStory(record.Story, b.order.length)
			entry = b.stories[record.ID]
		}
		b.assessStory(entry, record.Assessment)
		b.setAcceptance(entry, record.Acceptance)
	}
	return nil
}

func (c Revert) putSprints(b *View) error {
	for _, sprint := range c.was.Sprints.Values {
		entry, ok := b.sprints.byID[sprint.ID]
		err := errors.Join(sprint.Validate(), b.checkSprintStories(sprint, entry))
		if err := checkRecord("sprints", 0, false, sprint.Status.IsValid(), err); err != nil {
			return err
		}
		if ok {
			b.putSprint(entry, sprint)
		} else {
			b.addSprint(sprint, c.was.Sprints.placeOf(sprint.ID, len(b.sprints.list)))
		}
	}
	for _, id := range onlyNow(c.was.Sprints, c.is.Sprints, sprintKey) {
		b.removeSprint(b.sprints.byID[id])
	}
	return nil
}

func (c Revert) putPeople(b *View) error {
	for _, person := range c.was.People.Values {
		if err := person.Validate(); err != nil {
			return err
		}
		b.setPerson(person.Name, person)
	}
	for _, name := range onlyNow(c.was.People, c.is.People, personKey) {
		b.setPerson(name, Person{})
	}
	return nil
}

// onlyNow returns the records that are there after the event and were not before.
func onlyNow[K comparable, V any](was, is records[K, V], key func(*V) K) []K {
	before := make(map[K]bool, len(was.Values))
	for i := range was.Values {
		before[key(&was.Values[i])] = true
	}
	var only []K
	for i := range is.Values {
		if id := key(&is.Values[i]); !before[id] {
			only = append(only, id)
		}
	}
	return only
}

func (c Revert) removeStories(b *View) error {
	for _, id := range onlyNow(c.was.Stories, c.is.Stories, storyKey) {
		entry := b.stories[id]
		if n := &entry.node; len(n.needs)+len(n.frees)+len(entry.relations) > 0 {
			return c.refuse(fmt.Sprintf("story %q has dependencies or relations", entry.story.Title), "these taken back first")
		}
		for _, other := range b.sprints.list {
			if slices.Contains(other.sprint.Stories, id) || slices.Contains(other.sprint.Returned, id) {
				return c.refuse(fmt.Sprintf("story %q is or was in sprint %q", entry.story.Title, other.sprint.Name))
			}
		}
		b.removeStory(entry)
	}
	return nil
}

func (c Revert) removeFeatures(b *View) error {
	for _, id := range onlyNow(c.was.Features, c.is.Features, featureKey) {
		entry := b.features.byID[id]
		if n := &entry.node; len(n.needs)+len(n.frees)+len(entry.stories) > 0 {
			return c.refuse(fmt.Sprintf("feature %q has stories or dependencies", entry.feature.Title), "these taken back first")
		}
		b.removeFeature(entry)
	}
	return nil
}

// orderStories puts what moved or came back where it was, as far as the order still is that long.
func (c Revert) orderStories(b *View) error {
	places := c.was.Stories.Places
	entries := make([]*storyEntry, len(places))
	met := make(map[story.ID]bool, len(places))
	for i, place := range places {
		entry, err := b.find(place.ID)
		if err != nil {
			return err
		}
		if met[place.ID] {
			return fieldError("stories", place.ID.String(), "each story once")
		}
		entries[i], met[place.ID] = entry, true
	}
	if len(entries) > 0 {
		b.arrange(entries, indexesOf(places, b.order.length))
	}
	return nil
}

// orderFeatures is orderStories for features.
func (c Revert) orderFeatures(b *View) error {
	places := c.was.Features.Places
	if len(places) == 0 {
		return nil
	}
	moved := make(map[*featureEntry]bool, len(places))
	for _, place := range places {
		entry, ok := b.features.byID[place.ID]
		switch {
		case !ok:
			return notFound("feature", place.ID)
		case moved[entry]:
			return fieldError("features", place.ID.String(), "each feature once")
		}
		moved[entry] = true
	}
	length := len(b.features.list)
	list := slices.DeleteFunc(slices.Clone(b.features.list), func(entry *featureEntry) bool { return moved[entry] })
	for i, at := range indexesOf(places, length) {
		list = slices.Insert(list, at, b.features.byID[places[i].ID])
	}
	b.setFeatures(list)
	return nil
}

// indexesOf returns ascending indexes below length that are as near to the places as can be.
func indexesOf[K comparable](places []placed[K], length int) []int {
	indexes := make([]int, len(places))
	for i, place := range places {
		indexes[i] = max(i, min(place.At, length-len(places)+i))
		if i > 0 {
			indexes[i] = max(indexes[i], indexes[i-1]+1)
		}
	}
	return indexes
}

// isAbout reports whether c changes what the backlog knows of somebody.
func (c Revert) isAbout(name string) bool {
	isTheirs := func(person Person) bool { return person.Name == name }
	return slices.ContainsFunc(c.was.People.Values, isTheirs) || slices.ContainsFunc(c.is.People.Values, isTheirs)
}
