package playground

import (
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// feature is a feature file, as far as it can be read.
type feature struct {
	document gherkin.Document
	errors   int
}

func readFeature(in *input) {
	document, err := gherkin.Parse(in.text)
	in.feature = &feature{document: document}
	for _, err := range problems(err) {
		syntax, ok := err.(*gherkin.SyntaxError) //nolint:errorlint // problems takes the error apart
		if !ok {
			in.blame("error", 1, err.Error(), "")
			continue
		}
		in.feature.errors++
		in.markAt("error", syntax.Position, syntax.Message, "", "")
	}
	for _, flaw := range document.Check(gherkin.Checks(gherkin.Limits{})...) {
		in.markAt(flaw.Severity.String(), flaw.Position, flaw.Message, flaw.Mend, flaw.Rule)
	}
}

// problems returns the errors that are joined in one.
func problems(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

// markAt marks what stands from a place to the end of its line; at the end of the text, its last line.
func (in *input) markAt(severity string, at gherkin.Position, message, mend, rule string) {
	begin := in.lines.at(at.Line, at.Column)
	_, end := in.lines.line(at.Line)
	if begin >= end || at.Line > len(in.lines.begins) {
		begin, end = in.lines.line(min(at.Line, len(in.lines.begins)))
		for begin == end && begin > 0 { // up to a line with something in it
			begin--
			for begin > 0 && in.text[begin-1] != '\n' {
				begin--
			}
			for end = begin; end < len(in.text) && in.text[end] != '\n'; end++ {
			}
		}
	}
	in.marks = append(in.marks, place{begin, end, Mark{Severity: severity, Message: message, Mend: mend, Rule: rule}})
}

func (a *answer) showFeature() {
	var scenarios []*gherkin.Scenario
	for s := range a.feature.document.AllScenarios() {
		scenarios = append(scenarios, s)
	}
	flaws := len(a.marks) - a.feature.errors
	a.Summary = fmt.Sprintf("%s, %s, %s.", counted(len(scenarios), "scenario", "scenarios"),
		counted(flaws, "finding", "findings"), counted(a.feature.errors, "syntax error", "syntax errors"))
	if f := a.feature.document.Feature; f != nil {
		a.Summary = "“" + f.Name + "”: " + a.Summary
	}
	a.table("Scenarios", "", columns("#Line", "Scenario", "Steps"), len(scenarios), func(i int) Row {
		s := scenarios[i]
		var steps []string
		for _, step := range s.Steps {
			steps = append(steps, step.Keyword+step.Text)
		}
		return Row{Line: s.Line, Cells: []string{fmt.Sprint(s.Line), s.Name, strings.Join(steps, "\n")}}
	})
	if a.feature.errors == 0 && a.feature.document.Feature != nil {
		a.Blocks = append(a.Blocks, Block{Type: "text", Title: "In the usual form", Name: "tidy.feature", Text: a.feature.document.String()})
	}
}
