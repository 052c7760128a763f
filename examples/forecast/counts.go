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
	day  time.Time
	done int
	at   command.Place
}

// readCounts reads lines of date,count.
func readCounts(doc, odd *command.Document, c call) *work {
	counts, ignored := parseCounts(doc, odd, c)
	if !doc.OK() {
		return nil
	}
	if len(counts) == 0 {
		doc.Blame(command.Start(), "no rows, want lines of date,count")
		return nil
	}
	slices.SortFunc(counts, func(a, b dayCount) int { return a.day.Compare(b.day) })
	for i, one := range counts[1:] {
		if one.day.Equal(counts[i].day) {
			second := counts[i].at
			if one.at.Line > second.Line {
				second = one.at
			}
			doc.Blame(second, "date %s is there twice, want each date once", one.day.Format(time.DateOnly))
		}
	}
	var far []time.Time
	if !c.keepFar {
		counts, far = nearCounts(counts)
	}
	w := &work{asOf: c.asOf, step: stepOf(counts), from: counts[0].day}
	w.leaveDays(far)
	if len(ignored) > 0 {
		w.leftOut = append(w.leftOut, "the columns "+strings.Join(ignored, ", "))
	}
	if w.step > 0 { // a date is the last day of its period
		w.from = w.from.AddDate(0, 0, 1-w.step)
	}
	if w.asOf.IsZero() {
		w.asOf = counts[len(counts)-1].day
	}
	total := 0
	for _, one := range counts {
		if total += one.done; total > maxItems {
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

func parseCounts(doc, odd *command.Document, c call) (counts []dayCount, ignored []string) {
	var rows []command.Row
	for row, ok := range doc.Rows("date,count without quotes") {
		if ok {
			rows = append(rows, trimmed(row))
		}
	}
	found := columnsOf(rows, c)
	if found.note != "" {
		odd.Blame(command.Start(), "%s", found.note)
	}
	for i, row := range rows {
		if i == 0 && found.hasHeader {
			continue
		}
		if one, ok := readCount(doc, row, found.days[i], found, c.blankZero); ok {
			counts = append(counts, one)
		}
	}
	return counts, found.ignored
}

func readCount(doc *command.Document, row command.Row, day time.Time, in columns, blankZero bool) (one dayCount, ok bool) {
	last := max(in.date, in.count)
	if n := len(row.Cells); n <= last || !in.hasHeader && n > 2 {
		doc.Blame(row.At[min(2, n-1)], "%s, want date,count", command.Counted(n, "cell", "cells"))
		return one, false
	}
	date, count := row.Cells[in.date], row.Cells[in.count]
	if day.IsZero() {
		doc.Blame(row.At[in.date], "date is %s, want a date such as 2027-03-01", command.Quote(date))
	}
	done, okDone := parseCount(count)
	if okDone = okDone || count == "" && blankZero; !okDone {
		doc.Blame(row.At[in.count], "count is %s, want a whole number from 0 to %d", command.Quote(count), maxItems)
	}
	return dayCount{day, done, row.At[in.date]}, !day.IsZero() && okDone
}
