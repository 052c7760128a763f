package backlog

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What is derived from the records (tallies, blockers, readiness) is kept up to date here: every change,
// live or replayed, comes down to a record set by its table.

type featureEntry struct {
	feature    roadmap.Feature
	assessment *prioritize.Assessment
	acceptance *Acceptance // while it is accepted
	goal       *goalEntry
	goalPlace  int           // in goal.features
	rank       int64         // ascends along the order; see store.rank
	stories    []*storyEntry // in no order; story.place is the index
	tally      tally
	node       node
	startLevel int32     // of its start, as node.level is of its finish; see cycle.go
	until      time.Time // before it the feature is held; see node.heldUntil
}

// featureRecord is a feature as a snapshot has it.
type featureRecord struct {
	roadmap.Feature
	Assessment *prioritize.Assessment `json:"assessment,omitzero"`
	Acceptance *Acceptance            `json:"acceptance,omitzero"`
}

func (e *featureEntry) record() featureRecord {
	return featureRecord{e.feature, e.assessment, e.acceptance}
}

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
	seq, at := b.seq, b.at
	defer func() {
		b.recording = false
		if err != nil || !returned {
			for _, undo := range slices.Backward(b.undo[begin:]) {
				undo()
			}
			b.seq, b.at = seq, at
		}
		switch b.recording = outer; {
		case !outer:
			b.freeGone()
			b.undo, b.replaced.list, b.forgotten = emptied(b.undo), emptied(b.replaced.list), emptied(b.forgotten)
		case err != nil || !returned:
			clear(b.undo[begin:])
			b.undo = b.undo[:begin]
		}
	}()
	b.recording = true
	err = f()
	returned = true
	return err
}

func newFeatures() store[roadmap.FeatureID, featureEntry] {
	return store[roadmap.FeatureID, featureEntry]{rank: func(e *featureEntry) *int64 { return &e.rank }}
}

func newFeatureEntry(*View) *featureEntry {
	entry := &featureEntry{}
	entry.node.feature = entry
	return entry
}

// setFeature replaces the value of a feature, and with it the goal it counts for.
func (b *View) setFeature(entry *featureEntry, to featureRecord) {
	old, feature := entry.feature, to.Feature
	accepted := entry.acceptance
	entry.assessment, entry.acceptance = to.Assessment, to.Acceptance
	b.retally(entry, func(entry *featureEntry) { entry.feature = feature })
	if goal := b.goals.byID[feature.Goal]; goal != entry.goal {
		if entry.goal != nil {
			entry.goal.tally.add(entry.tally, -1)
			features := entry.goal.features
			last := features[len(features)-1]
			features[entry.goalPlace], last.goalPlace = last, entry.goalPlace
			entry.goal.features = slices.Delete(features, len(features)-1, len(features))
		}
		if goal != nil {
			goal.tally.add(entry.tally, 1)
			entry.goalPlace = len(goal.features)
			goal.features = append(goal.features, entry)
		}
		entry.goal = goal
		b.refreshFeature(entry)
	} else if old.Status != feature.Status {
		b.refreshFeature(entry)
	}
	b.setDetails(&entry.node, FeatureItem(cmp.Or(feature.ID, old.ID)), old.Details, feature.Details)
	b.settle(&entry.node, isOpenFeature(old), isOpenFeature(feature))
	b.setAcceptance(&entry.node, accepted, to.Acceptance)
	b.redate(&entry.node)
}

// isOpenFeature reports whether what needs the feature has to wait for it.
func isOpenFeature(feature roadmap.Feature) bool { return feature.Status == roadmap.FeatureOpen }

// setStory replaces the value of a story and keeps up to date what is derived from it.
func (b *View) setStory(entry *storyEntry, to storyRecord) {
	if b.isPlacedAlike(entry, &to) {
		b.setContent(entry, &to)
		return
	}
	id, old, was, before, feature := cmp.Or(to.ID, entry.story.ID), entry.story.Status, entry.category, tallyOf(entry), entry.feature
	accepted, parent, tasks, details := entry.story.acceptance, entry.story.Parent, entry.story.Tasks, entry.story.Details
	b.weighEntry(entry, -1)
	b.keep(&entry.story, &to)
	entry.category = entry.story.category
	if b.watch != nil && old != to.Status {
		b.watch(id, old, to.Status, entry.category)
	}
	if !to.Feature.IsZero() || feature != nil {
		b.placeUnder(entry, b.features.byID[to.Feature])
	}
	if after := tallyOf(entry); feature != entry.feature || after != before {
		b.recount(feature, before, -1)
		b.recount(entry.feature, after, 1)
	}
	b.weighEntry(entry, 1)
	b.indexTasks(entry, tasks, to.Tasks)
	if parent != to.Parent {
		b.setPart(parent, id, false)
		b.setPart(to.Parent, id, true)
	}
	b.setDetails(&entry.node, StoryItem(id), details, to.Details)
	b.settle(&entry.node, was.IsOpen(), entry.category.IsOpen())
	b.setAcceptance(&entry.node, accepted, to.Acceptance)
	b.refresh(entry)
}

// isPlacedAlike reports whether two values of a story are alike in all that anything but its tally is derived from.
func (b *View) isPlacedAlike(entry *storyEntry, to *storyRecord) bool {
	kept := &entry.story
	return kept.ID == to.ID && kept.Status == to.Status && kept.Team == to.Team && kept.Details == to.Details &&
		entry.featureID() == to.Feature && kept.Parent == to.Parent && kept.acceptance == to.Acceptance
}

// setContent is setStory for a value that is placed alike.
func (b *View) setContent(entry *storyEntry, to *storyRecord) {
	b.indexTasks(entry, entry.story.Tasks, to.Tasks)
	before := tallyOf(entry)
	b.keep(&entry.story, to)
	if after := tallyOf(entry); after != before {
		b.recount(entry.feature, before, -1)
		b.recount(entry.feature, after, 1)
	}
}

// setPart notes that a story was split from another, or no longer was.
func (b *View) setPart(parent, id story.ID, is bool) {
	switch {
	case parent.IsZero():
		return
	case !is:
		if delete(b.parts[parent], id); len(b.parts[parent]) == 0 {
			delete(b.parts, parent)
		}
		return
	case b.parts == nil:
		b.parts = make(map[story.ID]map[story.ID]bool)
	}
	if b.parts[parent] == nil {
		b.parts[parent] = make(map[story.ID]bool)
	}
	b.parts[parent][id] = true
}

// placeUnder makes a story a child of a feature, or of none.
func (b *View) placeUnder(entry *storyEntry, feature *featureEntry) {
	if entry.feature == feature {
		return
	}
	n, old := &entry.node, entry.feature
	if old != nil {
		last := len(old.stories) - 1
		moved := old.stories[last]
		old.stories[entry.place], moved.place = moved, entry.place
		old.stories = slices.Delete(old.stories, last, last+1)
	}
	if feature != nil {
		entry.place = int32(len(feature.stories))
		feature.stories = append(feature.stories, entry)
		if n.open && slices.Contains(n.frees, &feature.node) { // which it finishes from now on
			b.wait(&feature.node, -1)
		}
	}
	entry.feature = feature
	if feature != nil {
		lift(finish(n), feature.startLevel)
		lift(finish(&feature.node), n.level)
	}
	if old != nil && slices.Contains(n.frees, &old.node) { // which needs it as it needs any other from now on
		lift(start(&old.node), n.level)
		if n.open {
			b.wait(&old.node, 1)
		}
	}
	if n.hasLagged { // which does not hold the feature that it is part of
		for _, one := range []*featureEntry{old, feature} {
			if one != nil && one.node.hasLags {
				b.redate(&one.node)
			}
		}
	}
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

// settle updates what needs an item that the item opened or closed.
func (b *View) settle(n *node, wasOpen, isOpen bool) {
	if wasOpen == isOpen {
		return
	}
	change := int32(1)
	if wasOpen {
		change = -1
	}
	n.open = isOpen
	for _, other := range n.frees {
		if !other.owns(n) {
			b.wait(other, change)
		}
	}
}

// wait adds change to the number of open items that n waits for.
func (b *View) wait(n *node, change int32) {
	waited := n.waiting > 0
	n.waiting += change
	switch waits := n.waiting > 0; {
	case waits == waited:
	case n.story != nil:
		b.refresh(n.story)
	case !b.options.HoldFeaturesOnly:
		n.feature.until = n.heldUntil()
		b.refreshFeature(n.feature)
	}
}

// refreshFeature sees to the stories of a feature after what holds it, or its life, has changed.
func (b *View) refreshFeature(entry *featureEntry) {
	for _, child := range entry.stories {
		b.refresh(child)
	}
}

// refresh sets in the order from when on a story can be worked on.
func (b *View) refresh(entry *storyEntry) {
	from := never
	if entry.category.IsOpen() && !b.waits(&entry.node) && entry.isAlive() {
		from = always
		if until := b.heldUntil(&entry.node); !until.IsZero() {
			from = until.Unix()
		}
	}
	b.order.setFrom(entry, from)
	b.relane(entry, from)
}

// isAlive reports whether neither the story's feature nor that feature's goal was dropped.
func (e *storyEntry) isAlive() bool {
	feature := e.feature
	if feature == nil {
		return true
	}
	return feature.feature.Status != roadmap.FeatureDropped &&
		(feature.goal == nil || feature.goal.goal.Status != roadmap.GoalDropped)
}

// storyRows is a backlog as the storage of its stories.
type storyRows View

func (b *storyRows) get(id story.ID) *storyEntry { return b.stories[id] }

func (b *storyRows) len() int { return b.order.length }

func (b *storyRows) all() iter.Seq[*storyEntry] { return b.order.all() }

func (b *storyRows) index(entry *storyEntry) int { return b.order.index(entry) }

func (b *storyRows) insert(id story.ID, entry *storyEntry, at int) {
	b.stories[id] = entry
	b.order.insert(entry, at, never)
}

func (b *storyRows) grow(n int) {
	if len(b.stories) == 0 {
		b.stories = make(map[story.ID]*storyEntry, n)
	}
}

func (b *storyRows) remove(id story.ID, entry *storyEntry) {
	b.lanes.remove(entry)
	b.order.remove(entry)
	delete(b.stories, id)
	if b.lastFound == entry {
		b.lastFound = nil
	}
	(*View)(b).freeStoryEntry(entry)
}

// move takes O(log n).
func (b *storyRows) move(entry *storyEntry, index int) {
	place := (*View)(b).leaveLane(entry)
	b.order.insert(entry, index, b.order.remove(entry))
	b.lanes.insert(place)
}

// arrange takes O(k log n) for k entries, and no more than O(n) for what is kept by the order.
func (b *storyRows) arrange(entries []*storyEntry, indexes []int) {
	const part = 8
	many := len(entries) > b.order.length/part
	from, places := make([]int64, len(entries)), make([]lanePlace, len(entries))
	for i, entry := range entries {
		if !many || b.trying {
			places[i] = (*View)(b).leaveLane(entry)
		}
		from[i] = b.order.remove(entry)
	}
	for i, entry := range entries {
		b.order.insert(entry, indexes[i], from[i])
	}
	if many && !b.trying {
		b.lanes.reorder(&b.order)
		return
	}
	for _, place := range places {
		b.lanes.insert(place)
	}
}

// inOrder returns entries in the order of the backlog: as a slice of its own, but where there is nothing
// to sort.
func (b *View) inOrder(entries []*storyEntry) []*storyEntry {
	if len(entries) < 2 {
		return entries
	}
	sorted, _ := byIndex((*storyRows)(b), entries)
	return sorted
}
