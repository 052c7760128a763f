package prioritize_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

// marks reads "++-0"; a space is no mark.
func marks(text string) prioritize.ThemeInput {
	var in prioritize.ThemeInput
	for _, r := range text {
		mark, err := parse[prioritize.ThemeMark](string(r))
		if err != nil {
			mark = 0
		}
		in.Marks = append(in.Marks, mark)
	}
	return in
}

func TestThemeScreeningPublished(t *testing.T) {
	runPublished(t, map[string]published[prioritize.ThemeInput]{
		"the baseline nets 0": {
			source: "computed, after mountaingoatsoftware.com/tools/theme-screening",
			method: prioritize.ThemeScreening{},
			items: candidates[prioritize.ThemeInput]{
				{Key: "C", Input: marks("-+-0")}, {Key: "B", Input: marks("0000")}, {Key: "A", Input: marks("++-0")},
			},
			scores: map[string]string{"A": "1", "B": "0", "C": "-1"},
			order:  []string{"A", "B", "C"},
		},
		"asymmetric": {
			source: "weights of holisent.de/priorisierung/theme-screening-plus-minus-oder-null, sums computed",
			method: prioritize.ThemeScreening{
				Better: decimal.NewNullDecimal(dec("11")), Worse: decimal.NewNullDecimal(dec("-7")),
			},
			items: candidates[prioritize.ThemeInput]{
				{Key: "A", Input: marks("++-0")}, {Key: "C", Input: marks("-+-0")},
			},
			scores: map[string]string{"A": "15", "C": "-3"},
			order:  []string{"A", "C"},
		},
	})
}

// Criteria are counted from 1, and a mark that is missing has no worth.
func TestThemeScreeningTerms(t *testing.T) {
	terms := prioritize.ThemeScreening{Better: decimal.NewNullDecimal(dec("11"))}.Terms(marks("+0- "))
	require.Len(t, terms, 4)
	for i, want := range []string{"11", "0", "-1", "not compared"} {
		require.Equal(t, fmt.Sprint("criterion ", i+1), terms[i].Name)
		require.Equal(t, prioritize.Adds, terms[i].Effect)
		require.Equal(t, terms[i].Value, terms[i].Contribution)
		if terms[i].Value.IsScored() {
			require.Equal(t, want, terms[i].Value.String())
		} else {
			require.Equal(t, want, terms[i].Value.Reason())
		}
	}
}

func TestThemeScreeningMissing(t *testing.T) {
	r, err := prioritize.Rank(prioritize.ThemeScreening{}, candidates[prioritize.ThemeInput]{
		{Key: "none"}, {Key: "short", Input: marks("+")}, {Key: "hole", Input: marks("+ ")}, {Key: "all", Input: marks("--")},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"all", "none", "short", "hole"}, r.KeysWithUnscored())
	require.Equal(t, 1, r.Len())
}

func TestThemeScreeningInvalid(t *testing.T) {
	_, err := prioritize.ThemeScreening{}.Score([]prioritize.ThemeInput{
		marks("+"), {Marks: []prioritize.ThemeMark{9, prioritize.ThemeSame, 7}},
	})
	requireProblems(t, err,
		`prioritize: item 1: marks[0] is "ThemeMark(9)", want +, 0 or -`,
		`prioritize: item 1: marks[2] is "ThemeMark(7)", want +, 0 or -`)
	_, err = parse[prioritize.ThemeMark]("plus")
	requireProblems(t, err, `prioritize: mark is "plus", want +, 0 or -`)
	_, err = parse[prioritize.ThemeMark]("_")
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = prioritize.ThemeMark(4).MarshalText()
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	mark := prioritize.ThemeWorse
	require.Error(t, mark.UnmarshalText([]byte("?")))
	require.Equal(t, prioritize.ThemeWorse, mark)
}

func TestThemeScreeningLaws(t *testing.T) {
	prioritizetest.TestMethod(t, prioritize.ThemeScreening{}, func(rng *rand.Rand) prioritize.ThemeInput {
		in := prioritize.ThemeInput{Marks: make([]prioritize.ThemeMark, 4)}
		for i := range in.Marks {
			in.Marks[i] = prioritize.ThemeMark(1 + rng.IntN(3))
		}
		return in
	})
	requireRoundTrip(t, marks("+0-"))
}

func ExampleThemeScreening() {
	ranking, err := prioritize.Rank(prioritize.ThemeScreening{}, []prioritize.Candidate[string, prioritize.ThemeInput]{
		{Key: "baseline", Input: marks("0000")},
		{Key: "A", Input: marks("++-0")},
	})
	fmt.Println(ranking.Keys(), ranking.Sentence("A", 0), err)
	// Output: [A baseline] 1 + 1 - 1 + 0 = 1 <nil>
}
