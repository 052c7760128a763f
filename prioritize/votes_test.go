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

// votes are those of the stakeholders s1, s2 and so on.
func votes(points ...int64) prioritize.VotesInput {
	in := prioritize.VotesInput{Votes: make(map[string]decimal.Decimal)}
	for i, p := range points {
		in.Votes[fmt.Sprintf("s%d", i+1)] = decimal.NewFromInt(p)
	}
	return in
}

func ballot() candidates[prioritize.VotesInput] {
	return candidates[prioritize.VotesInput]{
		{Key: "a", Input: votes(50, 10, 0)}, {Key: "b", Input: votes(30, 80, 20)}, {Key: "c", Input: votes(20, 10, 80)},
	}
}

func byRank() prioritize.CumulativeVoting {
	return prioritize.CumulativeVoting{Weights: map[string]decimal.Decimal{
		"s1": dec("1"), "s2": dec("0.75"), "s3": dec("0.5"),
	}}
}

func TestCumulativeVotingPublished(t *testing.T) {
	runPublished(t, map[string]published[prioritize.VotesInput]{
		"a hundred points each": {
			source: "computed, after bawiki.com/wiki/Cumulative-Voting-Prioritization.html",
			method: prioritize.CumulativeVoting{}, items: ballot(),
			scores: map[string]string{"a": "60", "b": "130", "c": "110"}, order: []string{"b", "c", "a"},
		},
		"weighted stakeholders": {
			source: "multipliers of the same page, computed",
			method: byRank(), items: ballot(), scale: 1,
			scores: map[string]string{"a": "57.5", "b": "100.0", "c": "67.5"}, order: []string{"b", "c", "a"},
		},
	})
	tally, err := prioritize.CumulativeVoting{}.Tally([]prioritize.VotesInput{
		votes(50, 10, 0), votes(30, 80, 20), votes(20, 10, 80),
	})
	require.NoError(t, err)
	for i, want := range []string{"0.2", "0.4333", "0.3667"} {
		require.Equal(t, want, tally.Shares[i].At(4).String())
	}
}

func TestCumulativeVotingSpending(t *testing.T) {
	_, err := prioritize.CumulativeVoting{}.Score([]prioritize.VotesInput{votes(70, 1), votes(40, 100)})
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	requireProblems(t, err,
		`prioritize: points spent by "s1" is "110", want at most 100`,
		`prioritize: points spent by "s2" is "101", want at most 100`)

	m := byRank()
	m.Budget = weight("120")
	tally, err := m.Tally([]prioritize.VotesInput{votes(70), votes(40, 100), {}})
	require.NoError(t, err)
	var got []string
	for _, s := range tally.Spending {
		got = append(got, fmt.Sprint(s.Stakeholder, " ", s.Spent, " ", s.Left))
	}
	require.Equal(t, []string{"s1 110 10", "s2 100 20", "s3 0 120"}, got, "underspending is reported")
	require.Equal(t, "nobody voted on it", tally.Totals[2].Reason())

	tally, err = prioritize.CumulativeVoting{}.Tally([]prioritize.VotesInput{votes(0)})
	require.NoError(t, err)
	require.Equal(t, "0", tally.Totals[0].String())
	require.False(t, tally.Shares[0].IsScored())
}

func TestCumulativeVotingInvalid(t *testing.T) {
	m := prioritize.CumulativeVoting{Budget: weight("0"), Weights: map[string]decimal.Decimal{"s2": dec("-1")}}
	_, err := prioritize.Rank(m, candidates[prioritize.VotesInput]{{Key: "a", Input: votes(1)}, {Key: "b", Input: votes(-1, -2)}})
	requireProblems(t, err,
		`prioritize: weights["s2"] is "-1", want >= 0`,
		`prioritize: budget is "0", want > 0`,
		`prioritize: item 1 ("b"): votes["s1"] is "-1", want >= 0`,
		`prioritize: item 1 ("b"): votes["s2"] is "-2", want >= 0`)
}

func TestCumulativeVotingLaws(t *testing.T) {
	generate := func(rng *rand.Rand) prioritize.VotesInput {
		return votes(rng.Int64N(8), rng.Int64N(8), rng.Int64N(8))
	}
	rich := byRank()
	rich.Budget = weight("1000")
	prioritizetest.TestMethod(t, rich, generate)
	requireRoundTrip(t, votes(1, 2))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		in := generate(rng)
		scores, err := byRank().Score([]prioritize.VotesInput{in})
		require.NoError(t, err)
		quarters := 4*in.Votes["s1"].IntPart() + 3*in.Votes["s2"].IntPart() + 2*in.Votes["s3"].IntPart()
		requireRat(t, big.NewRat(quarters, 4), scores[0])
	}
}

func ExampleCumulativeVoting() {
	m := prioritize.CumulativeVoting{Weights: map[string]decimal.Decimal{
		"s1": dec("1"), "s2": dec("0.75"), "s3": dec("0.5"),
	}}
	ranking, err := prioritize.Rank(m, []prioritize.Candidate[string, prioritize.VotesInput]{
		{Key: "a", Input: votes(50, 10, 0)},
		{Key: "b", Input: votes(30, 80, 20)},
		{Key: "c", Input: votes(20, 10, 80)},
	})
	fmt.Println(ranking.Keys(), err)
	fmt.Println(ranking.Sentence("a", 1))
	// Output:
	// [b c a] <nil>
	// 1 × 50 + 0.75 × 10 + 0.5 × 0 = 57.5
}
