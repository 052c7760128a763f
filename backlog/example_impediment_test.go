package backlog_test

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What holds a story up and is no item of the backlog is an impediment: while it is open, nobody begins the story.
func ExampleRaiseImpediment() {
	s := newShop(backlog.Options{})
	lawyers := roadmap.ImpedimentID{1}
	s.do(s.dana, backlog.RaiseImpediment{Impediment: roadmap.Impediment{
		ID: lawyers, Title: "The lawyers have to agree", About: story.ListOf(roadmap.AboutStory(shopInvoice)),
	}})
	s.do(s.otto, backlog.EditImpediment{Impediment: lawyers, Owner: backlog.Set("Otto")})
	for one, wait := range s.Waiting(s.at) {
		for _, id := range wait.Impediments {
			impediment, _ := s.Impediment(id)
			fmt.Printf("%s waits: %s (%s sees to it)\n", one.Title, impediment.Title, impediment.Owner)
		}
	}
	s.at = s.at.Add(48 * time.Hour)
	s.do(s.otto, backlog.ResolveImpediment{Impediment: lawyers, Resolution: "They agreed to invoices of up to 100 EUR."})
	for _, impediment := range s.ImpedimentsOf(backlog.StoryItem(shopInvoice)) {
		fmt.Println(impediment.IsOpen(), impediment.Lasted(s.at), impediment.Resolution.Text)
	}
	// Output:
	// Pay by invoice waits: The lawyers have to agree (Otto sees to it)
	// false 48h0m0s They agreed to invoices of up to 100 EUR.
}

// Impediments are listed until somebody sees to them.
func ExampleView_Impediments() {
	s := newShop(backlog.Options{})
	s.do(s.dana, backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: roadmap.ImpedimentID{1}, Title: "No test server"}})
	for impediment := range s.Impediments() {
		fmt.Println(impediment.Title, "since", impediment.At.Format(time.DateOnly))
	}
	// Output: No test server since 2027-01-11
}
