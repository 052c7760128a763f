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

// sheet is a .csv file, and what the arguments say about its method.
type sheet struct {
	*command.Sheet
	options options
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
			s.Add(doc, row)
		default:
			if s = readHeader(doc, row); s == nil {
				return nil
			}
		}
	}
	if s != nil && len(s.Rows) == 0 && doc.OK() {
		doc.Blame(command.Start(), "no rows, want an item a line below the header")
	}
	return s
}

// readHeader understands the first row as the names of the columns, and returns nil where it cannot be
// that. Letter case does not matter.
func readHeader(doc *command.Document, header command.Row) *sheet {
	known := knownColumns()
	names := strings.Join(known, ", ")
	s := &sheet{Sheet: command.NewSheet(len(header.Cells))}
	var unknown []int
	for i, name := range header.Cells {
		name = strings.ToLower(name)
		if !slices.Contains(known, name) && !slices.Contains(known, command.FamilyOf(name)) {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.Columns[name]; twice {
			doc.Blame(header.At[i], "column %s is there twice, want each column once", command.OnLine(name))
			continue
		}
		s.Columns[name], s.Header[i] = i, name
	}
	if len(s.Columns) == 0 {
		doc.Blame(command.Start(), "no header, want a first line that names the columns: title, and those of a method, from %s", names)
		return nil
	}
	for _, i := range unknown {
		doc.Blame(header.At[i], "unknown column %s, want one of %s", command.Quote(header.Cells[i]), names)
	}
	if _, ok := s.Columns[titleColumn]; !ok {
		doc.Blame(command.Start(), "no column title, want one: it names the items")
	}
	return s
}

func knownColumns() []string {
	known := []string{titleColumn, storyColumn, criteriaColumn}
	for _, m := range methods() {
		for _, name := range slices.Concat(m.columns, m.optional) {
			if !slices.Contains(known, name) && !slices.Contains(known, command.FamilyOf(name)) {
				known = append(known, name)
			}
		}
	}
	return known
}

// without returns those of the names that are no column of s.
func (s *sheet) without(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), s.Has)
}

func (s *sheet) title(row int) string {
	title, _, _ := s.Cell(row, titleColumn)
	return title
}

// check blames the document for rows without a title, and for cells that no method that has their
// column can read; in the words of the chosen method, if that is one.
func (s *sheet) check(doc *command.Document, chosen method) {
	all := methods()
	if chosen.parse != nil {
		all = slices.Insert(all, 0, chosen)
	}
	for i := range s.Rows {
		if title, at, ok := s.Cell(i, titleColumn); ok && title == "" {
			s.Blame(doc, at, "the title is blank, want what the item is called")
		}
		row := s.cellsOf(i)
		for _, m := range all {
			m.parse(row)
		}
		row.blameUnread(doc)
	}
}
