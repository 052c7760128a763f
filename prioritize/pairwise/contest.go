package pairwise

import (
	"fmt"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Contest is one comparison of two items, known by their names, and its outcome.
type Contest struct {
	Winner string `json:"winner"`
	Loser  string `json:"loser"`
	Draw   bool   `json:"draw,omitzero"`  // neither won: half a win for both
	Times  int64  `json:"times,omitzero"` // how often it came out like this; 0 counts as once
}

// Validate returns a [*prioritize.FieldError] for each impossible value, joined, or nil.
func (c Contest) Validate() error { return c.validate("") }

// validate is Validate with a prefix for the names of fields.
func (c Contest) validate(prefix string) error {
	var problems []error
	if c.Winner == "" {
		problems = append(problems, &prioritize.FieldError{Field: prefix + "winner", Want: "a name"})
	}
	if c.Loser == "" || c.Loser == c.Winner {
		problems = append(problems, &prioritize.FieldError{
			Field: prefix + "loser", Value: c.Loser, Want: "a name other than the winner's",
		})
	}
	if c.Times < 0 || c.Times > maxMagnitude {
		problems = append(problems, &prioritize.FieldError{
			Field: prefix + "times", Value: fmt.Sprint(c.Times), Want: fmt.Sprintf("from 0 to %d", maxMagnitude),
		})
	}
	return fault.Join(problems...)
}

func (c Contest) times() int64 { return max(c.Times, 1) }

func checkContests(contests []Contest) error {
	var errs []error
	for i, c := range contests {
		errs = append(errs, c.validate(contest(i)))
	}
	return fault.Join(errs...)
}

// contest returns the prefix of the fields of contest i.
func contest(i int) string { return fmt.Sprintf("contests[%d].", i) }

// PairCount returns how many contests it takes for each of n items to meet each other once:
// n (n - 1) / 2, and 0 for n below 2 or above 2^31.
func PairCount(n int) int64 {
	if n < 2 || int64(n) > 1<<31 {
		return 0
	}
	return int64(n) * int64(n-1) / 2
}
