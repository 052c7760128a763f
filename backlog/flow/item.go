package flow

import (
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story/field"
)

// Item is one item of work as flow metrics see it: when it came, was begun and was done. An instant
// that has not come is zero. An item that was done but never begun counts as begun when it was done, and
// one that was begun but never created as created when it was begun. Days are those of the instants'
// own locations: convert them to one location first.
type Item struct {
	Key     string    `json:"key"`
	Created time.Time `json:"created,omitzero"`
	Started time.Time `json:"started,omitzero"`
	Done    time.Time `json:"done,omitzero"`
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

// CycleTime returns the number of days from begun to done, both counted: 1 for an item that was begun and
// done on one day. The bool is false for an item that is not done.
func (i Item) CycleTime() (int, bool) { return days(i.started(), i.Done) }

// LeadTime returns the number of days from created to done, both counted. The bool is false for an item
// that is not done.
func (i Item) LeadTime() (int, bool) { return days(i.created(), i.Done) }

// Age returns the number of days since an item was begun, both counted. The bool is false unless the item
// is in progress at the end of that day.
func (i Item) Age(day time.Time) (int, bool) {
	if !i.Done.IsZero() && dayNumber(i.Done) <= dayNumber(day) {
		return 0, false
	}
	return days(i.Started, day)
}

// days returns the number of days from one instant to another, both counted.
func days(from, to time.Time) (int, bool) {
	if from.IsZero() || to.IsZero() || dayNumber(to) < dayNumber(from) {
		return 0, false
	}
	return dayNumber(to) - dayNumber(from) + 1, true
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
