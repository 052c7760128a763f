package backlog_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/story"
)

// sprintOfTwo is a sprint of two weeks with two stories: one is rejected and then accepted, the
// other returns.
func sprintOfTwo(t *testing.T) *log {
	l := newLog(t, backlog.Options{})
	l.addReady(1, 3)
	l.addReady(2, 5)
	l.do(po, backlog.PlanSprint{Sprint: backlog.Sprint{
		ID: sprintID(1), Name: "Sprint 1", Goal: "Pay", Start: start.AddDate(0, 0, 1), Capacity: decimal.NewFromInt(7),
	}}, backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1), storyID(2)}}, backlog.StartSprint{Sprint: sprintID(1)})
	l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress},
		backlog.AddTask{Story: storyID(1), Task: story.Task{ID: taskID(1), Title: "screen", Assignee: "Dana"}},
		backlog.AddTask{Story: storyID(1), Task: story.Task{ID: taskID(2), Title: "data"}},
		backlog.SetStoryStatus{Story: storyID(1), To: story.InReview})
	return l
}

func TestReviewAndLoad(t *testing.T) {
	l := sprintOfTwo(t)
	load, ok := l.SprintLoad(sprintID(1))
	require.True(t, ok)
	require.True(t, load.IsOver())
	require.Equal(t, []backlog.PersonLoad{{Person: "", Open: 1}, {Person: "Dana", Open: 1}}, load.People)

	review, ok := l.SprintReview(sprintID(1))
	require.True(t, ok)
	require.Empty(t, review.Show)
	require.Contains(t, review.Hide[0].Reason, `criterion "shows 1" met`)
	require.Equal(t, "it is ready", review.Hide[1].Reason)
	l.do(po, backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met})
	review, _ = l.SprintReview(sprintID(1))
	require.Contains(t, review.Hide[0].Reason, `task "screen" finished`)
	l.do(dev, backlog.FinishTask{Task: taskID(1)}, backlog.FinishTask{Task: taskID(2)})
	review, _ = l.SprintReview(sprintID(1))
	require.Equal(t, []story.ID{storyID(1)}, review.Show)
}

// The most valuable set that fits, where the highest places would not make it.
func TestFillBest(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n, points := range []int64{5, 4, 4, 13} {
		l.addReady(n, points)
	}
	worth := map[story.ID]int64{storyID(0): 6, storyID(1): 5, storyID(2): 5, storyID(3): 99}
	value := func(s story.Story) decimal.Decimal { return decimal.NewFromInt(worth[s.ID]) }
	plan, err := l.BestSprintFill("", decimal.NewFromInt(8), value, l.At())
	require.NoError(t, err)
	require.Equal(t, []story.ID{storyID(1), storyID(2)}, plan.Stories)
	require.Equal(t, "8", plan.Points.String())
	require.Len(t, plan.Skipped, 2)
	require.Contains(t, plan.Skipped[0].Reason, "less than what it would displace")

	l.do(po, backlog.RelateStories{Relation: backlog.Relation{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}})
	plan, err = l.BestSprintFill("", decimal.NewFromInt(8), value, l.At())
	require.NoError(t, err)
	require.Equal(t, []story.ID{storyID(0)}, plan.Stories)

	_, err = l.BestSprintFill("", decimal.NewFromInt(8), func(story.Story) decimal.Decimal { return decimal.NewFromInt(-1) }, l.At())
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	empty, err := l.BestSprintFill("blue", decimal.NewFromInt(8), value, l.At())
	require.NoError(t, err)
	require.Empty(t, empty.Stories)
}
