package backlog_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// What waits for something cannot be started. Finishing or dropping what it waits for frees it.
func ExampleView_Startable() {
	s := newShop(backlog.Options{})
	for one := range s.Startable(s.At()) {
		fmt.Println("can be started:", one.Title)
	}
	for one, wait := range s.Waiting(s.At()) {
		fmt.Println(one.Title, "waits for", s.titles(wait.Items))
	}
	// Output:
	// can be started: Save a card
	// can be started: Pay by invoice
	// Pay with a saved card waits for [Save a card]
}

// What an item needs, what waits for it, and what finishing it would free.
func ExampleView_OpenNeeds() {
	s := newShop(backlog.Options{})
	save, pay := backlog.StoryItem(shopSave), backlog.StoryItem(shopPay)
	fmt.Println("needs", s.titles(s.OpenNeeds(pay)))
	for dependency := range s.Needs(pay) {
		fmt.Println("because", dependency.Reason)
	}
	fmt.Println("frees", s.titles(s.Frees(save, s.At())))
	fmt.Println("brings nearer:", s.Unblocks(save), "items")
	// Output:
	// needs [Save a card]
	// because there is no card to pay with
	// frees [Pay with a saved card]
	// brings nearer: 2 items
}

// The longest chain of items that wait for each other bounds the time from below.
func ExampleView_CriticalPath() {
	s := newShop(backlog.Options{})
	path := s.CriticalPath()
	fmt.Println(path.Points, "points:", s.titles(path.Items), path.Unestimated, "without an estimate")
	slack, _ := path.Slack(backlog.StoryItem(shopInvoice))
	fmt.Println("slack of the invoice:", slack)
	// Output:
	// 8 points: [Save a card Pay with a saved card One-click checkout] 1 without an estimate
	// slack of the invoice: 8
}

// An order in which everything comes after what it needs, with the fewest moves.
func ExampleView_Untangle() {
	s := newShop(backlog.Options{})
	s.do(s.otto, backlog.MoveStories{Stories: []story.ID{shopSave}, To: backlog.Last()})
	order, moved := s.Untangle()
	for _, move := range moved {
		fmt.Println(s.titles([]backlog.ItemID{backlog.StoryItem(move.Story)}), move.From, "to", move.To)
	}
	s.do(s.otto, backlog.OrderStories{Stories: order, Method: "dependencies first"})
	s.order()
	// Output:
	// [Save a card] 2 to 0
	// Save a card
	// Pay with a saved card
	// Pay by invoice
}

// What a story lacks by the definitions of ready and of done.
func ExampleView_Readiness() {
	s := newShop(backlog.Options{})
	ready, _ := s.Readiness(shopPay)
	done, _ := s.Doneness(shopSave)
	for _, result := range append(ready, done...) {
		if !result.IsMet() {
			fmt.Printf("%s: %s\n", result.Name, result.Missing)
		}
	}
	// Output:
	// narrative: a narrative: who wants what
	// value: a benefit: so that ...
	// criteria: at least one acceptance criterion
	// independent: story "Save a card" finished, or planned for the same sprint or an earlier one (1 to wait for)
	// tasks: task "Build the form" finished (1 open)
}

// Who may make a change, and why not.
func ExampleView_Can() {
	s := newShop(backlog.Options{})
	fmt.Println(s.Can(backlog.AcceptStory{Story: shopSave}, s.dana, s.At()))
	fmt.Println(s.Can(backlog.AcceptStory{Story: shopSave}, s.otto, s.At()))
	// Output:
	// backlog: accept_story by "Dana" refused by the policy: may not accept or reject a story; that needs product owner of "blue"
	// backlog: accept_story by "Otto" refused by the workflow: no move from draft to accepted; from here there is a move to ready or drop_story
}

// What somebody could do to an item now, for a user interface to offer.
func ExampleView_Allowed() {
	s := newShop(backlog.Options{})
	for _, change := range s.Allowed(backlog.StoryItem(shopSave), s.dana, s.At()) {
		fmt.Println(change.Kind())
	}
	// Output:
	// assign_story_assignee
	// split_story
	// estimate_story
	// set_story_status
	// claim_story
	// judge_criterion
	// add_task
	// edit_task
	// finish_task
	// remove_task
	// ask_question
	// raise_impediment
}

// The progress of a feature, of a goal and of the product.
func ExampleView_FeatureProgress() {
	s := newShop(backlog.Options{})
	s.review()
	s.do(s.otto, backlog.AcceptStory{Story: shopSave})
	feature, _ := s.FeatureProgress(shopCheckout)
	goal, _ := s.GoalProgress(shopGoal)
	total := s.TotalProgress()
	fmt.Println("feature:", feature.Stories, "stories,", feature.Points, "points")
	fmt.Println("goal:", goal.Stories, "stories")
	fmt.Println("product:", total.Stories, "stories,", total.Unestimated, "without an estimate")
	// Output:
	// feature: 1 of 2 (50 %) stories, 3 of 8 (38 %) points
	// goal: 1 of 2 (50 %) stories
	// product: 1 of 3 (33 %) stories, 1 without an estimate
}

// What fits the next sprint: from the top of the backlog, or what is worth most.
func ExampleView_SprintFill() {
	s := newShop(backlog.Options{Ready: []backlog.Check{}}) // any story is ready
	s.do(s.dana, backlog.EstimateStory{Story: shopInvoice, Estimate: story.Points(6)})
	fill := s.SprintFill("blue", decimal.NewFromInt(7), s.At())
	fmt.Println(fill.Points, "points")
	for _, skipped := range fill.Skipped {
		fmt.Println("skipped:", skipped.Reason)
	}
	best, err := s.BestSprintFill("blue", decimal.NewFromInt(8), func(one story.Story) decimal.Decimal {
		return decimal.NewFromInt(int64(len(one.Title))) // a value of the host's
	}, s.At())
	fmt.Println(best.Points, "points", err)
	// Output:
	// 3 points
	// skipped: too large: 5 points, 4 are left
	// skipped: too large: 6 points, 4 are left
	// 6 points <nil>
}

// Limits of the work in progress, and how far they are used up.
func ExampleView_WorkInProgress() {
	s := newShop(backlog.Options{Limits: []backlog.Limit{{State: story.InReview, Team: "blue", Most: 0}}})
	s.review()
	for _, work := range s.WorkInProgress() {
		fmt.Println(work.State, work.Count, "of", work.Most, "too much:", work.IsOver())
	}
	// Output:
	// in_review 1 of 0 too much: true
}

// Flaws in how the product is broken down. Nothing is refused for them.
func ExampleView_Findings() {
	s := newShop(backlog.Options{})
	for _, finding := range s.Findings() {
		fmt.Println(finding.Message)
	}
	// Output:
	// story "Pay with a saved card" has no acceptance criteria
	// story "Pay by invoice" is part of no feature
	// story "Pay by invoice" has no acceptance criteria
}

// Lookups by id and by place.
func ExampleView_Story() {
	s := newShop(backlog.Options{})
	pay, _ := s.Story(shopPay)
	first, _ := s.StoryAt(0)
	trace, _ := s.TraceStory(shopPay)
	vision, _ := s.Vision()
	stage, isSet := s.Stage()
	workflow := s.Workflow()
	fmt.Println(pay.Title, "comes after", first.Title, "of", s.Len())
	fmt.Println("for", trace.Goal.Title, "and", vision.Text)
	fmt.Println("stage:", stage, isSet)
	fmt.Println("from", pay.Status, "to", workflow.Next(pay.Status))
	// Output:
	// Pay with a saved card comes after Save a card of 3
	// for Checkout in 30 seconds and Nobody waits at the checkout.
	// stage:  false
	// from draft to [ready dropped]
}

// The stories in a state, of a team, and the sprint that a story is in.
func ExampleView_StoriesIn() {
	s := newShop(backlog.Options{})
	s.do(s.otto, backlog.SetStoryStatus{Story: shopSave, To: story.Ready})
	for one := range s.StoriesIn(story.Ready) {
		_, ok := s.SprintOf(one.ID)
		fmt.Println(one.Title, "is in a sprint:", ok)
	}
	for one := range s.StoriesOfTeam("blue") {
		fmt.Println(one.Title, one.Status)
	}
	// Output:
	// Save a card is in a sprint: false
	// Save a card ready
	// Pay with a saved card draft
	// Pay by invoice draft
}

// The version of a backlog and its last instant. A host uses the later of its clock and that instant.
func ExampleView_At() {
	s := newShop(backlog.Options{})
	clock := s.At().Add(-time.Second) // of a server that is late
	at := s.At()
	if clock.After(at) {
		at = clock
	}
	event, err := s.Execute(backlog.DropStory{Story: shopInvoice, Reason: "nobody asked for it"}, s.otto, at)
	fmt.Println(event.Seq == s.Seq(), event.At.Equal(s.At()), err)
	// Output:
	// true true <nil>
}
