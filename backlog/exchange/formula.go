package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A spreadsheet calculates a cell that begins with one of these, some of them in full width too.
const formulaMarks = "=+-@＝＋－＠"

// isFormula reports whether a spreadsheet would calculate the text, apart from apostrophes before it, and from space and marks
// that cannot be seen, which some programs drop. A number is what it looks like.
func isFormula(text string) bool {
	rest := strings.TrimLeftFunc(text, func(r rune) bool { return r == '\'' || isInvisible(r) || unicode.IsControl(r) })
	first, _ := utf8.DecodeRuneInString(rest)
	if rest == "" || !strings.ContainsRune(formulaMarks, first) {
		return false
	}
	n, reason := parseNumber(rest)
	return reason != "" || n.symbols
}

// defuse puts an apostrophe before a cell that a spreadsheet would calculate.
func defuse(text string) string {
	if isFormula(text) {
		return "'" + text
	}
	return text
}

// fuse takes off the apostrophe of [defuse]. People put it there too.
func fuse(text string) string {
	if trimmed := trim(text); len(trimmed) > 1 && trimmed[0] == '\'' && isFormula(trimmed) {
		return trimmed[1:]
	}
	return text
}
