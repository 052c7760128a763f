package backlog_test

import (
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// busy is a log of n events that the gate let through: stories come in, are estimated, linked, moved
// and worked on, in sprints, and now and then something is taken back.
func busy(t testing.TB, n int) []backlog.Event {
	d := newDice(1)
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	events := make([]backlog.Event, 0, n)
	do := func(changes ...backlog.Change) {
		for _, change := range changes {
			at := start.Add(time.Duration(len(events)) * time.Second)
			if event, err := b.Execute(change, zoe, at); err == nil {
				events = append(events, event)
			}
		}
	}
	do(backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}}, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal"}})
	for i := range 20 {
		do(backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(i), Title: "feature", Goal: goalID(1)}})
	}
	for i := 0; len(events) < n; i++ {
		s := newStory(i)
		s.Feature = featureID(d.IntN(20))
		id := s.ID
		do(
			backlog.AddStory{Story: s},
			backlog.MoveStories{Stories: []story.ID{id}, To: backlog.At(d.IntN(i + 1))},
			backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.StoryItem(storyID(d.IntN(i + 1))), Needs: backlog.StoryItem(id)}},
			backlog.AddTask{Story: id, Task: story.Task{ID: taskID(i), Title: "task"}},
			backlog.EstimateStory{Story: id, Estimate: story.Points(int64(d.IntN(13)))},
			backlog.SetStoryStatus{Story: id, To: story.Ready},
		)
		if i%10 == 0 {
			do(
				backlog.CloseSprint{Sprint: sprintID(i - 10)},
				backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(i), Name: "sprint", Goal: "goal", Capacity: decimal.NewFromInt(20)}},
				backlog.CommitStories{Sprint: sprintID(i), Stories: []story.ID{id}},
				backlog.StartSprint{Sprint: sprintID(i)},
				backlog.GrantRole{Person: "Dana", Role: backlog.Developer, Team: story.Team(s.Title)},
			)
		}
		for _, id := range []story.ID{id, storyID(d.IntN(i + 1))} {
			do(
				backlog.SetStoryStatus{Story: id, To: story.InProgress},
				backlog.FinishTask{Task: story.TaskID(id)},
				backlog.JudgeCriterion{Story: id, Criterion: story.CriterionID(id), Verdict: story.Met},
				backlog.SetStoryStatus{Story: id, To: story.InReview},
			)
		}
		do(backlog.AcceptStory{Story: storyID(d.IntN(i + 1))}, backlog.DropStory{Story: storyID(d.IntN(i*10 + 1)), Reason: "no"})
		if i%500 == 7 {
			before := b.Clone()
			do(backlog.MoveStories{Stories: []story.ID{id}, To: backlog.First()})
			revert, err := before.Reverse(events[len(events)-1])
			require.NoError(t, err)
			do(revert)
		}
	}
	return events[:n]
}

// Three replicas, each in a goroutine of its own, follow one log and now and then go on from their own
// snapshot: they end with identical bytes.
func TestReplicas(t *testing.T) {
	t.Parallel()

	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	events := busy(t, n)
	kinds := map[string]bool{}
	for _, event := range events {
		kinds[event.Change.Kind()] = true
	}
	require.Greater(t, len(kinds), 18)

	const replicas = 3
	var ends [replicas]struct {
		bytes []byte
		err   error
	}
	follow := func(replica int) ([]byte, error) {
		b, err := backlog.New(backlog.Options{})
		if err != nil {
			return nil, err
		}
		pause := n/(3+replica) + 17*replica // no two of them rest at the same events
		for i, event := range events {
			if err := b.Apply(event); err != nil {
				return nil, err
			}
			if (i+1)%pause != 0 {
				continue
			}
			data, err := b.Snapshot()
			if err != nil {
				return nil, err
			}
			if b, err = backlog.Restore(backlog.Options{}, data); err != nil {
				return nil, err
			}
		}
		return b.Snapshot()
	}
	var group sync.WaitGroup
	for i := range replicas {
		group.Go(func() { ends[i].bytes, ends[i].err = follow(i) })
	}
	group.Wait()
	for _, end := range ends {
		require.NoError(t, end.err)
		require.Equal(t, string(ends[0].bytes), string(end.bytes))
	}
}
