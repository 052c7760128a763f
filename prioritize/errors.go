package prioritize

import (
	"errors"
	"fmt"
	"strings"
)

// The classes of error that a caller may want to branch on with [errors.Is].
var (
	// ErrInvalid is the class of every impossible value: see [FieldError].
	ErrInvalid = errors.New("invalid value")
	// ErrDuplicate is the class of a key that an earlier candidate has.
	ErrDuplicate = errors.New("duplicate key")
	// ErrUnknown is the class of a reference to an item that is not there.
	ErrUnknown = errors.New("unknown item")
)

// FieldError is one impossible value: which field, what it holds, and what is allowed.
// It is an [ErrInvalid].
type FieldError struct {
	Field string // the field's name as in JSON: "job_size"
	Value string // what it holds
	Want  string // what would have been right: "> 0"
}

// Error reads `prioritize: job_size is "0", want > 0`.
func (e *FieldError) Error() string {
	return fmt.Sprintf("prioritize: %s is %q, want %s", e.Field, e.Value, e.Want)
}

// Is reports whether target is [ErrInvalid].
func (e *FieldError) Is(target error) bool { return target == ErrInvalid }

// ItemError is an error about one item of the input. It unwraps to what is wrong with it.
type ItemError struct {
	Index int    // position in the input, from 0
	Key   string // the item's key as text; empty where the caller has not given it one
	Err   error
}

// Error reads `prioritize: item 3 ("Dark mode"): effort is "0", want > 0`, with one such line for each
// of the errors joined in Err.
func (e *ItemError) Error() string {
	item := fmt.Sprintf("prioritize: item %d: ", e.Index)
	if e.Key != "" {
		item = fmt.Sprintf("prioritize: item %d (%q): ", e.Index, e.Key)
	}
	lines := strings.Split(e.Err.Error(), "\n")
	for i, line := range lines {
		lines[i] = item + strings.TrimPrefix(line, "prioritize: ")
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns what is wrong with the item.
func (e *ItemError) Unwrap() error { return e.Err }
