package story_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// What does not fit is named with its path.
func TestDetailsValidate(t *testing.T) {
	long := strings.Repeat("x", field.MaxText+1)
	bad := story.Details{
		Key: " SHOP-1", Kind: "a\nb", Labels: story.ListOf(""), Description: long, Assignee: "\x00", Due: time.Unix(1<<40, 0),
		Data: story.ListOf(story.DataValue{Value: long}), Past: story.Past{Done: time.Unix(1<<40, 0)},
	}
	var paths []string
	for problem := range field.All(bad.Validate()) {
		paths = append(paths, problem.Field)
	}
	require.Equal(t, []string{
		"key", "kind", "labels[0]", "description", "assignee", "due", "data[0].name", "data[0].value", "past.done",
	}, paths)
	require.NoError(t, story.Details{}.Validate())
}

// A Const is copied like a number, and JSON gives it back.
func TestConst(t *testing.T) {
	details := story.Details{Key: "SHOP-1", Labels: story.ListOf("web"), Due: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)}
	c := story.ConstOf(details)
	details.Key = "SHOP-2"
	require.Equal(t, "SHOP-1", c.Value().Key)
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var again story.Const[story.Details]
	require.NoError(t, json.Unmarshal(data, &again))
	require.True(t, c.EqualFunc(again, story.Details.Equal))

	require.Error(t, json.Unmarshal([]byte(`{"key":"SHOP-3","colour":"red"}`), &again))
	require.Equal(t, "SHOP-1", again.Value().Key)
	require.NoError(t, json.Unmarshal([]byte(`{}`), &again))
	require.True(t, again.IsZero())
	require.True(t, story.ConstOf(story.Details{}).IsZero())
}
