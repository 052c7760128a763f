package flow_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

var everybody = backlog.As("Eve", backlog.ProductOwner, backlog.Developer)

// number makes the n-th id of a kind.
func number(n int) uuid.UUID {
	id := uuid.UUID{1}
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

// log is a backlog without definitions of ready and done, and everything that happened to it.
type log struct {
	*backlog.Backlog
	t      *testing.T
	events []backlog.Event
}

func options() backlog.Options {
	return backlog.Options{Ready: []backlog.Check{}, Done: []backlog.Check{}, Rules: backlog.Rules{CriteriaPresent: backlog.RuleOff}}
}

func newLog(t *testing.T) *log {
	t.Helper()
	b, err := backlog.New(options())
	require.NoError(t, err)
	return &log{Backlog: b, t: t}
}

// on makes changes at noon of a day.
func (l *log) on(n int, changes ...backlog.Change) {
	l.t.Helper()
	for _, change := range changes {
		event, err := l.Execute(change, everybody, day(n).Add(12*time.Hour))
		require.NoError(l.t, err)
		l.events = append(l.events, event)
	}
}

func add(n int, points int64) []backlog.Change {
	id := story.ID(number(n))
	return []backlog.Change{
		backlog.AddStory{Story: story.Story{ID: id, Title: fmt.Sprint("Story ", n)}},
		backlog.EstimateStory{Story: id, Estimate: story.Points(points)},
		to(n, story.Ready),
	}
}

func to(n int, status story.Status) backlog.Change {
	return backlog.SetStoryStatus{Story: story.ID(number(n)), To: status}
}

// sprintOfTwo is a sprint from day 1 on with two stories: one is accepted on day 4, the other returns
// when the sprint is closed on day 7.
func sprintOfTwo(t *testing.T) *log {
	l := newLog(t)
	one, two, sprint := story.ID(number(1)), story.ID(number(2)), backlog.SprintID(number(1))
	l.on(0, slices.Concat(add(1, 3), add(2, 5), []backlog.Change{
		backlog.PlanSprint{Sprint: backlog.Sprint{
			ID: sprint, Name: "Sprint 1", Goal: "Pay", Start: day(1), Capacity: decimal.NewFromInt(8),
		}},
		backlog.CommitStories{Sprint: sprint, Stories: []story.ID{one, two}},
		backlog.StartSprint{Sprint: sprint},
	})...)
	l.on(2, to(1, story.InProgress), to(1, story.InReview))
	l.on(4, backlog.AcceptStory{Story: one}, backlog.AddStory{Story: story.Story{ID: story.ID(number(3)), Title: "Story 3"}})
	l.on(5, backlog.DropStory{Story: story.ID(number(3)), Reason: "no"})
	l.on(7, backlog.CloseSprint{Sprint: sprint})
	l.on(9, backlog.AddStory{Story: story.Story{ID: story.ID(number(4)), Title: "Story 4"}})
	return l
}

func TestFromEvents(t *testing.T) {
	l := sprintOfTwo(t)
	items, err := flow.FromEvents(options(), backlog.Recorded(l.events))
	require.NoError(t, err)
	noon := func(n int) time.Time { return day(n).Add(12 * time.Hour) }
	key := func(n int) string { return story.ID(number(n)).String() }
	want := []flow.Item{
		{Key: key(1), Created: noon(0), Started: noon(2), Done: noon(4), Points: decimal.NewFromInt(3)},
		{Key: key(2), Created: noon(0), Points: decimal.NewFromInt(5)},
		{Key: key(4), Created: noon(9)},
	}
	require.Equal(t, want, items, "what was dropped is left out")

	last := len(l.events) - 1
	before, err := backlog.Replay(options(), backlog.Recorded(l.events[:last]))
	require.NoError(t, err)
	undone, err := before.Reverse(l.events[last])
	require.NoError(t, err)
	l.on(9, undone)
	items, err = flow.FromEvents(options(), backlog.Recorded(l.events))
	require.NoError(t, err)
	require.Equal(t, want[:2], items, "and what was taken back")

	_, err = flow.FromEvents(options(), backlog.Recorded(l.events[1:]))
	require.ErrorIs(t, err, backlog.ErrSequence)
	_, err = flow.FromEvents(backlog.Options{Workflow: story.Workflow{States: make([]story.State, 1)}}, backlog.Recorded(l.events))
	require.Error(t, err)
}

func TestVelocities(t *testing.T) {
	l := sprintOfTwo(t)
	require.Equal(t, "3", flow.Velocities(l.View(), "")[0].String())
	require.Empty(t, flow.Velocities(l.View(), "blue"))
}

func TestBurnUp(t *testing.T) {
	l := sprintOfTwo(t)
	burn, err := flow.BurnUp(options(), backlog.Recorded(l.events), backlog.SprintID(number(1)), flow.WorkTime{})
	require.NoError(t, err)
	var lines []string
	for _, d := range burn {
		lines = append(lines, fmt.Sprintf("%d %s/%s %s", int(d.Day.Sub(day(0)).Hours())/24, d.Done, d.Scope, d.Left()))
	}
	require.Equal(t, []string{"1 0/8 8", "2 0/8 8", "3 0/8 8", "4 3/8 5", "5 3/8 5", "6 3/8 5", "7 3/8 5"}, lines)

	_, err = flow.BurnUp(options(), backlog.Recorded(l.events), backlog.SprintID(number(2)), flow.WorkTime{})
	require.ErrorIs(t, err, backlog.ErrNotFound)
	_, err = flow.BurnUp(options(), backlog.Recorded(l.events[1:]), backlog.SprintID(number(1)), flow.WorkTime{})
	require.ErrorIs(t, err, backlog.ErrSequence)
}

// A sprint that nobody closes does not make a chart without end.
func TestBurnUpIsBounded(t *testing.T) {
	l := newLog(t)
	sprint := backlog.SprintID(number(1))
	l.on(0, backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprint, Name: "Sprint 1"}})
	l.on(365_000, add(1, 3)...)
	burn, err := flow.BurnUp(options(), backlog.Recorded(l.events), sprint, flow.WorkTime{})
	require.NoError(t, err)
	require.Len(t, burn, 3_660)
}
