package backlog_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// A worker asks for the next story, holds it for an hour, and names the claim with what it does.
func ExampleView_NextFor() {
	b, ana := twoFeatures()
	agent := backlog.As("agent-7", backlog.Developer)
	do(b, ana,
		backlog.EditStory{Story: storyID(2), Labels: backlog.Set(story.ListOf("skill:go", "web"))},
		backlog.AddTask{Story: storyID(2), Task: story.Task{ID: taskID(1), Title: "Call the bank"}})
	for n := 1; n <= 2; n++ {
		do(b, ana, backlog.ImportItems{Source: "the board", Stories: []story.Story{ready(b, storyID(n))}})
	}

	next, ok := b.NextFor(agent, backlog.NextOptions{Labels: []string{"web"}, Skills: []string{"go", "sql"}}, start)
	fmt.Println(next.Title, ok)
	claim, err := b.Execute(backlog.ClaimStory{Story: next.ID, Until: start.Add(time.Hour)}, agent, start)
	fmt.Println("claimed:", err)

	finish := []backlog.Change{backlog.FinishTask{Task: taskID(1)}}
	_, err = b.Decide(finish, agent, start.Add(30*time.Minute), backlog.DecideOptions{Claim: claim.Seq})
	fmt.Println("after half an hour:", err)
	_, err = b.Decide(finish, agent, start.Add(2*time.Hour), backlog.DecideOptions{Claim: claim.Seq})
	fmt.Println("after two:", errors.Is(err, backlog.ErrClaim))
	// Output:
	// Pay by card true
	// claimed: <nil>
	// after half an hour: <nil>
	// after two: true
}

// ready is a story as it is, but ready.
func ready(b *backlog.Backlog, id story.ID) story.Story {
	s, _ := b.Story(id)
	s.Status = story.Ready
	return s
}
