package prioritize

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Sheet is a table of text with a row for each item, as a spreadsheet exports it.
type Sheet struct {
	Columns []string   // the header
	Rows    [][]string // the cells of each row, in the order of Columns; what a row lacks is blank
	// Numbers are those of the rows in their file. A row without one is counted from 2, after the header.
	Numbers []int
	// Notes are for people, from who read the file: what was in doubt, and how it was read. Nothing depends on them.
	Notes []string
}

// Candidates returns one candidate for each row of a sheet, with the input of the method read from the columns
// that are named after its factors. A column has the name of a factor as in JSON or one in [Factor.Also]; letter
// case, spaces, punctuation and what stands in brackets, such as a unit, do not matter. Of several such columns
// the one whose name comes first in that list counts. Other columns are passed over.
//
// The key is what the item is called: the cell in a column such as title, name, feature or summary; "row 7" if
// that is blank, and with " (row 7)" behind it if an earlier row has the same.
//
// A blank cell, "-" or "n/a" leaves a factor out if the method allows that; else the candidate is unscored. A
// number may stand behind a currency sign. A factor that is a fraction may be a per cent: "80%", or 80 in a
// column with a "%" in its name or with numbers above 1 and none between 0 and 1.
//
// Errors, all of them joined: [ErrInvalid] for a method that names no factors; a [*FieldError] for a factor
// without a column or with two of one name; an [*ItemError] for each row with cells that can't be read or
// hold what is impossible. O(rows × columns).
func Candidates[A any](sheet *Sheet, m Method[A]) ([]Candidate[string, A], error) {
	columns := columnsOf(m)
	if columns == nil {
		return nil, &FieldError{Field: "method", Value: fmt.Sprintf("%T", m), Want: "one that names its factors"}
	}
	places := make([]*sheetPlace, len(columns))
	for i := range columns {
		places[i] = &columns[i].sheetPlace
	}
	candidates := make([]Candidate[string, A], len(sheet.Rows))
	keys, unscored, err := sheet.read(places, func(row, column int, text string) error {
		return columns[column].read(&candidates[row].Input, text, places[column].perCent)
	})
	if err != nil {
		return nil, err
	}
	for i := range candidates {
		candidates[i].Key, candidates[i].Unscored = keys[i], unscored[i]
	}
	return candidates, nil
}

// read finds the places and hands over each cell there that is not blank. It returns the key of each row and why it
// cannot be scored, "" if it can.
func (s *Sheet) read(places []*sheetPlace, each func(row, column int, text string) error) (keys, unscored []string, err error) {
	var errs []error
	for _, place := range places {
		errs = append(errs, place.find(s))
	}
	if err := fault.Join(errs...); err != nil {
		return nil, nil, err
	}
	keys, unscored = s.keys(), make([]string, len(s.Rows))
	for row := range s.Rows {
		var missing []string
		var problems []error
		for i, place := range places {
			text := s.cell(row, place.at)
			if text == "" && !place.optional {
				missing = append(missing, place.name)
			} else if text != "" {
				problems = append(problems, each(row, i, text))
			}
		}
		if err := fault.Join(problems...); err != nil {
			errs = append(errs, &ItemError{Index: row, Key: keys[row], Err: err})
		}
		switch len(missing) {
		case 0:
		case 1:
			unscored[row] = missing[0] + " is missing"
		default:
			unscored[row] = strings.Join(missing, ", ") + " are missing"
		}
	}
	return keys, unscored, fault.Join(errs...)
}

// sheetPlace is where one factor stands in a sheet.
type sheetPlace struct {
	name     string
	also     []string
	optional bool
	fraction bool

	at      int  // in the sheet
	perCent bool // whether plain numbers are per cents
}

// sheetColumn reads one factor from one column of a sheet.
type sheetColumn[A any] struct {
	sheetPlace
	read func(in *A, text string, perCent bool) error
}

// columnsOf returns a column for each factor of a method, or nil if it names none.
func columnsOf[A any](m Method[A]) []sheetColumn[A] {
	if tabular, ok := m.(interface{ sheetColumns() []sheetColumn[A] }); ok {
		return tabular.sheetColumns()
	}
	factored, ok := m.(Factored[A])
	if !ok {
		return nil
	}
	var columns []sheetColumn[A]
	for _, f := range factored.Factors() {
		fraction := f.Most.Valid && f.Most.Decimal.Equal(decimal.NewFromInt(1))
		columns = append(columns, sheetColumn[A]{
			sheetPlace{name: f.Name, also: f.Also, optional: f.Without != nil, fraction: fraction},
			func(in *A, text string, perCent bool) error {
				d, plain, err := parseFactor(f.Name, f.Words, text, fraction, perCent)
				if err != nil {
					return err
				}
				if plain {
					if err := f.check(f.Name, d); err != nil {
						return err
					}
				}
				*in = f.With(*in, d)
				return nil
			},
		})
	}
	return columns
}

// find looks for the column in a sheet.
func (c *sheetPlace) find(sheet *Sheet) error {
	for _, name := range append([]string{c.name}, c.also...) {
		found := sheet.named(name)
		if len(found) > 1 {
			return &FieldError{Field: "columns", Value: sheet.Columns[found[1]], Want: "one column for " + c.name}
		}
		if len(found) == 1 {
			c.at = found[0]
			c.perCent = c.fraction && sheet.isPerCent(c.at)
			return nil
		}
	}
	return &FieldError{Field: "columns", Value: bounds.Quote(strings.Join(sheet.Columns, ", ")), Want: "one for " + c.name}
}

// parseFactor reads the number of a factor from a cell: one of its words, which are in its range, or a plain number.
func parseFactor(name string, words map[string]decimal.Decimal, text string, fraction, perCent bool) (d decimal.Decimal, plain bool, err error) {
	if word, ok := words[plainName(text)]; ok {
		return word, false, nil
	}
	number, marked := strings.CutSuffix(text, "%")
	number = strings.Trim(number, " \u00a0$€£¥")
	if d, err = ParseDecimal(name, number); err != nil || marked && !fraction {
		want := wantDecimal
		if len(words) > 0 {
			want += " or a word for one"
		}
		return d, true, &FieldError{Field: name, Value: bounds.Quote(text), Want: want}
	}
	if marked || perCent {
		d = d.Shift(-2)
	}
	return d, true, nil
}

// named returns the columns of a name.
func (s *Sheet) named(name string) (found []int) {
	for i, column := range s.Columns {
		if plainName(column) == plainName(name) {
			found = append(found, i)
		}
	}
	return found
}

// plainName returns the letters and digits of a name in lower case, without what stands in brackets.
func plainName(name string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '(' || r == '[':
			depth++
		case (r == ')' || r == ']') && depth > 0:
			depth--
		case depth == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// cell returns the text of a cell without space around it, or "" if it is blank.
func (s *Sheet) cell(row, column int) string {
	if column >= len(s.Rows[row]) {
		return ""
	}
	text := strings.Trim(s.Rows[row][column], " \t\r\n\u00a0\u200b\ufeff")
	switch strings.ToLower(text) {
	case "-", "–", "—", "n/a", "na":
		return ""
	}
	return text
}

// isPerCent reports whether the plain numbers of a column of fractions are per cents.
func (s *Sheet) isPerCent(column int) bool {
	if strings.Contains(s.Columns[column], "%") {
		return true
	}
	above := false
	for row := range s.Rows {
		d, err := ParseDecimal("", s.cell(row, column))
		if err != nil || d.Sign() == 0 {
			continue
		}
		to1 := Value(d).Compare(Integer(1))
		if to1 < 0 {
			return false
		}
		above = above || to1 > 0
	}
	return above
}

// keys returns what the items are called, each once.
func (s *Sheet) keys() []string {
	title := -1
	for _, name := range []string{
		"title", "name", "feature", "item", "initiative", "summary", "feature name", "feature title",
		"item name", "story", "story name", "titolo", "titel", "titre", "description", "id",
	} {
		if found := s.named(name); len(found) > 0 {
			title = found[0]
			break
		}
	}
	keys, seen := make([]string, len(s.Rows)), make(map[string]bool, len(s.Rows))
	for row := range s.Rows {
		number := row + 2
		if row < len(s.Numbers) {
			number = s.Numbers[row]
		}
		place := fmt.Sprintf("row %d", number)
		if title >= 0 {
			keys[row] = s.cell(row, title)
		}
		if keys[row] == "" {
			keys[row] = place
		}
		for seen[keys[row]] {
			keys[row] += " (" + place + ")"
		}
		seen[keys[row]] = true
	}
	return keys
}
