package main

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story/gherkin"
)

// featureFile is a .feature file.
type featureFile struct {
	name      string
	Scenarios []scenario     `json:"scenarios"`
	Findings  []gherkin.Flaw `json:"findings"`
	Errors    []syntaxError  `json:"errors"`
}

type scenario struct {
	Name  string   `json:"name"`
	Line  int      `json:"line"`
	Steps []string `json:"steps"` // with their keywords
}

type syntaxError struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// readFeature reads a feature. Syntax errors are the document's fault unless it is to be read in part:
// then they are part of the result.
func readFeature(doc *command.Document, parser gherkin.Parser, partial bool) command.Report {
	feature, err := parser.Parse(doc.Text)
	found := &featureFile{Scenarios: []scenario{}, Findings: []gherkin.Flaw{}, Errors: []syntaxError{}}
	for _, err := range command.Problems(err) {
		var syntax *gherkin.SyntaxError
		if !errors.As(err, &syntax) {
			doc.Blame(command.Start(), "%v, want a feature in Gherkin", err)
			continue
		}
		// What is missing at the end of the text is in no column.
		at := command.Place{Line: syntax.Line, Column: max(syntax.Column, 1)}
		if partial {
			found.Errors = append(found.Errors, syntaxError{at.Line, at.Column, syntax.Message})
		} else {
			doc.Blame(at, "%s", syntax.Message)
		}
	}
	if !doc.OK() {
		return nil
	}
	if feature.Feature != nil {
		found.name = feature.Feature.Name
	}
	for s := range feature.AllScenarios() {
		one := scenario{Name: s.Name, Line: s.Line, Steps: []string{}}
		for _, step := range s.Steps {
			one.Steps = append(one.Steps, step.Keyword+step.Text)
		}
		found.Scenarios = append(found.Scenarios, one)
	}
	found.Findings = append(found.Findings, feature.Check(gherkin.Checks(gherkin.Limits{})...)...)
	return found
}

func (f *featureFile) WriteTable(out *bytes.Buffer) {
	fmt.Fprintf(out, "%s: %s, %s, %s\n", command.OnLine(f.name), command.Counted(len(f.Scenarios), "scenario", "scenarios"),
		command.Counted(len(f.Findings), "finding", "findings"), command.Counted(len(f.Errors), "syntax error", "syntax errors"))
	for _, s := range f.Scenarios {
		var rows [][]any
		for _, step := range s.Steps {
			rows = append(rows, []any{step})
		}
		command.Section(out, fmt.Sprintf("%d: %s", s.Line, command.OnLine(s.Name)), rows)
	}
	var rows [][]any
	for _, finding := range f.Findings {
		rows = append(rows, []any{finding.Line, finding.Severity, finding.Rule, finding.Message + ": " + finding.Mend})
	}
	if len(rows) > 0 {
		command.Section(out, "Findings, by line", rows)
	}
	rows = nil
	for _, e := range f.Errors {
		rows = append(rows, []any{fmt.Sprintf("%d:%d", e.Line, e.Column), e.Message})
	}
	if len(rows) > 0 {
		command.Section(out, "Syntax errors", rows)
	}
}
