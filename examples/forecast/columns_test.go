package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
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
	for name, text := range map[string]string{
		"semicolons":    "Woche;Erledigt;Team\n07.12.2025;3;a\n14.12.2025;0;a\n21.12.2025;5;a\n28.12.2025;2;a\n04.01.2026;1;a\n",
		"tabs, slashes": "done\tweek\n3\t12/7/2025\n0\t12/14/2025\n5\t12/21/2025\n2\t12/28/2025\n1\t1/4/2026\n",
		"sep":           "sep=;\r\nweek;n\r\n2025W49;3\r\n2025W50;0\r\n2025W51;5\r\n2025W52;2\r\n2026W01;1\r\n",
		"one is none":   "note,n,week\nx,3,2025-W49\nx,0,2025-W50\nx,5,2025-W51\nx,2,2025-W52\nx,1,2026-W01\n",
		"UTF-16":        "\xff\xfe" + strings.Join(strings.Split("week,n\n2025-W49,3\n2025-W50,0\n2025-W51,5\n2025-W52,2\n2026-W01,1\n", ""), "\x00") + "\x00",
	} {
		got := commandtest.JSON[Report](t, program, "a.csv", text)
		require.Equal(t, want.Periods, got.Periods, name)
		require.Equal(t, want.HowMany, got.HowMany, name)
	}
	// What is in doubt is said, and bad input with -strict.
	const doubt = "3/4/2025,1\n4/5/2025,2\n5/6/2025,3\n"
	status, _, stderr := program.Text(t, "a.csv", doubt, "-format", "json")
	require.Equal(t, command.Success, status)
	require.Contains(t, stderr, "a.csv:1:1: 3 dates could be day first or month first")
	program.RequireBadInput(t, "a.csv", doubt, []string{"a.csv:1:1: 3 dates could be day first or month first"}, "-strict")
}

// The days are those of a zone.
func TestZone(t *testing.T) {
	const text = "2026-01-05T23:30:00Z,3\n2026-01-07T01:00:00+02:00,1\n2026-01-08 01:00,1\n"
	got := commandtest.JSON[Report](t, program, "a.csv", text)
	require.Equal(t, []string{"2026-01-05", "2026-01-08"}, []string{got.Periods.From, got.AsOf})
	got = commandtest.JSON[Report](t, program, "a.csv", text, "-zone", "Europe/Berlin")
	require.Equal(t, []string{"2026-01-06", "2026-01-08"}, []string{got.Periods.From, got.AsOf[:10]})
	line := `{"id":"a","title":"A","status":"closed","created_at":"2026-01-04T10:00:00Z","closed_at":"2026-01-05T23:30:00Z"}` + "\n"
	require.Equal(t, "2026-01-05", commandtest.JSON[Report](t, program, "a.jsonl", line).AsOf)
	require.Equal(t, "2026-01-06", commandtest.JSON[Report](t, program, "a.jsonl", line, "-zone", "Asia/Tokyo").AsOf)
	program.RequireUsage(t, `forecast: invalid value "Mars" for flag -zone: want the name of a zone such as Europe/Berlin`, "-zone", "Mars", "a.csv")
}
