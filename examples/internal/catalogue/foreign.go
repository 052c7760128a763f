package catalogue

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// IsForeign reports whether the first line of a sheet is a header in the words of others: it has a column that is not
// known, or lacks the one that is required. "votes.NAME" is known if its family is.
func IsForeign(text, required string, known []string) bool {
	text = strings.TrimLeft(strings.TrimPrefix(text, "\uFEFF"), " \t\r\n")
	line, _, _ := strings.Cut(text, "\n")
	hasRequired := false
	for name := range strings.SplitSeq(line, ",") {
		name = strings.ToLower(strings.Trim(strings.TrimSpace(name), `"`))
		if !slices.Contains(known, name) && !slices.Contains(known, command.FamilyOf(name)) {
			return text != ""
		}
		hasRequired = hasRequired || name == required
	}
	return !hasRequired && text != ""
}

// Translate returns a document with the sheet in the words of programs here. What is lost thereby is odd. A document that
// is no sheet is blamed.
func Translate(doc, odd *command.Document, known []string) *command.Document {
	s, err := exchange.ReadSheet(strings.NewReader(doc.Text), exchange.Options{Name: doc.Name})
	if err != nil {
		bad := &command.Document{Name: doc.Name}
		command.BlameExchange(bad, err)
		return bad
	}
	text, lost := Canonical(s, known)
	for _, one := range slices.Concat(command.SheetNotes(s), lost) {
		odd.Blame(command.Start(), "%s", one)
	}
	return &command.Document{Name: doc.Name, Text: text}
}
