package backlog_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

func TestRelease(t *testing.T) {
	l := product(t, backlog.Options{Rules: backlog.Rules{ReleaseAccepted: backlog.RuleOff}})
	l.do(pm, backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1), Reason: "it is time"})
	l.do(po, backlog.AddStory{Story: newStory(7)}, backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID(2)), Needs: backlog.StoryItem(storyID(7)),
	}})
	readiness, ok := l.ReleaseReadiness(releaseID(1))
	require.True(t, ok)
	require.Equal(t, []roadmap.FeatureID{featureID(1)}, readiness.Features)
	require.Equal(t, []story.ID{storyID(1), storyID(2), storyID(3)}, readiness.Open)
	require.Equal(t, []backlog.ItemID{backlog.StoryItem(storyID(7))}, readiness.Blockers)
	err := l.Can(backlog.ShipRelease{Release: releaseID(1)}, dev, l.At())
	require.ErrorIs(t, err, backlog.ErrNotDone)
	require.ErrorContains(t, err, `story "Story 1" accepted or dropped (3 open)`)

	for n := 1; n <= 3; n++ {
		l.do(po, backlog.DropStory{Story: storyID(n), Reason: "no"})
	}
	l.do(dev, backlog.ShipRelease{Release: releaseID(1)})
	for release := range l.Releases() {
		require.Equal(t, roadmap.ReleaseShipped, release.Status)
		require.Equal(t, l.At(), release.Date)
	}
	for _, change := range []backlog.Change{
		backlog.AssignFeatureRelease{Feature: featureID(1)},
		backlog.EditRelease{Release: releaseID(1), Name: backlog.Set("1.1")},
		backlog.ShipRelease{Release: releaseID(1)},
	} {
		require.ErrorIs(t, l.Can(change, pm, l.At()), backlog.ErrRule, change.Kind())
	}
}

// When time is short, what could be done leaves before what should, the last first, and what must be
// done never.
func TestLeave(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(pm, backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(1), Name: "1.0"}})
	for i, category := range []prioritize.MoSCoWCategory{
		prioritize.Could, prioritize.Must, prioritize.Should, prioritize.Could,
	} {
		l.do(pm,
			backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(i), Title: "feature", Release: releaseID(1)}},
			backlog.AssessFeature{Feature: featureID(i), Assessment: prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: category}}})
		s := newStory(i)
		s.Feature = featureID(i)
		l.do(po, backlog.AddStory{Story: s})
		l.do(dev, backlog.EstimateStory{Story: storyID(i), Estimate: story.Points(5)})
	}
	for points, want := range map[int64][]int{20: nil, 15: {3}, 11: {3, 0}, 10: {3, 0}, 5: {3, 0, 2}, 4: {3, 0, 2}} {
		leaving, fits := l.ReleaseCuts(releaseID(1), decimal.NewFromInt(points))
		var got []int
		for _, one := range leaving {
			for i := range 4 {
				if one.Feature == featureID(i) {
					got = append(got, i)
				}
			}
			require.Equal(t, "5", one.Points.String())
		}
		require.Equal(t, want, got, "%d points", points)
		require.Equal(t, points >= 5, fits)
	}
}

func TestIncrementPlan(t *testing.T) {
	l := product(t, backlog.Options{Ready: []backlog.Check{}})
	l.do(pm, backlog.AssignFeatureIncrement{Feature: featureID(1), Increment: incrementID(1)})
	blue := newStory(7)
	blue.Team = "blue"
	l.do(po, backlog.AddStory{Story: blue})
	for n, points := range map[int]int64{1: 5, 2: 8, 7: 3} {
		l.do(dev, backlog.EstimateStory{Story: storyID(n), Estimate: story.Points(points)})
	}
	sprint := func(n, iteration int, team story.Team, capacity int64, stories ...story.ID) {
		at := newIncrement(1).Iterations[iteration]
		l.do(po,
			backlog.PlanSprint{Sprint: backlog.Sprint{
				ID: sprintID(n), Name: "sprint", Team: team, Start: at.From, End: at.To, Capacity: decimal.NewFromInt(capacity),
			}},
			backlog.CommitStories{Sprint: sprintID(n), Stories: stories})
	}
	sprint(11, 0, "red", 10, storyID(1), storyID(2))
	sprint(12, 1, "blue", 10, storyID(7))
	for _, item := range []int{1, 2} {
		l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(item)), Needs: backlog.StoryItem(storyID(7)),
		}})
	}
	plan, ok := l.IncrementOverview(incrementID(1))
	require.True(t, ok)
	require.Len(t, plan.Loads, 2)
	require.Equal(t, "13", plan.Loads[0].Points.String())
	require.True(t, plan.Loads[0].IsOver())
	require.Equal(t, story.Team("blue"), plan.Loads[1].Team)
	require.False(t, plan.Loads[1].IsOver())
	require.Equal(t, []backlog.TeamNeed{
		{Story: storyID(1), Team: "red", Needs: storyID(7), Of: "blue", NeededBy: 0, Planned: 1},
		{Story: storyID(2), Team: "red", Needs: storyID(7), Of: "blue", NeededBy: 0, Planned: 1},
	}, plan.Needs)
	require.True(t, plan.Needs[0].IsConflict())
	require.Equal(t, []story.ID{storyID(3)}, plan.Unplaced)
	require.Equal(t, []roadmap.GoalID{goalID(1)}, plan.GoalsAtRisk)

	l.do(backlog.As("Bea", backlog.BusinessOwner), backlog.RateObjective{Increment: incrementID(1), Objective: 0, Planned: backlog.Set(8), Actual: backlog.Set(6)})
	l.do(dev, backlog.VoteConfidence{Increment: incrementID(1), Votes: []int{4, 2}})
	increment, _ := l.Increment(incrementID(1))
	require.Equal(t, "6 of 8 (75 %)", increment.Predictability().String())
	require.ErrorIs(t, l.Can(backlog.RateObjective{Increment: incrementID(1), Objective: 1}, backlog.As("Bea", backlog.BusinessOwner), l.At()), backlog.ErrNotFound)
}

// A feature half broken down says so, and a budget is burnt against its plan.
func TestSizeAndBudget(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(dev, backlog.SizeFeature{Feature: featureID(1), Size: story.Points(40)},
		backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(8)},
		backlog.EstimateStory{Story: storyID(2), Estimate: story.Points(5)})
	progress, _ := l.GoalProgress(goalID(1))
	require.Equal(t, "0 of 13 (0 %)", progress.Points.String())
	require.Equal(t, "27", progress.NotBrokenDown.String())

	euro := func(amount string) roadmap.Money {
		return roadmap.Money{Amount: decimal.RequireFromString(amount), Currency: "EUR"}
	}
	l.do(pm, backlog.SetBudget{Feature: featureID(1), Budget: euro("10000")},
		backlog.RecordCost{Feature: featureID(1), Cost: euro("2500.10"), Note: "January"},
		backlog.RecordCost{Feature: featureID(1), Cost: euro("0.40")})
	budgets := l.Budgets(goalID(1))
	require.Len(t, budgets, 1)
	require.Equal(t, "2500.5 EUR", budgets[0].Spent.String())
	burn, _ := budgets[0].Burn().Percent(2)
	require.Equal(t, "25.01", burn.String())
	francs := backlog.RecordCost{Feature: featureID(1), Cost: roadmap.Money{Amount: decimal.NewFromInt(1), Currency: "CHF"}}
	require.ErrorContains(t, l.Can(francs, pm, l.At()), "that of earlier costs, EUR")
	require.ErrorIs(t, l.Can(backlog.RecordCost{Feature: featureID(1), Cost: euro("-2500.51")}, pm, l.At()), field.ErrInvalid)
	l.do(pm, backlog.RecordCost{Feature: featureID(1), Cost: euro("-500.10"), Note: "January was billed twice"})
	require.Equal(t, "2000.4 EUR", l.Budgets(goalID(1))[0].Spent.String())
}

// twinReadiness is ReleaseReadiness counted over everything.
func twinReadiness(b *backlog.Backlog, id roadmap.ReleaseID) (features []roadmap.FeatureID, open []story.ID, blockers []backlog.ItemID) {
	features, open, blockers = []roadmap.FeatureID{}, []story.ID{}, []backlog.ItemID{}
	scope := map[roadmap.FeatureID]bool{}
	for f := range b.Features() {
		if f.Release == id && f.Status != roadmap.FeatureDropped {
			features = append(features, f.ID)
			scope[f.ID] = true
		}
	}
	releaseOf := func(item backlog.ItemID) roadmap.ReleaseID {
		s, _ := b.Story(item.Story)
		f, ok := b.Feature(item.Feature)
		if !ok {
			f, _ = b.Feature(s.Feature)
		}
		return f.Release
	}
	for d := range b.Dependencies() {
		s, isStory := b.Story(d.Item.Story)
		needed, _ := b.Story(d.Needs.Story)
		of := d.Item.Feature
		if isStory {
			of = s.Feature
		}
		waits := scope[of] && (!isStory || categoryOf(b, s).IsOpen())
		isPart := !isStory && needed.Feature == d.Item.Feature
		if waits && !isPart && isOpenItem(b, d.Needs) && releaseOf(d.Needs) != id {
			blockers = append(blockers, d.Needs)
		}
	}
	for s := range b.Stories() {
		if scope[s.Feature] && categoryOf(b, s).IsOpen() {
			open = append(open, s.ID)
		}
	}
	slices.SortFunc(blockers, backlog.ItemID.Compare)
	return features, open, slices.Compact(blockers)
}

// What stands between a release and its users is what a count over everything finds.
func TestReleaseReadinessEqualsTwin(t *testing.T) {
	blocked := 0
	compare := func(b *backlog.Backlog) {
		for release := range b.Releases() {
			readiness, ok := b.ReleaseReadiness(release.ID)
			require.True(t, ok)
			features, open, blockers := twinReadiness(b, release.ID)
			require.Equal(t, features, readiness.Features)
			require.Equal(t, open, readiness.Open)
			require.Equal(t, blockers, readiness.Blockers)
			require.Equal(t, len(features) > 0 && len(open) == 0, readiness.IsReady())
			blocked += len(blockers)
		}
	}
	for seed := range uint64(*histories / 3) {
		b, _ := wander(t, seed, 80, nil)
		compare(b)
		d := newDice(seed)
		for range 6 { // chance seldom brings features into a release
			_, _ = b.Execute(backlog.AssignFeatureRelease{Feature: featureID(d.id()), Release: releaseID(d.IntN(2))}, zoe, b.At())
			_, _ = b.Execute(needs(d.item(), d.item()), zoe, b.At())
		}
		compare(b)
	}
	require.Positive(t, blocked)
}

// What waits under a dropped feature still waits, and is not offered once it no longer does.
func TestWaitUnderDroppedFeature(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(uma, part(1, 1), needs(sItem(1), sItem(2)), needs(fItem(1), sItem(3)), raise(1, roadmap.AboutFeature(featureID(1))))
	dropFeature(l)
	wait := l.WaitOf(sItem(1), l.At())
	require.Equal(t, []backlog.ItemID{sItem(2), sItem(3)}, wait.Items)
	require.Len(t, wait.Impediments, 1)
	isStartable := func() bool {
		for s := range l.Startable(l.At()) {
			if s.ID == storyID(1) {
				return true
			}
		}
		return false
	}
	require.Empty(t, l.Frees(sItem(2), l.At()))
	l.do(uma, backlog.DropStory{Story: storyID(3), Reason: "no"}, backlog.RemoveDependency{Item: sItem(1), Needs: sItem(2)},
		backlog.ResolveImpediment{Impediment: impedimentID(1), Resolution: "they agreed"})
	require.True(t, l.WaitOf(sItem(1), l.At()).IsZero())
	require.False(t, isStartable(), "its feature was dropped")
	l.do(pm, backlog.ReopenFeature{Feature: featureID(1), Reason: "after all"})
	require.True(t, isStartable())
}
