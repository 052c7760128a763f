package catalogue

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// Cells reads the cells of one row. Without a sheet it notes which columns it is asked for.
type Cells struct {
	Sheet *command.Sheet
	Row   int
	// Read is called for each cell that is not blank, with what is wrong with it, or "".
	Read func(at command.Place, problem string)

	Blank    []string // columns without a value where one is needed
	Optional []string // columns that the sheet need not have; noted without a sheet only
}

// Columns returns the columns that an entry needs, and those that it can do without. "votes.NAME" is one or more
// columns, of any name.
func (e Entry[A]) Columns() (needed, optional []string) {
	asking := &Cells{}
	e.Read(asking)
	return asking.Blank, asking.Optional
}

// cell reads one cell; the zero value stands for one that is blank or cannot be read.
func cell[T any](c *Cells, column string, parse func(string) (T, error)) (value T) {
	text := ""
	var at command.Place
	if c.Sheet != nil {
		text, at, _ = c.Sheet.Cell(c.Row, column)
	}
	if text == "" {
		c.Blank = append(c.Blank, column)
		return value
	}
	value, err := parse(text)
	problem := ""
	if err != nil {
		problem = fmt.Sprintf("%s is %s, want %s", command.OnLine(column), command.Quote(text), command.Wanted(err))
	}
	c.Read(at, problem)
	return value
}

func (c *Cells) number(column string) decimal.Decimal { return cell(c, column, command.ParseNumber) }

// numberIfAny is 0 where there is no such column; in one that there is, a number is needed.
func (c *Cells) numberIfAny(column string) decimal.Decimal {
	if c.Sheet == nil {
		c.Optional = append(c.Optional, column)
		return decimal.Decimal{}
	}
	if !c.Sheet.Has(column) {
		return decimal.Decimal{}
	}
	return c.number(column)
}

// cellIfGiven reads a cell that may be blank, in a column that the sheet need not have.
func cellIfGiven[T any](c *Cells, column string, parse func(string) (T, error)) (value T) {
	if c.Sheet == nil {
		c.Optional = append(c.Optional, column)
		return value
	}
	if text, _, _ := c.Sheet.Cell(c.Row, column); text == "" {
		return value
	}
	return cell(c, column, parse)
}

// family returns the columns of a family.
func (c *Cells) family(name string) []string {
	if c.Sheet == nil {
		c.Blank = append(c.Blank, name+command.AnyName)
		return nil
	}
	columns := c.Sheet.Names(name)
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
func (c *Cells) numbers(family string, need bool) map[string]decimal.Decimal {
	numbers := make(map[string]decimal.Decimal)
	for _, column := range c.family(family) {
		if text, _, _ := c.Sheet.Cell(c.Row, column); text != "" || need {
			numbers[strings.TrimPrefix(column, family+".")] = c.number(column)
		}
	}
	return numbers
}
