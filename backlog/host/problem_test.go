package host_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The answer of an HTTP API to a change that is refused.
func ExampleProblemOf() {
	products := host.New(&host.MemoryLog{}, host.Options{})
	dana, now := backlog.As("Dana", backlog.Developer), time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	_, err := products.Execute(context.Background(), "checkout", add(1), dana, now, backlog.DecideOptions{})

	data, err := json.MarshalIndent(host.ProblemOf(err), "", "  ")
	if err != nil {
		panic(err)
	}
	fmt.Println(string(data))
	// Output:
	// {
	//   "type": "policy",
	//   "title": "You may not do this",
	//   "status": 403,
	//   "detail": "backlog: add_story by \"Dana\" refused by the policy: may not add, edit or drop a story; that needs product owner",
	//   "kind": "add_story",
	//   "reason": "may not add, edit or drop a story",
	//   "needs": [
	//     "product owner"
	//   ]
	// }
}

// Each class of error has a type, a title of its own and a status.
func TestProblemOf(t *testing.T) {
	log := &hosttest.FaultyLog{Log: &host.MemoryLog{}, Next: func(bool) hosttest.Fault { return 0 }}
	products := host.New(log, host.Options{Retries: -1})
	ctx := context.Background()
	do := func(options backlog.DecideOptions, changes ...backlog.Change) error {
		_, err := products.Execute(ctx, "a", changes, otto.WithRole(backlog.Developer, ""), start, options)
		return err
	}
	require.NoError(t, do(backlog.DecideOptions{}, add(1, 2)...))
	require.NoError(t, do(backlog.DecideOptions{}, backlog.ClaimStory{Story: storyID(2), Until: start.Add(time.Hour)}))
	one := backlog.StoryItem(storyID(1))
	other := backlog.StoryItem(storyID(2))
	_, unknownKind := backlog.DecodeChange("make_coffee", []byte("{}"))
	malformed := func(data string) error {
		_, err := backlog.DecodeChange("accept_story", []byte(data))
		return err
	}
	wrong := host.New(log, host.Options{Backlog: func(string) backlog.Options {
		return backlog.Options{Rules: backlog.Rules{Reason: 99}}
	}})
	badly := wrong.View(ctx, "a", func(*backlog.View) error { return nil })
	_, noEvent := products.Revert(ctx, "a", 99, otto, start, backlog.DecideOptions{})
	long := backlog.AddStory{Story: story.Story{ID: storyID(9)}}
	tests := map[string]struct {
		err    error
		kind   string
		status int
	}{
		"missing":    {do(backlog.DecideOptions{}, backlog.AcceptStory{Story: storyID(7)}), "not-found", 404},
		"there":      {do(backlog.DecideOptions{}, add(1)...), "exists", 409},
		"held":       {do(backlog.DecideOptions{}, backlog.ClaimStory{Story: storyID(2), Until: start.Add(time.Hour)}), "claimed", 409},
		"no step":    {do(backlog.DecideOptions{}, backlog.AcceptStory{Story: storyID(1)}), "workflow", 422},
		"no role":    {do(backlog.DecideOptions{}, backlog.SetVision{Vision: roadmap.Vision{Text: "x"}}), "policy", 403},
		"no title":   {do(backlog.DecideOptions{}, long), "invalid", 422},
		"itself":     {do(backlog.DecideOptions{}, needs(one, other), needs(other, one)), "cycle", 422},
		"a kind":     {unknownKind, "malformed", 400},
		"a field":    {malformed(`{"tale":""}`), "malformed", 400},
		"a number":   {malformed(`{"story":7}`), "malformed", 400},
		"an id":      {malformed(`{"story":"nope"}`), "malformed", 400},
		"no object":  {malformed(`null`), "malformed", 400},
		"no JSON":    {malformed(`{`), "malformed", 400},
		"options":    {badly, "internal", 500},
		"no event":   {noEvent, "not-found", 404},
		"moved":      {fmt.Errorf("wrapped: %w", host.ErrMoved), "moved", 409},
		"no answer":  {&host.AppendError{Product: "a", Err: hosttest.ErrFault}, "unavailable", 503},
		"unknown":    {errors.New("the password is x"), "internal", 500},
		"rule alone": {fmt.Errorf("wrapped: %w", backlog.ErrRule), "rule", 422},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.Error(t, tt.err)
			p := host.ProblemOf(tt.err)
			require.Equal(t, tt.kind, p.Type, tt.err)
			require.Equal(t, tt.status, p.Status)
			require.NotEmpty(t, p.Title)
			require.Equal(t, tt.kind == "internal", p.Detail == "")
		})
	}
	require.Len(t, host.ProblemOf(tests["no title"].err).Values, 1)
	require.Len(t, host.ProblemOf(tests["itself"].err).Cycle, 2)
	require.Equal(t, 1, *host.ProblemOf(tests["itself"].err).Index, "the second of the batch")
	require.Equal(t, storyID(7).String(), host.ProblemOf(tests["missing"].err).Item)

	require.Zero(t, host.ProblemOf(nil))

	seen := uint64(1)
	conflict := host.ProblemOf(do(backlog.DecideOptions{Expect: &seen}, add(3)...))
	require.Equal(t, "changed", conflict.Type)
	require.Equal(t, 412, conflict.Status)
	require.Equal(t, uint64(3), conflict.Seq)
	require.Len(t, conflict.Since, 2)
	require.False(t, conflict.MoreSince)
}

func needs(item, needed backlog.ItemID) backlog.Change {
	return backlog.AddDependency{Dependency: backlog.Dependency{Item: item, Needs: needed}}
}

// What a problem has to say of each class of error, whatever is around the error.
func TestProblemSays(t *testing.T) {
	id := storyID(1).String()
	drop := backlog.DropStory{Story: storyID(1)}
	events := []backlog.Event{{Seq: 4, Change: drop}, {Seq: 5, Change: drop}}
	cycle := &backlog.CycleError{Items: []backlog.ItemID{backlog.StoryItem(storyID(1)), backlog.StoryItem(storyID(2))}}
	index := 0
	for _, test := range []struct {
		err  error
		want host.Problem
	}{
		{
			&backlog.RefusedError{By: backlog.ByPolicy, Actor: "Ada", Change: drop, Reason: "may not", Needs: []string{"product owner"}},
			host.Problem{Type: "policy", Title: "You may not do this", Status: 403, Kind: "drop_story", Reason: "may not", Needs: []string{"product owner"}},
		},
		{
			&backlog.RefusedError{By: backlog.ByWorkflow, Change: drop, Reason: "no move"},
			host.Problem{Type: "workflow", Title: "The workflow has no such step", Status: 422, Kind: "drop_story", Reason: "no move"},
		},
		{
			&backlog.RefusedError{By: backlog.ByReady, Change: drop, ID: id, Reason: "not ready", Needs: []string{"an estimate"}},
			host.Problem{Type: "ready", Title: "The definition of ready is not met", Status: 422, Kind: "drop_story", Reason: "not ready", Needs: []string{"an estimate"}, Item: id},
		},
		{
			&backlog.RefusedError{By: backlog.ByDone, Reason: "not done"},
			host.Problem{Type: "done", Title: "The definition of done is not met", Status: 422, Reason: "not done"},
		},
		{
			&backlog.RefusedError{By: backlog.ByRule, Rule: backlog.RuleReason, Change: drop, Reason: "no reason"},
			host.Problem{Type: "rule", Title: "A rule stands against it", Status: 422, Kind: "drop_story", Rule: "reason", Reason: "no reason"},
		},
		{&backlog.NotFoundError{Entity: "story", ID: id}, host.Problem{Type: "not-found", Title: "Not found", Status: 404, Item: id}},
		{&backlog.ExistsError{Entity: "story", ID: id}, host.Problem{Type: "exists", Title: "It exists already", Status: 409, Item: id}},
		{&backlog.ClaimError{}, host.Problem{Type: "claimed", Title: "Somebody else holds it", Status: 409}},
		{cycle, host.Problem{Type: "cycle", Title: "Items would wait for each other", Status: 422, Cycle: []string{cycle.Items[0].String(), cycle.Items[1].String()}}},
		{
			&backlog.ConflictError{Expected: 3, Seq: 5, Since: events},
			host.Problem{Type: "changed", Title: "Something happened since", Status: 412, Seq: 5, Since: events},
		},
		{
			&backlog.ConflictError{Expected: 2, Seq: 5, Since: events},
			host.Problem{Type: "changed", Title: "Something happened since", Status: 412, Seq: 5, Since: events, MoreSince: true},
		},
		{
			&backlog.ConflictError{Expected: 9, Seq: 5},
			host.Problem{Type: "changed", Title: "Something happened since", Status: 412, Seq: 5},
		},
		{host.ErrMoved, host.Problem{Type: "moved", Title: "Others were faster", Status: 409}},
		{backlog.ErrUnknownKind, host.Problem{Type: "malformed", Title: "The request cannot be read", Status: 400}},
		{backlog.ErrMalformed, host.Problem{Type: "malformed", Title: "The request cannot be read", Status: 400}},
		{
			&backlog.BatchError{Index: 0, Kind: "drop_story", Err: host.ErrMoved},
			host.Problem{Type: "moved", Title: "Others were faster", Status: 409, Index: &index, Kind: "drop_story"},
		},
		{
			errors.Join(&backlog.NotFoundError{Entity: "story", ID: id}, &backlog.RefusedError{By: backlog.ByPolicy, Change: drop}),
			host.Problem{Type: "policy", Title: "You may not do this", Status: 403, Kind: "drop_story"},
		},
	} {
		for _, err := range []error{test.err, fmt.Errorf("wrapped: %w", test.err)} {
			test.want.Detail = err.Error()
			require.Equal(t, test.want, host.ProblemOf(err))
		}
	}
	for rule := backlog.Rule(1); (backlog.Rules{}).Mode(rule) != 0; rule++ {
		require.Equal(t, rule.String(), host.ProblemOf(&backlog.RefusedError{By: backlog.ByRule, Rule: rule}).Rule)
	}
	require.Equal(t, host.Problem{
		Type: "unavailable", Title: "The answer took too long", Status: 503, Detail: "the log gave no answer: the changes may have been made or not",
	}, host.ProblemOf(&host.AppendError{Product: "a", Err: errors.New("the password is x")}))
	require.Equal(t, host.Problem{Type: "internal", Title: "Something went wrong here", Status: 500}, host.ProblemOf(errors.New("the password is x")))
}

// A log in memory appends after the last event only, and reads from any: nothing beyond the last, nothing once the
// context is done.
func TestMemoryLog(t *testing.T) {
	var log host.MemoryLog
	ctx, cancel := context.WithCancel(context.Background())
	events := make([]backlog.Event, 3)
	for i := range events {
		events[i] = backlog.Event{Seq: uint64(i) + 1, At: start, By: otto, As: backlog.ProductOwner, Change: plain(uint64(i) + 1)}
	}
	read := func(after uint64) (seqs []uint64) {
		for event, err := range log.Read(ctx, "a", after) {
			require.NoError(t, err)
			seqs = append(seqs, event.Seq)
		}
		return seqs
	}
	require.NoError(t, log.Append(ctx, "a", 7, nil), "nothing is to append")
	require.EqualError(t, log.Append(ctx, "a", 1, events[:1]), fmt.Sprintf("host: %v: the last event is 0, not 1", host.ErrMoved))
	require.NoError(t, log.Append(ctx, "a", 0, events[:1]))
	require.ErrorIs(t, log.Append(ctx, "a", 0, events[:1]), host.ErrMoved)
	require.NoError(t, log.Append(ctx, "a", 1, events[1:]))
	require.Error(t, log.Append(ctx, "a", 3, make([]backlog.Event, 1)), "no JSON can be made of it")
	for after, want := range [][]uint64{{1, 2, 3}, {2, 3}, {3}, nil, nil} {
		require.Equal(t, want, read(uint64(after)))
	}
	for event, err := range log.Read(ctx, "a", 0) {
		require.NoError(t, err)
		require.Equal(t, uint64(1), event.Seq)
		break
	}
	cancel()
	require.ErrorIs(t, log.Append(ctx, "a", 3, events[:1]), context.Canceled)
	require.ErrorIs(t, log.Append(ctx, "a", 3, nil), context.Canceled)
	got := 0
	for _, err := range log.Read(ctx, "a", 0) {
		require.ErrorIs(t, err, context.Canceled)
		got++
	}
	require.Equal(t, 1, got)
}
