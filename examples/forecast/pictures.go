package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story"
)

// picture is an SVG and the name of its file.
type picture struct{ name, svg string }

// pictures draws what is there to draw. The days are those of the history; the scope of a .csv file is
// what was done in the end and is open.
func (o *outlook) pictures() ([]picture, error) {
	days, err := flow.CumulativeFlow(o.items, flow.WorkTime{}, o.first, o.asOf)
	if err != nil {
		return nil, err
	}
	last := days[len(days)-1]
	burn := make([]flow.BurnDay, len(days))
	for i, d := range days {
		scope := d.Created
		if !o.isTracker {
			scope = last.Done + o.open
		}
		burn[i] = flow.BurnDay{Day: d.Day, Scope: decimal.NewFromInt(int64(scope)), Done: decimal.NewFromInt(int64(d.Done))}
	}
	var all []picture
	if !o.isUndated {
		all = append(all, picture{"burnup.svg", render.BurnUpSVG("Items in all and done", burn)})
	}
	if o.isTracker {
		all = append(all, picture{"flow.svg", render.FlowSVG("Cumulative flow", days)})
		more, err := o.flowPictures()
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	if o.open > 0 {
		title := fmt.Sprintf("When %s done", command.Counted(o.open, "open item is", "open items are"))
		if !o.isUndated {
			title += ", as of " + day(o.asOf)
		}
		all = append(all, picture{"forecast.svg", render.CompletionSVG(title, o.completion, levels(), o.label)})
	}
	if o.record.Rows[0].Forecasts > 0 {
		all = append(all, picture{"calibration.svg", render.RecordSVG("How often past forecasts held", o.record)})
	}
	return all, nil
}

// flowPictures draws what a tracker tells of the flow of work.
func (o *outlook) flowPictures() ([]picture, error) {
	now := o.asOf.AddDate(0, 0, 1).Add(-time.Second)
	rates, err := flow.Rates(o.items, o.periods(o.first), o.asOf.AddDate(0, 0, 1))
	if err != nil {
		return nil, err
	}
	all := []picture{{"arrivals.svg", render.RatesSVG("Arrivals and departures, a "+o.unit+" each", rates)}}
	var begun []flow.Item
	for _, item := range o.items {
		if !item.Started.IsZero() {
			begun = append(begun, item)
		}
	}
	if len(begun) == 0 {
		return all, nil
	}
	times, err := flow.CycleTimes(begun, o.periods(o.first).WorkTime, now)
	if err != nil {
		return nil, err
	}
	past := pastOf(o.items)
	aging, err := past.Aging(levels(), o.periods(o.first).WorkTime, now)
	if err != nil {
		return nil, err
	}
	states, err := past.TimeInState(o.periods(o.first).WorkTime, now)
	if err != nil {
		return nil, err
	}
	return append(all,
		picture{"cycletime.svg", render.CycleTimeSVG("Cycle times", times, levels())},
		picture{"aging.svg", render.AgingSVG("Age of what is in progress", aging)},
		picture{"statetime.svg", render.StateTimeSVG("Time in each state", states)},
	), nil
}

// pastOf returns the states of items, but for those that were done and of which it is not known when they were begun.
func pastOf(items []flow.Item) flow.Past {
	const waiting, doing, done = "waiting", "in progress", "done"
	p := flow.Past{States: []flow.State{
		{Name: waiting, Category: story.Proposed, Waiting: true}, {Name: doing, Category: story.Doing}, {Name: done, Category: story.Completed},
	}}
	for _, item := range items {
		if item.Started.IsZero() && !item.Done.IsZero() {
			continue
		}
		h := flow.StateHistory{Key: item.Key}
		if !item.Created.IsZero() {
			h.Stays = append(h.Stays, flow.Stay{State: waiting, From: item.Created, To: item.Started})
		}
		if !item.Started.IsZero() {
			h.Stays = append(h.Stays, flow.Stay{State: doing, From: item.Started, To: item.Done})
		}
		if !item.Done.IsZero() {
			h.Stays = append(h.Stays, flow.Stay{State: done, From: item.Done})
		}
		p.Items = append(p.Items, h)
	}
	return p
}

// label names a number of periods by its last day.
func (o *outlook) label(periods int) string {
	date, err := o.schedule.Date(periods)
	if err != nil || o.isUndated {
		return fmt.Sprint(periods)
	}
	return day(date)
}

// draw writes the pictures into a folder and returns their names. Each is drafted first, so that no
// file is ever half a picture, and none changes if there is no room for all.
func draw(folder string, pictures []picture) (names []string, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	var drafts []string
	defer func() {
		for _, draft := range drafts { // those that did not become pictures
			err = errors.Join(err, ignoreMissing(os.Remove(draft)))
		}
	}()
	for _, p := range pictures {
		draft, err := writeDraft(folder, p)
		if draft != "" {
			drafts = append(drafts, draft)
		}
		if err != nil {
			return nil, err
		}
	}
	for i, p := range pictures {
		name := filepath.Join(folder, p.name)
		if err := os.Rename(drafts[i], name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func writeDraft(folder string, p picture) (string, error) {
	file, err := os.CreateTemp(folder, p.name+".*")
	if err != nil {
		return "", err
	}
	_, err = file.WriteString(p.svg)
	return file.Name(), errors.Join(err, file.Chmod(0o644), file.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
