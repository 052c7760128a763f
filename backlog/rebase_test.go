package backlog_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// One field of an event is taken back though another was changed since, by whoever may touch it now.
func TestRevertByField(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More"), Key: backlog.Set("SHOP-1")})
	edited := len(l.events) - 1
	l.do(dev, backlog.AddTask{Story: storyID(1), Task: story.Task{ID: taskID(9), Title: "a task"}})
	l.do(po, backlog.EditStory{Story: storyID(1), Labels: backlog.Set(story.ListOf("web"))})
	revert := l.reverse(backlog.Options{}, edited)
	l.do(po, revert)
	s, _ := l.Story(storyID(1))
	require.Equal(t, "Story 1", s.Title)
	require.Empty(t, s.Key())
	require.Equal(t, 2, s.Tasks.Len())
	require.Equal(t, 1, s.Details.Value().Labels.Len())

	// What the event changed and somebody changed since stays, by name.
	l.do(po, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More"), Key: backlog.Set("SHOP-1")})
	edited = len(l.events) - 1
	l.do(po, backlog.EditStory{Story: storyID(1), Key: backlog.Set("SHOP-2")})
	require.ErrorContains(t, l.Can(l.reverse(backlog.Options{}, edited), po, l.At()), "key of story")

	// Another team's story is that team's to change back.
	l.do(po, backlog.EditStory{Story: storyID(2), Title: backlog.Set("More")})
	edited = len(l.events) - 1
	red := backlog.As("Rita").WithRole(backlog.ProductOwner, "red")
	require.NoError(t, l.Can(l.reverse(backlog.Options{}, edited), red, l.At()))
	l.do(po, backlog.AssignStoryTeam{Story: storyID(2), Team: "blue"})
	require.ErrorIs(t, l.Can(l.reverse(backlog.Options{}, edited), red, l.At()), backlog.ErrNotAllowed)
	require.NoError(t, l.Can(l.reverse(backlog.Options{}, edited), red.WithRole(backlog.ProductOwner, "blue"), l.At()))
}

// What is taken back long after has the fields that the event changed as before the event, and all other
// fields as they were.
func TestRevertByFieldIsExact(t *testing.T) {
	t.Parallel()

	merged := 0
	for seed := range uint64(*histories / 3) {
		d := newDice(seed + 3_000_000)
		b, events := wander(t, seed, 60, nil)
		for range 5 {
			event := events[d.IntN(len(events))]
			before, err := backlog.ReplayTo(optionsOf(seed), backlog.Recorded(events), event.Seq-1)
			require.NoError(t, err)
			revert, err := before.Reverse(event)
			require.NoError(t, err)
			after := before.Clone()
			require.NoError(t, after.Apply(event))
			now := recordFields(t, b)
			if _, err := b.Execute(revert, zoe, b.At()); err != nil {
				continue
			}
			was, is := recordFields(t, before), recordFields(t, after)
			for key, fields := range recordFields(t, b) {
				if now[key] == nil || was[key] == nil || is[key] == nil {
					continue
				}
				for name, value := range fields {
					if was[key][name] == is[key][name] {
						require.Equal(t, now[key][name], value, "%s: %s.%s", event.Change.Kind(), key, name)
					} else {
						require.Equal(t, is[key][name], now[key][name], "%s: %s.%s", event.Change.Kind(), key, name)
						require.Equal(t, was[key][name], value, "%s: %s.%s", event.Change.Kind(), key, name)
					}
				}
				for name := range now[key] {
					if now[key][name] != is[key][name] {
						merged++
						break
					}
				}
			}
			break
		}
	}
	require.Positive(t, merged)
}

// recordFields returns the fields of all goals, stories, features, sprints and increments, details left out.
func recordFields(t *testing.T, b *backlog.Backlog) map[string]map[string]string {
	var all map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(snapshot(t, b)), &all))
	found := map[string]map[string]string{}
	for _, section := range []string{"goals", "stories", "features", "sprints", "increments"} {
		var records []map[string]json.RawMessage
		if all[section] == nil {
			continue
		}
		require.NoError(t, json.Unmarshal(all[section], &records))
		for _, record := range records {
			fields := map[string]string{}
			for name, value := range record {
				if name != "details" {
					fields[name] = string(value)
				}
			}
			found[section+string(record["id"])] = fields
		}
	}
	return found
}
