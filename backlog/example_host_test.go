package backlog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/quality"
)

// A host decides, appends to a log of its own, and applies. If the append fails, nothing has happened.
func ExampleBacklog_Decide() {
	s := newShop(backlog.Options{})
	var log []backlog.Event
	changes := []backlog.Change{
		backlog.EstimateStory{Story: shopInvoice, Estimate: story.Points(2)},
		backlog.AddTask{Story: shopInvoice, Task: story.Task{ID: story.TaskID{7}, Title: "Print the invoice"}},
	}
	events, err := s.Decide(changes, s.dana, s.at, backlog.DecideOptions{Note: "refinement"})
	if err != nil {
		panic(err)
	}
	log = append(log, events...) // the host's own log, which may fail here
	if err := s.Apply(log...); err != nil {
		panic(err)
	}
	invoice, _ := s.View().Story(shopInvoice)
	fmt.Println(len(events), "events;", invoice.Estimate, "points")

	changes = []backlog.Change{backlog.FinishTask{Task: story.TaskID{7}}, backlog.AcceptStory{Story: shopInvoice}}
	_, err = s.Decide(changes, s.dana, s.at, backlog.DecideOptions{})
	if batch := new(backlog.BatchError); errors.As(err, &batch) {
		fmt.Println("change", batch.Index, batch.Kind)
	}
	// Output:
	// 2 events; 2 points
	// change 1 accept_story
}

// A caller who states which version it saw is refused if something happened since, and gets what it was.
func ExampleDecideOptions() {
	s := newShop(backlog.Options{})
	seen := s.Seq()
	s.do(s.dana, backlog.EstimateStory{Story: shopInvoice, Estimate: story.Points(8)})

	move := []backlog.Change{backlog.MoveStories{Stories: []story.ID{shopInvoice}, To: backlog.First()}}
	_, err := s.Decide(move, s.otto, s.at, backlog.DecideOptions{Expect: &seen})
	fmt.Println(errors.Is(err, backlog.ErrConflict))
	if conflict := new(backlog.ConflictError); errors.As(err, &conflict) {
		for _, event := range conflict.Since {
			fmt.Println(event.By.Name, event.Change.Kind())
		}
	}
	// Output:
	// true
	// Dana estimate_story
}

// A snapshot shortens a replay: restore it, and apply the events that came after it.
func ExampleRestore() {
	s := newShop(backlog.Options{})
	snapshot, err := s.Snapshot()
	if err != nil {
		panic(err)
	}
	s.do(s.dana, backlog.EstimateStory{Story: shopInvoice, Estimate: story.Points(8)})

	again, err := backlog.Restore(backlog.Options{}, snapshot)
	if err != nil {
		panic(err)
	}
	err = again.Apply(s.events[again.Seq():]...)
	invoice, _ := again.Story(shopInvoice)
	fmt.Println(invoice.Title, invoice.Estimate, err)
	// Output:
	// Pay by invoice 8 <nil>
}

// A log that an older version began is read with an upgrade. Here a change had another kind.
func ExampleDecodeEvent() {
	upgrade := func(_ int, kind string, data []byte) ([]byte, error) {
		if kind == "scrap_story" {
			data = bytes.Replace(data, []byte("scrap_story"), []byte("drop_story"), 1)
		}
		return data, nil
	}
	event, err := backlog.DecodeEvent([]byte(`{
		"version": 1, "seq": 14, "at": "2027-01-11T09:00:00Z", "by": {"name": "Otto"}, "as": "product_owner",
		"kind": "scrap_story", "change": {"story": "03000000-0000-0000-0000-000000000000", "reason": "nobody asked for it"}
	}`), upgrade)
	fmt.Println(event.Change.Kind(), err)
	// Output:
	// drop_story <nil>
}

// A snapshot of an older version is upgraded in the same way.
func ExampleRestore_upgraded() {
	s := newShop(backlog.Options{})
	snapshot, err := s.Snapshot()
	if err != nil {
		panic(err)
	}
	var upgrade backlog.Upgrade = func(version int, kind string, data []byte) ([]byte, error) {
		fmt.Println(kind, version)
		return data, nil
	}
	again, err := backlog.Restore(backlog.Options{Upgrade: upgrade}, snapshot)
	fmt.Println(again.Len(), err)
	// Output:
	// snapshot 1
	// 3 <nil>
}

// Names of people are kept out of a log that is only appended to: an actor's name is an opaque id,
// and the host keeps whose it is where it can delete it. What is in a log already is hidden on reading.
func ExampleUpgrade() {
	s := newShop(backlog.Options{})
	stored, err := json.Marshal(s.events[len(s.events)-1]) // Dana adds a task of her own
	if err != nil {
		panic(err)
	}
	forget := func(_ int, _ string, data []byte) ([]byte, error) {
		return bytes.ReplaceAll(data, []byte(`"Dana"`), []byte(`"person-7"`)), nil
	}
	event, err := backlog.DecodeEvent(stored, forget)
	fmt.Println(event.By.Name, event.Change.(backlog.AddTask).Task.Assignee, err)
	// Output:
	// person-7 person-7 <nil>
}

// Collect before changing what is iterated over.
func ExampleView_Stories() {
	s := newShop(backlog.Options{})
	for _, one := range slices.Collect(s.Stories()) {
		if one.Estimate.IsZero() {
			s.do(s.dana, backlog.EstimateStory{Story: one.ID, Estimate: story.Points(1)})
		}
	}
	for one := range s.Stories() {
		fmt.Println(one.Title, one.Estimate)
	}
	// Output:
	// Save a card 3
	// Pay with a saved card 5
	// Pay by invoice 1
}

// A workflow of a team's own is the default one with other states and transitions.
func ExampleOptions_workflow() {
	workflow := story.DefaultWorkflow()
	workflow.States = append(workflow.States, story.State{Name: "testing", Category: story.Doing})
	workflow.Transitions = append(
		workflow.Transitions,
		story.Transition{From: story.InProgress, To: "testing"}, story.Transition{From: "testing", To: story.InReview},
	)
	s := newShop(backlog.Options{Workflow: workflow})
	s.do(s.otto, backlog.SetStoryStatus{Story: shopSave, To: story.Ready})
	s.do(
		s.dana, backlog.SetStoryStatus{Story: shopSave, To: story.InProgress},
		backlog.SetStoryStatus{Story: shopSave, To: "testing"},
	)
	fmt.Println(s.Workflow().Next("testing"))
	// Output:
	// [in_review]
}

// Definitions of a team's own are checks beside the default ones, or in their place.
func ExampleCheck() {
	named := backlog.Check{Name: "named", Missing: func(checked backlog.CheckedStory) string {
		if strings.Contains(checked.Story.Title, "card") {
			return ""
		}
		return "a title with the word card"
	}}
	s := newShop(backlog.Options{
		Ready: append(backlog.DefaultReady(), named, backlog.TestableCheck(quality.WordsOf(story.English))),
		Done:  append(backlog.DefaultDone(), backlog.SmallCheck(decimal.NewFromInt(2))),
	})
	ready, _ := s.Readiness(shopInvoice)
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
	// estimate: an estimate by the team
	// named: a title with the word card
	// testable: a criterion with When and Then, or with an outcome that can be seen or measured
	// tasks: task "Build the form" finished (1 open)
	// small: at most 2 points, or a split; it has 3
}

// Each rule of practice refuses a breach, records it as a finding of the event, or is off.
func ExampleRules() {
	waiting := backlog.SetStoryStatus{Story: shopPay, To: story.InProgress}
	fmt.Println(backlog.Rules{}.Others(backlog.RuleRecord).Mode(backlog.RuleReason), "every breach")
	for _, mode := range []backlog.RuleMode{backlog.RuleRefuse, backlog.RuleRecord, backlog.RuleOff} {
		rules := backlog.Rules{StartWaiting: mode}
		s := newShop(backlog.Options{Rules: rules, Ready: []backlog.Check{}})
		s.do(s.otto, backlog.SetStoryStatus{Story: shopPay, To: story.Ready})
		event, err := s.Execute(waiting, s.dana, s.at)
		fmt.Println(rules.Mode(backlog.RuleStartWaiting), len(event.Findings), errors.Is(err, backlog.ErrRule))
	}
	// Output:
	// record every breach
	// refuse 0 true
	// record 1 false
	// off 0 false
}

// The table of authority for a product without a product manager.
func ExampleScrumAuthority() {
	authority := backlog.ScrumAuthority()
	authority[backlog.MayShipReleases] = []backlog.Role{"operator"} // a role of the host's
	b, err := backlog.New(backlog.Options{Policy: authority.Policy()})
	if err != nil {
		panic(err)
	}
	vision := backlog.SetVision{Vision: roadmap.Vision{Text: "Nobody waits at the checkout."}}
	fmt.Println(b.Can(vision, backlog.As("Otto", backlog.ProductOwner), b.At()))
	fmt.Println(b.Can(backlog.ShipRelease{}, backlog.As("Otto", backlog.ProductOwner), b.At()))
	// Output:
	// <nil>
	// backlog: ship_release by "Otto" refused by the policy: may not release; that needs operator
}

// A policy takes the time from the request: here nothing is released on a Friday.
func ExamplePolicyRequest() {
	standard := backlog.DefaultAuthority().Policy()
	policy := func(request backlog.PolicyRequest) (backlog.Role, error) {
		if request.Permission == backlog.MayShipReleases && request.At.Weekday() == time.Friday {
			return "", request.Refuse("nothing is released on a Friday")
		}
		return standard(request)
	}
	b, err := backlog.New(backlog.Options{Policy: policy})
	if err != nil {
		panic(err)
	}
	ship, paula := backlog.ShipRelease{Release: roadmap.ReleaseID{1}}, backlog.As("Paula", backlog.ProductManager)
	friday := time.Date(2027, 1, 15, 16, 0, 0, 0, time.UTC)
	fmt.Println(b.Can(ship, paula, friday))
	fmt.Println(b.Can(ship, paula, friday.AddDate(0, 0, 3)))
	// Output:
	// backlog: ship_release by "Paula" refused by the policy: nothing is released on a Friday
	// backlog: no release "01000000-0000-0000-0000-000000000000"
}

// A policy has a unit test: PolicyRequest makes what it would be asked.
func ExampleView_PolicyRequest() {
	// Nobody accepts a large story but the product manager.
	policy := func(request backlog.PolicyRequest) (backlog.Role, error) {
		accept, ok := request.Change.(backlog.AcceptStory)
		if !ok {
			return backlog.DefaultAuthority().Policy()(request)
		}
		accepted, _ := request.Story(accept.Story)
		feature, _ := request.Feature(accepted.Feature)
		points, _ := accepted.Estimate.Points()
		if points.Cmp(decimal.NewFromInt(5)) < 0 || request.Actor.Holds(backlog.ProductManager, request.Teams) {
			return backlog.ProductOwner, nil
		}
		return "", request.Refuse("it is a large story of "+feature.Title, backlog.ProductManager)
	}
	s := newShop(backlog.Options{})
	for _, id := range []story.ID{shopSave, shopPay} {
		role, err := policy(s.PolicyRequest(backlog.AcceptStory{Story: id}, s.otto, s.at))
		fmt.Println(role, err)
	}
	// Output:
	// product owner <nil>
	//  backlog: accept_story by "Otto" refused by the policy: it is a large story of One-click checkout; that needs product manager of "blue"
}
