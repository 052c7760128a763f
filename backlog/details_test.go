package backlog_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// What trackers record is edited field by field, and comes back from events and snapshots.
func TestDetails(t *testing.T) {
	l := product(t, backlog.Options{})
	data := story.ListOf(story.DataValue{Name: "Weight", Type: "number", Value: "2.5"}, story.DataValue{Name: "Weight"})
	l.do(po, backlog.EditStory{
		Story: storyID(1), Key: backlog.Set("SHOP-1"), ItemKind: backlog.Set(story.Defect), Labels: backlog.Set(story.ListOf("web")),
		Description: backlog.Set("How it fails."), Due: backlog.Set(start), Data: backlog.Set(data),
	})
	l.do(dev, backlog.AssignStoryAssignee{Story: storyID(1), Assignee: "Dana"})
	s, ok := l.StoryByKey("SHOP-1")
	require.True(t, ok)
	want := story.Details{
		Key: "SHOP-1", Kind: story.Defect, Labels: story.ListOf("web"), Description: "How it fails.", Assignee: "Dana", Due: start, Data: data,
	}
	require.True(t, want.Equal(s.Details.Value()))

	again, err := backlog.Replay(backlog.Options{}, backlog.Recorded(l.events))
	require.NoError(t, err)
	require.Equal(t, snapshot(t, l.Backlog), snapshot(t, again))
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	require.Equal(t, snapshot(t, l.Backlog), snapshot(t, restored))

	l.do(po, backlog.EditStory{Story: storyID(1), Key: backlog.Set("")})
	_, ok = l.StoryByKey("SHOP-1")
	require.False(t, ok)
	_, ok = l.StoryByKey("")
	require.False(t, ok)
}

// A key is one item's, whether a story or a feature, on every path.
func TestKeysAreUnique(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.EditStory{Story: storyID(1), Key: backlog.Set("SHOP-1")})
	l.do(po, backlog.EditStory{Story: storyID(1), Key: backlog.Set("SHOP-1")})
	keyed := newStory(9)
	keyed.Details = story.ConstOf(story.Details{Key: "SHOP-1"})
	feature := roadmap.Feature{ID: featureID(9), Title: "More", Details: keyed.Details}
	twice := newStory(10)
	twice.Details = story.ConstOf(story.Details{Key: "SHOP-9"})
	other := twice
	other.ID, other.Criteria = storyID(11), story.List[story.Criterion]{}
	for _, test := range []struct {
		change backlog.Change
		by     backlog.Actor
		class  error
	}{
		{backlog.AddStory{Story: keyed}, po, backlog.ErrExists},
		{backlog.AddFeature{Feature: feature}, pm, backlog.ErrExists},
		{backlog.EditStory{Story: storyID(2), Key: backlog.Set("SHOP-1")}, po, backlog.ErrExists},
		{backlog.EditFeature{Feature: featureID(1), Key: backlog.Set("SHOP-1")}, pm, backlog.ErrExists},
		{backlog.SplitStory{Story: storyID(1), Into: []story.Story{twice, other}}, po, field.ErrInvalid},
	} {
		_, err := l.Execute(test.change, test.by, l.At())
		require.ErrorIs(t, err, test.class, test.change.Kind())
		require.ErrorContains(t, err, "key", test.change.Kind())
	}
	l.do(po, backlog.EditStory{Story: storyID(1), Key: backlog.Set("SHOP-2")})
	l.do(pm, backlog.EditFeature{Feature: featureID(1), Key: backlog.Set("SHOP-1")})
	f, ok := l.FeatureByKey("SHOP-1")
	require.True(t, ok)
	require.Equal(t, featureID(1), f.ID)

	var all map[string]any
	require.NoError(t, json.Unmarshal([]byte(snapshot(t, l.Backlog)), &all))
	all["stories"].([]any)[0].(map[string]any)["details"] = map[string]any{"key": "SHOP-1"}
	data, err := json.Marshal(all)
	require.NoError(t, err)
	_, err = backlog.Restore(backlog.Options{}, data)
	require.ErrorIs(t, err, backlog.ErrExists)
}
