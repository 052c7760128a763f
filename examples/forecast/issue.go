package main

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story"
)

// Issue is what matters here of an item of a tracker. Times are days, as midnights in UTC; what has not happened is zero.
type Issue struct {
	Key                      string
	State                    story.Category
	IsEpic                   bool // it is left out, since its issues are counted
	Created, Started, Closed time.Time
	Points                   decimal.Decimal
}

// readTracker returns what the items of a tracker's document tell. What cannot have been is odd, and left out.
func readTracker(odd *command.Document, found *exchange.Document, c call) *work {
	issues := make([]*Issue, len(found.Items))
	for i := range found.Items {
		issues[i] = issueOf(&found.Items[i], c.zone)
	}
	var far []time.Time
	if !c.keepFar {
		far = leaveFar(issues)
	}
	for i, issue := range issues {
		issue.mend(odd, command.Place{Line: max(found.Items[i].Row, 1), Column: 1})
	}
	w := trackedWork(issues, c.asOf)
	w.leaveDays(far)
	return w
}

// leaveFar takes away the dates that are far from all others, and returns them.
func leaveFar(issues []*Issue) (far []time.Time) {
	var dates []time.Time
	each := func(visit func(at *time.Time)) {
		for _, issue := range issues {
			for _, at := range []*time.Time{&issue.Created, &issue.Started, &issue.Closed} {
				if !at.IsZero() {
					visit(at)
				}
			}
		}
	}
	each(func(at *time.Time) { dates = append(dates, *at) })
	first, last := farDates(dates)
	each(func(at *time.Time) {
		if at.Before(first) || at.After(last) {
			far = append(far, *at)
			*at = time.Time{}
		}
	})
	return far
}

func issueOf(item *exchange.Item, zone *time.Location) *Issue {
	return &Issue{
		Key: item.Key, State: item.Category, IsEpic: strings.Contains(strings.ToLower(item.Kind), "epic") || item.Level == exchange.LevelGoal,
		Created: dayIn(item.Created, zone), Started: dayIn(item.Started, zone), Closed: dayIn(item.Done, zone), Points: pointsOf(item.Points),
	}
}

// pointsOf returns an estimate that can be added up, or nothing.
func pointsOf(points decimal.NullDecimal) decimal.Decimal {
	if (flow.Item{Done: time.Unix(0, 0), Points: points.Decimal}).Validate() != nil {
		return decimal.Decimal{}
	}
	return points.Decimal
}

// mend leaves out dates that are in an order that cannot have been.
func (i *Issue) mend(odd *command.Document, at command.Place) {
	if i.isDone() && !i.Closed.IsZero() {
		i.Started = noLater(odd, at, "started", i.Started, "done", i.Closed)
		i.Created = noLater(odd, at, "created", i.Created, "done", i.Closed)
	}
	if !i.Started.IsZero() {
		i.Created = noLater(odd, at, "created", i.Created, "started", i.Started)
	}
}

// noLater returns a day that cannot have been after another one, or no day if it is: then the item is left out of
// what needs both.
func noLater(odd *command.Document, at command.Place, name string, one time.Time, otherName string, other time.Time) time.Time {
	if !one.After(other) {
		return one
	}
	odd.Blame(at, "%s on %s is after %s on %s; left out of what needs both", name, one.Format(time.DateOnly), otherName, other.Format(time.DateOnly))
	return time.Time{}
}

// dayIn returns the day of an instant in a zone, as the midnight in UTC at which that day begins.
func dayIn(at time.Time, zone *time.Location) time.Time {
	if at.IsZero() {
		return at
	}
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func (i *Issue) isDone() bool { return i.State == story.Completed }

// trackedWork is what was done and what was open at the end of a day.
func trackedWork(issues []*Issue, asOf time.Time) *work {
	w := &work{isTracker: true, knowsOpen: true, asOf: asOf}
	if asOf.IsZero() {
		for _, issue := range issues {
			for _, at := range []time.Time{issue.Created, issue.Started, issue.Closed} {
				if at.After(w.asOf) {
					w.asOf = at
				}
			}
		}
	}
	tomorrow := w.asOf.AddDate(0, 0, 1)
	until := func(at time.Time) time.Time {
		if !at.Before(tomorrow) {
			return time.Time{}
		}
		return at
	}
	var epics, dropped, undated, later int
	for _, issue := range issues {
		switch {
		case issue.IsEpic:
			epics++
		case issue.State == story.Removed:
			dropped++
		case issue.isDone() && issue.Closed.IsZero():
			undated++
		case !issue.Created.Before(tomorrow):
			later++
		default:
			item := flow.Item{Key: issue.Key, Created: issue.Created, Started: until(issue.Started), Points: issue.Points}
			if issue.isDone() {
				item.Done = until(issue.Closed)
			}
			w.add(item)
		}
	}
	w.leave(epics, "epic", "epics")
	w.leave(dropped, "dropped issue", "dropped issues")
	w.leave(undated, "closed issue without closed_at", "closed issues without closed_at")
	w.leave(later, "later issue", "later issues")
	return w
}

// add adds an item of days, which is open unless it has a date on which it was done.
func (w *work) add(item flow.Item) {
	if item.Done.IsZero() {
		w.open++
	}
	for _, at := range []time.Time{item.Created, item.Started, item.Done} {
		if !at.IsZero() && (w.from.IsZero() || at.Before(w.from)) {
			w.from = at
		}
	}
	if !item.Created.IsZero() || !item.Started.IsZero() || !item.Done.IsZero() {
		w.items = append(w.items, item)
	}
}

// leaveDays names days that are far from all others, the first three of them.
func (w *work) leaveDays(far []time.Time) {
	for i, at := range far {
		if i == 3 {
			w.leave(len(far)-i, "more such date", "more such dates")
			return
		}
		w.leftOut = append(w.leftOut, "the date "+day(at)+", far from all others")
	}
}

func (w *work) leave(n int, one, many string) {
	if n > 0 {
		w.leftOut = append(w.leftOut, command.Counted(n, one, many))
	}
}
