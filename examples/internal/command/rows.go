package command

import (
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
)

// Row is a row of comma-separated values.
type Row struct {
	Cells []string // without the space around them
	At    []Place  // where each cell starts
}

// AnyCell says what a cell can be, to [Document.Rows].
const AnyCell = "a cell without quotes, or one in quotes with each inner quote doubled"

// Rows walks the rows of comma-separated values; they may differ in length. A quote that does not fit
// ends the walk: the document is blamed, where cells are wanted, and the last row is not ok.
func (d *Document) Rows(wanted string) iter.Seq2[Row, bool] {
	return func(yield func(Row, bool) bool) {
		in := csv.NewReader(strings.NewReader(d.Text))
		in.FieldsPerRecord = -1
		for {
			fields, err := in.Read()
			var broken *csv.ParseError
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &broken):
				d.Blame(Place{broken.Line, broken.Column},
					"a quote that does not fit in the row from line %d, want %s", broken.StartLine, wanted)
				yield(Row{}, false)
				return
			case err != nil:
				d.Blame(Start(), "%v, want comma-separated values", err)
				yield(Row{}, false)
				return
			}
			if !yield(newRow(in, fields), true) {
				return
			}
		}
	}
}

func newRow(in *csv.Reader, fields []string) Row {
	r := Row{Cells: fields, At: make([]Place, len(fields))}
	for i, field := range fields {
		line, column := in.FieldPos(i)
		r.Cells[i], r.At[i] = strings.TrimSpace(field), Place{line, column}
	}
	return r
}
