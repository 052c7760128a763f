package story_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
)

// What goes in and what comes out is a copy: the list stays what it was.
func TestListNeverChanges(t *testing.T) {
	in := []string{"a", "b"}
	list := story.ListOf(in...)
	in[0] = "changed"
	out := list.Slice()
	out[0] = "changed"
	_ = append(list.Slice()[:1], "changed")
	for i, item := range list.All() {
		require.Equal(t, []string{"a", "b"}[i], item)
	}
	require.Equal(t, 2, list.Len())
	require.False(t, list.IsZero())
}

func TestListOfNothing(t *testing.T) {
	var zero story.List[string]
	require.Equal(t, zero, story.ListOf[string]())
	require.Equal(t, zero, story.ListOf([]string{}...), "the zero value is the empty list")
	require.True(t, zero.IsZero())
	require.Nil(t, zero.Slice())
	for range zero.All() {
		t.Fatal("an item")
	}
	for _, text := range []string{"[]", "null"} {
		read := story.ListOf("a")
		require.NoError(t, json.Unmarshal([]byte(text), &read))
		require.Equal(t, zero, read)
	}
	data, err := json.Marshal(zero)
	require.NoError(t, err)
	require.Equal(t, "[]", string(data))
}

func TestListEqualFunc(t *testing.T) {
	same := func(x, y string) bool { return x == y }
	require.True(t, story.ListOf("a", "b").EqualFunc(story.ListOf("a", "b"), same))
	require.False(t, story.ListOf("a", "b").EqualFunc(story.ListOf("b", "a"), same))
	require.False(t, story.ListOf("a").EqualFunc(story.List[string]{}, same))
}

func TestListUnmarshalRefuses(t *testing.T) {
	for _, text := range []string{`{}`, `"a"`, `[1]`, `[{"id":"x"}]`, `[{"title":"t","color":"red"}]`, `[`} {
		before := story.ListOf(story.Task{Title: "kept"})
		list := before
		require.Error(t, json.Unmarshal([]byte(text), &list), text)
		require.Equal(t, before, list)
	}
}
