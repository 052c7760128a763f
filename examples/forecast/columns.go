package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// columns are where a .csv file has its dates and counts.
type columns struct {
	hasHeader   bool
	date, count int
	ignored     []string // the names of the others
}

// countNames are names of columns that say that they count what was done.
func countNames() []string {
	return []string{"count", "done", "closed", "completed", "finished", "items", "issues", "throughput"}
}

// columnsOf finds the columns: the first two, unless the first line is a header, and the one below it has a
// date and a number. Of several numbers the one is taken whose name says that it is a count, or the first.
func columnsOf(rows []command.Row, blankZero bool) columns {
	found := columns{count: 1}
	if len(rows) == 0 {
		return found
	}
	found.hasHeader = isHeader(rows[0].Cells)
	isDate := func(cell string) bool { _, ok := parseDay(cell); return ok }
	if len(rows) == 1 || slices.ContainsFunc(rows[0].Cells, isDate) {
		return found
	}
	names, cells := rows[0].Cells, rows[1].Cells
	date, count := slices.IndexFunc(cells, isDate), -1
	for i, cell := range cells[:min(len(cells), len(names))] {
		_, isNumber := parseCount(cell)
		isBlankCount := blankZero && cell == "" && rankOfName(names[i]) < len(countNames())
		if i == date || !isNumber && !isBlankCount {
			continue
		}
		if count < 0 || rankOfName(names[i]) < rankOfName(names[count]) {
			count = i
		}
	}
	if date < 0 || count < 0 || date >= len(names) {
		return found
	}
	found = columns{hasHeader: true, date: date, count: count}
	for i, name := range names {
		if i != date && i != count && name != "" {
			found.ignored = append(found.ignored, name)
		}
	}
	return found
}

// rankOfName returns how well a name says that its column is a count, 0 being best.
func rankOfName(name string) int {
	names := countNames()
	if i := slices.Index(names, strings.ToLower(name)); i >= 0 {
		return i
	}
	return len(names)
}

var isoWeek = regexp.MustCompile(`^(\d{4})-?W(\d{2})$`)

// parseDay reads a date, the day of an instant, or a week such as 2025-W49, which is its Sunday: a date is
// the last day of its period.
func parseDay(text string) (day time.Time, ok bool) {
	if week := isoWeek.FindStringSubmatch(text); week != nil {
		year, _ := strconv.Atoi(week[1])
		number, _ := strconv.Atoi(week[2])
		fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // which is in the first week
		day = fourth.AddDate(0, 0, 7*number-int(fourth.Weekday()+6)%7-1)
		last := day.AddDate(0, 0, -3) // the Thursday, whose year is the week's
		wantYear, wantWeek := last.ISOWeek()
		return day, wantYear == year && wantWeek == number
	}
	at, ok := parseMoment(text)
	return at.day(), ok
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
