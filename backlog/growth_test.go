package backlog_test

import (
	"encoding/json"
	"flag"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/prioritize/plan"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// growth is how large the cases of TestGrowth are. The command .ci/growth runs each at one size and at four times it,
// and compares how many statements were executed.
var growth = flag.Int("growth", 50, "size of the cases of TestGrowth")

// grown is a backlog that is filled without the gate, which costs the same for every change.
type grown struct {
	*backlog.Backlog
	t *testing.T
}

func newGrown(t *testing.T) grown {
	b, err := backlog.New(backlog.Options{Ready: []backlog.Check{}, Rules: backlog.Rules{}.Others(backlog.RuleOff)})
	require.NoError(t, err)
	return grown{b, t}
}

func (g grown) apply(changes ...backlog.Change) {
	for _, change := range changes {
		event := backlog.Event{
			Seq: g.Seq() + 1, At: start.Add(time.Duration(g.Seq())), By: uma, As: backlog.ProductOwner, Change: change,
		}
		require.NoError(g.t, g.Apply(event))
	}
}

func (g grown) execute(changes ...backlog.Change) {
	for _, change := range changes {
		_, err := g.Execute(change, uma, later(start, g.At()))
		require.NoError(g.t, err)
	}
}

// stories adds n stories, last first in what it returns, each of a team of its own if so asked.
func (g grown) stories(n int, teams bool) []story.ID {
	ids := make([]story.ID, n)
	for i := range n {
		s := newStory(i)
		if teams {
			s.Team = story.Team(s.ID.String())
		}
		g.apply(backlog.AddStory{Story: s})
		ids[n-1-i] = s.ID
	}
	return ids
}

func (g grown) restored() {
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(g.t, g.Backlog)))
	require.NoError(g.t, err)
	require.Equal(g.t, g.Len(), restored.Len())
}

// grows has what was once quadratic, each case with n of what it is about.
var grows = map[string]func(t *testing.T, n int){
	"relations of one story": func(t *testing.T, n int) {
		g := newGrown(t)
		for _, id := range g.stories(n, false)[:n-1] {
			g.apply(backlog.RelateStories{Relation: backlog.Relation{Story: storyID(0), How: backlog.Excludes, Other: id}})
		}
		g.restored()
	},
	"needs of one story": func(t *testing.T, n int) {
		g := newGrown(t)
		ids := g.stories(n, false)[:n-1]
		for _, id := range ids {
			g.apply(needs(sItem(0), backlog.StoryItem(id)))
		}
		g.restored()
		for _, id := range ids {
			g.execute(backlog.RemoveDependency{Item: sItem(0), Needs: backlog.StoryItem(id)})
		}
	},
	"what one story is needed by": func(t *testing.T, n int) {
		g := newGrown(t)
		ids := g.stories(n, false)[:n-1]
		for _, id := range ids {
			g.execute(needs(backlog.StoryItem(id), sItem(0)))
		}
		for _, id := range ids {
			g.execute(backlog.RemoveDependency{Item: backlog.StoryItem(id), Needs: sItem(0)})
		}
	},
	"a chain of needs": func(t *testing.T, n int) {
		g := newGrown(t)
		g.stories(n, false)
		for i := range n - 1 {
			g.execute(needs(sItem(i), sItem(i+1)))
		}
		g.restored()
	},
	"stories of many teams in one change": func(t *testing.T, n int) {
		g := newGrown(t)
		ids := g.stories(n, true)
		g.execute(backlog.OrderStories{Stories: ids}, backlog.MoveStories{Stories: ids[:n/2], To: backlog.Last()})
	},
	"stories moved one by one": func(t *testing.T, n int) {
		g := newGrown(t)
		for i, id := range g.stories(n, false) {
			g.execute(backlog.MoveStories{Stories: []story.ID{id}, To: backlog.At(i * 7 % n)})
		}
	},
	"stories of a sprint in one change": func(t *testing.T, n int) {
		g := newGrown(t)
		ids := g.stories(n, false)
		g.execute(backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "S"}},
			backlog.CommitStories{Sprint: sprintID(1), Stories: ids},
			backlog.WithdrawStories{Sprint: sprintID(1), Stories: ids[:n-1]})
	},
	"stories of a sprint one by one": func(t *testing.T, n int) {
		g := newGrown(t)
		ids := g.stories(n, false)
		g.execute(backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "S"}})
		for _, id := range ids {
			g.execute(backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{id}})
		}
		for _, id := range ids[:n/2] {
			g.execute(backlog.WithdrawStories{Sprint: sprintID(1), Stories: []story.ID{id}})
		}
		for _, id := range ids[n/2:] {
			g.execute(backlog.DropStory{Story: id, Reason: "no longer"})
		}
	},
	"stories of a sprint accepted one by one": func(t *testing.T, n int) {
		g := newGrown(t)
		ids := g.stories(n, false)
		g.execute(backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "S"}},
			backlog.CommitStories{Sprint: sprintID(1), Stories: ids}, backlog.StartSprint{Sprint: sprintID(1)})
		for i, id := range ids {
			for _, to := range []story.Status{story.Ready, story.InProgress, story.InReview} {
				g.execute(backlog.SetStoryStatus{Story: id, To: to})
			}
			switch i % 3 {
			case 0:
				g.execute(backlog.AcceptStory{Story: id})
			case 1:
				g.execute(backlog.RejectStory{Story: id, Reason: "not yet"})
			default:
				g.execute(backlog.DropStory{Story: id, Reason: "no longer"})
			}
		}
		g.execute(backlog.CloseSprint{Sprint: sprintID(1)})
		g.restored()
	},
	"sprints": func(t *testing.T, n int) {
		g := newGrown(t)
		for i := range n {
			g.execute(backlog.PlanSprint{Sprint: backlog.Sprint{
				ID: sprintID(i), Name: "S", Start: start.AddDate(0, 0, 14*i), End: start.AddDate(0, 0, 14*i+14),
			}})
		}
		g.restored()
		for i := range n {
			g.execute(backlog.StartSprint{Sprint: sprintID(i)}, backlog.CloseSprint{Sprint: sprintID(i)})
		}
	},
	"sprints by the rules": func(t *testing.T, n int) {
		b, err := backlog.New(backlog.Options{Ready: []backlog.Check{}, Rules: backlog.Rules{}.Others(backlog.RuleRecord)})
		require.NoError(t, err)
		g := grown{b, t}
		for i := range n {
			g.execute(backlog.PlanSprint{Sprint: backlog.Sprint{
				ID: sprintID(i), Name: "S", Start: start.AddDate(0, 0, 14*i), End: start.AddDate(0, 0, 14*i+14),
			}})
		}
		for i := range n {
			g.execute(backlog.StartSprint{Sprint: sprintID(i)}, backlog.CloseSprint{Sprint: sprintID(i)})
		}
	},
	"features": func(t *testing.T, n int) {
		g := newGrown(t)
		g.execute(backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal"}}, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(2), Title: "other"}})
		for i := range n {
			g.execute(backlog.AddFeature{Feature: newFeature(i)})
		}
		for _, goal := range []roadmap.GoalID{goalID(1), goalID(2), {}} {
			for i := range n {
				g.execute(backlog.AssignFeatureGoal{Feature: featureID(i), Goal: goal})
			}
		}
		for i := range n {
			g.execute(backlog.MoveFeature{Feature: featureID(i), To: i * 7 % n})
		}
		g.restored()
	},
	"features assigned one by one": func(t *testing.T, n int) {
		g := newGrown(t)
		for i := range 2 {
			g.execute(backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(i), Name: "release"}},
				backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID(i), Name: "horizon"}},
				backlog.PlanIncrement{Increment: roadmap.Increment{ID: incrementID(i), Name: "increment"}},
				backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(i), Title: "theme"}},
				backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(i), Title: "epic", Level: roadmap.LevelCapability}})
		}
		for i := range n {
			g.execute(backlog.AddFeature{Feature: newFeature(i)})
		}
		for i := range 2 * n {
			feature, to := featureID(i%n), i/n
			g.execute(backlog.AssignFeatureRelease{Feature: feature, Release: releaseID(to)},
				backlog.AssignFeatureHorizon{Feature: feature, Horizon: horizonID(to)},
				backlog.AssignFeatureIncrement{Feature: feature, Increment: incrementID(to)},
				backlog.AssignFeatureTheme{Feature: feature, Theme: themeID(to)},
				backlog.AssignFeatureEpic{Feature: feature, Epic: epicID(to)})
		}
		g.restored()
	},
	"features moved one by one": func(t *testing.T, n int) {
		g := newGrown(t)
		for i := range n {
			g.execute(backlog.AddFeature{Feature: newFeature(i)})
		}
		for i := range 10 * n {
			g.execute(backlog.MoveFeature{Feature: featureID(i % n), To: i * 7 % n})
		}
	},
	"features in one change": func(t *testing.T, n int) {
		g := newGrown(t)
		ids := make([]roadmap.FeatureID, n)
		for i := range n {
			g.execute(backlog.AddFeature{Feature: newFeature(i)})
			ids[n-1-i] = featureID(i)
		}
		g.execute(backlog.OrderFeatures{Features: ids})
	},
	"stories of one feature": func(t *testing.T, n int) {
		g := newGrown(t)
		g.execute(backlog.AddFeature{Feature: newFeature(1)}, backlog.AddFeature{Feature: newFeature(2)})
		g.stories(n, false)
		for _, feature := range []int{1, 2, 1} {
			for i := range n {
				g.execute(part(i, feature))
			}
		}
		g.restored()
	},
	"tasks of one story": func(t *testing.T, n int) {
		g := newGrown(t)
		g.stories(1, false)
		n = min(n, story.MaxTasks)
		for i := range n {
			g.execute(backlog.AddTask{Story: storyID(0), Task: story.Task{ID: taskID(i), Title: "task"}})
		}
		g.restored()
	},
	"a log in JSON": func(t *testing.T, n int) {
		g := newGrown(t)
		for i := range n {
			event, err := g.Execute(backlog.AddStory{Story: newStory(i)}, uma, later(start, g.At()))
			require.NoError(t, err)
			data, err := json.Marshal(event)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(data, &event))
		}
	},
	"digits of a number in an event": func(t *testing.T, n int) {
		var event backlog.Event
		text := `{"seq":1,"at":"2026-01-05T09:00:00Z","by":{"name":"o","roles":["product_owner"]},"as":"product_owner","kind":"record_cost","change":{"feature":"` +
			featureID(1).String() + `","cost":{"amount":` + strings.Repeat("9", 100*n) + `,"currency":"EUR"}}}`
		require.Error(t, json.Unmarshal([]byte(text), &event))
	},
	"digits of a number in a snapshot": func(t *testing.T, n int) {
		g := newGrown(t)
		g.stories(1, false)
		g.apply(backlog.EstimateStory{Story: storyID(0), Estimate: story.Points(8)})
		text := strings.Replace(snapshot(t, g.Backlog), `"estimate":"8"`, `"estimate":"`+strings.Repeat("9", 100*n)+`"`, 1)
		_, err := backlog.Restore(backlog.Options{}, []byte(text))
		require.Error(t, err)
	},
	"items of one request": func(t *testing.T, n int) {
		items, keys := make([]plan.SelectItem[int], n), make([]int, n)
		for i := range n {
			items[i], keys[i] = plan.SelectItem[int]{Key: i, Cost: decimal.NewFromInt(1)}, i
		}
		requests := []plan.Request[int, int]{{Key: 1, Value: decimal.NewFromInt(3), Items: keys}}
		for i := range n {
			requests = append(requests, plan.Request[int, int]{Key: 2 + i, Value: decimal.NewFromInt(1), Items: keys[i : i+1]})
		}
		_, err := plan.Select(items, requests, decimal.NewFromInt(int64(n)/2), plan.SelectOptions[int]{})
		require.NoError(t, err)
	},
	"periods of a backtest": func(t *testing.T, n int) {
		_, err := historyOf(n).Backtest(forecast.BacktestOptions{})
		require.NoError(t, err)
	},
	"periods that are learnt from": func(t *testing.T, n int) {
		c, err := forecast.Calibrate(historyOf(n), forecast.CalibrateOptions{Year: 52})
		require.NoError(t, err)
		_, err = c.When(forecast.ItemScope(100))
		require.NoError(t, err)
		_, err = c.Record(forecast.RecordOptions{})
		require.NoError(t, err)
	},
	"features of a plan": func(t *testing.T, n int) {
		_, err := planOf(n, false).Forecast()
		require.NoError(t, err)
	},
	"features that leave a plan": func(t *testing.T, n int) {
		cuts, err := planOf(n, false).Cuts(n/9, .85)
		require.NoError(t, err)
		require.NotEmpty(t, cuts.Leaving)
	},
	"features of a plan that is simulated": func(t *testing.T, n int) {
		_, err := planOf(n, true).Simulate(5, rand.NewPCG(1, 1))
		require.NoError(t, err)
	},
	"items by three measures": func(t *testing.T, n int) {
		var items []flow.Item
		for i := range 10 * n {
			done := start.AddDate(0, 0, i*7/10)
			items = append(items, flow.Item{Started: done.AddDate(0, 0, -i%5), Done: done, Points: decimal.NewFromInt(int64(1 + i%3))})
		}
		_, err := forecast.CompareMeasures(items, flow.Weeks(nil), start.AddDate(0, 0, 8*n))
		require.NoError(t, err)
	},
	"a calendar of one day a year": func(t *testing.T, n int) {
		newYear := flow.Calendar(func(day time.Time) bool { return day.YearDay() == 1 })
		_, err := forecast.Schedule{Start: start, Days: 1, Working: newYear}.Date(n)
		require.NoError(t, err)
	},
}

func historyOf(n int) forecast.History {
	h := make(forecast.History, n)
	for i := range h {
		h[i] = decimal.NewFromInt(int64(i * 7919 % 13))
	}
	return h
}

// planOf is a plan of n small features of two teams, three at once, some of which need one before them, of the same team
// or of any.
func planOf(n int, isMixed bool) forecast.Plan {
	p := forecast.Plan{Teams: []forecast.PlanTeam{{Key: "a", History: historyOf(60), WIP: 3}, {Key: "b", History: historyOf(40)}}}
	for i := range n {
		f := forecast.PlanFeature{Key: strconv.Itoa(i), Shares: []forecast.PlanShare{{Team: p.Teams[i%2].Key, Scope: forecast.ItemScope(1 + i%5)}}}
		if back := 2; i%3 == 2 {
			if isMixed {
				back = 1
			}
			f.Needs = []string{strconv.Itoa(i - back)}
		}
		p.Features = append(p.Features, f)
	}
	return p
}

// Nothing takes more than it has to: each case ends at any size.
func TestGrowth(t *testing.T) {
	for name, grow := range grows {
		t.Run(name, func(t *testing.T) { grow(t, *growth) })
	}
}

// A limit beyond all bounds is refused at once.
func TestSmallCheckOfAGiant(t *testing.T) {
	_, err := backlog.New(backlog.Options{Ready: []backlog.Check{backlog.SmallCheck(decimal.New(1, math.MaxInt32))}})
	require.ErrorContains(t, err, "small")
}
