package exchange

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Sheet is a table of items to prioritise: what [Document] says of a table, and its columns as numbers and words
// that methods of package prioritize take.
type Sheet struct {
	Columns []SheetColumn `json:"columns"` // in the order of the file, without blank ones
	Rows    []SheetRow    `json:"rows"`
	Fits    []Fit         `json:"fits"`     // the methods that some of the columns are for, the best first
	Losses  []Loss        `json:"losses"`   // cells that are neither numbers nor words of their column
	Skipped []Skipped     `json:"skipped"`  // rows that are no items
	Changes []ScoreChange `json:"changes"`  // scores that the file has worked out and that are others here
	Notes   []string      `json:"warnings"` // for people
}

// SheetColumn is one column.
type SheetColumn struct {
	Name   string `json:"name"`   // its header
	Factor string `json:"factor"` // as package prioritize calls what is in it: "job_size"; of other columns the header in such a form
}

// SheetRow is one item.
type SheetRow struct {
	Row   int      `json:"row"`
	Key   string   `json:"key"` // its title, if it has no other
	Title string   `json:"title"`
	Cells []string `json:"cells"` // a number as [decimal.NewFromString] takes it, a share as a fraction, a word of MoSCoW as "must"; "" for none
}

// Fit is how well the columns fit a method.
type Fit struct {
	Method  string   `json:"method"`
	Missing []string `json:"missing"` // factors without a column; none if the method can score
}

// ScoreChange is a score that the file has worked out and that is another by its own factors.
type ScoreChange struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	File   string `json:"file"`
	Here   string `json:"here"` // rounded as the file's is
}

// Cell returns what a row has for a factor, and false if there is no such column or the cell is blank.
func (s *Sheet) Cell(row int, factor string) (string, bool) {
	for i, column := range s.Columns {
		if column.Factor == factor && s.Rows[row].Cells[i] != "" {
			return s.Rows[row].Cells[i], true
		}
	}
	return "", false
}

// ReadSheet reads a table of items with numbers to prioritise them by, under the names that people give them: "BV" is the
// business value of WSJF, "Effort (person-months)" the effort of RICE. A sheet that fits no method is no error: Fits
// tells what is missing. Errors are those of [Read].
func ReadSheet(r io.Reader, options Options) (*Sheet, error) {
	if err := options.validate(); err != nil {
		return nil, err
	}
	options = options.withDefaults()
	text, err := readText(r, options.MaxBytes)
	if err != nil {
		return nil, err
	}
	f := newFile(text, &options)
	one, _, err := f.choose()
	if err != nil {
		return nil, err
	}
	s := newSource(&options)
	if err := one.read(f, s); err != nil {
		return nil, err
	}
	if s.err != nil {
		return nil, s.err
	}
	switch cells := len(s.rows) * len(s.columns); {
	case !s.isTable:
		return nil, &Error{Problem: "this is " + string(one.name) + ", not a table", Want: "comma-separated values", class: ErrFormat}
	case cells > options.MaxCells:
		return nil, &Error{
			Problem: fmt.Sprintf("%d cells, blank ones among them", cells),
			Want:    fmt.Sprintf("at most %d, or Options.MaxCells raised", options.MaxCells), class: ErrTooLarge,
		}
	}
	b := &sheetBuilder{source: s, sheet: &Sheet{
		Rows: []SheetRow{}, Losses: []Loss{}, Skipped: []Skipped{}, Changes: []ScoreChange{}, Notes: append([]string{}, s.warnings...),
	}}
	b.build()
	if len(b.sheet.Rows) == 0 {
		return nil, &Error{Problem: "a sheet without an item", Want: "at least one row with a title", class: ErrBroken}
	}
	return b.sheet, nil
}

// sheetBuilder makes a sheet of a table.
type sheetBuilder struct {
	source *source
	types  *types
	sheet  *Sheet
	scales []scale // of the columns of the source
	places []int   // index in sheet.Columns of each column of the source
}

// scale is how the cells of a column become numbers or words.
type scale uint8

const (
	asText scale = iota
	asNumber
	asShare    // 80 is 0.8
	asImpact   // words of RICE
	asCategory // words of MoSCoW
)

func (b *sheetBuilder) build() {
	s := b.source
	var warnings []string
	fields := slices.Clone(s.columns)
	b.types, warnings = inferTypes(s)
	b.sheet.Notes = append(b.sheet.Notes, warnings...)
	b.places = make([]int, len(s.columns))
	for i, column := range s.columns {
		b.places[i] = len(b.sheet.Columns)
		b.sheet.Columns = append(b.sheet.Columns, SheetColumn{column.name, factorOf(column.name, fields[i].Field)})
	}
	b.findScales()
	keys := make(map[string]bool)
	for i, row := range s.rows {
		b.addRow(row, s.cellsOf(i), keys)
	}
	b.sheet.Fits = fits(b.sheet)
	b.sheet.compare()
}

// findScales settles how each column is read: as numbers, if most of its cells are.
func (b *sheetBuilder) findScales() {
	s := b.source
	type counts struct{ numbers, shares, impacts, above, filled int }
	all := make([]counts, len(s.columns))
	for _, cell := range s.cells {
		c := &all[cell.column]
		text := fuse(cell.text)
		one, reason := parseNumber(text)
		c.filled++
		switch {
		case reason == "":
			c.numbers++
			if one.percent {
				c.shares++
			}
			if value, reason := b.types.numbers.resolve(one); reason == "" && value.IntPart() > 1 {
				c.above++
			}
		case isNone(text):
			c.filled--
		default:
			if _, known := impactWords[fold(text)]; known {
				c.impacts++
			}
		}
	}
	b.scales = make([]scale, len(s.columns))
	names := make(map[string]bool)
	for _, column := range b.sheet.Columns {
		names[column.Factor] = true
	}
	for i, c := range all {
		column := b.sheet.Columns[b.places[i]]
		isConfidence := column.Factor == "confidence"
		switch {
		case column.Factor == "moscow":
			b.scales[i] = asCategory
		case s.columns[i].Field == FieldKey || s.columns[i].Field == FieldTitle || s.columns[i].Field == FieldID:
		case (column.Factor == "impact" || isConfidence) && c.impacts > 0 && c.impacts+c.numbers >= (c.filled+1)/2:
			b.scales[i] = asImpact
		case c.numbers*2 <= c.filled:
		case c.shares > 0 && c.shares == c.numbers, isConfidence && strings.Contains(column.Name, "%"),
			isConfidence && c.above > 0 && !names["ease"]:
			b.scales[i] = asShare
		default:
			b.scales[i] = asNumber
		}
	}
}

// addRow adds one row.
func (b *sheetBuilder) addRow(row sourceRow, cells []sourceCell, keys map[string]bool) {
	if len(cells) == 0 {
		return
	}
	one := SheetRow{Row: row.number, Cells: make([]string, len(b.sheet.Columns))}
	for _, cell := range cells {
		column := &b.source.columns[cell.column]
		text := fuse(cell.text)
		switch {
		case column.Field == FieldTitle && one.Title == "":
			one.Title = oneLine(text)
		case column.Field == FieldKey && one.Key == "":
			one.Key = oneLine(text)
		}
		value, reason := b.value(int(cell.column), text)
		if reason != "" {
			b.sheet.Losses = append(b.sheet.Losses, Loss{row.number, column.name, cell.text, reason})
		}
		if at := &one.Cells[b.places[cell.column]]; *at == "" {
			*at = value
		}
	}
	if one.Title == "" && one.Key == "" {
		b.sheet.Skipped = append(b.sheet.Skipped, Skipped{row.number, "neither a key nor a title"})
		return
	}
	one.Title = cmp.Or(one.Title, one.Key)
	if one.Key == "" || keys[one.Key] {
		one.Key = one.Title
	}
	keys[one.Key] = true
	b.sheet.Rows = append(b.sheet.Rows, one)
}

// value returns a cell as its column is read.
func (b *sheetBuilder) value(column int, text string) (value, reason string) {
	scale := b.scales[column]
	if scale == asText {
		return trim(text), ""
	}
	if isNone(text) {
		return "", ""
	}
	if scale == asCategory {
		if word := moscowWord(text); word != "" {
			return word, ""
		}
		return "", "none of must, should, could and won't"
	}
	if scale == asImpact {
		words := impactWords
		if b.sheet.Columns[b.places[column]].Factor == "confidence" {
			words = confidenceWords
		}
		if number, known := words[fold(text)]; known {
			return number, ""
		}
	}
	one, reason := parseNumber(text)
	if reason != "" {
		return "", reason
	}
	number, reason := b.types.numbers.resolve(one)
	if reason != "" {
		return "", reason
	}
	if one.percent || scale == asShare && number.IntPart() > 1 || scale == asShare && strings.Contains(b.sheet.Columns[b.places[column]].Name, "%") {
		number = number.Shift(-2)
	}
	return number.String(), ""
}

// impactWords are the words that RICE has for impact, and confidenceWords those for confidence.
var (
	impactWords = words[string]{}.
			add("3", "massive huge enormous very-high").add("2", "high large alta alto").add("1", "medium moderate normal media medio").
			add("0.5", "low small baja bajo").add("0.25", "minimal tiny very-low minimum")
	confidenceWords = words[string]{}.
			add("1", "high very-high certain").add("0.8", "medium moderate normal").add("0.5", "low very-low minimal")
)

// moscowWords are the spellings of the categories of MoSCoW.
var moscowWords = words[string]{}.
	add("must", "m must must-have must-haves musthave mandatory mo1 critical").
	add("should", "s should should-have should-haves shouldhave").
	add("could", "c could could-have could-haves couldhave nice-to-have nicetohave nice").
	add("wont", "w wont won't wont-have won't-have wont-haves won't-do would would-have not-now out-of-scope")

// moscowWord returns the category that a cell names, perhaps with a reason behind a dash, a colon or in brackets.
func moscowWord(text string) string {
	if word := moscowWords[fold(text)]; word != "" {
		return word
	}
	for _, mark := range []string{" - ", " – ", " — ", ":", "(", "—", "–", ","} {
		if before, _, found := strings.Cut(text, mark); found && moscowWords[fold(before)] != "" {
			return moscowWords[fold(before)]
		}
	}
	return ""
}
