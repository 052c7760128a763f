package flow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// randomPast has items that go from state to state of the default workflow as they like, with gaps now and
// then, by the hour.
func randomPast(rng *rand.Rand, items, days int) flow.Past {
	p := flow.Past{States: flow.StatesOf(story.DefaultWorkflow()), Items: []flow.StateHistory{}}
	for i := range items {
		h := flow.StateHistory{Key: fmt.Sprint("item ", i)}
		at := day(0).Add(time.Duration(rng.IntN(24*days)) * time.Hour)
		for range 1 + rng.IntN(6) {
			end := at.Add(time.Duration(rng.IntN(24*6)) * time.Hour)
			h.Stays = append(h.Stays, flow.Stay{State: p.States[rng.IntN(len(p.States))].Name, From: at, To: end})
			if at = end; rng.IntN(8) == 0 {
				at = at.Add(time.Hour)
			}
		}
		if rng.IntN(4) > 0 {
			h.Stays[len(h.Stays)-1].To = time.Time{}
		}
		p.Items = append(p.Items, h)
	}
	return p
}

// workTimes are ways to count time.
func workTimes(t *testing.T) []flow.WorkTime {
	return []flow.WorkTime{
		{}, {Location: berlin(t)}, {Working: flow.Weekdays()}, {Location: berlin(t), Working: flow.Weekdays(day(8))},
	}
}

// hours asks of every hour whether it counts.
func hours(w flow.WorkTime, from, to time.Time) (seconds int64) {
	for at := from; at.Before(to); at = at.Add(time.Hour) {
		if worked(w, at) {
			seconds += 3600
		}
	}
	return seconds
}

func worked(w flow.WorkTime, at time.Time) bool {
	loc := w.Location
	if loc == nil {
		loc = time.UTC
	}
	return w.Working == nil || w.Working(at.In(loc))
}

// workdays asks of every hour which day it is.
func workdays(w flow.WorkTime, from, to time.Time) int {
	days := make(map[string]bool)
	loc := w.Location
	if loc == nil {
		loc = time.UTC
	}
	for at := from; ; at = at.Add(time.Hour) {
		if at.After(to) {
			at = to
		}
		if worked(w, at) {
			days[at.In(loc).Format(time.DateOnly)] = true
		}
		if at.Equal(to) {
			return max(1, len(days))
		}
	}
}

// dumbState returns where an item is, by asking every stay.
func dumbState(h flow.StateHistory, at time.Time) (stay flow.Stay) {
	for _, s := range h.Stays {
		if !s.From.After(at) {
			stay = s
		}
	}
	if !stay.To.IsZero() && !stay.To.After(at) {
		return flow.Stay{}
	}
	return stay
}

// Time in a state, efficiency and queues against adding up hours.
func TestStatesAgainstCountingHours(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 2))
	for round := range 120 {
		p := randomPast(rng, rng.IntN(9), 40) // over the change of the clocks in March
		w := workTimes(t)[round%4]
		now := day(rng.IntN(60)).Add(7 * time.Hour)
		times, err := p.TimeInState(w, now)
		require.NoError(t, err)
		efficiency, err := p.FlowEfficiency(w, now)
		require.NoError(t, err)
		var want flow.Efficiency
		for i, state := range p.States {
			one := flow.StateTime{State: state}
			var left []int
			for _, item := range p.Items {
				in := dumbState(item, now)
				spent, stays := int64(0), 0
				for _, s := range item.Stays {
					end := s.To
					if end.IsZero() || end.After(now) {
						end = now
					}
					if s.State == state.Name && !s.From.After(now) {
						stays++
						spent += hours(w, s.From, end)
					}
				}
				one.Seconds += spent
				one.Returns += max(0, stays-1)
				switch {
				case stays > 0 && in.State == state.Name:
					one.Now++
					one.Oldest = max(one.Oldest, hours(w, in.From, now))
				case stays > 0:
					left = append(left, int(spent))
				}
				if in.State == story.Accepted && state.Waiting {
					want.Waiting += spent
				} else if in.State == story.Accepted && state.Category == story.Doing {
					want.Working += spent
				}
			}
			one.Left = len(left)
			for share, at := range map[float64]*int64{.5: &one.P50, .85: &one.P85, .95: &one.P95} {
				seconds, _ := flow.PercentileOf(left, share)
				*at = int64(seconds)
			}
			require.Equal(t, one, times[i])

			queue, err := p.Queue(state.Name, w, now)
			require.NoError(t, err)
			require.Len(t, queue, one.Now)
			require.True(t, slices.IsSortedFunc(queue, func(a, b flow.Queued) int { return a.Since.Compare(b.Since) }))
			for _, q := range queue {
				require.Equal(t, hours(w, q.Since, now), q.Seconds)
			}
		}
		for _, item := range p.Items {
			if dumbState(item, now).State == story.Accepted {
				want.Items++
			}
		}
		require.Equal(t, want, efficiency)
	}
}

// Ages and their percentiles against asking every item and every hour.
func TestAgingAgainstCounting(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 3))
	shares := []float64{.5, .85}
	for round := range 120 {
		p := randomPast(rng, rng.IntN(25), 30)
		w := workTimes(t)[round%4]
		now := day(rng.IntN(50)).Add(7 * time.Hour)
		aging, err := p.Aging(shares, w, now)
		require.NoError(t, err)
		category := make(map[story.Status]story.Category)
		for _, s := range p.States {
			category[s.Name] = s.Category
		}
		left := make(map[story.Status][]int)
		inProgress := 0
		for _, item := range p.Items {
			var begun time.Time
			last := make(map[story.Status]time.Time)
			for _, s := range item.Stays {
				if s.From.After(now) || category[s.State] != story.Doing {
					continue
				}
				if begun.IsZero() {
					begun = s.From
				}
				last[s.State] = s.To
			}
			in := dumbState(item, now)
			if category[in.State] == story.Completed && !begun.IsZero() {
				for state, at := range last {
					left[state] = append(left[state], workdays(w, begun, at))
				}
			}
			if category[in.State] == story.Doing {
				inProgress++
				i := slices.IndexFunc(aging.Items, func(a flow.AgingItem) bool { return a.Key == item.Key })
				require.Equal(t, in.State, aging.Items[i].State)
				require.Equal(t, workdays(w, begun, now), aging.Items[i].Age)
				require.Equal(t, workdays(w, in.From, now), aging.Items[i].InState)
			}
		}
		require.Len(t, aging.Items, inProgress)
		for _, state := range aging.States {
			require.Equal(t, len(left[state.Name]), state.Items)
			for i, days := range state.Percentiles {
				want, ok := flow.PercentileOf(left[state.Name], shares[i])
				require.True(t, ok)
				require.Equal(t, want, days)
			}
			for _, item := range aging.Items {
				above := 0.0
				for i, days := range state.Percentiles {
					if item.Age > days {
						above = shares[i]
					}
				}
				if item.State == state.Name {
					require.InDelta(t, above, item.Above, 0)
				}
			}
		}
	}
}

// Each day against asking where every item is at its end.
func TestStateFlowAgainstCounting(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 4))
	for round := range 120 {
		p := randomPast(rng, rng.IntN(20), 30)
		w := workTimes(t)[round%4]
		found, err := p.StateFlow(w, day(5), day(45))
		require.NoError(t, err)
		days := 0
		for n := 5; n <= 45; n++ {
			if worked(w, day(n).Add(12*time.Hour)) {
				days++
			}
		}
		require.Len(t, found.Days, days)
		for i, d := range found.Days {
			require.True(t, worked(w, d.Day))
			load := 0
			for j, state := range p.States {
				n := 0
				for _, item := range p.Items {
					if dumbState(item, d.Day.AddDate(0, 0, 1).Add(-time.Second)).State == state.Name {
						n++
					}
				}
				require.Equal(t, n, d.Counts[j])
				if state.Category == story.Doing {
					load += n
				}
			}
			require.Equal(t, load, found.Load(i))
		}
	}
}

// The past of the states and the items of the same events agree.
func TestPastFromEvents(t *testing.T) {
	l := sprintOfTwo(t)
	p, err := flow.PastFromEvents(options(), backlog.Recorded(l.events))
	require.NoError(t, err)
	require.NoError(t, p.Validate())
	var texts []string
	for _, item := range p.Items {
		var stays []string
		for _, s := range item.Stays {
			stays = append(stays, fmt.Sprintf("%s %d", s.State, int(s.From.Sub(day(0)).Hours())/24))
		}
		texts = append(texts, strings.Join(stays, ", "))
	}
	require.Equal(t, []string{
		"draft 0, ready 0, in_progress 2, in_review 2, accepted 4", "draft 0, ready 0", "draft 4, dropped 5", "draft 9",
	}, texts)

	last := len(l.events) - 1
	before, err := backlog.Replay(options(), backlog.Recorded(l.events[:last]))
	require.NoError(t, err)
	undone, err := before.Reverse(l.events[last])
	require.NoError(t, err)
	l.on(9, undone)
	p, err = flow.PastFromEvents(options(), backlog.Recorded(l.events))
	require.NoError(t, err)
	require.Len(t, p.Items, 3, "what was taken back is left out")

	_, err = flow.PastFromEvents(options(), backlog.Recorded(l.events[1:]))
	require.ErrorIs(t, err, backlog.ErrSequence)
}

func TestPastErrors(t *testing.T) {
	past := func(stays ...flow.Stay) flow.Past {
		return flow.Past{
			States: flow.StatesOf(story.DefaultWorkflow()), Items: []flow.StateHistory{{Key: "a", Stays: stays}},
		}
	}
	tests := map[string]struct {
		past flow.Past
		want string
	}{
		"no stays":  {past(), `flow: items[0].stays is "", want a stay`},
		"no state":  {past(flow.Stay{State: "lost", From: day(0)}), `flow: items[0].stays[0].state is "lost", want one of the states`},
		"no from":   {past(flow.Stay{State: story.Draft}), `flow: items[0].stays[0].from is "", want an instant`},
		"backwards": {past(flow.Stay{State: story.Draft, From: day(1), To: day(0)}), `flow: items[0].stays[0].to is "2026-03-02T00:00:00Z", want not before from, 2026-03-03T00:00:00Z`},
		"overlap": {
			past(flow.Stay{State: story.Draft, From: day(0), To: day(2)}, flow.Stay{State: story.Ready, From: day(1)}),
			`flow: items[0].stays[1].from is "2026-03-03T00:00:00Z", want not before the stay ahead of it ended, 2026-03-04T00:00:00Z`,
		},
		"two that last": {
			past(flow.Stay{State: story.Draft, From: day(0)}, flow.Stay{State: story.Ready, From: day(1)}),
			`flow: items[0].stays[0].to is "", want an instant, since another stay follows`,
		},
		"a state twice": {
			flow.Past{States: []flow.State{{Name: "a", Category: story.Doing}, {Name: "a"}}},
			"flow: states[1].name is \"a\", want a name of its own\nflow: states[1].category is \"\", want a category",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.past.TimeInState(flow.WorkTime{}, day(9))
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, field.ErrInvalid)
			_, err = test.past.StateFlow(flow.WorkTime{}, day(0), day(9))
			require.EqualError(t, err, test.want)
		})
	}
	long := past(flow.Stay{State: story.Draft, From: day(-40_000)})
	_, err := long.FlowEfficiency(flow.WorkTime{}, day(0))
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = long.StateFlow(flow.WorkTime{}, day(1), day(0))
	require.ErrorIs(t, err, field.ErrInvalid)
	for _, shares := range [][]float64{{0}, {.5, 2}, make([]float64, 11)} {
		_, err = past(flow.Stay{State: story.Draft, From: day(0)}).Aging(shares, flow.WorkTime{}, day(0))
		require.ErrorIs(t, err, field.ErrInvalid)
	}
	many := flow.Past{States: make([]flow.State, 100_000), Items: make([]flow.StateHistory, 100_000)}
	require.Less(t, len(many.Validate().Error()), 40_000)
}

// A midnight that the clocks skip is no hole: a day is as long as it is.
func TestTimeWhereMidnightIsSkipped(t *testing.T) {
	loc, err := time.LoadLocation("America/Sao_Paulo") // 2018-11-04 began at one o'clock
	if err != nil {
		t.Skip("no time zones here: ", err)
	}
	saturday := time.Date(2018, 11, 3, 12, 0, 0, 0, loc)
	p := flow.Past{States: flow.StatesOf(story.DefaultWorkflow()), Items: []flow.StateHistory{
		{Key: "a", Stays: []flow.Stay{{State: story.InProgress, From: saturday}}},
	}}
	for name, w := range map[string]flow.WorkTime{"every day": {Location: loc}, "no Saturdays": {
		Location: loc, Working: func(day time.Time) bool { return day.Weekday() != time.Saturday },
	}} {
		last := int64(0)
		for at := saturday; at.Before(saturday.AddDate(0, 0, 3)); at = at.Add(10 * time.Minute) {
			queue, err := p.Queue(story.InProgress, w, at)
			require.NoError(t, err)
			if queue[0].Seconds-last > 600 || queue[0].Seconds < last {
				require.Fail(t, "time jumps", "%s: from %d to %d at %s", name, last, queue[0].Seconds, at)
			}
			last = queue[0].Seconds
		}
	}
}
