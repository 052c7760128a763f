package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

func TestStories(t *testing.T) {
	got := commandtest.JSON[[]storyLine](t, program, "a.txt",
		"\uFEFFAs a user, I want to see X, so that I know Y.\r\n\r\n  As an admin, I want to print a report\r\n"+
			"As a follow-up, we need tests\r\nAs a user, I want to see X, so that I know Y\r\n")
	var found [][]string
	for i := range got {
		rules := []string{}
		require.NotNil(t, got[i].Findings)
		for _, f := range got[i].Findings {
			require.NotEmpty(t, f.Message)
			rules = append(rules, f.Severity+" "+f.Rule)
		}
		found = append(found, rules)
		if i == 3 {
			require.Equal(t, "the same as story 1: keep one of them", got[i].Findings[0].Message, "a line")
		}
		got[i].Findings = nil
	}
	require.Equal(t, [][]string{
		{},
		{"warning well_formed.no_ends"},
		{"defect well_formed.no_role", "warning well_formed.no_ends"},
		{"defect unique.identical"},
	}, found)
	require.Equal(t, []storyLine{
		{
			Line: 1, Text: "As a user, I want to see X, so that I know Y.", Story: true,
			Role: "user", Marker: "I want to", Goal: "see X", Benefit: "I know Y",
		},
		{
			Line: 3, Text: "As an admin, I want to print a report", Story: true,
			Role: "admin", Marker: "I want to", Goal: "print a report",
		},
		{
			Line: 4, Text: "As a follow-up, we need tests", Story: false,
			Role: "follow-up", Marker: "we need", Goal: "tests",
		},
		{
			Line: 5, Text: "As a user, I want to see X, so that I know Y", Story: true,
			Role: "user", Marker: "I want to", Goal: "see X", Benefit: "I know Y",
		},
	}, got)
}

func TestStoriesShowConditions(t *testing.T) {
	const text = "As a user, after I log in, I want to see my name, so that I know it\n"
	got := commandtest.JSON[[]storyLine](t, program, "a.txt", text+"As a user, I want to pay, so that it is done\n")
	require.Equal(t, []string{"after I log in"}, got[0].Conditions.Slice())
	require.Equal(t, "see my name", got[0].Goal)
	require.True(t, got[1].Conditions.IsZero())

	_, stdout, _ := program.Text(t, "a.txt", text)
	require.Contains(t, stdout, "  role       user\n  condition  after I log in\n  goal       I want to see my name\n")
}

// A card of several lines is one story where blank lines stand between the cards.
func TestStoriesOnCards(t *testing.T) {
	got := commandtest.JSON[[]storyLine](t, program, "a.txt",
		"\nAs a user\nI want to pay\nSo that I am done\n\nAs a user, I want it\nso that\n\nAs an admin,\nI want logs\n")
	require.Len(t, got, 4)
	require.Equal(t, "As a user\nI want to pay\nSo that I am done", got[0].Text)
	require.Equal(t, []int{2, 6, 7, 9}, []int{got[0].Line, got[1].Line, got[2].Line, got[3].Line})
	require.Equal(t, "I am done", got[0].Benefit)
	require.True(t, got[3].Story)
}

func TestStoriesTable(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.txt",
		"As a user, I want to see X, so that I know Y.\nnonsense\nAs a user, I want to see Z (later)\n")
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, `3 lines, 2 user stories, 5 findings

1: As a user, I want to see X, so that I know Y.
  role     user
  goal     I want to see X
  benefit  I know Y

2: nonsense
  defect   nobody wants it: begin with "As a" and who it is for
  defect   nothing is wanted: say what: "I want to ..."
  warning  it does not say what for: add "so that" and what gets better

3: As a user, I want to see Z (later)
  role     user
  goal     I want to see Z (later)
  warning  it does not say what for: add "so that" and what gets better
  warning  "(later)" is a note in brackets: move it to a criterion, or drop it

All findings, by rule
  Rule                  Severity  Count  Lines
  well_formed.no_ends   warning   2      2, 3
  minimal.brackets      warning   1      3
  well_formed.no_means  defect    1      2
  well_formed.no_role   defect    1      2
`, stdout)
}
