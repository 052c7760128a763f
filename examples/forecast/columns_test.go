package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// However a sheet writes its weeks, the forecast is that of plain lines.
func TestColumns(t *testing.T) {
	want := commandtest.JSON[Report](t, program, "a.csv", "2025-12-07,3\n2025-12-14,0\n2025-12-21,5\n2025-12-28,2\n2026-01-04,1\n")
	for name, test := range map[string]struct{ text, ignored string }{
		"another header": {"Week ending,Done\n2025-12-07,3\n2025-12-14,0\n2025-12-21,5\n2025-12-28,2\n2026-01-04,1\n", ""},
		"weeks":          {"week,n\n2025-W49,3\n2025-W50,0\n2025-W51,5\n2025-W52,2\n2026-W01,1\n", ""},
		"commas, zeros":  {"2025-12-07,3.0,\n2025-12-14,0.00,,\n2025-12-21,5,\n2025-12-28,2\n2026-01-04,1,\n", ""},
		"more columns": {
			"team,wip,throughput,day,note\nblue,9,3,2025-12-07,x\nblue,9,0,2025-12-14,\nblue,8,5,2025-12-21\nblue,8,2,2025-12-28,\nblue,8,1,2026-01-04,\n",
			"the columns team, wip, note",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := commandtest.JSON[Report](t, program, "a.csv", test.text)
			require.Equal(t, want.Periods, got.Periods)
			require.Equal(t, want.HowMany, got.HowMany)
			require.Equal(t, test.ignored, strings.Join(got.LeftOut, "; "))
		})
	}
	for _, text := range []string{"2025-W53", "2025-W00", "2025-W54", "2025-W4"} {
		_, ok := parseDay(text)
		require.False(t, ok, text)
	}
	_, ok := parseDay("2026-W53")
	require.True(t, ok)
}
