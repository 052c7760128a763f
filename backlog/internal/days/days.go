// Package days counts the days of a time zone. A day begins at midnight or, where the clocks skip that, at the instant
// to which they are put forward. A day that a zone skipped as a whole begins when the next one does.
package days

import "time"

const secondsOfDay = 24 * 60 * 60

// Number returns the number of a day: that of the next day is one more, whatever the clocks do.
func Number(t time.Time) int {
	year, month, day := t.Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// Start returns the instant at which the day of t begins, in the location of t.
func Start(t time.Time) time.Time { return Add(t, 0) }

// Add returns the instant at which the day begins that is n days after that of t, in the location of t.
func Add(t time.Time, n int) time.Time {
	year, month, day := t.Date()
	start := time.Date(year, month, day+n, 0, 0, 0, 0, t.Location())
	if Number(start) < Number(t)+n { // it is before the clocks are put forward
		hour, minute, second := start.Clock()
		start = start.Add(24*time.Hour - time.Duration((hour*60+minute)*60+second)*time.Second)
	}
	return start
}
