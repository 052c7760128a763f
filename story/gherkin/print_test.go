package gherkin_test

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// everything holds each construct of the language once, most of them in an unusual form.
const everything = `

  # language : en
# first comment
@a @b   #dropped
  # between tags
@c@d
Feature:   Everything
  described
    # in the description
  further

  Background: set up
    Given x
  Scenario: steps
    # c
    * bullet
    And a table
      | a|b \| c |  |
      # in the table
      |\\|\n x \n|   \o/|
      ` + "```" + `json
      {"a": 1}
        indented

    less
      \` + "`\\`\\`" + `

      ` + "```" + `
    When doc string first
      """
      \"\"\" \"\"\"\"
      """
      | after |
    Then nothing
  @outline
  Scenario Outline: <a>
    Given <a>
    @e
    Examples: named
      why
      | a |
      | 1 |
    Examples:
  @r
  Rule: a rule
      # comment first

    description after an empty line
    Background:
      When y
    Example: in a rule
      Then z
# last`

const everythingCanonical = `# first comment
@a @b @c @d
  # between tags
Feature: Everything
  described
  further
    # in the description

  Background: set up
    Given x

  Scenario: steps
    # c
    * bullet
    And a table
      | a  | b \| c  |      |
      # in the table
      | \\ | \n x \n | \\o/ |
      ` + "```" + `json
      {"a": 1}
        indented

      less
      \` + "`\\`\\`" + `

      ` + "```" + `
    When doc string first
      | after |
      """
      \"\"\" \"\"\"\"
      """
    Then nothing

  @outline
  Scenario Outline: <a>
    Given <a>

    @e
    Examples: named
      why
      | a |
      | 1 |

    Examples:

  @r
  Rule: a rule
      # comment first

    description after an empty line

    Background:
      When y

    Example: in a rule
      Then z
# last
`

func TestDocumentString(t *testing.T) {
	doc, err := gherkin.Parse(everything)
	require.NoError(t, err)
	require.Equal(t, everythingCanonical, doc.String())
	requireSettled(t, gherkin.Parser{}, everything)
}

// requireSettled holds the law of writing: what is written reads as the same tree and is written
// the same again. It reports whether the text could be read.
func requireSettled(t testing.TB, parser gherkin.Parser, text string) bool {
	t.Helper()
	doc, err := parser.Parse(text)
	if err != nil {
		require.ErrorIs(t, err, gherkin.ErrSyntax)
		return false
	}
	written := doc.String()
	again, err := parser.Parse(written)
	if err != nil || !doc.Equal(again) || again.String() != written {
		require.NoError(t, err, "%q\nwritten as\n%s", text, written)
		require.Equal(t, written, again.String(), "%q", text)
		require.Fail(t, "another tree", "%q\nwritten as\n%s", text, written)
	}
	return true
}

// requireScenarioSettled is requireSettled for a scenario alone.
func requireScenarioSettled(t testing.TB, parser gherkin.Parser, text string) bool {
	t.Helper()
	s, err := parser.ParseScenario(text)
	if err != nil {
		require.ErrorIs(t, err, gherkin.ErrSyntax)
		return false
	}
	written := s.String()
	again, err := parser.ParseScenario(written)
	if err != nil || !s.Equal(again) || again.String() != written {
		require.NoError(t, err, "%q\nwritten as\n%s", text, written)
		require.Equal(t, written, again.String(), "%q", text)
		require.Fail(t, "another scenario", "%q\nwritten as\n%s", text, written)
	}
	return true
}

func TestOfficialFilesSettle(t *testing.T) {
	parser := gherkin.Parser{Dialects: officialDialects(t)}
	for _, file := range sharedFiles(t, "good/*.feature") {
		require.True(t, requireSettled(t, parser, read(t, file)), file)
	}
}

// seeds are texts to make random ones of: the official ones where they are, and our own.
func seeds(t testing.TB) (texts []string, parser gherkin.Parser) {
	t.Helper()
	texts = []string{everything, everythingCanonical, ticket}
	files, err := filepath.Glob(filepath.Join(shared, "good/*.feature"))
	require.NoError(t, err)
	for _, file := range files {
		texts = append(texts, read(t, file))
	}
	if len(files) > 0 {
		parser.Dialects = officialDialects(t)
	}
	return texts, parser
}

// mutated changes a text at a few random places: bytes, lines, and pieces that mean something to
// the grammar.
func mutated(r *rand.Rand, text string, lines []string) string {
	pieces := []string{
		"\"\"\"", "```", `\"\"\"`, "@", "#", "|", `\`, ":", "*", "\n", "\r\n", " ", "\t", "\u00a0", "\u200f",
		"\x00", "\xff", "@t\n", "# c\n", "# language: fr\n", "| a |\n", "Feature:", "Rule:\n", "Background:\n",
		"Scenario:\n", "Given ", "Examples:\n",
	}
	for range 1 + r.IntN(4) {
		at := r.IntN(len(text) + 1)
		switch r.IntN(5) {
		case 0:
			text = text[:at] + pieces[r.IntN(len(pieces))] + text[at:]
		case 1:
			text = text[:at] + text[min(len(text), at+r.IntN(8)):]
		case 2:
			text = text[:at] + string(byte(r.IntN(256))) + text[min(len(text), at+1):]
		case 3:
			at = strings.LastIndexByte(text[:at], '\n') + 1
			text = text[:at] + lines[r.IntN(len(lines))] + text[at:]
		case 4:
			from := r.IntN(len(text) + 1)
			text = text[:at] + text[from:min(len(text), from+r.IntN(80))] + text[at:]
		}
	}
	return text
}

// 20,000 random edits: nothing panics, and what can be read settles, as a document and as a
// scenario alone.
func TestMutations(t *testing.T) {
	texts, parser := seeds(t)
	var lines []string
	for _, text := range texts {
		lines = append(lines, strings.SplitAfter(text, "\n")...)
	}
	edits := 20_000
	if testing.Short() {
		edits = 2_000
	}
	r := rand.New(rand.NewPCG(20, 26))
	documents, scenarios := 0, 0
	for range edits {
		text := mutated(r, texts[r.IntN(len(texts))], lines)
		if requireSettled(t, parser, text) {
			documents++
		}
		alone := text
		if i := strings.Index(text, "Scenario"); i >= 0 {
			alone = text[i:]
			if end := strings.Index(alone[1:], "\n\n"); end >= 0 {
				alone = alone[:end+1]
			}
		}
		if requireScenarioSettled(t, parser, alone) {
			scenarios++
		}
	}
	t.Logf("%d of %d documents and %d scenarios could be read", documents, edits, scenarios)
	require.Greater(t, documents, edits/20)
	require.Greater(t, scenarios, edits/20)
}

// A tree made by hand has no positions and may leave out keywords. Nothing in it can break out of
// its line.
func TestStringOfTreeMadeByHand(t *testing.T) {
	doc := gherkin.Document{
		Comments: []gherkin.Comment{{Text: "# made\nby hand"}},
		Feature: &gherkin.Feature{
			Name: "two\nlines",
			Background: &gherkin.Background{Steps: []gherkin.Step{
				{KeywordType: gherkin.Context, Text: "x"},
			}},
			Scenarios: []gherkin.Scenario{{
				Name: "a",
				Steps: []gherkin.Step{
					{KeywordType: gherkin.Action, Text: "y\nScenario: sneaked in"},
					{KeywordType: gherkin.Outcome, Text: "z", DocString: &gherkin.DocString{Content: "a\n\n\"\"\"\n"}},
					{KeywordType: gherkin.Conjunction, Text: "b", DataTable: &gherkin.DataTable{}},
					{Text: "c"},
				},
			}, {
				Name: "b", Outline: true,
				Examples: []gherkin.Examples{{Header: &gherkin.Row{Cells: []gherkin.Cell{{Value: "v"}}}}},
			}},
			Rules: []gherkin.Rule{{Name: "r"}},
		},
	}
	want := `Feature: two lines

  Background:
    Given x

  Scenario: a
    When y Scenario: sneaked in
    Then z
      """
      a

      \"\"\"

      """
    And b
    * c

  Scenario Outline: b

    Examples:
      | v |

  Rule: r
# made by hand
`
	require.Equal(t, want, doc.String())
}

// An empty line at the beginning of a description stays, with comments behind it and without.
func TestStringOfDescriptionMadeByHand(t *testing.T) {
	doc := gherkin.Document{Feature: &gherkin.Feature{Name: "a", Description: "\nb"}}
	require.Equal(t, "Feature: a\n\nb\n", doc.String())
	doc.Comments = []gherkin.Comment{{Text: "# c"}}
	require.Equal(t, "Feature: a\n# c\n\nb\n", doc.String())
}

// The columns of a table are padded, but not to the width of a monster.
func TestStringPadsInProportion(t *testing.T) {
	text := "Given\u0020\n| " + strings.Repeat("x", 10_000) + " |\n" + strings.Repeat("|y|\n| zz |\n", 5_000)
	s, err := gherkin.ParseScenario(text)
	require.NoError(t, err)
	require.Less(t, len(s.String()), 3*len(text))
	require.Contains(t, s.String(), "  | y  |\n  | zz |\n")
}

func TestEqual(t *testing.T) {
	doc, err := gherkin.Parse(everything)
	require.NoError(t, err)
	moved, err := gherkin.Parse("\n\n" + everything)
	require.NoError(t, err)
	require.True(t, doc.Equal(moved))
	require.NotEqual(t, doc, moved)

	// Each word of the text is told apart: a change is either an error, another tree, or was about
	// layout.
	words := strings.Fields(everythingCanonical)
	for i := range words {
		changed := strings.Replace(everythingCanonical, words[i], words[i]+"x", 1)
		other, err := gherkin.Parse(changed)
		if err == nil {
			require.False(t, doc.Equal(other), "%q", words[i])
		}
	}
}
