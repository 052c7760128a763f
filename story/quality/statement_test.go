package quality_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/quality"
)

func TestStatement(t *testing.T) {
	const noOutcome = "warning testable.outcome: nothing in it can be measured or seen"
	tests := map[string]struct {
		text string
		want []string
	}{
		"empty":     {" - ", []string{"defect testable.outcome: the criterion is empty"}},
		"seen":      {"The total is shown in the basket", nil},
		"refused":   {"A wrong PIN is rejected", nil},
		"a number":  {"Search takes less than 2 seconds", nil},
		"a measure": {"Search is fast for at least ten people", nil},
		"no outcome": {
			"The design is modern",
			[]string{noOutcome},
		},
		"a modal alone":        {"It should be user friendly", []string{noOutcome}},
		"a modal with a vague": {"The page must be clean and intuitive", []string{noOutcome}},
		"what can be done":     {"The user can easily cancel an order", nil},
		"what should happen":   {"It should filter the list", nil},
		"no amount": {
			"The page opens fast",
			[]string{`warning testable.quantity: "fast" is no amount`},
		},
		"neither": {
			"Search works quickly with many users",
			[]string{
				`warning testable.quantity: "quickly" is no amount`,
				`warning testable.quantity: "many" is no amount`,
				noOutcome,
			},
		},
		"a phrase in a word": {"Manyness of fastness", []string{noOutcome}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range quality.CheckCriterion(tt.text, quality.WordsOf(story.English)) {
				require.LessOrEqual(t, f.End, len(tt.text))
				got = append(got, f.String())
			}
			require.Equal(t, tt.want, got)
		})
	}
}

// The words that a host hands in are looked for, and those of the language no less afterwards.
func TestCriteriaByOwnWords(t *testing.T) {
	rules := func(text string, words quality.Words) (found []string) {
		for _, f := range quality.CheckCriteria(text, words) {
			found = append(found, f.Rule)
		}
		return found
	}
	for _, test := range []struct {
		text      string
		list      func(w *quality.Words) *[]string
		by, added []string // what is found by the words of the language, and with one word more
	}{
		{"It is swyft", func(w *quality.Words) *[]string { return &w.Quantities }, []string{"testable.outcome"}, []string{"testable.quantity", "testable.outcome"}},
		{"It is swyft", func(w *quality.Words) *[]string { return &w.Vague }, []string{"testable.outcome"}, []string{"testable.outcome", "testable.vague"}},
		{"It is swyft", func(w *quality.Words) *[]string { return &w.Observable }, []string{"testable.outcome"}, nil},
		{"It is fast and swyft", func(w *quality.Words) *[]string { return &w.Measures }, []string{"testable.quantity", "testable.outcome"}, nil},
	} {
		for _, language := range []story.Language{story.English, ""} {
			words := quality.WordsOf(language)
			list := test.list(&words)
			*list = append(*list, "swyft")
			require.Equal(t, test.added, rules(test.text, words))
			require.Equal(t, test.by, rules(test.text, quality.WordsOf(language)))
		}
	}
}
