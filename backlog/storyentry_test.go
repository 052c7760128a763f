package backlog_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// TestStoryEntrySize holds the memory that a story takes: what few stories have goes behind a pointer.
func TestStoryEntrySize(t *testing.T) {
	require.LessOrEqual(t, backlog.StoryEntrySize, uintptr(256))
}

// An entry keeps every field of a story.
func TestStoryIsKept(t *testing.T) {
	s := story.Story{
		ID: storyID(1), Title: "title", Feature: featureID(1), Parent: storyID(2), Team: "red", Status: story.Ready,
		Narrative: story.Narrative{
			Role: "role", Conditions: story.ConditionsOf("after it"), Goal: "goal", Benefit: "benefit", Language: story.English,
		},
		Criteria: shows(1, 2), Estimate: story.Points(3),
		Tasks:   story.ListOf(story.Task{ID: taskID(1), Title: "task"}),
		Details: story.ConstOf(story.Details{Due: start.Add(time.Hour)}),
	}
	for _, value := range []reflect.Value{reflect.ValueOf(s), reflect.ValueOf(s.Narrative)} {
		for _, field := range reflect.VisibleFields(value.Type()) {
			require.False(t, value.FieldByIndex(field.Index).IsZero(), "%s is set", field.Name)
		}
	}
	require.Equal(t, s, backlog.Kept(s))
}
