package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story/field"
)

// worked is what a team did in weeks: it does about so much a week of items, whose sizes and stated points are drawn.
func worked(rng *rand.Rand, weeks int, pace float64, item func() (size float64, points int)) []flow.Item {
	var items []flow.Item
	budget, left, begun := 0.0, 0.0, day(0)
	points := 0
	for i := range weeks * 5 {
		at := day(i/5*7 + i%5)
		budget += pace / 5 * (.5 + rng.Float64())
		for left <= budget {
			if left > 0 {
				items = append(items, flow.Item{Created: begun, Started: begun, Done: at, Points: decimal.NewFromInt(int64(points))})
				budget -= left
			}
			left, points = item()
			begun = at
		}
	}
	return items
}

// Where points are the sizes of items, they forecast better; where they are noise, items do; and where all
// items are alike, there is no difference to be seen.
func TestCompareMeasures(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	weeks := flow.Periods{WorkTime: flow.WorkTime{Working: flow.Weekdays()}, Days: 5}
	compare := func(items []flow.Item) forecast.MeasureComparison {
		c, err := forecast.CompareMeasures(items, weeks, day(7*400))
		require.NoError(t, err)
		return c
	}
	epoch := 0
	waves := func() int { // of small items and large ones
		epoch++
		return 1 + epoch/40%2*8
	}
	true1 := compare(worked(rng, 160, 40, func() (float64, int) { n := waves() + rng.IntN(3); return float64(n), n }))
	require.Equal(t, forecast.MeasurePoints, true1.Best, true1)
	require.Len(t, true1.Scores, 3)
	require.Equal(t, "points forecast better", true1.String())

	noise := compare(worked(rng, 160, 24, func() (float64, int) { return 3, 1 + rng.IntN(2)*40 }))
	require.NotEqual(t, forecast.MeasurePoints, noise.Best)
	require.Less(t, noise.Scores[0].CRPS, noise.Scores[1].CRPS)

	alike := compare(worked(rng, 160, 24, func() (float64, int) { return 3, 3 }))
	require.Zero(t, alike.Differences[0].CRPS)
	require.False(t, alike.Differences[0].Seen)

	for _, c := range []forecast.MeasureComparison{true1, noise, alike} {
		for _, score := range c.Scores {
			require.Greater(t, score.Forecasts, 100)
			for _, one := range score.Coverage {
				rate, ok := one.Rate()
				require.True(t, ok)
				require.Greater(t, rate, one.Expected-.2, "%v: %v", score.Measure, one)
			}
		}
	}
}

// A measure takes part where four in five of the items have what it needs, not where fewer do.
func TestMeasuresNeedMost(t *testing.T) {
	for have, want := range map[int]int{0: 1, 1: 1, 79: 1, 80: 3, 100: 3} {
		var items []flow.Item
		for i := range 100 {
			item := flow.Item{Created: day(i), Done: day(i)}
			if i < have {
				item.Points, item.Started = decimal.NewFromInt(3), day(i)
			}
			items = append(items, item)
		}
		c, err := forecast.CompareMeasures(items, flow.Weeks(nil), day(105))
		require.NoError(t, err)
		require.Len(t, c.Scores, want, have)
	}
}

// Of two measures that are as good as one another a difference is seldom seen.
func TestNoDifference(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	seen := 0
	const histories = 20
	for range histories {
		// Points are sizes with an error as large as what they add.
		c, err := forecast.CompareMeasures(worked(rng, 120, 30, func() (float64, int) {
			n := 2 + rng.IntN(2)
			return float64(n), n
		}), flow.Periods{Days: 7}, day(7*400))
		require.NoError(t, err)
		if c.Differences[0].Seen {
			seen++
		}
	}
	require.LessOrEqual(t, seen, histories/3)
}

func TestCompareFewItems(t *testing.T) {
	none, err := forecast.CompareMeasures(nil, flow.Weeks(nil), day(0))
	require.NoError(t, err)
	require.Empty(t, none.Scores)
	require.Equal(t, "too little has been done to tell", none.String())
	few, err := forecast.CompareMeasures([]flow.Item{{Done: day(0)}, {Done: day(20)}}, flow.Weeks(nil), day(300))
	require.NoError(t, err)
	require.Len(t, few.Scores, 1, "no points, and nothing was begun")
	require.Zero(t, few.Scores[0].Forecasts)
	_, err = forecast.CompareMeasures([]flow.Item{{Done: day(0), Points: decimal.New(1, 999_999_999)}}, flow.Weeks(nil), day(300))
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = forecast.CompareMeasures(nil, flow.Periods{}, day(300))
	require.ErrorIs(t, err, field.ErrInvalid)
	var m forecast.Measure
	require.NoError(t, m.UnmarshalText([]byte("cycle_times")))
	require.Equal(t, forecast.MeasureCycleTimes, m)
	require.True(t, m.IsValid())
	text, err := m.MarshalText()
	require.NoError(t, err)
	require.Equal(t, "cycle_times", string(text))
}

// The standard error is that of all pairs of values that are at most 8 apart, weighed by how near they are.
func TestStandardErrorEqualsItsTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 11))
	for range 200 {
		values, mean := make([]float64, 1+rng.IntN(30)), 0.0
		for i := range values {
			values[i] = rng.Float64() + float64(i%5)
			mean += values[i] / float64(len(values))
		}
		variance := 0.0
		for i := range values {
			for j := range values {
				if apart := max(i-j, j-i); apart <= 8 {
					variance += (1 - float64(apart)/9) * (values[i] - mean) * (values[j] - mean)
				}
			}
		}
		require.InDelta(t, math.Sqrt(max(0, variance))/float64(len(values)), forecast.StandardError(values, mean), 1e-6)
	}
}
