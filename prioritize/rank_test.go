package prioritize_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func wsjf(value, time, risk, size string) prioritize.WSJFInput {
	return prioritize.WSJFInput{
		UserBusinessValue: dec(value), TimeCriticality: dec(time), RiskReduction: dec(risk), JobSize: dec(size),
	}
}

// numberRows gives each input its index as key.
func numberRows[A any](inputs []A) []prioritize.Candidate[int, A] {
	candidates := make([]prioritize.Candidate[int, A], len(inputs))
	for i, in := range inputs {
		candidates[i] = prioritize.Candidate[int, A]{Key: i, Input: in}
	}
	return candidates
}

// plainOrder is the dumb twin of Rank: rationals, a stable sort, and nothing else.
func plainOrder(scores []prioritize.Score, ties ...func(i int) prioritize.Score) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		if c := scores[i].Class() - scores[j].Class(); c != 0 {
			return int(c)
		}
		if c := scores[j].Rat().Cmp(scores[i].Rat()); c != 0 {
			return c
		}
		for _, key := range ties {
			if c := key(j).Rat().Cmp(key(i).Rat()); c != 0 {
				return c
			}
		}
		return 0
	})
	return order
}

func TestRankAgreesWithRationals(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 300 {
		n := 1 + rng.IntN(600)
		inputs := make([]prioritize.WSJFInput, n)
		for i := range inputs {
			d := func(from int64) decimal.Decimal {
				switch round % 3 {
				case 0:
					return decimal.New(from+rng.Int64N(20), 0)
				case 1:
					return decimal.New(from+rng.Int64N(1000), -rng.Int32N(4))
				}
				return decimal.New(from+rng.Int64(), -rng.Int32N(40))
			}
			inputs[i] = prioritize.WSJFInput{UserBusinessValue: d(0), TimeCriticality: d(0), RiskReduction: d(0), JobSize: d(1)}
		}
		r, err := prioritize.Rank(prioritize.WSJF{}, numberRows(inputs))
		require.NoError(t, err)
		scores, err := prioritize.WSJF{}.Score(inputs)
		require.NoError(t, err)
		want := plainOrder(scores, func(i int) prioritize.Score { return inputs[i].CostOfDelay() })
		require.Equal(t, want, r.Keys())
	}
}

func ExampleRank() {
	candidates := []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "Fancy falcon", Input: wsjf("8", "5", "8", "5")},
		{Key: "Funky ferret", Input: wsjf("8", "5", "13", "5")},
		{Key: "Shy shrew", Unscored: "not estimated"},
	}
	ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Position, row.Key, row.Score.At(2).StringFixed(2), ranking.Sentence(row.Key, 2))
	}
	for _, missing := range ranking.Unscored() {
		fmt.Println("-", missing.Key, missing.Reason)
	}
	// Output:
	// 1 Funky ferret 5.20 (8 + 5 + 13) / 5 = 5.2
	// 2 Fancy falcon 4.20 (8 + 5 + 8) / 5 = 4.2
	// - Shy shrew not estimated
}

// A method of one's own is a type for what it needs to know and a formula.
func ExampleFormula() {
	type fix struct{ Saved, Days decimal.Decimal }
	perDay := prioritize.Formula[fix](func(f fix) (prioritize.Score, error) {
		return prioritize.Quotient(f.Saved, f.Days)
	})
	ranking, err := prioritize.Rank(perDay, []prioritize.Candidate[string, fix]{
		{Key: "slow", Input: fix{dec("10"), dec("4")}},
		{Key: "quick", Input: fix{dec("8"), dec("2")}},
	})
	fmt.Println(ranking.Keys(), err)
	// Output: [quick slow] <nil>
}
