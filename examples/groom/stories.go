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
	for number, line := range doc.lines() {
		text := strings.TrimSpace(line)
		if text == "" {
			continue
		}
		reading, findings := readStory(text)
		list = append(list, storyLine{
			Line: number, Text: text, Story: reading.IsStory(),
			Role:   reading.Role.Text,
			Marker: reading.Goal.Marker, Goal: reading.Goal.Text,
			Benefit:  reading.Benefit.Text,
			Findings: findings,
		})
	}
	return list
}

// readStory takes a story apart and finds what is wrong with it.
func readStory(text string) (story.Reading, []finding) {
	reading := story.ReadNarrative(text)
	findings := make([]finding, len(reading.Problems))
	for i, problem := range reading.Problems {
		findings[i] = finding{
			Rule: problem.Kind.String(), Severity: severity(problem.Kind),
			Message: fmt.Sprintf("%v at byte %d of the story", problem.Kind, problem.Start+1),
		}
	}
	return reading, findings
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
