package gherkin

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rows counts the examples a scenario is run with.
func (s *Scenario) rows() (n int) {
	for i := range s.Examples {
		n += len(s.Examples[i].Body)
	}
	return n
}

func outlineWithoutExamples(d *Document, report Report) {
	for s := range d.AllScenarios() {
		if (s.Outline || len(s.Examples) > 0) && s.rows() == 0 {
			report(s.Position, s.named()+" is an outline without examples",
				"add Examples with a header and a row for each example, or make it a plain scenario")
		}
	}
}

func singleExample(d *Document, report Report) {
	for s := range d.AllScenarios() {
		if s.rows() == 1 {
			report(s.Position, s.named()+" is an outline with a single example",
				"write the values into the steps, or add the examples that are missing")
		}
	}
}

// unknownVariables reports each variable once a scenario, where it is used first. A variable is
// known when it is a column of every table of examples. Markup in doc strings is left alone.
func unknownVariables(d *Document, report Report) {
	for s := range d.AllScenarios() {
		tables, columns := s.columns()
		if tables == 0 {
			continue
		}
		reported := map[string]bool{}
		s.texts(func(at Position, text string) {
			if strings.Contains(text, "</") || strings.Contains(text, "/>") {
				return
			}
			for name := range variables(text) {
				n := columns[name]
				if n == tables || reported[name] || !beginsName(name) {
					continue
				}
				reported[name] = true
				in := "no table"
				if n > 0 {
					in = fmt.Sprintf("%d of %d tables", n, tables)
				}
				report(at, fmt.Sprintf("variable <%s> is a column in %s of examples", shortened(name), in),
					"add the column, or name one that is there")
			}
		})
	}
}

func unusedVariables(d *Document, report Report) {
	for s := range d.AllScenarios() {
		if len(s.Examples) == 0 {
			continue
		}
		used := map[string]bool{}
		s.texts(func(_ Position, text string) {
			for name := range variables(text) {
				used[name] = true
			}
		})
		for i := range s.Examples {
			header := s.Examples[i].Header
			if header == nil {
				continue
			}
			for _, c := range header.Cells {
				if !used[c.Value] {
					report(c.Position,
						fmt.Sprintf("column %q of the examples is used nowhere", shortened(c.Value)),
						fmt.Sprintf("use <%s> in a step, or drop the column", shortened(c.Value)))
				}
			}
		}
	}
}

// columns counts the tables of examples, and for each name those that have it as a column.
func (s *Scenario) columns() (tables int, count map[string]int) {
	count = map[string]int{}
	last := map[string]int{} // table that was counted last
	for i := range s.Examples {
		header := s.Examples[i].Header
		if header == nil {
			continue
		}
		tables++
		for _, c := range header.Cells {
			if last[c.Value] != tables {
				last[c.Value] = tables
				count[c.Value]++
			}
		}
	}
	return tables, count
}

// texts visits everything that variables are replaced in.
func (s *Scenario) texts(visit func(at Position, text string)) {
	visit(s.Position, s.Name)
	for i := range s.Steps {
		s.Steps[i].texts(visit)
	}
}

// variables iterates over the names between "<" and ">" of a text.
func variables(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for {
			open := strings.IndexByte(text, '<')
			if open < 0 {
				return
			}
			text = text[open+1:]
			end := strings.IndexAny(text, "<>")
			if end < 0 {
				return
			}
			if end > 0 && text[end] == '>' && !yield(text[:end]) {
				return
			}
			text = text[end:]
		}
	}
}

// beginsName distinguishes a variable from a comparison such as "1 < 2 and 3 > 2".
func beginsName(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return r == '_' || unicode.IsLetter(r)
}
