package backlog_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// own returns a change that is about story n, or feature n, and nothing else.
func (d dice) own(n int) backlog.Change {
	id := storyID(n)
	makers := []func() backlog.Change{
		func() backlog.Change {
			return backlog.EditStory{Story: id, Title: backlog.Set(fmt.Sprint("edited ", d.IntN(9)))}
		},
		func() backlog.Change {
			return backlog.EstimateStory{Story: id, Estimate: story.Points(int64(d.IntN(9)))}
		},
		func() backlog.Change {
			return backlog.AssessStory{Story: id, Assessment: prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must}}}
		},
		func() backlog.Change { return backlog.AssignStoryFeature{Story: id, Feature: featureID(d.IntN(5))} },
		func() backlog.Change { return backlog.AssignStoryTeam{Story: id, Team: d.team()} },
		func() backlog.Change {
			return backlog.AddCriterion{Story: id, Criterion: story.Criterion{ID: criterionID(50), Text: "more"}}
		},
		func() backlog.Change {
			return backlog.JudgeCriterion{Story: id, Criterion: criterionID(n), Verdict: story.Verdict(d.IntN(3))}
		},
		func() backlog.Change {
			return backlog.AddTask{Story: id, Task: story.Task{ID: taskID(n), Title: "task"}}
		},
		func() backlog.Change { return backlog.FinishTask{Task: taskID(n)} },
		func() backlog.Change { return backlog.SetStoryStatus{Story: id, To: d.status()} },
		func() backlog.Change { return backlog.SetStoryStatus{Story: id, To: d.status()} },
		func() backlog.Change { return backlog.AcceptStory{Story: id} },
		func() backlog.Change { return backlog.DropStory{Story: id, Reason: "no"} },
		func() backlog.Change { return backlog.EditFeature{Feature: featureID(n), Title: backlog.Set("edited")} },
		func() backlog.Change { return backlog.DropFeature{Feature: featureID(n), Reason: "no"} },
	}
	return makers[d.IntN(len(makers))]()
}

// Changes of which none is about what another is about lead to the same state in whatever order they
// are made, and the same of them are refused.
func TestIndependentChangesCommute(t *testing.T) {
	t.Parallel()

	const n = 5
	for seed := range uint64(*histories) {
		d := newDice(seed)
		options := lenient()
		// By these what may be done to a story depends on a feature that another change is about.
		options.Rules.FeatureOpen, options.Rules.ParentAlive = backlog.RuleOff, backlog.RuleOff
		l := newLog(t, options)
		for i := range n {
			l.do(zoe, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(i), Title: "feature"}}, backlog.AddStory{Story: newStory(i)})
		}
		for range 40 {
			_, _ = l.Execute(d.own(d.IntN(n)), zoe, l.At()) // to begin anywhere
		}
		changes := make([]backlog.Change, n)
		for i := range changes {
			changes[i] = d.own(i)
		}
		one, other := l.Clone(), l.Clone()
		allowed := [n]bool{}
		for i, change := range changes {
			_, err := one.Execute(change, zoe, l.At())
			allowed[i] = err == nil
		}
		for _, i := range d.Perm(n) {
			_, err := other.Execute(changes[i], zoe, l.At())
			require.Equal(t, allowed[i], err == nil, "%v: %v", changes[i].Kind(), err)
		}
		require.Equal(t, snapshot(t, one), snapshot(t, other))
		require.Equal(t, derived(one), derived(other))
	}
}
