package diff_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/backlog/form"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

var update = flag.Bool("update", false, "write the texts of testdata anew")

// What each change of a history that has every kind of change and every field comes to in words, there and back.
// What is said of two states is nothing if and only if their snapshots are the same.
func TestBetweenEveryChange(t *testing.T) {
	states := replayed(t, "../testdata/golden/whole.events.jsonl.gz", 1)
	var text bytes.Buffer
	for i, b := range states[1:] {
		there, back := diff.Between(states[i].View(), b.View()), diff.Between(b.View(), states[i].View())
		same := snapshot(t, states[i]) == snapshot(t, b)
		require.Equal(t, same, len(there) == 0, "%d %q", b.Seq(), lines(there))
		require.Equal(t, same, len(back) == 0, "%d %q", b.Seq(), lines(back))
		for _, line := range lines(there) {
			fmt.Fprintf(&text, "%d  %s\n", b.Seq(), line)
		}
		for _, line := range lines(back) {
			fmt.Fprintf(&text, "%d< %s\n", b.Seq(), line)
		}
	}
	for _, line := range lines(diff.Between(states[0].View(), states[len(states)-1].View())) {
		fmt.Fprintf(&text, "all  %s\n", line)
	}
	requireText(t, "testdata/whole.txt", text.String())
}

// requireText compares a text with a file.
func requireText(t *testing.T, name, text string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), text)
}

// words returns the texts of every closed set of changes.
func words(fields []form.Field) (all []string) {
	for _, field := range fields {
		all = append(append(all, field.Values...), words(field.Fields)...)
	}
	return all
}

// others returns what might stand in the place of a value of JSON.
func others(value any, closed []string) (all []any) {
	switch value := value.(type) {
	case bool:
		return []any{!value}
	case float64:
		return []any{value + 1, value - 1}
	case string:
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return []any{at.Add(time.Hour), at.Add(-time.Hour)}
		}
		if id, err := uuid.Parse(value); err == nil {
			for _, last := range []byte{0, 1, 2, 7, 8, 9, 90} {
				id[15] = last
				all = append(all, id.String())
			}
			return all
		}
		if d, err := decimal.NewFromString(value); err == nil {
			return []any{d.Add(decimal.NewFromInt(1)), d.Sub(decimal.NewFromInt(1))}
		}
		if !slices.Contains(closed, value) {
			return []any{value + " too", "10s"}
		}
		for _, word := range closed {
			all = append(all, word)
		}
	}
	return all
}

// variants calls try for each way in which one value of a document is another, or one is not there, until it returns
// true or was called often: once for all values with the same path but for indexes.
type variants struct {
	closed []string
	try    func(path string) bool
	done   map[string]bool
	tried  map[string]int
}

func (v variants) once(path string) {
	const often = 80
	if !v.done[path] && v.tried[path] < often {
		v.tried[path]++
		v.done[path] = v.try(path)
	}
}

func (v variants) of(path string, value any, set func(any)) {
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			at, old := path+"."+name, value[name]
			delete(value, name)
			v.once("no " + at)
			value[name] = old
			if strings.HasSuffix(path, ".assessment") && v.done[path+".*"] {
				continue // one method as the other
			}
			v.done[path+".*"] = true
			v.of(at, old, func(other any) { value[name] = other })
		}
	case []any:
		for i, old := range value {
			set(slices.Delete(slices.Clone(value), i, i+1))
			v.once("no " + path + "[]")
			set(value)
			v.of(path+"[]", old, func(other any) { value[i] = other })
		}
	default:
		for _, other := range others(value, v.closed) {
			if set(other); other != value {
				v.once(path)
			}
		}
		set(value)
	}
}

// What each value of a snapshot is called where it is another, and where it is not there: something, and only that.
func TestBetweenEveryValue(t *testing.T) {
	options := backlog.Options{Rules: backlog.Rules{}.Others(backlog.RuleOff), Ready: []backlog.Check{}, Done: []backlog.Check{}}
	states := replayed(t, "../testdata/golden/whole.events.jsonl.gz", 1)
	data, err := states[len(states)-1].Snapshot()
	require.NoError(t, err)
	b, err := backlog.Restore(options, data)
	require.NoError(t, err)
	for _, change := range wholeRest() {
		_, err := b.Execute(change, everybody, start.AddDate(0, 0, 1))
		require.NoError(t, err)
	}
	data, err = b.Snapshot()
	require.NoError(t, err)
	var document map[string]any
	require.NoError(t, json.Unmarshal(data, &document))
	v := variants{done: make(map[string]bool), tried: make(map[string]int)}
	for _, name := range []string{".seq", ".at", ".version"} { // which are not compared
		v.done[name], v.done["no "+name] = true, true
	}
	for _, kind := range form.Kinds() {
		v.closed = append(v.closed, words(kind.Fields)...)
	}
	slices.Sort(v.closed)
	v.closed = slices.Compact(v.closed)
	var text bytes.Buffer
	v.try = func(path string) bool {
		other, err := json.Marshal(document)
		require.NoError(t, err)
		restored, err := backlog.Restore(options, other)
		if err != nil {
			return false
		}
		found := lines(diff.Between(b.View(), restored.View()))
		again, err := restored.Snapshot()
		require.NoError(t, err)
		require.Equal(t, bytes.Equal(data, again), len(found) == 0, "%s: %q", path, found)
		if len(found) > 0 {
			fmt.Fprintf(&text, "%s\n\t%s\n", path, strings.Join(found, "\n\t"))
		}
		return len(found) > 0
	}
	v.of("", document, nil)
	requireText(t, "testdata/values.txt", text.String())
}

// wholeRest are changes that the whole history does not have.
func wholeRest() []backlog.Change {
	later, n := start.AddDate(0, 3, 0), decimal.NewFromInt
	accepted, open := roadmap.FeatureID(number(91)), roadmap.FeatureID{1, 15: 9}
	taken := story.Story{ID: storyID(90), Title: "taken", Feature: accepted}
	busy := story.Story{ID: storyID(92), Title: "busy", Team: "green"}
	sprint := backlog.Sprint{ID: backlog.SprintID(number(90)), Name: "next", Team: "green", Start: start, End: later}
	return []backlog.Change{
		backlog.SetStage{Stage: roadmap.Growth},
		backlog.AddFeature{Feature: roadmap.Feature{ID: accepted, Title: "done"}},
		backlog.AddStory{Story: taken},
		backlog.AddStory{Story: busy},
		backlog.RelateStories{Relation: backlog.Relation{Story: taken.ID, How: backlog.Excludes, Other: busy.ID, Reason: "either"}},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.FeatureItem(open), Needs: backlog.FeatureItem(accepted)}},
		backlog.EstimateStory{Story: taken.ID, Estimate: story.Points(2)},
		backlog.EstimateStory{Story: busy.ID, Estimate: story.Points(2)},
		backlog.SetStoryStatus{Story: taken.ID, To: story.Ready},
		backlog.SetStoryStatus{Story: busy.ID, To: story.Ready},
		backlog.SetStoryStatus{Story: taken.ID, To: story.InProgress},
		backlog.SetStoryStatus{Story: taken.ID, To: story.InReview},
		backlog.AcceptStory{Story: taken.ID},
		backlog.AcceptFeature{Feature: accepted},
		backlog.PlanSprint{Sprint: sprint},
		backlog.StartSprint{Sprint: sprint.ID},
		backlog.CommitStories{Sprint: sprint.ID, Stories: []story.ID{busy.ID}},
		backlog.ClaimStory{Story: busy.ID, Until: later},
		backlog.ClaimStory{Story: story.ID{1, 15: 7}, Until: later},
		backlog.GrantRole{Person: "Rita", Role: backlog.ProductOwner, Team: "red"},
		backlog.AddInsight{Insight: roadmap.Insight{
			ID: roadmap.InsightID(number(90)), Text: "about all", About: story.ListOf(
				roadmap.AboutGoal(roadmap.GoalID{1, 15: 9}), roadmap.AboutIncrement(roadmap.IncrementID{1}), roadmap.AboutStory(taken.ID)),
			Data: story.ListOf(story.DataValue{Name: "call", Value: "one"}, story.DataValue{Name: "call", Value: "two"}),
		}},
		backlog.EditTheme{Theme: roadmap.ThemeID{1}, Share: backlog.Set(n(30))},
	}
}
