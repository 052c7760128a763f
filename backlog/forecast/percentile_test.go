package forecast_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// Of n periods that did 1, 2 ... n items, a share of a/n did at least n-a+1 items, and as many did so
// much within one period: for every a, that is what a confidence of a/n states.
func TestPercentileOfShares(t *testing.T) {
	for n := 1; n <= 60; n++ {
		counts := make([]int, n)
		for i := range counts {
			counts[i] = i + 1
		}
		h := forecast.Items(counts...)
		out, err := forecast.HowManySimple(h, 1)
		require.NoError(t, err)
		for a := 1; a <= n; a++ {
			share := float64(a) / float64(n)
			least, ok := out.Percentile(share)
			require.True(t, ok)
			require.Equal(t, int64(n-a+1), least.IntPart(), "%d of %d", a, n)

			c, err := forecast.WhenSimple(h, forecast.ItemScope(n-a+1))
			require.NoError(t, err)
			within, ok := c.Percentile(share)
			require.True(t, ok)
			require.Equal(t, 1, within, "%d of %d", a, n)
		}
	}
}

// A confidence too small to be told from 0 is above it all the same.
func TestPercentileOfTinyConfidence(t *testing.T) {
	out, err := forecast.HowManySimple(forecast.Items(2, 0, 0), 1)
	require.NoError(t, err)
	least, ok := out.Percentile(1e-15)
	require.True(t, ok)
	require.Equal(t, int64(2), least.IntPart())
	c, err := forecast.WhenSimple(forecast.Items(1), forecast.ItemScope(3))
	require.NoError(t, err)
	within, ok := c.Percentile(1e-15)
	require.True(t, ok)
	require.Equal(t, 3, within)
}
