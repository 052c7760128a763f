package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
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
		text, at, _ = c.sheet.cell(c.row, column)
	}
	if text == "" {
		c.blank = append(c.blank, column)
		return value
	}
	value, err := parse(text)
	if err != nil {
		c.sheet.blame(c.doc, at, "%s is %s, want %s", onLine(column), command.Quote(text), wanted(err))
	}
	return value
}

func (c *cells) number(column string) decimal.Decimal { return cell(c, column, parseNumber) }

// numberIfAny is 0 where there is no such column.
func (c *cells) numberIfAny(column string) decimal.Decimal {
	switch {
	case c.sheet == nil:
		c.optional = append(c.optional, column)
		return decimal.Decimal{}
	case !c.sheet.has(column):
		return decimal.Decimal{}
	}
	return c.number(column)
}

// family returns the columns of a family.
func (c *cells) family(name string) []string {
	if c.sheet == nil {
		c.blank = append(c.blank, name+anyName)
		return nil
	}
	columns := c.sheet.names(name)
	for i := range columns {
		columns[i] = name + "." + columns[i]
	}
	return columns
}

// numbers reads the cells of a family that are not blank, by the names in it.
func (c *cells) numbers(family string) map[string]decimal.Decimal {
	numbers := make(map[string]decimal.Decimal)
	for _, column := range c.family(family) {
		if text, _, _ := c.sheet.cell(c.row, column); text != "" {
			numbers[strings.TrimPrefix(column, family+".")] = c.number(column)
		}
	}
	return numbers
}

// missing says why the row cannot be scored; it is empty where nothing is blank.
func (c *cells) missing() string {
	switch n := len(c.blank); n {
	case 0:
		return ""
	case 1:
		return c.blank[0] + " is missing"
	default:
		return strings.Join(c.blank[:n-1], ", ") + " and " + c.blank[n-1] + " are missing"
	}
}

// parseNumber reads a decimal. It looks at the length first, since the time it takes to read many
// digits grows faster than their number.
func parseNumber(text string) (decimal.Decimal, error) {
	const most = 1000
	if len(text) <= most {
		if number, err := decimal.NewFromString(text); err == nil {
			return number, nil
		}
	}
	return decimal.Decimal{}, errors.New("a number such as 3 or 0.5, with at most 100 digits and an exponent within ±1000")
}

func parseCount(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, errors.New("a whole number")
	}
	return n, nil
}

func parseYesOrNo(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "1", "x":
		return true, nil
	case "no", "n", "false", "0", "-":
		return false, nil
	}
	return false, errors.New("yes or no")
}

// wanted says what would have been right where err says what is wrong.
func wanted(err error) string {
	var field *prioritize.FieldError
	if errors.As(err, &field) {
		return field.Want
	}
	return err.Error()
}
