package forecast_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// Where the world is as the model says, forecasts hold as often as they say, to within four standard
// errors and what a short past does not know.
func TestBacktestOfDraws(t *testing.T) {
	rng := rand.New(rand.NewPCG(16, 16))
	counts := make([]int, 1500)
	for i := range counts {
		counts[i] = rng.IntN(4) * rng.IntN(8)
	}
	report, err := forecast.Items(counts...).Backtest(forecast.BacktestOptions{Warmup: 200, Amount: d("9")})
	require.NoError(t, err)
	for _, c := range slices.Concat(report.HowMany, report.When) {
		rate, ok := c.Rate()
		require.True(t, ok)
		require.GreaterOrEqual(t, c.Expected, c.Level)
		require.InDelta(t, c.Expected, rate, .05, "%v", c)
		require.InDelta(t, c.Expected*(1-c.Expected), c.Brier, .05, "%v", c)
	}
}

// Each forecast against asking the model at each point in time by hand.
func TestBacktestByHand(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 17))
	for range 100 {
		h := forecast.Items(randomHistory(rng, 30, 5)...)
		o := forecast.BacktestOptions{
			Levels: []float64{.8}, Warmup: 5 + rng.IntN(5), Window: rng.IntN(8), Horizon: 1 + rng.IntN(3), Amount: d("6"),
		}
		got, err := h.Backtest(o)
		require.NoError(t, err)
		held, tried, heldWhen, triedWhen := 0, 0, 0, 0
		for now := o.Warmup; now < len(h); now++ {
			past := h[:now]
			if o.Window > 0 && o.Window < now {
				past = h[now-o.Window : now]
			}
			if out, err := forecast.HowManySimple(past, o.Horizon); err == nil && now+o.Horizon <= len(h) {
				least, _ := out.Percentile(.8)
				tried++
				if sum(h[now : now+o.Horizon]).GreaterThanOrEqual(least) {
					held++
				}
			}
			if c, err := forecast.WhenSimple(past, forecast.Exactly(o.Amount)); err == nil {
				if k, _ := c.Percentile(.8); now+k <= len(h) {
					triedWhen++
					if sum(h[now : now+k]).GreaterThanOrEqual(o.Amount) {
						heldWhen++
					}
				}
			}
		}
		require.Equal(t, []int{tried, held}, []int{got.HowMany[0].Forecasts, got.HowMany[0].Held})
		require.Equal(t, []int{triedWhen, heldWhen}, []int{got.When[0].Forecasts, got.When[0].Held})
	}
}

func sum(h forecast.History) (total decimal.Decimal) {
	for _, d := range h {
		total = total.Add(d)
	}
	return total
}

// What has not happened yet is no evidence, and a past without a result makes no forecast.
func TestBacktestWithoutEvidence(t *testing.T) {
	report, err := forecast.Items(0, 0, 0, 1).Backtest(forecast.BacktestOptions{Warmup: 2, Amount: d("1")})
	require.NoError(t, err)
	require.Equal(t, 2, report.Skipped)
	_, ok := report.HowMany[0].Rate()
	require.False(t, ok)
	report, err = forecast.Items(1, 1).Backtest(forecast.BacktestOptions{})
	require.NoError(t, err)
	require.Zero(t, report.HowMany[0].Forecasts)
}

// How forecasts would have done on a real project. It asserts nothing but prints the coverage.
func TestBacktestOfARealProject(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/backlogs/cass.jsonl")
	if err != nil {
		t.Skip("the shared data is not here: ", err)
	}
	var closed []time.Time
	for line := range strings.Lines(string(data)) {
		var issue struct {
			ClosedAt time.Time `json:"closed_at"`
		}
		require.NoError(t, json.Unmarshal([]byte(line), &issue))
		if !issue.ClosedAt.IsZero() {
			closed = append(closed, issue.ClosedAt.UTC())
		}
	}
	slices.SortFunc(closed, time.Time.Compare)
	first, last := closed[0], closed[len(closed)-1]
	var items []flow.Item
	for _, at := range closed {
		items = append(items, flow.Item{Done: at})
	}
	daily, err := flow.ThroughputOf(items, flow.Periods{Days: 1, Start: first}, last.AddDate(0, 0, 1))
	require.NoError(t, err)
	printBacktest(t, "days", forecast.History(daily), forecast.BacktestOptions{Warmup: 2, Amount: d("20")})

	hourly := make([]int, int(last.Sub(first).Hours())+1)
	for _, at := range closed {
		hourly[int(at.Sub(first).Hours())]++
	}
	h := forecast.Items(hourly...)
	printBacktest(t, "hours", h, forecast.BacktestOptions{Warmup: 12, Amount: d("10")})
	printBacktest(t, "hours, a day ahead", h, forecast.BacktestOptions{Warmup: 24, Horizon: 24})
}

func printBacktest(t *testing.T, name string, h forecast.History, o forecast.BacktestOptions) {
	report, err := h.Backtest(o)
	require.NoError(t, err)
	t.Logf("%d %s, %s done, %d points in time without a forecast", len(h), name, sum(h), report.Skipped)
	show := func(kind string, levels []forecast.Coverage) {
		for _, c := range levels {
			rate, _ := c.Rate()
			t.Logf("  %-8s %3.0f %%: held %3d of %3d = %5.1f %%, stated %5.1f %%, Brier %.3f",
				kind, 100*c.Level, c.Held, c.Forecasts, 100*rate, 100*c.Expected, c.Brier)
		}
	}
	show("how many", report.HowMany)
	show("when", report.When)
	require.Len(t, report.HowMany, 4, fmt.Sprint(name))
}
