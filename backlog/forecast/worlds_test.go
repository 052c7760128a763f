package forecast_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// Work that goes on without memory is the world of the simple model: there a calibrated forecast is hardly
// worse. Where the pace changes for months at a time the simple model promises too much, and the calibrated
// one less, and it loses less.
func TestCalibratedInGeneratedWorlds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	tests := map[string]struct {
		work func(rng *rand.Rand) func() int
		// most is the greatest loss beside the better window of the simple model.
		most float64
	}{
		"without memory": {func(rng *rand.Rand) func() int {
			return func() int { return rng.IntN(9) + rng.IntN(9) }
		}, 1.1},
		"spells of work and rest": {func(rng *rand.Rand) func() int {
			pace := 10
			return func() int {
				if rng.IntN(12) == 0 {
					pace = rng.IntN(3) / 2 * (4 + rng.IntN(20))
				}
				return rng.IntN(pace + 1)
			}
		}, .7},
		"a pace that drifts": {func(rng *rand.Rand) func() int {
			pace := 20
			return func() int {
				pace = max(1, pace+rng.IntN(7)-3)
				return rng.IntN(pace + 1)
			}
		}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(13, uint64(len(name))))
			var held, heldAll, expected, forecasts, loss, lossAll, loss26 float64
			for range 12 {
				next, counts := test.work(rng), make([]int, 160)
				for i := range counts {
					counts[i] = next()
				}
				record, err := calibrate(t, forecast.Items(counts...), 0).Record(forecast.RecordOptions{
					Horizons: []int{4, 8}, Levels: []float64{.85}, Full: true,
				})
				require.NoError(t, err)
				for _, row := range record.Rows[:2] { // how many
					forecasts += float64(row.Forecasts)
					held += float64(row.Held)
					heldAll += float64(row.HeldAll)
					expected += row.Expected * float64(row.Forecasts)
					loss += row.Pinball
					lossAll += row.PinballAll
					loss26 += row.Pinball26
				}
			}
			t.Logf("held %.3f, expected %.3f, simple %.3f, loss %.3f of %.3f and %.3f",
				held/forecasts, expected/forecasts, heldAll/forecasts, loss, lossAll, loss26)
			require.Less(t, loss, test.most*min(lossAll, loss26))
			if test.most <= 1 {
				require.Greater(t, held, heldAll)
				return
			}
			require.InDelta(t, expected/forecasts, held/forecasts, .06)
		})
	}
}
