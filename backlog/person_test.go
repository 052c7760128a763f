package backlog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// A role on record counts beside those that the host hands in, and survives a snapshot.
func TestGrantedRoles(t *testing.T) {
	l := product(t, backlog.Options{})
	edit := backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}
	rita := backlog.As("Rita")
	require.ErrorIs(t, l.Can(edit, rita, l.At()), backlog.ErrNotAllowed)
	grant := backlog.GrantRole{Person: "Rita", Role: backlog.ProductOwner, Team: "red"}
	l.do(pm, grant)
	require.ErrorIs(t, l.Can(grant, pm, l.At()), backlog.ErrExists)
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	for _, b := range []*backlog.Backlog{l.Backlog, restored, l.Clone()} {
		require.NoError(t, b.Can(edit, rita, b.At()))
		require.ErrorIs(t, b.Can(backlog.AddStory{Story: newStory(9)}, rita, b.At()), backlog.ErrNotAllowed, "that is no team's")
		person, ok := b.Person("Rita")
		require.True(t, ok)
		require.Equal(t, []backlog.Grant{{Role: backlog.ProductOwner, Team: "red"}}, person.Roles)
	}
	l.do(rita, edit)
	last := l.events[len(l.events)-1]
	require.Equal(t, backlog.ProductOwner, last.As)
	require.Empty(t, slices.Collect(last.By.Roles()), "the event keeps what the host handed in")

	l.do(pm, backlog.RevokeRole(grant))
	require.ErrorIs(t, l.Can(edit, rita, l.At()), backlog.ErrNotAllowed)
	require.ErrorIs(t, l.Can(backlog.RevokeRole(grant), pm, l.At()), backlog.ErrNotFound)
	_, ok := l.Person("Rita")
	require.False(t, ok, "nothing is left of somebody without roles")
}

// A product owner lets a developer order one team's backlog: that, and nothing else.
func TestDelegation(t *testing.T) {
	l := product(t, backlog.Options{})
	blue := newStory(7)
	blue.Team = "blue"
	l.do(po, backlog.AddStory{Story: blue})
	red := func(by backlog.Actor) error {
		return l.Can(backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.Last()}, by, l.At())
	}
	require.ErrorIs(t, red(dev), backlog.ErrNotAllowed)
	delegate := backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories, Team: "red"}
	undelegate := backlog.Undelegate{Person: delegate.Person, Permission: delegate.Permission, Team: delegate.Team}
	l.do(backlog.As("Rita").WithRole(backlog.ProductOwner, "red"), delegate)

	l.do(dev, backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.Last()})
	require.Equal(t, backlog.ProductOwner, l.events[len(l.events)-1].As, "whose authority it was")
	require.NoError(t, red(po), "who delegates keeps the authority")
	person, _ := l.Person("Dana")
	require.Equal(t, []backlog.Mandate{{Permission: backlog.MayOrderStories, Team: "red", By: "Rita"}}, person.Mandates)

	for name, change := range map[string]backlog.Change{
		"another decision":       backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")},
		"another team":           backlog.MoveStories{Stories: []story.ID{storyID(7)}, To: backlog.Last()},
		"another team among two": backlog.MoveStories{Stories: []story.ID{storyID(1), storyID(7)}, To: backlog.Last()},
		"further delegation":     backlog.Delegate{Person: "Stan", Permission: backlog.MayOrderStories, Team: "red"},
		"taking it from oneself": undelegate,
	} {
		require.ErrorIs(t, l.Can(change, dev, l.At()), backlog.ErrNotAllowed, name)
	}
	l.do(po, undelegate)
	require.ErrorIs(t, red(dev), backlog.ErrNotAllowed)
	require.ErrorIs(t, l.Can(undelegate, po, l.At()), backlog.ErrNotFound)
}

// Nobody grants or delegates more than is theirs.
func TestNoEscalation(t *testing.T) {
	l := product(t, backlog.Options{})
	redManager := backlog.As("Rita").WithRole(backlog.ProductManager, "red")
	for name, test := range map[string]struct {
		change backlog.Change
		by     backlog.Actor
		is     error
	}{
		"a role for oneself":               {backlog.GrantRole{Person: "Paula", Role: backlog.ProductOwner}, pm, backlog.ErrNotAllowed},
		"a role, by a product owner":       {backlog.GrantRole{Person: "Dana", Role: backlog.ProductOwner}, po, backlog.ErrNotAllowed},
		"for all teams, with one":          {backlog.GrantRole{Person: "Dana", Role: backlog.ProductOwner}, redManager, backlog.ErrNotAllowed},
		"for another team":                 {backlog.GrantRole{Person: "Dana", Role: backlog.ProductOwner, Team: "blue"}, redManager, backlog.ErrNotAllowed},
		"revoking for another team":        {backlog.RevokeRole{Person: "Dana", Role: backlog.ProductOwner, Team: "blue"}, redManager, backlog.ErrNotAllowed},
		"delegating another's decision":    {backlog.Delegate{Person: "Dana", Permission: backlog.MayAcceptFeatures}, po, backlog.ErrNotAllowed},
		"delegating by who has nothing":    {backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories}, nobody, backlog.ErrNotAllowed},
		"delegating the granting of roles": {backlog.Delegate{Person: "Dana", Permission: backlog.MayAssignRoles}, pm, field.ErrInvalid},
		"delegating what is no decision":   {backlog.Delegate{Person: "Dana", Permission: "make coffee"}, pm, backlog.ErrNotAllowed},
		"a role of no kind":                {backlog.GrantRole{Person: "Dana", Role: "?"}, pm, field.ErrInvalid},
		"a role for nobody":                {backlog.GrantRole{Role: backlog.ProductOwner}, pm, field.ErrInvalid},
	} {
		require.ErrorIs(t, l.Can(test.change, test.by, l.At()), test.is, name)
	}
	require.NoError(t, l.Can(backlog.GrantRole{Person: "Dana", Role: backlog.ProductOwner, Team: "red"}, redManager, l.At()))

	options := backlog.Options{Policy: backlog.ScrumAuthority().Policy()}
	scrum, err := backlog.Restore(options, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	grant := backlog.GrantRole{Person: "Dana", Role: backlog.Developer}
	require.NoError(t, scrum.Can(grant, po, scrum.At()))
	require.ErrorIs(t, scrum.Can(grant, pm, scrum.At()), backlog.ErrNotAllowed)
}

// A policy of the host's own sees what was delegated, and decides what that means.
func TestPolicySeesDelegation(t *testing.T) {
	var seen []string
	policy := func(r backlog.PolicyRequest) (backlog.Role, error) {
		seen = append(seen, fmt.Sprint(r.Permission, r.Delegated, slices.Collect(r.Actor.Roles())))
		return backlog.ScrumMaster, nil
	}
	l := newLog(t, backlog.Options{Policy: policy})
	l.do(po, backlog.AddStory{Story: newStory(1)}, backlog.Delegate{Person: "Dana", Permission: backlog.MayWriteStories},
		backlog.GrantRole{Person: "Dana", Role: backlog.Stakeholder})
	seen = nil
	l.do(dev, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")})
	require.Equal(t, []string{"add, edit or drop a storytrue [developer stakeholder]"}, seen)
}

// The people of a snapshot are checked like everything else.
func TestPeopleRestored(t *testing.T) {
	for name, people := range map[string]string{
		"no name":         `{"name":"","roles":[{"role":"developer"}]}`,
		"the same twice":  `{"name":"a","roles":[{"role":"developer"}]},{"name":"a","roles":[{"role":"developer"}]}`,
		"roles in a mess": `{"name":"a","roles":[{"role":"stakeholder"},{"role":"developer"}]}`,
		"a role twice":    `{"name":"a","roles":[{"role":"developer"},{"role":"developer"}]}`,
		"no decision":     `{"name":"a","mandates":[{"permission":"make coffee","by":"b"}]}`,
		"given by nobody": `{"name":"a","mandates":[{"permission":"order stories"}]}`,
		"nothing known":   `{"name":"a"}`,
	} {
		_, err := backlog.Restore(backlog.Options{}, []byte(`{"version":1,"seq":0,"people":[`+people+`]}`))
		require.ErrorIs(t, err, backlog.ErrInconsistent, name)
	}
}

// Roles are written nowhere but into the actor that is made with them, and come back from JSON as they went.
func TestActors(t *testing.T) {
	otto := backlog.As("Otto", backlog.ProductOwner)
	red, blue := otto.WithRole(backlog.Developer, "red"), otto.WithRole(backlog.Developer, "blue")
	for _, test := range []struct {
		actor backlog.Actor
		want  string
	}{
		{backlog.As("Nemo"), `{"name":"Nemo"}`},
		{otto, `{"name":"Otto","roles":[{"role":"product_owner"}]}`},
		{red, `{"name":"Otto","roles":[{"role":"product_owner"},{"role":"developer","team":"red"}]}`},
		{blue, `{"name":"Otto","roles":[{"role":"product_owner"},{"role":"developer","team":"blue"}]}`},
	} {
		require.Equal(t, test.want, asJSON(t, test.actor))
		var back backlog.Actor
		require.NoError(t, json.Unmarshal([]byte(test.want), &back))
		require.Equal(t, test.actor, back)
	}
	back := blue
	require.ErrorContains(t, json.Unmarshal([]byte(`{"name":"Ina","rolles":[]}`), &back), "rolles")
	require.ErrorContains(t, json.Unmarshal([]byte(`{"name":"Ina","NAME":"Uma"}`), &back), "NAME")
	require.ErrorContains(t, json.Unmarshal([]byte(`{"name":"Ina","name":"Uma"}`), &back), "name")
	require.Equal(t, blue, back)
	many := red.WithRole(backlog.ScrumMaster, "red") // a list that has room for more when it has grown
	want := asJSON(t, many.WithRole(backlog.Developer, "green"))
	green := many.WithRole(backlog.Developer, "green")
	_ = many.WithRole(backlog.Developer, "grey")
	require.Equal(t, want, asJSON(t, green))
	require.ErrorIs(t, json.Unmarshal([]byte(`{"roles":[{"role":"No role"}]}`), &back), field.ErrInvalid)
}
