package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// method is a way to rank a sheet.
type method struct {
	name     string
	columns  []string                                     // that it needs; "votes.NAME" is one or more columns, of any name
	optional []string                                     // that it can do without
	parse    func(*cells)                                 // reads its cells of one row, to see whether they can be read
	rank     func(*command.Document, *sheet) *rankedSheet // nil if it blamed the document
}

// validated is an input that can say which of its values are impossible.
type validated interface{ Validate() error }

// rankedBy makes a method of one of the catalogue.
func rankedBy[A validated](by catalogue.Entry[A]) method {
	m := method{name: by.Name, parse: func(row *cells) { by.Read(&row.Cells) }}
	m.columns, m.optional = by.Columns()
	m.rank = func(doc *command.Document, s *sheet) *rankedSheet {
		s.checkOptions(doc, by.Name, by.Weighable)
		candidates := make([]prioritize.Candidate[int, A], len(s.Rows))
		for i := range s.Rows {
			row := s.cellsOf(i)
			input := by.Read(&row.Cells)
			row.blameUnread(doc)
			s.blameFields(doc, i, input.Validate())
			candidates[i] = prioritize.Candidate[int, A]{Key: i, Input: input, Unscored: command.Missing(row.Blank)}
		}
		if !doc.OK() {
			return nil
		}
		ranking, err := prioritize.Rank(by.By(s.Sheet, s.options.Settings), candidates)
		if err != nil {
			s.blameItems(doc, err)
			return nil
		}
		return &rankedSheet{method: by.Name, sheet: s, ranking: ranking}
	}
	return m
}

// checkOptions blames the document for options that a method has no use for.
func (s *sheet) checkOptions(doc *command.Document, method string, weighable []string) {
	if s.options.Budget.Valid && method != catalogue.Votes.Name && method != catalogue.BuyFeature.Name {
		doc.Blame(command.Start(), "a budget is given, want none for %s", method)
	}
	if !s.options.Now.IsZero() && method != catalogue.Urgency.Name {
		doc.Blame(command.Start(), "an instant is given as now, want none for %s", method)
	}
	var names []string
	for _, column := range weighable {
		if family, ok := strings.CutSuffix(column, command.AnyName); ok {
			names = append(names, s.Names(family)...)
		} else {
			names = append(names, column)
		}
	}
	for _, name := range s.options.weighed {
		switch {
		case len(weighable) == 0:
			doc.Blame(command.Start(), "a weight of %s is given, want none for %s", command.Quote(name), method)
		case !slices.Contains(names, name):
			doc.Blame(command.Start(), "a weight of %s is given, want one of %s", command.Quote(name), command.OnLine(strings.Join(names, ", ")))
		}
	}
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

func plain(err error) string { return strings.TrimPrefix(err.Error(), "prioritize: ") }

// lacks returns the columns that a sheet would need for the method. Where all are optional, there must
// be one.
func (m method) lacks(s *sheet) []string {
	if len(m.columns) > 0 {
		return s.without(m.columns)
	}
	if missing := s.without(m.optional); len(missing) == len(m.optional) {
		return missing
	}
	return nil
}

// choose returns the method that is asked for by name, or the first whose columns are all there; one
// whose columns are all optional only when there is no column of another. The document is to blame when
// there is none: told is what is lacking for each method of which there is something.
func choose(doc *command.Document, s *sheet, by string) (method, bool) {
	var lacks []string
	for _, m := range methods() {
		if by != "" && m.name != by {
			continue
		}
		missing := m.lacks(s)
		switch {
		case len(missing) == 0 && (len(m.columns) > 0 || len(lacks) == 0):
			return m, true
		case by != "" || len(missing) < len(m.columns):
			lacks = append(lacks, fmt.Sprintf("%s for %s", strings.Join(missing, ", "), m.name))
		}
	}
	if len(lacks) == 0 {
		lacks = []string{"those of one of " + strings.Join(methodNames(), ", ")}
	}
	doc.Blame(command.Start(), "not enough columns to rank by, want also %s", strings.Join(lacks, "; or "))
	return method{}, false
}
