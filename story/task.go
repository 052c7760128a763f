package story

import "errors"

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
		checkID("id", t.ID.IsZero()),
		CheckTitle("story", "title", t.Title),
		checkName("assignee", t.Assignee),
	)
}

// checkID wants an identity.
func checkID(field string, isZero bool) error {
	if !isZero {
		return nil
	}
	return &FieldError{"story", field, "", "a UUID made by the caller"}
}
