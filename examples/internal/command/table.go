package command

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode"
)

// Verbatim is a cell that is written as it is, so that spaces can align numbers. It must have neither
// tabs nor line feeds.
type Verbatim string

// Table writes rows of cells in aligned columns. A cell may be any value; unless it is [Verbatim], it is
// written as by [OnLine].
func Table(out *bytes.Buffer, rows [][]any) {
	var aligned bytes.Buffer
	tabs := tabwriter.NewWriter(&aligned, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = fmt.Sprint(cell)
			if _, ok := cell.(Verbatim); !ok {
				cells[i] = OnLine(cells[i])
			}
		}
		_, _ = fmt.Fprintln(tabs, "  "+strings.Join(cells, "\t"))
	}
	_ = tabs.Flush()
	for line := range bytes.Lines(aligned.Bytes()) {
		out.Write(bytes.TrimRight(line, " \n"))
		out.WriteByte('\n')
	}
}

// Section writes a heading and, unless there are none, the rows below it.
func Section(out *bytes.Buffer, heading string, rows [][]any) {
	fmt.Fprintf(out, "\n%s\n", heading)
	Table(out, rows)
}

// OnLine reduces white space to single spaces, and makes question marks of control characters, which a
// terminal might obey.
func OnLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, text)
}

// Counted is a number with its noun: "1 item", "2 items".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
