package catalogue

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// Canonical returns a sheet in the words of others as a document with the columns that programs here read:
// title, and those of the factors of each method that has a column for all of them.
// A row that a method cannot read is blank for it, and odd; so are columns that nothing reads.
// A column that is known by its name, such as that of a family, stays as it is.
func Canonical(name string, s *prioritize.Sheet, known []string) (doc *command.Document, odd []string) {
	c := &canonical{sheet: s, cells: make(map[string][]string), isOdd: make(map[string]bool), isRead: make([]bool, len(s.Columns))}
	columnsOf(c, prioritize.WSJF{})
	columnsOf(c, prioritize.RICE{})
	columnsOf(c, prioritize.CD3{})
	columnsOf(c, prioritize.ICE{})
	columnsOf(c, prioritize.Opportunity{})
	columnsOf(c, prioritize.Wiegers{})
	columnsOf(c, prioritize.ValueEffort{})
	c.categories()
	c.keep(known)
	if c.titles == nil { // no method fits
		c.titles = make([]string, len(s.Rows))
		for i, number := range s.Numbers {
			c.titles[i] = fmt.Sprintf("row %d", number)
		}
	}
	var left []string
	for i, column := range s.Columns {
		if !c.isRead[i] && column != "" && !IsTitle(column) {
			left = append(left, command.Quote(column))
		}
	}
	if len(left) > 0 {
		odd = append(odd, PassedOver(left))
	}
	doc = command.SheetTable(name, s, append([]string{"title"}, c.names...), func(row int, column string) string {
		if column == "title" {
			return command.OnLine(c.titles[row])
		}
		return c.cells[column][row]
	})
	return doc, append(odd, c.odd...)
}

// canonical collects columns.
type canonical struct {
	sheet  *prioritize.Sheet
	titles []string
	names  []string
	cells  map[string][]string // of a name, by row
	odd    []string
	isOdd  map[string]bool
	isRead []bool // columns of the sheet
}

// fits reports whether a method has all its columns and can read a row, and notes which columns it reads.
func fits[A any](c *canonical, m prioritize.Method[A]) bool {
	if len(Lacks(c.sheet.Columns, m)) > 0 || !CanRead(c.sheet, m) {
		return false
	}
	for i := range c.sheet.Columns {
		c.isRead[i] = c.isRead[i] || reads(c.sheet.Columns, i, m)
	}
	return true
}

// read returns the inputs of a method, and for each row whether it could be read.
func read[A any](c *canonical, m prioritize.Method[A]) (candidates []prioritize.Candidate[string, A], isRead []bool) {
	isRead = slices.Repeat([]bool{true}, len(c.sheet.Rows))
	candidates, unread, err := Candidates(c.sheet, m)
	if err != nil {
		return nil, nil
	}
	for _, i := range slices.Sorted(maps.Keys(unread)) {
		isRead[i] = false
		problem := fmt.Sprintf("row %d: %s; it is left blank", c.sheet.Numbers[i], strings.TrimPrefix(unread[i].Error(), "prioritize: "))
		if !c.isOdd[problem] {
			c.isOdd[problem] = true
			c.odd = append(c.odd, problem)
		}
	}
	if c.titles == nil {
		c.titles = make([]string, len(candidates))
	}
	for i, one := range candidates {
		c.titles[i] = cmp.Or(c.titles[i], one.Key, fmt.Sprintf("row %d", c.sheet.Numbers[i]))
	}
	return candidates, isRead
}

// columnsOf adds a column for each factor of a method that fits.
func columnsOf[A any](c *canonical, m numeric[A]) {
	if !fits[A](c, m) {
		return
	}
	candidates, isRead := read[A](c, m)
	for _, factor := range m.Factors() {
		cells := make([]string, len(c.sheet.Rows))
		for i, one := range candidates {
			// What is missing is zero in the input; only a row without anything missing tells.
			if value, ok := factor.Get(one.Input); ok && isRead[i] && (one.Unscored == "" || !value.IsZero()) {
				cells[i] = value.String()
			}
		}
		c.add(factor.Name, cells)
	}
}

// categories adds the column of MoSCoW.
func (c *canonical) categories() {
	if m := (prioritize.MoSCoW{}); fits[prioritize.MoSCoWInput](c, m) {
		candidates, isRead := read[prioritize.MoSCoWInput](c, m)
		cells := make([]string, len(c.sheet.Rows))
		for i, one := range candidates {
			if isRead[i] && one.Unscored == "" {
				cells[i] = one.Input.Category.String()
			}
		}
		c.add("moscow", cells)
	}
}

// keep adds the columns that are known by their names, and are not there yet.
func (c *canonical) keep(known []string) {
	for i, column := range c.sheet.Columns {
		name := strings.ToLower(column)
		if name == "title" || !slices.Contains(known, name) && !slices.Contains(known, command.FamilyOf(name)) {
			continue
		}
		c.isRead[i] = true
		cells := make([]string, len(c.sheet.Rows))
		for k, row := range c.sheet.Rows {
			if i < len(row) {
				cells[k] = row[i]
			}
		}
		c.add(name, cells)
	}
}

// add adds a column, unless another method has the factor too: they are of one name and meaning.
func (c *canonical) add(name string, cells []string) {
	if _, known := c.cells[name]; !known {
		c.names = append(c.names, name)
		c.cells[name] = cells
	}
}
