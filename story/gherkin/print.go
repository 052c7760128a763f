package gherkin

import (
	"cmp"
	"strings"
)

// String returns the document in its canonical form, which ends in a line feed unless it is empty.
//
// A comment comes before the first value that stood below it, or after the description it stood in.
// A line feed in a text that must fit on one line is written as a space. A text without a
// language header is English. It takes time in proportion to its result.
func (d Document) String() string {
	p := printer{comments: d.Comments}
	if f := d.Feature; f != nil {
		p.language(f.Language, cmp.Or(firstTag(f.Tags), f.Position).Line)
		p.feature(f)
	}
	p.commentsBefore(maxLine)
	return p.b.String()
}

// String returns the scenario in its canonical form, beginning in column 1.
// Without keyword, tags, name and description it is its steps alone.
func (s Scenario) String() string {
	p := printer{comments: s.Comments}
	p.language(s.Language, cmp.Or(firstTag(s.Tags), s.Position).Line)
	p.scenario(&s, 0)
	p.commentsBefore(maxLine)
	return p.b.String()
}

const maxLine = int(^uint(0) >> 1)

type printer struct {
	b        strings.Builder
	comments []Comment // not yet written
}

func firstTag(tags []Tag) Position {
	if len(tags) == 0 {
		return Position{}
	}
	return tags[0].Position
}

// line writes the parts at a level of indentation. None of them can break the line.
func (p *printer) line(level int, parts ...string) {
	p.indent(level)
	for _, part := range parts {
		p.b.WriteString(inline(part))
	}
	p.b.WriteByte('\n')
}

func (p *printer) indent(level int) {
	for range level {
		p.b.WriteString("  ")
	}
}

func inline(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// language writes the header where it is needed: for other languages than English, and where a
// comment above the title would be taken for it.
func (p *printer) language(code string, titleLine int) {
	needed := code != "" && code != english.Language
	for _, c := range p.comments {
		if c.Line > titleLine {
			break
		}
		if _, ok := languageHeader(trimLeft(c.Text)); ok {
			needed = true
		}
	}
	if needed {
		p.line(0, "# language: ", cmp.Or(code, english.Language))
	}
}

// commentsBefore writes the comments that stood above a line.
func (p *printer) commentsBefore(line int) {
	for len(p.comments) > 0 && p.comments[0].Line < line {
		p.comment()
	}
}

func (p *printer) comment() {
	p.line(0, p.comments[0].Text)
	p.comments = p.comments[1:]
}

// gap separates what follows from what was written.
func (p *printer) gap() {
	if p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
}

func (p *printer) feature(f *Feature) {
	p.title(0, f.Position, f.Tags, cmp.Or(f.Keyword, "Feature"), f.Name, f.Description)
	p.children(1, f.Background, f.Scenarios)
	for i := range f.Rules {
		r := &f.Rules[i]
		p.gap()
		p.title(1, r.Position, r.Tags, cmp.Or(r.Keyword, "Rule"), r.Name, r.Description)
		p.children(2, r.Background, r.Scenarios)
	}
}

func (p *printer) children(level int, background *Background, scenarios []Scenario) {
	if g := background; g != nil {
		p.gap()
		p.title(level, g.Position, nil, cmp.Or(g.Keyword, "Background"), g.Name, g.Description)
		p.steps(level+1, g.Steps)
	}
	for i := range scenarios {
		p.gap()
		p.scenario(&scenarios[i], level)
	}
}

func (p *printer) scenario(s *Scenario, level int) {
	if level > 0 || s.Keyword != "" || s.Name != "" || s.Description != "" || len(s.Tags) > 0 {
		keyword := "Scenario"
		if s.Outline {
			keyword = "Scenario Outline"
		}
		p.title(level, s.Position, s.Tags, cmp.Or(s.Keyword, keyword), s.Name, s.Description)
		level++
	}
	p.steps(level, s.Steps)
	for i := range s.Examples {
		e := &s.Examples[i]
		p.gap()
		p.title(level, e.Position, e.Tags, cmp.Or(e.Keyword, "Examples"), e.Name, e.Description)
		if e.Header != nil {
			p.table(level+1, e.Header, e.Body)
		}
	}
}

// title writes tags, keyword, name and description, and the comments that stood next to them. Empty
// lines at the beginning of a description count only below a comment, so there one is written first.
func (p *printer) title(level int, at Position, tags []Tag, keyword, name, description string) {
	if len(tags) > 0 {
		p.commentsBefore(tags[0].Line)
		p.indent(level)
		for i, tag := range tags {
			if i > 0 {
				p.b.WriteByte(' ')
			}
			p.b.WriteString(inline(tag.Name))
		}
		p.b.WriteByte('\n')
	}
	p.commentsBefore(at.Line)
	if name != "" {
		name = " " + name
	}
	p.line(level, keyword, ":", name)
	last := at.Line // line of the text that could be the last one of this title
	if description != "" {
		first, _, _ := strings.Cut(description, "\n")
		if strings.TrimSpace(first) == "" && len(p.comments) > 0 {
			p.comment()
			last++
		}
		p.b.WriteString(description)
		p.b.WriteByte('\n')
		last += 1 + strings.Count(description, "\n")
	}
	for at.Line > 0 && len(p.comments) > 0 && p.comments[0].Line <= last+1 {
		p.comment()
		last++
	}
}

func (p *printer) steps(level int, steps []Step) {
	for i := range steps {
		s := &steps[i]
		p.commentsBefore(s.Line)
		p.line(level, cmp.Or(s.Keyword, englishStep(s.KeywordType)), s.Text)
		if t := s.DataTable; t != nil && len(t.Rows) > 0 {
			p.table(level+1, &t.Rows[0], t.Rows[1:])
		}
		if d := s.DocString; d != nil {
			p.commentsBefore(d.Line)
			p.docString(level+1, d)
		}
	}
}

func englishStep(t KeywordType) string {
	switch t {
	case Context:
		return "Given "
	case Action:
		return "When "
	case Outcome:
		return "Then "
	case Conjunction:
		return "And "
	default:
		return "* "
	}
}

func (p *printer) docString(level int, d *DocString) {
	delimiter := cmp.Or(d.Delimiter, quotes)
	p.line(level, delimiter, d.MediaType)
	if d.Content != "" {
		content := strings.ReplaceAll(d.Content, delimiter, escapedDelimiter(delimiter))
		for text := range strings.SplitSeq(content, "\n") {
			if text != "" {
				p.indent(level)
				p.b.WriteString(text)
			}
			p.b.WriteByte('\n')
		}
	}
	p.line(level, delimiter)
}

// maxAligned bounds the width a cell adds to its column: one long cell must not pad a column of
// many rows.
const maxAligned = 40

func (p *printer) table(level int, header *Row, body []Row) {
	var widths []int
	escaped := make([][]string, 0, len(body)+1)
	measure := func(row *Row) {
		values := make([]string, len(row.Cells))
		for i := range row.Cells {
			values[i] = escapeCell(row.Cells[i].Value)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if width := runes(values[i]); width <= maxAligned {
				widths[i] = max(widths[i], width)
			}
		}
		escaped = append(escaped, values)
	}
	write := func(row *Row, values []string) {
		p.commentsBefore(row.Line)
		p.indent(level)
		p.b.WriteByte('|')
		for i, value := range values {
			p.b.WriteByte(' ')
			p.b.WriteString(value)
			for range widths[i] - runes(value) {
				p.b.WriteByte(' ')
			}
			p.b.WriteString(" |")
		}
		p.b.WriteByte('\n')
	}
	measure(header)
	for i := range body {
		measure(&body[i])
	}
	write(header, escaped[0])
	for i := range body {
		write(&body[i], escaped[i+1])
	}
}

// escapeCell is the inverse of unescapeCell.
func escapeCell(value string) string { return cellEscapes.Replace(value) }

var cellEscapes = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "\n", `\n`)
