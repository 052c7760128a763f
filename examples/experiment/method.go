package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// method is a way to rank a sheet.
type method struct {
	name     string
	columns  []string // that it needs; "votes.NAME" is one or more columns, of any name
	optional []string // that it can do without
	run      func(*command.Document, *sheet) *trial
}

// ranked makes a method of one of the catalogue, or of one's own.
func ranked[A any](by catalogue.Entry[A]) method {
	m := method{name: by.Name}
	m.columns, m.optional = by.Columns()
	m.run = func(doc *command.Document, s *sheet) *trial {
		candidates := make([]prioritize.Candidate[int, A], len(s.Rows))
		for i := range s.Rows {
			row := &catalogue.Cells{Sheet: s.Sheet, Row: i, Read: func(at command.Place, problem string) {
				if problem != "" {
					s.Blame(doc, at, "%s", problem)
				}
			}}
			input := by.Read(row)
			if v, ok := any(input).(interface{ Validate() error }); ok {
				s.blameFields(doc, i, v.Validate())
			}
			candidates[i] = prioritize.Candidate[int, A]{Key: i, Input: input, Unscored: command.Missing(row.Blank)}
		}
		if !doc.OK() {
			return nil
		}
		t, err := newTrial(m, by.By(s.Sheet, catalogue.Settings{}), candidates)
		s.blameItems(doc, err)
		return t
	}
	return m
}

// lacks returns the columns of a method that the sheet does not have.
func (s *sheet) lacks(m method) []string {
	return slices.DeleteFunc(slices.Clone(m.columns), s.Has)
}

// blameItems blames the document for what a method found wrong with its rows, or with all of them
// together.
func (s *sheet) blameItems(doc *command.Document, err error) {
	for _, err := range command.Problems(err) {
		var item *prioritize.ItemError
		if errors.As(err, &item) && item.Index >= 0 && item.Index < len(s.Rows) {
			s.blameFields(doc, item.Index, item.Err)
		} else {
			doc.Blame(command.Start(), "%s", plain(err))
		}
	}
}

// blameFields blames the cells of a row for impossible values. A blank cell is not to blame: it has no
// value.
func (s *sheet) blameFields(doc *command.Document, row int, err error) {
	for _, err := range command.Problems(err) {
		var field *prioritize.FieldError
		if !errors.As(err, &field) {
			doc.Blame(s.Rows[row].At[0], "%s", plain(err))
			continue
		}
		column := command.ColumnOf(field.Field)
		text, at, ok := s.Cell(row, column)
		switch {
		case !ok:
			doc.Blame(s.Rows[row].At[0], "%s", plain(err))
		case text != "":
			s.Blame(doc, at, "%s is %s, want %s", command.OnLine(column), command.Quote(text), field.Want)
		}
	}
}

func plain(err error) string { return command.OnLine(strings.TrimPrefix(err.Error(), "prioritize: ")) }
