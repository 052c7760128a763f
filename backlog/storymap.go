package backlog

import (
	"fmt"
	"iter"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

type activityEntry struct{ activity roadmap.Activity }

var activityTable = &table[roadmap.ActivityID, roadmap.Activity, activityEntry]{
	name: "activities", noun: "activity",
	rows:  func(b *View) storage[roadmap.ActivityID, activityEntry] { return &b.activities },
	key:   func(a roadmap.Activity) roadmap.ActivityID { return a.ID },
	value: func(e *activityEntry) roadmap.Activity { return e.activity },
	set:   (*View).setActivity,
	check: (*View).checkActivity,
	stays: func(b *View, e *activityEntry) (reason, needs string) {
		for _, step := range e.activity.Steps.All() {
			if title, ok := b.firstBelow(step.ID); ok {
				return fmt.Sprintf("story %q lies below a step of activity %q", title, e.activity.Title), "assign_story_step first"
			}
		}
		return "", ""
	},
}

// maxActivities bounds the story map.
const maxActivities = 1_000

// setActivity replaces an activity and keeps the way from a step to it.
func (b *View) setActivity(entry *activityEntry, to roadmap.Activity) {
	for _, step := range entry.activity.Steps.All() {
		delete(b.steps, step.ID)
	}
	entry.activity = to
	if b.steps == nil {
		b.steps = make(map[roadmap.StepID]*activityEntry)
	}
	for _, step := range to.Steps.All() {
		b.steps[step.ID] = entry
	}
}

// checkActivity wants a valid activity whose steps are of no other, and that keeps the steps below which
// stories lie.
func (b *View) checkActivity(entry *activityEntry, activity roadmap.Activity) error {
	err := activity.Validate()
	if entry == nil && b.activities.len() >= maxActivities {
		err = field.Join(err, tooMany("activities", b.activities.len()+1, maxActivities))
	}
	kept := make(map[roadmap.StepID]bool)
	for _, step := range activity.Steps.All() {
		kept[step.ID] = true
		if holder := b.steps[step.ID]; holder != nil && holder != entry {
			err = field.Join(err, exists("step", step.ID))
		}
	}
	if entry == nil {
		return err
	}
	for i, step := range entry.activity.Steps.All() {
		if kept[step.ID] {
			continue
		}
		if title, ok := b.firstBelow(step.ID); ok {
			err = field.Join(err, fieldError(field.Index("activity.steps", i), step.Title,
				fmt.Sprintf("kept while story %q lies below it", title)))
		}
	}
	return err
}

// firstBelow returns the title of the first story below a step, accepted and dropped ones too. O(stories).
func (b *View) firstBelow(step roadmap.StepID) (title string, ok bool) {
	for entry := range b.order.all() {
		if entry.story.Details.Value().Step == step {
			return entry.story.Title, true
		}
	}
	return "", false
}

// checkStep wants a step of the story map, or none.
func (b *View) checkStep(path string, step roadmap.StepID) error {
	if step.IsZero() || b.steps[step] != nil {
		return nil
	}
	return field.Within(path, notFound("step", step))
}

// AddActivity adds an activity at the end of the story map.
//
// The product manager may do it. Errors: [field.Error]; [ErrExists], for a step of another activity too.
type AddActivity struct {
	Activity roadmap.Activity `json:"activity"`
}

// Kind returns "add_activity".
func (AddActivity) Kind() string { return "add_activity" }

func (AddActivity) permission(*View) Permission { return MayChangeRoadmap }

func (c AddActivity) check(b *View) error {
	if b.activities.byID[c.Activity.ID] != nil {
		return exists("activity", c.Activity.ID)
	}
	return b.checkActivity(nil, c.Activity)
}

func (c AddActivity) apply(b *View, _ time.Time, _ string) { activityTable.add(b, c.Activity) }

// EditActivity changes the title and the steps of an activity. A step keeps its stories by its id.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also where a step is missing below
// which a story lies; [ErrExists] for a step of another activity.
type EditActivity struct {
	Activity roadmap.ActivityID        `json:"activity"`
	Title    *string                   `json:"title,omitempty"`
	Steps    *story.List[roadmap.Step] `json:"steps,omitempty"`
}

// Kind returns "edit_activity".
func (EditActivity) Kind() string { return "edit_activity" }

func (c EditActivity) own() Change {
	c.Title, c.Steps = copied(c.Title), copied(c.Steps)
	return c
}

func (EditActivity) permission(*View) Permission { return MayChangeRoadmap }

func (c EditActivity) edited(activity roadmap.Activity) roadmap.Activity {
	edit(&activity.Title, c.Title)
	edit(&activity.Steps, c.Steps)
	return activity
}

func (c EditActivity) check(b *View) error {
	entry := b.activities.byID[c.Activity]
	if entry == nil {
		return notFound("activity", c.Activity)
	}
	return field.Join(checkEdit(c.Title, c.Steps), b.checkActivity(entry, c.edited(entry.activity)))
}

func (c EditActivity) apply(b *View, _ time.Time, _ string) {
	entry := b.activities.byID[c.Activity]
	activityTable.put(b, entry, c.edited(entry.activity))
}

// MoveActivity puts an activity at an index of the story map, 0 being the leftmost.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] for an index outside the map.
type MoveActivity struct {
	Activity roadmap.ActivityID `json:"activity"`
	To       int                `json:"to"`
}

// Kind returns "move_activity".
func (MoveActivity) Kind() string { return "move_activity" }

func (MoveActivity) permission(*View) Permission { return MayChangeRoadmap }

func (c MoveActivity) check(b *View) error {
	if b.activities.byID[c.Activity] == nil {
		return notFound("activity", c.Activity)
	}
	return field.CheckWhole("backlog", "to", c.To, 0, b.activities.len()-1)
}

func (c MoveActivity) apply(b *View, _ time.Time, _ string) {
	activityTable.move(b, b.activities.byID[c.Activity], c.To)
}

// RemoveActivity takes an activity below whose steps no story lies off the story map.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] while a story lies below a step.
type RemoveActivity struct {
	Activity roadmap.ActivityID `json:"activity"`
}

// Kind returns "remove_activity".
func (RemoveActivity) Kind() string { return "remove_activity" }

func (RemoveActivity) permission(*View) Permission { return MayChangeRoadmap }

func (c RemoveActivity) check(b *View) error { return checkRemoved(activityTable, b, c.Activity) }

func (c RemoveActivity) apply(b *View, _ time.Time, _ string) {
	activityTable.remove(b, b.activities.byID[c.Activity])
}

// checkRemoved wants a record that is there and that can be taken out.
func checkRemoved[K interface {
	comparable
	fmt.Stringer
}, V, E any](t *table[K, V, E], b *View, key K) error {
	entry := t.rows(b).get(key)
	if entry == nil {
		return notFound(t.noun, key)
	}
	if reason, needs := t.stays(b, entry); reason != "" {
		return fieldError(t.noun, key.String(), reason+": "+needs)
	}
	return nil
}

// AssignStoryStep puts a story below a step of the story map, or with the zero id below none.
//
// The product owner may do it. Errors: [NotFoundError]; [ErrRule] once the story is accepted or dropped.
type AssignStoryStep struct {
	Story story.ID       `json:"story"`
	Step  roadmap.StepID `json:"step,omitzero"`
}

// Kind returns "assign_story_step".
func (AssignStoryStep) Kind() string { return "assign_story_step" }

func (AssignStoryStep) permission(*View) Permission { return MayWriteStories }

func (c AssignStoryStep) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c AssignStoryStep) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c AssignStoryStep) check(b *View) error {
	if _, err := b.find(c.Story); err != nil {
		return err
	}
	return b.checkStep("step", c.Step)
}

func (c AssignStoryStep) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, func(s *story.Story) {
		details := s.Details.Value()
		details.Step = c.Step
		s.Details = story.ConstOf(details)
	})
}

// Activities returns an iterator over the activities of the story map, from left to right.
func (b *View) Activities() iter.Seq[roadmap.Activity] { return activityTable.every(b) }

// Activity returns an activity by its id.
func (b *View) Activity(id roadmap.ActivityID) (roadmap.Activity, bool) {
	return activityTable.find(b, id)
}

// StoryMap returns the stories that are not dropped by step and release: a story is in the release of its
// feature. O(stories + columns x slices).
func (b *View) StoryMap() roadmap.StoryMap {
	m := roadmap.StoryMap{
		Columns: []roadmap.MapColumn{}, Slices: []roadmap.ReleaseID{}, Unsliced: []story.ID{}, Unmapped: []story.ID{},
	}
	releaseOf := func(entry *storyEntry) (id roadmap.ReleaseID) {
		if entry.feature != nil {
			id = entry.feature.feature.Release
		}
		return id
	}
	used := make(map[roadmap.ReleaseID]bool)
	below := make(map[roadmap.StepID][]*storyEntry)
	for entry := range b.order.all() {
		step, release := entry.story.Details.Value().Step, releaseOf(entry)
		switch {
		case entry.category == story.Removed:
			continue
		case step.IsZero():
			m.Unmapped = append(m.Unmapped, entry.story.ID)
			continue
		case release.IsZero():
			m.Unsliced = append(m.Unsliced, entry.story.ID)
		}
		used[release] = true
		below[step] = append(below[step], entry)
	}
	slice := make(map[roadmap.ReleaseID]int)
	for _, entry := range b.releases.list {
		if id := entry.release.ID; used[id] {
			slice[id] = len(m.Slices)
			m.Slices = append(m.Slices, id)
		}
	}
	slice[roadmap.ReleaseID{}] = len(m.Slices)
	column := func(activity roadmap.ActivityID, step roadmap.StepID) {
		cells := make([][]story.ID, len(m.Slices)+1)
		for i := range cells {
			cells[i] = []story.ID{}
		}
		for _, entry := range below[step] {
			i := slice[releaseOf(entry)]
			cells[i] = append(cells[i], entry.story.ID)
		}
		m.Columns = append(m.Columns, roadmap.MapColumn{Activity: activity, Step: step, Cells: cells})
	}
	for _, entry := range b.activities.list {
		if entry.activity.Steps.IsZero() {
			column(entry.activity.ID, roadmap.StepID{})
		}
		for _, step := range entry.activity.Steps.All() {
			column(entry.activity.ID, step.ID)
		}
	}
	return m
}
