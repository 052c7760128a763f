package main

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// The columns that any sheet may have. A title is required.
const (
	titleColumn    = "title"
	storyColumn    = "story"
	criteriaColumn = "criteria"
)

// sheet is a .csv file: named columns, and a row an item. Two rows may have the same title, so an item
// is known by the index of its row.
type sheet struct {
	width   int            // cells a row
	columns map[string]int // name to index
	rows    []row
	blamed  map[place]bool // cells with a problem that is known already
}

type row struct {
	cells []string // trimmed
	at    []place  // of each cell
}

// readSheet reads a scoring sheet and ranks its rows.
func readSheet(doc *document, by string) report {
	s := parseSheet(doc)
	if s == nil {
		return nil
	}
	s.check(doc)
	chosen, ok := choose(doc, s, by)
	if !ok {
		return nil
	}
	return chosen.rank(doc, s)
}

// parseSheet takes the document apart. It is nil where the header cannot be understood.
func parseSheet(doc *document) *sheet {
	var s *sheet
	in := csv.NewReader(strings.NewReader(doc.text))
	in.FieldsPerRecord = -1
	for {
		fields, err := in.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if s != nil && len(s.rows) == 0 && len(doc.problems) == 0 {
				doc.blame(start, "no rows, want an item a line below the header")
			}
			return s
		case errors.As(err, &broken):
			doc.blame(place{broken.Line, broken.Column},
				"a quote that does not fit in the row from line %d, want a cell without quotes, or one in quotes "+
					"with each inner quote doubled", broken.StartLine)
			return s
		case err != nil:
			doc.blame(start, "%v, want comma-separated values", err)
			return s
		}
		r := newRow(in, fields)
		if s != nil {
			s.add(doc, r)
		} else if s = readHeader(doc, r); s == nil {
			return nil
		}
	}
}

func newRow(in *csv.Reader, fields []string) row {
	r := row{cells: fields, at: make([]place, len(fields))}
	for i, field := range fields {
		line, column := in.FieldPos(i)
		r.cells[i], r.at[i] = strings.TrimSpace(field), place{line, column}
	}
	return r
}

// readHeader understands the first row as the names of the columns, and returns nil where it cannot be
// that. Letter case does not matter.
func readHeader(doc *document, header row) *sheet {
	known := knownColumns()
	names := strings.Join(known, ", ")
	s := &sheet{
		width:   len(header.cells),
		columns: make(map[string]int, len(header.cells)),
		blamed:  make(map[place]bool),
	}
	var unknown []int
	for i, name := range header.cells {
		name = strings.ToLower(name)
		if !slices.Contains(known, name) {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.columns[name]; twice {
			doc.blame(header.at[i], "column %s is there twice, want each column once", name)
			continue
		}
		s.columns[name] = i
	}
	if len(s.columns) == 0 {
		doc.blame(start, "no header, want a first line that names the columns: title, and those of a method, from %s", names)
		return nil
	}
	for _, i := range unknown {
		doc.blame(header.at[i], "unknown column %s, want one of %s", quote(header.cells[i]), names)
	}
	if _, ok := s.columns[titleColumn]; !ok {
		doc.blame(start, "no column title, want one: it names the items")
	}
	return s
}

func knownColumns() []string {
	known := []string{titleColumn, storyColumn, criteriaColumn}
	for _, m := range methods() {
		for _, name := range m.columns {
			if !slices.Contains(known, name) {
				known = append(known, name)
			}
		}
	}
	return known
}

// add takes a row with as many cells as the header has.
func (s *sheet) add(doc *document, r row) {
	want := s.width
	switch have := len(r.cells); {
	case have > want:
		doc.blame(r.at[want], "%d cells, want %d as in the header", have, want)
	case have < want:
		doc.blame(r.at[have-1], "%d cells, want %d as in the header", have, want)
	default:
		s.rows = append(s.rows, r)
	}
}

// without returns those of the names that are no column of s.
func (s *sheet) without(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, ok := s.columns[name]
		return ok
	})
}

// cell returns the text of a cell and where it is, or false where there is no such column.
func (s *sheet) cell(row int, column string) (string, place, bool) {
	i, ok := s.columns[column]
	if !ok {
		return "", place{}, false
	}
	return s.rows[row].cells[i], s.rows[row].at[i], true
}

func (s *sheet) title(row int) string {
	title, _, _ := s.cell(row, titleColumn)
	return title
}

// check blames the document for rows without a title, and for cells of any method, be it the chosen one
// or not, that cannot be read.
func (s *sheet) check(doc *document) {
	all := methods()
	for i := range s.rows {
		if title, at, ok := s.cell(i, titleColumn); ok && title == "" {
			s.blame(doc, at, "the title is blank, want what the item is called")
		}
		for _, m := range all {
			m.parse(&cells{sheet: s, row: i, doc: doc})
		}
	}
}

// blame blames the document for one cell, once.
func (s *sheet) blame(doc *document, at place, format string, args ...any) {
	if !s.blamed[at] {
		s.blamed[at] = true
		doc.blame(at, format, args...)
	}
}

// cells reads the cells of one row, and notes which are blank or in no column at all.
type cells struct {
	sheet *sheet // nil when it is only asked for which columns
	row   int
	doc   *document // to blame for what cannot be read, unless nil
	blank []string
}

// cell reads one cell; the zero value stands for one that is blank or cannot be read.
func cell[T any](c *cells, column string, parse func(string) (T, error)) (value T) {
	text := ""
	var at place
	if c.sheet != nil {
		text, at, _ = c.sheet.cell(c.row, column)
	}
	if text == "" {
		c.blank = append(c.blank, column)
		return value
	}
	value, err := parse(text)
	if err != nil && c.doc != nil {
		c.sheet.blame(c.doc, at, "%s is %s, want %s", column, quote(text), wanted(err))
	}
	return value
}

func (c *cells) number(column string) decimal.Decimal { return cell(c, column, parseNumber) }

// parseNumber reads a decimal. It looks at the length first, since the time it takes to read many
// digits grows faster than their number.
func parseNumber(text string) (decimal.Decimal, error) {
	const most = 1000
	if len(text) <= most {
		if number, err := decimal.NewFromString(text); err == nil {
			return number, nil
		}
	}
	return decimal.Decimal{}, errors.New("a number such as 3 or 0.5, with at most 100 digits and an exponent within ±1000")
}

// wanted says what would have been right where err says what is wrong.
func wanted(err error) string {
	var field *prioritize.FieldError
	if errors.As(err, &field) {
		return field.Want
	}
	return err.Error()
}

// missing says why the row cannot be scored; it is empty where nothing is blank.
func (c *cells) missing() string {
	switch n := len(c.blank); n {
	case 0:
		return ""
	case 1:
		return c.blank[0] + " is missing"
	default:
		return strings.Join(c.blank[:n-1], ", ") + " and " + c.blank[n-1] + " are missing"
	}
}
