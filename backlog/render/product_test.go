package render_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

var (
	everybody = backlog.As("Eve", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	start     = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
)

// number makes the n-th id of a kind.
func number(n int) uuid.UUID {
	id := uuid.UUID{1}
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

func storyItem(n int) backlog.ItemID   { return backlog.StoryItem(story.ID(number(n))) }
func featureItem(n int) backlog.ItemID { return backlog.FeatureItem(roadmap.FeatureID(number(n))) }

func needs(item, needed backlog.ItemID) backlog.Change {
	return backlog.AddDependency{Dependency: backlog.Dependency{Item: item, Needs: needed}}
}

// do makes changes that must be allowed.
func do(t testing.TB, b *backlog.Backlog, changes ...backlog.Change) {
	t.Helper()
	for _, change := range changes {
		_, err := b.Execute(change, everybody, start)
		require.NoError(t, err)
	}
}

func on(month, day int) time.Time {
	return time.Date(2027, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// product makes a small product in which everything that has a name is called what named returns.
func product(t testing.TB, named func(name string) string) *backlog.Backlog {
	t.Helper()
	b, err := backlog.New(backlog.Options{Ready: []backlog.Check{}, Done: []backlog.Check{}, Rules: backlog.Rules{}.Others(backlog.RuleRecord)})
	require.NoError(t, err)
	fast := roadmap.GoalID(number(1))
	now, next, spring := roadmap.HorizonID(number(1)), roadmap.HorizonID(number(2)), roadmap.HorizonID(number(3))
	v1, v2 := roadmap.ReleaseID(number(1)), roadmap.ReleaseID(number(2))
	feature := func(n int, name string, goal roadmap.GoalID, horizon roadmap.HorizonID, release roadmap.ReleaseID) backlog.Change {
		return backlog.AddFeature{Feature: roadmap.Feature{
			ID: roadmap.FeatureID(number(n)), Title: named(name), Goal: goal, Horizon: horizon, Release: release,
		}}
	}
	do(
		t, b,
		backlog.SetVision{Vision: roadmap.Vision{
			Text: named("Everybody knows where the money goes"), Statement: roadmap.Statement{Product: named("Purse")},
		}},
		backlog.SetStage{Stage: roadmap.Growth},
		backlog.AddGoal{Goal: roadmap.Goal{
			ID: fast, Title: named("Check out fast"), Start: on(1, 4), Due: on(6, 30),
			Metric: roadmap.Metric{
				Name: named("median time"), Unit: named("s"),
				Baseline: decimal.NewFromInt(100), Target: roadmap.Relative(decimal.NewFromInt(-20)),
			},
			Measurements: []roadmap.Measurement{{At: on(1, 20), Value: decimal.NewFromInt(95)}, {At: on(2, 1), Value: decimal.NewFromInt(90)}},
		}},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: now, Name: named("Now")}},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: next, Name: named("Next")}},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: spring, Name: named("Spring"), From: on(3, 1), To: on(6, 1)}},
		backlog.PlanRelease{Release: roadmap.Release{ID: v1, Name: named("v1"), Date: on(3, 15)}},
		backlog.PlanRelease{Release: roadmap.Release{ID: v2, Name: named("v2")}},
		feature(1, "Pay by card", fast, now, v1),
		feature(2, "Receipts", fast, spring, v1),
		feature(3, "Search", roadmap.GoalID{}, next, v2),
		feature(4, "Export", roadmap.GoalID{}, roadmap.HorizonID{}, roadmap.ReleaseID{}),
	)
	do(t, b, productStories(named)...)
	return b
}

// productStories are the stories of the product, of which the first is accepted and the fifth dropped.
func productStories(named func(string) string) []backlog.Change {
	var changes []backlog.Change
	for i, one := range []struct {
		name    string
		feature int
		points  int64
	}{
		{"Enter a card", 1, 5}, {"Keep a card", 1, 3}, {"Show a receipt", 2, 8}, {"Send a receipt", 2, 0}, {"Fax a receipt", 2, 1}, {"Sort by date", 0, 1},
	} {
		id := story.ID(number(i + 1))
		s := story.Story{ID: id, Title: named(one.name)}
		if one.feature > 0 {
			s.Feature = roadmap.FeatureID(number(one.feature))
		}
		changes = append(changes, backlog.AddStory{Story: s}, backlog.AddTask{Story: id, Task: story.Task{
			ID: story.TaskID(number(i + 1)), Title: named("do it"), Assignee: named("Dana"),
		}})
		if one.points > 0 {
			changes = append(changes, backlog.EstimateStory{Story: id, Estimate: story.Points(one.points)})
		}
	}
	first := story.ID(number(1))
	return append(
		changes,
		needs(storyItem(2), storyItem(1)), needs(storyItem(3), storyItem(2)), needs(storyItem(4), storyItem(3)),
		needs(storyItem(4), storyItem(5)), needs(featureItem(3), storyItem(2)),
		backlog.FinishTask{Task: story.TaskID(number(1))},
		backlog.SetStoryStatus{Story: first, To: story.Ready},
		backlog.SetStoryStatus{Story: first, To: story.InProgress},
		backlog.SetStoryStatus{Story: first, To: story.InReview},
		backlog.AcceptStory{Story: first},
		backlog.DropStory{Story: story.ID(number(5)), Reason: "nobody has a fax"},
	)
}

func asIs(name string) string { return name }
