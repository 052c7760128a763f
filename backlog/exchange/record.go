package exchange

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Record is a row of a table as it stands in a file, whatever it means.
type Record struct {
	Number   int        `json:"number"` // as a spreadsheet counts, from 1: blank ones count, lines inside a cell do not
	Cells    []string   `json:"cells"`  // without the quotes around them
	At       []Position `json:"at"`     // where each cell begins
	Unclosed bool       `json:"unclosed,omitempty"`
}

// Position is where something stands in a text: line and column from 1, the column in bytes. A byte order mark is not
// counted.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// ReadTable returns the records of a table that are not blank, for a host with a reader of its own: separators, quotes,
// encodings and byte order marks are dealt with as [Read] does. Records may differ in length. A quote that has no
// end stands for itself, and its record is Unclosed.
//
// Errors are an [ErrTooLarge] beyond a limit, an [ErrBroken] for quotes that never close, time and again, an [ErrInvalid]
// for an option that does not exist, or what r returned. O(n) for a file of n bytes.
func ReadTable(r io.Reader, options Options) ([]Record, error) {
	if err := options.validate(); err != nil {
		return nil, err
	}
	options = options.withDefaults()
	text, err := readText(r, options.MaxBytes)
	if err != nil {
		return nil, err
	}
	in := newFile(text, &options).peek().reader(text, options.MaxColumns)
	in.keepsStarts = true
	p := placer{text: in.text, line: 1}
	var records []Record
	cells := 0
	for {
		repaired := in.repaired
		if !in.next() {
			return records, in.err
		}
		if in.isBlank() {
			continue
		}
		one := Record{Number: in.row, Cells: slices.Clone(in.cells), At: make([]Position, len(in.cells)), Unclosed: in.repaired > repaired}
		for i, start := range in.starts {
			one.At[i] = p.place(start)
		}
		records = append(records, one)
		if cells += len(one.Cells); cells > options.MaxCells || len(records) > options.MaxItems {
			return nil, &Error{
				Row: in.row, Problem: fmt.Sprintf("more than %d rows or %d cells", options.MaxItems, options.MaxCells),
				Want: "a smaller file, or the limits in Options raised", class: ErrTooLarge,
			}
		}
	}
}

// placer finds lines and columns of offsets that do not fall.
type placer struct {
	text         string
	at           int // the last offset
	line, begins int // its line, and where that begins
}

func (p *placer) place(offset int) Position {
	for {
		next := strings.IndexByte(p.text[p.at:offset], '\n')
		if next < 0 {
			break
		}
		p.at += next + 1
		p.line++
		p.begins = p.at
	}
	p.at = offset
	return Position{p.line, offset - p.begins + 1}
}
