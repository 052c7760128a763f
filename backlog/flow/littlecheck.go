package flow

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// LittleCheck is Little's law on a span of days, and whether its conditions were met there: where they were
// not, averages of one of its three numbers are no grounds to conclude on another. All numbers are whole;
// an item is in progress on the day on which it is begun, on that on which it is done, and between.
type LittleCheck struct {
	Days      int `json:"days"`
	Begun     int `json:"begun"`      // items begun within the span
	Done      int `json:"done"`       // items done within the span
	ItemDays  int `json:"item_days"`  // items in progress, added up over the days
	CycleDays int `json:"cycle_days"` // cycle times of the items done, added up
	WIPBefore int `json:"wip_before"` // items in progress when the span begins
	WIPAfter  int `json:"wip_after"`  // and when it ends
	AgeBefore int `json:"age_before"` // the days since those were begun, added up
	AgeAfter  int `json:"age_after"`

	Conditions []Condition `json:"conditions"`
}

// Condition is one condition of Little's law, in words, with the numbers that it was judged by.
type Condition struct {
	Name  string `json:"name"`
	Holds bool   `json:"holds"`
	Was   string `json:"was"`
}

// WIP returns the average work in progress, ItemDays / Days, rounded half up to places.
func (c LittleCheck) WIP(places int32) decimal.Decimal {
	return exact.Quotient(decimal.NewFromInt(int64(c.ItemDays)), decimal.NewFromInt(int64(max(1, c.Days))), places)
}

// Throughput returns the average number of items done a day, Done / Days, rounded half up to places.
func (c LittleCheck) Throughput(places int32) decimal.Decimal {
	return exact.Quotient(decimal.NewFromInt(int64(c.Done)), decimal.NewFromInt(int64(max(1, c.Days))), places)
}

// CycleTime returns the average cycle time in days, CycleDays / Done, rounded half up to places. The bool
// is false if nothing was done.
func (c LittleCheck) CycleTime(places int32) (decimal.Decimal, bool) {
	if c.Done == 0 {
		return decimal.Decimal{}, false
	}
	return exact.Quotient(decimal.NewFromInt(int64(c.CycleDays)), decimal.NewFromInt(int64(c.Done)), places), true
}

// Holds reports whether all conditions do.
func (c LittleCheck) Holds() bool {
	for _, condition := range c.Conditions {
		if !condition.Holds {
			return false
		}
	}
	return len(c.Conditions) > 0
}

// CheckLittle returns the numbers of Little's law from one day to another, both included, and whether its
// conditions hold: as much is begun as is done, the work in progress is as much at the end as at the
// start, it does not grow older on average, and throughput times cycle time is the work in progress. Two
// numbers count as equal if they differ by at most so many percent of the larger one, 10 being usual. That
// all numbers are in days, and that what was begun is done in the end, is for the caller to see to: items
// that were given up are to be left out, as [FromEvents] does. (Little, A Proof for the Queuing Formula
// L = λW, 1961; Little and Graves, Little's Law, 2008; Vacanti, Actionable Agile Metrics for
// Predictability, 2015, for the conditions as teams meet them.) Days are working days in the zone of w. It
// costs O(items + days).
//
// Errors: those of [CumulativeFlow]; a [*field.Error] unless 0 <= percent <= 100, if no day of the span is a working
// day, or if an item in progress is more than a hundred years old.
func CheckLittle(items []Item, w WorkTime, from, to time.Time, percent int) (LittleCheck, error) {
	_, _, err := w.span(items, from, to)
	if err == nil {
		err = field.CheckWhole("flow", "percent", percent, 0, 100)
	}
	if err != nil {
		return LittleCheck{}, err
	}
	start := from
	for _, item := range items {
		if begun := item.started(); !begun.IsZero() && begun.Before(start) && (item.Done.IsZero() || !w.in(item.Done).Before(w.date(from))) {
			start = begun
		}
	}
	m, err := w.meter(start, to)
	if err != nil {
		return LittleCheck{}, err
	}
	first, last := m.days[m.day(from)], m.days[m.day(to)+1]-1
	n := last - first + 1
	if n < 1 {
		return LittleCheck{}, field.New("flow", "to", w.in(to).Format(time.DateOnly), "a span with a working day")
	}
	c := LittleCheck{Days: n}
	for _, item := range items {
		if begun := item.started(); begun.IsZero() || m.day(begun) > m.day(to) || !item.Done.IsZero() && m.day(item.Done) < m.day(from) {
			continue
		}
		begun, done := m.days[m.day(item.started())], last+1
		if !item.Done.IsZero() && m.day(item.Done) <= m.day(to) {
			done = max(begun, m.days[m.day(item.Done)+1]-1)
		}
		c.add(begun, done, first, last)
	}
	equal := func(a, b int) bool { return 100*max(a-b, b-a) <= percent*max(a, b) }
	condition := func(name string, holds bool, was string, numbers ...any) {
		c.Conditions = append(c.Conditions, Condition{name, holds, fmt.Sprintf(was, numbers...)})
	}
	condition("as much is begun as is done", equal(c.Begun, c.Done), "%d begun, %d done", c.Begun, c.Done)
	condition("the work in progress stays as much", equal(c.WIPBefore, c.WIPAfter), "%d before, %d after", c.WIPBefore, c.WIPAfter)
	condition("the work in progress does not age", equal(c.AgeBefore*c.WIPAfter, c.AgeAfter*c.WIPBefore),
		"%s days old on average before, %s after", mean(c.AgeBefore, c.WIPBefore), mean(c.AgeAfter, c.WIPAfter))
	condition("throughput times cycle time is the work in progress", equal(c.ItemDays, c.CycleDays),
		"%s on average, %s by the law", mean(c.ItemDays, n), mean(c.CycleDays, n))
	return c, nil
}

// add adds an item to the numbers of the working days from first to last.
func (c *LittleCheck) add(begun, done, first, last int) {
	if begun > last || done < first { // on days off at either end
		return
	}
	c.ItemDays += min(done, last) - max(begun, first) + 1
	if begun >= first {
		c.Begun++
	} else {
		c.WIPBefore++
		c.AgeBefore += first - begun
	}
	if done <= last {
		c.Done++
		c.CycleDays += done - begun + 1
	} else {
		c.WIPAfter++
		c.AgeAfter += last - begun + 1
	}
}

// mean returns sum / n to one place, 0 if n is 0.
func mean(sum, n int) decimal.Decimal {
	return exact.Quotient(decimal.NewFromInt(int64(sum)), decimal.NewFromInt(int64(max(1, n))), 1)
}
