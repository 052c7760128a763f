package backlog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// A first program: a story comes into a backlog, somebody who may not accepts it and is refused, and
// the events alone give the backlog back.
func Example() {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		panic(err)
	}
	owner := backlog.As("Otto", backlog.ProductOwner)
	dana := backlog.As("Dana", backlog.Developer)
	at := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)

	pay := story.Story{ID: story.ID(uuid.New()), Title: "Pay with a saved card"}
	added, err := b.Execute(backlog.AddStory{Story: pay}, owner, at)
	fmt.Println(added.Change.Kind(), "by", added.By.Name, "as", added.As, err)

	_, err = b.Execute(backlog.AcceptStory{Story: pay.ID}, dana, at)
	fmt.Println(err)

	again, err := backlog.Replay(backlog.Options{}, backlog.Recorded([]backlog.Event{added}))
	fmt.Println(again.Len(), err)
	// Output:
	// add_story by Otto as product owner <nil>
	// backlog: accept_story by "Dana" refused by the policy: may not accept or reject a story; that needs product owner
	// 1 <nil>
}

// A ranking is one thing, applying it is another: OrderStories makes it the order of the backlog.
func ExampleOrderStories() {
	b, otto, at := exampleBacklog("Dark mode", "Faster onboarding")
	known := map[string]prioritize.RICEInput{
		"Faster onboarding": {
			Reach: decimal.NewFromInt(5000), Impact: decimal.NewFromInt(2),
			Confidence: decimal.NewNullDecimal(decimal.RequireFromString("0.8")), Effort: decimal.NewFromInt(2),
		},
		"Dark mode": {
			Reach: decimal.NewFromInt(8000), Impact: decimal.RequireFromString("0.5"),
			Confidence: decimal.NewNullDecimal(decimal.NewFromInt(1)), Effort: decimal.NewFromInt(3),
		},
	}
	var candidates []prioritize.Candidate[story.ID, prioritize.RICEInput]
	for s := range b.Stories() {
		candidates = append(candidates, prioritize.Candidate[story.ID, prioritize.RICEInput]{Key: s.ID, Input: known[s.Title]})
	}
	ranking, err := prioritize.Rank(prioritize.RICE{}, candidates)
	if err != nil {
		panic(err)
	}
	if _, err := b.Execute(backlog.OrderStories{Stories: ranking.Keys(), Method: "RICE"}, otto, at); err != nil {
		panic(err)
	}
	for s := range b.Stories() {
		fmt.Printf("%s: %s\n", s.Title, ranking.Sentence(s.ID, 0))
	}
	// Output:
	// Faster onboarding: 5000 × 2 × 0.8 / 2 = 4000
	// Dark mode: 8000 × 0.5 × 1 / 3 ≈ 1333
}

// Events are what a host stores; their JSON is stable.
func ExampleReplay() {
	paula := backlog.As("Paula", backlog.ProductManager)
	at := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		panic(err)
	}
	event, err := b.Execute(backlog.SetVision{Vision: roadmap.Vision{Text: "Everybody sees what they spend."}}, paula, at)
	if err != nil {
		panic(err)
	}
	stored, err := json.Marshal(event)
	fmt.Println(string(stored), err)

	var read backlog.Event
	if err := json.Unmarshal(stored, &read); err != nil {
		panic(err)
	}
	again, err := backlog.Replay(backlog.Options{}, backlog.Recorded([]backlog.Event{read}))
	vision, _ := again.Vision()
	fmt.Println(vision.Text, err)
	// Output:
	// {"version":1,"seq":1,"at":"2027-01-11T09:00:00Z","by":{"name":"Paula","roles":[{"role":"product_manager"}]},"as":"product_manager","kind":"set_vision","change":{"vision":{"text":"Everybody sees what they spend."}}} <nil>
	// Everybody sees what they spend. <nil>
}

// A policy is one func. This one lets the developers of a team order its stories.
func ExamplePolicy() {
	standard := backlog.DefaultAuthority().Policy()
	policy := func(request backlog.PolicyRequest) (backlog.Role, error) {
		if request.Permission == backlog.MayOrderStories && request.Actor.Holds(backlog.Developer, request.Teams) {
			return backlog.Developer, nil
		}
		return standard(request)
	}
	b, err := backlog.New(backlog.Options{Policy: policy})
	if err != nil {
		panic(err)
	}
	at := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	s := story.Story{ID: story.ID(uuid.New()), Title: "Pay with a saved card", Team: "wallet"}
	if _, err := b.Execute(backlog.AddStory{Story: s}, backlog.As("Otto", backlog.ProductOwner), at); err != nil {
		panic(err)
	}
	move := backlog.MoveStories{Stories: []story.ID{s.ID}, To: backlog.First()}
	fmt.Println(b.Can(move, backlog.As("Dana").WithRole(backlog.Developer, "wallet"), b.At()))
	err = b.Can(move, backlog.As("Dirk").WithRole(backlog.Developer, "ledger"), b.At())
	fmt.Println(errors.Is(err, backlog.ErrNotAllowed))
	// Output:
	// <nil>
	// true
}

// exampleBacklog has stories with these titles, in this order.
func exampleBacklog(titles ...string) (*backlog.Backlog, backlog.Actor, time.Time) {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		panic(err)
	}
	otto := backlog.As("Otto", backlog.ProductOwner)
	at := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	for _, title := range titles {
		if _, err := b.Execute(backlog.AddStory{Story: story.Story{ID: story.ID(uuid.New()), Title: title}}, otto, at); err != nil {
			panic(err)
		}
	}
	return b, otto, at
}

func ExampleTransitions() {
	b, otto, at := exampleBacklog()
	var events []backlog.Event
	for _, change := range []backlog.Change{
		backlog.AddStory{Story: story.Story{ID: story.ID{1}, Title: "Pay by invoice"}},
		backlog.DropStory{Story: story.ID{1}, Reason: "nobody asked for it"},
	} {
		event, err := b.Execute(change, otto, at)
		if err != nil {
			panic(err)
		}
		events = append(events, event)
	}
	for move, err := range backlog.Transitions(backlog.Options{}, backlog.Recorded(events)) {
		fmt.Printf("%q -> %q %v\n", move.From, move.To, err)
	}
	// Output:
	// "" -> "draft" <nil>
	// "draft" -> "dropped" <nil>
}

// An actor is made of a name and roles, for all teams or for one.
func ExampleActor_Roles() {
	dana := backlog.As("Dana", backlog.ScrumMaster).WithRole(backlog.Developer, "wallet")
	for grant := range dana.Roles() {
		fmt.Println(grant)
	}
	// Output:
	// scrum master
	// developer of "wallet"
}
