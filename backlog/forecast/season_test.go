package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story/field"
)

// quietSummers is six years of weeks in which little is done in summer and around the new year.
func quietSummers(rng *rand.Rand) []int {
	counts := make([]int, 6*52)
	for i := range counts {
		most := 20
		if week := i % 52; week >= 27 && week < 34 || week < 2 || week >= 51 {
			most = 4
		}
		counts[i] = rng.IntN(most + 1)
	}
	return counts
}

// Who knows that summers are quiet loses less. Where there are no seasons, little is lost by looking for them.
func TestSeasons(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	even := func(rng *rand.Rand) []int { return randomHistory(rng, 6*52, 20) }
	for name, test := range map[string]struct {
		counts func(*rand.Rand) []int
		most   float64
	}{"quiet summers": {quietSummers, .85}, "none": {even, 1.05}} {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(19, 3))
			var loss [2]float64
			var held, expected, forecasts float64
			for range 6 {
				h := forecast.Items(test.counts(rng)...)
				for i, year := range []int{0, 52} {
					c, err := forecast.Calibrate(h, forecast.CalibrateOptions{Year: year})
					require.NoError(t, err)
					record, err := c.Record(forecast.RecordOptions{Horizons: []int{4, 8}, Levels: []float64{.7, .85}})
					require.NoError(t, err)
					for _, row := range record.Rows {
						loss[i] += row.Pinball
						if year > 0 && row.Confidence == .85 {
							held += float64(row.Held)
							expected += row.Expected * float64(row.Forecasts)
							forecasts += float64(row.Forecasts)
						}
					}
				}
			}
			t.Logf("loss with seasons %.3f, without %.3f; held %.3f, expected %.3f", loss[1], loss[0], held/forecasts, expected/forecasts)
			require.Less(t, loss[1], test.most*loss[0])
			require.InDelta(t, expected/forecasts, held/forecasts, .05)
		})
	}
}

// With seasons, as without, the answers agree and more periods do no less.
func TestSeasonsAreMonotone(t *testing.T) {
	rng := rand.New(rand.NewPCG(19, 4))
	for range 5 {
		c, err := forecast.Calibrate(forecast.Items(quietSummers(rng)[:60+rng.IntN(200)]...), forecast.CalibrateOptions{Year: 52})
		require.NoError(t, err)
		w, err := c.When(forecast.ItemScope(60))
		require.NoError(t, err)
		before := 0.0
		for k := range 60 {
			out, err := c.HowMany(k)
			require.NoError(t, err)
			now := out.Probability(forecast.ItemScope(60).Low)
			require.GreaterOrEqual(t, now, before)
			require.Equal(t, now, w.Within(k))
			before = now
		}
	}
	for _, year := range []int{-1, forecast.MaxYear + 1} {
		_, err := forecast.Calibrate(forecast.Items(1), forecast.CalibrateOptions{Year: year})
		require.ErrorIs(t, err, field.ErrInvalid)
	}
}

func TestResized(t *testing.T) {
	h := forecast.Items(3, 0, 5, 4, 7, 2, 6)
	got, err := h.Resized(5, d("0.8"))
	require.NoError(t, err)
	sum, was := d("0"), d("0")
	for i := range got {
		sum, was = sum.Add(got[i]), was.Add(h[i])
		require.True(t, got[i].Equal(got[i].Truncate(0)), got)
		if i < 5 {
			require.True(t, sum.Sub(was.Mul(d("0.8"))).Abs().LessThanOrEqual(d("0.5")), "%v", got)
		} else {
			require.Equal(t, h[i], got[i])
		}
	}
	require.Equal(t, forecast.Items(3, 0, 5, 4, 7, 2, 6), h, "the history itself stays")
	same, err := h.Resized(7, d("1"))
	require.NoError(t, err)
	for i := range h {
		require.True(t, h[i].Equal(same[i]))
	}
	for _, before := range []int{0, 7} {
		got, err := h.Resized(before, d("0.8"))
		require.NoError(t, err)
		require.Len(t, got, 7)
	}
	none, err := h.Resized(0, d("0"))
	require.NoError(t, err)
	require.Equal(t, h, none)
	for _, before := range []int{-1, 8} {
		_, err := h.Resized(before, d("1"))
		require.EqualError(t, err, fmt.Sprintf(`forecast: before is "%d", want 0 to 7`, before))
	}
	_, err = h.Resized(8, d("-1"))
	require.ErrorContains(t, err, "before")
	require.ErrorContains(t, err, "factor")
	_, err = h.Resized(7, d("0"))
	require.ErrorIs(t, err, forecast.ErrNoThroughput)
}
