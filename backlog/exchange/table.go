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
	for _, one := range builtin() {
		all = append(all, one.format())
	}
	return all
}

// builtin are the tables of the built-in formats, made once. The plain one, which has no signature, is the last.
var builtin = sync.OnceValue(func() []*table {
	var all []*table
	for _, columns := range []Columns{
		jiraColumns(), linearColumns(), azureColumns(), gitLabColumns(), asanaColumns(), shortcutColumns(), redmineColumns(), plainColumns(),
	} {
		all = append(all, newTable(columns))
	}
	return all
})

// table is [Columns] made ready to look headers up.
type table struct {
	Columns
	known, wrapped  map[string]Column // by folded header
	signature       [][]string        // folded
	foldedTitles    []string
	inward, outward []string // folded
}

func newTable(columns Columns) *table {
	t := &table{
		Columns: columns, known: make(map[string]Column), wrapped: make(map[string]Column),
		foldedTitles: foldAll(columns.titles), inward: foldAll(columns.Inward), outward: foldAll(columns.Outward),
	}
	addNames(t.known, columns.Names)
	addNames(t.wrapped, columns.Wrapped)
	t.Wrappers = foldAll(columns.Wrappers)
	for _, any := range columns.Signature {
		t.signature = append(t.signature, foldAll(strings.Split(any, "|")))
	}
	return t
}

func foldAll(names []string) []string {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = fold(name)
	}
	return folded
}

// format is the format that the table describes.
func (c *table) format() format {
	return format{
		name: c.Format,
		detect: func(f *file) Certainty {
			_, certainty := f.peek().header(c)
			return certainty
		},
		read: func(f *file, s *source) error { return readTable(f, s, c) },
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
		r := f.peeked.reader(f.head, f.options.MaxColumns)
		for more := true; more && len(f.peeked.records) < peekRecords; {
			if more = r.next(); (more || r.err != nil) && !r.isBlank() { // with too many columns, the first are enough to tell
				f.peeked.records = append(f.peeked.records, newRecord(r.row, slices.Clone(r.cells)))
			}
		}
	}
	return f.peeked
}

// header returns the index of the record that is the header of a table in the format.
func (p *peek) header(columns *table) (index int, certainty Certainty) {
	for i, one := range p.records {
		switch {
		case len(columns.titles) > 0:
			if certainty = columns.plainness(one.cells); certainty > 0 {
				return i, certainty
			}
		case columns.matches(one.folded):
			return i, Certain
		}
	}
	return -1, 0
}

// matches reports whether the headers, folded, have all of the signature.
func (c *table) matches(headers map[string]bool) bool {
	if c.never != "" && headers[c.never] {
		return false
	}
	for _, any := range c.signature {
		if !slices.ContainsFunc(any, func(name string) bool { return headers[name] }) {
			return false
		}
	}
	return true
}

// plainness returns how sure it is that the cells are the headers of a plain table: one names the titles, or several are
// known and one cannot be but the titles, or is that of keys.
func (c *table) plainness(cells []string) Certainty {
	known, all, hasTitle, hasKey := 0, 0, titleIn(cells, c.foldedTitles) >= 0, false
	for _, cell := range cells {
		if len(cell) > maxHeader {
			return 0
		}
		name := fold(bareHeader(cell))
		if name == "" {
			continue
		}
		all++
		if one, ok := c.known[name]; ok || isFactor(cell) {
			known++
			hasKey = hasKey || one.Field == FieldKey
		}
	}
	switch {
	case hasTitle && known >= 2:
		return Likely
	case hasTitle && (len(cells) > 1 || known > 0), !hasTitle && known >= 2 && (all > known || hasKey):
		return Possible
	case hasTitle && titleIn(cells, c.foldedTitles[:3]) >= 0: // a single column
		return Possible
	}
	return 0
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
func readTable(f *file, s *source, columns *table) error {
	p := f.peek()
	index, _ := p.header(columns)
	if index < 0 {
		return &Error{Problem: fmt.Sprintf("no header of %s in the first rows", columns.Format), Want: columns.wanted(), class: ErrBroken}
	}
	for _, above := range p.records[:index] {
		s.warn("row %d stands above the header and was left out: %s", above.row, quoteList(filled(above.cells)))
	}
	s.isTable = true
	s.isLoose, s.doneByDate = len(columns.titles) > 0, columns.doneByDate
	if columns.firstPriority > 0 {
		s.firstPriority = &columns.firstPriority
	}
	r := p.reader(f.text, s.options.MaxColumns)
	header := p.records[index].row
	s.expect(len(f.text))
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
func (c *table) wanted() string {
	if len(c.Signature) > 0 {
		return "columns " + quoteList(c.Signature)
	}
	return "a column of titles"
}

// places returns the column of the source for each header.
func (c *table) places(s *source, headers []string) []int {
	title := -1
	if len(c.titles) > 0 {
		title = c.titleOf(headers)
	}
	places := make([]int, len(headers))
	for i, header := range headers {
		name := trim(fuse(header))
		column, ok := c.known[fold(name)]
		if !ok && len(c.titles) > 0 {
			column, ok = c.known[fold(bareHeader(name))]
			if ok = ok || isFactor(name); column.Field == FieldCustom && ok {
				column = Column{Field: FieldFactor}
			}
		}
		if !ok {
			column, ok = c.link(name)
		}
		if !ok {
			if inner, isWrapped := unwrap(name, c.Wrappers); isWrapped {
				name, column = inner, c.wrapped[fold(inner)]
			}
		}
		if i == title {
			column = Column{Field: FieldTitle}
		}
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		places[i] = s.column(name, column)
	}
	return places
}

// titleOf returns which header of a plain table is that of the titles. If none is known to be, it is the first that
// nothing else is known of.
func (c *table) titleOf(headers []string) int {
	if title := titleIn(headers, c.foldedTitles); title >= 0 {
		return title
	}
	for i, header := range headers {
		name := fold(bareHeader(header))
		if _, ok := c.known[name]; !ok && !isFactor(header) && name != "" {
			return i
		}
	}
	return -1
}

// link returns the column of a header such as "Outward issue link (Blocks)".
func (c *table) link(header string) (Column, bool) {
	word, isOutward := unwrap(header, c.outward)
	isInward := false
	if !isOutward {
		word, isInward = unwrap(header, c.inward)
	}
	if !isOutward && !isInward && len(c.inward) > 0 {
		word, isOutward, isInward = foreignLink(header)
	}
	if !isOutward && !isInward {
		return Column{}, false
	}
	meaning, isReverse := meaningOf(word)
	return Column{Field: FieldLink, Meaning: meaning, Inward: isReverse != isInward, Word: word}, true
}

// Parts of folded words for a link, and for the side on which it is seen, in languages whose headers are not known.
var (
	linkParts    = []string{"link", "enlace", "lien", "lacz", "vincul", "verknupf", "ligac", "collegament", "koppeling"}
	inwardParts  = []string{"inward", "intern", "entran", "entrad", "entrat", "eingehend", "wewn", "inkomend"}
	outwardParts = []string{"outward", "extern", "salien", "saida", "sortant", "uscit", "ausgehend", "zewn", "uitgaand"}
)

// foreignLink returns the kind of link in the brackets of a header that has a word for links and one for a side.
func foreignLink(header string) (word string, isOutward, isInward bool) {
	before, rest, hasBrackets := strings.Cut(header, "(")
	before = fold(before)
	hasPart := func(parts []string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(before, part) })
	}
	if !hasBrackets || !hasPart(linkParts) {
		return "", false, false
	}
	isInward = hasPart(inwardParts)
	return cutBracket(rest), !isInward && hasPart(outwardParts), isInward
}

// unwrap returns what stands in brackets behind one of the wrappers, which are folded.
func unwrap(header string, wrappers []string) (inner string, ok bool) {
	before, rest, hasBrackets := strings.Cut(header, "(")
	if !hasBrackets {
		return "", false
	}
	before = fold(before)
	for _, wrapper := range wrappers {
		if strings.HasPrefix(before, wrapper) {
			return cutBracket(rest), true
		}
	}
	return "", false
}

// cutBracket returns the text without the bracket at its end.
func cutBracket(text string) string { return trim(strings.TrimSuffix(trim(text), ")")) }

func filled(cells []string) []string {
	var all []string
	for _, cell := range cells {
		if cell = trim(cell); cell != "" {
			all = append(all, cell)
		}
	}
	return all
}
