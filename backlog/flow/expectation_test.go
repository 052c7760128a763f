package flow_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story/field"
)

// A service level walking forward against looking at everything again for every item.
func TestServiceLevelAgainstLookingAgain(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 5))
	for round := range 200 {
		items := randomItems(rng, rng.IntN(60), 60)
		w := workTimes(t)[round%4]
		share := float64(1+rng.IntN(20)) / 20
		now := day(rng.IntN(80)).Add(7 * time.Hour)
		found, err := flow.ServiceLevel(items, share, w, now)
		require.NoError(t, err)
		begun := func(i flow.Item) time.Time {
			if i.Started.IsZero() {
				return i.Done
			}
			return i.Started
		}
		took := func(by time.Time) (days []int) {
			for _, i := range items {
				if !i.Done.IsZero() && !i.Done.After(by) {
					days = append(days, workdays(w, begun(i), i.Done))
				}
			}
			return days
		}
		want := flow.Expectation{Share: share, Items: len(took(now))}
		want.Days, _ = flow.PercentileOf(took(now), share)
		for _, i := range items {
			if begun(i).IsZero() || begun(i).After(now) || len(took(begun(i))) < 10 {
				continue
			}
			within, _ := flow.PercentileOf(took(begun(i)), share)
			isDone := !i.Done.IsZero() && !i.Done.After(now)
			switch {
			case isDone && workdays(w, begun(i), i.Done) <= within:
				want.Forecasts++
				want.Held++
			case isDone, workdays(w, begun(i), now) > within:
				want.Forecasts++
			}
		}
		require.Equal(t, want, found)

		times, err := flow.CycleTimes(items, w, now)
		require.NoError(t, err)
		require.True(t, slices.IsSortedFunc(times, func(a, b flow.CycleTime) int { return a.Done.Compare(b.Done) }))
		var days []int
		for _, c := range times {
			days = append(days, c.Days)
		}
		require.ElementsMatch(t, took(now), days)
	}
}

// In a past that does not change, an expectation of 85 % holds about so often.
func TestServiceLevelHolds(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 6))
	var items []flow.Item
	for i := range 3_000 {
		started := day(i / 3)
		items = append(items, flow.Item{Started: started, Done: started.AddDate(0, 0, rng.IntN(30))})
	}
	e, err := flow.ServiceLevel(items, .85, flow.WorkTime{}, day(1_100))
	require.NoError(t, err)
	rate, ok := e.Rate()
	require.True(t, ok)
	require.InDelta(t, .86, rate, .03)
	require.InDelta(t, 26, e.Days, 1)
}

func TestServiceLevelErrors(t *testing.T) {
	for name, call := range map[string]func() error{
		"no share": func() error { _, err := flow.ServiceLevel(nil, 0, flow.WorkTime{}, day(0)); return err },
		"too long": func() error {
			_, err := flow.ServiceLevel([]flow.Item{{Done: day(-40_000)}}, .5, flow.WorkTime{}, day(0))
			return err
		},
		"no instants": func() error { _, err := flow.CycleTimes(make([]flow.Item, 1), flow.WorkTime{}, day(0)); return err },
	} {
		require.ErrorIs(t, call(), field.ErrInvalid, name)
	}
	e, err := flow.ServiceLevel(nil, .85, flow.WorkTime{}, day(0))
	require.NoError(t, err)
	require.Equal(t, flow.Expectation{Share: .85}, e)
	_, ok := e.Rate()
	require.False(t, ok)
}

// The numbers of Little's law against asking every item on every day.
func TestCheckLittleAgainstCounting(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 7))
	for range 300 {
		items := randomItems(rng, rng.IntN(20), 40)
		found, err := flow.CheckLittle(items, flow.WorkTime{}, day(10), day(30), 10)
		require.NoError(t, err)
		want := flow.LittleCheck{Days: 21, Conditions: found.Conditions}
		is := func(i flow.Item, n int) bool { // in progress on a day
			begun := i.Started
			if begun.IsZero() {
				begun = i.Done
			}
			return !begun.IsZero() && begun.Before(day(n+1)) && (i.Done.IsZero() || !i.Done.Before(day(n)))
		}
		for _, i := range items {
			total := 0
			for n := range 100 {
				if is(i, n) {
					total++
					if n >= 10 && n <= 30 {
						want.ItemDays++
					}
					if n < 10 && is(i, 10) {
						want.AgeBefore++
					}
					if n <= 30 && is(i, 31) && is(i, 30) && (!i.Done.Before(day(31)) || i.Done.IsZero()) {
						want.AgeAfter++
					}
				}
			}
			if is(i, 10) && is(i, 9) {
				if i.Done.IsZero() || !i.Done.Before(day(10)) {
					want.WIPBefore++
				}
			}
			if is(i, 30) && (i.Done.IsZero() || !i.Done.Before(day(31))) {
				want.WIPAfter++
			}
			for n := 10; n <= 30; n++ {
				if is(i, n) && !is(i, n-1) {
					want.Begun++
				}
			}
			if !i.Done.IsZero() && !i.Done.Before(day(10)) && i.Done.Before(day(31)) {
				want.Done++
				want.CycleDays += total
			}
		}
		require.Equal(t, want, found)
		require.Equal(t, found.WIPAfter-found.WIPBefore, found.Begun-found.Done, "what came in less what went out")
	}
}

// Where everything begins and ends inside, the law is an identity and every condition holds.
func TestLittleHoldsInside(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 8))
	for range 100 {
		var items []flow.Item
		for range 1 + rng.IntN(30) {
			started := day(rng.IntN(20))
			items = append(items, flow.Item{Started: started, Done: started.AddDate(0, 0, rng.IntN(9))})
		}
		c, err := flow.CheckLittle(items, flow.WorkTime{}, day(0), day(30), 0)
		require.NoError(t, err)
		require.True(t, c.Holds())
		require.Equal(t, c.ItemDays, c.CycleDays)
	}
	piling := []flow.Item{{Started: day(0), Done: day(1)}, {Started: day(1)}, {Started: day(2)}}
	c, err := flow.CheckLittle(piling, flow.WorkTime{}, day(0), day(9), 10)
	require.NoError(t, err)
	require.False(t, c.Holds())
	_, err = flow.CheckLittle(piling, flow.WorkTime{}, day(0), day(9), 101)
	require.ErrorIs(t, err, field.ErrInvalid)
	require.False(t, flow.LittleCheck{}.Holds())
	_, ok := flow.LittleCheck{}.CycleTime(1)
	require.False(t, ok)
}
