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
