package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStories(t *testing.T) {
	got := groomJSON[[]storyLine](t, "a.txt",
		"\uFEFFAs a user, I want to see X, so that I know Y.\r\n\r\n  As an admin, I want a report\r\nAs a follow-up, we need tests\r\n")
	var severities [][]string
	for i := range got {
		var found []string
		for _, f := range got[i].Findings {
			require.NotEmpty(t, f.Rule)
			require.NotEmpty(t, f.Message)
			found = append(found, f.Severity)
		}
		severities = append(severities, found)
		got[i].Findings = nil
	}
	require.Empty(t, severities[0])
	require.Equal(t, []string{"warning"}, severities[1], "a missing benefit")
	require.Contains(t, severities[2], "error", "a role that is none")
	require.Equal(t, []storyLine{
		{
			Line: 1, Text: "As a user, I want to see X, so that I know Y.", Story: true,
			Role: "user", Marker: "I want to", Goal: "see X", Benefit: "I know Y",
		},
		{
			Line: 3, Text: "As an admin, I want a report", Story: true,
			Role: "admin", Marker: "I want", Goal: "a report",
		},
		{
			Line: 4, Text: "As a follow-up, we need tests", Story: false,
			Role: "follow-up", Marker: "we need", Goal: "tests",
		},
	}, got)
}

func TestStoriesTable(t *testing.T) {
	status, stdout, stderr := groomText(t, "a.txt", "As a user, I want to see X, so that I know Y.\nnonsense\n")
	require.Equal(t, success, status, stderr)
	require.Contains(t, stdout, "2 lines, 1 user story, ")
	require.Contains(t, stdout, `
1: As a user, I want to see X, so that I know Y.
  role     user
  goal     I want to see X
  benefit  I know Y

2: nonsense
`)
}
