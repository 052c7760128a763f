package backlog_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/story"
)

// at makes changes at noon of a day, counted from the start.
func (l *log) at(day int, by backlog.Actor, changes ...backlog.Change) {
	l.t.Helper()
	for _, change := range changes {
		event, err := l.Execute(change, by, start.AddDate(0, 0, day).Add(3*time.Hour))
		require.NoError(l.t, err)
		l.events = append(l.events, event)
	}
}

// sprintOfTwo is a sprint of two weeks with two stories: one is rejected and then accepted, the
// other returns.
func sprintOfTwo(t *testing.T) *log {
	l := newLog(t, backlog.Options{})
	l.addReady(1, 3)
	l.addReady(2, 5)
	l.do(po, backlog.PlanSprint{Sprint: backlog.Sprint{
		ID: sprintID(1), Name: "Sprint 1", Goal: "Pay", Start: start.AddDate(0, 0, 1), Capacity: decimal.NewFromInt(7),
	}}, backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1), storyID(2)}}, backlog.StartSprint{Sprint: sprintID(1)})
	l.at(2, dev, backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress},
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

func TestFlowFromEvents(t *testing.T) {
	l := sprintOfTwo(t)
	l.at(4, dev, backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met},
		backlog.FinishTask{Task: taskID(1)}, backlog.FinishTask{Task: taskID(2)})
	l.at(4, po, backlog.AcceptStory{Story: storyID(1)}, backlog.AddStory{Story: newStory(3)})
	l.at(5, po, backlog.DropStory{Story: storyID(3), Reason: "no"})
	l.at(7, po, backlog.CloseSprint{Sprint: sprintID(1)})
	l.at(9, po, backlog.AddStory{Story: newStory(4)})

	burn, err := backlog.BurnUp(backlog.Options{}, slices.Values(l.events), sprintID(1))
	require.NoError(t, err)
	var lines []string
	for _, day := range burn {
		lines = append(lines, fmt.Sprint(day.Day.Format("01-02"), " ", day.Done, "/", day.Scope))
	}
	require.Equal(t, []string{"01-05 0/8", "01-06 0/8", "01-07 0/8", "01-08 3/8", "01-09 3/8", "01-10 3/8", "01-11 3/8"}, lines)

	items, err := backlog.FlowItems(backlog.Options{}, slices.Values(l.events))
	require.NoError(t, err)
	require.Len(t, items, 3)
	cycle, ok := items[0].CycleTime()
	require.True(t, ok)
	require.Equal(t, 3, cycle)
	require.True(t, items[1].Started.IsZero())
	require.Equal(t, storyID(4).String(), items[2].Key)
	require.Equal(t, "3", l.Velocities("")[0].String())
	require.Empty(t, l.Velocities("blue"))

	_, err = backlog.BurnUp(backlog.Options{}, slices.Values(l.events), sprintID(2))
	require.ErrorIs(t, err, backlog.ErrNotFound)
	_, err = backlog.FlowItems(backlog.Options{}, slices.Values(l.events[1:]))
	require.ErrorIs(t, err, backlog.ErrSequence)
}

// The most valuable set that fits, where the highest places would not make it.
func TestFillBest(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n, points := range []int64{5, 4, 4, 13} {
		l.addReady(n, points)
	}
	worth := map[story.ID]int64{storyID(0): 6, storyID(1): 5, storyID(2): 5, storyID(3): 99}
	value := func(s story.Story) decimal.Decimal { return decimal.NewFromInt(worth[s.ID]) }
	plan, err := l.BestSprintFill("", decimal.NewFromInt(8), value)
	require.NoError(t, err)
	require.Equal(t, []story.ID{storyID(1), storyID(2)}, plan.Stories)
	require.Equal(t, "8", plan.Points.String())
	require.Len(t, plan.Skipped, 2)
	require.Contains(t, plan.Skipped[0].Reason, "less than what it would displace")

	l.do(po, backlog.RelateStories{Relation: backlog.Relation{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}})
	plan, err = l.BestSprintFill("", decimal.NewFromInt(8), value)
	require.NoError(t, err)
	require.Equal(t, []story.ID{storyID(0)}, plan.Stories)

	_, err = l.BestSprintFill("", decimal.NewFromInt(8), func(story.Story) decimal.Decimal { return decimal.NewFromInt(-1) })
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	empty, err := l.BestSprintFill("blue", decimal.NewFromInt(8), value)
	require.NoError(t, err)
	require.Empty(t, empty.Stories)
}
