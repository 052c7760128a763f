package prioritize

import (
	"errors"
	"fmt"
)

// Contest is one comparison of two items, known by their names, and its outcome.
type Contest struct {
	Winner string `json:"winner"`
	Loser  string `json:"loser"`
	Draw   bool   `json:"draw,omitzero"`  // neither won: half a win for both
	Times  int64  `json:"times,omitzero"` // how often it came out like this; 0 counts as once
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (c Contest) Validate() error {
	var problems []*FieldError
	if c.Winner == "" {
		problems = append(problems, &FieldError{Field: "winner", Want: "a name"})
	}
	if c.Loser == "" || c.Loser == c.Winner {
		problems = append(problems, &FieldError{
			Field: "loser", Value: c.Loser, Want: "a name other than the winner's",
		})
	}
	if c.Times < 0 || c.Times > maxMagnitude {
		problems = append(problems, &FieldError{
			Field: "times", Value: fmt.Sprint(c.Times), Want: fmt.Sprintf("from 0 to %d", maxMagnitude),
		})
	}
	return joinFields(problems...)
}

func (c Contest) times() int64 { return max(c.Times, 1) }

func checkContests(contests []Contest) error {
	var errs []error
	for i, c := range contests {
		if err := c.Validate(); err != nil {
			errs = append(errs, contestError(i, err))
		}
	}
	return errors.Join(errs...)
}

func contestError(i int, err error) error { return prefixFields(fmt.Sprintf("contests[%d]", i), err) }

// PairCount returns how many contests it takes for each of n items to meet each other once:
// n (n - 1) / 2, and 0 for n below 2 or above 2^31.
func PairCount(n int) int64 {
	if n < 2 || int64(n) > 1<<31 {
		return 0
	}
	return int64(n) * int64(n-1) / 2
}
