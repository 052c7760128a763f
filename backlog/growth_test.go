package backlog_test

import (
	"math"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// A story in a great many relations, stories of a great many teams, and a sprint of a great many stories
// take time near linear in their number: what was quadratic would not end within the test's time.
func TestManyOfEach(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 100_000
	b, err := backlog.New(backlog.Options{Ready: []backlog.Check{}})
	require.NoError(t, err)
	apply := func(change backlog.Change) {
		require.NoError(t, b.Apply(backlog.Event{Seq: b.Seq() + 1, At: start.Add(time.Duration(b.Seq())), By: po, As: backlog.ProductOwner, Change: change}))
	}
	ids := make([]story.ID, n)
	for i := range n {
		s := newStory(i)
		s.Team = story.Team(s.ID.String())
		apply(backlog.AddStory{Story: s})
		if ids[n-1-i] = s.ID; i > 0 {
			apply(backlog.RelateStories{Relation: backlog.Relation{Story: storyID(0), How: backlog.Excludes, Other: s.ID}})
		}
	}
	_, err = b.Execute(backlog.OrderStories{Stories: ids}, po, b.At())
	require.NoError(t, err)
	_, err = b.Execute(backlog.MoveStories{Stories: ids[:n/2], To: backlog.Last()}, po, b.At())
	require.NoError(t, err)
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, b)))
	require.NoError(t, err)
	require.Equal(t, n, restored.Len())
	apply(backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "S"}})
	apply(backlog.CommitStories{Sprint: sprintID(1), Stories: ids})
	apply(backlog.WithdrawStories{Sprint: sprintID(1), Stories: ids[:n-1]})
	sprint, _ := b.Sprint(sprintID(1))
	require.Len(t, sprint.Stories, 1)
}

// A limit beyond all bounds is refused at once.
func TestSmallCheckOfAGiant(t *testing.T) {
	_, err := backlog.New(backlog.Options{Ready: []backlog.Check{backlog.SmallCheck(decimal.New(1, math.MaxInt32))}})
	require.ErrorContains(t, err, "small")
}
