package forecast_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// day returns the n-th day after a Monday.
func day(n int) time.Time { return time.Date(2026, 3, 2+n, 0, 0, 0, 0, time.UTC) }

// Whatever the calendar: the date is a working day, and up to it there are as many as asked for.
func TestDateCountsWorkingDays(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 13))
	for range 500 {
		holiday := day(rng.IntN(20))
		s := forecast.Schedule{
			Start: day(rng.IntN(7)).Add(13 * time.Hour), Days: 1 + rng.IntN(10),
			Working: flow.Weekdays(holiday.Add(20*time.Hour), day(rng.IntN(20))),
		}
		k := 1 + rng.IntN(8)
		date, err := s.Date(k)
		require.NoError(t, err)
		require.True(t, s.Working(date))
		require.NotEqual(t, holiday, date)
		count := 0
		for day := s.Start; !day.After(date.Add(24*time.Hour - 1)); day = day.AddDate(0, 0, 1) {
			if s.Working(day) {
				count++
			}
		}
		require.Equal(t, k*s.Days, count)
	}
}

func TestDate(t *testing.T) {
	schedule := func(start time.Time, days int, working flow.Calendar) forecast.Schedule {
		return forecast.Schedule{Start: start, Days: days, Working: working}
	}
	tests := map[string]struct {
		schedule forecast.Schedule
		periods  int
		want     time.Time
	}{
		"a week ends on Friday":          {schedule(day(0), 5, flow.Weekdays()), 1, day(4)},
		"or later, after a holiday":      {schedule(day(0), 5, flow.Weekdays(day(2))), 1, day(7)},
		"a Saturday start waits":         {schedule(day(5), 1, flow.Weekdays()), 1, day(7)},
		"nothing to do is done at once":  {schedule(day(5).Add(time.Hour), 1, flow.Weekdays()), 0, day(5)},
		"every day":                      {schedule(day(0), 7, flow.EveryDay), 2, day(13)},
		"a year without a day off":       {schedule(day(0), 365, flow.EveryDay), 1, day(364)},
		"the farthest":                   {schedule(day(0), 1, flow.EveryDay), forecast.MaxPeriods, day(forecast.MaxPeriods - 1)},
		"a start late in the day counts": {schedule(day(0).Add(23*time.Hour), 1, flow.EveryDay), 1, day(0)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.schedule.Date(test.periods)
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
}

// The forecast by date is the forecast by period, each with its date.
func TestDates(t *testing.T) {
	s := forecast.Schedule{Start: day(2), Days: 5, Working: flow.Weekdays(day(4), day(11))}
	for _, items := range []int{0, 3, 60} {
		c, err := forecast.WhenSimple(weeks, forecast.ItemScope(items))
		require.NoError(t, err)
		dates, err := s.Dates(c)
		require.NoError(t, err)
		require.Len(t, dates, len(c.Done))
		for i, got := range dates {
			want, err := s.Date(c.First + i)
			require.NoError(t, err)
			require.Equal(t, forecast.DateChance{Date: want, Done: c.Done[i]}, got)
		}
	}
	none, err := s.Dates(forecast.Completion{})
	require.NoError(t, err)
	require.Empty(t, none)
}

// A period ends on the day that says so, also where the clocks skip a midnight.
func TestScheduleWhereMidnightIsSkipped(t *testing.T) {
	loc, err := time.LoadLocation("America/Sao_Paulo") // 4 November 2018 began at one o'clock
	if err != nil {
		t.Skip("no time zones here: ", err)
	}
	for first := 29; first < 40; first++ { // of October
		s := forecast.Schedule{Start: time.Date(2018, 10, first, 12, 0, 0, 0, loc), Days: 1, Working: flow.EveryDay}
		for k := 1; k < 12; k++ {
			date, err := s.Date(k)
			require.NoError(t, err)
			require.Equal(t, time.Date(2018, 10, first+k-1, 12, 0, 0, 0, loc).Format(time.DateOnly), date.Format(time.DateOnly))
			periods, err := s.Periods(date)
			require.NoError(t, err)
			require.Equal(t, k, periods)
		}
	}
}
