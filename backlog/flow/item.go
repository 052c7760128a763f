package flow

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/days"
	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// Item is one item of work as flow metrics see it: when it came, was begun and was done. An instant
// that has not come is zero. An item that was done but never begun counts as begun when it was done, and
// one that was begun but never created as created when it was begun.
type Item struct {
	Key     string    `json:"key"`
	Created time.Time `json:"created,omitzero"`
	Started time.Time `json:"started,omitzero"`
	Done    time.Time `json:"done,omitzero"`

	Points decimal.Decimal `json:"points,omitzero"` // as it was estimated; zero for not at all
}

// Validate returns a [*field.Error] if no instant is set, and one for each instant that is before one that
// should be earlier.
func (i Item) Validate() error { return i.validate("") }

func (i Item) validate(prefix string) error {
	var problems []error
	if i.created().IsZero() {
		problems = append(problems, field.New("flow", prefix+"created", "", "an instant"))
	}
	order := func(name string, later time.Time, than string, earlier time.Time) {
		if !later.IsZero() && !earlier.IsZero() && later.Before(earlier) {
			problems = append(problems, field.New("flow", prefix+name, later.Format(time.RFC3339Nano),
				fmt.Sprintf("not before %s, which is %s", than, earlier.Format(time.RFC3339Nano))))
		}
	}
	order("started", i.Started, "created", i.Created)
	order("done", i.Done, "created", i.Created)
	order("done", i.Done, "started", i.Started)
	if !i.Points.IsZero() {
		problems = append(problems, exact.CheckAmount("flow", prefix+"points", i.Points))
	}
	return field.Join(problems...)
}

// started returns when the item was begun, zero if it was not.
func (i Item) started() time.Time {
	if i.Started.IsZero() {
		return i.Done
	}
	return i.Started
}

// created returns when the item came.
func (i Item) created() time.Time {
	if i.Created.IsZero() {
		return i.started()
	}
	return i.Created
}

// CycleTime returns the number of working days from begun to done, both counted, and 1 at least. The bool is
// false for an item that is not done. It costs O(days) where some are days off.
func (i Item) CycleTime(w WorkTime) (int, bool) { return w.days(i.started(), i.Done) }

// LeadTime returns the number of working days from created to done, as [Item.CycleTime] counts them. The bool is
// false for an item that is not done.
func (i Item) LeadTime(w WorkTime) (int, bool) { return w.days(i.created(), i.Done) }

// Age returns the number of working days since an item was begun, as [Item.CycleTime] counts them. The bool is false
// unless the item is in progress at the end of the day.
func (i Item) Age(w WorkTime, day time.Time) (int, bool) {
	if !i.Done.IsZero() && days.Number(w.in(i.Done)) <= days.Number(w.in(day)) {
		return 0, false
	}
	return w.days(i.Started, day)
}

// PercentileOf returns the smallest of the values that at least this share of them does not exceed: the
// nearest rank. A share is above 0 and at most 1; the quotient a/n in floating point stands for exactly
// a of n values. The bool is false for no values, or another share. It costs O(n log n).
func PercentileOf(values []int, share float64) (int, bool) {
	if len(values) == 0 || !(share > 0 && share <= 1) {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[nearestRank(share, len(sorted))-1], true
}
