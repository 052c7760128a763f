package exchange

import (
	"fmt"
	"strings"
)

// markdownFormat is a list with boxes to tick, below headings: "- [ ] Title". What is indented below an entry is part of it.
func markdownFormat() format {
	return format{
		name: MarkdownTasks,
		detect: func(f *file) Certainty {
			found, _ := f.share(func(line string) bool {
				_, _, ok := cutBox(line)
				return ok
			})
			switch {
			case found > 0 && (found > 1 || f.hasSuffix(".md", ".markdown")):
				return Likely
			case found > 0:
				return Possible
			}
			return 0
		},
		read: readMarkdown,
	}
}

// markdownReader reads entries under their headings.
type markdownReader struct {
	source                    *source
	title, tick, status, part int // columns
	open                      []markdownEntry
	seen                      map[string]bool // keys
	state                     string          // the heading, if it names a state
	section                   string          // the heading, if it does not
}

// markdownEntry is an entry that others can be below of.
type markdownEntry struct {
	indent int
	key    string
}

func readMarkdown(f *file, s *source) error {
	r := &markdownReader{source: s, seen: make(map[string]bool)}
	r.title = s.column("entry", Column{Field: FieldTitle})
	r.tick = s.column("box", Column{Field: FieldCategory})
	r.status = s.column("heading", Column{Field: FieldStatus})
	r.part = s.column("section", Column{Field: FieldLabels})
	number := 0
	inCode := false
	for line := range strings.Lines(f.text) {
		number++
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			inCode = !inCode
		}
		r.line(number, strings.TrimRight(line, " \t\r\n"), inCode)
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// line reads one line.
func (r *markdownReader) line(number int, line string, inCode bool) {
	text, isTicked, ok := cutBox(line)
	bare := strings.TrimSpace(line)
	switch {
	case bare == "":
	case ok && !inCode:
		r.entry(number, text, isTicked, indentOf(line))
	case strings.HasPrefix(bare, "#") && !inCode:
		r.heading(bare)
	case len(r.open) > 0 && indentOf(line) > r.open[len(r.open)-1].indent:
		r.source.add(r.source.column("note", Column{}), bare)
	default:
		r.open = nil
		r.source.whole()
		r.source.add(r.source.column("text", Column{}), bare)
	}
}

// indentOf returns how far a line is indented; a tab counts as four spaces.
func indentOf(line string) (n int) {
	for _, c := range []byte(line) {
		switch c {
		case ' ':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

// heading notes what the entries below it are: in a state, or in a section.
func (r *markdownReader) heading(text string) {
	r.open = nil
	name := strings.TrimSpace(strings.Trim(text, "#"))
	r.state, r.section = "", name
	if _, known := statuses[fold(name)]; known {
		r.state, r.section = name, ""
	}
	r.source.whole()
	r.source.add(r.source.column("heading", Column{}), name)
}

// entry adds an item.
func (r *markdownReader) entry(number int, text string, isTicked bool, indent int) {
	for len(r.open) > 0 && r.open[len(r.open)-1].indent >= indent {
		r.open = r.open[:len(r.open)-1]
	}
	s := r.source
	s.row(number)
	s.add(r.title, text)
	if isTicked {
		s.derive(r.tick, "done")
	}
	s.derive(r.status, r.state)
	s.derive(r.part, r.section)
	if len(r.open) > 0 {
		s.derive(s.column("below", Column{Field: FieldParent}), r.open[len(r.open)-1].key)
		s.level(LevelTask)
	}
	key := oneLine(text)
	if r.seen[key] {
		key = fmt.Sprintf("%s (%d)", key, number) // as [builder.freeKey] makes it
	}
	r.seen[key] = true
	r.open = append(r.open, markdownEntry{indent, key})
}
