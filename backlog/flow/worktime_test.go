package flow_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Days off and the zone count everywhere: each number against asking every item on every working day.
func TestWorkTimeAgainstCounting(t *testing.T) {
	loc := berlin(t)
	w := flow.WorkTime{Location: loc, Working: flow.Weekdays(day(9))}
	rng := rand.New(rand.NewPCG(15, 15))
	working := func(n int) (time.Time, bool) {
		at := time.Date(2026, 3, 2+n, 0, 0, 0, 0, loc)
		return at, w.Working(at)
	}
	for range 200 {
		var items []flow.Item
		for range rng.IntN(20) {
			on := func(from int) int { // a working day
				for ; ; from++ {
					if _, ok := working(from); ok {
						return from
					}
				}
			}
			at := func(n int) time.Time { // an hour after midnight there is the day before in UTC
				midnight, _ := working(n)
				return midnight.Add(time.Duration(1+rng.IntN(22)) * time.Hour)
			}
			begun := on(rng.IntN(30))
			item := flow.Item{Created: at(begun - rng.IntN(2)*3).Add(-23 * time.Hour), Started: at(begun)}
			if rng.IntN(4) > 0 {
				item.Done = at(on(begun + rng.IntN(9)))
				if item.Done.Before(item.Started) {
					item.Done = item.Started
				}
			}
			items = append(items, item)
		}
		from, _ := working(7)
		to, _ := working(25)
		c, err := flow.CheckLittle(items, w, from, to, 10)
		require.NoError(t, err)
		days, err := flow.CumulativeFlow(items, w, from, to)
		require.NoError(t, err)
		want := flow.LittleCheck{}
		var flows []flow.Day
		for n := 7; n <= 25; n++ {
			at, ok := working(n)
			if !ok {
				continue
			}
			want.Days++
			next := at.AddDate(0, 0, 1)
			one := flow.Day{Day: at}
			for _, item := range items {
				by := func(t time.Time) bool { return !t.IsZero() && t.Before(next) }
				if by(item.Started) && (item.Done.IsZero() || !item.Done.Before(at)) {
					want.ItemDays++
				}
				for _, count := range []struct {
					at time.Time
					n  *int
				}{{item.Created, &one.Created}, {item.Started, &one.Started}, {item.Done, &one.Done}} {
					if by(count.at) {
						*count.n++
					}
				}
			}
			flows = append(flows, one)
		}
		require.Equal(t, want.Days, c.Days)
		require.Equal(t, want.ItemDays, c.ItemDays)
		require.Equal(t, flows, days)
		for _, item := range items {
			took, ok := item.CycleTime(w)
			require.Equal(t, !item.Done.IsZero(), ok)
			counted := 0
			for n := -10; n < 60; n++ {
				if at, isWorking := working(n); isWorking && item.Started.Before(at.AddDate(0, 0, 1)) && !item.Done.Before(at) {
					counted++
				}
			}
			require.Equal(t, counted, took)
		}
	}
	saturday := time.Date(2026, 3, 7, 0, 0, 0, 0, loc)
	_, err := flow.CheckLittle(nil, w, saturday, saturday, 10)
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = flow.CheckLittle([]flow.Item{{Started: day(-80_000)}}, w, day(0), day(9), 10)
	require.ErrorIs(t, err, field.ErrInvalid)
	took, ok := flow.Item{Started: saturday, Done: saturday}.CycleTime(w)
	require.True(t, ok)
	require.Equal(t, 1, took, "at least")
}

// The past of imported items counts in the throughput of a view: when they were done, not when they came in.
func TestThroughputOfImportedItems(t *testing.T) {
	l := newLog(t)
	var stories []story.Story
	for i, done := range []int{3, 4, 18} {
		stories = append(stories, story.Story{
			ID: story.ID(number(i + 1)), Title: "Imported", Status: story.Accepted, Estimate: story.Points(2),
			Details: story.ConstOf(story.Details{Past: story.Past{Created: day(0), Done: day(done)}}),
		})
	}
	event, err := l.Execute(backlog.ImportItems{Source: "tracker", Stories: stories}, backlog.As("Pat", backlog.ProductManager), day(27))
	require.NoError(t, err)
	counts, err := flow.Throughput(l.View(), flow.Periods{Days: 7, Start: day(0)}, day(28))
	require.NoError(t, err)
	require.Equal(t, "[2 0 1 0]", textOf(counts))

	items, err := flow.FromEvents(options(), backlog.Recorded([]backlog.Event{event}))
	require.NoError(t, err)
	rates, err := flow.Rates(items, flow.Weeks(nil), day(28))
	require.NoError(t, err)
	require.Equal(t, 3, rates[0].Arrived)
	require.Equal(t, "4", rates[0].Points.String())
}

// Where the clocks skip a midnight, days stay days: each has its own date, is a working day, and counts once.
func TestDaysWhereMidnightIsSkipped(t *testing.T) {
	for name, noon := range map[string]time.Time{
		"UTC":               time.Date(2018, 11, 4, 12, 0, 0, 0, time.UTC),
		"America/Sao_Paulo": time.Date(2018, 11, 4, 15, 0, 0, 0, time.UTC), // it began at one o'clock
		"Asia/Tehran":       time.Date(2021, 3, 22, 9, 0, 0, 0, time.UTC),  // and this one
	} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("no time zones here: ", err)
		}
		w := flow.WorkTime{Location: loc, Working: flow.Weekdays()}
		for before := range 4 {
			from := noon.AddDate(0, 0, -before)
			var items []flow.Item
			working, worked, at := make(map[string]int), 0, from
			for i := range 20 {
				at = from.AddDate(0, 0, i)
				if day := at.In(loc); w.Working(day) {
					worked++
					working[day.Format(time.DateOnly)] = i + 1
				}
				items = append(items, flow.Item{Started: from, Done: at})
				took, ok := items[i].CycleTime(w)
				require.True(t, ok)
				require.Equal(t, max(1, worked), took, "%s: %s to %s", name, from, at)
			}
			took, err := flow.CycleTimes(items, w, at)
			require.NoError(t, err)
			require.Equal(t, worked, took[19].Days)
			days, err := flow.CumulativeFlow(items, w, from, at)
			require.NoError(t, err)
			require.Len(t, days, worked)
			for _, day := range days {
				require.Equal(t, working[day.Day.Format(time.DateOnly)], day.Done, "%s: %s", name, day.Day)
			}
			rates, err := flow.Rates(items, flow.Periods{WorkTime: w, Days: 1, Start: from}, at)
			require.NoError(t, err)
			for _, rate := range rates[1:] {
				require.Contains(t, working, rate.From.Format(time.DateOnly), name)
				require.Less(t, rate.From.Hour(), 2, name)
			}
		}
	}
}
