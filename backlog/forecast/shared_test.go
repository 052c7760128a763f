package forecast_test

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// realHistories reads the histories of real projects, or skips the test where they are absent.
func realHistories(t testing.TB) map[string]forecast.History {
	files, err := filepath.Glob("../../../shared/data/throughput/*.txt")
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("../shared is absent")
	}
	out := map[string]forecast.History{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		var counts []int
		for _, line := range strings.Fields(string(text)) {
			n, err := strconv.Atoi(line)
			require.NoError(t, err)
			counts = append(counts, n)
		}
		out[filepath.Base(name)] = forecast.Items(counts...)
	}
	return out
}

// sums adds up one row over histories.
type sums struct{ histories, forecasts, held, expected, off, pinball, all, last float64 }

func (s *sums) add(row forecast.RecordRow) {
	rate, ok := row.Rate()
	if !ok {
		return
	}
	n := float64(row.Forecasts)
	s.histories++
	s.forecasts += n
	s.held += float64(row.Held)
	s.expected += row.Expected * n
	s.off += math.Abs(rate - row.Expected)
	s.pinball += row.Pinball
	s.all += row.PinballAll
	s.last += row.Pinball26
}

// Forecasts of real histories hold as often as they state: over all of them within 3 points of what is
// expected and no more than 2 below the level, for one of them within 7 points in the mean. They lose
// less than the better window of the simple model.
func TestRecordOfRealHistories(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	var rows []forecast.RecordRow // the first record has the order
	var totals []sums
	for _, h := range realHistories(t) {
		record, err := calibrate(t, h, 0).Record(forecast.RecordOptions{Full: true})
		require.NoError(t, err)
		if rows == nil {
			rows, totals = record.Rows, make([]sums, len(record.Rows))
		}
		for i, row := range record.Rows {
			totals[i].add(row)
		}
	}
	loss := map[forecast.Question]*sums{forecast.AskHowMany: {}, forecast.AskWhen: {}}
	for i, row := range rows {
		s := totals[i]
		held, expected, off := s.held/s.forecasts, s.expected/s.forecasts, s.off/s.histories
		t.Logf("%-8s %2d %.0f %%: %5.0f forecasts, held %.1f expected %.1f off %.1f, pinball %.4f all %.4f last 26 %.4f",
			row.Question, row.Horizon, 100*row.Confidence, s.forecasts, 100*held, 100*expected, 100*off,
			s.pinball/s.histories, s.all/s.histories, s.last/s.histories)
		if row.Confidence > .5 {
			require.InDelta(t, expected, held, .03, "%+v", row)
			require.Greater(t, held, row.Confidence-.02, "%+v", row)
		}
		if row.Confidence == .85 {
			require.LessOrEqual(t, off, .07, "%+v", row)
		}
		one := loss[row.Question]
		one.pinball += s.pinball
		one.all += s.all
		one.last += s.last
	}
	howMany, when := loss[forecast.AskHowMany], loss[forecast.AskWhen]
	require.Less(t, howMany.pinball, .95*min(howMany.all, howMany.last))
	require.Less(t, when.pinball, min(when.all, when.last))
}
