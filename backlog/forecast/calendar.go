package forecast

import (
	"errors"
	"time"
)

// Calendar says on which days work is done. Only year, month and day of the argument count.
type Calendar func(day time.Time) bool

// Weekdays is the calendar of Monday to Friday without the holidays, which are compared by date.
func Weekdays(holidays ...time.Time) Calendar {
	off := make(map[int]bool, len(holidays))
	for _, day := range holidays {
		off[dayNumber(day)] = true
	}
	return func(day time.Time) bool {
		weekday := day.Weekday()
		return weekday != time.Saturday && weekday != time.Sunday && !off[dayNumber(day)]
	}
}

// EveryDay is the calendar in which work is done on every day.
func EveryDay(time.Time) bool { return true }

// Schedule turns periods into dates.
type Schedule struct {
	Start   time.Time // the first day of the first period, or the first working day after it
	Days    int       // working days in a period, 1 to 366
	Working Calendar
}

// Date returns the last working day of so many periods, at midnight in the location of Start.
// After 0 periods that is Start itself. It costs O(days).
//
// Errors: a [*FieldError] for Days, for periods outside 0 to [MaxPeriods], and for a Calendar
// that is nil; [ErrNoWorkingDay].
func (s Schedule) Date(periods int) (time.Time, error) {
	if err := s.check(periods); err != nil {
		return time.Time{}, err
	}
	day := midnight(s.Start)
	if periods == 0 {
		return day, nil
	}
	idle := 0
	for left := periods * s.Days; ; day = day.AddDate(0, 0, 1) {
		if s.Working(day) {
			idle = 0
			if left--; left == 0 {
				return day, nil
			}
		} else if idle++; idle > 3653 {
			return time.Time{}, ErrNoWorkingDay
		}
	}
}

func midnight(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, t.Location())
}

// dayNumber counts days: that of the next day is one more, whatever the clocks do.
func dayNumber(t time.Time) int {
	year, month, day := t.Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

func (s Schedule) check(periods int) error {
	err := errors.Join(whole("days", s.Days, 1, 366), whole("periods", periods, 0, MaxPeriods))
	if s.Working == nil {
		err = errors.Join(err, &FieldError{Field: "working", Value: "nil", Want: "a calendar"})
	}
	return err
}
