package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story"
)

// storyLine is one line of a .txt file: a user story, or what was meant to be one.
type storyLine struct {
	Line     int       `json:"line"`
	Text     string    `json:"text"`
	Story    bool      `json:"story"`
	Role     string    `json:"role"`
	Marker   string    `json:"marker"` // what announces the goal: "I want to"
	Goal     string    `json:"goal"`
	Benefit  string    `json:"benefit"`
	Findings []finding `json:"findings"`
}

// finding is one thing wrong with a story. Its severity is error, warning or hint.
type finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

// storyList is a .txt file.
type storyList []storyLine

func readStories(doc *document) report {
	list := storyList{}
	var texts []string
	for number, line := range doc.lines() {
		if text := strings.TrimSpace(line); text != "" {
			list = append(list, storyLine{Line: number, Text: text})
			texts = append(texts, text)
		}
	}
	for i, one := range review(texts) {
		line := &list[i]
		line.Story = one.reading.IsStory()
		line.Role = one.reading.Role.Text
		line.Marker, line.Goal = one.reading.Goal.Marker, one.reading.Goal.Text
		line.Benefit = one.reading.Benefit.Text
		line.Findings = one.findings
	}
	return list
}

// reviewed is a story taken apart, and what is wrong with it.
type reviewed struct {
	reading  story.Reading
	findings []finding
}

// review reads stories that belong together, and returns one review each, in their order.
func review(texts []string) []reviewed {
	all := make([]reviewed, len(texts))
	for i, text := range texts {
		reading := story.ReadNarrative(text)
		findings := make([]finding, len(reading.Problems))
		for k, problem := range reading.Problems {
			findings[k] = finding{
				Rule: problem.Kind.String(), Severity: severity(problem.Kind),
				Message: fmt.Sprintf("%v at byte %d of the story", problem.Kind, problem.Start+1),
			}
		}
		all[i] = reviewed{reading, findings}
	}
	return all
}

func severity(kind story.ProblemKind) string {
	switch kind {
	case story.NoRole, story.NotARole, story.NoGoal, story.BadText:
		return "error"
	case story.SecondReason, story.ExtraText:
		return "hint"
	default:
		return "warning"
	}
}

func (l storyList) writeTable(out *bytes.Buffer) {
	stories, findings := 0, 0
	for _, line := range l {
		if line.Story {
			stories++
		}
		findings += len(line.Findings)
	}
	fmt.Fprintf(out, "%s, %s, %s\n", counted(len(l), "line", "lines"),
		counted(stories, "user story", "user stories"), counted(findings, "finding", "findings"))
	for _, line := range l {
		var rows [][]any
		for _, part := range []struct{ name, text string }{
			{"role", line.Role},
			{"goal", line.Marker + " " + line.Goal},
			{"benefit", line.Benefit},
		} {
			if text := onLine(part.text); text != "" {
				rows = append(rows, []any{part.name, text})
			}
		}
		for _, f := range line.Findings {
			rows = append(rows, []any{f.Severity, f.Message})
		}
		section(out, fmt.Sprintf("%d: %s", line.Line, onLine(line.Text)), rows)
	}
}
