package backlog_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The items of the product of the examples, see newShop.
var (
	shopGoal     = roadmap.GoalID{1}
	shopCheckout = roadmap.FeatureID{1}
	shopSave     = story.ID{1} // 3 points, a criterion, a task
	shopPay      = story.ID{2} // 5 points, needs shopSave
	shopInvoice  = story.ID{3} // of no feature, without an estimate
	shopVerified = story.CriterionID{1}
	shopForm     = story.TaskID{1}
	shopSprint   = backlog.SprintID{1}
	shopStart    = time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
)

// shop is a backlog with its events and the people who work on it.
type shop struct {
	*backlog.Backlog
	events            []backlog.Event
	paula, otto, dana backlog.Actor // product manager, product owner, developer
	at                time.Time
}

// newShop returns a shop with a vision, an active goal, a feature and three stories of team blue.
func newShop(options backlog.Options) *shop {
	b, err := backlog.New(options)
	if err != nil {
		panic(err)
	}
	s := &shop{
		Backlog: b, at: shopStart,
		paula: backlog.As("Paula", backlog.ProductManager),
		otto:  backlog.As("Otto", backlog.ProductOwner),
		dana:  backlog.As("Dana", backlog.Developer),
	}
	s.do(
		s.paula,
		backlog.SetVision{Vision: roadmap.Vision{Text: "Nobody waits at the checkout."}},
		backlog.AddGoal{Goal: roadmap.Goal{ID: shopGoal, Title: "Checkout in 30 seconds", Metric: roadmap.Metric{
			Name: "median time", Unit: "s", Baseline: decimal.NewFromInt(60), Target: roadmap.Absolute(decimal.NewFromInt(30)),
		}}},
		backlog.PursueGoal{Goal: shopGoal},
		backlog.AddFeature{Feature: roadmap.Feature{ID: shopCheckout, Title: "One-click checkout", Goal: shopGoal}},
	)
	s.do(
		s.otto,
		backlog.AddStory{Story: story.Story{
			ID: shopSave, Title: "Save a card", Feature: shopCheckout, Team: "blue",
			Narrative: story.Narrative{Role: "customer", Goal: "to save my card", Benefit: "I need not type it again"},
			Criteria:  story.ListOf(story.Criterion{ID: shopVerified, Text: "a card that the bank declines is not saved"}),
		}},
		backlog.AddStory{Story: story.Story{ID: shopPay, Title: "Pay with a saved card", Feature: shopCheckout, Team: "blue"}},
		backlog.AddStory{Story: story.Story{ID: shopInvoice, Title: "Pay by invoice", Team: "blue"}},
		backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(shopPay), Needs: backlog.StoryItem(shopSave), Reason: "there is no card to pay with",
		}},
	)
	s.do(
		s.dana,
		backlog.EstimateStory{Story: shopSave, Estimate: story.Points(3)},
		backlog.EstimateStory{Story: shopPay, Estimate: story.Points(5)},
		backlog.AddTask{Story: shopSave, Task: story.Task{ID: shopForm, Title: "Build the form", Assignee: "Dana"}},
	)
	return s
}

// do makes changes and records their events.
func (s *shop) do(by backlog.Actor, changes ...backlog.Change) {
	for _, change := range changes {
		event, err := s.Execute(change, by, s.at)
		if err != nil {
			panic(err)
		}
		s.events = append(s.events, event)
	}
}

// review brings the first story before its product owner: all criteria are met and all tasks done.
func (s *shop) review() {
	s.do(
		s.dana,
		backlog.FinishTask{Task: shopForm},
		backlog.JudgeCriterion{Story: shopSave, Criterion: shopVerified, Verdict: story.Met},
	)
	s.do(s.otto, backlog.SetStoryStatus{Story: shopSave, To: story.Ready})
	s.do(
		s.dana,
		backlog.SetStoryStatus{Story: shopSave, To: story.InProgress},
		backlog.SetStoryStatus{Story: shopSave, To: story.InReview},
	)
}

// titles returns the titles of items.
func (s *shop) titles(items []backlog.ItemID) []string {
	titles := make([]string, len(items))
	for i, item := range items {
		if feature, ok := s.Feature(item.Feature); ok {
			titles[i] = feature.Title
		}
		if one, ok := s.Story(item.Story); ok {
			titles[i] = one.Title
		}
	}
	return titles
}

// order prints the titles of the stories in their order, one a line.
func (s *shop) order() {
	for one := range s.Stories() {
		fmt.Println(one.Title)
	}
}
