package forecast

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/internal/days"
	"github.com/backlogkit/backlogkit/story/field"
)

// Schedule is how periods become dates, by a calendar of working days.
type Schedule struct {
	Start   time.Time // the first day of the first period, or the first working day after it
	Days    int       // working days in a period, 1 to 366
	Working flow.Calendar
}

// Date returns the last working day of so many periods, at midnight in the location of Start; for 0 periods
// that is Start itself. It costs O(days).
//
// Errors: a [*field.Error] for Days out of range, for periods outside 0 to [MaxPeriods], and for a nil
// Working; [ErrNoWorkingDay].
func (s Schedule) Date(periods int) (time.Time, error) {
	if err := s.check(periods); err != nil {
		return time.Time{}, err
	}
	date, next := days.Start(s.Start), days.Start(s.Start)
	for range periods {
		var err error
		if date, next, err = s.period(next); err != nil {
			return time.Time{}, err
		}
	}
	return date, nil
}

// Periods returns how many periods end by a day: the forecast of what is done by that date. It costs O(days).
//
// Errors: those of [Schedule.Date]; a [*field.Error] if it is more than [MaxPeriods].
func (s Schedule) Periods(day time.Time) (int, error) {
	if err := s.check(0); err != nil {
		return 0, err
	}
	by := days.Start(day.In(s.Start.Location()))
	for k, next := 0, days.Start(s.Start); k <= MaxPeriods; k++ {
		last, after, err := s.period(next)
		if err != nil {
			return 0, err
		}
		if last.After(by) {
			return k, nil
		}
		next = after
	}
	return 0, fieldError("day", day.Format(time.DateOnly), fmt.Sprintf("a day within %d periods", MaxPeriods))
}

// DateChance is the probability that all is done by the end of a day.
type DateChance struct {
	Date time.Time `json:"date"`
	Done float64   `json:"done"`
}

// Dates returns the last working day of each period of a forecast, with the probability that all is done by
// then. It costs O(days). Errors: those of [Schedule.Date].
func (s Schedule) Dates(c Completion) ([]DateChance, error) {
	last := c.First + len(c.Done) - 1
	if err := s.check(max(0, last)); err != nil {
		return nil, err
	}
	out := make([]DateChance, 0, len(c.Done))
	date, next := days.Start(s.Start), days.Start(s.Start)
	for k := 0; k <= last; k++ {
		if k > 0 {
			var err error
			if date, next, err = s.period(next); err != nil {
				return nil, err
			}
		}
		if k >= c.First {
			out = append(out, DateChance{Date: date, Done: c.Within(k)})
		}
	}
	return out, nil
}

// period returns the last working day of the period that starts with a day, and the day after it.
func (s Schedule) period(day time.Time) (last, next time.Time, err error) {
	idle := 0
	for left := s.Days; ; day = days.Add(day, 1) {
		if s.Working(day) {
			idle = 0
			if left--; left == 0 {
				return day, days.Add(day, 1), nil
			}
		} else if idle++; idle > 3653 {
			return last, next, ErrNoWorkingDay
		}
	}
}

func (s Schedule) check(periods int) error {
	err := field.Join(whole("days", s.Days, 1, 366), whole("periods", periods, 0, MaxPeriods))
	if s.Working == nil {
		err = field.Join(err, fieldError("working", "nil", "a calendar"))
	}
	return err
}
