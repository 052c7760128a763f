package backlog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// eachText goes through the texts in a struct that can be set.
func eachText(v reflect.Value, path string, do func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				eachText(v.Field(i), path+"."+v.Type().Field(i).Name, do)
			}
		}
	case reflect.String:
		do(path, v)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.String {
			old := v.Interface()
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			do(path, v.Index(0))
			v.Set(reflect.ValueOf(old))
		}
	case reflect.Pointer:
		if v.Type().Elem().Kind() == reflect.String {
			old := v.Interface()
			v.Set(reflect.New(v.Type().Elem()))
			do(path, v.Elem())
			v.Set(reflect.ValueOf(old))
		}
	default: // has no text of its own
	}
}

// No change takes what is not text into any of its texts.
func TestTextsAreText(t *testing.T) {
	l := product(t, backlog.Options{})
	l.addReady(7, 1)
	l.addSprint(2, "")
	l.do(po, commit(2, 7))
	changes := []backlog.Change{
		backlog.WithdrawStories{Sprint: sprintID(2), Stories: []story.ID{storyID(7)}},
		backlog.OrderStories{Stories: []story.ID{storyID(1)}},
	}
	for _, test := range decisions() {
		changes = append(changes, test.change)
	}
	count := 0
	for _, change := range changes {
		require.NoError(t, l.Can(change, zoe, l.At()), change.Kind())
		one := reflect.New(reflect.TypeOf(change)).Elem()
		one.Set(reflect.ValueOf(change))
		eachText(one, change.Kind(), func(path string, v reflect.Value) {
			old := v.String()
			v.SetString("\xff")
			require.Error(t, l.Can(one.Interface().(backlog.Change), zoe, l.At()), path)
			v.SetString(old)
			count++
		})
	}
	require.Greater(t, count, 60)
	err := l.Can(backlog.WithdrawStories{Sprint: sprintID(2), Stories: []story.ID{storyID(7)}, Reason: "\xff"}, po, l.At())
	require.ErrorContains(t, err, "backlog: reason is ")
	err = l.Can(backlog.OrderStories{Stories: []story.ID{storyID(1), storyID(2)}, Scores: []string{"1", "\xff"}}, po, l.At())
	require.ErrorContains(t, err, "backlog: scores[1] is ")
}

// What is looked up by an ID that nothing has is zero and not there.
func TestLookupsOfWhatIsNotThere(t *testing.T) {
	l := product(t, backlog.Options{})
	view, count := reflect.ValueOf(l.View()), 0
	for i := range view.NumMethod() {
		method := view.Method(i)
		of := method.Type()
		if of.NumIn() != 1 || of.In(0).Kind() != reflect.Array || of.NumOut() != 2 || of.Out(1).Kind() != reflect.Bool {
			continue
		}
		id := reflect.New(of.In(0)).Elem()
		for at := range id.Len() {
			id.Index(at).SetUint(uint64(200 + at))
		}
		results := method.Call([]reflect.Value{id})
		name := view.Type().Method(i).Name
		require.False(t, results[1].Bool(), name)
		require.True(t, results[0].IsZero() || results[0].Kind() == reflect.Slice && results[0].Len() == 0, name)
		count++
	}
	require.Greater(t, count, 10)
}

// A new feature refers to what is there, and brings nothing that needs an authority of its own.
func TestNewFeature(t *testing.T) {
	l := product(t, backlog.Options{})
	for name, change := range map[string]func(*roadmap.Feature){
		"goal":      func(f *roadmap.Feature) { f.Goal = goalID(99) },
		"horizon":   func(f *roadmap.Feature) { f.Horizon = horizonID(99) },
		"release":   func(f *roadmap.Feature) { f.Release = releaseID(99) },
		"increment": func(f *roadmap.Feature) { f.Increment = incrementID(99) },
		"epic":      func(f *roadmap.Feature) { f.Epic = epicID(99) },
		"theme":     func(f *roadmap.Feature) { f.Theme = themeID(99) },
	} {
		feature := roadmap.Feature{ID: featureID(9), Title: "more"}
		change(&feature)
		err := l.Can(backlog.AddFeature{Feature: feature}, pm, l.At())
		require.ErrorIs(t, err, backlog.ErrNotFound, name)
		require.ErrorContains(t, err, name+" ")
	}
	there, _ := l.Feature(featureID(1))
	for says, change := range map[string]func(*roadmap.Feature){
		"split_feature gives it":    func(f *roadmap.Feature) { f.Parent = featureID(1) },
		"assign_feature_key_result": func(f *roadmap.Feature) { f.Goal, f.KeyResult = goalID(1), keyResultID(1) },
		"set_feature_measure":       func(f *roadmap.Feature) { f.Outcome = there.Outcome },
		"a new feature is open":     func(f *roadmap.Feature) { f.Status = roadmap.FeatureOpen },
		"size_feature":              func(f *roadmap.Feature) { f.Size = story.Points(1) },
	} {
		feature := roadmap.Feature{ID: featureID(9), Title: "more"}
		change(&feature)
		err := l.Can(backlog.AddFeature{Feature: feature}, pm, l.At())
		require.ErrorIs(t, err, field.ErrInvalid, says)
		require.ErrorContains(t, err, says)
	}
}

// What the course of an increment tells is not planned.
func TestPlannedIncrementIsUnrated(t *testing.T) {
	l := product(t, backlog.Options{})
	voted := newIncrement(9)
	voted.Iterations, voted.Votes = nil, []int{3}
	require.ErrorContains(t, l.Can(backlog.PlanIncrement{Increment: voted}, zoe, l.At()), "none: they are given with vote_confidence")
}

// Who holds a role for one team answers for it what concerns that team, or none.
func TestWhoAnswersForATeam(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.AskQuestion{Question: backlog.Question{ID: questionID(7), About: roadmap.AboutStory(storyID(1)), Text: "why?", To: backlog.Developer}},
		backlog.AskQuestion{Question: backlog.Question{ID: questionID(8), About: roadmap.AboutGoal(goalID(1)), Text: "why?", To: backlog.Developer}})
	for team, isAnswered := range map[story.Team][2]bool{"red": {true, true}, "blue": {false, true}} {
		for i, want := range isAnswered {
			by := backlog.As("Rita").WithRole(backlog.Developer, team)
			err := l.Can(backlog.AnswerQuestion{Question: questionID(7 + i), Answer: "so it is"}, by, l.At())
			require.Equal(t, want, err == nil, "%s %d: %v", team, i, err)
		}
	}
}

// A sprint for one team has no story of another, however it comes.
func TestImportOfSprintForAnotherTeam(t *testing.T) {
	l := newLog(t, backlog.Options{})
	blue := newStory(1)
	blue.Team = "blue"
	l.do(po, backlog.AddStory{Story: blue})
	sprint := backlog.Sprint{ID: sprintID(1), Name: "Sprint 1", Team: "red", Status: backlog.SprintPlanned, Stories: []story.ID{storyID(1)}}
	_, err := l.Execute(backlog.ImportItems{Source: "tracker", Sprints: []backlog.Sprint{sprint}}, pm, l.At())
	require.ErrorIs(t, err, backlog.ErrRule)
	require.ErrorContains(t, err, "is of another team")
	sprint.Team = "blue"
	l.do(pm, backlog.ImportItems{Source: "tracker", Sprints: []backlog.Sprint{sprint}})
}

// An error among the events ends a replay, also before the last event that is wanted.
func TestReplayToError(t *testing.T) {
	l := product(t, backlog.Options{})
	unread := errors.New("unread")
	events := func(yield func(backlog.Event, error) bool) {
		if yield(l.events[0], nil) && yield(backlog.Event{}, unread) {
			_ = yield(l.events[1], nil)
		}
	}
	_, err := backlog.ReplayTo(backlog.Options{}, events, 2)
	require.ErrorIs(t, err, unread)
	b, err := backlog.ReplayTo(backlog.Options{}, events, 1)
	require.NoError(t, err)
	require.Equal(t, uint64(1), b.Seq())
}

// The zero value of a backlog, and of a check, stays one.
func TestZeroStaysZero(t *testing.T) {
	var b backlog.Backlog
	require.Equal(t, &backlog.Backlog{}, b.Clone())
	require.Equal(t, backlog.Check{Name: "mine"}, backlog.Check{Name: "mine"}.OnlyFor(story.Defect))
}

// What is not valid is not written, and what is no list is not read as one.
func TestWrongJSON(t *testing.T) {
	late := newStory(1)
	late.Details = story.ConstOf(story.Details{Due: start.AddDate(9_000, 0, 0)})
	_, err := json.Marshal(backlog.Event{Seq: 1, At: start, By: po, As: backlog.ProductOwner, Change: backlog.AddStory{Story: late}})
	require.Error(t, err)

	l := newLog(t, backlog.Options{})
	whole := strings.TrimSuffix(snapshot(t, l.Backlog), "}")
	for _, name := range []string{"goals", "insights", "dependencies"} {
		_, err := backlog.Restore(backlog.Options{}, fmt.Appendf(nil, `%s,%q:"x"}`, whole, name))
		require.ErrorContains(t, err, `"x" instead of an array`, name)
	}
	l.do(po, backlog.AddStory{Story: newStory(1)})
	data := snapshot(t, l.Backlog)
	for _, text := range []string{`"`, `"x`, `"\`, `"x\"`} {
		odd := strings.Replace(data, `"title"`, `"details":`+text, 1)
		_, _, ok := backlog.ScanSnapshot([]byte(odd[:strings.Index(odd, `"details":`)+len(`"details":`)+len(text)]))
		require.False(t, ok, text)
	}
}

// A claim has the number of the event that made it, which no other has.
func TestTokensOfSnapshot(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n := 1; n <= 2; n++ {
		l.addReady(n, 1)
		l.do(dev, backlog.ClaimStory{Story: storyID(n), Until: start.AddDate(0, 1, 0)})
	}
	data := snapshot(t, l.Backlog)
	require.Contains(t, data, `"token":8`)
	for _, token := range []string{"0", "4"} {
		_, err := backlog.Restore(backlog.Options{}, []byte(strings.Replace(data, `"token":8`, `"token":`+token, 1)))
		require.ErrorContains(t, err, "the number of the event that made the claim", token)
	}
}

// What comes next follows the order after a few of many stories were put in another.
func TestNextAfterOrder(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n := range 40 {
		l.addReady(n, 1)
	}
	l.do(po, backlog.OrderStories{Stories: []story.ID{storyID(37), storyID(20), storyID(1), storyID(0)}},
		backlog.OrderStories{Stories: []story.ID{storyID(30), storyID(37)}})
	for s := range l.Clone().Stories() {
		next, ok := l.NextFor(dev, backlog.NextOptions{}, l.At())
		require.True(t, ok)
		require.Equal(t, s.ID, next.ID)
		l.do(dev, backlog.SetStoryStatus{Story: s.ID, To: story.InProgress})
	}
}

// A story that was dropped is not in the story map.
func TestStoryMapWithoutDropped(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.AssignStoryStep{Story: storyID(1), Step: stepID(10)}, backlog.DropStory{Story: storyID(1), Reason: "no"})
	m := l.StoryMap()
	require.NotContains(t, append(m.Unsliced, m.Unmapped...), storyID(1))
	for _, column := range m.Columns {
		for _, cell := range column.Cells {
			require.Empty(t, cell)
		}
	}
}
