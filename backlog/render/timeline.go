package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// RoadmapTimeline returns the roadmap as a Mermaid timeline: a section for each horizon, with its features in
// order. A tick marks features that are accepted; dropped ones are left out. It costs O(n log n).
func RoadmapTimeline(b *backlog.View) string {
	d := diagram{budget: budget{room: MaxNodes}}
	board := newBoard(b)
	for horizon := range b.Horizons() {
		list := board.placed[horizon.ID]
		if !d.take(horizons) {
			d.omitted[features] += len(list)
			continue
		}
		d.line(1, "section %s", inMermaid(horizon.Name))
		head := counted(len(list), features)
		if horizon.IsDated() {
			head += ", " + period(horizon)
		}
		d.line(2, "%s", head)
		for _, feature := range list {
			if d.take(features) {
				d.line(3, ": %s", tick(feature)+inMermaid(feature.Title))
			}
		}
	}
	d.omitted[features] += len(board.placed[roadmap.HorizonID{}])
	return "timeline\n" + d.title() + d.text.String()
}

func tick(f roadmap.Feature) string {
	if f.Status == roadmap.FeatureAccepted {
		return characterCode('✓') + " "
	}
	return ""
}

// RoadmapGantt returns what has dates as a Mermaid gantt chart: a section for each dated horizon with a bar
// for each of its features, which spans the horizon, and the releases as milestones. It costs O(n log n).
func RoadmapGantt(b *backlog.View) string {
	d := diagram{budget: budget{room: MaxNodes}}
	board := newBoard(b)
	d.omitted[features] += len(board.placed[roadmap.HorizonID{}])
	for horizon := range b.Horizons() {
		from, to := date(horizon.From), date(endOf(horizon.To))
		list := board.placed[horizon.ID]
		if !horizon.IsDated() || from == "" || to == "" {
			d.omitted[horizons]++
			d.omitted[features] += len(list)
			continue
		}
		d.bars(horizon, list, from, to)
	}
	d.milestones(b)
	return "gantt\n" + d.title() + "    dateFormat YYYY-MM-DD\n" + d.text.String()
}

func (d *diagram) bars(horizon roadmap.Horizon, list []roadmap.Feature, from, to string) {
	if !d.take(horizons) {
		d.omitted[features] += len(list)
		return
	}
	d.line(1, "section %s", inMermaid(horizon.Name))
	for _, feature := range list {
		if d.take(features) {
			done := ""
			if feature.Status == roadmap.FeatureAccepted {
				done = "done, "
			}
			d.line(2, "%s : %s%s, %s, %s", atStart(feature.Title), done, d.newName(), from, to)
		}
	}
}

func (d *diagram) milestones(b *backlog.View) {
	headed := false
	for release := range b.Releases() {
		on := date(release.Date)
		if on == "" {
			d.omitted[releases]++
			continue
		}
		if !d.take(releases) {
			continue
		}
		if !headed {
			d.line(1, "section Releases")
			headed = true
		}
		done := ""
		if release.Status == roadmap.ReleaseShipped {
			done = "done, "
		}
		d.line(2, "%s : %smilestone, %s, %s, 0d", atStart(release.Name), done, d.newName(), on)
	}
}

// date returns a day as Mermaid reads it; empty if it is unset, or in a year that Mermaid cannot read.
func date(t time.Time) string {
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return day(t)
}

// endOf returns the midnight at which a period is over that ends before an instant.
func endOf(t time.Time) time.Time {
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	if midnight.Before(t) {
		return midnight.AddDate(0, 0, 1)
	}
	return midnight
}

// diagram holds the lines of a Mermaid diagram. Text from the backlog goes through inMermaid.
type diagram struct {
	budget
	text  strings.Builder
	named int
}

func (d *diagram) line(depth int, format string, args ...any) {
	d.text.WriteString(strings.Repeat("    ", depth))
	fmt.Fprintf(&d.text, format+"\n", args...)
}

// newName returns an id that no other node has, and that is no keyword.
func (d *diagram) newName() string {
	d.named++
	return fmt.Sprintf("n%d", d.named)
}

// title returns the title of a roadmap, with the counts of what is left out.
func (d *diagram) title() string {
	title := "Roadmap"
	if omitted := d.String(); omitted != "" {
		title += " without " + omitted
	}
	return "    title " + title + "\n"
}
