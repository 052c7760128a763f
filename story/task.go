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
	var errs []error
	if t.ID.IsZero() {
		errs = append(errs, missingID("id"))
	}
	errs = append(errs, CheckTitle("story", "title", t.Title))
	if t.Assignee != "" {
		errs = append(errs, CheckTitle("story", "assignee", t.Assignee))
	}
	return errors.Join(errs...)
}

// missingID is the error of an entity without an identity.
func missingID(field string) error {
	return &FieldError{"story", field, "", "a UUID made by the caller"}
}
