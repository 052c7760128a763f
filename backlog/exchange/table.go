package exchange

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// tableFormats are the formats that are tables of columns.
func tableFormats() []format {
	var all []format
	for i := range builtin() {
		all = append(all, tableFormat(&builtin()[i]))
	}
	return all
}

// builtin are the tables of the built-in formats. [TableCSV], which has no signature, is the last.
var builtin = sync.OnceValue(func() []Columns {
	return []Columns{plainColumns()}
})

// tableFormat is the format that a table of columns describes.
func tableFormat(columns *Columns) format {
	return format{
		name: columns.Format,
		detect: func(f *file) Certainty {
			_, certainty := f.peek().header(columns)
			return certainty
		},
		read: func(f *file, s *source) error { return readTable(f, s, columns) },
	}
}

// peek is the beginning of a table: how it is written, and its first records.
type peek struct {
	dialect
	records []record
}

// peekRecords is how many records are looked at to find the header.
const peekRecords = 12

// peek looks at the file as a table, once.
func (f *file) peek() *peek {
	if f.peeked == nil {
		f.peeked = &peek{dialect: findDialect(f.head)}
		r := f.peeked.reader(f.head)
		for len(f.peeked.records) < peekRecords && r.next() {
			if !r.isBlank() {
				f.peeked.records = append(f.peeked.records, record{r.row, slices.Clone(r.cells)})
			}
		}
	}
	return f.peeked
}

// header returns the index of the record that is the header of a table in the format.
func (p *peek) header(columns *Columns) (index int, certainty Certainty) {
	for i, one := range p.records {
		switch matched := columns.matches(one.cells); {
		case len(columns.Signature) > 0 && matched:
			return i, Certain
		case len(columns.Signature) == 0 && columns.isHeader(one.cells):
			return i, Possible
		}
	}
	return -1, 0
}

// matches reports whether the headers have all of the signature.
func (c *Columns) matches(headers []string) bool {
	have := make(map[string]bool, len(headers))
	for _, header := range headers {
		have[fold(header)] = true
	}
	for _, any := range c.Signature {
		if !slices.ContainsFunc(strings.Split(any, "|"), func(name string) bool { return have[fold(name)] }) {
			return false
		}
	}
	return true
}

// isHeader reports whether the cells name a column of titles, and no cell is longer than a header.
func (c *Columns) isHeader(cells []string) bool {
	hasTitle := false
	known := c.lookup()
	for _, cell := range cells {
		if len(cell) > 200 {
			return false
		}
		hasTitle = hasTitle || known[fold(cell)].Field == FieldTitle
	}
	return hasTitle
}

// lookup returns the columns by their folded headers.
func (c *Columns) lookup() map[string]Column {
	known := make(map[string]Column, 2*len(c.Names))
	addNames(known, c.Names)
	return known
}

// addNames adds columns under each of their names; of two for one name, the first in the order of the keys stays.
func addNames(known map[string]Column, names map[string]Column) {
	keys := make([]string, 0, len(names))
	for key := range names {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		for name := range strings.SplitSeq(key, "|") {
			if _, taken := known[fold(name)]; !taken {
				known[fold(name)] = names[key]
			}
		}
	}
}

// readTable reads the rows below the header.
func readTable(f *file, s *source, columns *Columns) error {
	p := f.peek()
	index, _ := p.header(columns)
	if index < 0 {
		return &Error{Problem: fmt.Sprintf("no header of %s in the first rows", columns.Format), Want: columns.wanted(), class: ErrBroken}
	}
	for _, above := range p.records[:index] {
		s.warn("row %d stands above the header and was left out: %s", above.row, quoteList(filled(above.cells)))
	}
	r := p.reader(f.text)
	r.maxColumns = s.options.MaxColumns
	header := p.records[index].row
	var places []int
	for r.next() && s.err == nil {
		switch {
		case r.row < header:
		case r.row == header:
			places = columns.places(s, r.cells)
		default:
			s.row(r.row)
			for i, cell := range r.cells {
				if i == len(places) {
					places = append(places, s.column(fmt.Sprintf("column %d", i+1), Column{}))
				}
				s.add(places[i], cell)
			}
		}
	}
	if r.repaired > 0 {
		s.warn("%s without an end, the first in row %d: taken as they stand", counted(r.repaired, "quote", "quotes"), r.firstRepaired)
	}
	return r.err
}

// wanted describes the header of the format.
func (c *Columns) wanted() string {
	if len(c.Signature) > 0 {
		return "columns " + quoteList(c.Signature)
	}
	return "a column of titles"
}

// places returns the column of the source for each header.
func (c *Columns) places(s *source, headers []string) []int {
	known, wrapped := c.lookup(), make(map[string]Column)
	addNames(wrapped, c.Wrapped)
	places := make([]int, len(headers))
	for i, header := range headers {
		name := trim(header)
		column, ok := known[fold(name)]
		if !ok {
			column, ok = c.link(name)
		}
		if !ok {
			if inner, isWrapped := unwrap(name, c.Wrappers); isWrapped {
				name, column = inner, wrapped[fold(inner)]
			}
		}
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		places[i] = s.column(name, column)
	}
	return places
}

// link returns the column of a header such as "Outward issue link (Blocks)".
func (c *Columns) link(header string) (Column, bool) {
	if word, ok := unwrap(header, c.Outward); ok {
		meaning, isReverse := meaningOf(word)
		return Column{Field: FieldLink, Meaning: meaning, Inward: isReverse, Word: word}, true
	}
	if word, ok := unwrap(header, c.Inward); ok {
		meaning, isReverse := meaningOf(word)
		return Column{Field: FieldLink, Meaning: meaning, Inward: !isReverse, Word: word}, true
	}
	return Column{}, false
}

// unwrap returns what stands in brackets behind one of the wrappers, or behind it without brackets.
func unwrap(header string, wrappers []string) (inner string, ok bool) {
	before, rest, hasBrackets := strings.Cut(header, "(")
	for _, wrapper := range wrappers {
		if hasBrackets && fold(before) == fold(wrapper) {
			return trim(strings.TrimSuffix(trim(rest), ")")), true
		}
	}
	return "", false
}

func filled(cells []string) []string {
	var all []string
	for _, cell := range cells {
		if cell = trim(cell); cell != "" {
			all = append(all, cell)
		}
	}
	return all
}
