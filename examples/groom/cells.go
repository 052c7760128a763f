package main

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// cells reads the cells of one row, and notes which are blank or cannot be read. Without a sheet it
// notes which columns it is asked for.
type cells struct {
	sheet    *sheet
	row      int
	blank    []string                 // columns without a value where one is needed
	optional []string                 // columns that the sheet need not have; noted without a sheet only
	read     map[command.Place]bool   // by any method
	unread   map[command.Place]string // what is wrong, to the first method that tried
}

func (s *sheet) cellsOf(row int) *cells {
	return &cells{sheet: s, row: row, read: make(map[command.Place]bool), unread: make(map[command.Place]string)}
}

// cell reads one cell; the zero value stands for one that is blank or cannot be read.
func cell[T any](c *cells, column string, parse func(string) (T, error)) (value T) {
	text := ""
	var at command.Place
	if c.sheet != nil {
		text, at, _ = c.sheet.Cell(c.row, column)
	}
	if text == "" {
		c.blank = append(c.blank, column)
		return value
	}
	value, err := parse(text)
	if err == nil {
		c.read[at] = true
	} else if c.unread[at] == "" {
		c.unread[at] = fmt.Sprintf("%s is %s, want %s", command.OnLine(column), command.Quote(text), command.Wanted(err))
	}
	return value
}

func (c *cells) number(column string) decimal.Decimal { return cell(c, column, command.ParseNumber) }

// numberIfAny is 0 where there is no such column; in one that there is, a number is needed.
func (c *cells) numberIfAny(column string) decimal.Decimal {
	if c.sheet == nil {
		c.optional = append(c.optional, column)
		return decimal.Decimal{}
	}
	if _, _, ok := c.sheet.Cell(c.row, column); !ok {
		return decimal.Decimal{}
	}
	return c.number(column)
}

// cellIfGiven reads a cell that may be blank, in a column that the sheet need not have.
func cellIfGiven[T any](c *cells, column string, parse func(string) (T, error)) (value T) {
	if c.sheet == nil {
		c.optional = append(c.optional, column)
		return value
	}
	if text, _, _ := c.sheet.Cell(c.row, column); text == "" {
		return value
	}
	return cell(c, column, parse)
}

// family returns the columns of a family.
func (c *cells) family(name string) []string {
	if c.sheet == nil {
		c.blank = append(c.blank, name+command.AnyName)
		return nil
	}
	columns := c.sheet.Names(name)
	for i := range columns {
		columns[i] = name + "." + columns[i]
	}
	return columns
}

// Whether a blank cell of a family leaves the item unscored, or only the name without a number.
const (
	required    = true
	notRequired = false
)

// numbers reads the cells of a family, by the names in it.
func (c *cells) numbers(family string, need bool) map[string]decimal.Decimal {
	numbers := make(map[string]decimal.Decimal)
	for _, column := range c.family(family) {
		if text, _, _ := c.sheet.Cell(c.row, column); text != "" || need {
			numbers[strings.TrimPrefix(column, family+".")] = c.number(column)
		}
	}
	return numbers
}

// blameUnread blames the document for the cells that nobody could read.
func (c *cells) blameUnread(doc *command.Document) {
	for _, at := range c.sheet.Rows[c.row].At {
		if text, bad := c.unread[at]; bad && !c.read[at] {
			c.sheet.Blame(doc, at, "%s", text)
		}
	}
}
