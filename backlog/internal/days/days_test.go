package days_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/internal/days"
)

// A day begins with its first instant, whatever the clocks do: an instant earlier is an earlier day.
func TestStart(t *testing.T) {
	for name, first := range map[string][3]int{
		"UTC":               {2024, 2, 20},
		"America/Sao_Paulo": {2018, 10, 28}, // 4 November began at one o'clock
		"Asia/Tehran":       {2021, 3, 15},  // 22 March did
		"Africa/Cairo":      {2023, 4, 20},
		"America/New_York":  {2024, 10, 28},
		"Pacific/Apia":      {2011, 12, 25}, // there was no 30 December
	} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("no time zones here: ", err)
		}
		noon := time.Date(first[0], time.Month(first[1]), first[2], 12, 30, 0, 0, loc)
		for i := range 15 {
			start := days.Add(noon, i)
			require.Equal(t, start, days.Start(start), "%s: %s", name, start)
			require.Less(t, days.Number(start.Add(-time.Second)), days.Number(noon)+i, "%s: %s", name, start)
			if name == "Pacific/Apia" && i == 5 {
				require.True(t, start.Equal(days.Add(noon, 6)))
				continue
			}
			require.Equal(t, days.Number(noon)+i, days.Number(start), "%s: %s", name, start)
		}
	}
}

// Days are numbered from 1 January 1970, a hundred years before it and after it one by one, whatever the time of day and the zone.
func TestNumber(t *testing.T) {
	east := time.FixedZone("east", 14*60*60)
	for n := -36_500; n < 36_500; n++ {
		day := time.Date(1970, 1, 1+n, 0, 0, 0, 0, time.UTC)
		for _, at := range []time.Time{day, day.Add(24*time.Hour - 1), time.Date(1970, 1, 1+n, 23, 59, 59, 0, east)} {
			if got := days.Number(at); got != n {
				require.Equal(t, n, got, at)
			}
		}
	}
}

// A day begins at the instant to which the clocks are put forward, to the second.
func TestStartOfADayWithoutMidnight(t *testing.T) {
	for name, want := range map[string]string{
		"America/Sao_Paulo": "2018-11-04T01:00:00-02:00",
		"Africa/Monrovia":   "1972-01-07T00:44:30Z", // until then the clocks were 44 minutes and 30 seconds behind
	} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("no time zones here: ", err)
		}
		start, err := time.Parse(time.RFC3339, want)
		require.NoError(t, err)
		require.Equal(t, want, days.Start(start.In(loc).Add(5*time.Hour)).Format(time.RFC3339))
		require.True(t, start.Equal(days.Add(start.In(loc).Add(-20*time.Hour), 1)), name)
	}
}
