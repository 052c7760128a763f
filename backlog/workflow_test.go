package backlog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// scrumProcess is the workflow of a product backlog item in the Scrum process of Azure Boards, with
// its states mapped onto their categories (Microsoft, Azure Boards documentation, Workflow states and
// state categories).
func scrumProcess() story.Workflow {
	return story.Workflow{
		States: []story.State{
			{Name: "New", Category: story.Proposed},
			{Name: "Approved", Category: story.Proposed},
			{Name: "Committed", Category: story.Doing},
			{Name: "Done", Category: story.Completed},
			{Name: "Removed", Category: story.Removed},
		},
		Transitions: []story.Transition{
			{From: "New", To: "Approved"},
			{From: "Approved", To: "New"},
			{From: "Approved", To: "Committed"},
			{From: "Committed", To: "Approved"},
			{From: "Committed", To: "Done"},
			{From: "Done", To: "Committed"},
			{From: "New", To: "Removed"},
			{From: "Approved", To: "Removed"},
			{From: "Removed", To: "New"},
		},
		Initial: "New", Ready: "Approved", Review: "Committed", Accepted: "Done", Dropped: "Removed",
	}
}

// A team's own states go through the same gates, and an illegal move says which are legal.
func TestOwnWorkflow(t *testing.T) {
	l := newLog(t, backlog.Options{Workflow: scrumProcess()})
	status := func() story.Status { s, _ := l.Story(storyID(1)); return s.Status }
	to := func(state story.Status) backlog.Change { return backlog.SetStoryStatus{Story: storyID(1), To: state} }
	l.do(po, backlog.AddStory{Story: newStory(1)}, backlog.AddStory{Story: newStory(2)})
	require.Equal(t, story.Status("New"), status())

	for _, test := range []struct {
		change backlog.Change
		by     backlog.Actor
		is     error
		says   string
	}{
		{to("Committed"), dev, backlog.ErrIllegalMove, "no move from New to Committed; from here there is a move to Approved or drop_story"},
		{to("Done"), po, backlog.ErrIllegalMove, "no move from New to Done"},
		{backlog.AcceptStory{Story: storyID(1)}, po, backlog.ErrIllegalMove, "no move from New to Done"},
		{backlog.RejectStory{Story: storyID(1), Reason: "slow"}, po, backlog.ErrIllegalMove, "a story in New cannot be rejected, only one in Committed; from here there is a move to Approved or drop_story"},
		{to("Approved"), po, backlog.ErrNotReady, "an estimate by the team"},
		{to("in_progress"), dev, field.ErrInvalid, `"in_progress"`},
	} {
		err := l.Can(test.change, test.by, l.At())
		require.ErrorIs(t, err, test.is)
		require.ErrorContains(t, err, test.says)
	}

	l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(3)})
	l.do(po, to("Approved"))
	require.ErrorContains(t, l.Can(to("Removed"), po, l.At()), "from here there is a move to New or a move to Committed or drop_story")
	l.do(dev, to("Committed"))
	require.ErrorContains(t, l.Can(backlog.DropStory{Story: storyID(1), Reason: "no"}, po, l.At()), "from here there is reject_story or accept_story")
	l.do(po, backlog.RejectStory{Story: storyID(1), Reason: "slow"})
	require.Equal(t, story.Status("Approved"), status())
	l.do(dev, to("Committed"), backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met})
	l.do(po, backlog.AcceptStory{Story: storyID(1)})
	require.Equal(t, story.Status("Done"), status())
	require.Equal(t, "1 of 2 (50 %)", l.TotalProgress().Stories.String())

	l.do(backlog.As("Uma", backlog.ProductOwner, backlog.Developer), to("Committed")) // this workflow opens again what was done
	_, accepted := l.Acceptance(storyID(1))
	require.False(t, accepted)
	l.do(po, backlog.DropStory{Story: storyID(2), Reason: "no"})
	require.Equal(t, 1, countReady(l.Backlog))

	restored, err := backlog.Restore(backlog.Options{Workflow: scrumProcess()}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	require.Equal(t, snapshot(t, l.Backlog), snapshot(t, restored))
	_, err = backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.ErrorIs(t, err, backlog.ErrInconsistent, "the default workflow has no such states")
}

func countReady(b *backlog.Backlog) int {
	n := 0
	for range b.Startable(b.At()) {
		n++
	}
	return n
}

// In a workflow with ways out of accepted and dropped, dropping what is accepted takes an acceptance back, and accepting what
// is dropped brings a story into its feature: both need what they need elsewhere.
func TestAcceptedIsDroppedAndDroppedAccepted(t *testing.T) {
	workflow := story.DefaultWorkflow()
	workflow.Transitions = append(workflow.Transitions, story.Transition{From: story.Accepted, To: story.Dropped},
		story.Transition{From: story.Dropped, To: story.Accepted})
	authority := backlog.DefaultAuthority()
	authority[backlog.MayAcceptStories] = []backlog.Role{"tester"}
	rules := backlog.Rules{FeatureOpen: backlog.RuleRefuse}.Others(backlog.RuleOff)
	l := newLog(t, backlog.Options{
		Workflow: workflow, Ready: []backlog.Check{}, Rules: rules,
		Responsibilities: backlog.Responsibilities{Responsible: authority},
	})
	all := backlog.As("Ann", backlog.ProductManager, backlog.ProductOwner, backlog.Developer, "tester")
	drop := func(n int) backlog.Change { return backlog.DropStory{Story: storyID(n), Reason: "no"} }
	l.do(all, backlog.AddFeature{Feature: newFeature(1)}, backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "S"}})
	for n := range 3 {
		l.do(all, backlog.AddStory{Story: newStory(n)}, part(n, 1))
	}
	l.do(all, backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1)}}, backlog.StartSprint{Sprint: sprintID(1)})
	for n := range 2 {
		for _, to := range []story.Status{story.Ready, story.InProgress, story.InReview} {
			l.do(all, backlog.SetStoryStatus{Story: storyID(n), To: to})
		}
		l.do(all, backlog.AcceptStory{Story: storyID(n)})
	}
	require.ErrorContains(t, l.Can(drop(0), po, l.At()), "may not accept or reject a story")
	require.NoError(t, l.Can(drop(0), all, l.At()))
	l.do(all, drop(2), backlog.AcceptFeature{Feature: featureID(1)})
	for _, change := range []backlog.Change{drop(0), backlog.AcceptStory{Story: storyID(2)}} {
		err := l.Can(change, all, l.At())
		require.ErrorIs(t, err, backlog.ErrRule)
		require.ErrorContains(t, err, "is accepted")
	}
	l.do(all, backlog.ReopenFeature{Feature: featureID(1), Reason: "too early"}, backlog.CloseSprint{Sprint: sprintID(1)})
	require.ErrorContains(t, l.Can(drop(1), all, l.At()), "the story counts in sprint \"S\", which is over")
	l.do(all, drop(0), backlog.AcceptStory{Story: storyID(2)})
	_, isAccepted := l.Acceptance(storyID(0))
	require.False(t, isAccepted)
}
