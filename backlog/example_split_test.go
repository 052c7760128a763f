package backlog_test

import (
	"fmt"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The product manager wants a simpler version first: what goes now stays in the feature, the rest comes later.
func ExampleSplitFeature() {
	s := newShop(backlog.Options{})
	s.do(s.paula, backlog.SplitFeature{
		Feature: shopCheckout, Later: roadmap.Feature{ID: roadmap.FeatureID{2}, Title: "Pay with what was saved"},
		Stories: []story.ID{shopPay}, Reason: "customers ask for their cards to be kept first",
	})
	for feature := range s.Features() {
		for one := range s.StoriesOf(feature.ID) {
			fmt.Printf("%s: %s\n", feature.Title, one.Title)
		}
	}
	// Output:
	// One-click checkout: Save a card
	// Pay with what was saved: Pay with a saved card
}
