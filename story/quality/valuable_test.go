package quality_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

func TestRepeatedGoal(t *testing.T) {
	for text, want := range map[string]bool{
		"As a user, I want to log in, so that I am logged in":           true,
		"As a user, I want to print two orders, so I can print orders":  true,
		"As a user, I want to log in, so that I can pay":                false,
		"As a user, I want to log in":                                   false,
		"As a user, I want to log in, so that I do not have to":         false,
		"As a user, I want to see stars, because they are stars to see": true,
	} {
		require.Equal(t, want, len(quality.RepeatedGoal(quality.Read(text))) > 0, text)
	}
}

func TestEverybody(t *testing.T) {
	var texts []string
	for i := range 10 {
		role := []string{"clerk", "user", "user of maps", "end user", "user who pays"}[i%5]
		texts = append(texts, fmt.Sprintf("As a %s, I want %d", role, i))
	}
	require.Empty(t, quality.Everybody(quality.Read(texts[:9]...)), "too few")
	found := quality.Everybody(quality.Read(texts...))
	require.Len(t, found, 1)
	require.Equal(t, `hint valuable.everybody: "user" is everybody, in 4 of 10 stories`, found[0].String())
	require.Equal(t, 1, found[0].Story)
	require.Equal(t, []int{3, 6, 8}, found[0].Others)
}

func TestSimilarByStems(t *testing.T) {
	set := quality.Read(
		"As a clerk, I want to print two open orders of the day, so that nobody waits for them",
		"As a clerk, I want to print 2 orders opened of the days, so that nobody waited for them",
		"As a clerk, I want to print reports of all the months, so that nobody asks me for money",
	)
	found := quality.Similar(set)
	require.Len(t, found, 1)
	require.Equal(t, 1, found[0].Story)
}

func TestINVEST(t *testing.T) {
	set := quality.Read("As a clerk, I want to click a button and add an easy page",
		"As a clerk, I want stars, so that I smile", "As a clerk, I want stars, so that I smile")
	letters := quality.INVEST(set)
	require.Len(t, letters, 3)
	var got, bad string
	for i := range letters {
		for _, l := range letters[i] {
			got += l.Letter
			if l.Severity != 0 {
				bad += fmt.Sprintf("%d %s %v; ", i, l.Name, l.Severity)
			}
			for _, f := range l.Findings {
				require.Equal(t, i, f.Story)
			}
		}
	}
	require.Equal(t, "INVESTINVESTINVEST", got)
	require.Equal(t, "0 negotiable hint; 0 valuable warning; 0 estimable hint; 0 small hint; 0 testable hint; 2 independent defect; ", bad)
	require.True(t, letters[0][1].OK())
	require.False(t, letters[2][0].OK())

	// No finding is lost.
	n := 0
	for i := range letters {
		for _, l := range letters[i] {
			n += len(l.Findings)
		}
	}
	require.Equal(t, len(quality.Check(set)), n)
	data, err := json.Marshal(letters[1][0])
	require.NoError(t, err)
	require.JSONEq(t, `{"letter":"I","name":"independent","findings":[]}`, string(data))
}

// A suggestion changes commas and articles, or nothing.
func TestSuggest(t *testing.T) {
	for text, want := range map[string]string{
		"As a clerk I want stars so that I smile":    "As a clerk, I want stars, so that I smile",
		"As owner, I want a key, so I can go.":       "As an owner, I want a key, so that I can go",
		"As a clerk, I want stars, so that I smile.": "",
		"As a clerk, I need stars":                   "",
		"As a clerk, I can see stars":                "",
		"As a clerk after lunch I want stars":        "As a clerk, after lunch, I want stars",
		"As HR I want stars so that I smile":         "As HR, I want stars, so that I smile",
		"As Peter, I want stars, so that I smile":    "",
		"As staff, I want stars, so that I smile":    "",
		"As new buyer, I want stars, so that I go":   "As a new buyer, I want stars, so that I go",
		"As an Ukrainian I want stars so that I go":  "As a Ukrainian, I want stars, so that I go",
		"As a x-ray nurse, I want stars":             "As an x-ray nurse, I want stars",
		"As an herbalist I want a key so that I go":  "",
		"As an one-time guest, I want stars":         "",
		"As the clerk, I want stars":                 "",
		"As my boss I want stars so that I go":       "As my boss, I want stars, so that I go",
		"Fix it":                                     "",
	} {
		got, ok := quality.Suggest(narrative.Read(text))
		require.Equal(t, want, got, text)
		require.Equal(t, want != "", ok)
		if ok {
			_, again := quality.Suggest(narrative.Read(got))
			require.False(t, again, "once is enough")
		}
	}
}

func TestCheckCriteria(t *testing.T) {
	text := "- [ ] The page is shown in 2 seconds\n\n  2. It is fast\n* Works properly and is user-friendly\n"
	var got []string
	for _, f := range quality.CheckCriteria(text, quality.WordsOf(story.English)) {
		got = append(got, fmt.Sprintf("%d %v %s %q", f.Story, f.Severity, f.Rule, text[f.Start:f.End]))
	}
	require.Equal(t, []string{
		`1 warning testable.quantity "fast"`,
		`1 warning testable.outcome "It is fast"`,
		`2 warning testable.outcome "Works properly and is user-friendly"`,
		`2 hint testable.vague "properly"`,
		`2 hint testable.vague "user-friendly"`,
	}, got)
	require.Empty(t, quality.CheckCriteria("\n - \n", quality.WordsOf(story.English)))
}

func FuzzCheckCriteria(f *testing.F) {
	f.Add("- [ ] fast\n2) shown in 2 s\n\n")
	words := quality.WordsOf(story.English)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > mostFuzzed {
			return
		}
		for _, found := range quality.CheckCriteria(text, words) {
			if found.Start < 0 || found.Start > found.End || found.End > len(text) {
				t.Fatalf("%d bytes hold no %+v", len(text), found)
			}
		}
	})
}
