package backlog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// A limit is reported, or enforced where the options say so, on every way into the state.
func TestLimits(t *testing.T) {
	limits := []backlog.Limit{
		{State: story.InProgress, Team: "red", Most: 1},
		{State: story.InProgress, Most: 2},
	}
	start := func(n int) backlog.Change {
		return backlog.SetStoryStatus{Story: storyID(n), To: story.InProgress}
	}
	open := func(mode backlog.RuleMode) *log {
		l := newLog(t, backlog.Options{Limits: limits, Rules: backlog.Rules{WorkInProgress: mode}})
		for n, team := range []story.Team{"red", "red", "blue", "blue"} {
			l.addReady(n+1, 1)
			l.do(po, backlog.AssignStoryTeam{Story: storyID(n + 1), Team: team})
		}
		return l
	}

	l := open(backlog.RuleRecord)
	l.do(dev, start(1), start(2))
	require.Equal(t, []backlog.WorkInProgress{{Limit: limits[0], Count: 2}, {Limit: limits[1], Count: 2}}, l.WorkInProgress())
	require.True(t, l.WorkInProgress()[0].IsOver())
	require.False(t, l.WorkInProgress()[1].IsOver())

	l = open(backlog.RuleRefuse)
	l.do(dev, start(1))
	err := l.Can(start(2), dev, l.At())
	require.ErrorIs(t, err, backlog.ErrRule)
	require.ErrorContains(t, err, `in_progress holds 1 of at most 1 of team "red"; that needs another story moved on`)
	l.do(dev, start(3))
	require.ErrorContains(t, l.Can(start(4), dev, l.At()), "in_progress holds 2 of at most 2;")
	require.ErrorIs(t, l.Can(backlog.AssignStoryTeam{Story: storyID(3), Team: "red"}, po, l.At()), backlog.ErrRule)
	l.do(po, backlog.AssignStoryTeam{Story: storyID(3), Team: ""}, backlog.AssignStoryTeam{Story: storyID(1), Team: "red"})
	l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: story.InReview}, start(2))
}

func TestLimitsRefused(t *testing.T) {
	for name, limits := range map[string][]backlog.Limit{
		"a state that is not in progress": {{State: story.Ready, Most: 1}},
		"an unknown state":                {{State: "asleep", Most: 1}},
		"fewer than none":                 {{State: story.InReview, Most: -1}},
		"the same twice":                  {{State: story.InReview}, {State: story.InReview}},
		"a team of two lines":             {{State: story.InReview, Team: "a\nb"}},
	} {
		_, err := backlog.New(backlog.Options{Limits: limits})
		require.ErrorIs(t, err, field.ErrInvalid, name)
	}
}
