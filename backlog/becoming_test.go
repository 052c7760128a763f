package backlog_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// revertOf makes the Revert of the latest change.
func (l *log) revertOf(by backlog.Actor, change backlog.Change) backlog.Revert {
	l.t.Helper()
	l.do(by, change)
	return l.reverse(backlog.Options{}, len(l.events)-1)
}

// What is accepted, fulfilled or served again by a Revert is asked the rule of it, and the refusal names the item.
func TestRevertBringsBackByTheRules(t *testing.T) {
	tests := map[string]struct {
		make func(l *log) backlog.Revert
		rule backlog.Rule
		id   string
	}{
		"a feature of a goal that was dropped since": {func(l *log) backlog.Revert {
			l.do(zoe, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(2), Title: "the next one"}})
			revert := l.revertOf(zoe, backlog.AssignFeatureGoal{Feature: featureID(1), Goal: goalID(2)})
			l.do(zoe, backlog.DropGoal{Goal: goalID(1), Reason: "obsolete"})
			return revert
		}, backlog.RuleParentAlive, goalID(1).String()},
		"an accepted feature that got a story since": {func(l *log) backlog.Revert {
			l.do(zoe, backlog.AssignStoryFeature{Story: storyID(1), Feature: featureID(1)})
			l.finish(1)
			revert := l.revertOf(zoe, l.revertOf(zoe, backlog.AcceptFeature{Feature: featureID(1)}))
			l.do(zoe, backlog.AssignStoryFeature{Story: storyID(2), Feature: featureID(1)})
			return revert
		}, 0, featureID(1).String()},
		"a fulfilled goal that was measured since": {func(l *log) backlog.Revert {
			measure := func(value int64) backlog.Change {
				return backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(value)}
			}
			l.do(zoe, measure(70), backlog.PursueGoal{Goal: goalID(1)})
			revert := l.revertOf(zoe, l.revertOf(zoe, backlog.FulfilGoal{Goal: goalID(1)}))
			l.do(zoe, measure(95))
			return revert
		}, backlog.RuleGoalReached, goalID(1).String()},
	}
	for name, test := range tests {
		l := newLog(t, backlog.Options{Rules: backlog.Rules{GoalReached: backlog.RuleRefuse}})
		l.do(zoe, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}},
			backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal", Metric: newMetric()}},
			backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "feature", Goal: goalID(1)}})
		l.addReady(1, 1)
		l.addReady(2, 1)
		err := l.Can(test.make(l), zoe, l.At())
		var refused *backlog.RefusedError
		require.ErrorAs(t, err, &refused, name)
		require.Equal(t, test.rule, refused.Rule, name)
		require.Equal(t, test.id, refused.ID, name)
	}
}

// The feature that is added for a goal that was dropped is refused by the goal's name and ID.
func TestFeatureOfDroppedGoal(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(pm, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(2), Title: "given up"}}, backlog.DropGoal{Goal: goalID(2), Reason: "obsolete"})
	var refused *backlog.RefusedError
	add := backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(9), Title: "more", Goal: goalID(2)}}
	require.ErrorAs(t, l.Can(add, pm, l.At()), &refused)
	require.Equal(t, backlog.RuleParentAlive, refused.Rule)
	require.Equal(t, goalID(2).String(), refused.ID)
	require.Equal(t, `goal "given up" was dropped`, refused.Reason)
}

// What somebody talks about is not taken out again; the refusal names why, and what is to be taken back first.
func TestRevertOfWhatIsTalkedAbout(t *testing.T) {
	about := story.ListOf(roadmap.AboutStory(storyID(9)))
	for reason, change := range map[string]backlog.Change{
		"an insight is about it": backlog.AddInsight{Insight: roadmap.Insight{ID: insightID(9), Text: "they look for it", About: about}},
		"a proposal was taken or merged into it": backlog.MergeProposal{
			Proposal: proposalID(41), Into: backlog.StoryItem(storyID(9)),
		},
		"a question is about it": backlog.AskQuestion{Question: backlog.Question{
			ID: questionID(9), About: roadmap.AboutStory(storyID(9)), Text: "why?", To: backlog.ProductOwner,
		}},
		"a risk is about it": backlog.AddRisk{Risk: roadmap.Risk{ID: riskID(9), Title: "late", About: about}},
		"an impediment is about it": backlog.RaiseImpediment{
			Impediment: roadmap.Impediment{ID: impedimentID(9), Title: "no server", About: about},
		},
	} {
		l := product(t, backlog.Options{})
		revert := l.revertOf(po, backlog.AddStory{Story: newStory(9)})
		require.NoError(t, l.Can(revert, po, l.At()))
		l.do(zoe, change)
		var refused *backlog.RefusedError
		require.ErrorAs(t, l.Can(revert, po, l.At()), &refused, reason)
		require.Contains(t, refused.Reason, reason)
		require.Equal(t, []string{"these taken back first"}, refused.Needs, reason)
	}
}

// A Revert that closes several circles is refused by the first.
func TestRevertOfSeveralDependencies(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n := 1; n <= 4; n++ {
		l.do(po, backlog.AddStory{Story: newStory(n)})
	}
	link := func(item, needed int) backlog.Dependency {
		return backlog.Dependency{Item: sItem(item), Needs: sItem(needed)}
	}
	l.do(po, needs(sItem(1), sItem(2)), needs(sItem(3), sItem(4)))
	revert := l.revertOf(pm, backlog.ImportItems{Source: "tracker", GoneDependencies: []backlog.Dependency{link(1, 2), link(3, 4)}})
	require.NoError(t, l.Can(revert, zoe, l.At()))
	l.do(po, needs(sItem(2), sItem(1)), needs(sItem(4), sItem(3)))
	require.ErrorIs(t, l.Can(revert, zoe, l.At()), backlog.ErrCycle)
}

// The title of a goal that stays dropped can be taken back, whatever needs its features by then.
func TestRevertOfDroppedGoal(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(zoe, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}},
		backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal", Metric: newMetric()}}, backlog.DropGoal{Goal: goalID(1), Reason: "obsolete"})
	revert := l.revertOf(zoe, backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(95)})
	l.do(zoe, backlog.ImportItems{
		Source: "tracker", Features: []roadmap.Feature{{ID: featureID(1), Title: "feature", Status: roadmap.FeatureOpen, Goal: goalID(1)}},
	}, backlog.AddStory{Story: newStory(1)}, needs(sItem(1), fItem(1)))
	require.NoError(t, l.Can(revert, zoe, l.At()))
}
