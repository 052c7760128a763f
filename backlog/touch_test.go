package backlog_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// records is a snapshot by record: its JSON, with a story's sprint and an item's links in it, and the orders.
type records struct {
	of                map[string]string // by section and key
	stories, features []string
}

func recordsOf(t *testing.T, b *backlog.Backlog) records {
	t.Helper()
	var sections map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(snapshot(t, b)), &sections))
	r := records{of: map[string]string{"vision": string(sections["vision"]), "stage": string(sections["stage"])}}
	for _, name := range []string{"stories", "features", "goals", "horizons", "releases", "increments", "sprints", "people", "insights", "proposals", "questions", "risks", "impediments"} {
		var rows []map[string]json.RawMessage
		if sections[name] != nil {
			require.NoError(t, json.Unmarshal(sections[name], &rows))
		}
		for _, row := range rows {
			key := strings.Trim(string(row["id"]), `"`)
			if name == "people" {
				key = strings.Trim(string(row["name"]), `"`)
			}
			data, err := json.Marshal(row)
			require.NoError(t, err)
			r.of[name+" "+key] = string(data)
			switch name {
			case "stories":
				r.stories = append(r.stories, key)
			case "features":
				r.features = append(r.features, key)
			}
		}
	}
	for s := range b.Sprints() {
		if s.Status.IsOpen() {
			for _, id := range s.Stories {
				r.of["stories "+id.String()] += " in " + s.ID.String()
			}
		}
	}
	r.addLinks(t, sections)
	return r
}

func (r *records) addLinks(t *testing.T, sections map[string]json.RawMessage) {
	t.Helper()
	var needs []backlog.Dependency
	if sections["dependencies"] != nil {
		require.NoError(t, json.Unmarshal(sections["dependencies"], &needs))
	}
	for _, link := range needs {
		for _, item := range []backlog.ItemID{link.Item, link.Needs} {
			key := "features " + item.Feature.String()
			if !item.Story.IsZero() {
				key = "stories " + item.Story.String()
			}
			r.of[key] += fmt.Sprint(link)
		}
	}
	var relations []backlog.Relation
	if sections["relations"] != nil {
		require.NoError(t, json.Unmarshal(sections["relations"], &relations))
	}
	for _, link := range relations {
		r.of["stories "+link.Story.String()] += fmt.Sprint(link)
		r.of["stories "+link.Other.String()] += fmt.Sprint(link)
	}
}

// touchedBy returns the names of a set as records has them.
func touchedBy(items backlog.Items) map[string]bool {
	all := map[string]bool{}
	value := reflect.ValueOf(items)
	for i := range value.NumField() {
		name, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("json"), ",")
		field := value.Field(i)
		if field.Kind() == reflect.Bool {
			if field.Bool() {
				all[name] = true
			}
			continue
		}
		for j := range field.Len() {
			all[name+" "+fmt.Sprint(field.Index(j))] = true
		}
	}
	return all
}

// Whatever an event changes is in what it touches, and what it touches is what it names, changes, or
// might have changed. The dumb twin compares the records before and after.
func TestTouches(t *testing.T) {
	t.Parallel()

	const mayStay = "move_stories order_stories move_feature" // names what it moved, also if it is where it was
	for seed := range uint64(min(*histories, 150)) {
		_, events := wander(t, seed, 80, nil)
		b, err := backlog.New(optionsOf(seed))
		require.NoError(t, err)
		before := recordsOf(t, b)
		for _, event := range events {
			data, err := json.Marshal(event)
			require.NoError(t, err)
			var read backlog.Event
			require.NoError(t, json.Unmarshal(data, &read))
			require.NoError(t, b.Apply(read))
			after := recordsOf(t, b)
			items, known := read.Touches()
			require.True(t, known)
			requireAscending(t, items)
			touched := touchedBy(items)
			differing := map[string]bool{}
			for key := range before.of {
				differing[key] = before.of[key] != after.of[key]
			}
			for key := range after.of {
				differing[key] = before.of[key] != after.of[key]
			}
			differing["story_order"] = !slices.Equal(before.stories, after.stories)
			differing["feature_order"] = !slices.Equal(before.features, after.features)
			for key, differs := range differing {
				if differs {
					require.True(t, touched[key], "seed %d, event %d, %s: %s is not in what it touches", seed, read.Seq, data, key)
				}
			}
			if !strings.Contains(mayStay, read.Change.Kind()) {
				require.LessOrEqual(t, len(touched), len(differing))
			}
			before = after
		}
	}
}

func requireAscending(t *testing.T, items backlog.Items) {
	t.Helper()
	require.True(t, slices.IsSortedFunc(items.Stories, story.ID.Compare))
	require.True(t, slices.IsSortedFunc(items.Features, roadmap.FeatureID.Compare))
	require.True(t, slices.IsSorted(items.People))
}

// The kinds that name what they touch name the same as is seen when they are made.
func TestTouchesOfKindsThatNameThem(t *testing.T) {
	t.Parallel()

	named := map[string]bool{}
	for seed := range uint64(min(*histories, 150)) {
		_, events := wander(t, seed, 80, nil)
		b, err := backlog.New(optionsOf(seed))
		require.NoError(t, err)
		for _, event := range events {
			data, err := json.Marshal(event)
			require.NoError(t, err)
			if items, known := event.Touches(); known && !strings.Contains(string(data), `"touched"`) {
				kind := event.Change.Kind()
				named[kind] = true
				if kind == "move_stories" || kind == "order_stories" || kind == "move_activity" || kind == "move_goal" || kind == "move_feature" || kind == "order_features" {
					require.NoError(t, b.Apply(event))
					continue // what it moved it names, and has no record of
				}
				// As a record it is compared with what is seen.
				set, err := json.Marshal(items)
				require.NoError(t, err)
				withRecord := strings.TrimSuffix(string(data), "}") + `,"touched":` + string(set) + `}`
				require.NoError(t, json.Unmarshal([]byte(withRecord), &event))
			}
			require.NoError(t, b.Apply(event), string(data))
		}
	}
	require.Greater(t, len(named), 40)
}

// A record of what was touched that is not true is refused, and nothing is applied.
func TestTouchesForged(t *testing.T) {
	l := product(t, backlog.Options{})
	i := slices.IndexFunc(l.events, func(e backlog.Event) bool {
		data, err := json.Marshal(e)
		return err == nil && strings.Contains(string(data), `"touched":`)
	})
	require.Positive(t, i)
	data, err := json.Marshal(l.events[i])
	require.NoError(t, err)
	text := string(data)
	begin := strings.Index(text, `,"touched":`)
	require.Positive(t, begin)
	for name, touched := range map[string]string{
		"nothing":   `,"touched":{}`,
		"more":      `,"touched":{"vision":true,` + text[begin+len(`,"touched":{`):len(text)-1],
		"others":    `,"touched":{"people":["Uma"]}`,
		"not a set": `,"touched":7`,
		"unknown":   `,"touched":{"planets":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			b, err := backlog.Replay(backlog.Options{}, backlog.Recorded(l.events[:i]))
			require.NoError(t, err)
			before := snapshot(t, b)
			var event backlog.Event
			err = json.Unmarshal([]byte(text[:begin]+touched+"}"), &event)
			if err == nil {
				err = b.Apply(event)
			}
			require.Error(t, err)
			require.Equal(t, before, snapshot(t, b))
		})
	}
	// One that was recorded before there was such a record is applied, and its touches are not known.
	var old backlog.Event
	require.NoError(t, json.Unmarshal([]byte(text[:begin]+"}"), &old))
	b, err := backlog.Replay(backlog.Options{}, backlog.Recorded(l.events[:i]))
	require.NoError(t, err)
	require.NoError(t, b.Apply(old))
	_, known := old.Touches()
	require.False(t, known)
}

// What a caller does to the set that it was handed stays with the caller.
func TestTouchesClosed(t *testing.T) {
	l := product(t, backlog.Options{})
	for _, event := range l.events {
		want, err := json.Marshal(event)
		require.NoError(t, err)
		items, _ := event.Touches()
		for i := range items.Stories {
			items.Stories[i] = story.ID{}
		}
		got, err := json.Marshal(event)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
}

// Two people who edit two stories do not conflict; two who edit one do.
func TestExpectOf(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(po, backlog.AddStory{Story: newStory(1)}, backlog.AddStory{Story: newStory(2)})
	seen := l.Seq()
	title := "Another title"
	edit := func(n int) backlog.Change { return backlog.EditStory{Story: storyID(n), Title: &title} }
	decide := func(of backlog.Items) error {
		_, err := l.Decide([]backlog.Change{edit(1)}, po, l.At(), backlog.DecideOptions{Expect: &seen, ExpectOf: &of})
		return err
	}
	one := backlog.Items{Stories: []story.ID{storyID(1)}}
	l.do(po, edit(2))
	require.NoError(t, decide(one))
	require.NoError(t, decide(backlog.Items{}))
	require.ErrorIs(t, decide(backlog.Items{Stories: []story.ID{storyID(3), storyID(2), storyID(1)}}), backlog.ErrConflict)
	_, err := l.Decide([]backlog.Change{edit(1)}, po, l.At(), backlog.DecideOptions{Expect: &seen})
	require.ErrorIs(t, err, backlog.ErrConflict)

	l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(3)})
	var conflict *backlog.ConflictError
	require.ErrorAs(t, decide(one), &conflict)
	require.Len(t, conflict.Since, 1)
	require.Equal(t, "estimate_story", conflict.Since[0].Change.Kind())

	// A version that is yet to come is a conflict whatever it is of.
	seen = l.Seq() + 1
	require.ErrorIs(t, decide(backlog.Items{}), backlog.ErrConflict)
	// So is one that is not remembered.
	seen = l.Seq()
	for range 70 {
		l.do(po, edit(2))
	}
	require.ErrorIs(t, decide(one), backlog.ErrConflict)
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	seen = l.Seq() - 1
	require.NoError(t, decide(one))
	_, err = restored.Decide([]backlog.Change{edit(1)}, po, l.At(), backlog.DecideOptions{Expect: &seen, ExpectOf: &one})
	require.ErrorIs(t, err, backlog.ErrConflict)
}

// A change names a task, and the event touches the story that it is of.
func ExampleEvent_Touches() {
	b, _, at := exampleBacklog("Dark mode")
	dark, _ := b.StoryAt(0)
	dana := backlog.As("Dana", backlog.Developer)
	task := story.Task{ID: story.TaskID(uuid.New()), Title: "Choose the colours"}
	if _, err := b.Execute(backlog.AddTask{Story: dark.ID, Task: task}, dana, at); err != nil {
		panic(err)
	}
	event, err := b.Execute(backlog.FinishTask{Task: task.ID}, dana, at)
	if err != nil {
		panic(err)
	}
	items, known := event.Touches()
	fmt.Println(known, len(items.Stories), items.Stories[0] == dark.ID)
	// Output:
	// true 1 true
}
