package backlog

import (
	"cmp"
	"slices"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The records of a backlog, and the few ways in which they change. Every change, live or replayed,
// comes down to these, so this is where what is derived (tallies, blockers, readiness) is kept up to
// date. The values in a record are never changed in place, they are replaced: a slice that was
// handed to one record can be shared with a copy of the backlog.

// table holds records by id and in an order.
type table[K comparable, E any] struct {
	byID map[K]E
	list []E
}

func (t *table[K, E]) insert(id K, entry E, at int) {
	if t.byID == nil {
		t.byID = make(map[K]E)
	}
	t.byID[id] = entry
	t.list = slices.Insert(t.list, at, entry)
}

func (t *table[K, E]) remove(id K, at int) {
	delete(t.byID, id)
	t.list = slices.Delete(t.list, at, at+1)
}

type goalEntry struct {
	goal     roadmap.Goal
	features []*featureEntry // in no order
	tally    tally
}

type featureEntry struct {
	feature    roadmap.Feature
	assessment *prioritize.Assessment
	acceptance *Acceptance // while it is accepted
	goal       *goalEntry
	stories    []*storyEntry // in no order; story.place is the index
	tally      tally
	node       node
}

type storyEntry struct {
	story      story.Story
	assessment *prioritize.Assessment
	acceptance *Acceptance    // while it is accepted
	category   story.Category // of story.Status
	feature    *featureEntry
	place      int // in feature.stories
	sprint     *sprintEntry
	chunk      *chunk // of the order
	put        int    // where in its chunk it was put; it is near there
	node       node
	relations  []Relation // in no order; each is in the record of both stories
}

type sprintEntry struct{ sprint Sprint }

// onUndo keeps f, which takes back what is about to be done, while an attempt is being recorded.
func (b *View) onUndo(f func()) {
	if b.recording {
		b.undo = append(b.undo, f)
	}
}

// attempt does f and, if that fails, takes back everything that f did. So it does if f panics, in a
// func of the host's. Attempts can be nested.
func (b *View) attempt(f func() error) (err error) {
	outer, begin, returned := b.recording, len(b.undo), false
	defer func() {
		b.recording = false
		if err != nil || !returned {
			for _, undo := range slices.Backward(b.undo[begin:]) {
				undo()
			}
		}
		if b.recording = outer; !outer || err != nil || !returned {
			clear(b.undo[begin:])
			b.undo = b.undo[:begin]
		}
	}()
	b.recording = true
	err = f()
	returned = true
	return err
}

func (b *View) addFeature(feature roadmap.Feature, at int) {
	entry := &featureEntry{}
	entry.node.feature = entry
	b.onUndo(func() { b.removeFeature(entry) })
	b.features.insert(feature.ID, entry, at)
	wasRecording := b.recording
	b.recording = false
	b.putFeature(entry, feature)
	b.recording = wasRecording
}

// removeFeature takes a feature without stories and dependencies out.
func (b *View) removeFeature(entry *featureEntry) {
	id, at := entry.feature.ID, slices.Index(b.features.list, entry)
	b.putFeature(entry, roadmap.Feature{})
	b.onUndo(func() { b.features.insert(id, entry, at) })
	b.features.remove(id, at)
}

// putFeature replaces the value of a feature, and with it the goal it counts for.
func (b *View) putFeature(entry *featureEntry, feature roadmap.Feature) {
	old := entry.feature
	b.onUndo(func() { b.putFeature(entry, old) })
	b.retally(entry, func(entry *featureEntry) { entry.feature = feature })
	if goal := b.goals.byID[feature.Goal]; goal != entry.goal {
		if entry.goal != nil {
			entry.goal.tally.add(entry.tally, -1)
			i := slices.Index(entry.goal.features, entry)
			entry.goal.features = slices.Delete(entry.goal.features, i, i+1)
		}
		if goal != nil {
			goal.tally.add(entry.tally, 1)
			goal.features = append(goal.features, entry)
		}
		entry.goal = goal
	}
	b.settle(&entry.node, isOpenFeature(old), isOpenFeature(feature))
	b.refreshFeature(entry)
}

// isOpenFeature reports whether what needs the feature has to wait for it.
func isOpenFeature(feature roadmap.Feature) bool { return feature.Status == roadmap.FeatureOpen }

func (b *View) moveFeature(entry *featureEntry, to int) {
	from := slices.Index(b.features.list, entry)
	b.onUndo(func() { b.moveFeature(entry, from) })
	b.features.list = slices.Insert(slices.Delete(b.features.list, from, from+1), to, entry)
}

// setFeatures replaces the order of the features.
func (b *View) setFeatures(list []*featureEntry) {
	old := b.features.list
	b.onUndo(func() { b.setFeatures(old) })
	b.features.list = list
}

func (b *View) addStory(value story.Story, at int) {
	entry := b.newEntry()
	entry.node.story = entry
	b.onUndo(func() { b.removeStory(entry) })
	b.stories[value.ID] = entry
	b.order.insert(entry, at)
	wasRecording := b.recording
	b.recording = false
	b.putStory(entry, value)
	b.recording = wasRecording
}

// newEntry returns an empty record. Records come out of slabs, so that stories added one after the
// other lie side by side: a walk in that order is several times as fast.
func (b *View) newEntry() *storyEntry {
	if len(b.spare) == 0 {
		const least, most = 4, 256
		b.spare = make([]storyEntry, max(least, min(len(b.stories), most)))
	}
	entry := &b.spare[0]
	b.spare = b.spare[1:]
	return entry
}

// removeStory takes back addStory. Nothing else removes a story: dropping one keeps it. It is in no
// sprint and has no dependencies and relations.
func (b *View) removeStory(entry *storyEntry) {
	id, at := entry.story.ID, b.order.index(entry)
	b.putStory(entry, story.Story{})
	b.onUndo(func() {
		b.stories[id] = entry
		b.order.insert(entry, at)
	})
	b.order.remove(entry)
	delete(b.stories, id)
}

// putStory replaces the value of a story and keeps up to date what is derived from it.
func (b *View) putStory(entry *storyEntry, value story.Story) {
	old := entry.story
	b.onUndo(func() { b.putStory(entry, old) })
	b.count(entry, -1)
	b.weigh(&old, -1)
	was := entry.category
	entry.story = value
	entry.category, _ = b.options.Workflow.Category(value.Status)
	if b.watch != nil && old.Status != value.Status {
		b.watch(cmp.Or(value.ID, old.ID), old.Status, value.Status, entry.category)
	}
	b.placeUnder(entry, b.features.byID[value.Feature])
	b.count(entry, 1)
	b.weigh(&value, 1)
	b.indexTasks(entry, old.Tasks, value.Tasks)
	b.settle(&entry.node, was.IsOpen(), entry.category.IsOpen())
	b.refresh(entry)
}

// placeUnder makes a story a child of a feature, or of none.
func (b *View) placeUnder(entry *storyEntry, feature *featureEntry) {
	if entry.feature == feature {
		return
	}
	if old := entry.feature; old != nil {
		last := len(old.stories) - 1
		moved := old.stories[last]
		old.stories[entry.place], moved.place = moved, entry.place
		old.stories = slices.Delete(old.stories, last, last+1)
	}
	if feature != nil {
		entry.place = len(feature.stories)
		feature.stories = append(feature.stories, entry)
	}
	entry.feature = feature
}

// indexTasks keeps the way from a task to its story. Both lists are short.
func (b *View) indexTasks(entry *storyEntry, old, tasks story.List[story.Task]) {
	if old.EqualFunc(tasks, func(x, y story.Task) bool { return x.ID == y.ID }) {
		return
	}
	for _, task := range old.All() {
		delete(b.tasks, task.ID)
	}
	for _, task := range tasks.All() {
		b.tasks[task.ID] = entry
	}
}

// settle tells what needs an item that the item opened or closed.
func (b *View) settle(n *node, wasOpen, isOpen bool) {
	if wasOpen == isOpen {
		return
	}
	change := 1
	if wasOpen {
		change = -1
	}
	n.open = isOpen
	for _, other := range n.frees {
		other.waiting += change
		b.refreshNode(other)
	}
}

func (b *View) refreshNode(n *node) {
	if n.story != nil {
		b.refresh(n.story)
	} else if b.options.HoldBlockedFeatures {
		b.refreshFeature(n.feature)
	}
}

func (b *View) refreshFeature(entry *featureEntry) {
	for _, child := range entry.stories {
		b.refresh(child)
	}
}

// refresh tells the order whether a story can be worked on.
func (b *View) refresh(entry *storyEntry) {
	b.order.setReady(entry, entry.category.IsOpen() && entry.node.waiting == 0 && b.isAlive(entry))
}

// isAlive reports whether what a story belongs to is alive: neither its feature nor that feature's
// goal was dropped, nor, where the options say so, does the feature wait for another.
func (b *View) isAlive(entry *storyEntry) bool {
	feature := entry.feature
	switch {
	case feature == nil:
		return true
	case feature.feature.Status == roadmap.FeatureDropped:
		return false
	case b.options.HoldBlockedFeatures && feature.node.waiting > 0:
		return false
	default:
		return feature.goal == nil || feature.goal.goal.Status != roadmap.GoalDropped
	}
}

// arrange puts entries at indexes of the order, which are ascending and say where each is when all
// are in place. The other stories keep their order. O(k log n) for k entries.
func (b *View) arrange(entries []*storyEntry, indexes []int) {
	if b.recording {
		sorted := b.inOrder(entries)
		old := make([]int, len(sorted))
		for i, entry := range sorted {
			old[i] = b.order.index(entry)
		}
		b.onUndo(func() { b.arrange(sorted, old) })
	}
	ready := make([]bool, len(entries))
	for i, entry := range entries {
		ready[i] = b.order.isReady(entry)
		b.order.remove(entry)
	}
	for i, entry := range entries {
		b.order.insert(entry, indexes[i])
		b.order.setReady(entry, ready[i])
	}
}

func (b *View) assessStory(entry *storyEntry, assessment *prioritize.Assessment) {
	old := entry.assessment
	b.onUndo(func() { b.assessStory(entry, old) })
	b.count(entry, -1)
	entry.assessment = assessment
	b.count(entry, 1)
}

func (b *View) assessFeature(entry *featureEntry, assessment *prioritize.Assessment) {
	old := entry.assessment
	b.onUndo(func() { b.assessFeature(entry, old) })
	entry.assessment = assessment
}

func (b *View) addSprint(sprint Sprint, at int) {
	b.onUndo(func() { b.sprints.remove(sprint.ID, at) })
	b.sprints.insert(sprint.ID, &sprintEntry{}, at)
	b.putSprint(b.sprints.byID[sprint.ID], sprint)
}

func (b *View) removeSprint(entry *sprintEntry) {
	id, at := entry.sprint.ID, slices.Index(b.sprints.list, entry)
	b.putSprint(entry, Sprint{})
	b.onUndo(func() { b.sprints.insert(id, entry, at) })
	b.sprints.remove(id, at)
}

// putSprint replaces the value of a sprint. While it is open its stories know that they are in it.
func (b *View) putSprint(entry *sprintEntry, sprint Sprint) {
	old := entry.sprint
	b.onUndo(func() { b.putSprint(entry, old) })
	if old.Status.IsOpen() {
		for _, id := range old.Stories {
			b.stories[id].sprint = nil
		}
	}
	entry.sprint = sprint
	if sprint.Status.IsOpen() {
		for _, id := range sprint.Stories {
			b.stories[id].sprint = entry
		}
	}
}

// inOrder returns entries in the order of the backlog, as a slice of its own.
func (b *View) inOrder(entries []*storyEntry) []*storyEntry {
	type placed struct {
		entry *storyEntry
		index int
	}
	all := make([]placed, len(entries))
	for i, entry := range entries {
		all[i] = placed{entry, b.order.index(entry)}
	}
	slices.SortFunc(all, func(x, y placed) int { return x.index - y.index })
	sorted := make([]*storyEntry, len(all))
	for i, one := range all {
		sorted[i] = one.entry
	}
	return sorted
}
