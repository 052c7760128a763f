package forecast_test

import (
	"fmt"
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

// Of real histories, forecasts hold as often as they say.
func TestRecordOfRealHistories(t *testing.T) {
	type key struct {
		question   forecast.Question
		horizon    int
		confidence float64
	}
	type total struct{ forecasts, held, expected, loss, lossAll, loss26, histories, off float64 }
	totals := map[key]*total{}
	var order []key
	for _, h := range realHistories(t) {
		c, err := forecast.Calibrate(h, forecast.CalibrateOptions{})
		require.NoError(t, err)
		record, err := c.Record(forecast.RecordOptions{Full: true})
		require.NoError(t, err)
		for _, row := range record.Rows {
			k := key{row.Question, row.Horizon, row.Confidence}
			if totals[k] == nil {
				totals[k] = &total{}
				order = append(order, k)
			}
			if row.Forecasts == 0 {
				continue
			}
			one, n := totals[k], float64(row.Forecasts)
			one.forecasts += n
			one.held += float64(row.Held)
			one.expected += row.Expected * n
			one.loss += row.Pinball
			one.lossAll += row.PinballAll
			one.loss26 += row.Pinball26
			one.histories++
			one.off += math.Abs(float64(row.Held)/n - row.Expected)
		}
	}
	for _, k := range order {
		one := totals[k]
		n := one.histories
		fmt.Printf("%-8s %2d %.2f n %5.0f held %.3f expected %.3f off %.3f pinball %.4f all %.4f 26 %.4f\n", k.question, k.horizon, k.confidence,
			one.forecasts, one.held/one.forecasts, one.expected/one.forecasts, one.off/n, one.loss/n, one.lossAll/n, one.loss26/n)
	}
}
