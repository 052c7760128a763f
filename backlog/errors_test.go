package backlog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// requireReadable wants each line of an error to name this package once, and no class twice.
func requireReadable(t testing.TB, err error) {
	t.Helper()
	of, _, _ := strings.Cut(err.Error(), ": ")
	require.Contains(t, []string{"backlog", "roadmap", "story"}, of, err)
	for line := range strings.SplitSeq(err.Error(), "\n") {
		require.LessOrEqual(t, strings.Count(line, "backlog: "), 1, line)
	}
}

// A lone error has the type that its doc comment names, wherever it was found.
func TestLoneErrorsHaveTheirType(t *testing.T) {
	l := product(t, backlog.Options{})
	far := start.AddDate(12_000, 0, 0)
	unknown := backlog.EstimateStory{Story: storyID(99), Estimate: story.Points(1)}
	_, invalid := l.Execute(unknown, dev, start.AddDate(-1, 0, 0))
	require.Greater(t, strings.Count(invalid.Error(), "\n"), 0, "two at once are joined")
	for _, test := range []struct {
		change backlog.Change
		by     backlog.Actor
		want   error
	}{
		{backlog.DropStory{Story: storyID(1), Reason: "no"}, dev, &backlog.RefusedError{}},
		{backlog.DropStory{Story: storyID(1)}, po, &backlog.RefusedError{}},
		{backlog.AcceptStory{Story: storyID(2)}, po, &backlog.RefusedError{}},
		{unknown, dev, &backlog.NotFoundError{}},
		{backlog.AddStory{Story: story.Story{ID: storyID(1), Title: "Again"}}, po, &backlog.ExistsError{}},
		{backlog.AddStory{Story: story.Story{ID: storyID(50)}}, po, &field.Error{}},
		{backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(1), Needs: sItem(1)}}, po, &backlog.CycleError{}},
		{nil, po, &field.Error{}},
		{unknown, backlog.Actor{}, &field.Error{}},
	} {
		_, err := l.Execute(test.change, test.by, l.At())
		require.IsType(t, test.want, err, "%v", err)
		_, err = l.Decide([]backlog.Change{test.change}, test.by, l.At(), backlog.DecideOptions{})
		require.IsType(t, test.want, err, "%v", err)
		require.IsType(t, test.want, l.Can(test.change, test.by, l.At()), "%v", err)
		requireReadable(t, err)

		_, err = l.Decide([]backlog.Change{backlog.AddStory{Story: newStory(60)}, test.change}, po, l.At(), backlog.DecideOptions{})
		if test.by.Name == po.Name {
			batch := new(backlog.BatchError)
			require.ErrorAs(t, err, &batch)
			require.IsType(t, test.want, batch.Err)
		}
		if err != nil {
			requireReadable(t, err)
		}
	}
	_, err := l.Execute(backlog.DropStory{Story: storyID(1), Reason: "no"}, po, far)
	require.IsType(t, &field.Error{}, err)
}

// The name of the package stands once, in front, also where an error is wrapped in another.
func TestErrorsNameThePackageOnce(t *testing.T) {
	l := product(t, backlog.Options{})
	event := l.events[len(l.events)-1]
	event.Seq, event.Change = l.Seq()+1, backlog.AcceptStory{Story: storyID(99)}
	data, err := json.Marshal(event)
	require.NoError(t, err)
	_, notJSON := backlog.DecodeEvent(data[:len(data)-5], nil)
	_, badChange := backlog.DecodeChange("accept_story", []byte(`{"story":7}`))
	_, noObject := backlog.DecodeChange("accept_story", []byte(`7`))
	_, noOptions := backlog.New(backlog.Options{Ready: []backlog.Check{{}}})
	whole := snapshot(t, l.Backlog)
	_, twice := backlog.Restore(backlog.Options{}, []byte(strings.Replace(whole, `"goals":[`, `"goals":[{},`, 1)))
	for _, err := range []error{
		l.Apply(event), l.Apply(event, event), notJSON, badChange, noObject, noOptions, twice,
	} {
		require.Error(t, err)
		requireReadable(t, err)
		of, _, _ := strings.Cut(err.Error(), ": ")
		require.Contains(t, []string{"backlog", "roadmap", "story"}, of, err)
	}
	require.ErrorIs(t, l.Apply(event), backlog.ErrNotFound)
	missing := new(backlog.NotFoundError)
	require.ErrorAs(t, l.Apply(event), &missing)

	_, err = l.Decide([]backlog.Change{
		backlog.EditStory{Story: storyID(1), Title: backlog.Set("x")}, backlog.AcceptStory{Story: storyID(2)},
	}, po, l.At(), backlog.DecideOptions{})
	require.ErrorContains(t, err, `backlog: changes[1]: accept_story by "Otto" refused by the workflow: no move`)
}

// A refusal has the items that stand against a change, typed, and their titles in its text.
func TestRefusalsHaveItems(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po,
		backlog.EditStory{Story: storyID(1), Title: backlog.Set("Save a card")},
		backlog.EditStory{Story: storyID(2), Title: backlog.Set("Pay by card")},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(2), Needs: sItem(1)}},
	)
	refused := new(backlog.RefusedError)
	require.ErrorAs(t, l.Can(backlog.DropStory{Story: storyID(1), Reason: "no"}, po, l.At()), &refused)
	require.Equal(t, backlog.Items{Stories: []story.ID{storyID(2)}}, refused.Items)
	require.Equal(t, storyID(1).String(), refused.ID)
	require.Contains(t, refused.Error(), `needs story "Pay by card" dropped, or its need of story "Save a card" removed`)

	cycle := new(backlog.CycleError)
	back := backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(1), Needs: sItem(2)}}
	require.ErrorAs(t, l.Can(back, po, l.At()), &cycle)
	require.ElementsMatch(t, []string{"Save a card", "Pay by card"}, cycle.Titles)
	require.ErrorContains(t, cycle, `story "Save a card" needs story "Pay by card"`)
	cycle.Titles = nil
	require.ErrorContains(t, cycle, sItem(1).String())
}

// Errors can be sent: their JSON names the change by its kind, and the part of the gate by a word.
func TestErrorsAsJSON(t *testing.T) {
	l := product(t, backlog.Options{})
	err := l.Can(backlog.DropStory{Story: storyID(1), Reason: "no"}, dev, l.At())
	require.JSONEq(t, fmt.Sprintf(`{
		"by": "policy", "actor": "Dana", "kind": "drop_story", "change": {"story": %q, "reason": "no"},
		"reason": "may not add, edit or drop a story", "needs": ["product owner of \"red\""]
	}`, storyID(1)), asJSON(t, err))
	err = l.Can(backlog.DropStory{Story: storyID(1)}, po, l.At())
	require.JSONEq(t, fmt.Sprintf(`{
		"by": "rule", "rule": "reason", "actor": "Otto", "kind": "drop_story", "change": {"story": %q, "reason": ""},
		"reason": "no reason is given", "needs": ["a reason"]
	}`, storyID(1)), asJSON(t, err))
	require.JSONEq(t, `{"entity": "feature", "id": "x"}`, asJSON(t, &backlog.NotFoundError{Entity: "feature", ID: "x"}))
	require.JSONEq(t, `{"entity": "key", "id": "A-1", "holder": {"story": "`+storyID(1).String()+`"}}`,
		asJSON(t, &backlog.ExistsError{Entity: "key", ID: "A-1", Holder: sItem(1)}))

	seen := l.Seq() - 1
	_, err = l.Decide(nil, po, l.At(), backlog.DecideOptions{Expect: &seen})
	conflict := new(backlog.ConflictError)
	require.ErrorAs(t, err, &conflict)
	var read backlog.ConflictError
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, err)), &read))
	require.Equal(t, asJSON(t, *conflict), asJSON(t, read))

	_, err = json.Marshal(&backlog.RefusedError{By: backlog.ByPolicy})
	require.ErrorIs(t, err, field.ErrInvalid, "an error of a policy's own, before the gate has completed it")

	for _, part := range []backlog.Refuser{0, backlog.ByPolicy, backlog.ByWorkflow, backlog.ByReady, backlog.ByDone, backlog.ByRule} {
		text, err := part.MarshalText()
		require.NoError(t, err)
		var again backlog.Refuser
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, part, again)
		require.Equal(t, part != 0, part.IsValid())
	}
	require.Equal(t, "Refuser(9)", backlog.Refuser(9).String())
}

// What is there already is told apart from what is not, with its name.
func TestExistsError(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.EditStory{Story: storyID(1), Key: backlog.Set("SHOP-1")},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(2), Needs: sItem(1)}})
	for want, change := range map[string]backlog.Change{
		"; a new story needs an id of its own":          backlog.AddStory{Story: story.Story{ID: storyID(1), Title: "Again"}},
		`key "SHOP-1" exists already, as that of story`: backlog.EditStory{Story: storyID(2), Key: backlog.Set("SHOP-1")},
		"dependency": backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(2), Needs: sItem(1)}},
	} {
		exists := new(backlog.ExistsError)
		err := l.Can(change, po, l.At())
		require.ErrorAs(t, err, &exists)
		require.ErrorIs(t, err, backlog.ErrExists)
		require.ErrorContains(t, err, want)
	}
	err := l.Can(backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "Again"}}, pm, l.At())
	require.True(t, errors.Is(err, backlog.ErrExists))
}
