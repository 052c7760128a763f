package forecast_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// FuzzCalibrate holds the laws of a calibrated forecast for every history of bytes: its answers agree, more is
// less likely, and in more periods more likely.
func FuzzCalibrate(f *testing.F) {
	f.Add([]byte{1, 3, 5, 3, 7, 8, 0, 5}, uint8(0), uint8(40), uint8(6))
	f.Add([]byte("a history of letters is a history of rather even numbers, with a change"), uint8(20), uint8(200), uint8(33))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, uint8(16), uint8(1), uint8(1))
	f.Fuzz(func(t *testing.T, bytes []byte, changed, scope, periods uint8) {
		counts := make([]int, min(len(bytes), 200))
		for i := range counts {
			counts[i] = int(bytes[i])
		}
		c, err := forecast.Calibrate(forecast.Items(counts...), forecast.CalibrateOptions{Changed: int(changed)})
		if err != nil {
			return
		}
		w, err := c.When(forecast.ItemScope(int(scope)))
		require.NoError(t, err)
		out, err := c.HowMany(int(periods))
		require.NoError(t, err)
		more, err := c.HowMany(int(periods) + 1)
		require.NoError(t, err)
		amount := decimal.NewFromInt(int64(scope))
		require.Equal(t, out.Probability(amount), w.Within(int(periods)))
		require.LessOrEqual(t, out.Probability(amount), more.Probability(amount))
		require.LessOrEqual(t, out.Probability(amount.Add(decimal.NewFromInt(1))), out.Probability(amount))
	})
}
