package command

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// CycleText reads `cycle: "a" needs "b" needs "a"`. A long cycle is cut in the middle.
func CycleText(e *plan.CycleError) string {
	const most = 20
	keys := e.Keys
	words := make([]string, 0, most+2)
	for _, key := range keys[:min(len(keys), most)] {
		words = append(words, Quote(key))
	}
	if len(keys) > most {
		words = append(words, "...")
	}
	if len(keys) > 0 {
		words = append(words, Quote(keys[0]))
	}
	return "cycle: " + strings.Join(words, " needs ")
}

// Problems takes errors that were joined apart, however they were nested.
func Problems(err error) []error {
	var all []error
	for todo := []error{err}; len(todo) > 0; {
		next := todo[0]
		todo = todo[1:]
		if joined, ok := next.(interface{ Unwrap() []error }); ok {
			todo = slices.Concat(joined.Unwrap(), todo)
		} else if next != nil {
			all = append(all, next)
		}
	}
	return all
}
