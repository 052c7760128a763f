package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// A blank is 0 if asked; if not, it is not recorded, and bad input with -strict.
func TestBlankZero(t *testing.T) {
	const lines = "2027-01-04,\n2027-01-11,5\n2027-01-18,\n2027-01-25,2\n"
	program.RequireBadInput(t, "a.csv", "date,count\n"+lines, []string{
		`a.csv:2:12: count is "", want a whole number from 0 to 1000000, or -blank-zero for 0; the row is left out, and 2027-01-04 counts as not`,
		`a.csv:4:12: count is "", want a whole number`,
	}, "-strict")
	require.Equal(t, []int{5, 2}, commandtest.JSON[Report](t, program, "a.csv", lines).Periods.Done)
	want := commandtest.JSON[Report](t, program, "a.csv", strings.ReplaceAll(lines, ",\n", ",0\n"))
	for _, head := range []string{"", "date,count\n", "week ending,Done\n"} {
		require.Equal(t, want.Periods, commandtest.JSON[Report](t, program, "a.csv", head+lines, "-blank-zero").Periods, head)
	}
	program.RequireBadInput(t, "a.csv", "2027-01-04,x\n", []string{`a.csv:1:12: count is "x"`}, "-blank-zero")
}

// A date far from all others is left out, or stays if asked.
func TestKeepFar(t *testing.T) {
	monday := time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC)
	text := rows(monday, 7, make([]int, 30)...) + rows(monday.AddDate(0, 0, 210), 7, 3, 5, 4) + "2020-01-06,1\n"
	left := commandtest.JSON[Report](t, program, "a.csv", text)
	require.Equal(t, []string{"the date 2020-01-06, far from all others"}, left.LeftOut)
	require.Equal(t, 12, left.Done)
	kept := commandtest.JSON[Report](t, program, "a.csv", text, "-keep-far")
	require.Empty(t, kept.LeftOut)
	require.Equal(t, 13, kept.Done)
	require.Greater(t, kept.Periods.Count, 300)

	tracked := issues(40) + `{"id":"z","status":"closed","created_at":"1970-01-01T00:00:00Z","closed_at":"2027-02-01T00:00:00Z"}`
	require.Contains(t, commandtest.JSON[Report](t, program, "a.jsonl", tracked).LeftOut, "the date 1970-01-01, far from all others")
	require.Empty(t, commandtest.JSON[Report](t, program, "a.jsonl", tracked, "-keep-far").LeftOut)
}

// issues are so many issues with points, begun a day before they are done, one every other day.
func issues(n int) string {
	var b strings.Builder
	for i := range n {
		at := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC).AddDate(0, 0, 2*i)
		one := map[string]any{"id": fmt.Sprint("a-", i), "issue_type": "task", "status": "closed", "points": 1 + i%3}
		one["created_at"], one["started_at"], one["closed_at"] = at.AddDate(0, 0, -3), at.AddDate(0, 0, -1), at
		if i >= n-2 {
			one["status"] = "in_progress"
			delete(one, "closed_at")
		}
		line, _ := json.Marshal(one)
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func TestChangedAndSeasons(t *testing.T) {
	monday := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC)
	counts := make([]int, 160)
	for i := range counts {
		if counts[i] = 12 + i%3; i >= 140 {
			counts[i] = 3 + i%3
		}
	}
	text := rows(monday, 7, counts...)
	all := commandtest.JSON[Report](t, program, "a.csv", text)
	changed := commandtest.JSON[Report](t, program, "a.csv", text, "-changed", monday.AddDate(0, 0, 7*139+1).Format(time.DateOnly))
	require.Less(t, changed.HowMany[4].AtLeast[0].Items, all.HowMany[4].AtLeast[0].Items)
	seasons := commandtest.JSON[Report](t, program, "a.csv", text, "-seasons")
	require.NotEqual(t, all.Calibration.Rows, seasons.Calibration.Rows)
	program.RequireBadInput(t, "a.txt", "3\n4\n", []string{"a.txt:1:1: the file has no dates, want -asof DATE beside -changed"}, "-changed", "2027-01-01")
	program.RequireUsage(t, `forecast: -changed is "soon", want a date such as 2027-03-01`, "-changed", "soon", "a.csv")
}

// What a tracker tells of flow is drawn, and which measure forecasts better is told.
func TestTrackerOfFlow(t *testing.T) {
	got := commandtest.JSON[Report](t, program, "a.jsonl", issues(160), "-out", t.TempDir())
	var names []string
	for _, name := range got.Pictures {
		names = append(names, filepath.Base(name))
		commandtest.ReadFile(t, name)
	}
	require.Equal(t, []string{
		"burnup.svg", "flow.svg", "arrivals.svg", "cycletime.svg", "aging.svg", "statetime.svg", "forecast.svg", "calibration.svg",
	}, names)
	require.Len(t, got.Measures.Scores, 3)
	status, stdout, stderr := program.Text(t, "a.jsonl", issues(400))
	require.Equal(t, command.Success, status, stderr)
	require.Contains(t, stdout, "By which measure the next items are forecast: ")
}

// The pictures of the flow agree on how much waits and is in progress, also of what nobody began.
func TestPicturesOfFlowAgree(t *testing.T) {
	text := issues(160)
	for i := range 7 {
		text += fmt.Sprintf(`{"id":"new-%d","title":"N","status":"open","created_at":"2027-01-0%d"}`+"\n", i, i+1)
	}
	got := commandtest.JSON[Report](t, program, "a.jsonl", text, "-out", t.TempDir())
	pictures := make(map[string]string)
	for _, name := range got.Pictures {
		pictures[filepath.Base(name)] = commandtest.ReadFile(t, name)
	}
	last := regexp.MustCompile(`.* (\d+) waiting, (\d+) in progress, \d+ done\.</desc>`).FindStringSubmatch(pictures["flow.svg"])
	require.Len(t, last, 3)
	now := regexp.MustCompile(`(?s)waiting .*?; (\d+) there now\. in progress: .*?; (\d+) there now`).FindStringSubmatch(pictures["statetime.svg"])
	require.Len(t, now, 3)
	require.Equal(t, last[1:], now[1:])
	require.Equal(t, "7", now[1])
	require.Contains(t, pictures["aging.svg"], "in progress: "+now[2]+" in progress")
}
