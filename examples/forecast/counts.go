package main

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// maxItems is how many items a .csv file may count.
const maxItems = 1_000_000

// dayCount is a line of a .csv file.
type dayCount struct {
	day  time.Time
	done int
	at   place
}

// readCounts reads lines of date,count.
func readCounts(doc *document, asOf time.Time) *work {
	counts := parseCounts(doc)
	if len(doc.problems) > 0 {
		return nil
	}
	if len(counts) == 0 {
		doc.blame(start, "no rows, want lines of date,count")
		return nil
	}
	slices.SortFunc(counts, func(a, b dayCount) int { return a.day.Compare(b.day) })
	for i, one := range counts[1:] {
		if one.day.Equal(counts[i].day) {
			second := counts[i].at
			if one.at.line > second.line {
				second = one.at
			}
			doc.blame(second, "date %s is there twice, want each date once", one.day.Format(time.DateOnly))
		}
	}
	w := &work{asOf: asOf, step: stepOf(counts), from: counts[0].day}
	if w.step > 0 { // a date is the last day of its period
		w.from = w.from.AddDate(0, 0, 1-w.step)
	}
	if asOf.IsZero() {
		w.asOf = counts[len(counts)-1].day
	}
	total := 0
	for _, one := range counts {
		if total += one.done; total > maxItems {
			doc.blame(one.at, "more than %d items in all, want at most as many", maxItems)
			return nil
		}
		if one.day.After(w.asOf) {
			continue
		}
		for range one.done {
			w.items = append(w.items, forecast.Item{Done: one.day})
		}
	}
	return w
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

func parseCounts(doc *document) []dayCount {
	var counts []dayCount
	in := csv.NewReader(strings.NewReader(doc.text))
	in.FieldsPerRecord = -1
	for number := 0; ; number++ {
		cells, err := in.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return counts
		case errors.As(err, &broken):
			doc.blame(place{broken.Line, broken.Column},
				"a quote that does not fit in the row from line %d, want date,count without quotes", broken.StartLine)
			return counts
		case err != nil:
			doc.blame(start, "%v, want lines of date,count", err)
			return counts
		case number == 0 && isHeader(cells):
			continue
		}
		if one, ok := readCount(doc, in, cells); ok {
			counts = append(counts, one)
		}
	}
}

func isHeader(cells []string) bool {
	return len(cells) == 2 && strings.EqualFold(strings.TrimSpace(cells[0]), "date") &&
		strings.EqualFold(strings.TrimSpace(cells[1]), "count")
}

func readCount(doc *document, in *csv.Reader, cells []string) (one dayCount, ok bool) {
	at := func(i int) place {
		line, column := in.FieldPos(i)
		return place{line, column}
	}
	if len(cells) != 2 {
		doc.blame(at(min(2, len(cells)-1)), "%s, want date,count", counted(len(cells), "cell", "cells"))
		return one, false
	}
	date, count := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1])
	day, errDay := time.Parse(time.DateOnly, date)
	if errDay != nil || day.Year() < 1 {
		doc.blame(at(0), "date is %s, want a date such as 2027-03-01", quote(date))
	}
	done, errDone := strconv.Atoi(count)
	if errDone != nil || done < 0 || done > maxItems {
		doc.blame(at(1), "count is %s, want a whole number from 0 to %d", quote(count), maxItems)
	}
	return dayCount{day, done, at(0)}, errDay == nil && errDone == nil
}
