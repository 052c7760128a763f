package main

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// titleColumn is required. The columns story and criteria, which sheets for groom may have, are passed
// over.
const titleColumn = "title"

// anyName stands for any name in a family of columns: "ratings.NAME".
const anyName = ".NAME"

// sheet is a .csv file: named columns, and a row an item. Two rows may have the same title, so an item
// is known by the index of its row.
type sheet struct {
	header  []string       // names of the columns in lower case
	columns map[string]int // name to index
	rows    []row
	blamed  map[place]bool // cells with a problem that is known already
}

type row struct {
	cells []string // trimmed
	at    []place  // of each cell
}

// parseSheet takes the document apart. It is nil where the header cannot be understood.
func parseSheet(doc *document, all []method) *sheet {
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
		} else if s = readHeader(doc, r, all); s == nil {
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
func readHeader(doc *document, header row, all []method) *sheet {
	known := map[string]bool{titleColumn: true, "story": true, "criteria": true}
	for _, m := range all {
		for _, name := range slices.Concat(m.columns, m.optional) {
			known[name] = true
		}
	}
	s := &sheet{
		header:  make([]string, len(header.cells)),
		columns: make(map[string]int, len(header.cells)),
		blamed:  make(map[place]bool),
	}
	var unknown []int
	for i, name := range header.cells {
		name = strings.ToLower(name)
		if !known[name] && !known[familyOf(name)] {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.columns[name]; twice {
			doc.blame(header.at[i], "column %s is there twice, want each column once", quote(name))
			continue
		}
		s.columns[name], s.header[i] = i, name
	}
	if len(s.columns) == 0 {
		doc.blame(start, "no header, want a first line that names the columns: title, and those of a method")
		return nil
	}
	for _, i := range unknown {
		doc.blame(header.at[i], "unknown column %s, want title or one of a method: -h lists them", quote(header.cells[i]))
	}
	if _, ok := s.columns[titleColumn]; !ok {
		doc.blame(start, "no column title, want one: it names the items")
	}
	return s
}

// familyOf is "ratings.NAME" for "ratings.speed", and empty for a column that is of no family.
func familyOf(column string) string {
	family, name, ok := strings.Cut(column, ".")
	if !ok || name == "" || family == "" {
		return ""
	}
	return family + anyName
}

// add takes a row with as many cells as the header has and a title.
func (s *sheet) add(doc *document, r row) {
	want := len(s.header)
	switch have := len(r.cells); {
	case have > want:
		doc.blame(r.at[want], "%d cells, want %d as in the header", have, want)
		return
	case have < want:
		doc.blame(r.at[have-1], "%d cells, want %d as in the header", have, want)
		return
	}
	if i, ok := s.columns[titleColumn]; ok && r.cells[i] == "" {
		doc.blame(r.at[i], "the title is blank, want what the item is called")
	}
	s.rows = append(s.rows, r)
}

// names returns the columns of a family in the order of the sheet, without what they have in common.
func (s *sheet) names(family string) []string {
	var names []string
	for _, column := range s.header {
		if name, ok := strings.CutPrefix(column, family+"."); ok {
			names = append(names, name)
		}
	}
	return names
}

// has reports whether there is a column of that name or, for "ratings.NAME", of that family.
func (s *sheet) has(column string) bool {
	if family, ok := strings.CutSuffix(column, anyName); ok {
		return len(s.names(family)) > 0
	}
	_, ok := s.columns[column]
	return ok
}

// cell returns the text of a cell and where it is, or false where there is no such column.
func (s *sheet) cell(row int, column string) (string, place, bool) {
	i, ok := s.columns[column]
	if !ok {
		return "", place{}, false
	}
	return s.rows[row].cells[i], s.rows[row].at[i], true
}

// title is what an item is called, on one line of moderate length.
func (s *sheet) title(row int) string {
	title, _, _ := s.cell(row, titleColumn)
	return shorten(onLine(title))
}

// blame blames the document for one cell, once.
func (s *sheet) blame(doc *document, at place, format string, args ...any) {
	if !s.blamed[at] {
		s.blamed[at] = true
		doc.blame(at, format, args...)
	}
}
