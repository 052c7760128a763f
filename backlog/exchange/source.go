package exchange

import (
	"fmt"
	"strings"
)

// source is a file taken apart into rows of filled cells, each in a column. A format makes one; all that
// follows is the same for every format. A format must add every filled cell once, so that the counts are true.
//
// A table has a column for each header. A document in JSON has one for each path to a scalar, with "[]" for
// the index in a list: "labels[].name". A cell that repeats others goes to a column of [FieldImplied].
type source struct {
	options   *Options
	certainty Certainty // of the format
	columns   []sourceColumn
	index     map[columnID]int
	rows      []sourceRow
	cells     []sourceCell
	err       error // the first limit that was passed

	links    []sourceLink
	derived  int // cells that are
	warnings []string
	paths    []string       // to leaves of JSON: see [source.leaves]
	pathIDs  map[string]int // their indices

	followers []int // for each path, the one that was met behind it last

	// exactNumbers is set where numbers are as in JSON, whatever they look like.
	exactNumbers bool
	// isTable is set where apostrophes may keep cells from being calculated.
	isTable bool
	// isLoose is set where the headers are of no tracker: two rows with one key and two titles are two items, and a column
	// most of whose cells are not what its header promises is custom.
	isLoose bool
	// firstPriority is the number of the most urgent priority; found out if it is nil.
	firstPriority *int
	// states are the meanings of statuses that are others than elsewhere.
	states words[state]
	// urgencies are the meanings of priorities that are others than elsewhere.
	urgencies words[int]
	// dottedKeys is set where a.1 is part of a, unless it names another parent.
	dottedKeys bool
	// doneByDate is set where what has a date of completion is done, whatever its status.
	doneByDate bool
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
	isWhole bool   // its cells are of the file as a whole: values of the document
	level   Level  // of an item without a kind; a story's if it is 0
}

type sourceCell struct {
	column    int32
	isDerived bool
	text      string // not blank, as it stands in the file
}

// sourceLink is a link that stands with neither of its ends, or with the wrong one.
type sourceLink struct {
	row, column int // indices
	from, to    string
}

func newSource(options *Options) *source {
	return &source{options: options, index: make(map[columnID]int), pathIDs: make(map[string]int)}
}

// expect makes room for the cells of a file of so many bytes.
func (s *source) expect(bytes int) {
	const bytesOfCell = 40
	s.cells = make([]sourceCell, 0, min(bytes/bytesOfCell, s.options.MaxCells))
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

// row begins a row. What is added from now on belongs to it. A row without cells is no row. At the limit of rows
// it sets s.err, which ends the reading.
func (s *source) row(number int) {
	if n := len(s.rows); n > 0 && s.rows[n-1].first == len(s.cells) {
		s.rows = s.rows[:n-1]
	}
	if len(s.rows) >= s.options.MaxItems && s.err == nil {
		s.err = &Error{
			Row: number, Problem: fmt.Sprintf("more than %d rows", s.options.MaxItems),
			Want: "a smaller file, or Options.MaxItems raised", class: ErrTooLarge,
		}
	}
	s.rows = append(s.rows, sourceRow{number: number, first: len(s.cells)})
}

// whole begins a row for cells that are of no item but of the file as a whole.
func (s *source) whole() {
	s.row(0)
	s.rows[len(s.rows)-1].isWhole = true
}

// level sets the level of the row's item, for one without a kind.
func (s *source) level(level Level) { s.rows[len(s.rows)-1].level = level }

// link adds a link of a column that the row states about two other items. Its cells are to be added as implied.
func (s *source) link(column int, from, to string) {
	s.links = append(s.links, sourceLink{len(s.rows) - 1, column, from, to})
}

// derive adds what other cells of the file imply: the name of a list of which the row's cell is the id. It is
// no cell of the file and is not counted; where the item has such a value already, it is forgotten.
func (s *source) derive(column int, text string) {
	if n := len(s.cells); strings.TrimSpace(text) != "" {
		if s.add(column, text); len(s.cells) > n {
			s.cells[n].isDerived = true
			s.derived++
		}
	}
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
	s.cells = append(s.cells, sourceCell{int32(column), false, text})
}

// skip marks the row as no item, and gives the reason, of several the first. Its cells, before and after, become losses.
func (s *source) skip(reason string) {
	if row := &s.rows[len(s.rows)-1]; row.skipped == "" {
		row.skipped = reason
	}
}

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

// textOf returns the text of a cell without the apostrophe that keeps a spreadsheet from calculating it.
func (s *source) textOf(cell sourceCell) string {
	if s.isTable {
		return fuse(cell.text)
	}
	return cell.text
}
