package story

import (
	"errors"

	"github.com/backlogkit/backlogkit/story/field"
)

// Task is a step of the work on a [Story], in the team's own words. It has no value of its own.
type Task struct {
	ID       TaskID `json:"id"`
	Title    string `json:"title"`
	Assignee string `json:"assignee,omitzero"` // who works on it, as the host names people
	Done     bool   `json:"done,omitzero"`
}

// Validate reports everything that is wrong with t.
func (t Task) Validate() error {
	return errors.Join(
		field.CheckID("story", "id", t.ID),
		field.CheckTitle("story", "title", t.Title),
		field.CheckName("story", "assignee", t.Assignee),
	)
}
