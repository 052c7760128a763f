package flow_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

// seen is what a sprint holds after an event.
type seen struct {
	day  time.Time
	burn flow.BurnDay
}

// TestBurnUpTwin plays random sprints and looks at the sprint after each event: a day of the chart is what
// was seen last by the end of it, but for the event that ends the sprint, after which it is as before.
func TestBurnUpTwin(t *testing.T) {
	sprint := backlog.SprintID(number(1))
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 19))
		l := newLog(t)
		l.on(0, backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprint, Name: "Sprint 1", Goal: "Pay"}})
		looks := []seen{{day: day(0)}}
		n, over := 0, false
		for range 60 {
			n += rng.IntN(6) / 3 * rng.IntN(4)
			event, err := l.Execute(l.step(rng, sprint), everybody, day(n).Add(12*time.Hour))
			if err != nil {
				continue // is no event
			}
			l.events = append(l.events, event)
			now, _ := l.Sprint(sprint)
			if over = over || now.Status == backlog.SprintClosed; over {
				if _, closes := event.Change.(backlog.CloseSprint); closes {
					looks = append(looks, seen{day(n), looks[len(looks)-1].burn})
				}
				continue
			}
			look := seen{day: day(n)}
			for _, id := range now.Stories {
				member, _ := l.Story(id)
				points, _ := member.Estimate.Points()
				look.burn.Scope = look.burn.Scope.Add(points)
				if member.Status == story.Accepted {
					look.burn.Done = look.burn.Done.Add(points)
				}
			}
			looks = append(looks, look)
		}
		days, err := flow.BurnUp(options(), backlog.Recorded(l.events), sprint, flow.WorkTime{})
		require.NoError(t, err)
		require.Equal(t, looks[len(looks)-1].day, days[len(days)-1].Day)
		for i, got := range days {
			require.Equal(t, day(i), got.Day)
			var want flow.BurnDay
			for _, look := range looks {
				if !look.day.After(got.Day) {
					want = look.burn
				}
			}
			require.True(t, want.Scope.Equal(got.Scope) && want.Done.Equal(got.Done), "day %d: %v, want %v", i, got, want)
		}
	}
}

// step is a change of one of five stories or of the sprint, which may not be allowed.
func (l *log) step(rng *rand.Rand, sprint backlog.SprintID) backlog.Change {
	n := 1 + rng.IntN(5)
	s, known := l.Story(story.ID(number(n)))
	switch dice := rng.IntN(24); {
	case !known:
		return add(n, 1)[0]
	case dice == 0:
		return backlog.CloseSprint{Sprint: sprint}
	case dice == 1:
		return backlog.DropStory{Story: s.ID, Reason: "no"}
	case dice < 4:
		return backlog.StartSprint{Sprint: sprint}
	case dice < 8:
		return backlog.EstimateStory{Story: s.ID, Estimate: story.Points(1 + rng.Int64N(8))}
	case dice < 12:
		return backlog.CommitStories{Sprint: sprint, Stories: []story.ID{s.ID}}
	case s.Status == story.InReview:
		return backlog.AcceptStory{Story: s.ID}
	default: // on its way
		return to(n, map[story.Status]story.Status{
			story.Draft: story.Ready, story.Ready: story.InProgress, story.InProgress: story.InReview,
		}[s.Status])
	}
}
