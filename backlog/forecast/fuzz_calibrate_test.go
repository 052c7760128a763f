package forecast_test

import (
	"bytes"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// FuzzCalibrate holds the laws of requireCalibrated for every history of bytes that is short and of small amounts:
// the time goes with the periods, and with the units that could be done in them. TestCalibratedHistories has longer ones.
func FuzzCalibrate(f *testing.F) {
	const mostPeriods, mostCount = 40, 16
	for _, one := range histories() {
		f.Add(one.counts, one.changed, one.scope, one.periods)
	}
	f.Fuzz(func(t *testing.T, text []byte, changed, scope, periods uint8) {
		h := history{changed: changed, scope: scope, periods: periods % mostPeriods}
		for _, b := range text[:min(len(text), mostPeriods)] {
			h.counts = append(h.counts, b%mostCount)
		}
		h.changed %= uint8(len(h.counts) + 2) //nolint:gosec // one more than there are is an error
		requireCalibrated(t, h)
	})
}

// history is what a forecast is calibrated on, and what is asked of it.
type history struct {
	counts                  []byte
	changed, scope, periods uint8
}

func histories() []history {
	burst := make([]byte, 34)
	burst[16], burst[33] = 255, 1
	return []history{
		{[]byte{1, 3, 5, 3, 7, 8, 0, 5}, 0, 40, 6},
		{[]byte("a history of letters is a history of rather even numbers, with a change"), 20, 200, 33},
		{burst, 16, 1, 1},
		{append(make([]byte, 31), 255), 31, 255, 254}, // one burst after nothing
		{bytes.Repeat([]byte("a year of weeks of letters, "), 7), 100, 255, 200},
	}
}

// What is too long for the fuzz target.
func TestCalibratedHistories(t *testing.T) {
	for _, one := range histories() {
		requireCalibrated(t, one)
	}
}

// requireCalibrated holds that the answers of a forecast agree, that more is less likely, and in more periods more likely.
func requireCalibrated(t *testing.T, h history) {
	t.Helper()
	counts := make([]int, len(h.counts))
	for i := range counts {
		counts[i] = int(h.counts[i])
	}
	c, err := forecast.Calibrate(forecast.Items(counts...), forecast.CalibrateOptions{Changed: int(h.changed)})
	if err != nil {
		return
	}
	w, err := c.When(forecast.ItemScope(int(h.scope)))
	require.NoError(t, err)
	out, err := c.HowMany(int(h.periods))
	require.NoError(t, err)
	more, err := c.HowMany(int(h.periods) + 1)
	require.NoError(t, err)
	amount := decimal.NewFromInt(int64(h.scope))
	require.Equal(t, out.Probability(amount), w.Within(int(h.periods)))
	require.LessOrEqual(t, out.Probability(amount), more.Probability(amount))
	require.LessOrEqual(t, out.Probability(amount.Add(decimal.NewFromInt(1))), out.Probability(amount))
}
