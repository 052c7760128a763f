package exchange

import (
	"fmt"
	"io"
	"strings"

	"github.com/backlogkit/backlogkit/prioritize"
)

// ReadSheet reads a table of items with numbers to prioritise them by, for [prioritize.Candidates], which finds the
// factors of a method by the names that people give them. Numbers become plain decimals in the columns that are mostly
// numbers: "$12,000", "12k", "~3", "1.5 months". Per cents keep their sign, and what cannot be read stays as it is, for
// Candidates to name. Columns without a header and a filled cell, and rows without a filled cell, are left out.
// [CheckSheet] returns what the sheet fits.
//
// Any table that [Read] takes is a sheet. Errors are those of Read. What is ambiguous in the file is in the notes of the
// sheet, with the choice that was made and the option that makes the other.
func ReadSheet(r io.Reader, options Options) (*prioritize.Sheet, error) {
	s, name, err := readSource(r, &options)
	if err != nil {
		return nil, err
	}
	switch cells := len(s.rows) * len(s.columns); {
	case !s.isTable:
		return nil, &Error{Problem: "this is " + string(name) + ", not a table", Want: "comma-separated values", class: ErrFormat}
	case len(s.cells) == 0:
		return nil, &Error{Problem: "a sheet without an item", Want: "at least one row below the header", class: ErrBroken}
	case cells > options.MaxCells:
		return nil, &Error{
			Problem: fmt.Sprintf("%d cells, blank ones among them", cells),
			Want:    fmt.Sprintf("at most %d, or Options.MaxCells raised", options.MaxCells), class: ErrTooLarge,
		}
	}
	return newSheet(s), nil
}

// newSheet makes a sheet of a table.
func newSheet(s *source) *prioritize.Sheet {
	t, notes := inferTypes(s)
	isNumber := s.mostlyNumbers()
	used := make([]bool, len(s.columns))
	for _, cell := range s.cells {
		used[cell.column] = true
	}
	places := make([]int, len(s.columns))
	sheet := &prioritize.Sheet{Notes: append(s.warnings, notes...)}
	for i, column := range s.columns {
		if used[i] || !strings.HasPrefix(column.name, "column ") {
			places[i] = len(sheet.Columns)
			sheet.Columns = append(sheet.Columns, column.name)
		}
	}
	for i, row := range s.rows {
		cells := s.cellsOf(i)
		if len(cells) == 0 {
			continue
		}
		texts := make([]string, len(sheet.Columns))
		for _, cell := range cells {
			if at := &texts[places[cell.column]]; *at == "" {
				*at = oneLine(fuse(cell.text))
				if isNumber[cell.column] {
					*at = t.numbers.plain(*at)
				}
			}
		}
		sheet.Rows = append(sheet.Rows, texts)
		sheet.Numbers = append(sheet.Numbers, row.number)
	}
	return sheet
}

// mostlyNumbers reports which columns hold more numbers than other text. Keys and titles are no numbers.
func (s *source) mostlyNumbers() []bool {
	balance := make([]int, len(s.columns))
	for _, cell := range s.cells {
		switch text := fuse(cell.text); {
		case isNone(text):
		case isReadable(text):
			balance[cell.column]++
		default:
			balance[cell.column]--
		}
	}
	are := make([]bool, len(s.columns))
	for i, n := range balance {
		field := s.columns[i].Field
		are[i] = n > 0 && field != FieldKey && field != FieldID && field != FieldTitle && !field.isDate()
	}
	return are
}

func isReadable(text string) bool {
	_, reason := parseNumber(text)
	return reason == ""
}

// plain returns a number as a decimal, with its per cent sign, or the text as it is if it is none.
func (n *numbers) plain(text string) string {
	one, reason := parseNumber(text)
	if reason != "" {
		return text
	}
	value, reason := n.resolve(one)
	switch {
	case reason != "":
		return text
	case one.percent:
		return value.String() + "%"
	}
	return value.String()
}
