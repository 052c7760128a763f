package exchange

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
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
	done  string // the column of item.Done

	firsts   map[string]int // rows of the source by the key of their item
	keys     map[string]bool
	statuses map[statusID]int // index in doc.Statuses
	levels   map[string]Level // by kind
	urgency  map[string]int   // by priority
	states   map[lifecycle]knownState

	untitled, firstUntitled int   // items, and the row of one
	tree                    []int // the items above the last one, in a tree of titles
	parents                 []reference
	links                   []reference
}

// build makes the document. O(cells), apart from the length of what is split.
func build(s *source) *Document {
	if n := len(s.rows); n > 0 && s.rows[n-1].first == len(s.cells) {
		s.rows = s.rows[:n-1]
	}
	b := &builder{
		source: s, firsts: make(map[string]int, len(s.rows)), keys: make(map[string]bool, len(s.rows)),
		statuses: make(map[statusID]int), levels: make(map[string]Level),
		urgency: make(map[string]int), states: make(map[lifecycle]knownState),
		doc: &Document{
			Items: make([]Item, 0, len(s.rows)), Values: []Value{}, Links: []Link{}, Losses: []Loss{},
			Skipped: []Skipped{}, Statuses: []StatusCount{}, Kinds: []KindCount{}, Warnings: append([]string{}, s.warnings...),
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
	b.resolveLinks(n)
	b.doc.Cells = len(s.cells) - s.derived
	b.count()
	return b.doc
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
	b.cycle, b.done = lifecycle{}, ""
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
		switch b.source.columns[cell.column].Field {
		case FieldKey:
			if key == "" {
				key = trim(fuse(cell.text))
			}
		case FieldID:
			if id == "" {
				id = trim(cell.text)
			}
		case FieldTitle:
			if title == "" {
				title = oneLine(fuse(cell.text))
			}
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
	known := make(map[sourceCell]bool)
	for _, cell := range b.source.cellsOf(first) {
		known[cell] = true
	}
	more := 0
	for _, cell := range cells {
		if cell.isDerived {
			continue
		}
		if known[cell] {
			b.doc.Carried++
			continue
		}
		more++
		b.doc.Losses = append(b.doc.Losses, Loss{
			row.number, b.source.columns[cell.column].name, cell.text,
			fmt.Sprintf("a second row of the item of row %d, which has another value or none here", b.source.rows[first].number),
		})
	}
	b.warnSome("row %d is a second row of the item of row %d; %s", row.number, b.source.rows[first].number,
		counted(more, "cell differs", "cells differ"))
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

// imply places a cell that is derived from others, which are counted instead of it.
func (b *builder) imply(cell sourceCell) {
	carried, custom, losses, dates := b.doc.Carried, b.doc.Custom, len(b.doc.Losses), b.doc.Dates
	values := len(b.item.Custom)
	b.place(cell)
	b.doc.Carried, b.doc.Custom, b.doc.Losses, b.doc.Dates = carried, custom, b.doc.Losses[:losses], dates
	b.item.Custom = b.item.Custom[:values]
}

// place puts one cell of the row into a field, a custom value, or the losses.
func (b *builder) place(cell sourceCell) {
	column := &b.source.columns[cell.column]
	item := b.item
	if b.source.isTable {
		cell.text = fuse(cell.text)
	}
	switch column.Field {
	case FieldCustom:
		b.custom(column, cell.text)
	case FieldImplied:
		b.doc.Carried++
	case FieldKey:
		if key := trim(cell.text); key == b.key {
			b.doc.Carried++
		} else {
			b.keep(column.name, Text, key)
		}
	case FieldID:
		if id := trim(cell.text); id == b.key {
			b.doc.Carried++
		} else {
			b.one(&item.ID, column, id)
		}
	case FieldKind:
		b.one(&item.Kind, column, oneLine(cell.text))
	case FieldTitle:
		b.title(column, cell.text)
	case FieldDescription:
		b.one(&item.Description, column, lineFeeds(trim(cell.text)))
	case FieldStatus:
		b.one(&item.Status, column, oneLine(cell.text))
	case FieldCategory:
		b.one(&b.cycle.category, column, trim(cell.text))
	case FieldResolution:
		b.one(&item.Resolution, column, oneLine(cell.text))
	case FieldPriority:
		if b.one(&item.Priority, column, oneLine(cell.text)) {
			item.Urgency = b.urgencyOf(item.Priority)
		}
	case FieldAssignee:
		b.one(&item.Assignee, column, oneLine(cell.text))
	case FieldLabels:
		b.many(&item.Labels, column, cell.text)
	case FieldSprints:
		b.many(&item.Sprints, column, cell.text)
	case FieldReleases:
		b.many(&item.Releases, column, cell.text)
	case FieldCriteria:
		if column.isWhole {
			item.Criteria = append(item.Criteria, trim(cell.text))
		} else {
			item.Criteria = append(item.Criteria, statements(cell.text)...)
		}
		b.doc.Carried++
	case FieldParent:
		b.parents = append(b.parents, reference{len(b.doc.Items) - 1, cell})
	case FieldLink:
		b.links = append(b.links, reference{len(b.doc.Items) - 1, cell})
		b.doc.Carried++
	case FieldPoints, FieldFactor, FieldEstimated, FieldRemaining, FieldSpent:
		b.number(column, cell.text)
	default:
		b.date(column, cell.text)
	}
}

func (b *builder) urgencyOf(priority string) int {
	urgency, known := b.urgency[priority]
	if !known {
		if urgency, known = b.source.urgencies[fold(priority)]; !known {
			urgency = urgencyOf(priority, b.types.firstPriority)
		}
		b.urgency[priority] = urgency
	}
	return urgency
}

// one sets a field that holds one value. A second value that is the same is carried; another becomes a custom value. It reports
// whether the field was set.
func (b *builder) one(field *string, column *sourceColumn, value string) bool {
	if *field != "" && *field != value {
		b.keep(column.name, Text, value)
		return false
	}
	b.doc.Carried++
	isNew := *field == ""
	*field = value
	return isNew
}

// many adds to a field that holds a list.
func (b *builder) many(field *[]string, column *sourceColumn, text string) {
	for _, value := range split(text, column.Split) {
		if value = oneLine(value); !contains(*field, value) {
			*field = append(*field, value)
		}
	}
	b.doc.Carried++
}

// contains looks at the last values only: a cell of a million parts must not cost their square.
func contains(list []string, value string) bool {
	const most = 200
	for i := max(0, len(list)-most); i < len(list); i++ {
		if list[i] == value {
			return true
		}
	}
	return false
}

// keep adds a custom value.
func (b *builder) keep(name string, t ValueType, text string) {
	b.item.Custom = append(b.item.Custom, Value{name, t, text})
	b.doc.Custom++
}

// lose adds a loss.
func (b *builder) lose(column *sourceColumn, text, reason string) {
	b.doc.Losses = append(b.doc.Losses, Loss{b.row.number, column.name, text, reason})
}

// custom keeps a cell of a custom column, as the type of the column.
func (b *builder) custom(column *sourceColumn, text string) {
	switch column.valueType {
	case Instant:
		one, _ := parseDate(text)
		at, isChoice, reason := b.types.dates.resolve(one)
		if reason != "" {
			break
		}
		b.doc.Dates.Read++
		if isChoice {
			b.doc.Dates.Ambiguous++
		}
		b.keep(column.name, Instant, at.Format(time.RFC3339Nano))
		return
	case Number:
		one, _ := parseNumber(text)
		value, reason := b.types.numbers.resolve(one)
		if reason != "" {
			break
		}
		b.keep(column.name, Number, value.String())
		return
	case Flag:
		b.keep(column.name, Flag, fold(text))
		return
	}
	b.keep(column.name, Text, trim(text))
}

// date reads an instant.
func (b *builder) date(column *sourceColumn, text string) {
	if isNone(text) {
		b.doc.Carried++
		return
	}
	one, ok := parseDate(text)
	if !ok {
		b.doc.Dates.Unread++
		b.lose(column, text, "not a date in any form that is known")
		return
	}
	one.hasZone = one.hasZone || column.UTC
	at, isChoice, reason := b.types.dates.resolve(one)
	if reason != "" {
		b.doc.Dates.Unread++
		b.lose(column, text, reason)
		return
	}
	b.doc.Dates.Read++
	if isChoice {
		b.doc.Dates.Ambiguous++
	}
	field := b.instant(column.Field)
	if !field.IsZero() && !field.Equal(at) {
		b.keep(column.name, Instant, at.Format(time.RFC3339Nano))
		return
	}
	*field = at
	b.doc.Carried++
	if column.Field == FieldDone {
		b.done = column.name
	}
}

func (b *builder) instant(field Field) *time.Time {
	switch field {
	case FieldCreated:
		return &b.item.Created
	case FieldUpdated:
		return &b.item.Updated
	case FieldStarted:
		return &b.item.Started
	case FieldDone:
		return &b.item.Done
	case FieldDue:
		return &b.item.Due
	default:
		return &b.item.DeferredUntil
	}
}

// number reads points, a time or a factor.
func (b *builder) number(column *sourceColumn, text string) {
	if isNone(text) {
		b.doc.Carried++
		return
	}
	field := column.Field
	one, reason := parseNumber(text)
	var value decimal.Decimal
	if reason == "" {
		value, reason = b.types.numbers.resolve(one)
	}
	if reason == "" && field.isTime() {
		value, reason = seconds(value, one.unit, column.Unit)
	}
	if reason != "" && field.isTime() {
		if total, ok := parseSpan(text); ok {
			value, reason = total, ""
		}
	}
	if reason != "" {
		b.lose(column, text, reason)
		return
	}
	if field == FieldPoints && secondsIn[one.unit] > 0 { // an estimate in hours is a time
		field = FieldEstimated
		value, _ = seconds(value, one.unit, "")
	}
	if field == FieldFactor {
		if one.percent {
			value = value.Shift(-2)
		}
		b.item.Scores = append(b.item.Scores, Factor{column.name, value})
		b.doc.Carried++
		return
	}
	target := b.amount(field)
	if target.Valid && !target.Decimal.Equal(value) {
		b.keep(column.name, Number, value.String())
		return
	}
	*target = decimal.NewNullDecimal(value)
	b.doc.Carried++
}

func (b *builder) amount(field Field) *decimal.NullDecimal {
	switch field {
	case FieldPoints:
		return &b.item.Points
	case FieldEstimated:
		return &b.item.Estimated
	case FieldRemaining:
		return &b.item.Remaining
	default:
		return &b.item.Spent
	}
}
