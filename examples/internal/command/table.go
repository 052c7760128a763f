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

// OnLine reduces white space to single spaces, and makes the text [Printable].
func OnLine(text string) string { return Printable(strings.Join(strings.Fields(text), " ")) }

// Printable makes question marks of control characters, which a terminal might obey, and of characters
// that are not seen but format others: those that turn the direction of writing, soft hyphens, tags.
// The two that scripts and emoji need to join letters, or not to join them, stay.
func Printable(text string) string {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return strings.Map(func(r rune) rune {
		isSeen := r == joiner || r == nonJoiner || unicode.Is(unicode.Prepended_Concatenation_Mark, r)
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && !isSeen {
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

// Keyword is a word that means something (a method, a column) as it is compared: in lower case, with "_" for each
// hyphen and space.
func Keyword(text string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(text))
}
