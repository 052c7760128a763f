package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

func date(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return at
}

// rows writes lines of date,count: the counts are days apart.
func rows(first time.Time, days int, counts ...int) string {
	var b strings.Builder
	for i, n := range counts {
		fmt.Fprintf(&b, "%s,%d\n", first.AddDate(0, 0, days*i).Format(time.DateOnly), n)
	}
	return b.String()
}

// daily counts 1, 2, 3, 0 and so on, on so many days from a Monday on; at weekends nothing, unless told.
func daily(n int, weekends bool) string {
	monday := time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC)
	counts := make([]int, n)
	for i := range counts {
		if i%7 < 5 || weekends {
			counts[i] = (i + 1) % 4
		}
	}
	return rows(monday, 1, counts...)
}

func TestPeriods(t *testing.T) {
	monday := time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		text  string
		flags []string
		want  Periods // but for Done
	}{
		"days, as there are few weeks": {
			text: daily(14, true),
			want: Periods{Unit: "day", Count: 14, From: "2027-01-04", Rule: "there are fewer than 20 weeks", Days: "every day, as something was done at a weekend"},
		},
		"working days": {
			text: daily(14, false),
			want: Periods{Unit: "day", Count: 10, From: "2027-01-04", Rule: "there are fewer than 20 weeks", Days: "Monday to Friday, as nothing was done at a weekend"},
		},
		"weeks of five days, of which the last is whole": {
			text: daily(19*7+10, false), // up to a Wednesday
			want: Periods{Unit: "week", Count: 20, From: "2027-01-07", Rule: "there are at least 20 of them", Days: "Monday to Friday, as nothing was done at a weekend"},
		},
		"weeks of seven days": {
			text: daily(20*7+1, true),
			want: Periods{Unit: "week", Count: 20, From: "2027-01-05", Rule: "there are at least 20 of them", Days: "every day, as something was done at a weekend"},
		},
		"rows a week apart, one of them missing": {
			text: rows(monday, 7, 3, 5) + rows(monday.AddDate(0, 0, 21), 7, 2),
			want: Periods{Unit: "week", Count: 4, From: "2026-12-29", Rule: "the dates in the file are weeks apart", Days: "every day"},
		},
		"rows a sprint apart": {
			text: rows(monday, 14, 3, 5, 2),
			want: Periods{Unit: "14 days", Count: 3, From: "2026-12-22", Rule: "the dates in the file are that far apart", Days: "every day"},
		},
		"rows a week apart, looked at later": {
			text: rows(monday, 7, 3, 5, 2), flags: []string{"-asof", "2027-01-20"},
			want: Periods{Unit: "week", Count: 3, From: "2026-12-31", Rule: "the dates in the file are weeks apart", Days: "every day"},
		},
		"an earlier day": {
			text: daily(100, true), flags: []string{"-asof", "2027-01-06"},
			want: Periods{Unit: "day", Count: 3, From: "2027-01-04", Rule: "there are fewer than 20 weeks", Days: "Monday to Friday, as nothing was done at a weekend"},
		},
		"a long history is cut": {
			text: rows(monday, 7, make([]int, 600)...) + "2040-01-02,4\n",
			want: Periods{
				Unit: "week", Count: 500, From: "2030-06-04",
				Rule: "the dates in the file are weeks apart, and earlier ones are not looked at", Days: "every day",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := commandtest.JSON[Report](t, program, "a.csv", test.text, test.flags...)
			require.Len(t, got.Periods.Done, got.Periods.Count)
			got.Periods.Done = nil
			require.Equal(t, test.want, got.Periods)
		})
	}
}

// TestHistoryTwin compares the periods with counts by a program that walks from day to day.
func TestHistoryTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		n, first := 1+rng.IntN(170), time.Date(2027, 1, 1+rng.IntN(7), 0, 0, 0, 0, time.UTC)
		counts := make([]int, n)
		done := map[string]int{}
		for i := range counts {
			if day := first.AddDate(0, 0, i); n%2 == 0 || flow.Weekdays()(day) {
				counts[i] = rng.IntN(4)
				done[day.Format(time.DateOnly)] = counts[i]
			}
		}
		counts[n-1]++
		done[first.AddDate(0, 0, n-1).Format(time.DateOnly)]++
		if done[first.Format(time.DateOnly)] == 0 {
			continue // the first day may then be part of no period
		}
		got := commandtest.JSON[Report](t, program, "a.csv", rows(first, 1, counts...))
		require.Equal(t, byHand(first, n, done), got.Periods.Done, "%s %v", first, counts)
	}
}

// byHand fills periods from the last day back.
func byHand(first time.Time, n int, done map[string]int) []int {
	atWeekends := false
	for day, items := range done {
		on, _ := time.Parse(time.DateOnly, day)
		atWeekends = atWeekends || items > 0 && !flow.Weekdays()(on)
	}
	size := 1
	if n >= 140 {
		if size = 5; atWeekends {
			size = 7
		}
	}
	var periods []int
	days, items := 0, 0
	for i := n - 1; i >= 0; i-- {
		day := first.AddDate(0, 0, i)
		items += done[day.Format(time.DateOnly)]
		if !atWeekends && !flow.Weekdays()(day) {
			continue
		}
		if days++; days == size {
			periods = append([]int{items}, periods...)
			days, items = 0, 0
		}
	}
	return periods
}

const tracker = `{"id":"e","issue_type":"Epic","status":"closed","created_at":"2027-03-01T08:00:00Z","closed_at":"2027-03-04T08:00:00Z"}
{"id":"a","status":"closed","created_at":"2027-03-01T08:00:00Z","started_at":"2027-03-02T08:00:00Z","closed_at":"2027-03-02T18:00:00Z"}
{"id":"b","status":"Done","created_at":"2027-03-01T08:00:00Z","closed_at":"2027-03-03T23:30:00-02:00"}

{"id":"c","status":"in progress","created_at":"2027-03-01T08:00:00Z","started_at":"2027-03-04T08:00:00Z"}
{"id":"d","status":"open","created_at":"2027-03-03","closed_at":"2027-03-03T10:00:00Z"}
{"id":"f","status":"wontfix","created_at":"2027-03-01T08:00:00Z"}
{"id":"g","status":"closed","created_at":"2027-03-01T08:00:00Z","closed_at":null}
{"id":"h"}
`

func TestTracker(t *testing.T) {
	got := commandtest.JSON[Report](t, program, "a.jsonl", tracker)
	require.Equal(t, "2027-03-04", got.AsOf)
	require.Equal(t, []int{0, 1, 0, 1}, got.Periods.Done, "days are those of UTC")
	require.Equal(t, 3, *got.Open, "what was reopened is open")
	require.Equal(t, []string{"1 epic", "1 dropped issue", "1 closed issue without closed_at"}, got.LeftOut)
	require.Equal(t, Times{Items: 2, P50: 2, P85: 4, P95: 4}, got.Flow.LeadTime)
	require.Equal(t, Times{Items: 1, P50: 1, P85: 1, P95: 1}, got.Flow.CycleTime)
	require.Equal(t, 1, *got.Flow.InProgress)
	require.Equal(t, Throughput{Mean: "0.50", SD: "0.58", Min: "0.00", Max: "1.00"}, got.Flow.Throughput)

	got = commandtest.JSON[Report](t, program, "a.jsonl", tracker, "-asof", "2027-03-02", "-open", "0")
	require.Equal(t, []int{0, 1}, got.Periods.Done)
	require.Equal(t, "1 later issue", got.LeftOut[3])
	require.Equal(t, 0, *got.Open)
	require.Empty(t, got.When)
	require.Equal(t, 0, *got.Flow.InProgress)
}

// A date is some time on its day: it is neither before nor after an instant on the same day.
func TestDatesBesideInstants(t *testing.T) {
	for name, times := range map[string]string{
		"closed on a date":            `"created_at":"2026-01-05T10:00:00Z","closed_at":"2026-01-05"`,
		"all three on a day":          `"created_at":"2026-01-05T10:00:00Z","started_at":"2026-01-05","closed_at":"2026-01-05T12:00:00Z"`,
		"started at an instant":       `"created_at":"2026-01-05","started_at":"2026-01-05T09:00:00Z","closed_at":"2026-01-05"`,
		"days of UTC":                 `"created_at":"2026-01-06T01:00:00+02:00","closed_at":"2026-01-05"`,
		"not started is Go's zero":    `"created_at":"2026-01-05","started_at":"0001-01-01T00:00:00Z","closed_at":"2026-01-05"`,
		"not created, in another way": `"created_at":"0001-01-01","started_at":"2026-01-05T09:00:00Z","closed_at":"2026-01-05"`,
	} {
		t.Run(name, func(t *testing.T) {
			got := commandtest.JSON[Report](t, program, "a.jsonl", `{"id":"a","status":"closed",`+times+"}")
			require.Equal(t, "2026-01-05", got.AsOf)
			require.Equal(t, []int{1}, got.Periods.Done)
			for _, one := range []Times{got.Flow.LeadTime, got.Flow.CycleTime} {
				require.True(t, one.Items == 0 || one.P50 == 1, one)
			}
		})
	}
}

// The dates are those of the library.
func TestForecast(t *testing.T) {
	got := commandtest.JSON[Report](t, program, "a.csv", daily(19, false), "-open", "12")
	history := forecast.Items(got.Periods.Done...)
	c, err := forecast.When(history, forecast.ItemScope(12))
	require.NoError(t, err)
	schedule := forecast.Schedule{Start: date(t, "2027-01-23"), Days: 1, Working: flow.Weekdays()}
	require.Len(t, got.When, 4)
	for _, one := range got.When {
		k, ok := c.Percentile(float64(one.Chance) / 100)
		require.True(t, ok)
		day, err := schedule.Date(k)
		require.NoError(t, err)
		require.Equal(t, When{Chance: one.Chance, Periods: &k, Date: day.Format(time.DateOnly)}, one)
	}
	for _, one := range got.HowMany {
		out, err := forecast.HowMany(history, one.Periods)
		require.NoError(t, err)
		for _, least := range one.AtLeast {
			amount, ok := out.Percentile(float64(least.Chance) / 100)
			require.True(t, ok)
			require.Equal(t, amount.IntPart(), least.Items)
		}
	}
	require.Equal(t, 7, got.Backtest.Warmup, "half of 15 periods")
	require.Equal(t, min(12, got.Done/4), got.Backtest.Amount)
	require.Equal(t, 8, got.Backtest.HowMany[0].Forecasts)
}

func TestTable(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.csv", someWeeks, "-open", "9")
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, `As of 2027-02-01, 9 items are open, 14 done from 2026-12-29 on.
The history is 5 periods of a week each, as the dates in the file are weeks apart.
Work is done on every day.

When all that is open is done
  Chance  Periods  Date
  50 %    4        2027-03-01
  70 %    5        2027-03-08
  85 %    10       2027-04-12
  95 %    18       2027-06-07

`, upTo(stdout, "At least"))
	_, stdout, _ = program.Text(t, "a.csv", someWeeks)
	require.Contains(t, stdout, "\nThe file does not say what is open: -open N forecasts when N items are done.\n")
}

func upTo(text, end string) string {
	before, _, _ := strings.Cut(text, end)
	return before
}

func TestSharedTracker(t *testing.T) {
	text := commandtest.ReadFile(t, commandtest.Shared(t, "backlogs", "cass.jsonl"))
	folder := t.TempDir()
	got := commandtest.JSON[Report](t, program, "cass.jsonl", text, "-out", folder)
	require.Equal(t, "2025-11-26", got.AsOf)
	require.Equal(t, "day", got.Periods.Unit)
	require.Equal(t, []string{"19 epics"}, got.LeftOut)
	require.Equal(t, 97, got.Done+*got.Open, "tasks in the file")
	require.Equal(t, 85, got.Done)
	require.Len(t, got.Pictures, 4)
	require.Len(t, got.Measures.Scores, 1, "no issue has points, or when it was begun")
	require.FileExists(t, filepath.Join(folder, "flow.svg"))
	for i, one := range append(got.Backtest.HowMany, got.Backtest.When...) {
		require.LessOrEqual(t, one.Held, one.Forecasts, i)
		require.Positive(t, one.Forecasts, i)
	}
}
