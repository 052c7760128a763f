package main

import (
	"fmt"
	"strings"
	"testing"

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
		`a.txt:2:1: the line is "-2", want a whole number from 0 to 1000000`,
		`a.txt:3:1: the line is "x", want a whole number`, `a.txt:4:1: the line is "1.5", want a whole number`,
	})
	program.RequireBadInput(t, "a.txt", "1000000\n1\n", []string{`a.txt:2:1: more than 1000000 items in all`})
	program.RequireBadInput(t, "a.txt", strings.Repeat("1\n", 5001), []string{`a.txt:5001:1: more than 5000 lines`})
}
