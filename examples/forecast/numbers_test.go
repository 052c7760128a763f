package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// A file of numbers is forecast like one with the dates of the same weeks.
func TestNumbers(t *testing.T) {
	var numbers strings.Builder
	counts := make([]int, 70)
	for i := range counts {
		counts[i] = (i*i + i/7) % 9
		fmt.Fprintf(&numbers, " %d\r\n", counts[i])
	}
	weeks := rows(date(t, "2027-01-04"), 7, counts...)
	dated := commandtest.JSON[Report](t, program, "a.csv", weeks, "-open", "30")
	undated := commandtest.JSON[Report](t, program, "a.txt", numbers.String(), "-open", "30")
	require.Empty(t, undated.AsOf)
	require.Empty(t, undated.Periods.From)
	require.Equal(t, dated.Periods.Done, undated.Periods.Done)
	require.Equal(t, dated.Calibration, undated.Calibration)
	require.Equal(t, dated.Backtest, undated.Backtest)
	for i, one := range undated.When {
		require.Empty(t, one.Date)
		require.Equal(t, *dated.When[i].Periods, *one.Periods)
	}
	asOf := commandtest.JSON[Report](t, program, "a.txt", numbers.String(), "-open", "30", "-asof", dated.AsOf)
	require.Equal(t, dated.When, asOf.When)
	require.Equal(t, dated.HowMany, asOf.HowMany)

	status, stdout, _ := program.Text(t, "a.txt", numbers.String(), "-open", "30", "-out", t.TempDir())
	require.Equal(t, command.Success, status)
	require.Contains(t, stdout, "The file has no dates: give its end as -asof DATE.")
	require.Contains(t, stdout, "forecast.svg")
	require.Contains(t, stdout, "calibration.svg")
	require.NotContains(t, stdout, "burnup.svg")
	require.NotContains(t, stdout, "2000")
	program.RequireBadInput(t, "a.txt", "1\n-2\nx\n1.5\n", []string{
		`a.txt:2:1: the line is "-2", want a whole number from 0 to 1000000; the week counts as not recorded`,
		`a.txt:3:1: the line is "x", want a whole number`, `a.txt:4:1: the line is "1.5", want a whole number`,
	}, "-strict")
	program.RequireBadInput(t, "a.txt", "x\ny\n", []string{`a.txt:1:1: the line is "x"`, `a.txt:2:1: the line is "y"`})
	program.RequireBadInput(t, "a.txt", "0\n0\n", []string{`a.txt:1:1: nothing was done, want a count above 0`})
	program.RequireBadInput(t, "a.txt", "1\n"+strings.Repeat("0\n", 600), []string{
		`a.txt:1:1: nothing was done in the last 500 periods, want a count above 0`,
	})
	program.RequireBadInput(t, "a.txt", "1000000\n1\n", []string{`a.txt:2:1: more than 1000000 items in all`})
	program.RequireBadInput(t, "a.txt", strings.Repeat("1\n", 5001), []string{`a.txt:5001:1: more than 5000 lines`})
}

// An odd count costs its week and no more: the history is that of the other weeks, as if nobody had asked in that one.
func TestOddCounts(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 8))
	for range 25 {
		var all, others, dated strings.Builder
		odd, start := 0, date(t, "2024-01-07")
		for i := range 45 {
			n := fmt.Sprint(rng.IntN(9))
			if text := []string{"NaN", "-1", "1.5", "1e3", "?"}[i%5]; i > 0 && i < 44 && rng.IntN(9) == 0 {
				n, odd = text, odd+1
			} else {
				others.WriteString(n + "\n")
			}
			all.WriteString(n + "\n")
			fmt.Fprintf(&dated, "%s,%s\n", start.AddDate(0, 0, 7*i).Format(time.DateOnly), n)
		}
		want := commandtest.JSON[Report](t, program, "a.txt", others.String(), "-open", "30")
		for name, text := range map[string]string{"a.txt": all.String(), "a.csv": dated.String()} {
			got := commandtest.JSON[Report](t, program, name, text, "-open", "30")
			require.Equal(t, want.Periods.Done, got.Periods.Done)
			require.Equal(t, want.Calibration, got.Calibration)
			for i, one := range got.HowMany {
				require.Equal(t, want.HowMany[i].AtLeast, one.AtLeast)
			}
			if odd == 0 {
				continue
			}
			require.Equal(t, []string{command.Counted(odd, "period that is not recorded", "periods that are not recorded")}, got.LeftOut)
			status, stdout, stderr := program.Text(t, name, text, "-strict")
			require.Equal(t, command.BadInput, status)
			require.Empty(t, stdout)
			require.Equal(t, min(odd, 21), strings.Count(stderr, "not recorded"))
		}
	}
}

// A line without a date costs what is missing between its neighbours, and a date that is there twice costs no more than itself.
func TestOddDates(t *testing.T) {
	const before, after = "2026-01-04,3\n2026-01-11,2\n", "2026-01-25,4\n2026-02-01,1\n"
	for text, want := range map[string][]int{
		before + "2026-01-18,7\n" + after:                  {3, 2, 7, 4, 1},
		before + "soon,7\n" + after:                        {3, 2, 4, 1},
		before + "2026-01-18\n" + after:                    {3, 2, 4, 1},
		before + "2026-01-18,7,7\n" + after:                {3, 2, 4, 1},
		before + "2026-01-18,7\n2026-01-18,8\n" + after:    {3, 2, 4, 1},
		before + "2026-01-18,7\n" + after + "2026-01-18,7": {3, 2, 7, 4, 1},
		before + "2026-01-18,7\n" + after + "all,17":       {3, 2, 7, 4, 1},
		"soon,1\n" + before + "2026-01-18,7\n" + after:     {3, 2, 7, 4, 1},
		before + after: {3, 2, 0, 4, 1}, // nobody wrote of it: nothing was done
	} {
		require.Equal(t, want, commandtest.JSON[Report](t, program, "a.csv", text).Periods.Done, text)
	}
	days := commandtest.JSON[Report](t, program, "a.csv", "2026-01-05,3\n2026-01-06,2\n01-07,4\n2026-01-08,1\n")
	require.Equal(t, []int{3, 2, 1}, days.Periods.Done)
	far := "2020-01-05,1\n" // the lines are in no order, and where the one without a date belongs cannot be told
	got := commandtest.JSON[Report](t, program, "a.csv", before+after+"1999-13-01,3\n"+far)
	require.Empty(t, got.LeftOut)
}
