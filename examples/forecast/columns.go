package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// columns are where a .csv file has its dates and counts.
type columns struct {
	hasHeader   bool
	date, count int
	days        []time.Time // of each row; zero for what is no date
	note        string      // on what is in doubt about them
	ignored     []string    // the names of the other columns
}

// countNames are names of columns that say that they count what was done.
func countNames() []string {
	return []string{"count", "done", "closed", "completed", "finished", "items", "issues", "throughput"}
}

// columnsOf finds the columns, and the days in that of dates.
func columnsOf(rows []command.Row, c call) columns {
	found := columns{count: 1}
	if len(rows) > 0 {
		found = findColumns(rows, c)
	}
	found.days, found.note = daysOf(rows, found.date, c)
	return found
}

// findColumns finds the columns: the first two, unless the first line is a header, and there is a column of dates and one of
// numbers below it. A column is one of dates if most of its cells are, and of numbers likewise. Of several numbers the one is
// taken whose name says that it is a count, or the first; of several dates the first.
func findColumns(rows []command.Row, c call) columns {
	head := rows[0].Cells
	found := columns{count: 1}
	found.hasHeader = len(head) == 2 && strings.EqualFold(head[0], "date") && strings.EqualFold(head[1], "count")
	if days, _ := c.dates(head); len(rows) == 1 || slices.ContainsFunc(days, func(day time.Time) bool { return !day.IsZero() }) {
		return found
	}
	date, count := -1, -1
	for i, name := range head {
		days, _ := daysOf(rows[1:], i, c)
		numbers := 0
		for _, row := range rows[1:] {
			if cell := cellOf(row, i); cell != "" {
				if _, isNumber := parseCount(cell); isNumber {
					numbers++
				}
			} else if c.blankZero && rankOfName(name) < len(countNames()) {
				numbers++
			}
		}
		undated := 0
		for _, day := range days {
			if day.IsZero() {
				undated++
			}
		}
		switch {
		case 2*undated < len(days):
			if date < 0 {
				date = i
			}
		case 2*numbers > len(days) && (count < 0 || rankOfName(name) < rankOfName(head[count])):
			count = i
		}
	}
	if date < 0 || count < 0 {
		return found
	}
	if _, isNumber := parseCount(head[count]); isNumber { // it is a line with a date that cannot be read
		return found
	}
	found.hasHeader, found.date, found.count = true, date, count
	for i, name := range head {
		if i != date && i != count && name != "" {
			found.ignored = append(found.ignored, name)
		}
	}
	return found
}

func cellOf(row command.Row, column int) string {
	if column < len(row.Cells) {
		return row.Cells[column]
	}
	return ""
}

// daysOf returns the day of each row in a column.
func daysOf(rows []command.Row, column int, c call) (days []time.Time, note string) {
	texts := make([]string, len(rows))
	for i, row := range rows {
		texts[i] = cellOf(row, column)
	}
	return c.dates(texts)
}

// dates returns the days of dates, in the zone of the call. A week is its Sunday: a date is the last day of its period.
func (c call) dates(texts []string) (days []time.Time, note string) {
	days, note = exchange.Options{Location: c.zone}.Dates(texts)
	for i, at := range days {
		if days[i] = dayIn(at, c.zone); !at.IsZero() && isWeek(texts[i]) {
			days[i] = days[i].AddDate(0, 0, 6)
		}
	}
	return days, note
}

// isWeek reports whether a date is a week without a day: 2025-W49.
func isWeek(date string) bool {
	_, week, ok := strings.Cut(date, "W")
	return ok && len(strings.TrimSpace(week)) == 2
}

// rankOfName returns how well a name says that its column is a count, 0 being best.
func rankOfName(name string) int {
	names := countNames()
	if i := slices.Index(names, strings.ToLower(name)); i >= 0 {
		return i
	}
	return len(names)
}

// parseCount reads a whole number from 0 to maxItems, which may end in a point and zeros.
func parseCount(text string) (n int, ok bool) {
	if whole, fraction, isDecimal := strings.Cut(text, "."); isDecimal && fraction != "" && strings.Trim(fraction, "0") == "" {
		text = whole
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= maxItems
}

// trimmed leaves out the empty cells that commas at the end of a line make, down to two cells.
func trimmed(row command.Row) command.Row {
	for n := len(row.Cells); n > 2 && row.Cells[n-1] == ""; n-- {
		row.Cells, row.At = row.Cells[:n-1], row.At[:n-1]
	}
	return row
}
