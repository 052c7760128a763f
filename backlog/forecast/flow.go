package forecast

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Item is what flow metrics need to know of one item of work: when it came, was begun and was done.
// An instant that has not come is zero. Days are those of the instants' own locations: convert
// them to one location first. An item that was done but never begun was begun when it was done, and
// one that was begun but never created was created when it was begun.
type Item struct {
	Key     string    `json:"key"`
	Created time.Time `json:"created,omitzero"`
	Started time.Time `json:"started,omitzero"`
	Done    time.Time `json:"done,omitzero"`
}

// Validate requires one instant at least, and none before one that should be earlier. It returns a
// [*field.Error] for each violation.
func (i Item) Validate() error { return i.validate("") }

func (i Item) validate(prefix string) error {
	var problems []error
	if i.created().IsZero() {
		problems = append(problems, fieldError(prefix+"created", "", "an instant"))
	}
	order := func(field string, later time.Time, than string, earlier time.Time) {
		if !later.IsZero() && !earlier.IsZero() && later.Before(earlier) {
			problems = append(problems, fieldError(prefix+field, later.Format(time.RFC3339), fmt.Sprintf("not before %s, which is %s", than, earlier.Format(time.RFC3339))))
		}
	}
	order("started", i.Started, "created", i.Created)
	order("done", i.Done, "created", i.Created)
	order("done", i.Done, "started", i.Started)
	return errors.Join(problems...)
}

// started is when the item was begun, zero if it was not.
func (i Item) started() time.Time {
	if i.Started.IsZero() {
		return i.Done
	}
	return i.Started
}

// created is when the item came.
func (i Item) created() time.Time {
	if i.Created.IsZero() {
		return i.started()
	}
	return i.Created
}

// CycleTime is the number of days from begun to done, both counted: begun and done on one day is 1.
// It reports false for an item that is not done.
func (i Item) CycleTime() (int, bool) { return days(i.started(), i.Done) }

// LeadTime is the number of days from created to done, both counted.
// It reports false for an item that is not done.
func (i Item) LeadTime() (int, bool) { return days(i.created(), i.Done) }

// Age is the number of days since an item was begun, both counted.
// It reports false unless the item is in progress on that day.
func (i Item) Age(day time.Time) (int, bool) {
	if !i.Done.IsZero() && dayNumber(i.Done) <= dayNumber(day) {
		return 0, false
	}
	return days(i.Started, day)
}

func days(from, to time.Time) (int, bool) {
	if from.IsZero() || to.IsZero() || dayNumber(to) < dayNumber(from) {
		return 0, false
	}
	return dayNumber(to) - dayNumber(from) + 1, true
}

// PercentileOf returns the smallest of the values that at least this share of them does not exceed:
// the nearest rank. A share is between 0 and 1. It reports false for no values, or no share.
// It costs O(n log n).
func PercentileOf(values []int, share float64) (int, bool) {
	if len(values) == 0 || !(share > 0 && share <= 1) {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	for i, v := range sorted {
		if round(float64(i+1)/float64(len(sorted))) >= share {
			return v, true
		}
	}
	return sorted[len(sorted)-1], true
}

// Burn is what there is to do and what is done at the end of a day, in points or items.
type Burn struct {
	Day   time.Time       `json:"day"`
	Scope decimal.Decimal `json:"scope"`
	Done  decimal.Decimal `json:"done"`
}

// FlowDay counts items at the end of a day. Each count includes the ones after it: the three
// bands of a cumulative flow diagram.
type FlowDay struct {
	Day     time.Time `json:"day"`
	Created int       `json:"created"`
	Started int       `json:"started"`
	Done    int       `json:"done"`
}

// WorkInProgress is what was begun and not done.
func (d FlowDay) WorkInProgress() int { return d.Started - d.Done }

// maxDays bounds a span of days: a hundred years.
const maxDays = 36_525

// CumulativeFlow counts for each day from one to another, both included. It costs O(items + days).
//
// Errors: those of [Item.Validate] for all items, and a [*field.Error] if to is before from or more
// than a hundred years later.
func CumulativeFlow(items []Item, from, to time.Time) ([]FlowDay, error) {
	first, n, err := span(items, from, to)
	if err != nil {
		return nil, err
	}
	flow := make([]FlowDay, n)
	count := func(t time.Time, add func(*FlowDay)) {
		if day := dayNumber(t) - first; !t.IsZero() && day < n {
			add(&flow[max(0, day)])
		}
	}
	for _, item := range items {
		count(item.created(), func(d *FlowDay) { d.Created++ })
		count(item.started(), func(d *FlowDay) { d.Started++ })
		count(item.Done, func(d *FlowDay) { d.Done++ })
	}
	day := midnight(from)
	for i := range flow {
		flow[i].Day = day.AddDate(0, 0, i)
		if i > 0 {
			flow[i].Created += flow[i-1].Created
			flow[i].Started += flow[i-1].Started
			flow[i].Done += flow[i-1].Done
		}
	}
	return flow, nil
}

// Throughput counts the items done in each period of so many days, from one day to another, both
// included, zeros too: a history to forecast from. Days at the end that fill no period are
// left out. With a calendar, only working days count as days of a period; what is done on a day
// off counts for the period that runs, or else the first.
//
// Errors: those of [CumulativeFlow], and a [*field.Error] unless 1 <= days <= 366.
func Throughput(items []Item, from, to time.Time, days int, working Calendar) (History, error) {
	first, n, err := span(items, from, to)
	if err = errors.Join(err, whole("days", days, 1, 366)); err != nil {
		return nil, err
	}
	if working == nil {
		working = EveryDay
	}
	period := make([]int, n) // of each day
	worked := 0
	day := midnight(from)
	for i := range period {
		if working(day.AddDate(0, 0, i)) {
			worked++
		}
		period[i] = max(0, worked-1) / days
	}
	counts := make([]int, worked/days)
	for _, item := range items {
		if item.Done.IsZero() {
			continue
		}
		if i := dayNumber(item.Done) - first; i >= 0 && i < n && period[i] < len(counts) {
			counts[period[i]]++
		}
	}
	return Items(counts...), nil
}

func span(items []Item, from, to time.Time) (first, n int, err error) {
	var problems []error
	for i, item := range items {
		if item.Validate() != nil {
			problems = append(problems, item.validate(fmt.Sprintf("items[%d] (%q) ", i, item.Key)))
		}
	}
	first = dayNumber(from)
	if n = dayNumber(to) - first + 1; n < 1 || n > maxDays {
		problems = append(problems, fieldError("to", to.Format(time.DateOnly), "from "+from.Format(time.DateOnly)+" to a hundred years later"))
	}
	return first, n, errors.Join(problems...)
}
