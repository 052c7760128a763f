package exchange

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/field"
)

// cleanTitle returns text that can be a title: on one line, without control characters, and cut where it is too long.
// It is empty for blank text.
func cleanTitle(text string) string {
	if field.CheckTitle("exchange", "title", text) == nil && trim(text) == text {
		return text
	}
	text = strings.ToValidUTF8(text, "�")
	text = oneLine(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
	if len(text) <= field.MaxTitle {
		return text
	}
	const dots = "…"
	cut := field.MaxTitle - len(dots)
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return trim(text[:cut]) + dots
}

// cleanName is [cleanTitle] for what may be left out.
func cleanName(text string) string {
	if text == "" {
		return ""
	}
	return cleanTitle(text)
}

// cleanText returns text that can be kept: UTF-8 without NUL. The bool is false if it is too long.
func cleanText(text string) (string, bool) {
	if strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "�")
	}
	return text, len(text) <= field.MaxText
}

// cleanInstant returns an instant in UTC, or none if nothing can hold it.
func cleanInstant(at time.Time) time.Time {
	if at = at.UTC().Round(0); field.CheckInstant("exchange", "at", at) != nil {
		return time.Time{}
	}
	return at
}
