package exchange

import (
	"fmt"
	"strings"
)

// dialect is how a table is written.
type dialect struct {
	separator byte
	isWrapped bool // every record is one cell in quotes, with separators behind it: a table in a table
	skip      int  // bytes before the first record: "sep=;" and its line feed
}

// peekColumns is how many columns are looked at to find how a table is written.
const peekColumns = 10_000

// findDialect looks at the first lines: the separator is the one that divides most lines into the same number of
// cells, more than one.
func findDialect(head string) dialect {
	d := dialect{separator: ','}
	if rest, ok := cutPrefixFold(head, "sep="); ok && len(rest) > 1 && (rest[1] == '\n' || rest[1] == '\r') {
		d.separator = rest[0]
		d.skip = len("sep=") + 1 + len(rest[1:]) - len(strings.TrimLeft(rest[1:], "\r\n"))
		return d
	}
	best := 0
	for _, separator := range []byte{',', ';', '\t'} {
		if score := dialectScore(head, separator); score > best {
			best, d.separator = score, separator
		}
	}
	if d.separator != ';' && d.separator != ',' {
		return d
	}
	if inner, ok := wrappedSeparator(head); ok {
		d.separator, d.isWrapped = inner, true
	}
	return d
}

func cutPrefixFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}

// dialectScore is how well a separator divides the first records: how many have the most common width, if it is above
// 1, the more the fewer others there are. Of two that do equally well, the one with more cells is better.
func dialectScore(head string, separator byte) int {
	r := recordReader{text: head, separator: separator, maxColumns: peekColumns}
	widths := make(map[int]int)
	best, bestWidth, all := 0, 0, 0
	for all < peekRecords && r.next() {
		if r.isBlank() || r.pos == maxHead { // the last may be cut
			continue
		}
		all++
		width := len(r.cells)
		widths[width]++
		if n := widths[width]; width > 1 && (n > best || n == best && width > bestWidth) {
			best, bestWidth = n, width
		}
	}
	if best == 0 {
		return 0
	}
	return best*best*1000/all + min(bestWidth, 999)
}

// wrappedSeparator reports whether each of the first records is one cell that holds a record itself, and what
// separates the cells in it.
func wrappedSeparator(head string) (byte, bool) {
	if !strings.HasPrefix(head, `"`) {
		return 0, false
	}
	for _, outer := range []byte{';', ','} {
		r := recordReader{text: head, separator: outer, maxColumns: peekColumns}
		var inner strings.Builder
		n, whole := 0, true
		for n < peekRecords && r.next() && r.pos < len(head) {
			if r.isBlank() {
				continue
			}
			n++
			whole = whole && strings.TrimSpace(r.cells[0]) != "" && len(filled(r.cells)) == 1
			inner.WriteString(r.cells[0] + "\n")
		}
		if n == 0 || !whole || r.undoubled > 0 || outer == ',' && len(r.cells) > 1 {
			continue
		}
		first, _, _ := strings.Cut(inner.String(), "\n")
		for _, separator := range []byte{',', ';', '\t'} {
			if strings.Count(first, string(separator)) >= 2 {
				return separator, true
			}
		}
	}
	return 0, false
}

// record is one record of a table that may be its header.
type record struct {
	row    int
	cells  []string
	folded map[string]bool
}

// maxHeader is how many bytes a header can have.
const maxHeader = 200

func newRecord(row int, cells []string) record {
	r := record{row, cells, make(map[string]bool, len(cells))}
	for _, cell := range cells {
		if len(cell) <= maxHeader {
			r.folded[fold(cell)] = true
		}
	}
	return r
}

// reader returns a reader of the records of a file in the dialect.
func (d dialect) reader(text string, maxColumns int) *recordReader {
	r := &recordReader{text: text, pos: d.skip, separator: d.separator, maxColumns: maxColumns}
	if d.skip > 0 {
		r.row = 1
	}
	if d.isWrapped {
		r.unwrapAll()
	}
	return r
}

// recordReader reads the records of a table one by one. It is lenient where spreadsheets are: a quote inside a cell stands for
// itself, and so does one at the beginning of a cell that has no fitting end.
type recordReader struct {
	text      string
	pos       int
	separator byte

	row   int      // of the record, as a spreadsheet counts: blank ones too
	cells []string // of the record; good until the next
	err   error

	maxColumns              int
	repaired, firstRepaired int // quotes without an end
	rescanned               int // bytes that were read twice for it
	undoubled               int // quotes inside quotes

	keepsStarts bool
	starts      []int // where each cell of the record begins, if they are kept
}

// next reads a record that is not an empty line. At the end, and at a limit, it returns false.
func (r *recordReader) next() bool {
	for r.pos < len(r.text) && (r.text[r.pos] == '\n' || r.text[r.pos] == '\r') {
		if strings.HasPrefix(r.text[r.pos:], "\r\n") {
			r.pos++
		}
		r.pos++
		r.row++
	}
	if r.pos >= len(r.text) || r.err != nil {
		return false
	}
	r.row++
	r.cells, r.starts = r.cells[:0], r.starts[:0]
	for {
		if r.keepsStarts {
			r.starts = append(r.starts, r.pos)
		}
		cell, isLast := r.cell()
		if r.err != nil {
			return false
		}
		if len(r.cells) == r.maxColumns {
			r.err = &Error{
				Row: r.row, Problem: fmt.Sprintf("more than %d columns", r.maxColumns),
				Want: "a smaller table, or Options.MaxColumns raised", class: ErrTooLarge,
			}
			return false
		}
		r.cells = append(r.cells, cell)
		if isLast {
			return true
		}
	}
}

// isBlank reports whether the record has no filled cell.
func (r *recordReader) isBlank() bool {
	for _, cell := range r.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// cell reads one cell and what ends it.
func (r *recordReader) cell() (cell string, isLast bool) {
	start := r.pos
	quote := start
	for quote < len(r.text) && r.text[quote] == ' ' { // before a quote, space is none of the cell
		quote++
	}
	if quote < len(r.text) && r.text[quote] == '"' {
		if cell, isLast, ok := r.quoted(quote); ok || r.err != nil {
			return cell, isLast
		}
		if r.repaired++; r.repaired == 1 {
			r.firstRepaired = r.row
		}
	}
	end := start
	for end < len(r.text) && r.text[end] != r.separator && r.text[end] != '\n' && r.text[end] != '\r' {
		end++
	}
	return r.text[start:end], r.end(end)
}

// end moves behind what ends a cell, and reports whether that ends the record.
func (r *recordReader) end(at int) (isLast bool) {
	switch {
	case at >= len(r.text):
		r.pos = at
		return true
	case r.text[at] == r.separator:
		r.pos = at + 1
		if r.pos == len(r.text) { // an empty last cell, in a last line without an end
			return true
		}
		return false
	case r.text[at] == '\r' && at+1 < len(r.text) && r.text[at+1] == '\n':
		at++
	}
	r.pos = at + 1
	return true
}

// quoted reads a cell in quotes; the text at start is a quote. It is not ok if no quote ends the cell: none
// that a separator or the end of a line follows. Quotes that fail must not be looked for again and again: beyond
// a budget, the file is broken.
func (r *recordReader) quoted(start int) (cell string, isLast, ok bool) {
	hasDoubled, hasFeed := false, false
	for at := start + 1; ; {
		before := at
		next := strings.IndexByte(r.text[at:], '"')
		if next < 0 {
			return r.unquoted(start, len(r.text))
		}
		at += next
		hasFeed = hasFeed || strings.IndexByte(r.text[before:at], '\n') >= 0
		behind := at + 1
		if behind < len(r.text) && r.text[behind] == '"' {
			hasDoubled = true
			at += 2
			continue
		}
		for behind < len(r.text) && r.text[behind] == ' ' {
			behind++
		}
		if behind == len(r.text) || r.text[behind] == r.separator || r.text[behind] == '\n' || r.text[behind] == '\r' {
			cell = r.text[start+1 : at]
			if hasDoubled {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			return cell, r.end(behind), true
		}
		if hasFeed && strings.IndexByte(string(r.separator)+"\r\n", r.text[at-1]) >= 0 { // it begins a cell of another record
			return r.unquoted(start, at)
		}
		at++ // a quote that should have been doubled
		r.undoubled++
	}
}

// unquoted accounts for a quote that has no end before a place.
func (r *recordReader) unquoted(start, until int) (string, bool, bool) {
	if r.rescanned += until - start; r.rescanned > 8*len(r.text)+1<<16 {
		r.err = &Error{Row: r.row, Problem: "too many quotes that never close", Want: "each quote closed", class: ErrBroken}
	}
	return "", false, false
}

// unwrapAll replaces the text by what stands in the first cell of each record.
func (r *recordReader) unwrapAll() {
	outer := byte(';')
	if !strings.Contains(r.text, `";`) {
		outer = ','
	}
	in := recordReader{text: r.text, separator: outer, maxColumns: r.maxColumns}
	var text strings.Builder
	text.Grow(len(r.text))
	for row := 1; in.next(); row++ {
		for ; row < in.row; row++ { // empty lines count
			text.WriteByte('\n')
		}
		text.WriteString(in.cells[0])
		text.WriteByte('\n')
	}
	r.text, r.pos, r.err = text.String(), 0, in.err
}
