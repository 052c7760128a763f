package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/backlogkit/backlogkit/examples/internal/command"
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
	rows    []command.Row
	blamed  map[command.Place]bool // cells with a problem that is known already
}

// parseSheet takes the document apart. It is nil where the header cannot be understood.
func parseSheet(doc *command.Document, all []method) *sheet {
	var s *sheet
	for row, ok := range doc.Rows(command.AnyCell) {
		switch {
		case !ok:
			return s
		case s != nil:
			s.add(doc, row)
		default:
			if s = readHeader(doc, row, all); s == nil {
				return nil
			}
		}
	}
	if s != nil && len(s.rows) == 0 && doc.OK() {
		doc.Blame(command.Start(), "no rows, want an item a line below the header")
	}
	return s
}

// readHeader understands the first row as the names of the columns, and returns nil where it cannot be
// that. Letter case does not matter.
func readHeader(doc *command.Document, header command.Row, all []method) *sheet {
	known := map[string]bool{titleColumn: true, "story": true, "criteria": true}
	for _, m := range all {
		for _, name := range slices.Concat(m.columns, m.optional) {
			known[name] = true
		}
	}
	s := &sheet{
		header:  make([]string, len(header.Cells)),
		columns: make(map[string]int, len(header.Cells)),
		blamed:  make(map[command.Place]bool),
	}
	var unknown []int
	for i, name := range header.Cells {
		name = strings.ToLower(name)
		if !known[name] && !known[familyOf(name)] {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.columns[name]; twice {
			doc.Blame(header.At[i], "column %s is there twice, want each column once", command.Quote(name))
			continue
		}
		s.columns[name], s.header[i] = i, name
	}
	if len(s.columns) == 0 {
		doc.Blame(command.Start(), "no header, want a first line that names the columns: title, and those of a method")
		return nil
	}
	for _, i := range unknown {
		doc.Blame(header.At[i], "unknown column %s, want title or one of a method: -h lists them", command.Quote(header.Cells[i]))
	}
	if _, ok := s.columns[titleColumn]; !ok {
		doc.Blame(command.Start(), "no column title, want one: it names the items")
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
func (s *sheet) add(doc *command.Document, r command.Row) {
	want := len(s.header)
	switch have := len(r.Cells); {
	case have > want:
		doc.Blame(r.At[want], "%d cells, want %d as in the header", have, want)
		return
	case have < want:
		doc.Blame(r.At[have-1], "%d cells, want %d as in the header", have, want)
		return
	}
	if i, ok := s.columns[titleColumn]; ok && r.Cells[i] == "" {
		doc.Blame(r.At[i], "the title is blank, want what the item is called")
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
func (s *sheet) cell(row int, column string) (string, command.Place, bool) {
	i, ok := s.columns[column]
	if !ok {
		return "", command.Place{}, false
	}
	return s.rows[row].Cells[i], s.rows[row].At[i], true
}

// title is what an item is called, on one line of moderate length.
func (s *sheet) title(row int) string {
	title, _, _ := s.cell(row, titleColumn)
	return command.Shorten(onLine(title), command.MaxValue)
}

// onLine is [command.OnLine] without what would turn the direction of writing, in a picture too.
func onLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return '?'
		}
		return r
	}, command.OnLine(text))
}

// blame blames the document for one cell, once.
func (s *sheet) blame(doc *command.Document, at command.Place, format string, args ...any) {
	if !s.blamed[at] {
		s.blamed[at] = true
		doc.Blame(at, format, args...)
	}
}
