package backlog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

func TestEventJSON(t *testing.T) {
	l := product(t, backlog.Options{})
	data, err := json.Marshal(l.events[0])
	require.NoError(t, err)
	require.JSONEq(t, `{
		"version": 1, "seq": 1, "at": "2027-01-04T09:00:00Z",
		"by": {"name": "Uma", "roles": [{"role": "product_manager"}, {"role": "product_owner"}]}, "as": "product_manager",
		"kind": "set_vision", "change": {"vision": {"text": "Everybody knows what they spend."}}
	}`, string(data))
}

// Each kind of change comes back from JSON as it was, and its record equals its request.
func TestEveryKindRoundTrips(t *testing.T) {
	changes := []backlog.Change{
		backlog.FulfilGoal{Goal: goalID(1)},
		backlog.JudgeFeatureCriterion{Feature: featureID(1), Criterion: criterionID(1), Verdict: story.Unmet, Note: "no"},
		backlog.WithdrawMeasurement{Goal: goalID(1), At: start, Reason: "wrong"},
		backlog.AcceptFeature{Feature: featureID(1)},
		backlog.ReopenFeature{Feature: featureID(1), Reason: "too early"},
		backlog.ShipRelease{Release: releaseID(1)},
		backlog.SetStoryStatus{Story: storyID(1), To: story.InReview},
		backlog.RenewClaim{Story: storyID(1), Until: start},
		backlog.ReleaseClaim{Story: storyID(1), Of: "Dana"},
		backlog.AcceptStory{Story: storyID(1)},
		backlog.RejectStory{Story: storyID(1), Reason: "slow"},
		backlog.RemoveDependency{Item: backlog.StoryItem(storyID(1)), Needs: backlog.FeatureItem(featureID(1))},
		backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1), storyID(2)}},
		backlog.WithdrawStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1)}, Reason: "too much"},
		backlog.UnrelateStories{Story: storyID(1), How: backlog.Duplicates, Other: storyID(2)},
		backlog.StartSprint{Sprint: sprintID(1)},
		backlog.CloseSprint{Sprint: sprintID(1)},
		backlog.RevokeRole{Person: "Dana", Role: backlog.Developer},
		backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.Before(storyID(2))},
		backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.After(storyID(2))},
		backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.At(7)},
		backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.First()},
	}
	for _, test := range decisions() {
		changes = append(changes, test.change)
	}
	l := product(t, backlog.Options{})
	changes = append(changes, l.reverse(backlog.Options{}, len(l.events)-1))
	kinds := map[string]bool{}
	for i, change := range changes {
		kinds[change.Kind()] = true
		event := backlog.Event{Seq: uint64(i + 1), At: start, By: po, As: backlog.ProductOwner, Change: change}
		data, err := json.Marshal(event)
		require.NoError(t, err)
		var read backlog.Event
		require.NoError(t, json.Unmarshal(data, &read), string(data))
		require.IsType(t, change, read.Change)
		again, err := json.Marshal(read)
		require.NoError(t, err)
		require.Equal(t, string(data), string(again))
	}
	requireAllKinds(t, kinds)
}

func TestEventsRefused(t *testing.T) {
	l := product(t, backlog.Options{})
	const as = `,"as":"product_owner"`
	event := func(head, change string) string {
		return `{"version":1,"seq":7,"kind":"accept_story"` + head + `,"change":` + change + `}`
	}
	const by = `"by":{"name":"Uma"},"at":"2027-01-05T09:00:00Z"`
	for name, test := range map[string]struct {
		data string
		is   error
		says string
	}{
		"another version":  {`{"version":2,"seq":7}`, backlog.ErrVersion, "event 7: unknown version 2, want 1"},
		"no version":       {`{"seq":7}`, backlog.ErrVersion, "unknown version 0"},
		"an unknown kind":  {`{"version":1,"seq":7,` + by + `,"kind":"eat_story","change":{}}`, backlog.ErrUnknownKind, `"eat_story"`},
		"an unknown field": {`{"version":1,"seq":7,` + by + `,"as":"product_owner","kind":"accept_story","change":{"tale":"x"}}`, nil, "tale"},
		"an unknown role":  {`{"version":1,"seq":7,` + by + `,"as":"King","kind":"accept_story","change":{}}`, field.ErrInvalid, "King"},
		"not JSON":         {`{"version":`, nil, "unexpected end"},
		"no role":          {event(`,`+by, `{}`), field.ErrInvalid, "as is"},
		"no actor":         {event(as+`,"at":"2027-01-05T09:00:00Z"`, `{}`), field.ErrInvalid, "by.name is"},
		"no instant":       {event(as+`,"by":{"name":"Uma"}`, `{}`), field.ErrInvalid, "at is"},
		"a null change":    {event(as+`,`+by, `null`), field.ErrInvalid, "change is"},
		"a change of text": {event(as+`,`+by, `"x"`), field.ErrInvalid, "change is"},
		"no change":        {`{"version":1,"seq":7,` + by + as + `,"kind":"accept_story"}`, field.ErrInvalid, "change is"},
		"a key twice":      {event(as+`,`+by+`,"note":"a","note":"b"`, `{}`), nil, `"note" twice`},
		"a loud key":       {event(as+`,`+by+`,"NOTE":"a"`, `{}`), nil, `"NOTE"`},
		"a story twice":    {event(as+`,`+by, `{"story":"`+storyID(1).String()+`","story":"`+storyID(2).String()+`"}`), nil, `"story" twice`},
		"a loud story":     {event(as+`,`+by, `{"Story":"`+storyID(1).String()+`"}`), nil, `"Story"`},
	} {
		t.Run(name, func(t *testing.T) {
			event := backlog.Event{Seq: 99}
			err := json.Unmarshal([]byte(test.data), &event)
			require.ErrorContains(t, err, test.says)
			if test.is != nil {
				require.ErrorIs(t, err, test.is)
			}
			require.Equal(t, backlog.Event{Seq: 99}, event)
		})
	}

	next := backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: po, As: backlog.ProductOwner, Change: backlog.AddStory{Story: newStory(9)}}
	forge := func(change func(*backlog.Event)) backlog.Event {
		forged := next
		change(&forged)
		return forged
	}
	for name, test := range map[string]struct {
		event backlog.Event
		is    error
	}{
		"a duplicate":       {forge(func(e *backlog.Event) { e.Seq-- }), backlog.ErrSequence},
		"a gap":             {forge(func(e *backlog.Event) { e.Seq++ }), backlog.ErrSequence},
		"the past":          {forge(func(e *backlog.Event) { e.At = e.At.Add(-1) }), field.ErrInvalid},
		"nobody":            {forge(func(e *backlog.Event) { e.By.Name = "" }), field.ErrInvalid},
		"a role of no kind": {forge(func(e *backlog.Event) { e.As = "Product Owner" }), field.ErrInvalid},
		"no change":         {forge(func(e *backlog.Event) { e.Change = nil }), field.ErrInvalid},
		"a taken id":        {forge(func(e *backlog.Event) { e.Change = backlog.AddStory{Story: newStory(1)} }), backlog.ErrExists},
		"an unknown id":     {forge(func(e *backlog.Event) { e.Change = backlog.FinishTask{Task: taskID(9)} }), backlog.ErrNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			before := snapshot(t, l.Backlog)
			require.ErrorIs(t, l.Apply(test.event), test.is)
			require.Equal(t, before, snapshot(t, l.Backlog))
		})
	}
	require.NoError(t, l.Apply(next), "a recorded event asks for no authority")
}

func TestSnapshotsRefused(t *testing.T) {
	l := product(t, backlog.Options{})
	good := snapshot(t, l.Backlog)
	restored, err := backlog.Restore(backlog.Options{}, []byte(good))
	require.NoError(t, err)
	require.Equal(t, good, snapshot(t, restored))

	swap := func(old, replacement string) string {
		require.Contains(t, good, old)
		return strings.ReplaceAll(good, old, replacement)
	}
	for name, test := range map[string]struct {
		data string
		is   error
		says string
	}{
		"another version":      {swap(`{"version":1`, `{"version":7`), backlog.ErrVersion, "unknown version 7, want 1"},
		"an unknown field":     {swap(`{"version":1`, `{"version":1,"colour":"red"`), nil, "colour"},
		"a duplicate id":       {swap(`"stories":[{"id":"`+storyID(1).String(), `"stories":[{"id":"`+storyID(2).String()), backlog.ErrInconsistent, "stories[1]"},
		"a dangling feature":   {swap(`"feature":"`+featureID(1).String(), `"feature":"`+featureID(8).String()), backlog.ErrInconsistent, "no feature"},
		"a dangling goal":      {swap(`"goal":"`+goalID(1).String(), `"goal":"`+goalID(8).String()), backlog.ErrInconsistent, "no goal"},
		"an unknown state":     {swap(`"status":"draft"`, `"status":"asleep"`), backlog.ErrInconsistent, `stories[0] "` + storyID(1).String()},
		"a table twice":        {swap(`"goals":`, `"goals":[],"goals":`), nil, `"goals" twice`},
		"a loud key":           {swap(`"seq":`, `"SEQ":`), nil, `"SEQ"`},
		"a loud title":         {strings.Replace(good, `"title":"Story 1"`, `"Title":"Story 1"`, 1), nil, `"Title"`},
		"bad before good":      {strings.Replace(good, `"goals":[`, `"goals":[{"id":"","title":""},`, 1), backlog.ErrInconsistent, "goals[0]"},
		"an empty title":       {swap(`"title":"Story 1"`, `"title":""`), field.ErrInvalid, "title"},
		"a cycle":              {swap(`"sprints":`, `"dependencies":`+links(1, 2, 2, 1)+`,"sprints":`), backlog.ErrCycle, "dependencies: cycle: "},
		"more than one value":  {good + "{}", nil, "more than one JSON value"},
		"a sprint of no state": {swap(`"status":"planned","velocity"`, `"velocity"`), backlog.ErrInconsistent, "sprints[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := backlog.Restore(backlog.Options{}, []byte(test.data))
			require.ErrorContains(t, err, test.says)
			if test.is != nil {
				require.ErrorIs(t, err, test.is)
			}
		})
	}
}

// links writes dependencies between stories as JSON.
func links(pairs ...int) string {
	var all []backlog.Dependency
	for pair := range slices.Chunk(pairs, 2) {
		all = append(all, backlog.Dependency{Item: backlog.StoryItem(storyID(pair[0])), Needs: backlog.StoryItem(storyID(pair[1]))})
	}
	data, err := json.Marshal(all)
	if err != nil {
		panic(fmt.Sprint("the test's own JSON: ", err))
	}
	return string(data)
}

// What is accepted stays as it was accepted, also where somebody forges an event or a snapshot.
func TestForgedAcceptance(t *testing.T) {
	l := product(t, backlog.Options{})
	forge := func(change backlog.Change) error {
		return l.Apply(backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: po, As: backlog.ProductOwner, Change: change})
	}
	l.do(dev, backlog.EstimateStory{Story: storyID(2), Estimate: story.Points(1)},
		backlog.SetStoryStatus{Story: storyID(2), To: story.Ready})
	l.finish(2)
	for _, change := range []backlog.Change{
		backlog.AddCriterion{Story: storyID(2), Criterion: story.Criterion{ID: criterionID(9), Text: "more"}},
		backlog.EditCriterion{Story: storyID(2), Criterion: criterionID(2), Text: backlog.Set("more")},
		backlog.JudgeCriterion{Story: storyID(2), Criterion: criterionID(2)},
	} {
		require.ErrorIs(t, forge(change), field.ErrInvalid, change.Kind())
	}
}

// The reason of an event is that of its change, else the note.
func TestEventReason(t *testing.T) {
	for name, test := range map[string]struct {
		event backlog.Event
		want  string
	}{
		"of the change": {backlog.Event{Change: backlog.DropStory{Reason: "too dear"}, Note: "a note"}, "too dear"},
		"of a link":     {backlog.Event{Change: backlog.AddDependency{Dependency: backlog.Dependency{Reason: "first things first"}}}, "first things first"},
		"the note":      {backlog.Event{Change: backlog.AcceptStory{}, Note: "a note"}, "a note"},
		"no reason":     {backlog.Event{Change: backlog.DropStory{}, Note: "a note"}, "a note"},
		"none":          {backlog.Event{Change: backlog.AcceptStory{}}, ""},
		"no change":     {backlog.Event{}, ""},
	} {
		require.Equal(t, test.want, test.event.Reason(), name)
	}
}
