package quality_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

// A message quotes at most 60 bytes, cut behind a word or, where there is none, between two characters.
func TestMessagesQuoteALittle(t *testing.T) {
	for note, want := range map[string]string{
		"(" + strings.Repeat("x", 58) + ")":            "(" + strings.Repeat("x", 58) + ")",
		"(" + strings.Repeat("x", 59) + ")":            "(" + strings.Repeat("x", 59) + " ...",
		"(" + strings.Repeat("é", 40) + ")":            "(" + strings.Repeat("é", 29) + " ...",
		"(x" + strings.Repeat("é", 40) + ")":           "(x" + strings.Repeat("é", 29) + " ...",
		"(" + strings.Repeat("語", 40) + ")":            "(" + strings.Repeat("語", 19) + " ...",
		"(" + strings.Repeat("by card ", 10) + "soon)": "(" + strings.Repeat("by card ", 7) + "by ...",
	} {
		found := quality.Check(quality.Read("As a user, I want to pay "+note+", so that I can go"), quality.Brackets)
		require.Len(t, found, 1, note)
		require.Equal(t, `"`+want+`" is a note in brackets`, found[0].Message)
	}
}

// A set keeps the stories that it was made of, and what lies outside of a text is not there.
func TestCheckLeavesItsStories(t *testing.T) {
	whole := quality.Read("As a user", "As a user, I want to pay", "Fix it")
	for i := range whole.Stories {
		for _, outside := range []narrative.Problem{{Kind: narrative.NoGoal, Start: -1}, {Kind: narrative.NoGoal, Start: 3, End: 2}, {Kind: narrative.NoGoal, End: 999}} {
			set := quality.Set{Stories: append([]narrative.Reading{}, whole.Stories...)}
			set.Stories[i].Problems = append([]narrative.Problem{}, outside)
			set.Stories[2].Role.End = 999
			before := append([]narrative.Reading{}, set.Stories...)
			for _, f := range quality.Check(set) {
				require.LessOrEqual(t, 0, f.Start)
				require.LessOrEqual(t, f.Start, f.End)
				require.LessOrEqual(t, f.End, len(set.Stories[f.Story].Text))
			}
			require.Equal(t, before, set.Stories)
		}
	}
}

// Each part of a story tells it from another, and so does each word of a part.
func TestStoriesThatDifferInAPartAreNotIdentical(t *testing.T) {
	texts := []string{
		"As a user, I want to pay, so that I can go",
		"As a guest, I want to pay, so that I can go",
		"As a user who waits, I want to pay, so that I can go",
		"As a user who eats, I want to pay, so that I can go",
		"As a user, I want to eat, so that I can go",
		"As a user, I want to pay, so that I can eat",
		"As a user, I want to pay",
		"As a user, when I wait, I want to pay, so that I can go",
	}
	require.Empty(t, quality.Identical(quality.Read(texts...)))
	for i, text := range texts {
		require.Len(t, quality.Identical(quality.Read(append(texts, text)...)), 1, i)
	}
}

// Of the story that wants the same and the one that differs by a word, the earlier is named.
func TestSimilarNamesTheEarliest(t *testing.T) {
	stars := "As a guest, I want to move two stars, so that I win"
	tables := "As a guest, I want to move two tables, so that nobody asks us for more of the chairs"
	both := "As a guest, I want to move two tables, so that I win"
	for name, test := range map[string]struct {
		texts []string
		want  string
	}{
		"near before same": {[]string{stars, tables, both}, "differs from story 0 by a word"},
		"same before near": {[]string{tables, stars, both}, "wants the same as story 0"},
		"same alone":       {[]string{tables, both}, "wants the same as story 0"},
	} {
		found := quality.Similar(quality.Read(test.texts...))
		require.Len(t, found, 1, name)
		require.Equal(t, test.want, found[0].Message, name)
		require.Equal(t, []int{0}, found[0].Others, name)
	}
}

// Every finding has a place in a field, and says what to do.
func TestFindingsOfOneStory(t *testing.T) {
	for text, want := range map[string][]string{
		// What is before a part's marker is not in the part.
		"As a user, when I wait (long), I want to pay, so that I can go": {`minimal.brackets text "(long)"`},
		// What is no story counts as a whole.
		"Fix it\n\n(by card)": {`minimal.brackets text "(by card)"`},
		"As a user, I want to pay** by card, so that I can go":           {`minimal.punctuation goal "**"`},
		"As a **user**, I want to pay *by card* today, so that I can go": nil,
		// All of them are found, and not only the first.
		"As a user, I want to pay, so that I can go, so that I can eat, so that I can sleep": {
			`minimal.indicator_repetition benefit "so that"`, `minimal.indicator_repetition benefit "so that"`,
			`minimal.indicator_repetition benefit "I can"`, `minimal.indicator_repetition benefit "I can"`,
		},
		"Als Gast möchte ich zahlen ohne zu warten, damit ich gehe":   nil,
		"Als Gast möchte ich das Anlegen und Löschen, damit ich gehe": nil,
	} {
		var got []string
		for _, f := range quality.Check(quality.Read(text), quality.Brackets, quality.Punctuation, quality.RepeatedMarkers, quality.Conjunctions) {
			require.NotEmpty(t, f.Mend)
			got = append(got, fmt.Sprintf("%s %s %q", f.Rule, f.Field, text[f.Start:f.End]))
		}
		require.Equal(t, want, got, text)
	}
}

// One story alone may be everybody's: it names no others.
func TestEverybodyOnce(t *testing.T) {
	texts := []string{"As a user, I want X"}
	for i := range 9 {
		texts = append(texts, fmt.Sprintf("As a clerk, I want %d", i))
	}
	found := quality.Everybody(quality.Read(texts...))
	require.Len(t, found, 1)
	require.Nil(t, found[0].Others)
	require.NotEmpty(t, found[0].Mend)
	require.Empty(t, quality.Everybody(quality.Read(texts[1:]...)))
}

// A criterion is what stands behind a bullet, a number and a box, whichever it has.
func TestCriteriaBehindTheirBullets(t *testing.T) {
	for _, bullet := range []string{"", "- ", "* ", "• ", "1. ", "12) ", "[ ] ", "- [x] ", "  3. [X] ", "\t- "} {
		text := bullet + "Properly done \n"
		found := quality.CheckCriteria(text, quality.WordsOf(story.English))
		require.Len(t, found, 2, bullet)
		require.Equal(t, "Properly done", text[found[0].Start:found[0].End], bullet)
		require.Equal(t, "Properly", text[found[1].Start:found[1].End], bullet)
	}
}
