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
	// Value is of the stories whose assessment holds their value, as in [prioritize.ValueEffortInput].
	Value    roadmap.Progress `json:"value"` // accepted of all
	Unvalued int              `json:"unvalued"`
	// NotBrokenDown is how many points of features' rough sizes are in no story yet. A forecast has to
	// count them: a feature half broken down is not half done.
	NotBrokenDown decimal.Decimal `json:"unbroken"`
}

// tally counts stories; points are in thousandths, the finest that an estimate can be.
type tally struct {
	stories, accepted, unestimated int
	points, acceptedPoints         int64
	unbroken                       int64 // of features; a story has none
	unvalued                       int
	value, acceptedValue           decimal.Decimal
}

const thousandth = -3

func (t *tally) add(other tally, times int) {
	t.stories += times * other.stories
	t.accepted += times * other.accepted
	t.unestimated += times * other.unestimated
	t.points += int64(times) * other.points
	t.acceptedPoints += int64(times) * other.acceptedPoints
	t.unbroken += int64(times) * other.unbroken
	t.unvalued += times * other.unvalued
	if !other.value.IsZero() {
		n := decimal.NewFromInt(int64(times))
		t.value = t.value.Add(other.value.Mul(n))
		t.acceptedValue = t.acceptedValue.Add(other.acceptedValue.Mul(n))
	}
}

func (t tally) progress() Progress {
	count := func(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }
	return Progress{
		Stories:       roadmap.Progress{Done: count(t.accepted), Total: count(t.stories)},
		Points:        roadmap.Progress{Done: decimal.New(t.acceptedPoints, thousandth), Total: decimal.New(t.points, thousandth)},
		Unestimated:   t.unestimated,
		Value:         roadmap.Progress{Done: t.acceptedValue, Total: t.value},
		Unvalued:      t.unvalued,
		NotBrokenDown: decimal.New(t.unbroken, thousandth),
	}
}

// tallyOf counts one story.
func tallyOf(entry *storyEntry) tally {
	if !entry.category.IsOpen() && entry.category != story.Completed {
		return tally{}
	}
	one := tally{stories: 1}
	if points, ok := entry.story.Estimate.Points(); ok {
		one.points = thousandths(points)
	} else {
		one.unestimated = 1
	}
	if known := entry.story.assessment; known != nil && known.ValueEffort != nil {
		one.value = known.ValueEffort.Value
	} else {
		one.unvalued = 1
	}
	if entry.category == story.Completed {
		one.accepted, one.acceptedPoints, one.acceptedValue = 1, one.points, one.value
	}
	return one
}

// thousandths returns points, which have at most three decimals, as a whole number of thousandths.
func thousandths(points decimal.Decimal) int64 {
	scale := points.Exponent() - thousandth
	if scale < 0 || scale > 9 { // zeros at the end, or more of them than an estimate can have
		return points.Shift(-thousandth).IntPart()
	}
	number := points.CoefficientInt64()
	for range scale {
		number *= 10
	}
	return number
}

// recount adds to the tallies what a story of a feature, or of none, counts for.
func (b *View) recount(feature *featureEntry, one tally, times int) {
	if feature == nil {
		b.total.add(one, times)
		return
	}
	b.retally(feature, func(feature *featureEntry) { feature.tally.add(one, times) })
}

// retally lets change do what it likes to a feature's tally, size and status, and carries the
// difference up.
func (b *View) retally(entry *featureEntry, change func(*featureEntry)) {
	before := entry.tally
	change(entry)
	entry.tally.unbroken = 0
	if points, ok := entry.feature.Size.Points(); ok && isOpenFeature(entry.feature) {
		entry.tally.unbroken = max(0, points.Shift(-thousandth).IntPart()-entry.tally.points)
	}
	for _, above := range []*tally{&b.total, entry.goalTally()} {
		if above != nil {
			above.add(entry.tally, 1)
			above.add(before, -1)
		}
	}
}

func (e *featureEntry) goalTally() *tally {
	if e.goal == nil {
		return nil
	}
	return &e.goal.tally
}

// FeatureProgress returns how far the stories of a feature are. O(1).
func (b *View) FeatureProgress(id roadmap.FeatureID) (Progress, bool) {
	entry, ok := b.features.byID[id]
	if !ok {
		return Progress{}, false
	}
	return entry.tally.progress(), true
}

// GoalProgress returns how far the stories of the features that serve a goal are. The
// progress of the goal itself is that of its metric, see [roadmap.Goal.Progress]. O(1).
func (b *View) GoalProgress(id roadmap.GoalID) (Progress, bool) {
	entry, ok := b.goals.byID[id]
	if !ok {
		return Progress{}, false
	}
	return entry.tally.progress(), true
}

// TotalProgress returns how far all stories of the product are. O(1).
func (b *View) TotalProgress() Progress { return b.total.progress() }
