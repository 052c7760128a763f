package main

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// cells reads the cells of one row for one method, and notes which are blank. Without a sheet it notes
// which columns it is asked for.
type cells struct {
	sheet    *sheet
	doc      *command.Document // to blame for what cannot be read
	row      int
	blank    []string // columns without a value where one is needed
	optional []string // columns that the sheet need not have; noted without a sheet only
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
	if err != nil {
		c.sheet.Blame(c.doc, at, "%s is %s, want %s", command.OnLine(column), command.Quote(text), command.Wanted(err))
	}
	return value
}

func (c *cells) number(column string) decimal.Decimal { return cell(c, column, command.ParseNumber) }

// numberIfAny is 0 where there is no such column.
func (c *cells) numberIfAny(column string) decimal.Decimal {
	switch {
	case c.sheet == nil:
		c.optional = append(c.optional, column)
		return decimal.Decimal{}
	case !c.sheet.Has(column):
		return decimal.Decimal{}
	}
	return c.number(column)
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

// numbers reads the cells of a family that are not blank, by the names in it.
func (c *cells) numbers(family string) map[string]decimal.Decimal {
	numbers := make(map[string]decimal.Decimal)
	for _, column := range c.family(family) {
		if text, _, _ := c.sheet.Cell(c.row, column); text != "" {
			numbers[strings.TrimPrefix(column, family+".")] = c.number(column)
		}
	}
	return numbers
}
