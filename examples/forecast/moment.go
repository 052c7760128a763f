package main

import "time"

// moment is an instant in UTC or, where a date is all there is, some time on that day, of which it is the
// first instant. The zero value is for what has not happened.
type moment struct {
	time.Time
	isDate bool
}

// layouts are the forms of an instant: as in RFC 3339, with the short offset that PostgreSQL writes, and
// without an offset, which is UTC. Seconds may have a fraction.
func layouts() []string {
	return []string{time.RFC3339, "2006-01-02T15:04:05Z07", "2006-01-02T15:04:05"}
}

// parseMoment reads an instant, with "T" or a space after the date, or a date. It must be in the years 1
// to 9999, in UTC.
func parseMoment(text string) (m moment, ok bool) {
	var err error
	if m.Time, err = time.Parse(time.DateOnly, text); err == nil {
		m.isDate = true
	} else {
		m, err = parseInstant(text)
	}
	if year := m.Year(); err != nil || year < 1 || year > 9999 {
		return moment{}, false
	}
	return m, true
}

func parseInstant(text string) (m moment, err error) {
	const date = len(time.DateOnly)
	if len(text) > date && text[date] == ' ' {
		text = text[:date] + "T" + text[date+1:]
	}
	for _, layout := range layouts() {
		if m.Time, err = time.Parse(layout, text); err == nil {
			break
		}
	}
	m.Time = m.UTC()
	return m, err
}

// day is the midnight before.
func (m moment) day() time.Time { return m.Truncate(dayLength) }
