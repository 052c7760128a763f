package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// RoadmapTimeline draws the roadmap as a Mermaid timeline: a section for each horizon, now, next and
// later or dated, with its features in order. A tick marks those that are accepted; dropped ones are
// not drawn. It costs O(n log n).
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
		head := features.counted(len(list))
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

// RoadmapGantt draws what has dates as a Mermaid gantt chart: a section for each dated horizon with a
// bar for each of its features, which spans the horizon, and the releases as milestones. It costs
// O(n log n).
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

// date is empty for what is unset, or in a year that the charts can't read.
func date(t time.Time) string {
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return day(t)
}

// endOf is the midnight by which a period is over that ends before an instant.
func endOf(t time.Time) time.Time {
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	if midnight.Before(t) {
		return midnight.AddDate(0, 0, 1)
	}
	return midnight
}

// diagram is the lines of a Mermaid diagram. Text from the backlog goes through inMermaid.
type diagram struct {
	budget
	text  strings.Builder
	named int
}

func (d *diagram) line(depth int, format string, args ...any) {
	d.text.WriteString(strings.Repeat("    ", depth))
	fmt.Fprintf(&d.text, format+"\n", args...)
}

// newName is an id that no other node has, and that is no keyword.
func (d *diagram) newName() string {
	d.named++
	return fmt.Sprintf("n%d", d.named)
}

// title is that of a roadmap, and says what is left out.
func (d *diagram) title() string {
	title := "Roadmap"
	if omitted := d.String(); omitted != "" {
		title += " without " + omitted
	}
	return "    title " + title + "\n"
}
