package main

import "time"

// moment is an instant in UTC or, where a date is all there is, some time on that day, of which it is the
// first instant. The zero value is for what has not happened.
type moment struct {
	time.Time
	isDate bool
}

// parseMoment reads an instant with an offset or "Z", as in RFC 3339, or a date. It must be in the years
// 1 to 9999.
func parseMoment(text string) (moment, bool) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil && at.UTC().Year() > 0 && at.UTC().Year() < 10_000 {
			return moment{at.UTC(), layout == time.DateOnly}, true
		}
	}
	return moment{}, false
}

// day is the midnight before.
func (m moment) day() time.Time { return m.Truncate(dayLength) }

// isBefore reports whether m is before n for sure: where one of the two is a date, on an earlier day.
func (m moment) isBefore(n moment) bool {
	if m.isDate || n.isDate {
		return m.day().Before(n.day())
	}
	return m.Before(n.Time)
}
