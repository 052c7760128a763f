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
