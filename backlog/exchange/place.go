package exchange

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

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
	cell.text = b.source.textOf(cell)
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
		b.sprints(column, cell.text)
	case FieldReleases:
		b.many(&item.Releases, column, cell.text)
	case FieldCriteria:
		if hasTooMany(cell.text, "\n") {
			b.keep(column.name, Text, trim(cell.text))
			return
		}
		if column.isWhole {
			item.Criteria = append(item.Criteria, trim(cell.text))
		} else {
			item.Criteria = append(item.Criteria, statements(cell.text)...)
		}
		b.doc.Carried++
	case FieldParent:
		b.parents = append(b.parents, reference{len(b.doc.Items) - 1, cell})
	case FieldLink:
		if hasTooMany(cell.text, linkSeparators) {
			b.keep(column.name, Text, trim(cell.text))
			return
		}
		b.links = append(b.links, reference{len(b.doc.Items) - 1, cell})
		b.doc.Carried++
	case FieldPoints, FieldFactor, FieldEstimated, FieldRemaining, FieldSpent:
		b.number(column, cell.text)
	default:
		b.date(column, cell.text)
	}
}

// sprints places the sprints of an item, or the record of one with its dates.
func (b *builder) sprints(column *sourceColumn, text string) {
	one, ok := sprintRecord(trim(text))
	if !ok {
		b.many(&b.item.Sprints, column, text)
		return
	}
	b.sprint = one
	b.keep(column.name, Text, trim(text))
	b.addOnce(&b.item.Sprints, one.Name)
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
	if hasTooMany(text, column.Split) {
		b.keep(column.name, Text, trim(text))
		return
	}
	for _, value := range split(text, column.Split) {
		b.addOnce(field, oneLine(value))
	}
	b.doc.Carried++
}

// maxParts is how many values a cell may hold. One with more is a custom value: it would take many times its memory.
const maxParts = 1000

// hasTooMany reports whether the text has more than maxParts separators.
func hasTooMany(text, separators string) bool {
	n := 0
	for at := strings.IndexAny(text, separators); at >= 0 && separators != ""; at = strings.IndexAny(text, separators) {
		if n++; n > maxParts {
			return true
		}
		text = text[at+1:]
	}
	return false
}

// addOnce adds a value to a list of the item at hand, unless it has it.
func (b *builder) addOnce(list *[]string, value string) {
	const few = 20 // are looked through faster than a map is made
	if len(*list) < few {
		if !slices.Contains(*list, value) {
			*list = append(*list, value)
		}
		return
	}
	known := b.known[list]
	if known == nil {
		known = make(map[string]bool)
		for _, one := range *list {
			known[one] = true
		}
		b.known[list] = known
	}
	if !known[value] {
		known[value] = true
		*list = append(*list, value)
	}
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
		if column.statusSince {
			b.since = at
		}
		b.note(column.bound, at, 0)
		b.keep(column.name, Instant, at.Format(time.RFC3339Nano))
		return
	case Number:
		one, _ := parseNumber(text)
		value, reason := b.types.numbers.resolve(one)
		if reason != "" {
			break
		}
		b.note(column.bound, time.Time{}, value.IntPart())
		b.keep(column.name, Number, value.StringFixed(max(0, -value.Exponent()))) // 1.10 may be a version
		return
	case Flag:
		b.keep(column.name, Flag, fold(text))
		return
	default:
	}
	b.keep(column.name, Text, trim(text))
}

// zeroTime is what programs in Go write where there is no date.
const zeroTime = "0001-01-01"

// date reads an instant.
func (b *builder) date(column *sourceColumn, text string) {
	if isNone(text) || strings.HasPrefix(text, zeroTime) {
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
		b.done, b.cycle.isGivenUp = column.name, column.givenUp
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
