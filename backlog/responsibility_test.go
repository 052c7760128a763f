package backlog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Who is consulted has three days before the decision is made; the question is on record, and so is the answer.
func ExampleResponsibilities() {
	var options backlog.Options
	options.Responsibilities.Notice = map[backlog.Permission]time.Duration{backlog.MayOrderFeatures: 72 * time.Hour}
	s := newShop(options)
	first := backlog.MoveFeature{Feature: shopCheckout, To: 0}
	_, err := s.Execute(first, s.paula, s.at)
	fmt.Println(strings.Count(err.Error(), "was not consulted"), "roles were not consulted")

	for i, role := range s.Responsibilities().Consulted[backlog.MayOrderFeatures] {
		s.do(s.paula, backlog.AskQuestion{Question: backlog.Question{
			ID: backlog.QuestionID{byte(i + 1)}, About: roadmap.AboutFeature(shopCheckout), To: role,
			Decision: backlog.MayOrderFeatures, Text: "It is to come first. What stands against that?",
		}})
	}
	s.do(s.otto, backlog.AnswerQuestion{Question: backlog.QuestionID{1}, Answer: "Nothing."})
	fmt.Println(s.Can(first, s.paula, s.at.Add(71*time.Hour)) != nil)
	fmt.Println(s.Can(first, s.paula, s.at.Add(72*time.Hour)))
	// Output:
	// 3 roles were not consulted
	// true
	// <nil>
}

// The default responsibilities are the table of authority as it is practised, with what is consulted and informed.
func TestDefaultResponsibilities(t *testing.T) {
	r := backlog.DefaultResponsibilities()
	require.NoError(t, r.Validate())
	require.Equal(t, backlog.DefaultAuthority(), r.Responsible)
	for _, row := range authorityTable {
		for _, permission := range row.permissions {
			for role, cell := range row.cells {
				require.Equal(t, cell == "C", contains(r.Consulted[permission], role), "%s: %v is %s", permission, role, cell)
				require.Equal(t, cell == "I", contains(r.Informed[permission], role), "%s: %v is %s", permission, role, cell)
				if strings.HasPrefix(cell, "A") && permission != backlog.MayRateObjectives {
					require.Equal(t, role, r.Responsible[permission][0], "%s: who is accountable comes first", permission)
				}
			}
		}
	}
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	require.Equal(t, r, b.Responsibilities())
}

func contains(roles []backlog.Role, role backlog.Role) bool {
	for _, one := range roles {
		if one == role {
			return true
		}
	}
	return false
}

// Consulting is a rule with a mode, holds on every way, and looks at what the change is about.
func TestConsulted(t *testing.T) {
	asked := func(n int, about roadmap.Subject, decision backlog.Permission, to backlog.Role) backlog.AskQuestion {
		return backlog.AskQuestion{Question: backlog.Question{ID: questionID(100 + n), About: about, Text: "may I?", To: to, Decision: decision}}
	}
	var options backlog.Options
	options.Responsibilities.Consulted = backlog.Authority{
		backlog.MayWriteStories: {backlog.Stakeholder}, backlog.MaySetVision: {backlog.Stakeholder}, backlog.MaySplitStories: {backlog.Stakeholder},
	}
	options.Responsibilities.Notice = map[backlog.Permission]time.Duration{
		backlog.MayWriteStories: time.Hour, backlog.MaySetVision: 0, backlog.MaySplitStories: 0,
	}
	l := product(t, backlog.Options{})
	open := func(options backlog.Options) *log {
		b, err := backlog.Restore(options, []byte(snapshot(t, l.Backlog)))
		require.NoError(t, err)
		return &log{Backlog: b, t: t}
	}
	one, other := newStory(8), newStory(9)
	one.Criteria = shows(8, 1)
	inFeature := newStory(7)
	inFeature.Feature, inFeature.Team = featureID(1), "red"
	story1, feature1 := roadmap.AboutStory(storyID(1)), roadmap.AboutFeature(featureID(1))
	edit := backlog.EditStory{Story: storyID(1), Title: backlog.Set("x")}
	for name, test := range map[string]struct {
		question backlog.AskQuestion
		change   backlog.Change
		after    time.Duration
		allowed  bool
	}{
		"in time":                  {asked(1, story1, backlog.MayWriteStories, backlog.Stakeholder), edit, time.Hour, true},
		"too soon":                 {asked(1, story1, backlog.MayWriteStories, backlog.Stakeholder), edit, time.Hour - 1, false},
		"about its feature":        {asked(1, feature1, backlog.MayWriteStories, backlog.Stakeholder), edit, time.Hour, true},
		"about its goal":           {asked(1, roadmap.AboutGoal(goalID(1)), backlog.MayWriteStories, backlog.Stakeholder), edit, time.Hour, true},
		"about another story":      {asked(1, roadmap.AboutStory(storyID(2)), backlog.MayWriteStories, backlog.Stakeholder), edit, time.Hour, false},
		"on another decision":      {asked(1, story1, backlog.MayOrderStories, backlog.Stakeholder), edit, time.Hour, false},
		"on none":                  {asked(1, story1, "", backlog.Stakeholder), edit, time.Hour, false},
		"of somebody else":         {asked(1, story1, backlog.MayWriteStories, backlog.Developer), edit, time.Hour, false},
		"a new story":              {asked(1, feature1, backlog.MayWriteStories, backlog.Stakeholder), backlog.AddStory{Story: inFeature}, time.Hour, true},
		"a new story of elsewhere": {asked(1, story1, backlog.MayWriteStories, backlog.Stakeholder), backlog.AddStory{Story: inFeature}, time.Hour, false},
		"a split":                  {asked(1, story1, backlog.MaySplitStories, backlog.Stakeholder), backlog.SplitStory{Story: storyID(1), Into: []story.Story{one, other}}, 0, true},
		"a drop":                   {asked(1, story1, backlog.MayWriteStories, backlog.Stakeholder), backlog.DropStory{Story: storyID(2), Reason: "no"}, time.Hour, false},
		"of no item":               {asked(1, story1, backlog.MaySetVision, backlog.Stakeholder), backlog.SetVision{Vision: roadmap.Vision{Text: "x"}}, 0, true},
		"of no item, not asked":    {asked(1, story1, backlog.MayWriteStories, backlog.Stakeholder), backlog.SetVision{Vision: roadmap.Vision{Text: "x"}}, time.Hour, false},
		"nobody has to be asked":   {asked(1, story1, "", backlog.Stakeholder), backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(2)}, 0, true},
	} {
		asking := open(options)
		everyone := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
		asking.do(everyone, test.question)
		at := asking.At().Add(test.after)
		err := asking.Can(test.change, everyone, at)
		if test.allowed {
			require.NoError(t, err, name)
			continue
		}
		var refused *backlog.RefusedError
		require.ErrorAs(t, err, &refused, name)
		require.Equal(t, backlog.RuleConsulted, refused.Rule, name)

		options := options
		options.Rules.Consulted = backlog.RuleRecord
		event, err := func() (backlog.Event, error) {
			b := open(options)
			return b.Execute(test.change, everyone, at)
		}()
		require.NoError(t, err, name)
		require.Equal(t, "consulted", event.Findings[0].Rule, "the record says so")
	}
	for name, bad := range map[string]backlog.Responsibilities{
		"a role": {Consulted: backlog.Authority{backlog.MaySetVision: {"No Role"}}},
		"time":   {Notice: map[backlog.Permission]time.Duration{backlog.MaySetVision: -1}},
	} {
		_, err := backlog.New(backlog.Options{Responsibilities: bad})
		require.ErrorIs(t, err, field.ErrInvalid, name)
	}
	require.ErrorIs(t, l.Can(asked(1, story1, "no permission", backlog.Stakeholder), po, l.At()), field.ErrInvalid)
}

// A consultation is bounded, is heard from others than who decides, and is asked for whatever way a decision takes;
// what decides nothing needs none.
func TestConsultationLasts(t *testing.T) {
	var options backlog.Options
	options.Responsibilities.Consulted = backlog.Authority{
		backlog.MayWriteStories: {backlog.Stakeholder}, backlog.MayWriteObjectives: {backlog.Stakeholder},
	}
	const notice, lasts = 2 * time.Hour, 5 * time.Hour
	options.Responsibilities.Notice = map[backlog.Permission]time.Duration{backlog.MayWriteStories: notice, backlog.MayWriteObjectives: notice}
	options.Responsibilities.Lasts = map[backlog.Permission]time.Duration{backlog.MayWriteStories: lasts}
	l := newLog(t, options)
	ask := func(n int, about roadmap.Subject, decision backlog.Permission) backlog.Change {
		return backlog.AskQuestion{Question: backlog.Question{ID: questionID(n), About: about, Text: "may I?", To: backlog.Stakeholder, Decision: decision}}
	}
	l.do(pm, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}}, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "feature"}})
	about := roadmap.AboutFeature(featureID(1))
	inFeature := newStory(1)
	inFeature.Feature = featureID(1)
	add := backlog.AddStory{Story: inFeature}
	all := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner)
	l.do(all, ask(1, about, backlog.MayWriteStories), backlog.ProposeStory{Story: inFeature})
	question, _ := l.Question(questionID(1))
	take := backlog.TakeProposal{Proposal: roadmap.ProposalID(inFeature.ID)}
	for _, change := range []backlog.Change{add, take} {
		require.ErrorIs(t, l.Can(change, po, question.At.Add(notice-1)), backlog.ErrRule)
		require.NoError(t, l.Can(change, po, question.At.Add(notice)))
		require.NoError(t, l.Can(change, po, question.At.Add(lasts)))
		require.ErrorContains(t, l.Can(change, po, question.At.Add(lasts+1)), "not more than 5h0m0s ago")
	}

	l.do(all, backlog.AnswerQuestion{Question: questionID(1), Answer: "I may"})
	require.ErrorIs(t, l.Can(add, po, l.At()), backlog.ErrRule, "an answer of one's own is none")
	l.do(pm, backlog.AnswerQuestion{Question: questionID(1), Answer: "I may"})
	require.ErrorIs(t, l.Can(add, pm.WithRole(backlog.ProductOwner, ""), l.At()), backlog.ErrRule, "nor is that of who decides")
	l.do(stakeholder, backlog.AnswerQuestion{Question: questionID(1), Answer: "you may"})
	answered := l.At()
	require.NoError(t, l.Can(add, po, answered))
	require.NoError(t, l.Can(add, po, answered.Add(lasts)))
	require.ErrorIs(t, l.Can(add, po, answered.Add(lasts+1)), backlog.ErrRule)

	plan := backlog.PlanIncrement{Increment: newIncrement(1)} // its objectives are the team's to write
	require.ErrorIs(t, l.Can(plan, all, answered), backlog.ErrRule)
	plan.Increment.Objectives = nil
	require.NoError(t, l.Can(plan, all, answered))
	require.NoError(t, l.Can(backlog.Delegate{Person: "Dana", Permission: backlog.MayWriteStories}, po, answered.Add(lasts+1)))

	for name, bad := range map[string]map[backlog.Permission]time.Duration{
		"shorter than the notice": {backlog.MayWriteStories: notice - 1}, "without a notice": {backlog.MayEstimateStories: lasts},
	} {
		options.Responsibilities.Lasts = bad
		_, err := backlog.New(options)
		require.ErrorIs(t, err, field.ErrInvalid, name)
	}
}

// A decision is taken back as it was made: who is consulted is asked before.
func TestConsultedBeforeRevert(t *testing.T) {
	var options backlog.Options
	options.Responsibilities.Consulted = backlog.Authority{backlog.MayWriteStories: {backlog.Stakeholder}}
	options.Responsibilities.Notice = map[backlog.Permission]time.Duration{backlog.MayWriteStories: time.Hour}
	options.Rules.Consulted = backlog.RuleRecord
	s := newShop(options)
	before := s.Clone()
	s.do(s.otto, backlog.EditStory{Story: shopSave, Title: backlog.Set("x")})
	revert, err := before.Reverse(s.last())
	require.NoError(t, err)
	event, err := s.Execute(revert, s.otto, s.at)
	require.NoError(t, err)
	require.NotEmpty(t, event.Findings)
	require.Equal(t, "consulted", event.Findings[0].Rule)
}

// Somebody stands in for two weeks, and no longer.
func TestStandIn(t *testing.T) {
	s := newShop(backlog.Options{})
	until := s.at.AddDate(0, 0, 14)
	lend := backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories, Until: until}
	s.do(s.otto, lend)
	move := backlog.MoveStories{Stories: []story.ID{shopPay}, To: backlog.First()}
	require.NoError(t, s.Can(move, s.dana, until.Add(-1)))
	require.ErrorIs(t, s.Can(move, s.dana, until), backlog.ErrNotAllowed)
	require.ErrorIs(t, s.Can(lend, s.otto, s.at), backlog.ErrExists)
	later := lend
	later.Until = until.AddDate(0, 0, 7)
	s.do(s.otto, later)
	require.NoError(t, s.Can(move, s.dana, until))
	dana, _ := s.Person("Dana")
	require.Len(t, dana.Mandates, 1)
	require.True(t, later.Until.Equal(dana.Mandates[0].Until))
	past := lend
	past.Person, past.Until = "Dirk", s.at
	require.ErrorIs(t, s.Can(past, s.otto, s.at), field.ErrInvalid)
	s.do(s.otto, backlog.Undelegate{Person: "Dana", Permission: backlog.MayOrderStories})
	require.ErrorIs(t, s.Can(move, s.dana, s.at), backlog.ErrNotAllowed)
}
