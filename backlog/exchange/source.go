package exchange

import (
	"fmt"
	"strings"
)

// source is a file taken apart into rows of filled cells, each in a column. A format makes one; all that
// follows is the same for every format. A format must add every filled cell once, so that the counts are true.
//
// A table has a column for each header. A document in JSON has one for each path to a scalar, with "[]" for
// the index in a list: "labels[].name". A cell that says only what others say goes to a column of [FieldImplied].
type source struct {
	options *Options
	columns []sourceColumn
	index   map[columnID]int
	rows    []sourceRow
	cells   []sourceCell
	err     error // the first limit that was passed

	warnings []string
	paths    map[string]string // see [source.leaves]

	// exactNumbers says that numbers are as in JSON, whatever they look like.
	exactNumbers bool
	// looseKeys says that two rows with one key and two titles are two items.
	looseKeys bool
}

type columnID struct {
	name string
	Column
}

type sourceColumn struct {
	name string
	Column
	valueType ValueType // of custom values; see [types.infer]
}

type sourceRow struct {
	number  int
	first   int    // index of its first cell; the last is before the first of the next row
	skipped string // why it is no item; empty if it is one
}

type sourceCell struct {
	column int
	text   string // not blank, as it stands in the file
}

func newSource(options *Options) *source {
	return &source{options: options, index: make(map[columnID]int), paths: make(map[string]string)}
}

// column returns the index of the column of that name and meaning; it is made when it is new.
func (s *source) column(name string, c Column) int {
	id := columnID{name, c}
	at, known := s.index[id]
	if !known {
		at = len(s.columns)
		s.columns = append(s.columns, sourceColumn{name: name, Column: c})
		s.index[id] = at
	}
	return at
}

// row begins a row. What is added from now on belongs to it. A row without cells is no row.
func (s *source) row(number int) {
	if n := len(s.rows); n > 0 && s.rows[n-1].first == len(s.cells) {
		s.rows = s.rows[:n-1]
	}
	s.rows = append(s.rows, sourceRow{number: number, first: len(s.cells)})
}

// add adds a cell to the row, unless it is blank. At the limit of cells it sets s.err, which ends the reading.
func (s *source) add(column int, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if len(s.cells) >= s.options.MaxCells {
		if s.err == nil {
			s.err = &Error{
				Row: s.rows[len(s.rows)-1].number, Problem: fmt.Sprintf("more than %d filled cells", s.options.MaxCells),
				Want: "a smaller file, or Options.MaxCells raised", class: ErrTooLarge,
			}
		}
		return
	}
	s.cells = append(s.cells, sourceCell{column, text})
}

// skip marks the row as no item, and gives the reason. Its cells, before and after, become losses.
func (s *source) skip(reason string) { s.rows[len(s.rows)-1].skipped = reason }

// warn adds a warning for people.
func (s *source) warn(format string, args ...any) {
	s.warnings = append(s.warnings, fmt.Sprintf(format, args...))
}

// cellsOf returns the cells of the row at the index.
func (s *source) cellsOf(row int) []sourceCell {
	end := len(s.cells)
	if row+1 < len(s.rows) {
		end = s.rows[row+1].first
	}
	return s.cells[s.rows[row].first:end]
}
