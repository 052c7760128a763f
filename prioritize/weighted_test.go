package prioritize_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

// criteria are named a, b, c and so on.
func criteria(weights ...string) []prioritize.WeightedCriterion {
	list := make([]prioritize.WeightedCriterion, len(weights))
	for i, w := range weights {
		list[i] = prioritize.WeightedCriterion{Name: string(rune('a' + i)), Weight: dec(w)}
	}
	return list
}

func ratings(texts ...string) prioritize.WeightedInput {
	in := prioritize.WeightedInput{Ratings: make(map[string]decimal.Decimal)}
	for i, text := range texts {
		in.Ratings[string(rune('a'+i))] = dec(text)
	}
	return in
}

func TestWeightedPublished(t *testing.T) {
	runPublished(t, map[string]published[prioritize.WeightedInput]{
		"theme scoring": {
			source: "computed, after mountaingoatsoftware.com/tools/theme-scoring",
			method: prioritize.Weighted{Criteria: criteria("0.5", "0.3", "0.2")},
			items: candidates[prioritize.WeightedInput]{
				{Key: "C", Input: ratings("3", "3", "3")},
				{Key: "B", Input: ratings("4", "3", "1")},
				{Key: "A", Input: ratings("3", "4", "5")},
			},
			scale:  1,
			scores: map[string]string{"A": "3.7", "B": "3.1", "C": "3.0"},
			order:  []string{"A", "B", "C"},
		},
	})
}

func TestNormalisedWeightsPublished(t *testing.T) {
	// Weights of mountaingoatsoftware.com/tools/theme-scoring, quotients computed.
	m := prioritize.Weighted{Criteria: criteria("1", "2", "5", "3"), Normalise: true}
	var got []string
	for _, w := range m.Weights() {
		got = append(got, w.At(4).String())
	}
	require.Equal(t, []string{"0.0909", "0.1818", "0.4545", "0.2727"}, got)
}

func TestWeightedMissing(t *testing.T) {
	r, err := prioritize.Rank(prioritize.Weighted{Criteria: criteria("1", "1")}, candidates[prioritize.WeightedInput]{
		{Key: "half", Input: ratings("5")}, {Key: "whole", Input: ratings("-1", "0")},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"whole", "half"}, r.KeysWithUnscored())
	require.Equal(t, `rating of "b" is missing`, r.Unscored()[0].Reason)
}

func TestWeightedInvalid(t *testing.T) {
	_, err := prioritize.Weighted{Criteria: criteria("1")}.Score([]prioritize.WeightedInput{
		ratings("1", "2", "3"), ratings("1e1001"),
	})
	requireProblems(t, err,
		`prioritize: item 0: ratings is "b", want the name of a criterion`,
		`prioritize: item 0: ratings is "c", want the name of a criterion`,
		`prioritize: item 1: ratings["a"] is "1e1001", want at most 100 digits and an exponent within ±1000`)

	_, err = prioritize.Weighted{}.Score([]prioritize.WeightedInput{ratings("1")})
	requireProblems(t, err, `prioritize: criteria is "none", want at least one`)

	twice := append(criteria("1", "1"), prioritize.WeightedCriterion{}, prioritize.WeightedCriterion{Name: "b"})
	err = prioritize.Weighted{Criteria: twice}.Validate()
	require.ErrorIs(t, err, prioritize.ErrDuplicate)
	requireProblems(t, err,
		`prioritize: criteria[2].name is "", want a name`,
		`prioritize: criterion "b": duplicate key`)

	err = prioritize.Weighted{Criteria: criteria("1", "-1"), Normalise: true}.Validate()
	requireProblems(t, err, `prioritize: sum of weights is "0", want > 0`)
}

func TestWeightedLaws(t *testing.T) {
	generate := func(rng *rand.Rand) prioritize.WeightedInput {
		in := prioritize.WeightedInput{Ratings: make(map[string]decimal.Decimal)}
		for _, name := range []string{"a", "b", "c"} {
			in.Ratings[name] = small(rng).Sub(small(rng))
		}
		return in
	}
	weights := []string{"2.5", "-1", "0.25"}
	raw := prioritize.Weighted{Criteria: criteria(weights...)}
	shared := prioritize.Weighted{Criteria: criteria(weights...), Normalise: true}
	prioritizetest.TestMethod(t, raw, generate)
	prioritizetest.TestMethod(t, shared, generate)
	requireRoundTrip(t, ratings("1", "-2.5"))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		in := generate(rng)
		want := new(big.Rat)
		for i, w := range weights {
			want.Add(want, new(big.Rat).Mul(rat(dec(w)), rat(in.Ratings[string(rune('a'+i))])))
		}
		s, err := raw.ScoreItem(in)
		require.NoError(t, err)
		requireRat(t, want, s)
		s, err = shared.ScoreItem(in)
		require.NoError(t, err)
		requireRat(t, want.Quo(want, rat(dec("1.75"))), s)
	}
}

// A sum has a closed form: how much better would B have to be in one criterion to be level with A?
func TestWeightedBreakEven(t *testing.T) {
	m := prioritize.Weighted{Criteria: criteria("0.5", "0.3", "0.2")}
	items := candidates[prioritize.WeightedInput]{
		{Key: "A", Input: ratings("3", "4", "5")}, {Key: "B", Input: ratings("4", "3", "1")},
	}
	r, err := prioritize.Rank(m, items)
	require.NoError(t, err)
	margins, err := prioritize.Sensitivity(m, items, r, "B", prioritize.SensitivityOptions{})
	require.NoError(t, err)
	require.Len(t, margins, 3)
	require.Equal(t, "a", margins[0].Factor)
	require.True(t, margins[0].Up.Exact)
	require.Equal(t, "5.2", margins[0].Up.At.String(), "0.5 × 5.2 + 0.9 + 0.2 = 3.7")
	require.Equal(t, "4", margins[2].Up.At.String())
	require.Equal(t, "4", items[1].Input.Ratings["a"].String(), "the input is as it was")
}

func ExampleWeighted() {
	m := prioritize.Weighted{Criteria: []prioritize.WeightedCriterion{
		{Name: "a", Weight: dec("0.5")}, {Name: "b", Weight: dec("0.3")}, {Name: "c", Weight: dec("0.2")},
	}}
	ranking, err := prioritize.Rank(m, []prioritize.Candidate[string, prioritize.WeightedInput]{
		{Key: "B", Input: ratings("4", "3", "1")},
		{Key: "A", Input: ratings("3", "4", "5")},
	})
	fmt.Println(ranking.Keys(), ranking.Sentence("A", 2), err)
	// Output: [A B] 0.5 × 3 + 0.3 × 4 + 0.2 × 5 = 3.7 <nil>
}
