package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// The columns. All are needed.
const (
	idColumn    = "id"
	sizeColumn  = "size"
	delayColumn = "cost_of_delay"
	needsColumn = "needs"
)

const wantedColumns = "id, size, cost_of_delay and needs"

// sheet is a file of items.
type sheet struct {
	width   int
	columns map[string]int // name to index
	rows    []command.Row  // those with an id of their own
	index   map[string]int // id to index in rows
	items   []plan.Item[string]
}

// readSheet reads the items, and blames the document for all that can be seen to be wrong row by row. Needs
// of what is not in the file are odd, and left out. It returns nil where the items are not known.
func readSheet(doc, odd *command.Document) *sheet {
	var s *sheet
	for row, ok := range doc.Rows(command.AnyCell) {
		switch {
		case !ok:
			return nil
		case s != nil:
			s.add(doc, row)
		default:
			if s = readHeader(doc, row); s == nil {
				return nil
			}
		}
	}
	return s.complete(doc, odd)
}

// readHeader returns nil unless the row names all columns. A column too many is no reason not to go on.
func readHeader(doc *command.Document, header command.Row) *sheet {
	s := &sheet{width: len(header.Cells), columns: map[string]int{}, index: map[string]int{}}
	wanted := []string{idColumn, sizeColumn, delayColumn, needsColumn}
	var unknown []int
	for i, name := range header.Cells {
		name = strings.ToLower(name)
		if !slices.Contains(wanted, name) {
			unknown = append(unknown, i)
			continue
		}
		if _, twice := s.columns[name]; twice {
			doc.Blame(header.At[i], "column %s is there twice, want each column once", name)
			continue
		}
		s.columns[name] = i
	}
	if len(s.columns) == 0 {
		doc.Blame(command.Start(), "no header, want a first line that names the columns: %s", wantedColumns)
		return nil
	}
	for _, i := range unknown {
		doc.Blame(header.At[i], "unknown column %s, want %s", command.Quote(header.Cells[i]), wantedColumns)
	}
	for _, name := range wanted {
		if _, ok := s.columns[name]; !ok {
			doc.Blame(command.Start(), "no column %s, want %s", name, wantedColumns)
		}
	}
	if len(s.columns) < len(wanted) {
		return nil
	}
	return s
}

// add takes a row. If it does not have as many cells as the header it counts as an item all the same, so
// that those that need it are not blamed for it.
func (s *sheet) add(doc *command.Document, r command.Row) {
	if have := len(r.Cells); have != s.width {
		doc.Blame(r.At[min(have-1, s.width)], "%s, want %d as in the header",
			command.Counted(have, "cell", "cells"), s.width)
		if id := s.columns[idColumn]; id < have {
			if _, taken := s.index[r.Cells[id]]; !taken {
				s.put(r, plan.Item[string]{Key: r.Cells[id]})
			}
		}
		return
	}
	item := plan.Item[string]{
		Key:         r.Cells[s.columns[idColumn]],
		Size:        s.amount(doc, r, sizeColumn),
		CostOfDelay: s.amount(doc, r, delayColumn),
		Needs:       strings.Fields(r.Cells[s.columns[needsColumn]]),
	}
	switch first, taken := s.index[item.Key]; {
	case len(strings.Fields(item.Key)) != 1:
		doc.Blame(s.at(r, idColumn), "id is %s, want one word: others name it in their needs",
			command.Quote(item.Key))
	case taken:
		doc.Blame(s.at(r, idColumn), "id %s is taken by line %d, want an id of its own",
			command.Quote(item.Key), s.at(s.rows[first], idColumn).Line)
	default:
		s.put(r, item)
	}
}

func (s *sheet) put(r command.Row, item plan.Item[string]) {
	s.index[item.Key] = len(s.rows)
	s.rows = append(s.rows, r)
	s.items = append(s.items, item)
}

func (s *sheet) at(r command.Row, column string) command.Place { return r.At[s.columns[column]] }

// amount reads a number; one that cannot be read counts as 0.
func (s *sheet) amount(doc *command.Document, r command.Row, column string) decimal.Decimal {
	text := r.Cells[s.columns[column]]
	d, err := command.ParseAmount(text)
	if err != nil {
		doc.Blame(s.at(r, column), "%s is %s, want %v", column, command.Quote(text), err)
	}
	return d
}

// complete checks what can be checked only when all rows are known. It drops needs that cannot be.
func (s *sheet) complete(doc, odd *command.Document) *sheet {
	if s == nil { // no row has anything in it
		doc.Blame(command.Start(), "no header, want a first line that names the columns: %s", wantedColumns)
		return nil
	}
	if len(s.rows) == 0 && doc.OK() {
		doc.Blame(command.Start(), "no rows, want an item a line below the header")
	}
	for i, item := range s.items {
		s.items[i].Needs = slices.DeleteFunc(item.Needs, func(id string) bool {
			_, known := s.index[id]
			switch {
			case id == item.Key:
				doc.Blame(s.at(s.rows[i], needsColumn), "%s needs itself, want ids of other rows",
					command.Quote(id))
			case !known:
				odd.Blame(s.at(s.rows[i], needsColumn), "needs %s, want ids of other rows, with spaces between",
					command.Quote(id))
			default:
				return false
			}
			return true
		})
	}
	return s
}

// blame blames the document for what [plan.Sequence] finds wrong with the items.
func (s *sheet) blame(doc *command.Document, err error) {
	for _, err := range command.Problems(err) {
		var item *prioritize.ItemError
		var field *prioritize.FieldError
		var cycle *plan.CycleError
		at := command.Start()
		switch {
		case errors.As(err, &cycle):
			at = s.at(s.rows[s.index[cycle.Keys[0]]], needsColumn)
			doc.Blame(at, "%s, want no item to need itself, also by way of others", command.CycleText(cycle))
		case errors.As(err, &field):
			if errors.As(err, &item) {
				at = s.at(s.rows[item.Index], field.Field)
			}
			doc.Blame(at, "%s is %s, want %s", field.Field, command.Quote(field.Value), field.Want)
		default:
			doc.Blame(at, "%v, want items that can be put in order", err)
		}
	}
}
