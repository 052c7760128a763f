package story_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// What a tracker records beside what the rules of a backlog go by.
func ExampleDetails() {
	details := story.Details{
		Key:    "SHOP-12",
		Kind:   story.UserStory,
		Labels: story.ListOf("checkout"),
		Data:   story.ListOf(story.DataValue{Name: "Severity", Type: "number", Value: "2"}),
		Past:   story.Past{Created: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)},
	}
	s := story.Story{Title: "Pay by card", Details: story.ConstOf(details)}
	fmt.Println(s.Key(), details.Validate())
	for _, value := range s.Details.Value().Data.All() {
		fmt.Println(value.Name, value.Value)
	}
	fmt.Println(s.Details.Value().Past.Created.Year())
	// Output:
	// SHOP-12 <nil>
	// Severity 2
	// 2026
}

// Nobody who holds a Const can change it: Value is a copy.
func ExampleConst() {
	c := story.ConstOf(story.Past{Created: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)})
	past := c.Value()
	past.Created = past.Created.AddDate(1, 0, 0)
	fmt.Println(c.Value().Created.Year(), c.EqualFunc(story.ConstOf(past), story.Past.Equal))
	// Output: 2026 false
}

func ExampleList_EqualFunc() {
	fmt.Println(story.ListOf("UI", "api").EqualFunc(story.ListOf("ui", "API"), strings.EqualFold))
	// Output: true
}
