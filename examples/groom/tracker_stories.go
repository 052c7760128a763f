package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// trackerStories are the open issues that are user stories, by their titles or else by their descriptions, as the lines
// of a .txt file are.
type trackerStories struct {
	ids   []string
	lines storyList
}

// newTrackerStories reads and reviews the stories among issues. A finding that names another story does so by its id.
func newTrackerStories(issues []*Issue) trackerStories {
	var texts []string
	var found []*Issue
	for _, issue := range issues {
		if !issue.IsOpen() {
			continue
		}
		for _, text := range []string{issue.Title, strings.TrimSpace(issue.Description)} {
			if narrative.IsStory(text) {
				texts, found = append(texts, text), append(found, issue)
				break
			}
		}
	}
	all := trackerStories{ids: make([]string, len(found)), lines: storyList{}}
	for i, issue := range found {
		all.ids[i] = issue.Key
	}
	if len(found) == 0 {
		return all
	}
	for i, one := range review(texts) {
		for k := range one.findings {
			f := &one.findings[k]
			for _, other := range f.others {
				f.Message = strings.Replace(f.Message, fmt.Sprintf("story %d", other), all.ids[other], 1)
			}
		}
		var criteria []criterion
		for _, text := range found[i].Criteria {
			criteria = append(criteria, criterion{Line: found[i].Row, Text: text})
		}
		all.lines = append(all.lines, newStoryLine(found[i].Row, texts[i], one, criteria))
	}
	return all
}

// trackerStory is a story of a tracker's file in the JSON.
type trackerStory struct {
	ID string `json:"id"`
	storyLine
}

func (t trackerStories) forJSON() []trackerStory {
	all := make([]trackerStory, len(t.ids))
	for i, id := range t.ids {
		all[i] = trackerStory{id, t.lines[i]}
	}
	return all
}

// write writes the stories, a line for each, and what is wrong with them, a line for each rule.
func (t trackerStories) write(out *bytes.Buffer) {
	if len(t.ids) == 0 {
		return
	}
	rows := [][]any{{"Id", "Role", "Conditions", "Language", "INVEST", "Findings"}}
	findings := 0
	for i, line := range t.lines {
		rows = append(rows, []any{
			t.ids[i], command.OnLine(line.Role), command.OnLine(line.Conditions.String()), string(line.Language),
			invest(line.INVEST), len(line.Findings),
		})
		findings += len(line.Findings)
	}
	command.Section(out, "User stories", rows)
	if findings > 0 {
		command.Section(out, "Findings in stories, by rule", t.lines.byRule("Ids", func(i int) string { return t.ids[i] }))
	}
}
