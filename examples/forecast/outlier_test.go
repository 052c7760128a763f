package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// What is evenly spaced has no outlier, whatever its length and step.
func TestEvenDatesAreNotFar(t *testing.T) {
	for n := 1; n <= 400; n++ {
		for _, step := range []int{1, 7, 365, 366, 400, 4000, 50_000} {
			if n*step > 3_600_000 { // a date has no more than four digits of years
				continue
			}
			var dates []time.Time
			for i := range n {
				dates = append(dates, date(t, "0002-01-01").AddDate(0, 0, i*step))
			}
			rand.New(rand.NewPCG(1, uint64(n))).Shuffle(n, func(i, j int) { dates[i], dates[j] = dates[j], dates[i] })
			first, last := farDates(dates)
			require.Equal(t, date(t, "0002-01-01"), first)
			require.Equal(t, date(t, "0002-01-01").AddDate(0, 0, (n-1)*step), last)
		}
	}
}

// A far date moves nothing: the report is that of the file without it, and names it.
func TestFarDates(t *testing.T) {
	line := func(i int, created, closed string) string {
		return fmt.Sprintf(`{"id":"a-%d","title":"a","status":"closed","created_at":"%s","closed_at":"%s"}`+"\n", i, created, closed)
	}
	var lines strings.Builder
	for i := range 60 {
		at := date(t, "2026-01-05").AddDate(0, 0, 3*i)
		lines.WriteString(line(i, at.Format(time.DateOnly), at.AddDate(0, 0, 2).Format(time.DateOnly)))
	}
	want := commandtest.JSON[Report](t, program, "a.jsonl", lines.String())
	for _, far := range []string{"1970-01-01", "2052-03-01", "2028-01-01"} {
		got := commandtest.JSON[Report](t, program, "a.jsonl", lines.String()+line(99, far, far))
		require.Equal(t, want.AsOf, got.AsOf, far)
		require.Equal(t, want.Periods, got.Periods, far)
		require.Contains(t, strings.Join(got.LeftOut, "; "), far)
	}

	weeks := rows(date(t, "2025-01-05"), 7, make([]int, 40)...) + "2026-01-04,3\n"
	plain := commandtest.JSON[Report](t, program, "a.csv", weeks)
	got := commandtest.JSON[Report](t, program, "a.csv", weeks+"1970-01-01,4\n")
	require.Equal(t, plain.Periods, got.Periods)
	require.Contains(t, strings.Join(got.LeftOut, "; "), "1970-01-01")
}

// Times as trackers write them are those of RFC 3339, and an issue that was done before it came, or was begun
// before it, costs no more than the time it took.
func TestTrackerTimes(t *testing.T) {
	line := func(i int, created, closed string) string {
		return fmt.Sprintf(`{"id":"a-%d","title":"a","status":"closed","created_at":"%s","closed_at":"%s"}`+"\n", i, created, closed)
	}
	const plain = "2025-12-01T15:04:00Z"
	other := line(1, "2025-12-02T10:00:00Z", "2025-12-05T10:00:00Z")
	want := commandtest.JSON[Report](t, program, "a.jsonl", line(0, plain, plain)+other)
	for _, text := range []string{
		"2025-12-01T15:04:00.000+0000", "20251201T150400Z", "2025-12-01 15:04:00 UTC", "2025-12-01T15:04Z", "1/Dec/25 3:04 PM",
	} {
		require.Equal(t, want, commandtest.JSON[Report](t, program, "a.jsonl", line(0, text, text)+other), text)
	}
	backwards := line(0, "2025-12-03T10:00:00Z", plain) + other
	got := commandtest.JSON[Report](t, program, "a.jsonl", backwards)
	require.Equal(t, want.Done, got.Done)
	require.Equal(t, 1, got.Flow.LeadTime.Items, "it is left out of lead times")
	_, _, stderr := program.Text(t, "a.jsonl", backwards)
	require.Contains(t, stderr, "a.jsonl:1:1: created on 2025-12-03 is after done on 2025-12-01; left out of what needs both")
}
