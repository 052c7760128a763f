package command

import (
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/prioritize"
)

// Row is a row of a table.
type Row struct {
	Cells []string // without the space around them
	At    []Place  // where each cell starts
}

// AnyCell says what a cell can be, to [Document.Rows].
const AnyCell = "a cell without quotes, or one in quotes with each inner quote doubled"

// NewTable returns a document of rows that were read already, the first of which has the names of the columns.
func NewTable(name string, columns []string, rows [][]string, numbers []int) *Document {
	d := &Document{Name: name, isTable: true}
	for i, cells := range slices.Concat([][]string{columns}, rows) {
		row := Row{Cells: cells, At: make([]Place, len(cells))}
		for k := range row.At {
			row.At[k] = Place{Line: 1, Column: 1}
			if i > 0 {
				row.At[k].Line = numbers[i-1]
			}
		}
		d.rows = append(d.rows, row)
	}
	return d
}

// SheetTable returns a score sheet as a document, with some of its columns under other names.
func SheetTable(name string, s *prioritize.Sheet, columns []string, cell func(row int, column string) string) *Document {
	rows := make([][]string, len(s.Rows))
	for i := range rows {
		rows[i] = make([]string, len(columns))
		for k, column := range columns {
			rows[i][k] = cell(i, column)
		}
	}
	return NewTable(name, columns, rows, s.Numbers)
}

// Rows walks the rows of a table that are not blank; they may differ in length. A quote that has no end ends the walk: the
// document is blamed, where cells are wanted, and the last row is not ok.
func (d *Document) Rows(wanted string) iter.Seq2[Row, bool] {
	return func(yield func(Row, bool) bool) {
		if !d.isTable && !d.takeApart() {
			yield(Row{}, false)
			return
		}
		for i, row := range d.rows {
			if slices.Contains(d.unclosed, i) {
				at := max(0, slices.IndexFunc(row.Cells, func(cell string) bool { return strings.HasPrefix(cell, `"`) }))
				d.Blame(row.At[at], "a quote that never closes, want %s", wanted)
				yield(Row{}, false)
				return
			}
			if !yield(row, true) {
				return
			}
		}
	}
}

// LoadTable reads a table in any encoding and with any separator. The document has no text, but rows. It has a problem if
// the file cannot be read or is empty, where something is wanted.
func LoadTable(name, wanted string) *Document {
	d := &Document{Name: name}
	records, err := ReadFile(name, exchange.Options{}, func(r io.Reader, o exchange.Options) (*[]exchange.Record, error) {
		records, err := exchange.ReadTable(r, o)
		return &records, err
	})
	switch {
	case err != nil:
		BlameExchange(d, err)
	case len(*records) == 0:
		d.Blame(Start(), "the file is empty, want %s", wanted)
	default:
		d.setRecords(*records)
	}
	return d
}

// takeApart finds the rows of the text.
func (d *Document) takeApart() bool {
	records, err := exchange.ReadTable(strings.NewReader(d.Text), exchange.Options{Name: d.Name})
	if err != nil {
		BlameExchange(d, err)
		return false
	}
	d.setRecords(records)
	return true
}

func (d *Document) setRecords(records []exchange.Record) {
	d.isTable = true
	for i, one := range records {
		row := Row{Cells: one.Cells, At: make([]Place, len(one.At))}
		for k, at := range one.At {
			row.Cells[k], row.At[k] = strings.TrimSpace(row.Cells[k]), Place(at)
		}
		if d.rows = append(d.rows, row); one.Unclosed {
			d.unclosed = append(d.unclosed, i)
		}
	}
}
