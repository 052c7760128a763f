package backlog_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// A goal leads to a vision, unless the rule is set otherwise or waived.
func TestVisionFirst(t *testing.T) {
	add := backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal"}}
	for _, mode := range []backlog.RuleMode{0, backlog.RuleRecord, backlog.RuleOff} {
		l := newLog(t, backlog.Options{Rules: backlog.Rules{VisionFirst: mode}})
		event, err := l.Execute(add, zoe, start)
		if mode == 0 {
			require.ErrorContains(t, err, "refused by the rule vision_first")
			events, err := l.Decide([]backlog.Change{add}, zoe, start, backlog.DecideOptions{
				Waive: []backlog.Waiver{{Rule: backlog.RuleVisionFirst, Reason: "it is written"}},
			})
			require.NoError(t, err)
			require.Equal(t, "it is written", events[0].Findings[0].Waived)
			continue
		}
		require.NoError(t, err)
		require.Len(t, event.Findings, map[backlog.RuleMode]int{backlog.RuleRecord: 1}[mode])
	}
}

// reviewed is a definition of done for features: somebody who is no part of it has looked at it.
func reviewed() backlog.CheckOf[roadmap.Feature] {
	return backlog.CheckOf[roadmap.Feature]{Name: "review", Missing: func(feature roadmap.Feature, v *backlog.View) string {
		for insight := range v.Insights() {
			for _, about := range insight.About.All() {
				if about.Feature == feature.ID {
					return ""
				}
			}
		}
		return "an insight of a review"
	}}
}

func notes() backlog.CheckOf[roadmap.Release] {
	return backlog.CheckOf[roadmap.Release]{Name: "notes", Missing: func(release roadmap.Release, _ *backlog.View) string {
		if release.Notes == "" {
			return "release notes"
		}
		return ""
	}}
}

func tested() backlog.CheckOf[roadmap.Release] {
	return backlog.CheckOf[roadmap.Release]{Name: "tested", Missing: func(roadmap.Release, *backlog.View) string { return "a test" }}
}

// Features and releases have definitions of done of their own, and a check can be waived for a reason.
func TestDefinitionsOfDone(t *testing.T) {
	options := backlog.Options{
		FeatureDone: []backlog.CheckOf[roadmap.Feature]{reviewed()}, ReleaseDone: []backlog.CheckOf[roadmap.Release]{notes(), tested()},
	}
	l := product(t, options)
	options.FeatureDone[0], options.ReleaseDone[0] = backlog.CheckOf[roadmap.Feature]{}, backlog.CheckOf[roadmap.Release]{} // copies were made
	l.do(po, backlog.DropStory{Story: storyID(1), Reason: "no"}, backlog.DropStory{Story: storyID(3), Reason: "no"})
	inReview(l)
	l.do(po, backlog.AcceptStory{Story: storyID(2)})
	l.do(pm, backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1)})
	accept, ship := backlog.AcceptFeature{Feature: featureID(1)}, backlog.ShipRelease{Release: releaseID(1)}
	results, ok := l.FeatureDoneness(featureID(1))
	require.True(t, ok)
	require.Equal(t, []backlog.CheckResult{{Name: "review", Missing: "an insight of a review"}}, results)
	_, ok = l.FeatureDoneness(featureID(77))
	require.False(t, ok)
	err := l.Can(accept, pm, l.At())
	require.ErrorIs(t, err, backlog.ErrNotDone)
	require.ErrorContains(t, err, "refused by the definition of done: the feature is not done; that needs an insight of a review")
	l.do(pm, backlog.AddInsight{Insight: roadmap.Insight{ID: insightID(7), Text: "it works", About: story.ListOf(roadmap.AboutFeature(featureID(1)))}}, accept)

	readiness, _ := l.ReleaseReadiness(releaseID(1))
	require.False(t, readiness.IsReady())
	require.Len(t, readiness.Done, 2)
	waive := func(change backlog.Change, waivers ...backlog.Waiver) ([]backlog.Event, error) {
		return l.Decide([]backlog.Change{change}, pm, l.At(), backlog.DecideOptions{Waive: waivers})
	}
	_, err = waive(ship, backlog.Waiver{Check: "tested", Reason: "a demo only"})
	require.ErrorIs(t, err, backlog.ErrNotDone)
	require.ErrorContains(t, err, "release notes")
	require.NotContains(t, err.Error(), "a test")
	events, err := waive(ship, backlog.Waiver{Check: "tested", Reason: "a demo only"}, backlog.Waiver{Check: "notes", Reason: "nobody reads them"})
	require.NoError(t, err)
	require.NoError(t, l.Apply(events...))
	var read backlog.Event
	data, err := json.Marshal(events[0])
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, []backlog.Finding{
		{Rule: "done: notes", ID: releaseID(1).String(), Message: "the release is not done; the definition of done wants release notes", Waived: "nobody reads them"},
		{Rule: "done: tested", ID: releaseID(1).String(), Message: "the release is not done; the definition of done wants a test", Waived: "a demo only"},
	}, read.Findings)
	_, err = backlog.New(backlog.Options{FeatureDone: []backlog.CheckOf[roadmap.Feature]{{Name: "x"}}})
	require.ErrorContains(t, err, "feature_done[0]")
}

// Only rules can be waived, with a reason, by who may.
func TestWaiverIsRefused(t *testing.T) {
	l := product(t, backlog.Options{})
	commit := backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(2)}}
	reason := "agreed"
	for name, test := range map[string]struct {
		by      backlog.Actor
		change  backlog.Change
		waiver  backlog.Waiver
		is      error
		because string
	}{
		"both":           {po, commit, backlog.Waiver{Rule: backlog.RuleReason, Check: "estimate", Reason: reason}, field.ErrInvalid, "waive[0].rule"},
		"neither":        {po, commit, backlog.Waiver{Reason: reason}, field.ErrInvalid, "waive[0].rule"},
		"no such rule":   {po, commit, backlog.Waiver{Rule: 200, Reason: reason}, field.ErrInvalid, "waive[0].rule"},
		"no reason":      {po, commit, backlog.Waiver{Check: "estimate"}, field.ErrInvalid, "waive[0].reason"},
		"by a developer": {dev, commit, backlog.Waiver{Check: "estimate", Reason: reason}, backlog.ErrNotAllowed, "may not waive a rule"},
		"of another team": {
			backlog.As("Bea").WithRole(backlog.ProductOwner, "blue").WithRole(backlog.Developer, "red"), commit,
			backlog.Waiver{Check: "estimate", Reason: reason},
			backlog.ErrNotAllowed, `product owner of "red"`,
		},
		"another check": {po, commit, backlog.Waiver{Check: "narrative", Reason: reason}, backlog.ErrNotReady, "an estimate"},
		"the workflow":  {po, backlog.AcceptStory{Story: storyID(2)}, backlog.Waiver{Check: "tasks", Reason: reason}, backlog.ErrIllegalMove, "no move"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := l.Decide([]backlog.Change{test.change}, test.by, l.At(), backlog.DecideOptions{Waive: []backlog.Waiver{test.waiver}})
			require.ErrorIs(t, err, test.is)
			require.ErrorContains(t, err, test.because)
		})
	}
	events, err := l.Decide([]backlog.Change{commit, backlog.NoteSprint{Sprint: sprintID(1), Note: "so be it"}}, po, l.At(),
		backlog.DecideOptions{Waive: []backlog.Waiver{{Check: "estimate", Reason: reason}}})
	require.NoError(t, err)
	require.Equal(t, []string{"ready: estimate"}, []string{events[0].Findings[0].Rule})
	require.Empty(t, events[1].Findings)
}

// A rule is waived for once, by who may, and the reason stays on record.
func ExampleWaiver() {
	s := newShop(backlog.Options{})
	s.do(s.otto, backlog.PlanSprint{Sprint: backlog.Sprint{ID: shopSprint, Name: "Sprint 1", Goal: "Keep cards", Team: "blue"}})
	events, err := s.Decide([]backlog.Change{backlog.StartSprint{Sprint: shopSprint}}, s.otto, s.at, backlog.DecideOptions{
		Waive: []backlog.Waiver{{Rule: backlog.RuleSprintStories, Reason: "the stories come tomorrow"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range events[0].Findings {
		fmt.Printf("%s: %s (waived: %s)\n", finding.Rule, finding.Message, finding.Waived)
	}
	// Output: sprint_stories: the sprint is empty; the rule wants at least one story (waived: the stories come tomorrow)
}

// A feature is done when somebody has looked at it: a definition of the product's own.
func ExampleCheckOf() {
	s := newShop(backlog.Options{FeatureDone: []backlog.CheckOf[roadmap.Feature]{{
		Name: "measure", Missing: func(feature roadmap.Feature, _ *backlog.View) string {
			if feature.Measure == "" {
				return "a measure of the benefit"
			}
			return ""
		},
	}}})
	results, _ := s.FeatureDoneness(shopCheckout)
	fmt.Printf("%s: %s\n", results[0].Name, results[0].Missing)
	// Output: measure: a measure of the benefit
}
