package flow_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story/field"
)

// berlin returns a time zone whose clocks change.
func berlin(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones here: ", err)
	}
	return loc
}

// randomItems came, were begun and done in a span of days, each step of some with the same instant.
func randomItems(rng *rand.Rand, n, days int) []flow.Item {
	items := make([]flow.Item, 0, n)
	for range n {
		hours := func(most int) time.Duration { return time.Duration(rng.IntN(most+1)) * time.Hour }
		item := flow.Item{Created: day(0).Add(hours(24 * days))}
		if rng.IntN(4) > 0 {
			item.Started = item.Created.Add(hours(24 * 5))
		}
		if rng.IntN(4) > 0 {
			item.Done = item.Created
			if !item.Started.IsZero() {
				item.Done = item.Started.Add(hours(24 * 9))
			}
		}
		items = append(items, item)
	}
	return items
}

// Each week against asking every item, in a zone whose clocks change in the middle.
func TestRatesAgainstCounting(t *testing.T) {
	loc := berlin(t)
	rng := rand.New(rand.NewPCG(15, 1))
	for range 300 {
		items := randomItems(rng, rng.IntN(20), 60)
		now := day(rng.IntN(90)).Add(time.Duration(rng.IntN(24)) * time.Hour)
		rates, err := flow.Rates(items, flow.Weeks(loc), now)
		require.NoError(t, err)
		for i, rate := range rates {
			require.Equal(t, time.Monday, rate.From.Weekday())
			require.Zero(t, rate.From.Hour())
			require.True(t, rate.To.Equal(rate.From.AddDate(0, 0, 7)))
			require.False(t, rate.To.After(now), "only whole weeks that ended")
			if i > 0 {
				require.True(t, rate.From.Equal(rates[i-1].To))
			}
			want := flow.Rate{From: rate.From, To: rate.To}
			for _, item := range items {
				isIn := func(at time.Time) bool { return !at.IsZero() && !at.Before(rate.From) && at.Before(rate.To) }
				isOver := func(at time.Time) bool { return !at.IsZero() && at.Before(rate.To) }
				count := func(is bool, n *int) {
					if is {
						*n++
					}
				}
				begun := item.Started
				if begun.IsZero() {
					begun = item.Done
				}
				count(isIn(item.Created), &want.Arrived)
				count(isIn(begun), &want.Begun)
				count(isIn(item.Done), &want.Done)
				count(isOver(item.Created) && !isOver(begun), &want.Waiting)
				count(isOver(begun) && !isOver(item.Done), &want.InProgress)
			}
			require.Equal(t, want, rate)
		}
		if n := len(rates); n > 0 {
			require.True(t, rates[n-1].To.AddDate(0, 0, 7).After(now), "and all of them")
		}
	}
}

// The night from Sunday to Monday is another one in another zone.
func TestThroughputInAZone(t *testing.T) {
	loc := berlin(t)
	items := []flow.Item{{Done: day(0)}, {Done: day(6).Add(23*time.Hour + 30*time.Minute)}}
	counts := func(loc *time.Location) []string {
		found, err := flow.ThroughputOf(items, flow.Weeks(loc), day(14))
		require.NoError(t, err)
		var texts []string
		for _, n := range found {
			texts = append(texts, n.String())
		}
		return texts
	}
	require.Equal(t, []string{"2", "0"}, counts(nil))
	require.Equal(t, []string{"1", "1"}, counts(loc))
	before, err := flow.ThroughputOf(items, flow.Weeks(nil), day(14).Add(-time.Second))
	require.NoError(t, err)
	require.Len(t, before, 1, "a week that has not ended is no week")
}

func TestThroughputOfAView(t *testing.T) {
	l := sprintOfTwo(t)
	weeks := flow.Weeks(nil)
	none, err := flow.Throughput(l.View(), weeks, day(13))
	require.NoError(t, err)
	require.Empty(t, none, "the first Monday after the first acceptance is day 7")
	weeks.Start = day(0)
	one, err := flow.Throughput(l.View(), weeks, day(14))
	require.NoError(t, err)
	require.Equal(t, "[1 0]", textOf(one))
	b, err := backlog.New(options())
	require.NoError(t, err)
	none, err = flow.Throughput(b.View(), flow.Weeks(nil), day(13))
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestRatesErrors(t *testing.T) {
	items := []flow.Item{{Done: day(0)}}
	for name, p := range map[string]flow.Periods{
		"no days":       {},
		"too many days": {Days: 367},
		"too long":      {Days: 7, Start: day(-40_000)},
	} {
		_, err := flow.Rates(items, p, day(9))
		require.ErrorIs(t, err, field.ErrInvalid, name)
	}
	_, err := flow.Rates(make([]flow.Item, 100_000), flow.Weeks(nil), day(9))
	require.ErrorIs(t, err, field.ErrInvalid)
	require.Less(t, len(err.Error()), 20_000)
	late, err := flow.Rates(items, flow.Weeks(nil), day(-9))
	require.NoError(t, err)
	require.Empty(t, late)
}

// The burn-up of a team in another zone has its days, and leaves out those without work.
func TestBurnUpInWorkTime(t *testing.T) {
	l := sprintOfTwo(t)
	days := func(w flow.WorkTime) (texts []string) {
		burn, err := flow.BurnUp(options(), backlog.Recorded(l.events), backlog.SprintID(number(1)), w)
		require.NoError(t, err)
		for _, d := range burn {
			texts = append(texts, d.Day.Format("Mon ")+d.Done.String())
		}
		return texts
	}
	require.Equal(t, []string{"Tue 0", "Wed 0", "Thu 0", "Fri 3", "Mon 3"}, days(flow.WorkTime{Working: flow.Weekdays()}))
	butMonday := func(at time.Time) bool { return at.Weekday() != time.Monday }
	require.Equal(t, []string{"Tue 0", "Wed 0", "Thu 0", "Fri 3", "Sat 3", "Sun 3", "Mon 3"}, days(flow.WorkTime{Working: butMonday}), "the last day stays")
	far := time.FixedZone("far", 13*60*60) // noon is one o'clock of the next day
	require.Equal(t, []string{"Tue 0", "Wed 0", "Thu 0", "Fri 0", "Sat 3", "Sun 3", "Mon 3", "Tue 3"}, days(flow.WorkTime{Location: far}))
}

func textOf[E any](all []E) string { return fmt.Sprint(all) }
