package exchange

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxDate is how long a date can be: the longest write out the name of a zone.
const maxDate = 90

// parseDate reads a date in any of the forms that trackers export. It does not check the calendar.
func parseDate(text string) (date, bool) {
	text = trim(text)
	if len(text) < 6 || len(text) > maxDate {
		return date{}, false
	}
	if d, ok := instantDate(text); ok {
		return d, true
	}
	return slowDate(text)
}

// instantDate reads the form of most dates in JSON, 2025-03-27T14:05:06.123+01:00, as [slowDate] does. The bool is false
// for what is in another form.
func instantDate(text string) (d date, ok bool) {
	const shape = "0000-00-00T00:00:00"
	if !hasShape(text, shape) {
		return d, false
	}
	number := func(at int) int { return int(text[at]-'0')*10 + int(text[at+1]-'0') }
	d = date{
		form: orderedDate, year: number(0)*100 + number(2), month: number(5), day: number(8),
		hour: number(11), minute: number(14), second: number(17),
	}
	at := len(shape)
	if byteAt(text, at) == '.' {
		unit := 1_000_000_000
		for at++; at < len(text) && '0' <= text[at] && text[at] <= '9'; at++ {
			unit /= 10
			d.nanosecond += int(text[at]-'0') * unit
		}
		if unit == 0 || unit == 1_000_000_000 {
			return d, false
		}
	}
	switch zone := text[at:]; {
	case zone == "Z":
		d.hasZone = true
	case hasShape(zone, "+00:00") && len(zone) == len("+00:00") && zone[4] < '6':
		d.hasZone, d.offset = true, number(at+1)*3600+number(at+4)*60
	case zone != "":
		return d, false
	}
	return d, d.hour < 24 && d.minute < 60 && d.second <= 60 && d.offset < 15*3600
}

// hasShape reports whether a text begins with a digit for each 0 of a shape, and with the other bytes as they are.
func hasShape(text, shape string) bool {
	if len(text) < len(shape) {
		return false
	}
	for i := range len(shape) {
		if c := text[i]; shape[i] == '0' && (c < '0' || c > '9') || shape[i] != '0' && c != shape[i] {
			return false
		}
	}
	return true
}

// slowDate reads a date in any form from left to right.
func slowDate(text string) (date, bool) {
	p := dateParser{rest: text}
	if !p.parse() {
		return date{}, false
	}
	return p.date()
}

// dateParser reads a date from left to right.
type dateParser struct {
	rest string

	numbers [3]int // that are not of the time
	digits  [3]int // of each
	between byte   // what stands behind the first number
	count   int
	named   int // the month by its name

	d                   date
	hasTime, isPM, is12 bool
	isWhole             bool // d is complete
}

func (p *dateParser) parse() bool {
	for p.rest != "" {
		switch c := p.rest[0]; {
		case c >= '0' && c <= '9':
			if !p.number() {
				return false
			}
		case c == '(':
			if p.count == 0 {
				return false
			}
			p.rest = "" // the name of a zone, which was given as an offset before
		case c == '+' || c == '-' && p.hasTime && p.count > 1:
			if !p.zoneOffset() {
				return false
			}
		case strings.IndexByte(" ,./-", c) >= 0:
			p.rest = p.rest[1:]
		default:
			if !p.word() {
				return false
			}
		}
	}
	return p.count > 0 || p.isWhole
}

// run cuts a run of digits off the rest, and returns the number of its first nine.
func (p *dateParser) run() (value, digits int) {
	for digits < len(p.rest) && p.rest[digits] >= '0' && p.rest[digits] <= '9' {
		if digits < 9 {
			value = value*10 + int(p.rest[digits]-'0')
		}
		digits++
	}
	p.rest = p.rest[digits:]
	return value, digits
}

func (p *dateParser) number() bool {
	start := p.rest
	value, digits := p.run()
	switch {
	case p.isWhole:
		return p.packedTime(value, digits)
	case strings.HasPrefix(p.rest, ":"):
		return p.clock(value, digits)
	case p.count == 0 && digits == 8:
		p.d = date{form: packedDate, year: value / 10000, month: value / 100 % 100, day: value % 100}
		p.isWhole = true
		return true
	case p.count == 0 && p.rest == "" && (digits == 10 || digits == 13):
		unix, err := strconv.ParseInt(start, 10, 64)
		if digits == 10 {
			unix *= 1000
		}
		p.d, p.isWhole = date{form: countedDate, unix: unix}, true
		return err == nil
	case p.count == 0 && digits == 4 && (strings.HasPrefix(p.rest, "-W") || strings.HasPrefix(p.rest, "W")):
		return p.week(value)
	case p.count == len(p.numbers) || digits > 4 || digits == 3:
		return false
	}
	if p.count == 0 && p.rest != "" {
		p.between = p.rest[0]
	}
	p.numbers[p.count], p.digits[p.count] = value, digits
	p.count++
	return true
}

// clock reads the rest of a time of day, behind the hour.
func (p *dateParser) clock(hour, digits int) bool {
	if p.hasTime || digits > 2 || hour > 23 {
		return false
	}
	p.hasTime, p.d.hour = true, hour
	p.rest = p.rest[1:]
	var n int
	if p.d.minute, n = p.run(); n != 2 || p.d.minute > 59 {
		return false
	}
	if !strings.HasPrefix(p.rest, ":") {
		return true
	}
	p.rest = p.rest[1:]
	if p.d.second, n = p.run(); n != 2 || p.d.second > 60 {
		return false
	}
	if len(p.rest) > 1 && (p.rest[0] == '.' || p.rest[0] == ',') && p.rest[1] >= '0' && p.rest[1] <= '9' {
		p.rest = p.rest[1:]
		fraction, n := p.run()
		if n > 18 {
			return false
		}
		for ; n < 9; n++ {
			fraction *= 10
		}
		p.d.nanosecond = fraction
	}
	return true
}

// packedTime reads 100000 of 20251203T100000Z, or 1000.
func (p *dateParser) packedTime(value, digits int) bool {
	if p.hasTime || p.d.form != packedDate || digits != 4 && digits != 6 {
		return false
	}
	if digits == 4 {
		value *= 100
	}
	p.hasTime, p.d.form = true, orderedDate
	p.d.hour, p.d.minute, p.d.second = value/10000, value/100%100, value%100
	return p.d.hour < 24 && p.d.minute < 60 && p.d.second <= 60
}

// week reads -W49 and perhaps -3 behind a year: a week of ISO 8601 begins on Monday.
func (p *dateParser) week(year int) bool {
	p.rest = strings.TrimPrefix(p.rest, "-")[len("W"):]
	week, n := p.run()
	if n != 2 || week < 1 || week > 53 {
		return false
	}
	day := 1
	if len(p.rest) == 2 && p.rest[0] == '-' && p.rest[1] >= '1' && p.rest[1] <= '7' {
		day = int(p.rest[1] - '0')
		p.rest = ""
	}
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // is in week 1
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	at := monday.AddDate(0, 0, (week-1)*7+day-1)
	if ofYear, ofWeek := at.ISOWeek(); ofYear != year || ofWeek != week { // few years have 53
		return false
	}
	p.d = date{form: orderedDate, year: at.Year(), month: int(at.Month()), day: at.Day()}
	p.isWhole = true
	return p.rest == ""
}

// zoneOffset reads +0100, +01:00 or -5.
func (p *dateParser) zoneOffset() bool {
	sign := 1
	if p.rest[0] == '-' {
		sign = -1
	}
	p.rest = p.rest[1:]
	hours, n := p.run()
	minutes := 0
	switch n {
	case 4:
		hours, minutes = hours/100, hours%100
	case 1, 2:
		if strings.HasPrefix(p.rest, ":") {
			p.rest = p.rest[1:]
			if minutes, n = p.run(); n != 2 {
				return false
			}
		}
	default:
		return false
	}
	p.d.hasZone, p.d.offset = true, sign*(hours*3600+minutes*60)
	return hours <= 14 && minutes < 60 && p.hasTime
}

// zones are the names of zones that mean one offset only, in hours.
var zones = map[string]int{
	"z": 0, "utc": 0, "gmt": 0, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
	"est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}

// word reads the name of a month, a weekday or a zone, AM or PM, or a word that joins these.
func (p *dateParser) word() bool {
	end := strings.IndexFunc(p.rest, func(r rune) bool { return !unicode.IsLetter(r) && r != utf8.RuneError })
	if end < 0 {
		end = len(p.rest)
	}
	if end == 0 {
		r, size := utf8.DecodeRuneInString(p.rest)
		p.rest = p.rest[size:]
		return unicode.IsSpace(r)
	}
	word := fold(p.rest[:end])
	p.rest = p.rest[end:]
	switch word {
	case "t", "de", "del", "of", "at", "um", "a", "o", "th", "st", "nd", "rd", "年", "月", "日":
		if word == "a" { // a. m.
			return p.meridiem("am")
		}
		return true
	case "am", "pm", "p":
		return p.meridiem(word)
	case "上午", "午前", "오전":
		return p.meridiem("am")
	case "下午", "午後", "오후":
		return p.meridiem("pm")
	case "г", "в", "년", "월", "일":
		return true
	}
	if hours, known := zones[word]; known {
		p.d.hasZone, p.d.offset = true, hours*3600
		return p.hasTime
	}
	if month := months[word]; month > 0 { // the last such word: "mar" may be a Tuesday
		p.named = month
		return true
	}
	return weekdays[word] > 0
}

// meridiem reads AM or PM behind a time, also as "p. m.", of which the letter a or p was read.
func (p *dateParser) meridiem(word string) bool {
	if !p.hasTime {
		return word == "am" // the Portuguese and Spanish word that joins a date and a time
	}
	if rest := strings.TrimLeft(p.rest, ". \u00A0"); strings.HasPrefix(strings.ToLower(rest), "m") && len(rest) < 3 {
		p.rest = ""
	}
	p.is12, p.isPM = true, word[0] == 'p'
	return p.d.hour >= 1 && p.d.hour <= 12
}

// date puts together what was read.
func (p *dateParser) date() (date, bool) {
	d := p.d
	if p.is12 {
		d.hour %= 12
		if p.isPM {
			d.hour += 12
		}
	}
	n := p.numbers
	switch {
	case p.isWhole:
		return d, p.count == 0 && p.named == 0
	case p.named > 0 && p.count == 2:
		d.form, d.month = orderedDate, p.named
		d.day, d.year = n[0], n[1]
		year := 1
		if p.digits[0] == 4 {
			d.day, d.year, year = n[1], n[0], 0
		}
		return p.fullYear(d, year)
	case p.named > 0 || p.count != 3:
		return d, false
	case p.digits[0] == 4:
		d.form, d.year, d.month, d.day = orderedDate, n[0], n[1], n[2]
		return d, true
	}
	d.form, d.month, d.day, d.year = slashDate, n[0], n[1], n[2]
	if p.between == '.' {
		d.form = dotDate
	}
	return p.fullYear(d, 2)
}

// fullYear checks the digits of the year, which is the number at the index, and makes four of two.
func (p *dateParser) fullYear(d date, index int) (date, bool) {
	switch p.digits[index] {
	case 4:
		return d, true
	case 2:
		d.shortYear = true
		d.year += 2000
		if d.year >= 2070 {
			d.year -= 100
		}
		return d, true
	}
	return d, false
}

// isPlain reports whether text in a column of unknown type that looks like the date is one beyond doubt:
// numbers and versions look like dates too.
func (d date) isPlain() bool {
	return d.form == orderedDate || d.form == slashDate || d.form == dotDate && !d.shortYear
}
