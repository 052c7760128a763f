package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// Headers and cells are as people write them.
func TestForeignSheets(t *testing.T) {
	for name, test := range map[string]struct {
		text, method string
		want         []string
	}{
		"rice":       {"Feature,Reach,Impact,Confidence,Effort,RICE Score\nA,1000,2,80%,2,800\nB,\"5,000\",1,50%,1,2500\n", "rice", []string{"B", "A"}},
		"units":      {"Rank,Name,Reach,Impact,Confidence (%),Effort (person-months),RICE score\n1,A,100,High,80,2,\n2,B,100,Low,80,2,\n", "rice", []string{"A", "B"}},
		"short":      {"id,title,bv,tc,rr,js\n1,A,1,1,1,1\n2,B,8,8,8,1\n", "wsjf", []string{"B", "A"}},
		"semicolons": {"Title;Cost of Delay;Duration;\nA;1,5;3;\nB;6;3;\n", "cd3", []string{"B", "A"}},
		"moscow":     {"ID,Title,MoSCoW,Owner\n1,A,Could-have,x\n2,B,M,y\n", "moscow", []string{"B", "A"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := commandtest.JSON[sheetJSON](t, program, "a.csv", test.text)
			require.Equal(t, test.method, got.Method)
			var titles []string
			for _, item := range got.Ranking {
				titles = append(titles, item.Title)
			}
			require.Equal(t, test.want, titles)
		})
	}
}

// A priority of numbers is none of MoSCoW: a sheet with nothing to score by is told so in one sentence.
func TestForeignWithNothingToScoreBy(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.csv", "Story ID,Story Name,Story Points,Complexity,Dependencies,Priority\nUS1,A,2,1,,2\nUS2,B,3,1,US1,3\n")
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
	require.Equal(t, 1, strings.Count(stderr, "\n"), stderr)
	require.Contains(t, stderr, "not enough columns to rank by")
}

// A row that cannot be read costs that row: it is unscored, and with -strict bad input.
func TestForeignOddRow(t *testing.T) {
	text := "Feature,Reach,Impact,Confidence,Effort\nA,many,2,80%,2\nB,5,1,50%,1\nC,5,,50%,1\n"
	status, stdout, stderr := program.Text(t, "a.csv", text, "-format", "json")
	require.Equal(t, command.Success, status, stderr)
	got := commandtest.Decode[sheetJSON](t, stdout)
	require.Equal(t, "B", got.Ranking[0].Title)
	require.Len(t, got.Unscored, 2)
	require.Equal(t, "A", got.Unscored[0].Title)
	require.Contains(t, got.Unscored[0].Reason, "reach")
	require.Contains(t, stderr, "a.csv:2:1: ")
	status, stdout, _ = program.Text(t, "a.csv", text, "-strict")
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
}
