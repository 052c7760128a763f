package backlog_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Every field of Rules is a rule by the name of its JSON, with a default, and nothing else is.
func TestRulesAreInTheTable(t *testing.T) {
	var rules backlog.Rules
	kind := reflect.TypeFor[backlog.Rules]()
	seen := 0
	for i := range kind.NumField() {
		if kind.Field(i).Type != reflect.TypeFor[backlog.RuleMode]() {
			continue
		}
		seen++
		rule := backlog.Rule(seen)
		require.Equal(t, kind.Field(i).Tag.Get("json"), rule.String()+",omitzero", kind.Field(i).Name)
		require.NotZero(t, rules.Mode(rule), kind.Field(i).Name)

		own := backlog.Rules{}
		reflect.ValueOf(&own).Elem().Field(i).SetUint(uint64(backlog.RuleOff))
		require.Equal(t, backlog.RuleOff, own.Mode(rule))
		reflect.ValueOf(&own).Elem().Field(i).SetUint(9)
		_, err := backlog.New(backlog.Options{Rules: own})
		require.ErrorIs(t, err, field.ErrInvalid)
	}
	for rule := backlog.Rule(1); int(rule) <= seen; rule++ {
		require.Equal(t, backlog.RuleRecord, backlog.Rules{}.Others(backlog.RuleRecord).Mode(rule))
	}
	require.Zero(t, rules.Mode(backlog.Rule(seen+1)))
	require.Zero(t, rules.Mode(0))
	_, err := backlog.Rule(seen + 1).MarshalText()
	require.Error(t, err)

	data, err := json.Marshal(backlog.Rules{SprintGoal: backlog.RuleOff})
	require.NoError(t, err)
	require.JSONEq(t, `{"sprint_goal":"off"}`, string(data))
}

// A rule refuses, records or is off, and a host's own judgement comes before its mode.
func TestRuleModes(t *testing.T) {
	start := backlog.StartSprint{Sprint: sprintID(1)}
	for mode, want := range map[backlog.RuleMode][]string{backlog.RuleRecord: {"sprint_goal", "sprint_stories"}, backlog.RuleOff: nil} {
		l := product(t, backlog.Options{Rules: backlog.Rules{SprintGoal: mode, SprintStories: mode}})
		event, err := l.Execute(start, po, l.At())
		require.NoError(t, err)
		var rules []string
		for _, finding := range event.Findings {
			rules = append(rules, finding.Rule)
		}
		require.Equal(t, want, rules)
		data, err := json.Marshal(event)
		require.NoError(t, err)
		var read backlog.Event
		require.NoError(t, json.Unmarshal(data, &read))
		require.Equal(t, event, read)
	}

	l := product(t, backlog.Options{})
	_, err := l.Execute(start, po, l.At())
	var refused *backlog.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, backlog.RuleSprintGoal, refused.Rule)
	require.ErrorContains(t, err, "refused by the rule sprint_goal: the sprint has no goal; that needs a sprint goal")
	require.ErrorContains(t, err, "sprint_stories")

	judge := func(e backlog.RefusedError) backlog.RuleMode {
		if e.Rule == backlog.RuleSprintGoal && e.Actor == "Otto" {
			return backlog.RuleRecord
		}
		return 0
	}
	l = product(t, backlog.Options{Rules: backlog.Rules{Judge: judge, SprintStories: backlog.RuleOff}})
	event, err := l.Execute(start, po, l.At())
	require.NoError(t, err)
	require.Equal(t, "sprint_goal", event.Findings[0].Rule)
}

// What waits is not finished, unless the rule says so; the refusal names what it waits for.
func TestFinishWaiting(t *testing.T) {
	for _, mode := range []backlog.RuleMode{0, backlog.RuleRecord} {
		l := product(t, backlog.Options{Ready: []backlog.Check{}, Rules: backlog.Rules{FinishWaiting: mode, CriteriaMet: backlog.RuleOff}})
		l.do(dev, backlog.SetStoryStatus{Story: storyID(2), To: story.Ready},
			backlog.SetStoryStatus{Story: storyID(2), To: story.InProgress},
			backlog.SetStoryStatus{Story: storyID(2), To: story.InReview})
		l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(2)), Needs: backlog.StoryItem(storyID(3)),
		}})
		event, err := l.Execute(backlog.AcceptStory{Story: storyID(2)}, po, l.At())
		if mode == 0 {
			require.ErrorIs(t, err, backlog.ErrRule)
			require.ErrorContains(t, err, "refused by the rule finish_waiting")
			require.ErrorContains(t, err, `story "Story 3" finished`)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, "finish_waiting", event.Findings[0].Rule)
		require.Equal(t, storyID(2).String(), event.Findings[0].ID)
	}
}

// Nor is a feature accepted while something that it needs is open, its own stories apart.
func TestFinishWaitingFeature(t *testing.T) {
	for _, mode := range []backlog.RuleMode{0, backlog.RuleRecord, backlog.RuleOff} {
		l := newLog(t, backlog.Options{Rules: backlog.Rules{FinishWaiting: mode}})
		l.do(pm, backlog.AddFeature{Feature: newFeature(1)}, backlog.AddFeature{Feature: newFeature(2)})
		l.addReady(1, 3)
		l.do(po, part(1, 1))
		l.finish(1)
		l.do(pm, needs(fItem(1), sItem(1)), needs(fItem(1), fItem(2)))
		event, err := l.Execute(backlog.AcceptFeature{Feature: featureID(1)}, pm, l.At())
		switch mode {
		case 0:
			require.ErrorIs(t, err, backlog.ErrRule)
			require.ErrorContains(t, err, "refused by the rule finish_waiting: the feature waits for other items; "+
				`that needs feature "feature" finished`)
		case backlog.RuleRecord:
			require.NoError(t, err)
			require.Equal(t, "finish_waiting", event.Findings[0].Rule)
		default:
			require.NoError(t, err)
			require.Empty(t, event.Findings)
		}
	}
}
