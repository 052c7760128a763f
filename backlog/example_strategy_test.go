package backlog_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The backbone of the story map is put in order; an activity without stories can go.
func ExampleEditActivity() {
	s := newShop(backlog.Options{})
	pay, look := roadmap.ActivityID{1}, roadmap.ActivityID{2}
	s.do(s.paula,
		backlog.AddActivity{Activity: roadmap.Activity{ID: pay, Title: "Pay"}},
		backlog.AddActivity{Activity: roadmap.Activity{ID: look, Title: "Look around"}},
		backlog.EditActivity{Activity: pay, Steps: backlog.Set(story.ListOf(roadmap.Step{ID: roadmap.StepID{1}, Title: "Choose how"}))},
		backlog.MoveActivity{Activity: look, To: 0})
	for activity := range s.Activities() {
		fmt.Println(activity.Title, activity.Steps.Len())
	}
	s.do(s.paula, backlog.RemoveActivity{Activity: look})
	_, ok := s.Activity(look)
	fmt.Println(ok)
	// Output:
	// Look around 0
	// Pay 1
	// false
}

// A capability goes to another epic, and its features with it.
func ExampleEditEpic() {
	s := newShop(backlog.Options{})
	old, epic, cards := roadmap.EpicID{1}, roadmap.EpicID{2}, roadmap.EpicID{3}
	s.do(s.paula,
		backlog.AddEpic{Epic: roadmap.Epic{ID: old, Title: "Website", Level: roadmap.LevelEpic}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epic, Title: "Payments", Level: roadmap.LevelEpic}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: cards, Title: "Cards", Level: roadmap.LevelCapability, Parent: old}},
		backlog.AssignFeatureEpic{Feature: shopCheckout, Epic: cards},
		backlog.EditEpic{Epic: cards, Parent: &epic},
		backlog.RemoveEpic{Epic: old})
	for one := range s.Epics() {
		parent, _ := s.Epic(one.Parent)
		fmt.Printf("%v %s, of %q\n", one.Level, one.Title, parent.Title)
	}
	for feature := range s.FeaturesOfEpic(epic) {
		fmt.Println(feature.Title)
	}
	// Output:
	// epic Payments, of ""
	// capability Cards, of "Payments"
	// One-click checkout
}

// The strategy changes: one theme gets more, the other is given up.
func ExampleEditTheme() {
	s := newShop(backlog.Options{})
	n := decimal.NewFromInt
	mobile, paper := roadmap.ThemeID{1}, roadmap.ThemeID{2}
	s.do(s.paula,
		backlog.AddTheme{Theme: roadmap.Theme{ID: mobile, Title: "Mobile first", Share: n(50)}},
		backlog.AddTheme{Theme: roadmap.Theme{ID: paper, Title: "Less paper", Share: n(50)}},
		backlog.RemoveTheme{Theme: paper},
		backlog.EditTheme{Theme: mobile, Share: backlog.Set(n(80))})
	for theme := range s.Themes() {
		fmt.Println(theme.Title, theme.Share)
	}
	// Output: Mobile first 80
}

// Who decides, who is asked before and who is told afterwards, for one kind of decision.
func ExampleDefaultResponsibilities() {
	r := backlog.DefaultResponsibilities()
	fmt.Println(r.Responsible[backlog.MaySetGoals], r.Consulted[backlog.MaySetGoals], r.Informed[backlog.MaySetGoals])
	// Output: [product manager] [product owner stakeholder] [developer]
}
