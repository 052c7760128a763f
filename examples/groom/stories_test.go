package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
	"github.com/backlogkit/backlogkit/story"
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
		require.NotNil(t, got[i].Criteria)
		require.Len(t, got[i].INVEST, 6)
		require.Equal(t, story.English, got[i].Language)
		got[i].Findings, got[i].Criteria, got[i].INVEST, got[i].Language, got[i].Certainty = nil, nil, nil, "", 0
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

	got = commandtest.JSON[[]storyLine](t, program, "a.txt",
		"As a user, I want to pay\nso that I am done\n\nAs an admin, I want logs\nnonsense\n\nAs a guest\nI want tea\n")
	require.Len(t, got, 4)
	require.Equal(t, "I am done", got[0].Benefit)
	require.Equal(t, []int{1, 4, 5, 7}, []int{got[0].Line, got[1].Line, got[2].Line, got[3].Line})
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
  INVEST   I+ N+ V+ E+ S+ T+

2: nonsense
  defect   nobody wants it: begin with "As a" and who it is for
  defect   nothing is wanted: say what: "I want to ..."
  warning  it does not say what for: add "so that" and what gets better

3: As a user, I want to see Z (later)
  role     user
  goal     I want to see Z (later)
  warning  it does not say what for: add "so that" and what gets better
  warning  "(later)" is a note in brackets: move it to a criterion, or drop it
  INVEST   I+ N+ V- E+ S- T+

All findings, by rule
  Rule                  Severity  Count  Lines
  well_formed.no_ends   warning   2      2, 3
  minimal.brackets      warning   1      3
  well_formed.no_means  defect    1      2
  well_formed.no_role   defect    1      2
`, stdout)
}

// A file may mix languages. What stands in bullets behind a story is judged as its criteria, in its language.
func TestStoriesOfEveryLanguage(t *testing.T) {
	const text = "As a user, after I log in, I want to see my name so that I know it\n" +
		"Wenn ich zahle, möchte ich als Käufer*in einen Beleg um ihn auszudrucken\n- Der Beleg erscheint schnell\n* Der Beleg erscheint in 2 Sekunden\n\n" +
		"En tant qu'utilisatrice je veux, lorsque je paie, recevoir un reçu afin de le garder\n" +
		"Como desarrolladora, cuando termino, quiero crear y borrar anuncios para ganar tiempo\n"
	got := commandtest.JSON[[]storyLine](t, program, "a.txt", text)
	require.Len(t, got, 4)
	for i, want := range []struct {
		language         story.Language
		role, goal       string
		condition, worst string
		suggestion       string
	}{
		{
			story.English, "user", "see my name", "after I log in", "",
			"As a user, after I log in, I want to see my name, so that I know it",
		},
		{story.German, "Käufer*in", "einen Beleg", "wenn ich zahle", "", ""},
		{
			story.French, "utilisatrice", "recevoir un reçu", "lorsque je paie", "", "",
		},
		{story.Spanish, "desarrolladora", "crear y borrar anuncios", "cuando termino", "hint", ""},
	} {
		require.True(t, got[i].Story)
		require.Equal(t, want.language, got[i].Language)
		require.Greater(t, got[i].Certainty, 60)
		require.Equal(t, want.role, got[i].Role)
		require.Equal(t, want.goal, got[i].Goal)
		require.Equal(t, []string{want.condition}, got[i].Conditions.Slice())
		require.Equal(t, want.suggestion, got[i].Suggestion)
		require.Equal(t, want.worst, got[i].INVEST[4].Severity, "small")
	}
	require.Equal(t, []string{"atomic.conjunctions"}, got[3].INVEST[4].Rules)
	require.Equal(t, []int{3, 4}, []int{got[1].Criteria[0].Line, got[1].Criteria[1].Line})
	require.NotEmpty(t, got[1].Criteria[0].Findings)
	require.Empty(t, got[1].Criteria[1].Findings)

	_, stdout, _ := program.Text(t, "a.txt", text)
	for _, line := range []string{
		"  condition  wenn ich zahle\n", "  criterion  - Der Beleg erscheint schnell\n  warning    \"schnell\" is no amount: ", "  language   de, ",
		"  better     As a user, after I log in, I want", "  INVEST     I+ N? V+ E+ S? T+\n",
	} {
		require.Contains(t, stdout, line)
	}
}
