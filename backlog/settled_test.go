package backlog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// shipped is a product whose first feature is accepted, with two stories accepted and one dropped, and
// whose release is shipped with it.
func shipped(t *testing.T, options backlog.Options) *log {
	l := product(t, options)
	l.do(pm, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(2), Title: "another"}},
		backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1)})
	l.do(po, backlog.AddStory{Story: newStory(20)}, backlog.DropStory{Story: storyID(3), Reason: "no"})
	l.do(dev, backlog.FinishTask{Task: taskID(1)})
	for n := 1; n <= 2; n++ {
		l.work(n)
	}
	l.do(pm, backlog.AcceptFeature{Feature: featureID(1)}, backlog.ShipRelease{Release: releaseID(1)})
	return l
}

// work takes a story through to its acceptance.
func (l *log) work(n int) {
	s, _ := l.Story(storyID(n))
	l.do(po, backlog.SetStoryStatus{Story: s.ID, To: story.Ready})
	l.do(dev, backlog.SetStoryStatus{Story: s.ID, To: story.InProgress}, backlog.SetStoryStatus{Story: s.ID, To: story.InReview})
	for _, criterion := range s.Criteria.All() {
		l.do(po, backlog.JudgeCriterion{Story: s.ID, Criterion: criterion.ID, Verdict: story.Met})
	}
	l.do(po, backlog.AcceptStory{Story: s.ID})
}

// What was accepted or shipped stays as it was, by whatever way somebody tries to change it; the rules
// can be switched off.
func TestSettledFeaturesStay(t *testing.T) {
	into := newStory(30)
	into.Feature = featureID(1)
	criteria := shows(40, 1)
	tests := map[string]struct {
		change backlog.Change
		by     backlog.Actor
		rule   backlog.Rule
	}{
		"a story into it":        {backlog.AddStory{Story: into}, po, backlog.RuleFeatureOpen},
		"a story assigned to it": {backlog.AssignStoryFeature{Story: storyID(20), Feature: featureID(1)}, po, backlog.RuleFeatureOpen},
		"a story out of it":      {backlog.AssignStoryFeature{Story: storyID(1), Feature: featureID(2)}, po, backlog.RuleFeatureOpen},
		"its text":               {backlog.EditFeature{Feature: featureID(1), Title: backlog.Set("More")}, pm, backlog.RuleFeatureOpen},
		"its size":               {backlog.SizeFeature{Feature: featureID(1), Size: story.Points(3)}, dev, backlog.RuleFeatureOpen},
		"its criteria":           {backlog.SetFeatureCriteria{Feature: featureID(1), Criteria: criteria}, pm, backlog.RuleFeatureOpen},
		"a feature into the release": {
			backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(9), Title: "late", Release: releaseID(1)}}, pm, backlog.RuleReleasePlanned,
		},
		"another into the release": {backlog.AssignFeatureRelease{Feature: featureID(2), Release: releaseID(1)}, pm, backlog.RuleReleasePlanned},
		"the text of the release":  {backlog.EditRelease{Release: releaseID(1), Name: backlog.Set("2")}, pm, backlog.RuleReleasePlanned},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := shipped(t, lenient())
			err := l.Can(test.change, test.by, l.At())
			var refused *backlog.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, test.rule, refused.Rule)
			options := lenient()
			options.Rules.FeatureOpen, options.Rules.ReleasePlanned = backlog.RuleRecord, backlog.RuleRecord
			l = shipped(t, options)
			event, err := l.Execute(test.change, test.by, l.At())
			require.NoError(t, err)
			require.NotEmpty(t, event.Findings)
		})
	}
}

// An acceptance that was built on is not taken back before what was built.
func TestUndoOfAcceptanceThatWasBuiltOn(t *testing.T) {
	options := lenient()
	l := product(t, options)
	l.do(po, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready},
		backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1)}})
	l.do(po, backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(2), Name: "Sprint 2", Team: "red", Goal: "More"}})
	sprint, _ := l.Sprint(sprintID(1))
	require.NotEmpty(t, sprint.Stories)
	for _, status := range []story.Status{story.InProgress, story.InReview} {
		l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: status})
	}
	s, _ := l.Story(storyID(1))
	for _, criterion := range s.Criteria.All() {
		l.do(po, backlog.JudgeCriterion{Story: s.ID, Criterion: criterion.ID, Verdict: story.Met})
	}
	l.do(dev, backlog.FinishTask{Task: taskID(1)})
	l.do(po, backlog.AcceptStory{Story: storyID(1)})
	accepted := l.reverse(options, len(l.events)-1)
	require.NoError(t, l.Can(accepted, po, l.At()))
	l.do(po, backlog.CancelSprint{Sprint: sprintID(1), Reason: "over"})
	require.ErrorContains(t, l.Can(accepted, po, l.At()), "counts in sprint")

	l = shipped(t, options)
	last := len(l.events) - 1
	feature := l.reverse(options, last-1)
	require.ErrorContains(t, l.Can(feature, pm, l.At()), `release "1.0" is shipped`)
	for i, event := range l.events {
		if event.Change.Kind() == "accept_story" {
			err := l.Can(l.reverse(options, i), po, l.At())
			require.ErrorContains(t, err, `feature "expense tracking" is accepted`)
			require.ErrorContains(t, err, "shipped")
		}
	}
}

// A Revert of an event that never was gives nobody more than their own permissions, and one whose number
// was changed gives nothing.
func TestRevertOfAPastMadeUp(t *testing.T) {
	l := product(t, lenient())
	past := l.Clone()
	require.NoError(t, past.Apply(backlog.Event{
		Seq: past.Seq() + 1, At: past.At(), By: po, As: backlog.ProductOwner, Change: backlog.AcceptStory{Story: storyID(1)},
	}))
	forged := backlog.Event{
		Seq: past.Seq() + 1, At: past.At(), By: dev, As: backlog.Developer,
		Change: backlog.SetStoryStatus{Story: storyID(1), To: story.Draft},
	}
	revert, err := past.Reverse(forged)
	require.NoError(t, err)
	l.do(po, backlog.EditStory{Story: storyID(2), Title: backlog.Set("a")}, backlog.EditStory{Story: storyID(2), Title: backlog.Set("b")})
	err = l.Can(revert, dev, l.At())
	require.ErrorIs(t, err, backlog.ErrNotAllowed, "accepts a story under another name")
	require.ErrorContains(t, err, string(backlog.MayAcceptStories))

	edited := l.reverse(lenient(), len(l.events)-1)
	require.NoError(t, l.Can(edited, po, l.At()))
	edited.Seq--
	require.ErrorContains(t, l.Can(edited, po, l.At()), "made by Reverse")
}
