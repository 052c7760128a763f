package backlog_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// What was recorded too early or wrongly is corrected by changes, which stay on record with their reasons.
func ExampleReopenFeature() {
	s := newShop(backlog.Options{})
	gifts := roadmap.FeatureID{2}
	s.do(
		s.paula,
		backlog.AddFeature{Feature: roadmap.Feature{ID: gifts, Title: "Gift cards"}},
		backlog.DropFeature{Feature: gifts, Reason: "nobody asks for them"},
		backlog.ReopenFeature{Feature: gifts, Reason: "everybody asks for them before Christmas"},
		backlog.OrderFeatures{Features: []roadmap.FeatureID{gifts, shopCheckout}, Method: "WSJF", Scores: []string{"9", "4"}},
		backlog.MeasureGoal{Goal: shopGoal, Value: decimal.NewFromInt(12)},
		backlog.WithdrawMeasurement{Goal: shopGoal, At: s.at, Reason: "it is the time of the test server"},
	)
	s.do(
		s.otto,
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: shopSprint, Name: "Sprint 1", Team: "blue"}},
		backlog.EditSprint{Sprint: shopSprint, Goal: backlog.Set("A card can be saved"), Capacity: backlog.Set(decimal.NewFromInt(8))},
	)
	for feature := range s.Features() {
		fmt.Println(feature.Title, feature.Status)
	}
	goal, _ := s.Goal(shopGoal)
	fmt.Println(goal.Progress())
	sprint, _ := s.Sprint(shopSprint)
	fmt.Println(sprint.Name, sprint.Capacity, sprint.Goal)
	// Output:
	// Gift cards open
	// One-click checkout open
	// 0 of 30 (0 %)
	// Sprint 1 8 A card can be saved
}
