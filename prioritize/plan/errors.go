package plan

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
)

// ErrCycle is the class of [CycleError].
var ErrCycle = errors.New("cycle")

// ErrMusts is the class of requests or items that must be in and can't all be. See [MustsError].
var ErrMusts = errors.New("musts are impossible")

// RequestError is an error about one request of the input. It unwraps to what is wrong with it.
type RequestError struct {
	Index int    // position in the input, from 0
	Key   string // the request's key as text
	Err   error
}

// Error reads `prioritize: request 3 ("Export"): value is "-1", want >= 0`.
func (e *RequestError) Error() string {
	detail := strings.TrimPrefix(e.Err.Error(), "prioritize: ")
	return fmt.Sprintf("prioritize: request %d (%q): %s", e.Index, e.Key, detail)
}

// Unwrap returns what is wrong with the request.
func (e *RequestError) Unwrap() error { return e.Err }

// MustsError is returned when what must be in costs more than the capacity, so that there is no plan. It is an
// [ErrMusts].
type MustsError struct {
	Keys      []string        // of the requests or the items, as text, in the order of the input
	Cost      decimal.Decimal // of all that they need
	Capacity  decimal.Decimal
	Shortfall decimal.Decimal // Cost - Capacity
}

// Error reads `prioritize: musts "a", "b" cost 12, want at most the capacity of 10: 2 short`.
func (e *MustsError) Error() string {
	keys := make([]string, len(e.Keys))
	for i, key := range e.Keys {
		keys[i] = fmt.Sprintf("%q", key)
	}
	return fmt.Sprintf("prioritize: musts %s cost %s, want at most the capacity of %s: %s short",
		strings.Join(keys, ", "), shortText(e.Cost), shortText(e.Capacity), shortText(e.Shortfall))
}

// Is reports whether target is [ErrMusts].
func (e *MustsError) Is(target error) bool { return target == ErrMusts }

// CycleError is a set of prerequisites that no order can respect. It is an [ErrCycle].
type CycleError struct {
	Keys []string // one shortest cycle: each needs the next, the last needs the first
}

// Error reads `prioritize: cycle: "a" needs "b" needs "a"`.
func (e *CycleError) Error() string {
	var b strings.Builder
	b.WriteString("prioritize: cycle: ")
	for _, key := range e.Keys {
		fmt.Fprintf(&b, "%q needs ", key)
	}
	if len(e.Keys) > 0 {
		fmt.Fprintf(&b, "%q", e.Keys[0])
	}
	return b.String()
}

// Is reports whether target is [ErrCycle].
func (e *CycleError) Is(target error) bool { return target == ErrCycle }

// wrong returns nil, or an error about a field if there is something that is wanted of d.
func wrong(field string, d decimal.Decimal, want string) error {
	if want == "" {
		return nil
	}
	return &prioritize.FieldError{Field: field, Value: bounds.Text(d), Want: want}
}
