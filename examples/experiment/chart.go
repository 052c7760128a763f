package main

import (
	"cmp"
	"slices"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// chart is a bump chart: a column a method, a line an item, the first at the top. All lengths are in
// tenths of a pixel, so that they are whole numbers and come out the same everywhere.
type chart struct {
	methods []string
	titles  []string // of the items
	columns []column // of each method
	raised  []int    // the items that move most, the largest move first
	depth   int      // of the deepest column, in scored items
	rest    int      // of the column with most of them, in items that are not scored
}

// column is where the items are by one method.
type column struct {
	slots []slot // of each item
	ties  []standing
}

// slot is the place of an item in a column, from 0. Items that tie are in slots of their own, whose
// order means nothing; it is that of the column before, so that lines do not cross for no reason. Items
// that are not scored are in slots of their own kind, counted from 0 too.
type slot struct {
	standing
	at int
}

func (r *report) chart() *chart {
	c := &chart{columns: make([]column, len(r.trials))}
	for row := range r.sheet.Rows {
		title, _, _ := r.sheet.Cell(row, titleColumn)
		c.titles = append(c.titles, command.OnLine(title))
	}
	before := make([]slot, len(c.titles))
	for i, t := range r.trials {
		c.methods = append(c.methods, t.name)
		c.columns[i] = newColumn(t, before)
		before = c.columns[i].slots
		c.depth = max(c.depth, t.ranking.Len())
		c.rest = max(c.rest, len(t.ranking.Unscored()))
	}
	for _, m := range r.agreement.moves {
		c.raised = append(c.raised, m.Key)
	}
	return c
}

func newColumn(t *trial, before []slot) column {
	order := make([]int, len(before))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := t.standings[i], t.standings[j]
		if a.isScored() != b.isScored() {
			return cmp.Compare(b.first, a.first)
		}
		return cmp.Or(cmp.Compare(a.first, b.first), before[i].compare(before[j]))
	})
	c := column{slots: make([]slot, len(before))}
	for at, item := range order {
		s := slot{t.standings[item], at}
		if !s.isScored() {
			s.at -= t.ranking.Len()
		}
		c.slots[item] = s
		if s.first == at+1 && s.last > s.first {
			c.ties = append(c.ties, s.standing)
		}
	}
	return c
}

// compare orders slots from top to bottom: those of what is not scored are below.
func (s slot) compare(t slot) int {
	if s.isScored() != t.isScored() {
		return cmp.Compare(t.first, s.first)
	}
	return cmp.Compare(s.at, t.at)
}
