package backlog_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// twoFeatures is a backlog with two features, "Accounts" and "Checkout", a story of each, and one who may do anything.
func twoFeatures() (*backlog.Backlog, backlog.Actor) {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		panic(err)
	}
	ana := backlog.As("Ana", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	do(b, ana,
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "Accounts"}},
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(2), Title: "Checkout"}},
		backlog.AddStory{Story: story.Story{ID: storyID(1), Title: "Sign in", Feature: featureID(1)}},
		backlog.AddStory{Story: story.Story{ID: storyID(2), Title: "Pay by card", Feature: featureID(2)}},
	)
	return b, ana
}

func do(b *backlog.Backlog, by backlog.Actor, changes ...backlog.Change) {
	for _, change := range changes {
		if _, err := b.Execute(change, by, start); err != nil {
			panic(err)
		}
	}
}

// What a feature needs holds its stories too.
func ExampleView_OpenNeeds_parts() {
	b, ana := twoFeatures()
	do(b, ana, backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.FeatureItem(featureID(2)), Needs: backlog.FeatureItem(featureID(1)),
	}})
	for s := range b.Startable(b.At()) {
		fmt.Println("startable:", s.Title)
	}
	for s, wait := range b.Waiting(b.At()) {
		for _, item := range wait.Items {
			feature, _ := b.Feature(item.Feature)
			fmt.Printf("%s waits for %s\n", s.Title, feature.Title)
		}
	}
	// Output:
	// startable: Sign in
	// Pay by card waits for Accounts
}

// Items that would wait for each other are refused, by what they need and by what they are part of.
func ExampleCycleError_parts() {
	b, ana := twoFeatures()
	do(b, ana, backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID(1)), Needs: backlog.FeatureItem(featureID(2)),
	}})
	_, err := b.Execute(backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID(2)), Needs: backlog.FeatureItem(featureID(1)),
	}}, ana, start)
	var cycle *backlog.CycleError
	if errors.As(err, &cycle) {
		for i, item := range cycle.Items {
			s, isStory := b.Story(item.Story)
			feature, _ := b.Feature(item.Feature)
			if isStory {
				fmt.Println(s.Title, cycle.Links[i])
			} else {
				fmt.Println(feature.Title, cycle.Links[i])
			}
		}
	}
	// Output:
	// Pay by card needs
	// Accounts has_part
	// Sign in needs
	// Checkout has_part
}

// A split passes needs on: whoever waited for the story waits for all of its children.
func ExampleSplitStory_needs() {
	b, ana := twoFeatures()
	do(b, ana,
		backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(2)), Needs: backlog.StoryItem(storyID(1)),
		}},
		backlog.SplitStory{Story: storyID(1), Into: []story.Story{
			{ID: storyID(3), Title: "Sign in with a password"}, {ID: storyID(4), Title: "Sign in with a key"},
		}})
	for _, item := range b.OpenNeeds(backlog.StoryItem(storyID(2))) {
		s, _ := b.Story(item.Story)
		parent, _ := b.Story(s.Parent)
		fmt.Printf("%s, split from %s\n", s.Title, parent.Title)
	}
	// Output:
	// Sign in with a password, split from Sign in
	// Sign in with a key, split from Sign in
}

// What others need is dropped with them, in one batch.
func ExampleDropStory_needed() {
	b, ana := twoFeatures()
	need := backlog.Dependency{Item: backlog.StoryItem(storyID(2)), Needs: backlog.StoryItem(storyID(1))}
	do(b, ana, backlog.AddDependency{Dependency: need})
	drop := backlog.DropStory{Story: storyID(1), Reason: "everybody is signed in"}
	fmt.Println(errors.Is(b.Can(drop, ana, b.At()), backlog.ErrRule))

	events, err := b.Decide([]backlog.Change{backlog.RemoveDependency{Item: need.Item, Needs: need.Needs}, drop},
		ana, start, backlog.DecideOptions{})
	fmt.Println(len(events), err)
	// Output:
	// true
	// 2 <nil>
}

// Stories that are held until an instant, and so long after what they need is accepted.
func ExampleView_WaitOf() {
	b, ana := twoFeatures()
	do(b, ana,
		backlog.ScheduleStory{Story: storyID(1), NotBefore: start.AddDate(0, 0, 7)},
		backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(2)), Needs: backlog.StoryItem(storyID(1)), Lag: backlog.Lag(72 * time.Hour),
			Reason: "the bank takes three days",
		}})
	signIn, pay := backlog.StoryItem(storyID(1)), backlog.StoryItem(storyID(2))
	fmt.Println(b.WaitOf(signIn, start))
	fmt.Println(b.WaitOf(signIn, start.AddDate(0, 0, 7)))
	fmt.Println(len(b.WaitOf(pay, start).Items), "item to finish")
	// Output:
	// waits until 2027-01-11T09:00:00Z
	// waits for nothing
	// 1 item to finish
}
