package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
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

// Translate returns a document with the sheet in the words of programs here. What is lost thereby is odd. A file that
// is no sheet is blamed.
func Translate(name string, odd *command.Document, known []string) *command.Document {
	s, err := command.ReadFile(name, exchange.Options{}, exchange.ReadSheet)
	if err != nil {
		bad := &command.Document{Name: name}
		command.BlameExchange(bad, err)
		return bad
	}
	doc, lost := Canonical(name, s, known)
	for _, one := range slices.Concat(command.SheetNotes(s), lost) {
		odd.Blame(command.Start(), "%s", one)
	}
	return doc
}

// Lacks returns the factors of a method that have no column.
func Lacks[A any](columns []string, by prioritize.Method[A]) (missing []string) {
	_, err := prioritize.Candidates(&prioritize.Sheet{Columns: columns}, by)
	for _, err := range command.Problems(err) {
		var field *prioritize.FieldError
		if errors.As(err, &field) {
			missing = append(missing, strings.TrimPrefix(strings.TrimPrefix(field.Want, "one column for "), "one for "))
		}
	}
	return missing
}

// reads reports whether a method that has all its columns reads the one at an index: whether it would lack one without it.
func reads[A any](columns []string, at int, by prioritize.Method[A]) bool {
	return len(Lacks(slices.Delete(slices.Clone(columns), at, at+1), by)) > 0
}

// Unread returns the columns that neither name the items nor hold a factor of a method, quoted.
func Unread[A any](columns []string, by prioritize.Method[A]) (left []string) {
	const most = 100 // of columns that are looked at
	for i, column := range columns[:min(len(columns), most)] {
		if !IsTitle(column) && !reads(columns, i, by) {
			left = append(left, command.Quote(column))
		}
	}
	return left
}

// PassedOver is what is said of columns that are not read.
func PassedOver(quoted []string) string {
	return fmt.Sprintf("%s passed over: %s", command.Counted(len(quoted), "column is", "columns are"), strings.Join(quoted, ", "))
}

// Candidates returns a candidate for each row of a sheet. One that cannot be read has its title only, and the reason is
// in unread, by the index of the row.
func Candidates[A any](s *prioritize.Sheet, by prioritize.Method[A]) (all []prioritize.Candidate[string, A], unread map[int]error, err error) {
	all, err = prioritize.Candidates(s, by)
	if err == nil {
		return all, nil, nil
	}
	unread = make(map[int]error)
	for _, err := range command.Problems(err) {
		var item *prioritize.ItemError
		if !errors.As(err, &item) {
			return nil, nil, err
		}
		unread[item.Index] = item.Err
	}
	rest := *s
	rest.Rows = slices.Clone(s.Rows)
	for i := range unread {
		rest.Rows[i] = make([]string, len(s.Columns))
		for k, column := range s.Columns {
			if IsTitle(column) && k < len(s.Rows[i]) {
				rest.Rows[i][k] = s.Rows[i][k]
			}
		}
	}
	all, err = prioritize.Candidates(&rest, by)
	return all, unread, err
}

// CanRead reports whether a method that has all its columns can read a row of a sheet: a priority can be a number, and a
// value prose.
func CanRead[A any](s *prioritize.Sheet, by prioritize.Method[A]) bool {
	_, unread, err := Candidates(s, by)
	return err != nil || len(unread) == 0 || len(unread) < len(s.Rows)
}

// IsTitle reports whether the items may be called by a column.
func IsTitle(column string) bool {
	name := strings.ToLower(column)
	return slices.ContainsFunc([]string{"title", "name", "feature", "initiative", "summary", "item", "story", "description", "titolo", "id", "idea", "task"},
		func(word string) bool { return strings.Contains(name, word) })
}
