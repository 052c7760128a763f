package exchange

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The classes of what [Read] and [Write] refuse.
var (
	ErrFormat   = errors.New("unknown format") // the file is of no format that is read
	ErrTooLarge = errors.New("too large")      // the file goes beyond a limit of [Options]
	ErrBroken   = errors.New("broken file")    // of a known format, but nothing in it can be used
	ErrInvalid  = errors.New("invalid value")  // an option or a text form that does not exist
)

// Error is what is wrong with a file, and what would have been right. It is one of [ErrFormat], [ErrTooLarge],
// [ErrBroken] and [ErrInvalid].
type Error struct {
	Row     int    // from 1; 0 for what concerns the file as a whole
	Problem string // `more than 16384 columns`
	Want    string // `at most 16384, or Options.MaxColumns raised`
	class   error
}

// Error reads `exchange: row 1: 20000 columns, want at most 16384 (Options.MaxColumns)`.
func (e *Error) Error() string {
	text := "exchange: "
	if e.Row > 0 {
		text += fmt.Sprintf("row %d: ", e.Row)
	}
	text += e.Problem
	if e.Want != "" {
		text += ", want " + e.Want
	}
	return text
}

// Unwrap returns the class of the error.
func (e *Error) Unwrap() error { return e.class }

// quote writes a value for a message, cut between characters if it is too long for one.
func quote(text string) string { return fmt.Sprintf("%q", shorten(text)) }

func shorten(text string) string {
	const shown = 60
	if len(text) <= shown {
		return text
	}
	cut := shown
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}

// counted is a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// quoteList writes up to five values for a message.
func quoteList(values []string) string {
	const most = 5
	var quoted []string
	for _, value := range values[:min(len(values), most)] {
		quoted = append(quoted, quote(value))
	}
	if more := len(values) - most; more > 0 {
		quoted = append(quoted, fmt.Sprintf("%d more", more))
	}
	return strings.Join(quoted, ", ")
}
