package flow

import (
	"time"

	"github.com/backlogkit/backlogkit/backlog/internal/days"
	"github.com/backlogkit/backlogkit/story/field"
)

// Calendar reports whether work is done on a day. It looks at year, month and day of its argument only.
type Calendar func(day time.Time) bool

// Weekdays returns the calendar of Monday to Friday without the holidays, which are compared by date.
func Weekdays(holidays ...time.Time) Calendar {
	off := make(map[int]bool, len(holidays))
	for _, day := range holidays {
		off[days.Number(day)] = true
	}
	return func(day time.Time) bool {
		weekday := day.Weekday()
		return weekday != time.Saturday && weekday != time.Sunday && !off[days.Number(day)]
	}
}

// EveryDay is the calendar in which work is done on every day.
func EveryDay(time.Time) bool { return true }

// WorkTime is the time that counts: the working days of a calendar, from midnight to midnight in a time
// zone. The zero value counts every day, in UTC.
type WorkTime struct {
	Location *time.Location // nil is UTC
	Working  Calendar       // nil is EveryDay
}

// date returns the instant at which the day of another one begins.
func (w WorkTime) date(t time.Time) time.Time { return days.Start(w.in(t)) }

func (w WorkTime) in(t time.Time) time.Time {
	if w.Location == nil {
		return t.UTC()
	}
	return t.In(w.Location)
}

func (w WorkTime) isWorking(day time.Time) bool { return w.Working == nil || w.Working(day) }

// maxDays bounds a span of days: a hundred years.
const maxDays = 36_525

// meter measures the working time between two instants of a span, each in O(1).
type meter struct {
	WorkTime
	first  int     // the number of the first day
	starts []int64 // in Unix seconds, of each day and of the one after the last
	days   []int   // the working days before each
	spent  []int64 // the working seconds before each
}

// meter returns a meter for the days from one instant to another, in O(days).
func (w WorkTime) meter(from, to time.Time) (*meter, error) {
	first := days.Number(w.in(from))
	n := days.Number(w.in(to)) - first + 1
	if n < 1 || n > maxDays {
		return nil, field.New("flow", "now", w.in(to).Format(time.RFC3339),
			"from "+w.in(from).Format(time.RFC3339)+" to a hundred years later")
	}
	m := &meter{
		WorkTime: w, first: first,
		starts: make([]int64, n+1), days: make([]int, n+1), spent: make([]int64, n+1),
	}
	day := w.date(from)
	for i := range m.starts {
		m.starts[i] = days.Add(day, i).Unix()
		if i == 0 {
			continue
		}
		m.days[i], m.spent[i] = m.days[i-1], m.spent[i-1]
		if w.isWorking(days.Add(day, i-1)) {
			m.days[i]++
			m.spent[i] += m.starts[i] - m.starts[i-1]
		}
	}
	return m, nil
}

// day returns the index of the day of an instant, which is within the span.
func (m *meter) day(t time.Time) int { return days.Number(m.in(t)) - m.first }

// at returns the working seconds from the first day to an instant.
func (m *meter) at(t time.Time) int64 {
	i := m.day(t)
	if m.days[i+1] == m.days[i] {
		return m.spent[i]
	}
	return m.spent[i] + min(max(t.Unix()-m.starts[i], 0), m.starts[i+1]-m.starts[i])
}

// between returns the working seconds from one instant to another.
func (m *meter) between(from, to time.Time) int64 { return m.at(to) - m.at(from) }

// daysBetween returns the working days from one instant to another, both counted, and at least 1.
func (m *meter) daysBetween(from, to time.Time) int {
	return max(1, m.days[m.day(to)+1]-m.days[m.day(from)])
}

// days returns the number of working days from one instant to another, both counted, and 1 at least. Of
// more than a hundred years all days count. The bool is false if the order is wrong or one is unset.
func (w WorkTime) days(from, to time.Time) (int, bool) {
	n := days.Number(w.in(to)) - days.Number(w.in(from)) + 1
	if from.IsZero() || to.IsZero() || n < 1 {
		return 0, false
	}
	if w.Working == nil || n > maxDays {
		return n, true
	}
	worked, day := 0, w.date(from)
	for i := range n {
		if w.Working(days.Add(day, i)) {
			worked++
		}
	}
	return max(1, worked), true
}
