package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// Where both have an answer, 100,000 runs agree with the exact one to five standard errors.
func TestSimulationAgrees(t *testing.T) {
	const runs = 100_000
	rng := rand.New(rand.NewPCG(8, 8))
	tests := map[string]struct {
		history forecast.History
		scope   int
	}{
		"the figures of the issue": {forecast.Items(randomHistory(rng, 100, 50)...), 1000},
		"published weeks":          {weeks, 105},
		"mostly nothing":           {forecast.Items(0, 0, 0, 0, 1, 0, 3, 0), 20},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			exact, err := forecast.WhenSimple(test.history, forecast.ItemScope(test.scope))
			require.NoError(t, err)
			trial, err := forecast.Bootstrap(test.history, forecast.ItemScope(test.scope).Low)
			require.NoError(t, err)
			sampled, err := forecast.Simulate(trial, runs, rand.NewPCG(9, 9))
			require.NoError(t, err)
			worst := 0.0
			for k := exact.First; k < exact.First+len(exact.Done); k++ {
				p := exact.Within(k)
				sigma := math.Sqrt(p*(1-p)/runs) + 1.0/runs
				worst = max(worst, math.Abs(p-sampled.Within(k))/sigma)
			}
			t.Logf("largest difference %.1f standard errors", worst)
			require.Less(t, worst, 5.0)
		})
	}
}

func TestSimulateIsSeeded(t *testing.T) {
	trial, err := forecast.Bootstrap(weeks, d("50"))
	require.NoError(t, err)
	a, err := forecast.Simulate(trial, 1000, rand.NewPCG(1, 2))
	require.NoError(t, err)
	b, err := forecast.Simulate(trial, 1000, rand.NewPCG(1, 2))
	require.NoError(t, err)
	other, err := forecast.Simulate(trial, 1000, rand.NewPCG(1, 3))
	require.NoError(t, err)
	require.Equal(t, a, b)
	require.NotEqual(t, a, other)
}

func TestSimulateCountsWhatGaveUp(t *testing.T) {
	c, err := forecast.Simulate(func(rng *rand.Rand) int {
		if rng.IntN(2) == 0 {
			return forecast.MaxPeriods + 1
		}
		return 3
	}, 1000, rand.NewPCG(1, 2))
	require.NoError(t, err)
	require.Equal(t, 3, c.First)
	require.InDelta(t, .5, c.Beyond(), .1)
}

// A trial explained step by step ends as the trial does.
func TestWalkIsTheTrial(t *testing.T) {
	trial, err := forecast.Bootstrap(weeks, d("105"))
	require.NoError(t, err)
	for seed := range uint64(200) {
		k := trial(rand.New(rand.NewPCG(seed, 0)))
		rng := rand.New(rand.NewPCG(seed, 0))
		drawn := make([]int, k)
		for i := range drawn {
			drawn[i] = rng.IntN(len(weeks))
		}
		left, err := forecast.TrialRemaining(weeks, d("105"), drawn)
		require.NoError(t, err)
		require.True(t, left[k-1].IsZero())
		require.True(t, left[k-2].IsPositive())
	}
}

// A run of no periods counts, as does one of the most periods there are; one that takes longer gave up.
func TestSimulateAtTheLimits(t *testing.T) {
	for periods, want := range map[int]forecast.Completion{
		0:                       {Done: []float64{1}},
		1:                       {First: 1, Done: []float64{1}},
		forecast.MaxPeriods:     {First: forecast.MaxPeriods, Done: []float64{1}},
		forecast.MaxPeriods + 1: {First: forecast.MaxPeriods + 1, Done: []float64{}},
	} {
		got, err := forecast.Simulate(func(*rand.Rand) int { return periods }, 3, rand.NewPCG(1, 2))
		require.NoError(t, err)
		require.Equal(t, want, got, periods)
	}
}
