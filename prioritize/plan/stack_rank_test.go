package plan_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

func TestStackRanksPublished(t *testing.T) {
	// Paul Cornell, "Prioritizing and stack ranking work requests": four requests in steps of ten.
	ranks, err := plan.StackRanks(4, 10)
	require.NoError(t, err)
	require.Equal(t, []int64{10, 20, 30, 40}, ranks)
	between, ok := plan.StackRankBetween(20, 30)
	require.True(t, ok)
	require.Greater(t, between, int64(20))
	require.Less(t, between, int64(30))
}

func TestStackRankBetween(t *testing.T) {
	for _, c := range [][2]int64{{0, 2}, {-5, 5}, {math.MinInt64, math.MaxInt64}, {math.MaxInt64 - 2, math.MaxInt64}} {
		between, ok := plan.StackRankBetween(c[0], c[1])
		require.True(t, ok)
		require.Greater(t, between, c[0])
		require.Less(t, between, c[1])
	}
	for _, c := range [][2]int64{{1, 2}, {2, 2}, {3, 2}, {math.MaxInt64, math.MinInt64}} {
		_, ok := plan.StackRankBetween(c[0], c[1])
		require.False(t, ok)
	}
	low, high, halvings := int64(0), int64(1<<10), 0
	for {
		between, ok := plan.StackRankBetween(low, high)
		if !ok {
			break
		}
		high = between
		halvings++
	}
	require.Equal(t, 10, halvings, "a step of 2^k takes k insertions at one place")
}

func TestStackRanksInvalid(t *testing.T) {
	_, err := plan.StackRanks(-1, 0)
	requireProblems(t, err, `prioritize: n is "-1", want from 0 to 10000000`, `prioritize: step is "0", want > 0`)
	_, err = plan.StackRanks(3, math.MaxInt64/2)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = plan.StackRanks(math.MaxInt, 1)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	none, err := plan.StackRanks(0, 1)
	require.NoError(t, err)
	require.Empty(t, none)
}

func ExampleStackRanks() {
	ranks, err := plan.StackRanks(4, 10)
	fmt.Println(ranks, err)
	fmt.Println(plan.StackRankBetween(ranks[1], ranks[2]))
	// Output:
	// [10 20 30 40] <nil>
	// 25 true
}
