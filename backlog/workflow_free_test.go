package backlog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Any state to any state, and nothing is dropped: what would drop a story is refused.
func TestFreeWorkflow(t *testing.T) {
	workflow := story.FreeWorkflow("To Do", "Doing", "Done")
	require.NoError(t, workflow.Validate())
	for _, names := range [][]story.Status{nil, {"To Do"}, {"To Do", "Done"}, {"To Do", "To Do", "Done"}} {
		require.ErrorIs(t, story.FreeWorkflow(names...).Validate(), field.ErrInvalid, names)
	}
	l := newLog(t, backlog.Options{Workflow: workflow, Ready: []backlog.Check{}, Rules: backlog.Rules{}.Others(backlog.RuleOff)})
	l.do(po, backlog.AddStory{Story: newStory(1)})
	move := func(to story.Status) backlog.Change { return backlog.SetStoryStatus{Story: storyID(1), To: to} }
	l.do(dev, move("Doing"))
	l.do(dev, move("To Do"))
	l.do(po, backlog.AcceptStory{Story: storyID(1)})
	require.ErrorContains(t, l.Can(move("Doing"), dev, l.At()), "may not accept or reject a story", "it takes an acceptance back")
	l.do(backlog.As("Uma", backlog.ProductOwner, backlog.Developer), move("Doing"))
	_, err := l.Execute(backlog.DropStory{Story: storyID(1), Reason: "obsolete"}, po, l.At())
	require.ErrorContains(t, err, "a workflow with a state for what is dropped")
	split := backlog.SplitStory{Story: storyID(1), Into: []story.Story{newStory(2), newStory(3)}}
	_, err = l.Execute(split, po, l.At())
	require.ErrorContains(t, err, "a workflow with a state for what is dropped")
	restored, err := backlog.Restore(backlog.Options{Workflow: workflow}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	require.Equal(t, snapshot(t, l.Backlog), snapshot(t, restored))
}
