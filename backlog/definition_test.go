package backlog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// described is a point of a definition of ready for features.
func described() backlog.CheckOf[roadmap.Feature] {
	return backlog.CheckOf[roadmap.Feature]{Name: "described", Missing: func(f roadmap.Feature, _ *backlog.View) string {
		if f.Criteria.IsZero() {
			return "a criterion"
		}
		return ""
	}}
}

// What comes back by a Revert is asked the definition that a change of its own would be asked: it is refused while
// the definition is not met, comes with a waiver, and comes once it is met again.
func TestUndoAsksTheDefinitions(t *testing.T) {
	t.Parallel()

	options := backlog.Options{
		FeatureReady: []backlog.CheckOf[roadmap.Feature]{described()}, ReleaseDone: []backlog.CheckOf[roadmap.Release]{notes()},
	}
	only := func(n int) []story.ID { return []story.ID{storyID(n)} }
	for name, test := range map[string]struct {
		before []backlog.Change
		away   backlog.Change // nil takes the last of these back
		broken backlog.Change
		is     error
		check  string
	}{
		"a story is ready": {
			nil,
			backlog.SetStoryStatus{Story: storyID(1), To: story.Draft},
			backlog.EstimateStory{Story: storyID(1)},
			backlog.ErrNotReady, "estimate",
		},
		"a story is in a sprint": {
			[]backlog.Change{backlog.CommitStories{Sprint: sprintID(1), Stories: only(1)}},
			backlog.WithdrawStories{Sprint: sprintID(1), Stories: only(1)},
			backlog.EstimateStory{Story: storyID(1)},
			backlog.ErrNotReady, "estimate",
		},
		"a story is planned after what it needs": {
			[]backlog.Change{
				needs(sItem(2), sItem(1)),
				backlog.CommitStories{Sprint: sprintID(1), Stories: only(1)},
				backlog.CommitStories{Sprint: sprintID(2), Stories: only(2)},
			},
			backlog.WithdrawStories{Sprint: sprintID(2), Stories: only(2)},
			backlog.WithdrawStories{Sprint: sprintID(1), Stories: only(1)},
			backlog.ErrNotReady, "independent",
		},
		"a feature is in an increment": {
			[]backlog.Change{backlog.AssignFeatureIncrement{Feature: featureID(1), Increment: incrementID(1)}},
			backlog.AssignFeatureIncrement{Feature: featureID(1)},
			backlog.SetFeatureCriteria{Feature: featureID(1)},
			backlog.ErrNotReady, "described",
		},
		"a release is shipped": {
			[]backlog.Change{
				backlog.DropStory{Story: storyID(2), Reason: "no"},
				backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress},
				backlog.SetStoryStatus{Story: storyID(1), To: story.InReview},
				backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met},
				backlog.AcceptStory{Story: storyID(1)},
				backlog.JudgeFeatureCriterion{Feature: featureID(1), Criterion: criterionID(9), Verdict: story.Met},
				backlog.AcceptFeature{Feature: featureID(1)},
				backlog.ShipRelease{Release: releaseID(1)},
			},
			nil,
			backlog.EditRelease{Release: releaseID(1), Notes: backlog.Set("")},
			backlog.ErrNotDone, "notes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			l := newLog(t, options)
			l.do(zoe, backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(1), Name: "1.0", Notes: "All new."}},
				backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "Feature", Release: releaseID(1), Criteria: shows(9, 9)}},
				backlog.PlanIncrement{Increment: roadmap.Increment{ID: incrementID(1), Name: "increment"}},
				backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "sprint"}},
				backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(2), Name: "the next"}})
			for n := 1; n <= 2; n++ {
				l.addReady(n, 3)
				l.do(zoe, backlog.AssignStoryFeature{Story: storyID(n), Feature: featureID(1)})
			}
			l.do(zoe, test.before...)
			away := test.away
			if away == nil {
				away = l.reverse(options, len(l.events)-1)
			}
			l.do(zoe, away)
			back := l.reverse(options, len(l.events)-1)
			l.do(zoe, test.broken)
			mend := l.reverse(options, len(l.events)-1)
			require.ErrorIs(t, l.Can(back, zoe, l.At()), test.is)

			waiver := backlog.Waiver{Check: test.check, Reason: "agreed"}
			events, err := l.Decide([]backlog.Change{back}, zoe, l.At(), backlog.DecideOptions{Waive: []backlog.Waiver{waiver}})
			require.NoError(t, err)
			require.Equal(t, "agreed", events[0].Findings[0].Waived)
			l.do(zoe, mend, back)
		})
	}
}

// What a past does not meet of a definition is a finding by the name of the definition.
func TestPastIsAskedTheDefinitions(t *testing.T) {
	l := newLog(t, backlog.Options{ReleaseDone: []backlog.CheckOf[roadmap.Release]{notes()}})
	began := newStory(1)
	began.Status = story.Ready
	l.do(zoe, backlog.ImportItems{
		Source: "a tracker", Stories: []story.Story{began},
		Releases: []roadmap.Release{{ID: releaseID(1), Name: "1.0", Status: roadmap.ReleaseShipped}},
	})
	found := map[string]string{}
	for _, one := range l.events[0].Findings {
		found[one.Rule] += one.Message + "\n"
	}
	require.Contains(t, found["ready"], "the definition of ready wants an estimate")
	require.Contains(t, found["done"], "the definition of done wants release notes")
}

// Who replaces the objectives of an increment needs those whose objectives go, too.
func TestObjectivesAreTheirTeams(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(zoe, backlog.PlanIncrement{Increment: newIncrement(1)})
	none := backlog.EditIncrement{Increment: incrementID(1), Objectives: &[]roadmap.IncrementObjective{}}
	require.ErrorIs(t, l.Can(none, pm, l.At()), backlog.ErrNotAllowed)
	redToo := pm.WithRole(backlog.ProductOwner, "red")
	require.NoError(t, l.Can(none, redToo, l.At()))
	planning := l.reverse(backlog.Options{}, 0)
	require.ErrorIs(t, l.Can(planning, pm, l.At()), backlog.ErrNotAllowed, "nor do they go by a Revert")
	require.NoError(t, l.Can(planning, redToo, l.At()))
	planned := 5
	l.do(zoe, backlog.RateObjective{Increment: incrementID(1), Planned: &planned})
	require.ErrorContains(t, l.Can(none, redToo, l.At()), "that needs business owner")
	require.NoError(t, l.Can(none, zoe, l.At()))
}
