package prioritize_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

func TestErrorClasses(t *testing.T) {
	field := &prioritize.FieldError{Field: "effort", Value: "0", Want: "> 0"}
	item := &prioritize.ItemError{Index: 3, Key: "Dark mode", Err: errors.Join(field, field)}
	require.ErrorIs(t, item, prioritize.ErrInvalid)
	require.NotErrorIs(t, item, plan.ErrCycle)
	require.EqualError(t, item, `prioritize: item 3 ("Dark mode"): effort is "0", want > 0
prioritize: item 3 ("Dark mode"): effort is "0", want > 0`)
	require.EqualError(t, &prioritize.ItemError{Index: 3, Err: field}, `prioritize: item 3: effort is "0", want > 0`)

	cycle := &plan.CycleError{Keys: []string{"a", "b"}}
	require.ErrorIs(t, cycle, plan.ErrCycle)
	require.EqualError(t, cycle, `prioritize: cycle: "a" needs "b" needs "a"`)
}

// One error holds all that is wrong; errors.As and a loop over Unwrap take it apart.
func ExampleItemError() {
	_, err := prioritize.Rank(prioritize.WSJF{}, []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "login", Input: wsjf("8", "5", "13", "0")},
	})
	var item *prioritize.ItemError
	if errors.As(err, &item) {
		fmt.Println(item.Index, item.Key)
	}
	var field *prioritize.FieldError
	if errors.As(err, &field) {
		fmt.Println(field.Field, field.Value, field.Want)
	}
	// Output:
	// 0 login
	// job_size 0 > 0
}
