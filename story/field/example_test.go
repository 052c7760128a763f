package field_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Every bad value of a story is one Error, with the path to it.
func ExampleAll() {
	s := story.Story{ID: story.ID{1}, Criteria: story.ListOf(story.Criterion{ID: story.CriterionID{1}})}
	err := s.Validate()
	fmt.Println(errors.Is(err, field.ErrInvalid))
	for problem := range field.All(err) {
		fmt.Println(problem.Field, "wants", problem.Want)
	}
	// Output:
	// true
	// title wants 1 to 500 bytes of text on one line
	// criteria[0].text wants a statement or a scenario
}

// What is wrong, as a web service would answer.
func ExampleError() {
	_, err := story.ParseEstimate("-1")
	var bad *field.Error
	if errors.As(err, &bad) {
		answer, _ := json.Marshal(bad)
		fmt.Println(string(answer))
	}
	// Output:
	// {"package":"story","field":"estimate","value":"-1","want":"0 to 1000000 points with at most 3 decimals"}
}

// The host checks a form of its own with the same vocabulary.
func ExampleWithin() {
	name, goal := "", "Pay at once"
	err := errors.Join(
		field.CheckTitle("host", "name", name),
		field.CheckText("host", "goal", goal),
	)
	fmt.Println(field.Within("form", err))
	// Output:
	// host: form.name is "", want 1 to 500 bytes of text on one line
}

// A value of the host's own that is not allowed.
func ExampleNew() {
	err := field.New("host", "colour", "pink", "red or green")
	fmt.Println(err)
	// Output: host: colour is "pink", want red or green
}

// Each item is validated, each has an id of its own, and there are not too many.
func ExampleCheckList() {
	tasks := story.ListOf(story.Task{ID: story.TaskID{1}, Title: "Draw"}, story.Task{ID: story.TaskID{1}})
	err := field.CheckList("host", "tasks", tasks.All(), 100, func(t story.Task) story.TaskID { return t.ID })
	fmt.Println(err)
	// Output:
	// story: tasks[1].title is "", want 1 to 500 bytes of text on one line
	// host: tasks[1].id is "01000000-0000-0000-0000-000000000000", want an id of its own
}

// The error of another package becomes one of this vocabulary.
func ExampleMap() {
	err := fmt.Errorf("no such currency: %q", "XYZ")
	fmt.Println(field.Map(err, func(error) error { return field.New("host", "price.currency", "XYZ", "EUR or USD") }))
	// Output:
	// host: price.currency is "XYZ", want EUR or USD
}

// A finding has a severity; its text is what a database stores.
func ExampleSeverity() {
	var s field.Severity
	err := s.UnmarshalText([]byte("warning"))
	fmt.Println(s, s >= field.Warning, err)
	err = s.UnmarshalText([]byte("fatal"))
	fmt.Println(s, err)
	// Output:
	// warning true <nil>
	// warning field: severity is "fatal", want one of hint, warning, defect
}

// Level is an enumeration of the host's own.
type Level uint8

const (
	Low Level = iota + 1
	High
)

var levels = field.EnumOf[Level]("host", "Level", "low", "high")

func (l Level) String() string                   { return levels.String(l) }
func (l Level) MarshalText() ([]byte, error)     { return levels.MarshalText(l) }
func (l *Level) UnmarshalText(text []byte) error { return levels.UnmarshalText(l, text) }

func ExampleEnum() {
	text, err := json.Marshal([]Level{Low, High, 0})
	fmt.Println(string(text), err)
	fmt.Println(Level(7))
	// Output:
	// ["low","high",""] <nil>
	// Level(7)
}
