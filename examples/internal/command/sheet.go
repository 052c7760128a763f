package command

import (
	"encoding"
	"errors"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// Sheet is a scoring sheet: named columns, and a row an item. Two rows may have the same title, so an item
// is known by the index of its row. A family of columns is those whose names begin alike: "votes.ana" and
// "votes.bob" are of the family "votes".
type Sheet struct {
	Header  []string       // names of the columns in lower case, and "" for those that are in the way
	Columns map[string]int // name to index
	Rows    []Row

	blamed map[Place]bool // cells with a problem that is known already
}

// AnyName ends the name of a family that stands for all of its columns: "votes.NAME".
const AnyName = ".NAME"

// NewSheet makes a sheet of so many columns without names.
func NewSheet(width int) *Sheet {
	return &Sheet{Header: make([]string, width), Columns: make(map[string]int, width), blamed: make(map[Place]bool)}
}

// Add adds a row if it has as many cells as the header. The document is to blame if it has not.
func (s *Sheet) Add(doc *Document, r Row) bool {
	have, want := len(r.Cells), len(s.Header)
	if have != want {
		doc.Blame(r.At[min(have-1, want)], "%d cells, want %d as in the header", have, want)
		return false
	}
	s.Rows = append(s.Rows, r)
	return true
}

// Has reports whether there is a column of that name or, for "votes.NAME", of that family.
func (s *Sheet) Has(column string) bool {
	if family, ok := strings.CutSuffix(column, AnyName); ok {
		return len(s.Names(family)) > 0
	}
	_, ok := s.Columns[column]
	return ok
}

// Names returns what follows the name of a family in those of its columns, in their order: "ana" of the
// family "votes" for the column votes.ana.
func (s *Sheet) Names(family string) []string {
	var names []string
	for _, column := range s.Header {
		if name, ok := strings.CutPrefix(column, family+"."); ok {
			names = append(names, name)
		}
	}
	return names
}

// Cell returns the text of a cell and where it is, or false where there is no such column.
func (s *Sheet) Cell(row int, column string) (string, Place, bool) {
	i, ok := s.Columns[column]
	if !ok {
		return "", Place{}, false
	}
	return s.Rows[row].Cells[i], s.Rows[row].At[i], true
}

// Blame blames the document for one cell, once.
func (s *Sheet) Blame(doc *Document, at Place, format string, args ...any) {
	if !s.blamed[at] {
		s.blamed[at] = true
		doc.Blame(at, format, args...)
	}
}

// FamilyOf is "votes.NAME" for "votes.ana", and empty for a column that is of no family.
func FamilyOf(column string) string {
	family, name, _ := strings.Cut(column, ".")
	if name == "" || family == "" {
		return ""
	}
	return family + AnyName
}

// ColumnOf is the column of a field as the library names it: "must_be" of counts.must_be, "votes.ana" of
// votes["ana"].
func ColumnOf(field string) string {
	field = strings.TrimPrefix(field, "counts.")
	family, key, ok := strings.Cut(field, "[")
	if !ok {
		return field
	}
	name, err := strconv.Unquote(strings.TrimSuffix(key, "]"))
	if err != nil {
		return field
	}
	return family + "." + name
}

// Missing says why an item cannot be scored where columns are blank; it is empty where none is.
func Missing(columns []string) string {
	switch n := len(columns); n {
	case 0:
		return ""
	case 1:
		return columns[0] + " is missing"
	default:
		return strings.Join(columns[:n-1], ", ") + " and " + columns[n-1] + " are missing"
	}
}

// ParseNumber reads a decimal. The error says what was expected. It looks at the length first, since the
// time it takes to read many digits grows faster than their number.
func ParseNumber(text string) (decimal.Decimal, error) {
	const most = 1000
	if len(text) <= most {
		if number, err := decimal.NewFromString(text); err == nil {
			return number, nil
		}
	}
	return decimal.Decimal{}, errors.New("a number such as 3 or 0.5, with at most 100 digits and an exponent within ±1000")
}

// ParseCount reads a whole number. The error says what was expected.
func ParseCount(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, errors.New("a whole number")
	}
	return n, nil
}

// ParseYesOrNo reads yes, y, true, 1 or x, or no, n, false, 0 or -, in any letter case. The error says what
// was expected.
func ParseYesOrNo(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "1", "x":
		return true, nil
	case "no", "n", "false", "0", "-":
		return false, nil
	}
	return false, errors.New("yes or no")
}

// ParseText reads a value by its text form.
func ParseText[E any, P interface {
	*E
	encoding.TextUnmarshaler
}](text string) (value E, err error) {
	err = P(&value).UnmarshalText([]byte(text))
	return value, err
}

// Wanted says what would have been right where a parser says what is wrong.
func Wanted(err error) string {
	var field *prioritize.FieldError
	if errors.As(err, &field) {
		return field.Want
	}
	return err.Error()
}
