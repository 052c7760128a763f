package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// maxNumbers is how many weeks a .txt file may hold.
const maxNumbers = 5_000

// readNumbers reads a number a line: how many items were done in each week, oldest first. The last one
// ends on asOf. If that is zero, the weeks have no dates: they are given some, which nobody is shown. A line that
// cannot be read is a week that is not recorded. It is bad input if no other is left.
func readNumbers(doc, odd *command.Document, asOf time.Time) *work {
	counts := parseNumbers(doc, odd)
	if !doc.OK() {
		return nil
	}
	w := &work{asOf: asOf, step: 7, isUndated: asOf.IsZero()}
	if w.isUndated {
		w.asOf = time.Date(2000, 1, 2, 0, 0, 0, 0, time.UTC)
	}
	w.from = w.asOf.AddDate(0, 0, 1-7*len(counts))
	for i, n := range counts {
		end := w.asOf.AddDate(0, 0, 7*(i+1-len(counts)))
		if n == notRecorded {
			w.unrecorded = append(w.unrecorded, end)
		}
		for range n {
			w.items = append(w.items, flow.Item{Done: end})
		}
	}
	if len(w.unrecorded) == len(counts) {
		doc.Add(odd)
		return nil
	}
	return w
}

func parseNumbers(doc, odd *command.Document) []int {
	var counts []int
	total := 0
	for number, line := range doc.Lines() {
		text := strings.TrimSpace(line)
		if text == "" {
			continue
		}
		at := command.Place{Line: number, Column: 1 + strings.Index(line, text)}
		if len(counts) == maxNumbers {
			doc.Blame(at, "more than %d lines, want at most as many", maxNumbers)
			return nil
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > maxItems {
			odd.Blame(at, "the line is %s, want a whole number from 0 to %d; the week counts as not recorded", command.Quote(text), maxItems)
			n = notRecorded
		}
		if total += max(0, n); total > maxItems {
			doc.Blame(at, "more than %d items in all, want at most as many", maxItems)
			return nil
		}
		counts = append(counts, n)
	}
	return counts
}
