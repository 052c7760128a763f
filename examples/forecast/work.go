package main

import (
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// work is what a file says: what was done and when, and what is open.
type work struct {
	items     []flow.Item // whatever has a date up to asOf
	open      int
	knowsOpen bool      // whether anybody said what is open
	from      time.Time // the first day of the history
	asOf      time.Time // its last
	step      int       // the periods in days, if the file has its own; else 0
	isTracker bool
	isUndated bool // the dates are made up
	leftOut   []string
	// unrecorded are days, in order, on which it is not known what was done. Their periods are no part of the history.
	unrecorded []time.Time
	changed    time.Time // when the way of working changed; zero for never
	seasons    bool
}

const dayLength = 24 * time.Hour

// rhythm is the periods that a history is cut into.
type rhythm struct {
	days    int // working days a period
	unit    string
	rule    string // why
	working flow.Calendar
	week    string // the days of it on which work is done
}

const enoughWeeks = 20

// chooseRhythm chooses the periods, as the package comment says.
func (w *work) chooseRhythm() rhythm {
	r := rhythm{days: 1, unit: "day", working: flow.Weekdays(), week: "Monday to Friday, as nothing was done at a weekend"}
	for _, item := range w.items {
		if day := item.Done.Weekday(); !item.Done.IsZero() && (day == time.Saturday || day == time.Sunday) {
			r.working, r.week = flow.EveryDay, "every day, as something was done at a weekend"
			break
		}
	}
	total := int(w.asOf.Sub(w.from)/dayLength) + 1
	switch {
	case w.isUndated:
		r = rhythm{7, "week", "each line of the file is a week", flow.EveryDay, "every day"}
	case w.step == 7:
		r = rhythm{7, "week", "the dates in the file are weeks apart", flow.EveryDay, "every day"}
	case w.step > 0:
		r = rhythm{w.step, command.Counted(w.step, "day", "days"), "the dates in the file are that far apart", flow.EveryDay, "every day"}
	case total >= 7*enoughWeeks:
		r.unit, r.rule = "week", "there are at least 20 of them"
		if r.days = 7; !r.working(time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC)) { // a Saturday
			r.days = 5
		}
	default:
		r.rule = "there are fewer than 20 weeks"
	}
	return r
}

// The bounds of a history.
const (
	maxPeriods = 500
	maxDays    = 36_000
)

// firstDay is the first day of the first whole period, if the last one ends on w.asOf, and whether
// earlier periods are left out: there are no more than so many.
func (w *work) firstDay(r rhythm, most int) (first time.Time, cut bool) {
	worked := 0
	for day := w.asOf; !day.Before(w.from); day = day.AddDate(0, 0, -1) {
		if r.working(day) {
			worked++
		}
	}
	skip := worked % r.days
	if excess := worked - r.days*min(most, maxDays/r.days); excess > 0 {
		skip, cut = excess, true
	}
	first = w.from
	for ; skip > 0; first = first.AddDate(0, 0, 1) {
		if r.working(first) {
			skip--
		}
	}
	return first, cut
}
