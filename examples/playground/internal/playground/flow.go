package playground

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/story"
)

// past is what a tracker's export tells of when work was done.
type past struct {
	items       []flow.Item // with days of UTC
	open        int
	first, asOf time.Time // days
}

const day = 24 * time.Hour

// history returns what was done and what is open as of the latest date in the export. Items above stories are left out,
// since their stories are counted, and so is what was given up.
func (a *answer) history() (p past) {
	p.asOf = latest(a.tracked).Truncate(day)
	for i := range a.tracked.Items {
		one := &a.tracked.Items[i]
		if one.Level < exchange.LevelStory || one.Category == story.Removed {
			continue
		}
		item := flow.Item{Key: one.Key, Created: one.Created.UTC().Truncate(day), Started: one.Started.UTC().Truncate(day)}
		if one.Category == story.Completed {
			if item.Done = one.Done.UTC().Truncate(day); one.Done.IsZero() {
				continue
			}
		} else {
			p.open++
		}
		if one.Points.Valid {
			item.Points = one.Points.Decimal
		}
		if item.Validate() != nil { // an order of dates that cannot have been: only the last one counts
			item.Created, item.Started = time.Time{}, time.Time{}
		}
		for _, at := range []time.Time{item.Created, item.Started, item.Done} {
			if !at.IsZero() && (p.first.IsZero() || at.Before(p.first)) {
				p.first = at
			}
		}
		if !item.Created.IsZero() || !item.Started.IsZero() || !item.Done.IsZero() {
			p.items = append(p.items, item)
		}
	}
	return p
}

func (p past) weeks() flow.Periods {
	weeks := flow.Periods{WorkTime: flow.WorkTime{Location: time.UTC, Working: flow.EveryDay}, Days: 7}
	days := int(p.asOf.Sub(p.first)/day) + 1 // the last week ends as the history does
	weeks.Start = p.first.Add(time.Duration(days%7) * day)
	return weeks
}

func (p past) now() time.Time { return p.asOf.Add(day) }

var levels = []float64{.5, .7, .85, .95}

// showForecast shows when all that is open is done, and how much the next weeks bring.
func (a *answer) showForecast() {
	p := a.history()
	weeks, err := flow.ThroughputOf(p.items, p.weeks(), p.now())
	var calibrated *forecast.Calibrated
	if err == nil {
		calibrated, err = forecast.Calibrate(weeks, forecast.CalibrateOptions{})
	}
	var completion forecast.Completion
	if err == nil && p.open > 0 {
		completion, err = calibrated.When(forecast.ItemScope(p.open))
	}
	switch {
	case errors.Is(err, forecast.ErrNoHistory), errors.Is(err, forecast.ErrNoThroughput), p.first.IsZero():
		a.Summary = "There is no forecast: no whole week has a date on which something was done."
		return
	case err != nil:
		a.Summary = err.Error()
		return
	}
	schedule := forecast.Schedule{Start: p.now(), Days: 7, Working: flow.EveryDay}
	date := func(weeks int) string {
		at, err := schedule.Date(weeks)
		if err != nil {
			return counted(weeks, "week", "weeks")
		}
		return at.Format(time.DateOnly)
	}
	if p.open > 0 {
		a.when(p, completion, date)
	}
	a.howMany(calibrated, date)
	a.notes("What it rests on", calibrated.Calibration().String(),
		fmt.Sprintf("As of %s, the latest date in the file; %s of history.", p.asOf.Format(time.DateOnly), counted(len(weeks), "week", "weeks")))
	record, err := calibrated.Record(forecast.RecordOptions{})
	if err == nil && len(record.Rows) > 0 && record.Rows[0].Forecasts > 0 {
		a.picture("calibration", "How often past forecasts held", "", render.RecordSVG("How often past forecasts held", record))
	}
}

func (a *answer) when(p past, completion forecast.Completion, date func(int) string) {
	a.Summary = fmt.Sprintf("%s open.", counted(p.open, "item is", "items are"))
	if k, ok := completion.Percentile(.85); ok {
		a.Summary = fmt.Sprintf("%s open: all done by %s, with 85 %% confidence.", counted(p.open, "item is", "items are"), date(k))
	}
	a.table("When all that is open is done", "", columns("#Confidence", "#Weeks", "By"), len(levels), func(i int) Row {
		k, ok := completion.Percentile(levels[i])
		cells := []string{percentText(levels[i]), "–", "not within 10,000 weeks"}
		if ok {
			cells = []string{percentText(levels[i]), strconv.Itoa(k), date(k)}
		}
		return Row{Cells: cells}
	})
	a.picture("forecast", "The distribution", "A bar for each week in which the last open item may be done.",
		render.CompletionSVG("When the open items are done", completion, levels, date))
}

func (a *answer) howMany(calibrated *forecast.Calibrated, date func(int) string) {
	ahead := []int{1, 2, 4, 8, 12}
	head := columns("#Weeks", "Until")
	for _, level := range levels {
		head = append(head, Column{"with " + percentText(level), true})
	}
	a.table("At least so many items", "", head, len(ahead), func(i int) Row {
		row := Row{Cells: []string{strconv.Itoa(ahead[i]), date(ahead[i])}}
		output, err := calibrated.HowMany(ahead[i])
		for _, level := range levels {
			text := "–"
			if err == nil {
				if n, ok := output.Percentile(level); ok {
					text = n.String()
				}
			}
			row.Cells = append(row.Cells, text)
		}
		return row
	})
}

func percentText(level float64) string { return strconv.Itoa(int(level*100+.5)) + " %" }

// showFlow shows pictures of how work came and went.
func (a *answer) showFlow() {
	p := a.history()
	if p.first.IsZero() {
		a.Summary = "Nothing has a date, so there is no flow to see."
		return
	}
	days, err := flow.CumulativeFlow(p.items, flow.WorkTime{}, p.first, p.asOf)
	if err != nil {
		a.Summary = err.Error()
		return
	}
	a.Summary = fmt.Sprintf("From %s to %s.", p.first.Format(time.DateOnly), p.asOf.Format(time.DateOnly))
	a.picture("flow", "Cumulative flow", "", render.FlowSVG("Cumulative flow", days))
	burn := make([]flow.BurnDay, len(days))
	for i, d := range days {
		burn[i] = flow.BurnDay{Day: d.Day, Scope: decimal.NewFromInt(int64(d.Created)), Done: decimal.NewFromInt(int64(d.Done))}
	}
	a.picture("burnup", "Burn-up", "", render.BurnUpSVG("Items in all and done", burn))
	if rates, err := flow.Rates(p.items, p.weeks(), p.now()); err == nil && len(rates) > 0 {
		a.picture("rates", "Arrivals and departures", "", render.RatesSVG("Arrivals and departures, a week each", rates))
	}
	begun := slices.DeleteFunc(slices.Clone(p.items), func(i flow.Item) bool { return i.Started.IsZero() })
	if len(begun) == 0 {
		a.notes("Cycle times", "No item has the date on which it was begun.")
		return
	}
	if times, err := flow.CycleTimes(begun, flow.WorkTime{}, p.now()); err == nil && len(times) > 0 {
		a.picture("cycletime", "Cycle times", "", render.CycleTimeSVG("Days from begun to done", times, levels))
	}
	states := statesOf(begun)
	if aging, err := states.Aging(levels, flow.WorkTime{}, p.now()); err == nil {
		a.picture("aging", "Age of the work in progress", "", render.AgingSVG("Age of what is in progress", aging))
	}
}

// statesOf returns the states of items of which three instants are known.
func statesOf(items []flow.Item) flow.Past {
	const waiting, doing, done = "waiting", "in progress", "done"
	p := flow.Past{States: []flow.State{
		{Name: waiting, Category: story.Proposed, Waiting: true}, {Name: doing, Category: story.Doing}, {Name: done, Category: story.Completed},
	}}
	for _, item := range items {
		h := flow.StateHistory{Key: item.Key}
		if !item.Created.IsZero() {
			h.Stays = append(h.Stays, flow.Stay{State: waiting, From: item.Created, To: item.Started})
		}
		h.Stays = append(h.Stays, flow.Stay{State: doing, From: item.Started, To: item.Done})
		if !item.Done.IsZero() {
			h.Stays = append(h.Stays, flow.Stay{State: done, From: item.Done})
		}
		p.Items = append(p.Items, h)
	}
	return p
}
