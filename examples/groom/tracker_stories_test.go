package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
	"github.com/backlogkit/backlogkit/story"
)

// Open issues that are stories, by title or description, are taken apart and judged; findings name others by id.
func TestTrackerStories(t *testing.T) {
	const file = "Issue key,Summary,Issue Type,Status,Description\n" +
		"A-1,\"As a user, after I log in, I want to see my name so that I know it\",Story,To Do,\n" +
		"A-2,Beleg,Story,To Do,\"Als Käufer möchte ich einen Beleg, wenn ich zahle, damit ich ihn habe\"\n" +
		"A-3,Fix the login page,Bug,To Do,\n" +
		"A-4,\"As a user, I want to pay so that I am done\",Story,Done,\n" +
		"A-5,\"As a user, after I log in, I want to see my name so that I know it\",Story,To Do,\n"
	got := commandtest.JSON[struct {
		trackerJSON
		Stories []trackerStory `json:"stories"`
	}](t, program, "a.csv", file)
	require.Len(t, got.Stories, 3)
	require.Equal(t, "A-1", got.Stories[0].ID)
	require.Equal(t, 2, got.Stories[0].Line)
	require.Equal(t, []string{"after I log in"}, got.Stories[0].Conditions.Slice())
	require.Equal(t, "A-2", got.Stories[1].ID)
	require.Equal(t, []string{"wenn ich zahle"}, got.Stories[1].Conditions.Slice())
	require.Equal(t, story.German, got.Stories[1].Language)
	var messages []string
	for _, f := range got.Stories[2].Findings {
		messages = append(messages, f.Message)
	}
	require.Contains(t, messages, "the same as A-1: keep one of them")
}
