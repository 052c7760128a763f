package backlog_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// A refusal names the role that would do, and the teams for which the actor lacks it.
func TestRefuseNeeds(t *testing.T) {
	owner := func(teams ...story.Team) backlog.Actor {
		by := backlog.As("Ada")
		for _, team := range teams {
			by = by.WithRole(backlog.ProductOwner, team)
		}
		return by
	}
	for _, test := range []struct {
		by    backlog.Actor
		teams []story.Team
		want  string
	}{
		{owner(), nil, "product owner"},
		{owner("red"), nil, "product owner of all teams"},
		{backlog.As("Ada").WithRole(backlog.Developer, "red"), nil, "product owner"},
		{owner("red"), []story.Team{""}, "product owner of all teams"},
		{owner(), []story.Team{"red", ""}, "product owner"},
		{owner(), []story.Team{"red"}, `product owner of "red"`},
		{owner("red"), []story.Team{"red", "blue"}, `product owner of "blue"`},
		{owner("red"), []story.Team{"blue", "red", "green"}, `product owner of "blue" and "green"`},
		{owner(), []story.Team{"a", "b", "c", "d"}, `product owner of "a" and "b" and "c" and "d"`},
		{owner(), []story.Team{"a", "b", "c", "d", "e"}, `product owner of "a" and "b" and "c" and 2 more teams`},
		{owner("b"), []story.Team{"a", "b", "c", "d", "e", "f", "g"}, `product owner of "a" and "c" and "d" and 3 more teams`},
	} {
		drop := backlog.DropStory{Story: storyID(1)}
		request := backlog.PolicyRequest{Actor: test.by, Change: drop, Permission: backlog.MayWriteStories, Teams: test.teams}
		want := &backlog.RefusedError{
			By: backlog.ByPolicy, Actor: "Ada", Change: drop, Reason: "may not add, edit or drop a story", Needs: []string{test.want},
		}
		require.Equal(t, want, request.Refuse("", backlog.ProductOwner))
		want.Reason, want.Needs = "it is Friday", nil
		require.Equal(t, want, request.Refuse("it is Friday"))
	}
}

// The table looks roles up in its order, for the teams of the change; a mandate acts in the first role, who was asked
// in that of the question, and who holds a role for some team has a say in what is of no team.
func TestPolicyOfTable(t *testing.T) {
	may := backlog.MayRunSprints
	table := backlog.Authority{
		may: {backlog.ProductOwner, backlog.Developer}, backlog.MayContribute: {backlog.Stakeholder},
		backlog.MayManageImpediments: {backlog.ScrumMaster}, backlog.MayImport: {},
	}
	red := func(role backlog.Role) backlog.Actor { return backlog.As("Ada").WithRole(role, "red") }
	teams := []story.Team{"red"}
	for name, test := range map[string]struct {
		request backlog.PolicyRequest
		want    backlog.Role
	}{
		"the first role":                {backlog.PolicyRequest{Permission: may, Actor: backlog.As("Ada", backlog.Developer, backlog.ProductOwner)}, backlog.ProductOwner},
		"the only role":                 {backlog.PolicyRequest{Permission: may, Actor: backlog.As("Ada", backlog.Developer)}, backlog.Developer},
		"another role":                  {backlog.PolicyRequest{Permission: may, Actor: backlog.As("Ada", backlog.Stakeholder)}, ""},
		"for the team":                  {backlog.PolicyRequest{Permission: may, Actor: red(backlog.Developer), Teams: teams}, backlog.Developer},
		"for another team":              {backlog.PolicyRequest{Permission: may, Actor: red(backlog.Developer), Teams: []story.Team{"blue"}}, ""},
		"for all teams":                 {backlog.PolicyRequest{Permission: may, Actor: red(backlog.Developer)}, ""},
		"delegated":                     {backlog.PolicyRequest{Permission: may, Actor: backlog.As("Ada"), Delegated: true}, backlog.ProductOwner},
		"delegated, and held":           {backlog.PolicyRequest{Permission: may, Actor: red(backlog.Developer), Teams: teams, Delegated: true}, backlog.Developer},
		"delegated, and held by nobody": {backlog.PolicyRequest{Permission: backlog.MayImport, Actor: backlog.As("Ada"), Delegated: true}, ""},
		"not in the table":              {backlog.PolicyRequest{Permission: "dance", Actor: backlog.As("Ada", backlog.ProductOwner), Delegated: true}, ""},
		"asked":                         {backlog.PolicyRequest{Permission: may, Actor: backlog.As("Ada"), Asked: backlog.BusinessOwner}, backlog.BusinessOwner},
		"asked, and held":               {backlog.PolicyRequest{Permission: may, Actor: backlog.As("Ada", backlog.Developer), Asked: backlog.BusinessOwner}, backlog.Developer},
		"a say":                         {backlog.PolicyRequest{Permission: backlog.MayContribute, Actor: red(backlog.Stakeholder), Teams: []story.Team{"blue"}}, backlog.Stakeholder},
		"an impediment of no team":      {backlog.PolicyRequest{Permission: backlog.MayManageImpediments, Actor: red(backlog.ScrumMaster)}, backlog.ScrumMaster},
		"an impediment of its team":     {backlog.PolicyRequest{Permission: backlog.MayManageImpediments, Actor: red(backlog.ScrumMaster), Teams: teams}, backlog.ScrumMaster},
		"an impediment of another":      {backlog.PolicyRequest{Permission: backlog.MayManageImpediments, Actor: red(backlog.ScrumMaster), Teams: []story.Team{"blue"}}, ""},
	} {
		role, err := table.Policy()(test.request)
		require.Equal(t, test.want, role, name)
		require.Equal(t, test.want == "", err != nil, name)
	}
}

// In the table of Scrum nothing is left to a product manager, no role is there twice, and the order stays.
func TestScrumTable(t *testing.T) {
	scrum := backlog.ScrumAuthority()
	for permission, roles := range backlog.DefaultAuthority() {
		var want []backlog.Role
		hasManager := strings.Contains(fmt.Sprint(roles), fmt.Sprint(backlog.ProductManager))
		for _, role := range roles {
			switch {
			case role == backlog.ProductManager:
				want = append(want, backlog.ProductOwner)
			case role != backlog.ProductOwner || !hasManager:
				want = append(want, role)
			}
		}
		require.Equal(t, want, scrum[permission], permission)
	}
	require.Equal(t, []backlog.Role{backlog.ProductManager, backlog.ProductOwner}, backlog.DefaultAuthority()[backlog.MayPlanReleases])
}

// A request has what the change touches: teams, stories and features before it, and to whom a question was put.
func TestRequestOfAnAnswer(t *testing.T) {
	l := product(t, backlog.Options{})
	answer := func(n int) backlog.AnswerQuestion {
		return backlog.AnswerQuestion{Question: questionID(n), Answer: "the first"}
	}
	l.do(po, backlog.AskQuestion{Question: backlog.Question{
		ID: questionID(2), About: roadmap.AboutStory(storyID(1)), Text: "which one?", To: backlog.Stakeholder, Person: "Stan",
	}})
	for _, test := range []struct {
		question int
		by       backlog.Actor
		asked    backlog.Role
		needs    []string
	}{
		{1, backlog.As("Bo", backlog.BusinessOwner), backlog.BusinessOwner, []string{"product owner of \"red\"", "business owner"}},
		{1, backlog.As("Ada"), "", []string{"product owner of \"red\"", "business owner of \"red\""}},
		{2, backlog.As("Stan"), backlog.Stakeholder, []string{"product owner of \"red\"", "Stan"}},
		{2, backlog.As("Ada", backlog.Stakeholder), "", []string{"product owner of \"red\"", "Stan"}},
		{9, backlog.As("Stan"), "", []string{"product owner"}},
	} {
		request := l.PolicyRequest(answer(test.question), test.by, l.At())
		require.Equal(t, test.asked, request.Asked, test.by.Name)
		refused := new(backlog.RefusedError)
		require.ErrorAs(t, request.Refuse("", backlog.ProductOwner), &refused)
		require.Equal(t, test.needs, refused.Needs)
	}
	request := l.PolicyRequest(backlog.DropStory{Story: storyID(1)}, po, l.At())
	one, ok := request.Story(storyID(1))
	require.True(t, ok)
	require.Equal(t, "Story 1", one.Title)
	feature, ok := request.Feature(featureID(1))
	require.True(t, ok)
	require.Equal(t, "expense tracking", feature.Title)
	require.Empty(t, request.Asked)
	refused := new(backlog.RefusedError)
	require.ErrorAs(t, l.PolicyRequest(answer(1), po, l.At()).Refuse("", backlog.BusinessOwner, backlog.BusinessOwner), &refused)
	require.Equal(t, []string{"business owner of \"red\"", "business owner of \"red\""}, refused.Needs, "whom it was put to is among them")
}

// What no policy may allow is refused before it is asked, and so is what it says yes to without a role.
func TestForestalled(t *testing.T) {
	asked := 0
	anybody := func(backlog.PolicyRequest) (backlog.Role, error) {
		asked++
		return backlog.ProductManager, nil
	}
	ada := backlog.As("Ada", backlog.ProductManager)
	l := newLog(t, backlog.Options{Policy: anybody})
	undo := func(change backlog.Change) backlog.Change { return madeAndReversed(t, l, change) }
	refused := func(change backlog.Change, want string) {
		asked = 0
		err := l.Can(change, ada, l.At())
		require.EqualError(t, err, "backlog: "+want)
		require.ErrorIs(t, err, backlog.ErrNotAllowed)
		require.Zero(t, asked)
	}
	allowed := func(change backlog.Change, by backlog.Actor) {
		asked = 0
		require.NoError(t, l.Can(change, by, l.At()), change.Kind())
		require.Positive(t, asked)
	}
	l.do(pm, backlog.AddStory{Story: newStory(1)})
	allowed(undo(backlog.AddStory{Story: newStory(2)}), ada)
	refused(backlog.Revert{Seq: 1}, `revert by "Ada" refused by the policy: a record that was read or changed is applied, not executed; that needs a Revert made by Reverse`)
	granted := undo(backlog.GrantRole{Person: "Ada", Role: backlog.Developer})
	refused(granted, `revert by "Ada" refused by the policy: nobody decides on their own roles; that needs somebody else who may grant them`)
	allowed(granted, pm)
	allowed(undo(backlog.Delegate{Person: "Ada", Permission: backlog.MayWriteStories}), ada)
	refused(backlog.GrantRole{Person: "ada", Role: backlog.ProductOwner},
		`grant_role by "Ada" refused by the policy: nobody grants a role to themselves; that needs somebody else who may grant it`)
	allowed(backlog.GrantRole{Person: "Bea", Role: backlog.ProductOwner}, ada)
	refused(backlog.Delegate{Person: "ADA", Permission: backlog.MayOrderStories},
		`delegate by "Ada" refused by the policy: nobody delegates to themselves; that needs somebody else to delegate to`)
	allowed(backlog.Delegate{Person: "Bea", Permission: backlog.MayOrderStories}, ada)
}

// madeAndReversed makes a change and returns what takes it back.
func madeAndReversed(t *testing.T, l *log, change backlog.Change) backlog.Change {
	t.Helper()
	events, err := l.Decide([]backlog.Change{change}, pm, l.At(), backlog.DecideOptions{})
	require.NoError(t, err)
	undone, err := l.Reverse(events[0])
	require.NoError(t, err)
	require.NoError(t, l.Apply(events...))
	return undone
}

// What is delegated is not delegated further, nor taken back with it; for anything else a mandate does.
func TestDelegatedIsNotDelegatedFurther(t *testing.T) {
	var delegated []bool
	options := backlog.Options{Policy: func(r backlog.PolicyRequest) (backlog.Role, error) {
		delegated = append(delegated, r.Delegated)
		return backlog.ProductOwner, nil
	}}
	l := newLog(t, options)
	l.do(po, backlog.AddStory{Story: newStory(1)}, backlog.Delegate{Person: "Ada", Permission: backlog.MayWriteStories, Until: start.AddDate(0, 0, 9)})
	undone := madeAndReversed(t, l, backlog.Delegate{Person: "Bea", Permission: backlog.MayWriteStories})
	edited := backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}
	ada := backlog.As("Ada")
	for _, test := range []struct {
		change backlog.Change
		by     backlog.Actor
		at     time.Time
		want   bool
	}{
		{edited, ada, l.At(), true},
		{edited, ada, start.AddDate(0, 0, 10), false},
		{edited, backlog.As("Cem"), l.At(), false},
		{backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(1)}, ada, l.At(), false},
		{backlog.Delegate{Person: "Cem", Permission: backlog.MayWriteStories}, ada, l.At(), false},
		{backlog.Undelegate{Person: "Bea", Permission: backlog.MayWriteStories}, ada, l.At(), false},
		{undone, ada, l.At(), false},
	} {
		delegated = nil
		require.NoError(t, l.Can(test.change, test.by, test.at), test.change.Kind())
		require.NotEmpty(t, delegated)
		require.Equal(t, test.want, delegated[0], test.change.Kind())
	}
}

// Of several changes the error says which one, and of what kind it was.
func TestBatchErrorText(t *testing.T) {
	l := product(t, backlog.Options{})
	missing := backlog.DropStory{Story: storyID(99), Reason: "no"}
	edit := backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}
	for want, changes := range map[string][]backlog.Change{
		"backlog: changes[1], drop_story: no story \"" + storyID(99).String() + "\"":                            {edit, missing},
		`backlog: changes[0], no change: change is "nil", want one of the changes of this package`:              {nil, edit},
		`backlog: changes[2]: accept_story by "Otto" refused by the workflow: no move from draft to accepted`:   {edit, edit, backlog.AcceptStory{Story: storyID(1)}},
		`backlog: changes[0], no change: change is "a *backlog.EditStory", want the value, not a pointer to it`: {&edit, edit},
	} {
		_, err := l.Decide(changes, po, l.At(), backlog.DecideOptions{})
		require.ErrorContains(t, err, want)
		batch := new(backlog.BatchError)
		require.ErrorAs(t, err, &batch)
		require.ErrorIs(t, err, errors.Unwrap(batch))
	}
	_, err := l.Decide([]backlog.Change{missing}, po, l.At(), backlog.DecideOptions{})
	require.EqualError(t, err, "backlog: no story \""+storyID(99).String()+"\"", "one change alone needs no index")
}

// A waiver names one thing and a reason; at most a hundred are taken.
func TestWaiversAreChecked(t *testing.T) {
	l := product(t, backlog.Options{})
	drop := []backlog.Change{backlog.DropStory{Story: storyID(2)}}
	fit := backlog.Waiver{Rule: backlog.RuleReason, Reason: "everybody knows"}
	many := func(n int) []backlog.Waiver {
		all := make([]backlog.Waiver, n)
		for i := range all {
			all[i] = fit
		}
		return all
	}
	for want, waive := range map[string][]backlog.Waiver{
		"backlog: waive[0].reason is \"\"":                    {{Rule: backlog.RuleReason}},
		"waive[1].rule is \"\", want a rule or a check":       {fit, {Reason: "everybody knows"}},
		"waive[0].rule is \"reason\", want a rule or a check": {{Rule: backlog.RuleReason, Check: "estimated", Reason: "everybody knows"}},
		"waive[0].check is \"sung\", want one of ":            {{Check: "sung", Reason: "everybody knows"}},
		"backlog: waive is \"101\", want at most 100":         many(101),
	} {
		_, err := l.Decide(drop, po, l.At(), backlog.DecideOptions{Waive: waive})
		require.ErrorContains(t, err, want)
	}
	events, err := l.Decide(drop, po, l.At(), backlog.DecideOptions{Waive: many(100)})
	require.NoError(t, err)
	require.Len(t, events[0].Findings, 1)
	_, err = l.Decide(drop, dev, l.At(), backlog.DecideOptions{Waive: many(1)})
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
}

// A policy is asked about each team that a change touches once, in the order of the stories, however many there are.
func TestTeamsOfRequest(t *testing.T) {
	l := newLog(t, backlog.Options{})
	var ids []story.ID
	var teams []story.Team
	for n := 1; n <= 25; n++ {
		s := newStory(n)
		s.Team = story.Team(fmt.Sprint("team ", n))
		l.do(po, backlog.AddStory{Story: s})
		ids, teams = append(ids, s.ID), append(teams, s.Team)
	}
	l.do(po, backlog.AddStory{Story: newStory(30)})
	for n := range len(ids) + 1 {
		twice := append(append([]story.ID{storyID(99)}, ids[:n]...), ids[:n]...)
		request := l.PolicyRequest(backlog.MoveStories{Stories: twice, To: backlog.Last()}, po, start)
		require.Equal(t, fmt.Sprint(teams[:n]), fmt.Sprint(request.Teams))
	}
	require.Equal(t, []story.Team{""}, l.PolicyRequest(backlog.MoveStories{Stories: []story.ID{storyID(30)}}, po, start).Teams)
	require.Empty(t, l.PolicyRequest(backlog.MoveStories{Stories: []story.ID{storyID(99)}}, po, start).Teams)
}

// Who takes a mandate back needs what it is for, or to assign roles; a refusal names both.
func TestUndelegateNeeds(t *testing.T) {
	l := product(t, backlog.Options{})
	back := backlog.Undelegate{Person: "Dora", Permission: backlog.MayAcceptStories}
	require.EqualError(t, l.Can(back, dev, l.At()),
		`backlog: undelegate by "Dana" refused by the policy: may not accept or reject a story; that needs product owner or product manager`)
	closed := errors.New("closed")
	own, err := backlog.Restore(backlog.Options{Policy: func(backlog.PolicyRequest) (backlog.Role, error) { return "", closed }}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	refused := new(backlog.RefusedError)
	require.ErrorAs(t, own.Can(back, dev, l.At()), &refused)
	require.Equal(t, &backlog.RefusedError{By: backlog.ByPolicy, Actor: "Dana", Change: back, Reason: "closed", Err: closed}, refused)
}

// All that is wrong with a decision is said at once: with the change, the instant, the note and the correlation.
func TestDecisionsAreChecked(t *testing.T) {
	l := product(t, backlog.Options{})
	edit := backlog.EditStory{Story: storyID(1), Title: backlog.Set("")}
	long := backlog.DecideOptions{Note: "\x00", Correlation: "\n"}
	_, err := l.Decide([]backlog.Change{edit}, po, time.Time{}, long)
	for _, want := range []string{"title", `at is "", want an instant`, "note", "correlation"} {
		require.ErrorContains(t, err, want)
	}
	_, err = l.Decide([]backlog.Change{edit}, po, l.At().Add(-1), backlog.DecideOptions{})
	require.ErrorContains(t, err, "want an instant not before the last event's")
	_, err = l.Decide([]backlog.Change{backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}}, backlog.Actor{}, l.At(), backlog.DecideOptions{})
	require.Error(t, err)
	require.NotErrorIs(t, err, backlog.ErrNotAllowed)
	events, err := l.Decide(nil, po, time.Time{}, long)
	require.NoError(t, err)
	require.Nil(t, events)

	at := l.At().Add(time.Hour).In(time.FixedZone("abroad", 3600))
	events, err = l.Decide([]backlog.Change{backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}}, po, at,
		backlog.DecideOptions{Note: "as agreed", Correlation: "request 7"})
	require.NoError(t, err)
	require.Equal(t, l.Seq()+1, events[0].Seq)
	require.Equal(t, at.UTC(), events[0].At)
	require.Equal(t, [3]string{"as agreed", "request 7", "product_owner"}, [3]string{events[0].Note, events[0].Correlation, string(events[0].As)})
}
