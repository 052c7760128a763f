package backlog_test

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What another tracker holds comes in as it is there; what breaks a rule of practice is a finding.
func ExampleImportItems() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	march := func(day int) time.Time { return time.Date(2025, 3, day, 9, 0, 0, 0, time.UTC) }
	item := func(id byte, key, title string, status story.Status, past story.Past) story.Story {
		return story.Story{
			ID: story.ID{id}, Title: title, Feature: roadmap.FeatureID{1}, Status: status,
			Details: story.ConstOf(story.Details{Key: key, Past: past}),
		}
	}
	change := backlog.ImportItems{
		Source:   "the old tracker",
		Features: []roadmap.Feature{{ID: roadmap.FeatureID{1}, Title: "Paying", Status: roadmap.FeatureOpen, Details: story.ConstOf(story.Details{Key: "SHOP-1"})}},
		Stories: []story.Story{
			item(2, "SHOP-2", "Pay by card", story.Accepted, story.Past{Created: march(1), Started: march(3), Done: march(7)}),
			item(3, "SHOP-3", "Pay by invoice", story.Draft, story.Past{Created: march(2)}),
		},
		Dependencies: []backlog.Dependency{{Item: backlog.StoryItem(story.ID{3}), Needs: backlog.StoryItem(story.ID{2})}},
	}
	breaches, err := b.View().Breaches([]backlog.Change{change}, march(20))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, one := range breaches {
		fmt.Println(one.Rule)
	}
	if _, err := b.Execute(change, backlog.As("Paula", backlog.ProductManager), march(20)); err != nil {
		fmt.Println(err)
		return
	}
	s, _ := b.StoryByKey("SHOP-2")
	f, _ := b.FeatureByKey("SHOP-1")
	acceptance, _ := b.Acceptance(s.ID)
	fmt.Println(f.Title, "-", s.Title, "was accepted on", acceptance.At.Format(time.DateOnly))
	// Output:
	// criteria_present
	// Paying - Pay by card was accepted on 2025-03-07
}
