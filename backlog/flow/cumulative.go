package flow

import (
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog/internal/days"
	"github.com/backlogkit/backlogkit/story/field"
)

// Day holds the numbers of items at the end of a day. Each count includes the ones after it: the three
// bands of a cumulative flow diagram.
type Day struct {
	Day     time.Time `json:"day"`
	Created int       `json:"created"`
	Started int       `json:"started"`
	Done    int       `json:"done"`
}

// WorkInProgress returns the number of items that were begun and are not done.
func (d Day) WorkInProgress() int { return d.Started - d.Done }

// CumulativeFlow returns the counts at the end of each working day from one day to another, both included, in the
// zone of w. What happens on a day off is in the numbers of the next day. It costs O(items + days).
//
// Errors: those of [Item.Validate] for all items; a [*field.Error] if to is before from or more than a
// hundred years later.
func CumulativeFlow(items []Item, w WorkTime, from, to time.Time) ([]Day, error) {
	first, n, err := w.span(items, from, to)
	if err != nil {
		return nil, err
	}
	flow := make([]Day, n)
	count := func(t time.Time, add func(*Day)) {
		if day := days.Number(w.in(t)) - first; !t.IsZero() && day < n {
			add(&flow[max(0, day)])
		}
	}
	for _, item := range items {
		count(item.created(), func(d *Day) { d.Created++ })
		count(item.started(), func(d *Day) { d.Started++ })
		count(item.Done, func(d *Day) { d.Done++ })
	}
	day := w.date(from)
	for i := range flow {
		flow[i].Day = days.Add(day, i)
		if i > 0 {
			flow[i].Created += flow[i-1].Created
			flow[i].Started += flow[i-1].Started
			flow[i].Done += flow[i-1].Done
		}
	}
	return slices.DeleteFunc(flow, func(d Day) bool { return !w.isWorking(d.Day) }), nil
}

// span validates the items and returns the number of the first day and how many days there are.
func (w WorkTime) span(items []Item, from, to time.Time) (first, n int, err error) {
	err = validate(items)
	first = days.Number(w.in(from))
	if n = days.Number(w.in(to)) - first + 1; n < 1 || n > maxDays {
		err = field.Join(err, field.New("flow", "to", w.in(to).Format(time.DateOnly),
			"from "+w.in(from).Format(time.DateOnly)+" to a hundred years later"))
	}
	return first, n, err
}

// maxProblems bounds an error: the problems of so many items are in it.
const maxProblems = 100

// validate returns the problems of items.
func validate(items []Item) error {
	var problems []error
	for i, item := range items {
		if item.Validate() == nil {
			continue
		}
		if len(problems) == maxProblems {
			problems = append(problems, field.New("flow", field.Index("items", i), item.Key, "fewer items with problems"))
			break
		}
		problems = append(problems, item.validate(fmt.Sprintf("items[%d] (%.40q) ", i, item.Key)))
	}
	return field.Join(problems...)
}
