package main

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/gherkin"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

// findings says what is wrong with the stories and criteria of the rows, where the sheet has these
// columns: title, severity, message.
func (s *sheet) findings() [][]any {
	rows := [][]any{}
	for _, f := range s.found() {
		rows = append(rows, []any{f.Title, f.Severity, f.Message})
	}
	return rows
}

// found is what findings says, for the JSON.
func (s *sheet) found() []sheetFinding {
	stories := make([]string, len(s.Rows)+1) // so that each has the number of its item as its index
	for i := range s.Rows {
		stories[i+1], _, _ = s.Cell(i, storyColumn)
	}
	all := []sheetFinding{}
	for i, one := range review(stories)[1:] {
		var found []finding
		if text, _, ok := s.Cell(i, storyColumn); ok && text == "" {
			found = append(found, finding{Severity: field.Warning.String(), Message: "no story"})
		} else if ok {
			found = one.findings
		}
		if text, _, ok := s.Cell(i, criteriaColumn); ok {
			language := one.reading.Language
			if one.reading.Text == "" {
				language, _ = narrative.LanguageOf(text)
			}
			found = append(found, reviewCriteria(text, quality.WordsOf(language))...)
		}
		for _, f := range found {
			all = append(all, sheetFinding{s.title(i), f})
		}
	}
	return all
}

// sheetFinding is one thing wrong with the story or the criteria of a row.
type sheetFinding struct {
	Title string `json:"title"`
	finding
}

// reviewCriteria finds why the criteria of one item, a statement a line, can't be tested. Words alone
// tell little of that, so it is a hint: each amount without a number, and a first statement without an
// outcome where no other has one either. A scenario with When and Then is not judged by its words.
func reviewCriteria(text string, words quality.Words) []finding {
	lines := statements(text)
	if len(lines) == 0 {
		return []finding{{Severity: field.Warning.String(), Message: "no acceptance criteria"}}
	}
	if isScenario(text) {
		return nil
	}
	var found, first []finding
	isTestable := false
	for _, statement := range lines {
		all := quality.CheckCriteria(statement, words)
		isTestable = isTestable || !slices.ContainsFunc(all, func(f quality.Finding) bool { return f.Rule == "testable.outcome" })
		for _, f := range all {
			hint := finding{
				Rule: f.Rule, Severity: field.Hint.String(),
				Message: "criterion " + command.Quote(statement) + ": " + f.Message + ": " + f.Mend,
			}
			if f.Rule != "testable.outcome" {
				found = append(found, hint)
			} else if first == nil {
				first = []finding{hint}
			}
		}
	}
	if isTestable {
		return found
	}
	return append(found, first...)
}

// isScenario reports a scenario, a step a line, in which something is done and something expected.
func isScenario(text string) bool {
	scenario, err := gherkin.ParseScenario(text)
	acts, expects := false, false
	for _, step := range scenario.Steps {
		acts = acts || step.KeywordType == gherkin.Action
		expects = expects || step.KeywordType == gherkin.Outcome
	}
	return err == nil && acts && expects
}

// statements are the lines that are not blank, without the bullet or number of a list entry, whose
// digits would pass for an amount.
func statements(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(strings.TrimSpace(line), "-*•– ")
		entry := strings.TrimLeft(line, "0123456789")
		if marker := strings.TrimLeft(entry, ".)"); entry != line && marker != entry {
			line = strings.TrimSpace(marker)
		}
		if line != "" {
			all = append(all, line)
		}
	}
	return all
}
