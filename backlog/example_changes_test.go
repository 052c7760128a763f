package backlog_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// A goal is pursued, measured and fulfilled.
func ExampleMeasureGoal() {
	s := newShop(backlog.Options{})
	s.do(s.paula, backlog.SetStage{Stage: roadmap.Growth}, backlog.MeasureGoal{Goal: shopGoal, Value: decimal.NewFromInt(36)})
	goal, _ := s.Goal(shopGoal)
	fmt.Println(goal.Title, goal.Progress(), goal.Status)

	s.do(s.paula, backlog.EditGoal{Goal: shopGoal, Due: backlog.Set(shopStart.AddDate(0, 3, 0))}, backlog.FulfilGoal{Goal: shopGoal})
	second := roadmap.GoalID{2}
	s.do(
		s.paula,
		backlog.AddGoal{Goal: roadmap.Goal{ID: second, Title: "Sell in Norway"}},
		backlog.PursueGoal{Goal: second},
		backlog.DropGoal{Goal: second, Reason: "no licence"},
	)
	for goal := range s.Goals() {
		fmt.Println(goal.Title, goal.Status)
	}
	// Output:
	// Checkout in 30 seconds 24 of 30 (80 %) active
	// Checkout in 30 seconds fulfilled
	// Sell in Norway dropped
}

// Features are placed in the horizons of a roadmap.
func ExampleAssignFeatureHorizon() {
	s := newShop(backlog.Options{})
	now, later := roadmap.HorizonID{1}, roadmap.HorizonID{2}
	s.do(
		s.paula,
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: now, Name: "soon"}},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: later, Name: "later"}},
		backlog.EditHorizon{Horizon: now, Name: backlog.Set("now")},
		backlog.AssignFeatureHorizon{Feature: shopCheckout, Horizon: now, Reason: "customers leave at the checkout"},
		backlog.RemoveHorizon{Horizon: later},
	)
	for horizon := range s.Horizons() {
		fmt.Println(horizon.Name)
	}
	feature, _ := s.Feature(shopCheckout)
	horizon, _ := s.Horizon(feature.Horizon)
	fmt.Println(feature.Title, "is planned for", horizon.Name)
	// Output:
	// now
	// One-click checkout is planned for now
}

// Features are defined, ordered, sized, judged and accepted.
func ExampleAcceptFeature() {
	s := newShop(backlog.Options{})
	gifts := roadmap.FeatureID{2}
	quick := story.CriterionID{9}
	s.do(
		s.paula,
		backlog.AddFeature{Feature: roadmap.Feature{ID: gifts, Title: "Gifts"}},
		backlog.EditFeature{Feature: gifts, Title: backlog.Set("Gift cards"), Problem: backlog.Set("It is hard to choose for others.")},
		backlog.AssignFeatureGoal{Feature: gifts, Goal: shopGoal},
		backlog.MoveFeature{Feature: gifts, To: 0},
		backlog.AssessFeature{Feature: gifts, Assessment: prioritize.Assessment{
			ValueEffort: &prioritize.ValueEffortInput{Value: decimal.NewFromInt(2), Effort: decimal.NewFromInt(8)},
		}},
		backlog.SetFeatureCriteria{Feature: shopCheckout, Criteria: story.ListOf(story.Criterion{ID: quick, Text: "it takes one click"})},
		backlog.JudgeFeatureCriterion{Feature: shopCheckout, Criterion: quick, Verdict: story.Met},
	)
	for feature := range s.FeaturesOf(shopGoal) {
		fmt.Println(feature.Title)
	}
	worth, _ := s.FeatureAssessment(gifts)
	fmt.Println("value", worth.ValueEffort.Value)
	s.do(s.paula, backlog.DropFeature{Feature: gifts, Reason: "little value for its effort"})

	_, err := s.Execute(backlog.AcceptFeature{Feature: shopCheckout}, s.paula, s.at)
	fmt.Println(err)
	s.review()
	s.do(
		s.otto, backlog.AcceptStory{Story: shopSave},
		backlog.DropStory{Story: shopPay, Reason: "one click is enough"},
	)
	s.do(s.paula, backlog.AcceptFeature{Feature: shopCheckout})
	accepted, _ := s.FeatureAcceptance(shopCheckout)
	fmt.Println("accepted by", accepted.By)
	for feature := range s.Features() {
		fmt.Println(feature.Title, feature.Status)
	}
	// Output:
	// Gift cards
	// One-click checkout
	// value 2
	// backlog: accept_feature by "Paula" refused by the definition of done: the feature is not done; that needs every story accepted or dropped, and one accepted: 0 accepted, 2 open
	// accepted by Paula
	// Gift cards dropped
	// One-click checkout accepted
}

// A feature has a rough size before it has stories, a budget, and costs.
func ExampleRecordCost() {
	s := newShop(backlog.Options{})
	euros := func(n int64) roadmap.Money { return roadmap.Money{Amount: decimal.NewFromInt(n), Currency: "EUR"} }
	s.do(
		s.paula,
		backlog.SetBudget{Feature: shopCheckout, Budget: euros(10_000)},
		backlog.RecordCost{Feature: shopCheckout, Cost: euros(4_000), Note: "January"},
	)
	s.do(s.dana, backlog.SizeFeature{Feature: shopCheckout, Size: story.Points(13)})
	for _, budget := range s.Budgets(shopGoal) {
		fmt.Println(budget.Spent, "of", budget.Planned, "burnt:", budget.Burn())
	}
	progress, _ := s.FeatureProgress(shopCheckout)
	fmt.Println(progress.NotBrokenDown, "points are in no story yet")
	// Output:
	// 4000 EUR of 10000 EUR burnt: 4000 of 10000 (40 %)
	// 5 points are in no story yet
}

// A story is written, worked on, reviewed, sent back or accepted.
func ExampleAcceptStory() {
	s := newShop(backlog.Options{})
	s.do(
		s.otto,
		backlog.EditStory{Story: shopSave, Title: backlog.Set("Save a credit card")},
		backlog.AssignStoryFeature{Story: shopInvoice, Feature: shopCheckout},
		backlog.AssignStoryTeam{Story: shopInvoice, Team: "red"},
		backlog.AssessStory{Story: shopSave, Assessment: prioritize.Assessment{
			MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must},
		}},
	)
	s.review()
	s.do(s.otto, backlog.RejectStory{Story: shopSave, Reason: "expired cards are saved too"})
	saved, _ := s.Story(shopSave)
	fmt.Println(saved.Title, saved.Status)

	s.do(
		s.dana, backlog.SetStoryStatus{Story: shopSave, To: story.InProgress},
		backlog.SetStoryStatus{Story: shopSave, To: story.InReview},
	)
	s.do(s.otto, backlog.AcceptStory{Story: shopSave})
	accepted, _ := s.Acceptance(shopSave)
	fmt.Println("accepted by", accepted.By, "on", accepted.At.Format(time.DateOnly))
	worth, _ := s.Assessment(shopSave)
	fmt.Println(worth.MoSCoW.Category)
	for one := range s.StoriesOf(shopCheckout) {
		fmt.Println(one.Title, one.Status)
	}
	// Output:
	// Save a credit card ready
	// accepted by Otto on 2027-01-11
	// must
	// Save a credit card accepted
	// Pay with a saved card draft
	// Pay by invoice draft
}

// A story that is too large is split. Every criterion goes to a child or is given up with a reason.
func ExampleSplitStory() {
	s := newShop(backlog.Options{})
	into := []story.Story{
		{ID: story.ID{11}, Title: "Save a credit card"},
		{ID: story.ID{12}, Title: "Save a debit card"},
	}
	split := backlog.SplitStory{Story: shopSave, Into: into}
	_, err := s.Execute(split, s.dana, s.at)
	fmt.Println(err)

	split.Without = []backlog.DroppedCriterion{{Criterion: shopVerified, Reason: "the bank answers too late"}}
	s.do(s.dana, split)
	s.order()
	// Output:
	// backlog: into is "a card that the bank declines is not saved", want this criterion in a child, or left out with a reason
	// Save a credit card
	// Save a debit card
	// Pay with a saved card
	// Pay by invoice
	// Save a card
}

// Criteria are added, worded, judged and removed.
func ExampleJudgeCriterion() {
	s := newShop(backlog.Options{})
	expired := story.CriterionID{2}
	s.do(
		s.otto,
		backlog.AddCriterion{Story: shopSave, Criterion: story.Criterion{ID: expired, Text: "an expired card is not saved"}},
		backlog.EditCriterion{Story: shopSave, Criterion: shopVerified, Text: backlog.Set("a declined card is not saved")},
		backlog.RemoveCriterion{Story: shopSave, Criterion: expired},
	)
	s.do(s.dana, backlog.JudgeCriterion{Story: shopSave, Criterion: shopVerified, Verdict: story.Unmet, Note: "seen with a test card"})
	saved, _ := s.Story(shopSave)
	for _, criterion := range saved.Criteria.All() {
		fmt.Printf("%s: %v, %s (%s)\n", criterion.Text, criterion.Verdict, criterion.Note, criterion.By)
	}
	// Output:
	// a declined card is not saved: unmet, seen with a test card (Dana)
}

// The steps of the work on a story are tasks. A trace shows what a task is for.
func ExampleFinishTask() {
	s := newShop(backlog.Options{})
	draft := story.TaskID{2}
	s.do(
		s.dana,
		backlog.AddTask{Story: shopSave, Task: story.Task{ID: draft, Title: "Draw the form"}},
		backlog.RemoveTask{Task: draft},
		backlog.EditTask{Task: shopForm, Title: backlog.Set("Build and test the form")},
		backlog.FinishTask{Task: shopForm},
		backlog.ReopenTask{Task: shopForm},
	)
	trace, _ := s.Trace(shopForm)
	fmt.Println(trace.Task.Title, trace.Task.Done)
	fmt.Println(trace.Story.Title)
	fmt.Println(trace.Feature.Title)
	fmt.Println(trace.Goal.Title)
	fmt.Println(trace.Vision.Text)
	// Output:
	// Build and test the form false
	// Save a card
	// One-click checkout
	// Checkout in 30 seconds
	// Nobody waits at the checkout.
}

// Dependencies make stories wait; relations inform, or exclude.
func ExampleAddDependency() {
	s := newShop(backlog.Options{})
	needs := backlog.Dependency{Item: backlog.StoryItem(shopSave), Needs: backlog.StoryItem(shopPay)}
	_, err := s.Execute(backlog.AddDependency{Dependency: needs}, s.otto, s.at)
	fmt.Println(err)
	s.do(
		s.otto,
		backlog.RemoveDependency{Item: backlog.StoryItem(shopPay), Needs: backlog.StoryItem(shopSave)},
		backlog.AddDependency{Dependency: needs},
		backlog.RelateStories{Relation: backlog.Relation{Story: shopInvoice, How: backlog.Excludes, Other: shopPay}},
	)
	for dependency := range s.Dependencies() {
		fmt.Println(s.titles([]backlog.ItemID{dependency.Item, dependency.Needs}))
	}
	for relation := range s.RelationsOf(shopPay) {
		fmt.Println(relation.How, s.titles([]backlog.ItemID{backlog.StoryItem(relation.Story)}))
	}
	s.do(s.otto, backlog.UnrelateStories{Story: shopInvoice, How: backlog.Excludes, Other: shopPay})
	for range s.Relations() {
		fmt.Println("no relation is left, so this is not printed")
	}
	// Output:
	// backlog: cycle: story "Save a card" needs story "Pay with a saved card", which needs story "Save a card"
	// [Save a card Pay with a saved card]
	// excludes [Pay by invoice]
}

// A feature can wait too, for another or for a story. Its stories wait with it.
func ExampleFeatureItem() {
	s := newShop(backlog.Options{})
	checkout := backlog.FeatureItem(shopCheckout)
	s.do(s.paula, backlog.AddDependency{Dependency: backlog.Dependency{Item: checkout, Needs: backlog.StoryItem(shopInvoice)}})
	fmt.Println("the feature waits for", s.titles(s.OpenNeeds(checkout)))
	fmt.Println("its first story waits for", s.titles(s.OpenNeeds(backlog.StoryItem(shopSave))))
	// Output:
	// the feature waits for [Pay by invoice]
	// its first story waits for [Pay by invoice]
}

// Stories are moved to a place: first, last, next to another, or at an index.
func ExampleMoveStories() {
	s := newShop(backlog.Options{})
	for _, to := range []struct {
		name  string
		place backlog.OrderPlace
	}{
		{"last", backlog.Last()},
		{"first", backlog.First()},
		{"before the invoice", backlog.Before(shopInvoice)},
		{"after the invoice", backlog.After(shopInvoice)},
		{"at 1", backlog.At(1)},
	} {
		s.do(s.otto, backlog.MoveStories{Stories: []story.ID{shopSave}, To: to.place})
		index, _ := s.Index(shopSave)
		fmt.Println(to.name, "is index", index)
	}
	// Output:
	// last is index 2
	// first is index 0
	// before the invoice is index 1
	// after the invoice is index 2
	// at 1 is index 1
}

// A sprint is planned, filled, started, reviewed and closed.
func ExampleCloseSprint() {
	s := newShop(backlog.Options{})
	s.do(
		s.otto,
		backlog.PlanSprint{Sprint: backlog.Sprint{
			ID: shopSprint, Name: "Sprint 1", Goal: "cards are saved", Team: "blue", Capacity: decimal.NewFromInt(8),
			Start: shopStart, End: shopStart.AddDate(0, 0, 14),
		}},
		backlog.CommitStories{Sprint: shopSprint, Stories: []story.ID{shopSave}},
		backlog.WithdrawStories{Sprint: shopSprint, Stories: []story.ID{shopSave}},
		backlog.CommitStories{Sprint: shopSprint, Stories: []story.ID{shopSave}},
		backlog.StartSprint{Sprint: shopSprint},
		backlog.NoteSprint{Sprint: shopSprint, Note: "pairing helped"},
	)
	load, _ := s.SprintLoad(shopSprint)
	fmt.Println(load.Points, "of", load.Capacity, "points, too much:", load.IsOver(), load.People)
	review, _ := s.SprintReview(shopSprint)
	fmt.Println(len(review.Show), "to show;", review.Hide[0].Reason)

	s.review()
	s.do(s.otto, backlog.AcceptStory{Story: shopSave})
	s.at = shopStart.AddDate(0, 0, 14)
	s.do(s.otto, backlog.CloseSprint{Sprint: shopSprint})
	closed, _ := s.Sprint(shopSprint)
	fmt.Println(closed.Name, closed.Status, "velocity", closed.Velocity)

	next := backlog.SprintID{2}
	s.do(
		s.otto, backlog.PlanSprint{Sprint: backlog.Sprint{ID: next, Name: "Sprint 2", Team: "blue"}},
		backlog.CancelSprint{Sprint: next, Reason: "the team is needed elsewhere"},
	)
	for sprint := range s.Sprints() {
		fmt.Println(sprint.Name, sprint.Status)
	}
	// Output:
	// 3 of 8 points, too much: false [{Dana 1 0}]
	// 0 to show; it is draft
	// Sprint 1 closed velocity 3
	// Sprint 1 closed
	// Sprint 2 cancelled
}

// A release has features as its scope. When time is short, some of them leave it.
func ExampleShipRelease() {
	s := newShop(backlog.Options{})
	spring := roadmap.ReleaseID{1}
	s.do(
		s.paula,
		backlog.PlanRelease{Release: roadmap.Release{ID: spring, Name: "1.0"}},
		backlog.EditRelease{Release: spring, Name: backlog.Set("1.1")},
		backlog.AssignFeatureRelease{Feature: shopCheckout, Release: spring},
	)
	readiness, _ := s.ReleaseReadiness(spring)
	fmt.Println("ready:", readiness.IsReady(), "open stories:", len(readiness.Open))
	cuts, fits := s.ReleaseCuts(spring, decimal.NewFromInt(5))
	for _, cut := range cuts {
		feature, _ := s.Feature(cut.Feature)
		fmt.Println(feature.Title, "would leave and win", cut.Points, "points; fits then:", fits)
	}
	_, err := s.Execute(backlog.ShipRelease{Release: spring}, s.paula, s.at)
	fmt.Println(err)
	for release := range s.Releases() {
		fmt.Println(release.Name, release.Status)
	}
	_, ok := s.Release(roadmap.ReleaseID{2})
	fmt.Println(ok)
	// Output:
	// ready: false open stories: 2
	// One-click checkout would leave and win 8 points; fits then: true
	// backlog: ship_release by "Paula" refused by the definition of done: the release is not ready; that needs story "Save a card" accepted or dropped (2 open)
	// backlog: ship_release by "Paula" refused by the rule release_accepted: features of the release are not accepted; that needs feature "One-click checkout" accepted or dropped
	// 1.1 planned
	// false
}

// Teams plan an increment together: who takes on what, and who needs what of whom.
func ExamplePlanIncrement() {
	s := newShop(backlog.Options{Ready: []backlog.Check{}}) // any story is ready
	spring := roadmap.IncrementID{1}
	s.do(
		s.paula,
		backlog.PlanIncrement{Increment: roadmap.Increment{
			ID: spring, Name: "Spring",
			Iterations: []roadmap.Iteration{{Name: "1", From: shopStart, To: shopStart.AddDate(0, 0, 14)}},
		}},
		backlog.EditIncrement{Increment: spring, Name: backlog.Set("Spring 2027")},
		backlog.AssignFeatureIncrement{Feature: shopCheckout, Increment: spring},
	)
	s.do(
		s.otto,
		backlog.PlanSprint{Sprint: backlog.Sprint{
			ID: shopSprint, Name: "Sprint 1", Team: "blue", Capacity: decimal.NewFromInt(2),
			Start: shopStart, End: shopStart.AddDate(0, 0, 14),
		}},
		backlog.CommitStories{Sprint: shopSprint, Stories: []story.ID{shopSave}},
		backlog.AssignStoryTeam{Story: shopPay, Team: "red"},
		backlog.PlanSprint{Sprint: backlog.Sprint{
			ID: backlog.SprintID{2}, Name: "Sprint 1", Team: "red", Capacity: decimal.NewFromInt(8),
			Start: shopStart, End: shopStart.AddDate(0, 0, 14),
		}},
		backlog.CommitStories{Sprint: backlog.SprintID{2}, Stories: []story.ID{shopPay}},
		backlog.AssignStoryFeature{Story: shopInvoice, Feature: shopCheckout},
		backlog.SetObjectives{Increment: spring, Team: "blue", Objectives: []roadmap.IncrementObjective{
			{Title: "cards are saved", Committed: true}, {Title: "a card is changed"},
		}},
		backlog.VoteConfidence{Increment: spring, Votes: []int{4, 3, 5}},
	)
	overview, _ := s.IncrementOverview(spring)
	for _, load := range overview.Loads {
		fmt.Println("team", load.Team, "takes", load.Points, "of", load.Capacity, "points, too much:", load.IsOver())
	}
	for _, need := range overview.Needs {
		fmt.Println(need.Team, "needs", need.Of, "first, too late:", need.IsConflict(), "just in time:", need.IsTight())
	}
	fmt.Println(len(overview.Unplaced), "story is in no sprint and puts", len(overview.GoalsAtRisk), "goal at risk")

	s.do(s.paula, backlog.RateObjective{Increment: spring, Proposed: backlog.Set(10)})
	s.do(backlog.As("Bea", backlog.BusinessOwner), backlog.RateObjective{Increment: spring, Planned: backlog.Set(8)},
		backlog.RateObjective{Increment: spring, Actual: backlog.Set(6)})
	_, ok := s.Increment(spring)
	for increment := range s.Increments() {
		confidence, _ := increment.Confidence()
		fmt.Println(increment.Name, "confident:", confidence.Passes(), "value:", increment.Predictability(), ok)
	}
	// Output:
	// team blue takes 3 of 2 points, too much: true
	// team red takes 5 of 8 points, too much: false
	// red needs blue first, too late: false just in time: true
	// 1 story is in no sprint and puts 1 goal at risk
	// Spring 2027 confident: true value: 6 of 8 (75 %), 1 of 2 objectives rated true
}

// Whoever holds a permission can lend it. Roles can be granted on record.
func ExampleDelegate() {
	s := newShop(backlog.Options{})
	order := backlog.MoveStories{Stories: []story.ID{shopInvoice}, To: backlog.First()}
	fmt.Println(s.Can(order, s.dana, s.At()))

	s.do(s.otto, backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories, Team: "blue"})
	s.do(s.paula, backlog.GrantRole{Person: "Dana", Role: backlog.ScrumMaster, Team: "blue"})
	s.do(s.dana, order)
	fmt.Println(s.events[len(s.events)-1].As)
	for person := range s.People() {
		fmt.Println(person.Name, "holds", person.Roles, "and", len(person.Mandates), "mandate of", person.Mandates[0].By)
	}
	s.do(s.otto, backlog.Undelegate{Person: "Dana", Permission: backlog.MayOrderStories, Team: "blue"})
	s.do(s.paula, backlog.RevokeRole{Person: "Dana", Role: backlog.ScrumMaster, Team: "blue"})
	_, ok := s.Person("Dana")
	fmt.Println("anything on record:", ok)
	// Output:
	// backlog: move_stories by "Dana" refused by the policy: may not order stories; that needs product owner of "blue"
	// product owner
	// Dana holds [scrum master of "blue"] and 1 mandate of Otto
	// anything on record: false
}

// A revert takes an event back, as a change of its own.
func ExampleBacklog_Reverse() {
	s := newShop(backlog.Options{})
	s.do(s.otto, backlog.DropStory{Story: shopInvoice, Reason: "nobody asked for it"})
	dropped := s.events[len(s.events)-1]

	before, err := backlog.ReplayTo(backlog.Options{}, backlog.Recorded(slices.Clone(s.events)), dropped.Seq-1)
	if err != nil {
		panic(err)
	}
	revert, err := before.Reverse(dropped)
	if err != nil {
		panic(err)
	}
	s.do(s.otto, revert)
	invoice, _ := s.Story(shopInvoice)
	fmt.Println(invoice.Title, invoice.Status)
	// Output:
	// Pay by invoice draft
}
