package field

import "time"

// The first and the last year of an instant, as JSON and databases can hold one.
const (
	firstYear = 1
	lastYear  = 9999
)

// CheckInstant returns nil if JSON can hold at: its year is 1 to 9999, in UTC as well as in its own
// zone, and the zone is less than 24 hours and a whole number of minutes from UTC. The zero time, which
// is no instant, is fine. For any other time it returns an [*Error].
func CheckInstant(pkg, field string, at time.Time) error {
	if at.IsZero() {
		return nil
	}
	const day, minute = 24 * 60 * 60, 60
	year, utc := at.Year(), at.UTC().Year()
	_, offset := at.Zone()
	if min(year, utc) >= firstYear && max(year, utc) <= lastYear && -day < offset && offset < day && offset%minute == 0 {
		return nil
	}
	return New(pkg, field, at.Format(time.RFC3339), "an instant in the years 1 to 9999, in a zone of whole minutes below 24 hours from UTC")
}
