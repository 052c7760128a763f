package exchange

import (
	"fmt"
	"time"
)

// builder makes a document of a source. Each cell ends as carried, custom or lost, and is counted there.
type builder struct {
	source *source
	types  *types
	doc    *Document

	// Of the row at hand.
	item  *Item
	row   sourceRow
	key   string // as it stands there
	cycle lifecycle
	done  string                        // the column of item.Done
	since time.Time                     // when it came into its status
	known map[*[]string]map[string]bool // what its long lists hold
	bounds

	dated, released map[string]bool // sprints and releases of the document

	latest   time.Time      // that anything happened in the file
	firsts   map[string]int // rows of the source by the key of their item
	keys     map[string]bool
	statuses map[statusID]int // index in doc.Statuses
	levels   map[string]Level // by kind
	urgency  map[string]int   // by priority
	states   map[lifecycle]knownState

	set    map[sourceCell]bool // the cells of the row setRow of the source
	setRow int

	untitled, firstUntitled int   // items, and the row of one
	tree                    []int // the items above the last one, in a tree of titles
	parents                 []reference
	links                   []reference
}

// build makes the document. O(cells), apart from the length of what is split.
func build(s *source) (*Document, error) {
	if n := len(s.rows); n > 0 && s.rows[n-1].first == len(s.cells) {
		s.rows = s.rows[:n-1]
	}
	b := &builder{
		source: s, firsts: make(map[string]int, len(s.rows)), keys: make(map[string]bool, len(s.rows)),
		known: make(map[*[]string]map[string]bool), dated: make(map[string]bool), released: make(map[string]bool), statuses: make(map[statusID]int), levels: make(map[string]Level),
		urgency: make(map[string]int), states: make(map[lifecycle]knownState),
		doc: &Document{
			Items: make([]Item, 0, len(s.rows)), Values: []Value{}, Links: []Link{}, Losses: []Loss{},
			Skipped: []Skipped{}, Repeated: []Skipped{}, Statuses: []StatusCount{}, Kinds: []KindCount{}, Warnings: append([]string{}, s.warnings...),
		},
	}
	var warnings []string
	b.types, warnings = inferTypes(s)
	b.doc.Warnings = append(b.doc.Warnings, warnings...)
	for i, row := range s.rows {
		b.addRow(i, row)
	}
	n := &names{items: b.doc.Items, keys: b.keys}
	b.resolveParents(n)
	if err := b.resolveLinks(n); err != nil {
		return nil, err
	}
	b.findActive()
	b.doc.Cells = len(s.cells) - s.derived
	b.count()
	return b.doc, nil
}

// addRow makes an item of the row at the index of the source, or adds it to the one that has its key.
func (b *builder) addRow(index int, row sourceRow) {
	cells := b.source.cellsOf(index)
	if row.isWhole {
		b.addWhole(row, cells)
		return
	}
	b.doc.Rows++
	key, title := b.identity(cells)
	if row.skipped == "" && key == "" && title == "" {
		row.skipped = "neither a key nor a title"
	}
	if row.skipped != "" {
		b.skip(row, cells)
		return
	}
	first, isTaken := b.firsts[key]
	if isTaken && key != "" && (!b.source.isLoose || title == "" || title == b.titleOf(first)) {
		b.repeat(row, cells, first)
		return
	}
	if !isTaken {
		b.firsts[key] = index
	}
	b.doc.Items = append(b.doc.Items, Item{Row: row.number, Key: b.freeKey(key, title, row.number)})
	b.item, b.row, b.key = &b.doc.Items[len(b.doc.Items)-1], row, key
	b.cycle, b.done, b.since = lifecycle{}, "", time.Time{}
	clear(b.known)
	for _, cell := range cells {
		if cell.isDerived {
			b.imply(cell)
		} else {
			b.place(cell)
		}
	}
	b.finishItem()
}

// addWhole makes values of the document of cells that belong to no item.
func (b *builder) addWhole(row sourceRow, cells []sourceCell) {
	whole := Item{}
	b.item, b.row = &whole, row
	for _, cell := range cells {
		if column := &b.source.columns[cell.column]; column.Field == FieldImplied {
			b.doc.Carried++
		} else {
			b.custom(column, cell.text)
		}
	}
	b.doc.Values = append(b.doc.Values, whole.Custom...)
}

// identity returns the key and the title of a row.
func (b *builder) identity(cells []sourceCell) (key, title string) {
	id := ""
	for _, cell := range cells {
		switch text := b.source.textOf(cell); b.source.columns[cell.column].Field {
		case FieldKey:
			if key == "" {
				key = trim(text)
			}
		case FieldID:
			if id == "" {
				id = trim(text)
			}
		case FieldTitle:
			if title == "" {
				title = oneLine(text)
			}
		default:
		}
	}
	if key == "" {
		key = id
	}
	return key, title
}

func (b *builder) titleOf(row int) string {
	_, title := b.identity(b.source.cellsOf(row))
	return title
}

// freeKey returns the key, or the title where there is none, with a number behind it if it is taken.
func (b *builder) freeKey(key, title string, row int) string {
	wanted := key
	if wanted == "" {
		wanted = title
	}
	free := wanted
	for n := row; b.keys[free]; n++ {
		free = fmt.Sprintf("%s (%d)", wanted, n)
	}
	if key != "" && free != key {
		b.warnSome("row %d: the key %s is taken by another item; this one is %s", row, quote(key), quote(free))
	}
	b.keys[free] = true
	return free
}

// skip makes losses of the cells of a row that is no item.
func (b *builder) skip(row sourceRow, cells []sourceCell) {
	b.doc.Skipped = append(b.doc.Skipped, Skipped{row.number, row.skipped})
	for _, cell := range cells {
		if !cell.isDerived {
			b.doc.Losses = append(b.doc.Losses, Loss{row.number, b.source.columns[cell.column].name, cell.text, row.skipped})
		}
	}
}

// repeat adds a second row of an item: a plan shows an item once for each place in its tree. Cells that the first row
// has too are carried by it; the others are losses.
func (b *builder) repeat(row sourceRow, cells []sourceCell, first int) {
	known, more := b.cellSet(first), 0
	differs, reason := "", fmt.Sprintf("a second row of the item of row %d", b.source.rows[first].number)
	for _, cell := range cells {
		if cell.isDerived {
			continue
		}
		if known[cell] {
			b.doc.Carried++
			continue
		}
		more++
		if more == 1 {
			differs = reason + ", which has another value or none here"
		}
		b.doc.Losses = append(b.doc.Losses, Loss{row.number, b.source.columns[cell.column].name, cell.text, differs})
	}
	reason += "; " + counted(more, "cell differs", "cells differ")
	b.doc.Repeated = append(b.doc.Repeated, Skipped{row.number, reason})
	b.warnSome("row %d is %s", row.number, reason)
}

// cellSet returns the cells of a row of the source. Those of the row that was asked for last are kept: where one key is on
// many rows, they come one behind the other.
func (b *builder) cellSet(row int) map[sourceCell]bool {
	if b.set != nil && b.setRow == row {
		return b.set
	}
	b.set, b.setRow = make(map[sourceCell]bool), row
	for _, cell := range b.source.cellsOf(row) {
		b.set[cell] = true
	}
	return b.set
}

// warnSome adds a warning, unless there are many.
func (b *builder) warnSome(format string, args ...any) {
	const most = 100
	switch n := len(b.doc.Warnings); {
	case n < most:
		b.doc.Warnings = append(b.doc.Warnings, fmt.Sprintf(format, args...))
	case n == most:
		b.doc.Warnings = append(b.doc.Warnings, "and more of these")
	}
}
