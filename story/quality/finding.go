package quality

import (
	"fmt"

	"github.com/backlogkit/backlogkit/story/field"
)

// Finding is one flaw.
type Finding struct {
	Story    int            `json:"story"` // index in the set
	Rule     string         `json:"rule"`  // "minimal.brackets"
	Severity field.Severity `json:"severity"`
	Field    string         `json:"field"` // "role", "goal", "benefit", or "text" for the whole
	Start    int            `json:"start"` // bytes of the story's text, half-open
	End      int            `json:"end"`
	Message  string         `json:"message"`          // what is wrong
	Mend     string         `json:"mend"`             // what would be right
	Others   []int          `json:"others,omitempty"` // indexes of further stories that it is about
}

// String is severity, rule and message: "warning minimal.brackets: ...".
func (f Finding) String() string {
	return fmt.Sprintf("%v %s: %s", f.Severity, f.Rule, f.Message)
}
