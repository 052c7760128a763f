package main

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// The columns that any sheet may have. A title is required.
const (
	titleColumn    = "title"
	storyColumn    = "story"
	criteriaColumn = "criteria"
)

// anyName ends the columns of which there can be several: "votes.NAME".
const anyName = ".NAME"

// sheet is a .csv file: named columns, and a row an item. Two rows may have the same title, so an item
// is known by the index of its row.
type sheet struct {
	width   int            // cells a row
	header  []string       // names of the columns, and "" for those that are in the way
	columns map[string]int // name to index
	options options
	rows    []row
	blamed  map[place]bool // cells with a problem that is known already
}

type row struct {
	cells []string // trimmed
	at    []place  // of each cell
}

// readSheet reads a scoring sheet and ranks its rows.
func readSheet(doc *document, by string, given options) report {
	s := parseSheet(doc)
	if s == nil {
		return nil
	}
	s.options = given
	chosen, ok := choose(doc, s, by)
	s.check(doc, chosen)
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
		header:  make([]string, len(header.cells)),
		columns: make(map[string]int, len(header.cells)),
		blamed:  make(map[place]bool),
	}
	var unknown []int
	for i, name := range header.cells {
		name = strings.ToLower(name)
		if !slices.Contains(known, name) && !slices.Contains(known, familyOf(name)) {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.columns[name]; twice {
			doc.blame(header.at[i], "column %s is there twice, want each column once", name)
			continue
		}
		s.columns[name], s.header[i] = i, name
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
		for _, name := range slices.Concat(m.columns, m.optional) {
			if !slices.Contains(known, name) && !slices.Contains(known, familyOf(name)) {
				known = append(known, name)
			}
		}
	}
	return known
}

// familyOf is what a column is known as when it is one of several: "votes.NAME" for "votes.ana".
func familyOf(column string) string {
	family, name, _ := strings.Cut(column, ".")
	if name == "" {
		return ""
	}
	return family + anyName
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
		if family, ok := strings.CutSuffix(name, anyName); ok {
			return len(s.names(family)) > 0
		}
		_, ok := s.columns[name]
		return ok
	})
}

// names returns the names that follow that of a family of columns, in the order of the columns:
// "ana" of the family "votes" for the column votes.ana.
func (s *sheet) names(family string) []string {
	var names []string
	for _, column := range s.header {
		if name, ok := strings.CutPrefix(column, family+"."); ok {
			names = append(names, name)
		}
	}
	return names
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

// check blames the document for rows without a title, and for cells that no method that has their
// column can read; in the words of the chosen method, if that is one.
func (s *sheet) check(doc *document, chosen method) {
	all := methods()
	if chosen.parse != nil {
		all = slices.Insert(all, 0, chosen)
	}
	for i := range s.rows {
		if title, at, ok := s.cell(i, titleColumn); ok && title == "" {
			s.blame(doc, at, "the title is blank, want what the item is called")
		}
		row := s.cellsOf(i)
		for _, m := range all {
			m.parse(row)
		}
		row.blameUnread(doc)
	}
}

// blame blames the document for one cell, once.
func (s *sheet) blame(doc *document, at place, format string, args ...any) {
	if !s.blamed[at] {
		s.blamed[at] = true
		doc.blame(at, format, args...)
	}
}
