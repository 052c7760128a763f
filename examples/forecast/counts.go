package main

import (
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// maxItems is how many items a .csv file may count.
const maxItems = 1_000_000

// dayCount is a line of a .csv file.
type dayCount struct {
	day  time.Time // zero for a date that cannot be read
	done int       // or notRecorded
	at   command.Place
}

// notRecorded stands for a count that cannot be read.
const notRecorded = -1

// readCounts reads lines of date,count. What is odd about a line costs the line: what was done on its day is not known. It is
// bad input if none is left.
func readCounts(doc, odd *command.Document, c call) *work {
	lines, ignored := parseCounts(doc, odd, c)
	if !doc.OK() {
		return nil
	}
	if len(lines) == 0 {
		doc.Blame(command.Start(), "no rows, want lines of date,count")
		return nil
	}
	counts := sortedCounts(odd, lines)
	var far []time.Time
	if !c.keepFar {
		counts, far = nearCounts(counts)
	}
	isRecorded := func(one dayCount) bool { return one.done != notRecorded }
	first := slices.IndexFunc(counts, isRecorded)
	if first < 0 {
		doc.Add(odd)
		return nil
	}
	last := first
	for i, one := range counts {
		if isRecorded(one) {
			last = i
		}
	}
	w := &work{asOf: c.asOf, step: stepOf(counts), from: counts[first].day}
	w.leaveDays(far)
	if len(ignored) > 0 {
		w.leftOut = append(w.leftOut, "the columns "+strings.Join(ignored, ", "))
	}
	w.unrecorded = holes(lines, counts, max(1, w.step))
	if w.step > 0 { // a date is the last day of its period
		w.from = w.from.AddDate(0, 0, 1-w.step)
	}
	if w.asOf.IsZero() {
		w.asOf = counts[last].day
	}
	total := 0
	for _, one := range counts[first : last+1] {
		if total += max(0, one.done); total > maxItems {
			doc.Blame(one.at, "more than %d items in all, want at most as many", maxItems)
			return nil
		}
		if one.day.After(w.asOf) {
			continue
		}
		for range one.done {
			w.items = append(w.items, flow.Item{Done: one.day})
		}
	}
	return w
}

// sortedCounts returns the lines with a date, in order of time, each date once. A date that is there again with another
// count is not recorded.
func sortedCounts(odd *command.Document, lines []dayCount) (counts []dayCount) {
	for _, one := range lines {
		if !one.day.IsZero() {
			counts = append(counts, one)
		}
	}
	slices.SortStableFunc(counts, func(a, b dayCount) int { return a.day.Compare(b.day) })
	once := counts[:0]
	for _, one := range counts {
		last := len(once) - 1
		switch {
		case last < 0 || !once[last].day.Equal(one.day):
			once = append(once, one)
		case once[last].done == one.done:
			odd.Blame(one.at, "date %s is there twice with the same count, want each date once; the row is left out", day(one.day))
		default:
			once[last].done = notRecorded
			odd.Blame(one.at, "date %s is there twice with another count, want each date once%s", day(one.day), leftAsUnrecorded(one.day))
		}
	}
	return once
}

// maxHole is the most days or periods that are not recorded because of one line.
const maxHole = 31

// holes returns the days that are not recorded: those of lines whose count cannot be read, and for a line without a
// date those between its neighbours that are not in the file, if they are few. (They are many where the lines
// are not in order of time.)
func holes(lines, counts []dayCount, step int) (days []time.Time) {
	has := make(map[time.Time]bool, len(counts))
	for _, one := range counts {
		if has[one.day] = true; one.done == notRecorded {
			days = append(days, one.day)
		}
	}
	isDated := func(one dayCount) bool { return has[one.day] }
	before := time.Time{}
	for i, one := range lines {
		if has[one.day] {
			before = one.day
		}
		next := slices.IndexFunc(lines[i:], isDated)
		if !one.day.IsZero() || before.IsZero() || next < 0 {
			continue
		}
		from, to := before, lines[i+next].day
		if from.After(to) {
			from, to = to, from
		}
		var hole []time.Time
		for at := from.AddDate(0, 0, step); at.Before(to) && len(hole) <= maxHole; at = at.AddDate(0, 0, step) {
			if !has[at] {
				hole = append(hole, at)
			}
		}
		if len(hole) <= maxHole {
			days = append(days, hole...)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return days
}

// nearCounts returns the lines whose dates are not far from all others, and the dates of the others.
func nearCounts(counts []dayCount) (near []dayCount, far []time.Time) {
	dates := make([]time.Time, len(counts))
	for i, one := range counts {
		dates[i] = one.day
	}
	first, last := farDates(dates)
	for _, one := range counts {
		if one.day.Before(first) || one.day.After(last) {
			far = append(far, one.day)
		} else {
			near = append(near, one)
		}
	}
	return near, far
}

// stepOf is the greatest number of days that all dates are a multiple of apart, if that can be a
// period of its own: a week, a sprint.
func stepOf(counts []dayCount) int {
	step := 0
	for _, one := range counts {
		for a := int(one.day.Sub(counts[0].day) / dayLength); a > 0; {
			step, a = a, step%a
		}
	}
	if step < 7 || step > 366 {
		return 0
	}
	return step
}

func parseCounts(doc, odd *command.Document, c call) (lines []dayCount, ignored []string) {
	var rows []command.Row
	for row, ok := range doc.Rows("date,count without quotes") {
		if ok {
			rows = append(rows, trimmed(row))
		}
	}
	found := columnsOf(rows, c)
	if found.note != "" {
		odd.Blame(command.Start(), "%s, want days such as 2027-03-01", found.note)
	}
	for i, row := range rows {
		if i > 0 || !found.hasHeader {
			lines = append(lines, readCount(odd, row, found.days[i], found, c.blankZero))
		}
	}
	return lines, found.ignored
}

// leftAsUnrecorded says what becomes of a line whose date is known, or zero.
func leftAsUnrecorded(at time.Time) string {
	if at.IsZero() {
		return "; the row is left out, and what is missing between its neighbours counts as not recorded"
	}
	return "; the row is left out, and " + day(at) + " counts as not recorded"
}

func readCount(odd *command.Document, row command.Row, day time.Time, in columns, blankZero bool) dayCount {
	one := dayCount{day: day, done: notRecorded, at: row.At[0]}
	last := max(in.date, in.count)
	if n := len(row.Cells); n <= last || !in.hasHeader && n > 2 {
		odd.Blame(row.At[min(2, n-1)], "%s, want date,count%s", command.Counted(n, "cell", "cells"), leftAsUnrecorded(day))
		return one
	}
	date, count := row.Cells[in.date], row.Cells[in.count]
	one.at = row.At[in.date]
	if day.IsZero() {
		odd.Blame(row.At[in.date], "date is %s, want a date such as 2027-03-01%s", command.Quote(date), leftAsUnrecorded(day))
	}
	done, isNumber := parseCount(count)
	switch {
	case isNumber, count == "" && blankZero:
		one.done = done
	case count == "":
		odd.Blame(row.At[in.count], "count is \"\", want a whole number from 0 to %d, or -blank-zero for 0%s", maxItems, leftAsUnrecorded(day))
	default:
		odd.Blame(row.At[in.count], "count is %s, want a whole number from 0 to %d%s", command.Quote(count), maxItems, leftAsUnrecorded(day))
	}
	return one
}
