package backlog_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// scramble overwrites whatever can be reached from a value and is not the value itself: elements of
// slices, what pointers point to, maps. It reports whether there was something.
func scramble(v reflect.Value) bool {
	if v.IsValid() && v.Type().Implements(reflect.TypeFor[error]()) && v.Kind() != reflect.Interface {
		return false // it may be a variable of a package
	}
	switch v.Kind() {
	case reflect.Interface:
		return !v.IsNil() && scramble(v.Elem())
	case reflect.Struct:
		found := false
		for i := range v.NumField() {
			found = v.Type().Field(i).IsExported() && scramble(v.Field(i)) || found
		}
		return found
	case reflect.Array:
		return false
	case reflect.Slice:
		for i := range v.Len() {
			scramble(v.Index(i))
			v.Index(i).SetZero()
		}
		return v.Len() > 0
	case reflect.Map:
		for _, key := range v.MapKeys() {
			scramble(v.MapIndex(key))
			v.SetMapIndex(key, reflect.Zero(v.Type().Elem()))
		}
		return v.Len() > 0
	case reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*time.Location]() || v.Type() == reflect.TypeFor[*backlog.View]() {
			return false
		}
		scramble(v.Elem())
		if v.Elem().CanSet() {
			v.Elem().SetZero()
		}
		return true
	case reflect.Func:
		return scrambleSequence(v)
	default:
		return false
	}
}

// scrambleSequence overwrites what an iterator yields.
func scrambleSequence(v reflect.Value) bool {
	if v.IsNil() || v.Type().NumIn() != 1 || v.Type().In(0).Kind() != reflect.Func || v.Type().NumOut() != 0 {
		return false
	}
	yield := reflect.MakeFunc(v.Type().In(0), func(args []reflect.Value) []reflect.Value {
		for _, arg := range args {
			scramble(arg)
		}
		return []reflect.Value{reflect.ValueOf(true)}
	})
	v.Call([]reflect.Value{yield})
	return true
}

func asJSON(t *testing.T, value any) string {
	data, err := json.Marshal(value)
	require.NoError(t, err)
	return string(data)
}

// Whoever changes what it handed in or got back changes neither events nor the backlog nor what others
// are told, whatever the kind of change.
func TestChangesAreClosed(t *testing.T) {
	changes := []backlog.Change{
		backlog.MoveStories{Stories: []story.ID{storyID(3), storyID(2)}, To: backlog.First()},
		backlog.MoveStories{Stories: []story.ID{storyID(3)}, To: backlog.First()},
		backlog.OrderStories{Stories: []story.ID{storyID(3), storyID(1)}, Scores: []string{"2", "1"}},
		backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1)}, Reason: "room"},
		backlog.VoteConfidence{Increment: incrementID(1), Votes: []int{3, 4}},
		backlog.AssessStory{Story: storyID(1), Assessment: prioritize.Assessment{
			Weighted: &prioritize.WeightedInput{Ratings: map[string]decimal.Decimal{"reach": decimal.NewFromInt(1)}},
		}},
		backlog.AssessFeature{Feature: featureID(1), Assessment: prioritize.Assessment{
			Weighted: &prioritize.WeightedInput{Ratings: map[string]decimal.Decimal{"reach": decimal.NewFromInt(1)}},
		}},
	}
	for _, test := range decisions() {
		changes = append(changes, test.change)
	}
	reached := map[string]bool{}
	for _, change := range changes {
		l := product(t, lenient())
		actor := backlog.As("Zoe", roleOf(zoe), backlog.ProductOwner, backlog.Developer, backlog.BusinessOwner)
		seen := l.Seq()
		event, err := l.Execute(change, actor, l.At())
		if err != nil { // what is made needs a past
			event = backlog.Event{Seq: seen + 1, At: l.At(), By: actor, As: backlog.ProductOwner, Change: change}
			if l.Apply(event) != nil {
				continue
			}
		}
		since := func() []backlog.Event {
			_, err := l.Decide([]backlog.Change{change}, actor, l.At(), backlog.DecideOptions{Expect: &seen})
			var conflict *backlog.ConflictError
			require.True(t, errors.As(err, &conflict))
			return conflict.Since
		}
		want, wantSince, bytes := asJSON(t, event), asJSON(t, since()), snapshot(t, l.Backlog)
		if err == nil && scramble(reflect.ValueOf(change)) {
			reached[change.Kind()] = true
		}
		scramble(reflect.ValueOf(actor))
		if err == nil {
			require.Equal(t, want, asJSON(t, event), change.Kind())
		}
		for range 2 {
			require.Equal(t, wantSince, asJSON(t, since()), change.Kind())
			require.Equal(t, bytes, snapshot(t, l.Backlog), change.Kind())
			scramble(reflect.ValueOf(since()))
			scramble(reflect.ValueOf(event))
		}
	}
	require.Greater(t, len(reached), 8, "kinds with something to reach")
}

// Events that were decided one after the other, by a backlog and a clone of it, share nothing with each other: whoever
// appends to the events of one decision, or changes them, changes none of another.
func TestDecisionsAreClosed(t *testing.T) {
	l := product(t, lenient())
	var all [][]backlog.Event
	decide := func(b *backlog.Backlog, n int) {
		move := backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.First()}
		events, err := b.Decide(slices.Repeat([]backlog.Change{move}, n), zoe, b.At(), backlog.DecideOptions{})
		require.NoError(t, err)
		all = append(all, events)
	}
	for n := range 12 {
		decide(l.Backlog, 1+n%3)
		decide(l.Clone(), 1)
		_, err := l.Execute(backlog.MoveStories{Stories: []story.ID{storyID(2)}, To: backlog.At(n % 3)}, zoe, l.At())
		require.NoError(t, err)
	}
	for i, events := range all {
		rest := asJSON(t, all[i+1:])
		_ = append(events, backlog.Event{Seq: 99})
		events[0].By = events[0].By.WithRole("bot", "")
		scramble(reflect.ValueOf(events))
		require.Equal(t, rest, asJSON(t, all[i+1:]))
	}
	require.Equal(t, "Zoe", zoe.Name)
	require.Equal(t, backlog.ProductManager, roleOf(zoe))
}

// arguments makes plausible arguments for a method by their types; ok is false where it has none.
func arguments(method reflect.Type) (args []reflect.Value, ok bool) {
	known := []any{
		storyID(1), taskID(1), featureID(1), goalID(1), horizonID(1), releaseID(1), incrementID(1), sprintID(1), criterionID(1),
		backlog.StoryItem(storyID(1)), po, start, backlog.MayAcceptStories, story.Team("red"), "Dora", 1, decimal.NewFromInt(1),
		backlog.Change(backlog.AcceptStory{Story: storyID(1)}), story.Ready, roadmap.Growth,
	}
	for i := range method.NumIn() {
		in := method.In(i)
		if in.Kind() == reflect.Func || in.Kind() == reflect.Chan {
			return nil, false
		}
		if method.IsVariadic() && i == method.NumIn()-1 {
			break
		}
		at := slices.IndexFunc(known, func(one any) bool { return reflect.TypeOf(one).AssignableTo(in) })
		if at < 0 {
			args = append(args, reflect.Zero(in))
		} else {
			args = append(args, reflect.ValueOf(known[at]))
		}
	}
	return args, true
}

// Whoever changes what a query returned changes nothing for the next who asks.
func TestQueriesAreClosed(t *testing.T) {
	l := product(t, lenient())
	l.do(po, backlog.AssessStory{Story: storyID(1), Assessment: prioritize.Assessment{
		Weighted: &prioritize.WeightedInput{Ratings: map[string]decimal.Decimal{"reach": decimal.NewFromInt(1)}},
	}}, backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1)}})
	bytes, all := snapshot(t, l.Backlog), derived(l.Backlog)
	b := reflect.ValueOf(l.Backlog)
	reached := 0
	for i := range b.NumMethod() {
		name := b.Type().Method(i).Name
		if slices.Contains([]string{"Decide", "Execute", "Apply", "View"}, name) {
			continue
		}
		args, ok := arguments(b.Method(i).Type())
		if !ok {
			continue
		}
		for _, result := range b.Method(i).Call(args) {
			if _, isClone := result.Interface().(*backlog.Backlog); !isClone && scramble(result) {
				reached++
			}
		}
		require.Equal(t, bytes, snapshot(t, l.Backlog), name)
		require.Equal(t, all, derived(l.Backlog), name)
		require.Equal(t, story.DefaultWorkflow(), l.Workflow(), name)
	}
	require.Greater(t, reached, 20, "results with something to reach")
}

// What was handed to New can be changed afterwards.
func TestOptionsAreClosed(t *testing.T) {
	options := backlog.Options{
		Workflow: story.DefaultWorkflow(), Ready: backlog.DefaultReady(), Done: backlog.DefaultDone(),
		Limits: []backlog.Limit{{State: story.InProgress, Most: 2}},
	}
	b, err := backlog.New(options)
	require.NoError(t, err)
	scramble(reflect.ValueOf(options.Workflow))
	clear(options.Ready)
	clear(options.Done)
	clear(options.Limits)
	require.Equal(t, story.DefaultWorkflow(), b.Workflow())
	require.Equal(t, story.InProgress, b.WorkInProgress()[0].State)
	_, err = b.Execute(backlog.AddStory{Story: newStory(1)}, po, start)
	require.NoError(t, err)
	require.NotPanics(t, func() { b.Readiness(storyID(1)) })
}

// The zero Backlog answers that there is nothing, and returns an error for what would change it.
func TestZeroBacklog(t *testing.T) {
	var zero backlog.Backlog
	b := reflect.ValueOf(&zero)
	for i := range b.NumMethod() {
		name := b.Type().Method(i).Name
		args, ok := arguments(b.Method(i).Type())
		if !ok {
			continue
		}
		require.NotPanics(t, func() {
			for _, result := range b.Method(i).Call(args) {
				scramble(result)
			}
		}, name)
	}
	_, err := zero.Execute(backlog.AddStory{Story: newStory(1)}, po, start)
	require.ErrorContains(t, err, "New")
	require.ErrorContains(t, zero.Apply(backlog.Event{Seq: 1, At: start, By: po, As: backlog.ProductOwner, Change: backlog.AddStory{Story: newStory(1)}}), "New")
	require.ErrorContains(t, zero.Can(backlog.AddStory{Story: newStory(1)}, po, zero.At()), "New")
	require.Equal(t, `{"version":1,"seq":0}`, snapshot(t, &zero))
	require.Equal(t, snapshot(t, &zero), snapshot(t, zero.Clone()))
	require.Empty(t, slices.Collect(zero.Stories()))
}
