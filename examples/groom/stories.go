package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

// storyLine is one line of a .txt file: a user story, or what was meant to be one.
type storyLine struct {
	Line       int              `json:"line"`
	Text       string           `json:"text"`
	Story      bool             `json:"story"`
	Role       string           `json:"role"`
	Conditions story.Conditions `json:"conditions"` // when it is wanted: "after I log in"
	Marker     string           `json:"marker"`     // what announces the goal: "I want to"
	Goal       string           `json:"goal"`
	Benefit    string           `json:"benefit"`
	Findings   []finding        `json:"findings"`
}

// finding is one thing wrong with a story. Its severity is defect, warning or hint.
type finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

// storyList is a .txt file.
type storyList []storyLine

func readStories(doc *command.Document) command.Report {
	list := storyList{}
	lines := []string{""} // so that each has its number as its index
	for _, line := range doc.Lines() {
		lines = append(lines, strings.TrimSpace(line))
	}
	joinCards(lines)
	for number, one := range review(lines) {
		if lines[number] == "" {
			continue
		}
		list = append(list, storyLine{
			Line: number, Text: lines[number], Story: one.reading.IsStory(),
			Role: one.reading.Role.Plain(), Conditions: one.reading.Narrative().Conditions,
			Marker: one.reading.Goal.Marker, Goal: one.reading.Goal.Plain(),
			Benefit:  one.reading.Benefit.Plain(),
			Findings: one.findings,
		})
	}
	return list
}

// joinCards makes one line of each card: a story on several lines between blank ones, none of which is a
// story alone. It stands in the first of them, and the others are blank.
func joinCards(lines []string) {
	const most = 8 // lines of a card
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && lines[to] != "" {
			to++
		}
		isStory := func(text string) bool { return narrative.Read(text).IsStory() }
		if n := to - from; n > 1 && n <= most && !slices.ContainsFunc(lines[from:to], isStory) {
			if card := strings.Join(lines[from:to], "\n"); isStory(card) {
				lines[from] = card
				clear(lines[from+1 : to])
			}
		}
		from = to + 1
	}
}

// reviewed is a story taken apart, and what is wrong with it.
type reviewed struct {
	reading  narrative.Reading
	findings []finding
}

// review reads stories that belong together, and returns one review each, in their order. Findings
// that name another story of the set do so by its index.
func review(texts []string) []reviewed {
	set := quality.Read(texts...)
	all := make([]reviewed, len(texts))
	for i, reading := range set.Stories {
		all[i] = reviewed{reading, []finding{}}
	}
	for _, f := range quality.Check(set) {
		one := &all[f.Story]
		one.findings = append(one.findings, finding{f.Rule, f.Severity.String(), f.Message + ": " + f.Mend})
	}
	return all
}

func (l storyList) WriteTable(out *bytes.Buffer) {
	stories, findings := 0, 0
	for _, line := range l {
		if line.Story {
			stories++
		}
		findings += len(line.Findings)
	}
	fmt.Fprintf(out, "%s, %s, %s\n", command.Counted(len(l), "line", "lines"),
		command.Counted(stories, "user story", "user stories"), command.Counted(findings, "finding", "findings"))
	for _, line := range l {
		var rows [][]any
		add := func(name, text string) {
			if text = command.OnLine(text); text != "" {
				rows = append(rows, []any{name, text})
			}
		}
		add("role", line.Role)
		for _, condition := range line.Conditions.All() {
			add("condition", condition)
		}
		add("goal", line.Marker+" "+line.Goal)
		add("benefit", line.Benefit)
		for _, f := range line.Findings {
			rows = append(rows, []any{f.Severity, f.Message})
		}
		command.Section(out, fmt.Sprintf("%d: %s", line.Line, command.OnLine(line.Text)), rows)
	}
	if findings > 0 {
		command.Section(out, "All findings, by rule", l.byRule())
	}
}

// byRule says in how many lines, and in which, each rule has found something; the most frequent first.
func (l storyList) byRule() [][]any {
	type rule struct{ name, severity string }
	lines := make(map[rule][]string)
	for _, line := range l {
		for _, f := range line.Findings {
			one := rule{f.Rule, f.Severity}
			number := fmt.Sprint(line.Line)
			if found := lines[one]; len(found) == 0 || found[len(found)-1] != number {
				lines[one] = append(found, number)
			}
		}
	}
	rules := slices.SortedFunc(maps.Keys(lines), func(a, b rule) int {
		return cmp.Or(cmp.Compare(len(lines[b]), len(lines[a])), cmp.Compare(a.name, b.name), cmp.Compare(a.severity, b.severity))
	})
	rows := [][]any{{"Rule", "Severity", "Count", "Lines"}}
	for _, one := range rules {
		found := lines[one]
		rows = append(rows, []any{one.name, one.severity, len(found), listed(found)})
	}
	return rows
}

// listed is the first few of many.
func listed(names []string) string {
	const most = 20
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " ..."
}
