package backlog

import (
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
)

// The records of the roadmap, and the ways in which they change: see record.go.

type releaseEntry struct{ release roadmap.Release }

type incrementEntry struct{ increment roadmap.Increment }

func (b *View) setVision(vision roadmap.Vision) {
	old := b.vision
	b.onUndo(func() { b.setVision(old) })
	b.vision = vision
}

func (b *View) setHorizons(horizons []roadmap.Horizon) {
	old := b.horizons
	b.onUndo(func() { b.setHorizons(old) })
	b.horizons = horizons
}

func (b *View) setStage(stage roadmap.Stage) {
	old := b.stage
	b.onUndo(func() { b.setStage(old) })
	b.stage = stage
}

func (b *View) addRelease(release roadmap.Release, at int) {
	b.onUndo(func() { b.releases.remove(release.ID, at) })
	b.releases.insert(release.ID, &releaseEntry{release}, at)
}

// removeRelease takes a release without features out.
func (b *View) removeRelease(entry *releaseEntry) {
	id, at := entry.release.ID, slices.Index(b.releases.list, entry)
	b.onUndo(func() { b.releases.insert(id, entry, at) })
	b.releases.remove(id, at)
}

func (b *View) putRelease(entry *releaseEntry, release roadmap.Release) {
	old := entry.release
	b.onUndo(func() { b.putRelease(entry, old) })
	entry.release = release
}

func (b *View) addIncrement(increment roadmap.Increment, at int) {
	b.onUndo(func() { b.increments.remove(increment.ID, at) })
	b.increments.insert(increment.ID, &incrementEntry{increment}, at)
}

// removeIncrement takes an increment without features out.
func (b *View) removeIncrement(entry *incrementEntry) {
	id, at := entry.increment.ID, slices.Index(b.increments.list, entry)
	b.onUndo(func() { b.increments.insert(id, entry, at) })
	b.increments.remove(id, at)
}

func (b *View) putIncrement(entry *incrementEntry, increment roadmap.Increment) {
	old := entry.increment
	b.onUndo(func() { b.putIncrement(entry, old) })
	entry.increment = increment
}

func (b *View) addGoal(goal roadmap.Goal, at int) {
	b.onUndo(func() { b.goals.remove(goal.ID, at) })
	b.goals.insert(goal.ID, &goalEntry{goal: goal}, at)
}

// removeGoal takes a goal without features out.
func (b *View) removeGoal(entry *goalEntry) {
	id, at := entry.goal.ID, slices.Index(b.goals.list, entry)
	b.onUndo(func() { b.goals.insert(id, entry, at) })
	b.goals.remove(id, at)
}

// putGoal replaces the value of a goal. Dropping or reviving it decides whether its stories can be
// worked on.
func (b *View) putGoal(entry *goalEntry, goal roadmap.Goal) {
	old := entry.goal
	b.onUndo(func() { b.putGoal(entry, old) })
	entry.goal = goal
	if (old.Status == roadmap.GoalDropped) != (goal.Status == roadmap.GoalDropped) {
		for _, feature := range entry.features {
			b.refreshFeature(feature)
		}
	}
}
