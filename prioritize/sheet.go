package prioritize

import (
	"cmp"
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
	var errs []error
	for i := range columns {
		errs = append(errs, columns[i].find(sheet))
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	keys := sheet.keys()
	candidates := make([]Candidate[string, A], len(sheet.Rows))
	for row := range sheet.Rows {
		c := &candidates[row]
		c.Key = keys[row]
		var missing []string
		var problems []error
		for i := range columns {
			column := &columns[i]
			text := sheet.cell(row, column.at)
			if text == "" && !column.optional {
				missing = append(missing, column.name)
			} else if text != "" {
				problems = append(problems, column.read(&c.Input, text, column.perCent))
			}
		}
		if err := fault.Join(problems...); err != nil {
			errs = append(errs, &ItemError{Index: row, Key: c.Key, Err: err})
		}
		switch len(missing) {
		case 0:
		case 1:
			c.Unscored = missing[0] + " is missing"
		default:
			c.Unscored = strings.Join(missing, ", ") + " are missing"
		}
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	return candidates, nil
}

// sheetColumn reads one factor from one column of a sheet.
type sheetColumn[A any] struct {
	name     string
	also     []string
	optional bool
	fraction bool
	read     func(in *A, text string, perCent bool) error

	at      int  // in the sheet
	perCent bool // whether plain numbers are per cents
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
		column := sheetColumn[A]{name: f.Name, also: f.Also, optional: f.Without != nil}
		column.fraction = f.Most.Valid && f.Most.Decimal.Equal(decimal.NewFromInt(1))
		column.read = func(in *A, text string, perCent bool) error {
			d, err := f.parse(text, column.fraction, perCent)
			if err != nil {
				return err
			}
			*in = f.With(*in, d)
			return nil
		}
		columns = append(columns, column)
	}
	return columns
}

// find looks for the column in a sheet.
func (c *sheetColumn[A]) find(sheet *Sheet) error {
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

// parse reads the number of a factor from a cell.
func (f *Factor[A]) parse(text string, fraction, perCent bool) (decimal.Decimal, error) {
	if d, ok := f.Words[plainName(text)]; ok {
		return d, nil
	}
	plain, marked := strings.CutSuffix(text, "%")
	plain = strings.Trim(plain, " \u00a0$€£¥")
	d, err := ParseDecimal(f.Name, plain)
	if err != nil || marked && !fraction {
		return d, &FieldError{Field: f.Name, Value: bounds.Quote(text), Want: cmp.Or(f.words(), wantDecimal)}
	}
	if marked || perCent {
		d = d.Shift(-2)
	}
	if err := f.check(f.Name, d); err != nil {
		return d, err
	}
	return d, nil
}

// words returns what is wanted of a factor that has words for its values, or "".
func (f *Factor[A]) words() string {
	if len(f.Words) == 0 {
		return ""
	}
	return wantDecimal + " or a word for one"
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
