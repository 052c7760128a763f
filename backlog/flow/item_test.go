package flow_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func day(n int) time.Time { return monday.AddDate(0, 0, n) }

// Little's law holds exactly when everything begins and ends inside: the days that items were in
// progress, added up by day, are the cycle times, added up by item.
func TestLittlesLawOfCounts(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 11))
	for range 300 {
		var items []flow.Item
		cycleTimes := 0
		for range rng.IntN(40) {
			created := day(rng.IntN(20)).Add(time.Duration(rng.IntN(86400)) * time.Second)
			started := created.Add(time.Duration(rng.IntN(5*86400)) * time.Second)
			done := started.Add(time.Duration(rng.IntN(5*86400)) * time.Second)
			item := flow.Item{Created: created, Started: started, Done: done}
			items = append(items, item)
			days, ok := item.CycleTime(flow.WorkTime{})
			require.True(t, ok)
			lead, ok := item.LeadTime(flow.WorkTime{})
			require.True(t, ok)
			require.GreaterOrEqual(t, lead, days)
			cycleTimes += days
		}
		counts, err := flow.CumulativeFlow(items, flow.WorkTime{}, day(0), day(35))
		require.NoError(t, err)
		inProgress, doneBefore := 0, 0
		for i, at := range counts {
			require.Equal(t, day(i), at.Day)
			require.LessOrEqual(t, at.Done, at.Started)
			require.LessOrEqual(t, at.Started, at.Created)
			inProgress += at.Started - doneBefore
			doneBefore = at.Done
		}
		require.Equal(t, cycleTimes, inProgress)
		require.Equal(t, len(items), counts[35].Done)
		require.Zero(t, counts[35].WorkInProgress())
	}
}

// Each count against asking every item on every day.
func TestFlowAgainstCounting(t *testing.T) {
	rng := rand.New(rand.NewPCG(12, 12))
	for range 300 {
		var items []flow.Item
		for range rng.IntN(30) {
			item := flow.Item{Created: day(rng.IntN(20) - 5)}
			if rng.IntN(3) > 0 {
				item.Started = item.Created.AddDate(0, 0, rng.IntN(6))
			}
			if rng.IntN(3) > 0 {
				item.Done = item.Created.AddDate(0, 0, 6+rng.IntN(6))
			}
			items = append(items, item)
		}
		counts, err := flow.CumulativeFlow(items, flow.WorkTime{}, day(0), day(20))
		require.NoError(t, err)
		for i, at := range counts {
			var want flow.Day
			for _, item := range items {
				by := func(instant time.Time) int {
					if instant.IsZero() || instant.After(day(i)) {
						return 0
					}
					return 1
				}
				want.Created += by(item.Created)
				want.Started += max(by(item.Started), by(item.Done))
				want.Done += by(item.Done)
				if age, ok := item.Age(flow.WorkTime{}, day(i)); ok {
					require.Equal(t, age, int(day(i).Sub(item.Started).Hours())/24+1)
				}
			}
			want.Day = day(i)
			require.Equal(t, want, at)
		}
		weeks := flow.Weeks(nil)
		weeks.Start = day(0)
		throughput, err := flow.ThroughputOf(items, weeks, day(21))
		require.NoError(t, err)
		require.Len(t, throughput, 3)
		before := 0
		for _, item := range items {
			if !item.Done.IsZero() && item.Done.Before(day(0)) {
				before++
			}
		}
		for i, n := range throughput {
			last := counts[7*i+6].Done
			require.Equal(t, int64(last-before), n.IntPart())
			before = last
		}
	}
}

func TestThroughputOfWorkingDays(t *testing.T) {
	done := func(days ...int) (items []flow.Item) {
		for _, n := range days {
			items = append(items, flow.Item{Done: day(n).Add(10 * time.Hour)})
		}
		return items
	}
	tests := map[string]struct {
		items []flow.Item
		to    time.Time
		days  int
		want  []int
	}{
		"weeks of five":             {done(0, 4, 7, 11), day(11), 5, []int{2, 2}},
		"what is done on a weekend": {done(5, 6), day(11), 5, []int{2, 0}},
		"the rest is left out":      {done(0, 7, 8), day(9), 5, []int{1}},
		"each day":                  {done(0, 0, 2, 5), day(7), 1, []int{2, 0, 1, 0, 1, 0}},
		"outside the span":          {done(-1, 99), day(4), 5, []int{0}},
		"too short":                 {done(0), day(1), 5, []int{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := flow.Periods{WorkTime: flow.WorkTime{Working: flow.Weekdays()}, Days: test.days, Start: day(0)}
			got, err := flow.ThroughputOf(test.items, p, test.to.AddDate(0, 0, 1))
			require.NoError(t, err)
			counts := []int{}
			for _, n := range got {
				counts = append(counts, int(n.IntPart()))
			}
			require.Equal(t, test.want, counts)
		})
	}
}

func TestItemTimes(t *testing.T) {
	begun := flow.Item{Created: day(0), Started: day(2)}
	_, ok := begun.CycleTime(flow.WorkTime{})
	require.False(t, ok)
	age, ok := begun.Age(flow.WorkTime{}, day(2).Add(23*time.Hour))
	require.True(t, ok)
	require.Equal(t, 1, age)
	_, ok = begun.Age(flow.WorkTime{}, day(1))
	require.False(t, ok)
	done := flow.Item{Done: day(3)}
	days, ok := done.LeadTime(flow.WorkTime{})
	require.True(t, ok)
	require.Equal(t, 1, days)
	_, ok = done.Age(flow.WorkTime{}, day(3))
	require.False(t, ok)

	// Clocks that change don't make a day longer: the last Sunday of March in Berlin has 23 hours.
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones here: ", err)
	}
	spring := flow.Item{
		Started: time.Date(2026, 3, 28, 23, 0, 0, 0, berlin), Done: time.Date(2026, 3, 30, 1, 0, 0, 0, berlin),
	}
	days, ok = spring.CycleTime(flow.WorkTime{Location: berlin})
	require.True(t, ok)
	require.Equal(t, 3, days)
}
