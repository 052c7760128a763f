package gherkin

import (
	"errors"
	"fmt"
	"strings"
)

// ErrSyntax is what every error about a text is.
var ErrSyntax = errors.New("gherkin: syntax error")

// maxErrors bounds how many errors are listed for one text; the last one listed tells how many are
// not.
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

// Is makes every SyntaxError an [ErrSyntax].
func (e *SyntaxError) Is(target error) bool { return target == ErrSyntax }

// SyntaxErrors is everything that is wrong with a text, in the order of the lines, at most one
// error a line. Of more than 1000 errors the last one listed tells how many are left out. It is
// what the parse funcs return: take it with [errors.As].
type SyntaxErrors []*SyntaxError

// Error lists the errors, one a line.
func (e SyntaxErrors) Error() string {
	lines := make([]string, len(e))
	for i := range e {
		lines[i] = e[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives [errors.Is] and [errors.As] the single errors.
func (e SyntaxErrors) Unwrap() []error {
	errs := make([]error, len(e))
	for i := range e {
		errs[i] = e[i]
	}
	return errs
}

// LineKind is what a line is to the grammar. The zero value is no kind.
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

var lineKinds = [...]struct{ name, words string }{
	EOF:                {"EOF", "the end of the text"},
	Language:           {"Language", `"# language: ..."`},
	TagLine:            {"TagLine", "a tag (@...)"},
	FeatureLine:        {"FeatureLine", `"Feature:"`},
	BackgroundLine:     {"BackgroundLine", `"Background:"`},
	RuleLine:           {"RuleLine", `"Rule:"`},
	ScenarioLine:       {"ScenarioLine", `"Scenario:"`},
	ExamplesLine:       {"ExamplesLine", `"Examples:"`},
	StepLine:           {"StepLine", "a step (Given, When, Then, And, But, *)"},
	TableRow:           {"TableRow", "a table row (| ... |)"},
	DocStringSeparator: {"DocStringSeparator", "a doc string (\"\"\" or ```)"},
	CommentLine:        {"Comment", "a comment (# ...)"},
	Empty:              {"Empty", "an empty line"},
	Other:              {"Other", "text"},
}

// String returns the name used by the reference parsers, such as "TagLine".
func (k LineKind) String() string {
	if k == 0 || int(k) >= len(lineKinds) {
		return fmt.Sprintf("LineKind(%d)", uint8(k))
	}
	return lineKinds[k].name
}

// MarshalText returns the name.
func (k LineKind) MarshalText() ([]byte, error) {
	if k == 0 || int(k) >= len(lineKinds) {
		return nil, fmt.Errorf("gherkin: line kind %d has no name", uint8(k))
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (k *LineKind) UnmarshalText(text []byte) error {
	for known := EOF; known <= Other; known++ {
		if string(text) == known.String() {
			*k = known
			return nil
		}
	}
	return fmt.Errorf("gherkin: %q names no kind of line, want one such as \"TagLine\"", text)
}

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
		words = append(words, lineKinds[k].words)
	}
	return strings.Join(words, ", ")
}
