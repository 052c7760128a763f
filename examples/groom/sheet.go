package main

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
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
	rows    []command.Row
	blamed  map[command.Place]bool // cells with a problem that is known already
}

// readSheet reads a scoring sheet and ranks its rows.
func readSheet(doc *command.Document, by string, given options) command.Report {
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
func parseSheet(doc *command.Document) *sheet {
	var s *sheet
	for row, ok := range doc.Rows(command.AnyCell) {
		switch {
		case !ok:
			return s
		case s != nil:
			s.add(doc, row)
		default:
			if s = readHeader(doc, row); s == nil {
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
func readHeader(doc *command.Document, header command.Row) *sheet {
	known := knownColumns()
	names := strings.Join(known, ", ")
	s := &sheet{
		width:   len(header.Cells),
		header:  make([]string, len(header.Cells)),
		columns: make(map[string]int, len(header.Cells)),
		blamed:  make(map[command.Place]bool),
	}
	var unknown []int
	for i, name := range header.Cells {
		name = strings.ToLower(name)
		if !slices.Contains(known, name) && !slices.Contains(known, familyOf(name)) {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.columns[name]; twice {
			doc.Blame(header.At[i], "column %s is there twice, want each column once", name)
			continue
		}
		s.columns[name], s.header[i] = i, name
	}
	if len(s.columns) == 0 {
		doc.Blame(command.Start(), "no header, want a first line that names the columns: title, and those of a method, from %s", names)
		return nil
	}
	for _, i := range unknown {
		doc.Blame(header.At[i], "unknown column %s, want one of %s", command.Quote(header.Cells[i]), names)
	}
	if _, ok := s.columns[titleColumn]; !ok {
		doc.Blame(command.Start(), "no column title, want one: it names the items")
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
func (s *sheet) add(doc *command.Document, r command.Row) {
	want := s.width
	switch have := len(r.Cells); {
	case have > want:
		doc.Blame(r.At[want], "%d cells, want %d as in the header", have, want)
	case have < want:
		doc.Blame(r.At[have-1], "%d cells, want %d as in the header", have, want)
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
func (s *sheet) cell(row int, column string) (string, command.Place, bool) {
	i, ok := s.columns[column]
	if !ok {
		return "", command.Place{}, false
	}
	return s.rows[row].Cells[i], s.rows[row].At[i], true
}

func (s *sheet) title(row int) string {
	title, _, _ := s.cell(row, titleColumn)
	return title
}

// check blames the document for rows without a title, and for cells that no method that has their
// column can read; in the words of the chosen method, if that is one.
func (s *sheet) check(doc *command.Document, chosen method) {
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
func (s *sheet) blame(doc *command.Document, at command.Place, format string, args ...any) {
	if !s.blamed[at] {
		s.blamed[at] = true
		doc.Blame(at, format, args...)
	}
}
