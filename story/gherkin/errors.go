package gherkin

import (
	"errors"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// ErrSyntax is the class of every error about a text.
var ErrSyntax = errors.New("gherkin: syntax error")

// maxErrors bounds how many errors are listed for one text; the last one listed counts the
// others.
const maxErrors = 1000

// SyntaxError is one thing that is wrong with a text.
// At the end of the text Line is one past the last line and Column is 0.
type SyntaxError struct {
	Position
	Message  string     `json:"message"`           // what was expected, and what was found
	Expected []LineKind `json:"expected,omitzero"` // kinds of lines that could stand here
}

// Error returns the message after the position: "gherkin: 2:1: expected ...".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("gherkin: %d:%d: %s", e.Line, e.Column, e.Message)
}

// Is reports whether target is [ErrSyntax].
func (e *SyntaxError) Is(target error) bool { return target == ErrSyntax }

// SyntaxErrors is everything that is wrong with a text, in the order of the lines, at most one
// error a line. Of more than 1000 errors the last one listed counts those left out. The parse
// funcs return it: take it with [errors.As].
type SyntaxErrors []*SyntaxError

// Error lists the errors, one a line.
func (e SyntaxErrors) Error() string {
	lines := make([]string, len(e))
	for i := range e {
		lines[i] = e[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single errors, for [errors.Is] and [errors.As].
func (e SyntaxErrors) Unwrap() []error {
	errs := make([]error, len(e))
	for i := range e {
		errs[i] = e[i]
	}
	return errs
}

// LineKind is what a line is to the grammar. The zero value is unset.
type LineKind uint8

// The kinds of lines.
const (
	EOF LineKind = iota + 1 // the end of the text
	Language
	TagLine
	FeatureLine
	BackgroundLine
	RuleLine
	ScenarioLine
	ExamplesLine
	StepLine
	TableRow
	DocStringSeparator
	CommentLine
	Empty
	Other // free text: a description, or within a doc string
)

var lineKinds = field.EnumOf[LineKind]("gherkin", "LineKind",
	"EOF", "Language", "TagLine", "FeatureLine", "BackgroundLine", "RuleLine", "ScenarioLine",
	"ExamplesLine", "StepLine", "TableRow", "DocStringSeparator", "Comment", "Empty", "Other")

// lineWords is what a message calls each kind.
var lineWords = [...]string{
	EOF:                "the end of the text",
	Language:           `"# language: ..."`,
	TagLine:            "a tag (@...)",
	FeatureLine:        `"Feature:"`,
	BackgroundLine:     `"Background:"`,
	RuleLine:           `"Rule:"`,
	ScenarioLine:       `"Scenario:"`,
	ExamplesLine:       `"Examples:"`,
	StepLine:           "a step (Given, When, Then, And, But, *)",
	TableRow:           "a table row (| ... |)",
	DocStringSeparator: "a doc string (\"\"\" or ```)",
	CommentLine:        "a comment (# ...)",
	Empty:              "an empty line",
	Other:              "text",
}

// String returns the text form, the name used by the reference parsers: "TagLine".
func (k LineKind) String() string { return lineKinds.String(k) }

// MarshalText returns the text form.
func (k LineKind) MarshalText() ([]byte, error) { return lineKinds.MarshalText(k) }

// UnmarshalText reads the text form; k stays as it was on an error.
func (k *LineKind) UnmarshalText(text []byte) error { return lineKinds.UnmarshalText(k, text) }

// kindSet is a set of line kinds, one bit each.
type kindSet uint16

func kinds(list ...LineKind) (set kindSet) {
	for _, k := range list {
		set |= 1 << k
	}
	return set
}

func (s kindSet) has(k LineKind) bool { return s&(1<<k) != 0 }

func (s kindSet) list() []LineKind {
	var list []LineKind
	for k := EOF; k <= Other; k++ {
		if s.has(k) {
			list = append(list, k)
		}
	}
	return list
}

// words names the kinds for a message, without comments and empty lines, which can stand almost
// anywhere.
func (s kindSet) words() string {
	var words []string
	for _, k := range (s &^ kinds(CommentLine, Empty)).list() {
		words = append(words, lineWords[k])
	}
	return strings.Join(words, ", ")
}
