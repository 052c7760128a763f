package field

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"unicode/utf8"
)

// ErrInvalid is the class of every value that no rule allows, see [Error].
var ErrInvalid = errors.New("invalid value")

// Error is one value that no rule allows. It is an [ErrInvalid]. Make one with [New], which keeps
// its texts short.
type Error struct {
	Package string `json:"package"` // the package that found it: "story"
	Field   string `json:"field"`   // the path to the field, as in JSON: "criteria[2].text"
	Value   string `json:"value"`   // what the field holds, shortened if it is long
	Want    string `json:"want"`    // what is allowed: "1 to 500 bytes of text"
}

// The bounds of what an Error quotes, in bytes; a cut is shown by an ellipsis of three more.
const (
	maxPath  = 200
	maxValue = 60
	maxWant  = 500
)

// New returns the Error that the field holds value where want is allowed. Texts beyond 200 bytes of
// path, 60 of value and 500 of want are cut and end in "...".
func New(pkg, path, value, want string) *Error {
	return &Error{shorten(pkg, maxPath), shorten(path, maxPath), shorten(value, maxValue), shorten(want, maxWant)}
}

// Error returns one line: `story: title is "", want 1 to 500 bytes of text on one line`.
func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s is %q, want %s", e.Package, e.Field, e.Value, e.Want)
}

// Is reports whether target is [ErrInvalid].
func (e *Error) Is(target error) bool { return target == ErrInvalid }

// shorten cuts text to at most limit bytes, between two characters.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	cut := limit
	for cut > limit-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}

// maxVisited bounds how many errors [All], [Within] and [Map] look at, wrappers included.
const maxVisited = 1_000_000

// All iterates over every [Error] in err, in the order of the text of err: err itself, and what is
// joined or wrapped in it by [errors.Join], fmt's %w, or an Unwrap method. It looks at the first
// million errors of a tree, whatever its depth. O(errors).
func All(err error) iter.Seq[*Error] {
	return func(yield func(*Error) bool) {
		for leaf := range leaves(err, true) {
			if problem, ok := leaf.(*Error); ok && !yield(problem) { //nolint:errorlint // what it wraps comes by itself
				return
			}
		}
	}
}

// Join returns errs as one error: nil if all of them are nil, an error that is the only one as it is, and
// several joined by [errors.Join]. So the dynamic type of a lone error is its own.
func Join(errs ...error) error {
	var only error
	for _, err := range errs {
		switch {
		case err == nil:
		case only != nil:
			return errors.Join(errs...)
		default:
			only = err
		}
	}
	return only
}

// Within returns err with the path of the value that holds the invalid one: each [Error] in it gets
// the prefix "outer.". Joined errors are joined again, flat. An error that wraps one Error, as fmt's
// %w does, is replaced by that Error; other errors stay as they are.
func Within(outer string, err error) error {
	return Map(err, func(err error) error {
		var inner *Error
		if !errors.As(err, &inner) {
			return err
		}
		return New(inner.Package, outer+"."+inner.Field, inner.Value, inner.Want)
	})
}

// Map returns err with each of the errors joined in it replaced by what replace returns, joined
// again, flat. Use it to make an [Error] of another package's error. O(errors).
func Map(err error, replace func(error) error) error {
	var all []error
	for leaf := range leaves(err, false) {
		all = append(all, replace(leaf))
	}
	return Join(all...)
}

// leaves iterates over the errors joined in err, and over those wrapped one in another if deep is
// set. It keeps a stack of its own: a tree of errors can be as deep as it has errors.
func leaves(err error, deep bool) iter.Seq[error] {
	return func(yield func(error) bool) {
		stack := []error{err}
		for visited := 0; len(stack) > 0 && visited < maxVisited; visited++ {
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			switch inner := top.(type) { //nolint:errorlint // this is what unwraps
			case nil:
			case interface{ Unwrap() []error }:
				first := len(stack)
				stack = append(stack, inner.Unwrap()...)
				slices.Reverse(stack[first:])
			default:
				if wrapper, ok := top.(interface{ Unwrap() error }); ok && deep {
					stack = append(stack, wrapper.Unwrap())
				} else if !yield(top) {
					return
				}
			}
		}
	}
}

// Index returns the path of an item of a list: Index("criteria", 2) is "criteria[2]".
func Index(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
