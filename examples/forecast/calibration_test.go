package main

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// The calibration looks at all periods, also where the rest looks at 500.
func TestCalibrationOfALongFile(t *testing.T) {
	got := commandtest.JSON[Report](t, program, "a.txt", strings.Repeat("1\n2\n1\n", 200))
	require.Equal(t, 500, got.Periods.Count)
	require.Equal(t, 600, got.Calibration.Periods)
	require.Equal(t, "calibrated", got.Calibration.Model)
	require.Len(t, got.Calibration.Rows, 24)
	for _, row := range got.Calibration.Rows[:4] {
		require.Equal(t, 600-30-4+1, row.Forecasts)
	}
	require.Equal(t, 600-30-26+1, got.Calibration.Rows[12].Forecasts)
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
func TestCalibrationOfRealHistories(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(commandtest.Shared(t, "throughput", "series.tsv")), "*.txt"))
	require.NoError(t, err)
	var rows []forecast.RecordRow // the first record has the order
	var totals []sums
	for _, name := range files {
		got := commandtest.JSON[Report](t, program, filepath.Base(name), commandtest.ReadFile(t, name)).Calibration
		if rows == nil {
			rows, totals = got.Rows, make([]sums, len(got.Rows))
		}
		for i, row := range got.Rows {
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

// A tracker of six days of work in bursts: what is stated is wider than the simple model at every level, and the
// report says that there is no record of it.
func TestCalibrationOfAShortTracker(t *testing.T) {
	name := commandtest.Shared(t, "backlogs", "cass.jsonl")
	got := commandtest.JSON[Report](t, program, "cass.jsonl", commandtest.ReadFile(t, name))
	require.Equal(t, "calibrated, widened", got.Calibration.Model)
	for _, row := range got.Calibration.Rows {
		require.Zero(t, row.Forecasts, "%+v", row)
	}
	history := forecast.Items(got.Periods.Done...)
	for _, stated := range got.HowMany {
		simple, err := forecast.HowManySimple(history, stated.Periods)
		require.NoError(t, err)
		for _, one := range stated.AtLeast {
			most, _ := simple.Percentile(float64(one.Chance) / 100)
			require.True(t, most.GreaterThanOrEqual(decimal.NewFromInt(one.Items)), "%d %%: %d, simple %s", one.Chance, one.Items, most)
		}
	}
	simple, err := forecast.WhenSimple(history, forecast.ItemScope(*got.Open))
	require.NoError(t, err)
	for _, one := range got.When {
		least, _ := simple.Percentile(float64(one.Chance) / 100)
		require.GreaterOrEqual(t, *one.Periods, least, "%d %%", one.Chance)
	}
}
