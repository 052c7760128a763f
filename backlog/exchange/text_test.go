package exchange_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/gherkin"
)

const taskFile = `---
id: TASK-7
title: 'Pay: by card'
status: In Progress
assignee:
  - '@ann'
created_date: '2025-11-03 14:05'
labels: [front, "a, b"]
dependencies:
  - task-3
  - 12
parent_task_id: TASK-1
priority: high
ordinal: 3000
empty: []
note: >-
  on two
  lines
---

# task-7 - Pay: by card

## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
As a user I pay.

---

Soon.
<!-- SECTION:DESCRIPTION:END -->

## Acceptance Criteria
<!-- AC:BEGIN -->
- [x] #1 by card
- [ ] #2 by bill
<!-- AC:END -->

## Implementation Notes

` + "```\n## no heading\n```\n"

func TestBacklogMD(t *testing.T) {
	doc := read(t, taskFile, exchange.Options{Name: "task-7 - Pay.md"})
	require.Equal(t, exchange.BacklogMD, doc.Format)
	require.Len(t, doc.Items, 1)
	item := doc.Items[0]
	require.Equal(t, "TASK-7", item.Key)
	require.Equal(t, "Pay: by card", item.Title)
	require.Equal(t, "As a user I pay.\n\n---\n\nSoon.", item.Description)
	require.Equal(t, []string{"by card", "by bill"}, item.Criteria)
	require.Equal(t, story.Doing, item.Category)
	require.Equal(t, "@ann", item.Assignee)
	require.Equal(t, []string{"front", "a, b"}, item.Labels)
	require.Equal(t, "TASK-1", item.Parent)
	require.Equal(t, 2, item.Urgency)
	require.Equal(t, "2025-11-03T14:05:00Z", item.Created.Format("2006-01-02T15:04:05Z07:00"))
	require.Equal(t, []string{"ordinal=3000", "note=on two lines", "Implementation Notes=```\n## no heading\n```"}, values(item.Custom))
	require.Equal(t, []string{"TASK-7>task-3", "TASK-7>12"}, arrows(doc, exchange.Needs))
	require.Empty(t, doc.Losses)
}

// Many files are read as one behind the other. Ids are found in another case, and by their number.
func TestBacklogMDFiles(t *testing.T) {
	files := []io.Reader{
		strings.NewReader(taskFile), strings.NewReader("\n"),
		strings.NewReader("---\nid: task-12\ntitle: Bill\nstatus: Done\n---\n\nJust text.\n\n---\n\nAnd more.\n"),
		strings.NewReader("---\r\nid: TASK-3\r\ntitle: Card\r\n---\r\n"),
		strings.NewReader("---\nid: TASK-3.1\ntitle: Sub\n---\n"),
	}
	doc, err := exchange.Read(io.MultiReader(files...), exchange.Options{})
	require.NoError(t, err)
	requireCells(t, doc)
	require.Len(t, doc.Items, 4)
	require.Equal(t, "Just text.\n\n---\n\nAnd more.", byKey(t, doc, "task-12").Description)
	require.Equal(t, []string{"TASK-7>TASK-3", "TASK-7>task-12"}, arrows(doc, exchange.Needs))
	require.Equal(t, "TASK-3", byKey(t, doc, "TASK-3.1").Parent)
	require.Equal(t, 45, byKey(t, doc, "task-12").Row)
}

func TestTodo(t *testing.T) {
	doc := read(t, "(A) 2025-03-01 Call @mom about +Party at 12:30 see http://x.y due:2025-03-05 +Family @phone\n\n"+
		"x 2025-03-02 2025-03-01 Paid the bill +House pri:B\nx Done without a date\nPlain text\n2025-03-03 t:2025-04-01 Later id:7\nxylophone p:7\n",
		exchange.Options{Name: "my/todo.txt"})
	require.Equal(t, exchange.TodoTXT, doc.Format)
	require.Len(t, doc.Items, 6)
	call := doc.Items[0]
	require.Equal(t, "Call @mom about +Party at 12:30 see http://x.y", call.Title)
	require.ElementsMatch(t, []string{"Family", "phone", "mom", "Party"}, call.Labels)
	require.Equal(t, 1, call.Urgency)
	require.False(t, call.Created.IsZero() || call.Due.IsZero())
	require.Equal(t, story.Completed, doc.Items[1].Category)
	require.Equal(t, "2025-03-02", doc.Items[1].Done.Format("2006-01-02"))
	require.Equal(t, "2025-03-01", doc.Items[1].Created.Format("2006-01-02"))
	require.Equal(t, story.Completed, doc.Items[2].Category)
	require.Equal(t, story.Proposed, doc.Items[3].Category)
	require.False(t, byKey(t, doc, "7").DeferredUntil.IsZero())
	require.Equal(t, []string{"xylophone>7"}, arrows(doc, exchange.Needs))
	require.Empty(t, doc.Losses)
}

func TestFeatureFile(t *testing.T) {
	doc := read(t, "# a comment\n@web @slow\nFeature: Pay\n  As a user\n  I pay\n\n  Background:\n    Given a cart\n\n"+
		"  Scenario: By card\n    Given a card\n    When I pay\n    Then I am happy\n\n  Rule: No cash\n    Scenario: Cash\n      Given cash\n\n"+
		"@other\nFeature: Ship\n  Scenario: x\n    Given \"\"\"\n", exchange.Options{Name: "all.feature"})
	require.Equal(t, exchange.FeatureFile, doc.Format)
	require.Len(t, doc.Items, 2)
	pay := doc.Items[0]
	require.Equal(t, "Pay", pay.Title)
	require.Equal(t, 3, pay.Row)
	require.Equal(t, exchange.LevelFeature, pay.Level)
	require.Equal(t, []string{"web", "slow"}, pay.Labels)
	require.Equal(t, "As a user\nI pay", pay.Description)
	require.Len(t, pay.Criteria, 2)
	require.Contains(t, pay.Criteria[0], "Scenario: By card\n")
	require.Equal(t, []string{"background=Given a cart", "rule=No cash"}, values(pay.Custom))
	require.Equal(t, []string{"other"}, doc.Items[1].Labels)
}

// A line that is no Gherkin costs that line.
func TestFeatureFileOddLine(t *testing.T) {
	doc := read(t, "Feature: Pay\n  Scenario: a\n    Given b\n  nonsense\n", exchange.Options{})
	require.Len(t, doc.Items, 1)
	require.Equal(t, 4, doc.Skipped[0].Row)
	require.Equal(t, "  nonsense", doc.Losses[0].Value)
}

func TestStoryList(t *testing.T) {
	doc := read(t, "As a user, I want to pay.\n\n- As an admin I refund\n3. as the clerk, I close\nNot a story\n", exchange.Options{Name: "stories.txt"})
	require.Equal(t, exchange.StoryList, doc.Format)
	require.Equal(t, exchange.Likely, doc.Certainty)
	require.Len(t, doc.Items, 4)
	require.Equal(t, "As an admin I refund", doc.Items[1].Title)
	require.Equal(t, 4, doc.Items[2].Row)
}

func TestMarkdownTasks(t *testing.T) {
	doc := read(t, "# Plan\n\nSome text.\n\n## Launch\n- [x] Build\n- [ ] Ship\n  because\n    - [ ] Pack\n    - [X] Send\n  - no box\n* [ ] Ship\n\n## Done\n1. [ ] Rest\n"+
		"```\n- [ ] code\n```\n", exchange.Options{Name: "PLAN.md"})
	require.Equal(t, exchange.MarkdownTasks, doc.Format)
	require.Len(t, doc.Items, 6)
	require.Equal(t, story.Completed, byKey(t, doc, "Build").Category)
	require.Equal(t, story.Proposed, byKey(t, doc, "Ship").Category)
	require.Equal(t, []string{"Launch"}, byKey(t, doc, "Ship").Labels)
	require.Equal(t, "Ship", byKey(t, doc, "Pack").Parent)
	require.Equal(t, exchange.LevelTask, byKey(t, doc, "Pack").Level)
	require.Equal(t, story.Completed, byKey(t, doc, "Rest").Category)
	require.Contains(t, values(doc.Values), "text=Some text.")
	require.Empty(t, doc.Losses)
}

func TestDetectTrees(t *testing.T) {
	for text, want := range map[string]exchange.Format{
		`{"id":"a","title":"A","issue_type":"bug"`:                           exchange.BeadsJSONL,
		`[{"number":1,"title":"A","state":"OPEN","au`:                        exchange.GitHubJSON,
		`{"items":[{"content":{"type":"Issue"`:                               exchange.GitHubJSON,
		`{"id":"x","nodeId":"y","name":"B","limits":{},"prefs":{"a":1},"act`: exchange.TrelloJSON,
		`{"master":{"tasks":[{"id":1,"title":"A","deta`:                      exchange.TaskMaster,
		`{"master":{"tasks":[{"id":1,"title":"A","details":`:                 exchange.TaskMaster,
		`[{"uuid":"u","description":"x","entry":"2`:                          exchange.Taskwarrior,
		"---\nid: a\ntitle: b\n---\n":                                        exchange.BacklogMD,
		"x 2025-01-01 a\n(B) b\n":                                            exchange.TodoTXT,
		"As a user I pay\nAs a clerk I close\n":                              exchange.StoryList,
		"- [ ] a\n- [x] b\n":                                                 exchange.MarkdownTasks,
		"# c\n@t\nFeature: x":                                                exchange.FeatureFile,
		`{"name":"x"}`:                                                       "",
		`{"compilerOptions":{"a":[1]}}`:                                      "",
		"":                                                                   "",
	} {
		got, certainty := exchange.Detect([]byte(text), "")
		require.Equal(t, want, got, text)
		require.Equal(t, want == "", certainty == 0, text)
	}
}

func FuzzReadTree(f *testing.F) {
	for _, text := range []string{
		`{"id":"a","title":"A","issue_type":"bug","dependencies":[{"issue_id":"b","depends_on_id":"c","type":"blocks"},"d"]}` + "\n{",
		`[{"number":1,"title":"A","state":"OPEN","subIssues":{"nodes":[{"number":2}]}},null]`,
		`{"items":[{"id":"x","title":"A","content":{"type":"Issue","number":1,"repository":"o/r"}}],"totalCount":1}`,
		`{"lists":[{"id":"l","name":"Done"}],"cards":[{"id":"1","name":"(3) a","idList":"l","customFieldItems":[{"idCustomField":"f","value":{"text":"x"}}]}],` +
			`"customFields":[{"id":"f","name":"Points"}],"checklists":[{"idCard":"1","name":"AC","checkItems":[{"name":"x"}]}],"prefs":{}}`,
		`{"a":{"tasks":[{"id":1,"title":"x","subtasks":[{"id":1,"title":"y","dependencies":[2,"1.2"]}]}],"metadata":{"b":1}},"version":2}`,
		`[{"uuid":"u","description":"x","entry":"20250101T000000Z","depends":"v,w","tags":["a"]}]`,
	} {
		f.Add(text)
	}
	f.Fuzz(requireRead)
}

func FuzzReadText(f *testing.F) {
	for _, text := range []string{
		taskFile, "(A) 2025-01-01 a +b @c due:2025-01-02 x:y\nx 2025-01-01 z", "@a\nFeature: b\n  Rule: c\n    Scenario: d\n      Given e\n",
		"- [ ] a\n\t- [x] b\n# c\n", "As a user I pay\n- As an admin",
	} {
		f.Add(text)
	}
	f.Fuzz(requireRead)
}

// requireRead reads text of any format and holds the law of cells.
func requireRead(t *testing.T, text string) {
	doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
	if err != nil {
		require.Less(t, len(err.Error()), 4000)
		return
	}
	requireCells(t, doc)
	found, certainty := exchange.Detect([]byte(text), "")
	require.Equal(t, doc.Format, found)
	require.Equal(t, doc.Certainty, certainty)
}

// A feature is read in each language that is built in, with a header and without, and in those of the caller.
func TestFeaturesInTheirLanguage(t *testing.T) {
	for _, dialect := range append(gherkin.Dialects(), pirate) {
		for _, header := range []string{"# language: " + dialect.Language + "\n", ""} {
			for _, word := range dialect.Feature {
				text := fmt.Sprintf("%s%s: One\n  %s: a\n    %sb\n", header, word, dialect.Scenario[0], dialect.When[0])
				if dialect.Language != "en" || word == "Feature" { // others may stand in an English description
					text += text
				}
				doc, err := exchange.Read(strings.NewReader(text), exchange.Options{
					Name: "a.feature", Dialects: []gherkin.Dialect{pirate},
				})
				require.NoError(t, err, text)
				require.Empty(t, doc.Skipped, text)
				require.Len(t, doc.Items, strings.Count(text, word+":"), text)
				for _, item := range doc.Items {
					require.Equal(t, "One", item.Title)
					require.Len(t, item.Criteria, 1)
				}
			}
		}
	}
}

var pirate = gherkin.Dialect{
	Language: "x-pirate", Feature: []string{"Ahoy matey!"}, Rule: []string{"Law"}, Background: []string{"Yo-ho-ho"},
	Scenario: []string{"Heave to"}, ScenarioOutline: []string{"Shiver me timbers"}, Examples: []string{"Dead men tell no tales"},
	Given: []string{"Gangway! "}, When: []string{"Blimey! "}, Then: []string{"Let go and haul "}, And: []string{"Aye "}, But: []string{"Avast! "},
}

func TestFeatureWithoutAName(t *testing.T) {
	const text = "Feature:\n  Scenario: a\n    Given b\n"
	doc, err := exchange.Read(strings.NewReader(text), exchange.Options{Name: "features/Pay by card.feature"})
	require.NoError(t, err)
	require.Equal(t, "Pay by card.feature", doc.Items[0].Title)
	require.Equal(t, []string{"row 1: the feature has no name, that of the file is its title"}, doc.Warnings)
	_, err = exchange.Read(strings.NewReader(text), exchange.Options{})
	require.ErrorContains(t, err, "neither a key nor a title")
}
