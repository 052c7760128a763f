package exchange

import "strings"

// types is what follows from all cells of a file together: the types of its custom columns, the order of its dates, the
// mark of its numbers, and on which scale its priorities are.
type types struct {
	dates         dates
	numbers       numbers
	firstPriority int
}

// candidate is what the cells of one column can be so far, and what they would mean for the whole file.
type candidate struct {
	isDate, isNumber, isFlag bool
	dates                    dates
	numbers                  numbers
	read, unread             int // of a field
}

// demote makes a column custom if most of its cells cannot be read as the field that its header names.
func (c *candidate) demote(column *sourceColumn) {
	if !column.Field.isDate() && !column.Field.isNumber() || c.unread <= c.read {
		return
	}
	if column.Field == FieldDone && c.isFlag {
		column.Field = FieldCategory
		return
	}
	column.Field = FieldCustom
	c.isDate, c.isNumber, c.isFlag = false, false, false
}

// inferTypes looks at all cells of the source. O(cells).
func inferTypes(s *source) (t *types, warnings []string) {
	t = &types{dates: dates{location: s.options.Location}, firstPriority: 1}
	if s.firstPriority != nil {
		t.firstPriority = *s.firstPriority
	}
	candidates := make([]candidate, len(s.columns))
	for i, column := range s.columns {
		custom := column.Field == FieldCustom
		candidates[i] = candidate{
			isDate: custom || column.Field.isDate(), isNumber: custom || column.Field.isNumber(), isFlag: custom || column.Field == FieldDone,
		}
	}
	for _, cell := range s.cells {
		c := &candidates[cell.column]
		switch {
		case c.isDate || c.isNumber || c.isFlag:
			c.observe(cell.text, s.columns[cell.column].Field)
		case s.columns[cell.column].Field == FieldPriority && s.firstPriority == nil:
			if text := trim(cell.text); len(text) <= 2 && strings.HasSuffix(text, "0") {
				if _, ok := numbered(fold(text)); ok {
					t.firstPriority = 0
				}
			}
		}
	}
	for i := range candidates {
		c := &candidates[i]
		areWords := s.columns[i].Field == FieldPoints && c.read == 0 && c.unread > 1 // sizes such as S, M, L
		if s.isLoose || areWords {
			c.demote(&s.columns[i])
		}
		t.add(c, &s.columns[i])
	}
	if s.exactNumbers && s.options.DecimalMark == 0 {
		t.numbers.decide(DecimalPoint)
	} else if warning := t.numbers.decide(s.options.DecimalMark); warning != "" {
		warnings = append(warnings, warning)
	}
	wanted := s.options.DateOrder
	if wanted == 0 && t.dates.dayFirst == 0 && t.dates.monthFirst == 0 && t.dates.undecided > 0 {
		wanted = t.orderOfTime(s)
	}
	if warning := t.dates.decide(wanted); warning != "" {
		warnings = append(warnings, warning+", Options.DateOrder chooses the other")
	}
	return t, warnings
}

// observe takes one cell in. In a column of a field, a cell that cannot be read is passed over; in a custom column,
// it ends that type.
func (c *candidate) observe(text string, field Field) {
	if c.isDate {
		one, ok := parseDate(text)
		switch {
		case ok && (field != FieldCustom || one.isPlain()):
			c.dates.observe(one, text)
			c.read++
		case field == FieldCustom:
			c.isDate = false
		case !isNone(text):
			c.unread++
		}
	}
	if c.isNumber {
		one, reason := parseNumber(text)
		switch {
		case reason == "" && (field != FieldCustom || one.isPlain()):
			c.numbers.observe(one, text)
			c.read++
		case field == FieldCustom:
			c.isNumber = false
		case !isNone(text):
			c.unread++
		}
	}
	c.isFlag = c.isFlag && isFlag(text)
}

func isFlag(text string) bool {
	return len(text) <= 8 && (strings.EqualFold(trim(text), "true") || strings.EqualFold(trim(text), "false"))
}

// isPlain reports whether text in a column of unknown type that looks like the number is one beyond doubt, and is
// the same when it is written in another form: identifiers have leading zeros, and units have a meaning.
func (n number) isPlain() bool {
	isPadded := len(n.digits) > 1 && n.digits[0] == '0' && n.digits[1] != '.' && n.digits[1] != ','
	return !n.symbols && !isPadded && n.exponent == 0 && len(n.digits) <= 15
}

// add settles the type of one column and adds its counts.
func (t *types) add(c *candidate, column *sourceColumn) {
	switch {
	case c.isDate:
		column.valueType = Instant
		t.dates.dayFirst += c.dates.dayFirst
		t.dates.monthFirst += c.dates.monthFirst
		if t.dates.undecided == 0 {
			t.dates.example = c.dates.example
		}
		t.dates.undecided += c.dates.undecided
	case c.isNumber:
		column.valueType = Number
		t.numbers.point += c.numbers.point
		t.numbers.comma += c.numbers.comma
		if t.numbers.undecided == 0 {
			t.numbers.example = c.numbers.example
		}
		t.numbers.undecided += c.numbers.undecided
	case c.isFlag:
		column.valueType = Flag
	default:
		column.valueType = Text
	}
}

// orderOfTime returns the order of dates in which no item is changed or done before it was created, if there are some in the
// other; else 0.
func (t *types) orderOfTime(s *source) DateOrder {
	before := map[DateOrder]int{} // items that would be
	for i := range s.rows {
		var created, last []date
		for _, cell := range s.cellsOf(i) {
			field := s.columns[cell.column].Field
			if field != FieldCreated && field != FieldUpdated && field != FieldDone {
				continue
			}
			one, ok := parseDate(cell.text)
			switch {
			case ok && field == FieldCreated && len(created) == 0:
				created = append(created, one)
			case ok && field != FieldCreated && len(last) < 2:
				last = append(last, one)
			}
		}
		for _, order := range []DateOrder{DayFirst, MonthFirst} {
			reader := dates{location: t.dates.location, order: order}
			if reader.anyBefore(last, created) {
				before[order]++
			}
		}
	}
	switch {
	case before[DayFirst] == 0 && before[MonthFirst] > 0:
		return DayFirst
	case before[MonthFirst] == 0 && before[DayFirst] > 0:
		return MonthFirst
	}
	return 0
}

// anyBefore reports whether one of the dates is on a day before one of the others.
func (d *dates) anyBefore(some, others []date) bool {
	for _, one := range some {
		for _, other := range others {
			a, _, reasonA := d.resolve(one)
			b, _, reasonB := d.resolve(other)
			if reasonA == "" && reasonB == "" && a.Before(b) {
				return true
			}
		}
	}
	return false
}
