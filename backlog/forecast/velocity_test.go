package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

func TestStatisticsAgainstFloats(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 14))
	for range 2000 {
		h := make(forecast.History, 2+rng.IntN(20))
		sum := 0.0
		for i := range h {
			h[i] = decimal.New(int64(rng.IntN(1000)), -1)
			sum += h[i].InexactFloat64()
		}
		mean, squares := sum/float64(len(h)), 0.0
		for _, v := range h {
			squares += math.Pow(v.InexactFloat64()-mean, 2)
		}
		stats, err := h.Statistics()
		require.NoError(t, err)
		require.InDelta(t, mean, stats.Mean(9).InexactFloat64(), 1e-8)
		sd, ok := stats.SD(9)
		require.True(t, ok)
		require.InDelta(t, math.Sqrt(squares/float64(len(h)-1)), sd.InexactFloat64(), 1e-8)
	}
}

func TestStatisticsRounding(t *testing.T) {
	stats, err := forecast.Items(0, 1).Statistics()
	require.NoError(t, err)
	sd, ok := stats.SD(30)
	require.True(t, ok)
	require.Equal(t, "0.5 1", say(stats.Mean(1), stats.Mean(0), 1, 0), "half up")
	require.Equal(t, "0.707106781186547524400844362105", sd.String())
	require.Equal(t, "0 1", say(stats.Min, stats.Max, 0, 0))

	one, err := forecast.Items(3).Statistics()
	require.NoError(t, err)
	_, ok = one.SD(2)
	require.False(t, ok)
	idle, err := forecast.Items(0, 0).Statistics()
	require.NoError(t, err)
	require.True(t, idle.Mean(2).IsZero())
	require.True(t, forecast.Statistics{}.Mean(2).IsZero())
}

// Means and variances of independent tasks add up, in any order.
func TestTasksAddUp(t *testing.T) {
	a := forecast.PERT{Optimistic: d("3"), Likely: d("5"), Pessimistic: d("10")}
	b := forecast.PERT{Optimistic: d("8"), Likely: d("16"), Pessimistic: d("40")}
	both, err := forecast.EstimateTasks(a, b)
	require.NoError(t, err)
	require.Equal(t, "24.1667", both.Mean(4).String())
	require.Equal(t, "5.4594", both.SD(4).String()) // sqrt(7^2 + 32^2) / 6
	turned, err := forecast.EstimateTasks(b, a)
	require.NoError(t, err)
	require.Equal(t, both.Mean(20), turned.Mean(20))
	require.Equal(t, both.SD(20), turned.SD(20))
	none, err := forecast.EstimateTasks()
	require.NoError(t, err)
	require.True(t, none.Mean(4).IsZero())
}

// An item that just fits is in, whichever way.
func TestFillSprintsJustFits(t *testing.T) {
	for _, fill := range []func(decimal.Decimal, []decimal.Decimal) (forecast.SprintSeries, error){
		forecast.FillSprints, forecast.SpanSprints,
	} {
		plan, err := fill(d("10"), []decimal.Decimal{d("4"), d("6"), d("0"), d("10")})
		require.NoError(t, err)
		require.Len(t, plan.Sprints, 2)
		require.Equal(t, []int{0, 1, 2}, plan.Sprints[0].Items)
		require.True(t, plan.Sprints[0].Unused.IsZero())
		require.True(t, plan.Sprints[0].Open.IsZero(), "nothing is begun where there is no room")
		require.Empty(t, plan.Oversized)
	}
}

// Nothing is lost and nothing overtaken, whatever the items; no sprint uses more than its velocity and
// what was carried to it, and what one way carries the other begins.
func TestFillSprintsLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 15))
	for range 2000 {
		velocity := decimal.New(int64(1+rng.IntN(300)), -1)
		items := make([]decimal.Decimal, rng.IntN(20))
		total := decimal.Zero
		for i := range items {
			items[i] = decimal.New(int64(rng.IntN(400)), -1)
			total = total.Add(items[i])
		}
		carry, err := forecast.FillSprints(velocity, items)
		require.NoError(t, err)
		span, err := forecast.SpanSprints(velocity, items)
		require.NoError(t, err)
		require.Equal(t, carry.Oversized, span.Oversized)
		require.Len(t, span.Sprints, len(carry.Sprints), "both finish in the same sprint")
		next, points, unused := 0, decimal.Zero, decimal.Zero
		for i, s := range carry.Sprints {
			for _, item := range s.Items {
				require.Equal(t, next, item)
				next++
			}
			require.Equal(t, s.Items, span.Sprints[i].Items)
			points = points.Add(s.Points)
			require.True(t, s.Unused.Equal(unused.Add(velocity).Sub(s.Points)))
			require.False(t, s.Unused.IsNegative())
			unused = s.Unused
			if i < len(carry.Sprints)-1 {
				open := items[next].Sub(s.Unused)
				if s.Unused.IsZero() {
					open = decimal.Zero // there was no room to begin it
				}
				require.True(t, open.Equal(span.Sprints[i].Open), "what is begun is what is unused")
			}
		}
		require.Equal(t, len(items), next)
		require.True(t, total.Equal(points))
	}
}

// What remains is rounded up to whole sprints, and nothing takes none.
func TestSprintsForRoundsUp(t *testing.T) {
	for _, tt := range []struct {
		remaining, velocity string
		want                int64
	}{
		{"0", "5", 0},
		{"0.0001", "5", 1},
		{"4.9999", "5", 1},
		{"5", "5", 1},
		{"5.0001", "5", 2},
		{"10", "5", 2},
		{"7", "0.5", 14},
		{"0", "0.0001", 0},
		{"0.0003", "0.0001", 3},
		{"1000000000", "0.0001", 10_000_000_000_000},
		{"1000000000", "1000000000", 1},
	} {
		got, err := forecast.SprintsFor(d(tt.remaining), d(tt.velocity))
		require.NoError(t, err)
		require.Equal(t, tt.want, got, "%s / %s", tt.remaining, tt.velocity)
	}
}
