package exchange

import (
	"fmt"
	"time"
)

// DateOrder is which of day and month stands first in a date such as 3/4/2025.
type DateOrder uint8

// The orders. The zero value leaves it to the file.
const (
	DayFirst DateOrder = iota + 1
	MonthFirst
)

// String returns "day first", "month first", or "" for the zero value.
func (o DateOrder) String() string {
	switch o {
	case 0:
		return ""
	case DayFirst:
		return "day first"
	case MonthFirst:
		return "month first"
	default:
		return fmt.Sprintf("DateOrder(%d)", uint8(o))
	}
}

// dateForm is how a date is written.
type dateForm uint8

const (
	orderedDate dateForm = iota + 1 // year, month and day, or a month by name
	slashDate                       // two numbers and the year: either may be the month
	dotDate                         // the same with dots: the day is first
	countedDate                     // seconds or milliseconds since 1970
	packedDate                      // eight digits
)

// date is a date as it is written, before it is known which number is the month.
type date struct {
	form               dateForm
	year, month, day   int // of a slashDate and a dotDate, month is the first number and day the second
	hour, minute       int
	second, nanosecond int
	hasZone            bool
	offset             int // seconds east of Greenwich
	unix               int64
	shortYear          bool // of two digits
}

// isAmbiguous reports whether either number of the date can be the month.
func (d date) isAmbiguous() bool {
	return d.form == slashDate && d.month <= 12 && d.day <= 12 && d.month != d.day
}

// dates reads the dates of a file: first it is shown all of them, then it decides.
type dates struct {
	location             *time.Location
	order                DateOrder
	isDecided            bool // by the file or the caller
	dayFirst, monthFirst int  // dates of which only one order is possible
	undecided            int
	example              string // the first of them
}

// observe counts the date for the order that it must have, if it must have one.
func (d *dates) observe(one date, text string) {
	switch {
	case one.form != slashDate:
	case one.month > 12:
		d.dayFirst++
	case one.day > 12:
		d.monthFirst++
	case one.isAmbiguous():
		if d.undecided == 0 {
			d.example = text
		}
		d.undecided++
	}
}

// decide settles the order, and returns a warning if nothing in the file did.
func (d *dates) decide(wanted DateOrder) (warning string) {
	switch {
	case wanted != 0:
		d.order, d.isDecided = wanted, true
	case d.dayFirst > 0 && d.monthFirst > 0:
		if d.order = MonthFirst; d.dayFirst > d.monthFirst {
			d.order = DayFirst
		}
		if d.undecided > 0 {
			return fmt.Sprintf("%s could be day first or month first, such as %s: %s tell that the day is first, %d that the month is; "+
				"read %s", counted(d.undecided, "date", "dates"), quote(d.example),
				counted(d.dayFirst, "date", "dates"), d.monthFirst, d.order)
		}
	case d.dayFirst > 0:
		d.order, d.isDecided = DayFirst, true
	case d.monthFirst > 0:
		d.order, d.isDecided = MonthFirst, true
	default:
		if d.order = MonthFirst; d.undecided > 0 {
			return fmt.Sprintf("%s could be day first or month first, such as %s, and nothing in the file decides it; read %s",
				counted(d.undecided, "date", "dates"), quote(d.example), d.order)
		}
	}
	return ""
}

// resolve returns the instant of a date, and whether its order was a choice. The reason is not empty if there is
// no such date.
func (d *dates) resolve(one date) (at time.Time, isChoice bool, reason string) {
	if one.form == countedDate {
		at = time.Unix(one.unix/1000, one.unix%1000*1_000_000).In(d.location)
		return at, false, outlier(at)
	}
	month, day := one.month, one.day
	switch {
	case one.form == dotDate && month <= 31 && day <= 12,
		one.form == slashDate && (month > 12 || day <= 12 && d.order == DayFirst):
		month, day = day, month
	}
	if month < 1 || month > 12 || day < 1 || day > daysIn(one.year, month) {
		return time.Time{}, false, "no such day in the calendar"
	}
	zone := d.location
	if one.hasZone {
		if zone = time.UTC; one.offset != 0 {
			zone = time.FixedZone("", one.offset)
		}
	}
	at = time.Date(one.year, time.Month(month), day, one.hour, one.minute, one.second, one.nanosecond, zone)
	return at, one.isAmbiguous() && !d.isDecided, outlier(at)
}

// outlier returns why an instant is beyond belief: software writes the years 1 and 9999 for none.
func outlier(at time.Time) string {
	if year := at.Year(); year < 1900 || year > 2199 {
		return fmt.Sprintf("the year %d is no year of a project", year)
	}
	return ""
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Dates reads dates in any of the forms that trackers export, such as those of a column. All of them together decide whether
// the day or the month is first, unless o.DateOrder does; the note is for people where neither does, and names the choice that
// was made. One without a zone is in o.Location. What is no date of the years 1900 to 2199 is the zero time. A week is its Monday. O(n).
func (o Options) Dates(texts []string) (all []time.Time, note string) {
	read := dates{location: o.withDefaults().Location}
	parsed := make([]date, len(texts))
	for i, text := range texts {
		if one, ok := parseDate(text); ok {
			parsed[i] = one
			read.observe(one, text)
		}
	}
	note = read.decide(o.DateOrder)
	all = make([]time.Time, len(texts))
	for i, one := range parsed {
		if at, _, reason := read.resolve(one); one.form != 0 && reason == "" {
			all[i] = at
		}
	}
	return all, note
}
