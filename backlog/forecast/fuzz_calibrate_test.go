package forecast_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// FuzzCalibrate holds the laws of requireCalibrated for every history of bytes, up to so many that all is learnt of
// that can be, and for periods in which no more than some thousands of units can be done: the time goes with both.
func FuzzCalibrate(f *testing.F) {
	const mostPeriods, mostUnits = 40, 4000
	for _, one := range histories() {
		f.Add(one.counts, one.changed, one.scope, one.periods)
	}
	f.Fuzz(func(t *testing.T, counts []byte, changed, scope, periods uint8) {
		counts = counts[:min(len(counts), mostPeriods)]
		if best := int(slices.Max(append([]byte{1}, counts...))); int(periods) > mostUnits/2/best {
			periods = uint8(mostUnits / 2 / best) //nolint:gosec // less than it was
		}
		changed %= uint8(len(counts) + 2) //nolint:gosec // one more than there are is an error
		requireCalibrated(t, history{counts, changed, scope, periods})
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
