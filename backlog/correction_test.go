package backlog_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

// Features take a new order among themselves in one step; the others stay where they are.
func TestOrderFeatures(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n := range 5 {
		l.do(pm, backlog.AddFeature{Feature: newFeature(n)})
	}
	l.do(pm, backlog.OrderFeatures{
		Features: []roadmap.FeatureID{featureID(4), featureID(0), featureID(2)}, Method: "WSJF", Scores: []string{"9", "5", "1"},
	})
	var order []roadmap.FeatureID
	for feature := range l.Features() {
		order = append(order, feature.ID)
	}
	require.Equal(t, []roadmap.FeatureID{featureID(4), featureID(1), featureID(0), featureID(3), featureID(2)}, order)
	for _, bad := range []backlog.OrderFeatures{
		{}, {Features: []roadmap.FeatureID{featureID(1), featureID(1)}}, {Features: []roadmap.FeatureID{featureID(1)}, Scores: []string{"1", "2"}},
	} {
		require.ErrorIs(t, l.Can(bad, pm, l.At()), field.ErrInvalid)
	}
	require.ErrorIs(t, l.Can(backlog.OrderFeatures{Features: []roadmap.FeatureID{featureID(9)}}, pm, l.At()), backlog.ErrNotFound)
	require.ErrorIs(t, l.Can(backlog.OrderFeatures{Features: []roadmap.FeatureID{featureID(1)}}, po, l.At()), backlog.ErrNotAllowed)
}

// A sprint is edited while it is open, and its rules are asked again.
func TestEditSprint(t *testing.T) {
	l := product(t, backlog.Options{Rules: backlog.Rules{SprintStories: backlog.RuleOff, SprintLength: backlog.RuleRefuse, SprintOverlap: backlog.RuleRefuse, SprintEarly: backlog.RuleRefuse}})
	l.do(po, sprintOf(7, 0, 14), backlog.EditSprint{Sprint: sprintID(1), Goal: backlog.Set("Pay"), Capacity: backlog.Set(decimal.NewFromInt(5))})
	sprint, _ := l.Sprint(sprintID(1))
	require.Equal(t, "Pay", sprint.Goal)
	require.Equal(t, "Sprint 1", sprint.Name)
	at := func(day int) *time.Time { return backlog.Set(start.AddDate(0, 0, day)) }
	require.ErrorContains(t, l.Can(backlog.EditSprint{Sprint: sprintID(1), Start: at(10), End: at(20)}, po, l.At()), "rule sprint_overlap")
	require.ErrorContains(t, l.Can(backlog.EditSprint{Sprint: sprintID(1), Start: at(14), End: at(90)}, po, l.At()), "rule sprint_length")
	require.NoError(t, l.Can(backlog.EditSprint{Sprint: sprintID(7), Start: at(1), End: at(10)}, po, l.At()), "it does not overlap itself")
	require.ErrorIs(t, l.Can(backlog.EditSprint{Sprint: sprintID(1), End: at(-9), Start: at(0)}, po, l.At()), field.ErrInvalid)

	l.do(po, backlog.StartSprint{Sprint: sprintID(1)})
	require.ErrorContains(t, l.Can(backlog.EditSprint{Sprint: sprintID(1), Goal: backlog.Set(" ")}, po, l.At()), "rule sprint_goal")
	require.ErrorContains(t, l.Can(backlog.EditSprint{Sprint: sprintID(1), Start: at(30)}, po, l.At()), "rule sprint_early")
	l.do(po, backlog.CloseSprint{Sprint: sprintID(1)})
	require.ErrorIs(t, l.Can(backlog.EditSprint{Sprint: sprintID(1), Name: backlog.Set("One")}, po, l.At()), backlog.ErrRule)
}

// What was accepted too early or dropped is taken up again, and what needs it waits for it.
func TestReopenFeature(t *testing.T) {
	l := product(t, backlog.Options{})
	reopen := backlog.ReopenFeature{Feature: featureID(2), Reason: "one more country"}
	l.do(pm, backlog.AddFeature{Feature: newFeature(2)}, needs(fItem(1), fItem(2)))
	require.ErrorContains(t, l.Can(reopen, pm, l.At()), "the feature is open")
	l.addReady(9, 1)
	l.do(po, part(9, 2))
	l.finish(9)
	l.do(pm, backlog.AcceptFeature{Feature: featureID(2)})
	require.Empty(t, l.OpenNeeds(sItem(1)))
	require.ErrorIs(t, l.Can(reopen, po, l.At()), backlog.ErrNotAllowed)
	require.ErrorContains(t, l.Can(backlog.ReopenFeature{Feature: featureID(2)}, pm, l.At()), "rule reason")
	l.do(pm, reopen)
	require.Equal(t, []backlog.ItemID{fItem(2)}, l.OpenNeeds(sItem(1)))
	_, accepted := l.FeatureAcceptance(featureID(2))
	require.False(t, accepted)
	l.do(po, backlog.AddStory{Story: newStory(8)}, part(8, 2))

	l.do(pm, backlog.AddFeature{Feature: newFeature(3)}, backlog.DropFeature{Feature: featureID(3), Reason: "no"},
		backlog.ReopenFeature{Feature: featureID(3), Reason: "yes"})
	l.do(po, backlog.DropStory{Story: storyID(8), Reason: "no"})
	l.do(pm, backlog.AcceptFeature{Feature: featureID(2)}, backlog.AssignFeatureRelease{Feature: featureID(2), Release: releaseID(1)},
		backlog.ShipRelease{Release: releaseID(1)})
	require.ErrorContains(t, l.Can(reopen, pm, l.At()), "rule release_planned")
}

// A measurement that should not count is withdrawn, and one of the future does not count yet.
func TestMeasurements(t *testing.T) {
	l := product(t, backlog.Options{Rules: backlog.Rules{GoalReached: backlog.RuleRefuse}})
	day := func(n int) time.Time { return start.AddDate(0, 0, n) }
	l.do(pm, backlog.PursueGoal{Goal: goalID(1)},
		backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(95)},
		backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(70), At: day(90)})
	require.ErrorContains(t, l.Can(backlog.FulfilGoal{Goal: goalID(1)}, pm, l.At()), "rule goal_reached", "day 90 is not there yet")
	require.ErrorIs(t, l.Can(backlog.WithdrawMeasurement{Goal: goalID(1), At: day(3), Reason: "no"}, pm, l.At()), backlog.ErrNotFound)
	goal, _ := l.Goal(goalID(1))
	require.Equal(t, "5 of 20 (25 %)", goal.AsOf(l.At()).Progress().String())
	require.Equal(t, "30 of 20 (150 %)", goal.AsOf(day(90)).Progress().String())

	l.do(pm, backlog.WithdrawMeasurement{Goal: goalID(1), At: day(90), Reason: "a forecast"},
		backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(80), At: day(0)},
		backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(79), At: day(0)})
	l.do(pm, backlog.WithdrawMeasurement{Goal: goalID(1), At: goal.Measurements[0].At, Reason: "another machine"},
		backlog.FulfilGoal{Goal: goalID(1)},
		backlog.WithdrawMeasurement{Goal: goalID(1), At: day(0), Reason: "the later of the two"})
	goal, _ = l.Goal(goalID(1))
	require.Equal(t, "20 of 20 (100 %)", goal.Progress().String())
	require.ErrorContains(t, l.Can(backlog.WithdrawMeasurement{Goal: goalID(1), At: day(0), Reason: "no"}, pm, l.At()), "rule goal_reached")
}
