package forecast_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// raceWithin is the dumb twin: it walks through everything that can happen in so many periods.
func raceWithin(left int, history, growth []int, periods int) float64 {
	if left <= 0 {
		return 1
	}
	if periods == 0 {
		return 0
	}
	p := 0.0
	for _, x := range history {
		for _, g := range growth {
			p += raceWithin(left+g-x, history, growth, periods-1)
		}
	}
	return p / float64(len(history)*len(growth))
}

func TestWhenGrowingAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for range 40 {
		history := randomHistory(rng, 1+rng.IntN(3), 1+rng.IntN(5))
		growth := make([]int, 1+rng.IntN(2))
		for i := range growth {
			growth[i] = rng.IntN(3) * rng.IntN(2)
		}
		low := rng.IntN(6)
		likely := low + rng.IntN(3)
		high := likely + rng.IntN(3)
		c, err := forecast.WhenGrowing(forecast.Items(history...), scope(low, likely, high), forecast.Items(growth...))
		require.NoError(t, err)
		for k := range 5 {
			want := 0.0
			for n, weight := range triangle(low, likely, high) {
				want += weight * raceWithin(n, history, growth, k)
			}
			require.InDelta(t, want, c.Within(k), tolerance, "%v %v %d %d %d", history, growth, low, likely, high)
		}
	}
}

// Without growth it is When, which goes about it in another way.
func TestWhenGrowingByNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		h := forecast.Items(randomHistory(rng, 1+rng.IntN(10), 1+rng.IntN(12))...)
		s := scope(5, 5+rng.IntN(30), 40)
		want, err := forecast.WhenSimple(h, s)
		require.NoError(t, err)
		got, err := forecast.WhenGrowing(h, s, forecast.Items(0))
		require.NoError(t, err)
		for k := range 60 {
			require.InDelta(t, want.Within(k), got.Within(k), 2*tolerance)
		}
	}
}

// A random walk of fair steps comes home for sure, but with one upward step more it need not: from
// n it does so with probability (2/3 / 4/3)^n, by the gambler's ruin.
func TestWhenGrowingForEver(t *testing.T) {
	c, err := forecast.WhenGrowing(forecast.Items(1), forecast.ItemScope(3), forecast.Items(0, 2, 2))
	require.NoError(t, err)
	require.InDelta(t, 1-.125, c.Beyond(), 1e-9)

	never, err := forecast.WhenGrowing(forecast.Items(3), forecast.ItemScope(5), forecast.Items(3))
	require.NoError(t, err)
	require.Equal(t, 1.0, never.Beyond())
}
