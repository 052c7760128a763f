package backlog_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// addSprint plans sprint n from one day to another; no days leave the dates out.
func (l *log) addSprint(n int, team story.Team, days ...int) {
	l.t.Helper()
	sprint := backlog.Sprint{ID: sprintID(n), Name: fmt.Sprint("Sprint ", n), Goal: "a goal", Team: team, Capacity: decimal.NewFromInt(20)}
	if len(days) == 2 {
		sprint.Start, sprint.End = start.AddDate(0, 0, days[0]), start.AddDate(0, 0, days[1])
	}
	l.do(po, backlog.PlanSprint{Sprint: sprint})
}

func commit(sprint int, stories ...int) backlog.Change {
	change := backlog.CommitStories{Sprint: sprintID(sprint), Reason: "room is left"}
	for _, n := range stories {
		change.Stories = append(change.Stories, storyID(n))
	}
	return change
}

// What waits can be planned for the same sprint as what it waits for, or a later one, and is not started for that.
func TestPlanAhead(t *testing.T) {
	for name, dates := range map[string][3][]int{
		"dated":           {{0, 14}, {14, 28}, {28, 42}},
		"undated":         {},
		"with a gap":      {{0, 10}, {14, 28}, {28, 40}},
		"one is undated":  {{0, 14}, {}, {28, 42}},
		"overlap by some": {{0, 15}, {14, 29}, {28, 42}},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLog(t, backlog.Options{})
			for n := 1; n <= 3; n++ {
				l.addReady(n, 3)
				l.addSprint(n, "", dates[n-1]...)
			}
			l.do(po, needs(sItem(2), sItem(1)))
			require.ErrorIs(t, l.Can(commit(2, 2), po, l.At()), backlog.ErrNotReady, "what it needs is planned for nothing")
			require.NoError(t, l.Can(commit(2, 2, 1), po, l.At()), "both at once")
			l.do(po, commit(2, 1))
			require.NoError(t, l.Can(commit(2, 2), po, l.At()), "the same")
			require.NoError(t, l.Can(commit(3, 2), po, l.At()), "a later one")
			require.ErrorIs(t, l.Can(commit(1, 2), po, l.At()), backlog.ErrNotReady, "an earlier one")
			require.ErrorContains(t, l.Can(commit(1, 2), po, l.At()), "planned for the same sprint or an earlier one (1 to wait for)")

			l.do(po, commit(3, 2))
			results, ok := l.Readiness(storyID(2))
			require.True(t, ok)
			require.True(t, results[len(results)-1].IsMet())
			l.do(po, backlog.StartSprint{Sprint: sprintID(2)})
			start := backlog.SetStoryStatus{Story: storyID(2), To: story.InProgress}
			require.ErrorContains(t, l.Can(start, dev, l.At()), "start_waiting")
			l.finish(1)
			require.NoError(t, l.Can(start, dev, l.At()))
		})
	}
}

// A feature is planned when each of its open stories is.
func TestPlanAheadOfFeature(t *testing.T) {
	l := parts(t, backlog.Options{})
	for n := 1; n <= 3; n++ {
		l.do(dev, backlog.EstimateStory{Story: storyID(n), Estimate: story.Points(1)})
		l.addSprint(n, "", 14*n-14, 14*n)
	}
	l.do(po, part(3, 1), needs(sItem(3), fItem(2)))
	require.ErrorIs(t, l.Can(commit(3, 3), po, l.At()), backlog.ErrNotReady, "nothing is planned where there are no stories")
	l.do(po, part(1, 2), part(2, 2), commit(1, 1))
	require.ErrorIs(t, l.Can(commit(3, 3), po, l.At()), backlog.ErrNotReady)
	require.NoError(t, l.Can(commit(2, 2, 3), po, l.At()))
	l.do(po, commit(2, 2))
	require.NoError(t, l.Can(commit(3, 3), po, l.At()))
	require.ErrorIs(t, l.Can(commit(1, 3), po, l.At()), backlog.ErrNotReady)
}

// The increment shows what teams need of each other: iterations count, not days, and parts count.
func TestIncrementNeeds(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(zoe, backlog.PlanIncrement{Increment: newIncrement(1)})
	for n, team := range []story.Team{"", "red", "blue", "blue"} {
		if n == 0 {
			continue
		}
		s := newStory(n)
		s.Team = team
		l.do(uma, backlog.AddStory{Story: s}, backlog.EstimateStory{Story: s.ID, Estimate: story.Points(1)})
	}
	l.addSprint(1, "red", 1, 13)  // the first iteration, and over a day before the other
	l.addSprint(2, "blue", 0, 14) // the first iteration
	l.addSprint(3, "blue", 14, 28)
	l.do(po, needs(sItem(1), sItem(2)), commit(2, 2))
	require.NoError(t, l.Can(commit(1, 1), po, l.At()), "one iteration")
	l.do(po, commit(1, 1), commit(3, 3))
	overview, ok := l.IncrementOverview(incrementID(1))
	require.True(t, ok)
	require.Equal(t, []backlog.TeamNeed{{Story: storyID(1), Team: "red", Needs: storyID(2), Of: "blue"}}, overview.Needs)
	require.True(t, overview.Needs[0].IsTight())

	l.do(pm, backlog.AddFeature{Feature: newFeature(1)}, backlog.AddFeature{Feature: newFeature(2)})
	l.do(uma, backlog.RemoveDependency{Item: sItem(1), Needs: sItem(2)},
		part(1, 1), part(2, 2), part(3, 2), needs(fItem(1), fItem(2)))
	overview, _ = l.IncrementOverview(incrementID(1))
	require.Equal(t, []backlog.TeamNeed{
		{Story: storyID(1), Team: "red", Needs: storyID(3), Of: "blue", NeededBy: 0, Planned: 1},
	}, overview.Needs, "the last of the feature that its feature needs")
	require.True(t, overview.Needs[0].IsConflict())
}

// What the next sprint takes waits for nothing but what it takes before, or what an active one has.
func TestSprintFillPlansAhead(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n := 1; n <= 4; n++ {
		l.addReady(n, 2)
	}
	l.addSprint(1, "")
	l.do(po, commit(1, 4), backlog.StartSprint{Sprint: sprintID(1)},
		needs(sItem(1), sItem(4)), needs(sItem(3), sItem(2)), needs(sItem(2), sItem(1)))
	require.Equal(t, []story.ID{storyID(1), storyID(2), storyID(3)}, l.SprintFill("", decimal.NewFromInt(9), l.At()).Stories)
	l.do(po, backlog.MoveStories{Stories: []story.ID{storyID(3)}, To: backlog.First()})
	fill := l.SprintFill("", decimal.NewFromInt(9), l.At())
	require.Equal(t, []story.ID{storyID(1), storyID(2)}, fill.Stories)
	require.Equal(t, "waits for "+sItem(2).String(), fill.Skipped[0].Reason)
	data, err := json.Marshal(fill)
	require.NoError(t, err)
	require.JSONEq(t, fmt.Sprintf(`{"stories":[%q,%q],"points":"4","skipped":[{"story":%q,"reason":%q}],"used":[],"displaced":[]}`,
		storyID(1), storyID(2), storyID(3), fill.Skipped[0].Reason), string(data))
	data, err = json.Marshal(l.SprintFill("", decimal.Zero, l.At()))
	require.NoError(t, err)
	require.JSONEq(t, `{"stories":[],"points":"0","skipped":[],"used":[],"displaced":[]}`, string(data))
	best, err := l.BestSprintFill("", decimal.NewFromInt(9), func(story.Story) decimal.Decimal { return decimal.NewFromInt(1) }, l.At())
	require.NoError(t, err)
	require.Equal(t, []story.ID{storyID(1)}, best.Stories)
	l.addSprint(2, "")
	_, err = l.Decide([]backlog.Change{backlog.CommitStories{Sprint: sprintID(2), Stories: fill.Stories}}, po, l.At().Add(time.Hour), backlog.DecideOptions{})
	require.NoError(t, err, "and can be committed")
}
