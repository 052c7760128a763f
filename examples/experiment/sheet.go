package main

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// titleColumn is required. The columns story and criteria, which sheets for groom may have, are passed
// over.
const titleColumn = "title"

// sheet is a .csv file.
type sheet struct{ *command.Sheet }

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
	if s != nil && len(s.Rows) == 0 && doc.OK() {
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
	s := &sheet{Sheet: command.NewSheet(len(header.Cells))}
	var unknown []int
	for i, name := range header.Cells {
		name = strings.ToLower(name)
		if !known[name] && !known[command.FamilyOf(name)] {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.Columns[name]; twice {
			doc.Blame(header.At[i], "column %s is there twice, want each column once", command.Quote(name))
			continue
		}
		s.Columns[name], s.Header[i] = i, name
	}
	if len(s.Columns) == 0 {
		doc.Blame(command.Start(), "no header, want a first line that names the columns: title, and those of a method")
		return nil
	}
	for _, i := range unknown {
		doc.Blame(header.At[i], "unknown column %s, want title or one of a method: -h lists them", command.Quote(header.Cells[i]))
	}
	if _, ok := s.Columns[titleColumn]; !ok {
		doc.Blame(command.Start(), "no column title, want one: it names the items")
	}
	return s
}

// add takes a row with as many cells as the header has and a title.
func (s *sheet) add(doc *command.Document, r command.Row) {
	if !s.Add(doc, r) {
		return
	}
	if i, ok := s.Columns[titleColumn]; ok && r.Cells[i] == "" {
		doc.Blame(r.At[i], "the title is blank, want what the item is called")
	}
}

// title is what an item is called, on one line of moderate length.
func (s *sheet) title(row int) string {
	title, _, _ := s.Cell(row, titleColumn)
	return command.Shorten(command.OnLine(title), command.MaxValue)
}
