package backlog

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Progress is how far the stories of a feature, a goal or the whole product are. Dropped stories do
// not count. Points are of the estimated stories; how many are not estimated is kept apart, so that
// missing estimates do not look like finished work.
type Progress struct {
	Stories     roadmap.Progress `json:"stories"` // accepted of all
	Points      roadmap.Progress `json:"points"`  // accepted of all, in points
	Unestimated int              `json:"unestimated"`
}

// tally counts stories; points are in thousandths, the finest that an estimate can be.
type tally struct {
	stories, accepted, unestimated int
	points, acceptedPoints         int64
}

const thousandth = -3

func (t *tally) add(other tally, times int) {
	t.stories += times * other.stories
	t.accepted += times * other.accepted
	t.unestimated += times * other.unestimated
	t.points += int64(times) * other.points
	t.acceptedPoints += int64(times) * other.acceptedPoints
}

func (t tally) progress() Progress {
	count := func(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }
	return Progress{
		Stories:     roadmap.Progress{Done: count(t.accepted), Total: count(t.stories)},
		Points:      roadmap.Progress{Done: decimal.New(t.acceptedPoints, thousandth), Total: decimal.New(t.points, thousandth)},
		Unestimated: t.unestimated,
	}
}

// tallyOf counts one story.
func tallyOf(s *story.Story, category story.Category) tally {
	if !category.IsOpen() && category != story.Completed {
		return tally{}
	}
	one := tally{stories: 1}
	if points, ok := s.Estimate.Points(); ok {
		one.points = points.Shift(-thousandth).IntPart()
	} else {
		one.unestimated = 1
	}
	if category == story.Completed {
		one.accepted, one.acceptedPoints = 1, one.points
	}
	return one
}

// count adds a story, or takes it away, all the way up.
func (b *Backlog) count(entry *storyEntry, times int) {
	one := tallyOf(&entry.story, entry.category)
	b.total.add(one, times)
	if entry.feature == nil {
		return
	}
	entry.feature.tally.add(one, times)
	if entry.feature.goal != nil {
		entry.feature.goal.tally.add(one, times)
	}
}

// Progress returns how far the stories of a feature are. O(1).
func (b *Backlog) Progress(id roadmap.FeatureID) (Progress, bool) {
	entry, ok := b.features.byID[id]
	if !ok {
		return Progress{}, false
	}
	return entry.tally.progress(), true
}

// GoalProgress returns how far the stories of the features that serve a goal are. How far the goal
// itself is says its metric, see [roadmap.Goal.Progress]. O(1).
func (b *Backlog) GoalProgress(id roadmap.GoalID) (Progress, bool) {
	entry, ok := b.goals.byID[id]
	if !ok {
		return Progress{}, false
	}
	return entry.tally.progress(), true
}

// TotalProgress returns how far all stories of the product are. O(1).
func (b *Backlog) TotalProgress() Progress { return b.total.progress() }
