package playground

import (
	"slices"
	"strconv"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// The columns that a sheet may have beside those of methods.
const (
	titleColumn    = "title"
	storyColumn    = "story"
	criteriaColumn = "criteria"
)

// sheet is a table of items, in the words of the methods.
type sheet struct {
	*command.Sheet
	fits    []method // that it has the columns for
	numbers []int    // the lines of the rows
	trials  map[string]*trial
}

func (s *sheet) title(row int) string {
	title, _, _ := s.Cell(row, titleColumn)
	return command.Shorten(command.OnLine(title), 200)
}

// readSheet reads a table. Headers in the words of others are translated; then what is wrong is found a row at a time.
func readSheet(in *input) {
	known := knownColumns()
	doc := &command.Document{Name: in.name, Text: strings.TrimPrefix(in.text, "\uFEFF")}
	shift := len(in.text) - len(doc.Text)
	var foreign *prioritize.Sheet
	if table, err := exchange.ReadSheet(strings.NewReader(in.text), exchange.Options{Name: in.name}); err == nil {
		in.scores = table
	}
	if catalogue.IsForeign(doc.Text, titleColumn, known) {
		if foreign = in.scores; foreign == nil {
			_, err := exchange.ReadSheet(strings.NewReader(in.text), exchange.Options{Name: in.name})
			in.refuse(err)
			return
		}
		for _, note := range command.SheetNotes(foreign) {
			in.odd(note)
		}
		var odd []string
		doc, odd = catalogue.Canonical(in.name, foreign, known)
		for _, note := range odd {
			in.odd(note)
		}
	}
	s := parseSheet(doc)
	if s != nil {
		in.sheet = s
		for _, row := range s.Rows {
			s.numbers = append(s.numbers, row.At[0].Line)
		}
		s.choose(doc)
	}
	for at, problem := range doc.All() {
		message, mend, _ := strings.Cut(problem, ", want ")
		if foreign != nil { // of which only the row is known
			in.blame("error", at.Line, message, mend)
			continue
		}
		begin, end := in.lines.cell(at.Line, at.Column)
		if at.Line == 1 {
			begin, end = min(begin+shift, len(in.text)), min(end+shift, len(in.text))
		}
		in.marks = append(in.marks, place{begin, end, Mark{Severity: "error", Message: message, Mend: mend}})
	}
	if more := doc.More(); more > 0 {
		in.blame("error", 0, "and "+counted(more, "more problem", "more problems"), "")
	}
	in.jobsOfSheet()
	if len(in.jobs) > 0 { // which read columns that no method does
		in.marks = slices.DeleteFunc(in.marks, func(p place) bool { return strings.Contains(p.mark.Message, "passed over: ") })
	}
	switch {
	case s == nil || len(s.Rows) == 0:
		in.nothing = "There is no item to rank: what is wrong is beside the text."
	case len(s.fits) == 0 && len(in.jobs) == 0:
		in.nothing = "No method fits the columns: " + s.closest()
	}
}

// odd marks a note of a reader: "row 7: …" is about that row.
func (in *input) odd(note string) {
	row := 0
	if before, after, ok := strings.Cut(note, ": "); ok {
		if number, isRow := strings.CutPrefix(before, "row "); isRow {
			if n, err := strconv.Atoi(number); err == nil {
				row, note = n, after
			}
		}
	}
	in.blame("warning", row, note, "")
}

func knownColumns() []string {
	known := []string{titleColumn, storyColumn, criteriaColumn}
	for _, m := range methods() {
		known = append(append(known, m.columns...), m.optional...)
	}
	return known
}

// parseSheet takes the document apart. It is nil where the header cannot be understood.
func parseSheet(doc *command.Document) *sheet {
	var s *sheet
	for row, ok := range doc.Rows(command.AnyCell) {
		switch {
		case !ok:
			return s
		case s != nil:
			if s.Add(doc, row) {
				if i := s.Columns[titleColumn]; row.Cells[i] == "" {
					doc.Blame(row.At[i], "the title is blank, want what the item is called")
				}
			}
		default:
			if s = readHeader(doc, row); s == nil {
				return nil
			}
		}
	}
	if s != nil && len(s.Rows) == 0 && doc.OK() {
		doc.Blame(command.Start(), "no rows, want an item a line below the header")
	}
	return s
}

func readHeader(doc *command.Document, header command.Row) *sheet {
	s := &sheet{Sheet: command.NewSheet(len(header.Cells)), trials: make(map[string]*trial)}
	for i, name := range header.Cells {
		name = strings.ToLower(name)
		if _, twice := s.Columns[name]; twice {
			doc.Blame(header.At[i], "column %s is there twice, want each column once", command.Quote(name))
			continue
		}
		s.Columns[name], s.Header[i] = i, name
	}
	if _, ok := s.Columns[titleColumn]; !ok {
		doc.Blame(command.Start(), "no column title, want one: it names the items")
		return nil
	}
	return s
}

// choose finds the methods that the sheet has the columns for, and tries each cell of theirs.
func (s *sheet) choose(doc *command.Document) {
	if len(s.Rows) == 0 {
		return
	}
	for _, m := range methods() {
		if len(m.lacks(s)) == 0 {
			s.fits = append(s.fits, m)
		}
	}
	for i := range s.Rows {
		read, unread := make(map[command.Place]bool), make(map[command.Place]string)
		for _, m := range s.fits {
			m.parse(&catalogue.Cells{Sheet: s.Sheet, Row: i, Read: func(at command.Place, problem string) {
				if problem == "" {
					read[at] = true
				} else if unread[at] == "" {
					unread[at] = problem
				}
			}})
		}
		for _, at := range s.Rows[i].At {
			if problem := unread[at]; problem != "" && !read[at] {
				s.Blame(doc, at, "%s", problem)
			}
		}
	}
	for _, m := range s.fits {
		s.trials[m.name] = m.run(doc, s, nil)
	}
}

// closest names what the methods lack of which the sheet has something.
func (s *sheet) closest() string {
	var near []string
	for _, m := range methods() {
		if lacks := m.lacks(s); len(lacks) < len(m.columns) {
			near = append(near, m.title+" needs "+strings.Join(lacks, ", "))
		}
	}
	if len(near) == 0 {
		return "the header has none that a method reads, such as reach, impact, confidence and effort for RICE."
	}
	return strings.Join(near, "; ") + "."
}

// fit returns the method of a name, or the first that fits.
func (s *sheet) fit(name string) method {
	for _, m := range s.fits {
		if m.name == name {
			return m
		}
	}
	return s.fits[0]
}
