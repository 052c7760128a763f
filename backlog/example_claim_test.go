package backlog_test

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// A claim holds until an instant. It can be renewed, and given up.
func ExampleRenewClaim() {
	owner, agent := backlog.As("Otto", backlog.ProductOwner), backlog.As("agent 7", backlog.Developer)
	now := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	b, _ := backlog.New(backlog.Options{Ready: []backlog.Check{}})
	id := story.ID(uuid.New())
	claim := func(at time.Time) string {
		if c, held := b.ClaimOf(id, at); held {
			return c.By + " until " + c.Until.Format(time.TimeOnly)
		}
		return "nobody"
	}
	for _, step := range []struct {
		change backlog.Change
		by     backlog.Actor
	}{
		{backlog.AddStory{Story: story.Story{ID: id, Title: "Pay with a saved card"}}, owner},
		{backlog.ClaimStory{Story: id, Until: now.Add(time.Hour)}, agent},
		{backlog.RenewClaim{Story: id, Until: now.Add(2 * time.Hour)}, agent},
	} {
		if _, err := b.Execute(step.change, step.by, now); err != nil {
			fmt.Println(err)
		}
		fmt.Println(claim(now))
	}
	fmt.Println("three hours later:", claim(now.Add(3*time.Hour)))
	_, err := b.Execute(backlog.ReleaseClaim{Story: id}, agent, now)
	fmt.Println(claim(now), err)
	for c := range b.Claims(now) {
		fmt.Println("still held:", c.Story)
	}
	// Output:
	// nobody
	// agent 7 until 10:00:00
	// agent 7 until 11:00:00
	// three hours later: nobody
	// nobody <nil>
}
