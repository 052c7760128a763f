package flow

import "time"

// Calendar reports whether work is done on a day. It looks at year, month and day of its argument only.
type Calendar func(day time.Time) bool

// Weekdays returns the calendar of Monday to Friday without the holidays, which are compared by date.
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

func midnight(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, t.Location())
}

// dayNumber counts days: that of the next day is one more, whatever the clocks do.
func dayNumber(t time.Time) int {
	year, month, day := t.Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
