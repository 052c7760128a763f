package story

import (
	"fmt"

	"github.com/backlogkit/backlogkit/story/field"
)

// Status is the state of a story by its name in a [Workflow]. The zero value means unset and is
// invalid to store.
type Status string

// The states of the default workflow, see [DefaultWorkflow].
const (
	Draft      Status = "draft"       // written down, not yet understood
	Ready      Status = "ready"       // meets the definition of ready
	InProgress Status = "in_progress" // the team works on it
	InReview   Status = "in_review"   // done in the team's eyes, waits for the product owner
	Accepted   Status = "accepted"    // the product owner took it
	Dropped    Status = "dropped"     // will not be done; kept for the record
)

// Category is what a state means to planning, whatever its name: custom states map onto it.
type Category uint8

// The categories of states, as Azure Boards names them. The zero value is invalid.
const (
	Proposed  Category = iota + 1 // not started
	Doing                         // started, not completed: text form "in_progress"
	Completed                     // accepted
	Removed                       // dropped; hidden from plans and boards
)

var categoryTexts = [...]string{
	Proposed: "proposed", Doing: "in_progress", Completed: "completed", Removed: "removed",
}

// IsValid reports whether c is one of the four categories.
func (c Category) IsValid() bool { return c >= Proposed && c <= Removed }

// IsOpen reports whether work in this category is still to be done.
func (c Category) IsOpen() bool { return c == Proposed || c == Doing }

// String returns the text form: "proposed", "in_progress", "completed" or "removed".
func (c Category) String() string {
	if !c.IsValid() {
		return fmt.Sprintf("category %d", uint8(c))
	}
	return categoryTexts[c]
}

// MarshalText returns the text form.
func (c Category) MarshalText() ([]byte, error) {
	if !c.IsValid() {
		return nil, categoryError(c.String())
	}
	return []byte(categoryTexts[c]), nil
}

// UnmarshalText reads the text form; c stays as it was on an error.
func (c *Category) UnmarshalText(text []byte) error {
	for i, known := range categoryTexts {
		if i > 0 && string(text) == known {
			*c = Category(i)
			return nil
		}
	}
	return categoryError(string(text))
}

func categoryError(value string) error {
	return field.New("story", "category", value, "proposed, in_progress, completed or removed")
}
