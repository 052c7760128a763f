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
					"a quote that does not fit in the row from line %d%s, want %s", broken.StartLine, d.CommaHint(), wanted)
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

// CommaHint is what to add to what a message finds wrong with the columns, where the first line has no
// comma but semicolons or tabs: " (columns are separated by commas, not by semicolons)". Else it is empty.
func (d *Document) CommaHint() string {
	first, _, _ := strings.Cut(strings.TrimLeft(d.Text, "\r\n"), "\n")
	switch {
	case strings.Contains(first, ","):
		return ""
	case strings.Contains(first, ";"):
		return " (columns are separated by commas, not by semicolons)"
	case strings.Contains(strings.TrimSpace(first), "\t"):
		return " (columns are separated by commas, not by tabs)"
	}
	return ""
}

func newRow(in *csv.Reader, fields []string) Row {
	r := Row{Cells: fields, At: make([]Place, len(fields))}
	for i, field := range fields {
		line, column := in.FieldPos(i)
		r.Cells[i], r.At[i] = strings.TrimSpace(field), Place{line, column}
	}
	return r
}
