package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// page is a Markdown document. Text from the backlog goes through inMarkdown, and begins no line.
type page struct {
	budget
	text    strings.Builder
	listing bool // whether the last line is an entry of a list
}

func newPage(title string, b *backlog.View) *page {
	p := &page{budget: budget{room: MaxEntries}}
	fmt.Fprintf(&p.text, "# %s\n", title)
	if vision, ok := b.Vision(); ok {
		p.paragraph("Vision: " + inMarkdown(vision.Text))
		if !vision.Statement.IsZero() {
			p.paragraph("Statement: " + inMarkdown(vision.Statement.String()))
		}
	}
	if stage, ok := b.Stage(); ok {
		p.paragraph("Stage: " + stage.String())
	}
	return p
}

func (p *page) paragraph(text string) {
	fmt.Fprintf(&p.text, "\n%s\n", text)
	p.listing = false
}

// section writes a heading of a level. It takes no room: what is below it does.
func (p *page) section(level int, heading string) {
	p.paragraph(strings.Repeat("#", level) + " " + heading)
}

// headed writes a heading for an item and its facts, if there is room.
func (p *page) headed(k kind, level int, heading string, facts ...string) bool {
	if !p.take(k) {
		return false
	}
	p.section(level, heading)
	if line := joined(facts); line != "" {
		p.paragraph(sentence(line))
	}
	return true
}

// entry writes an entry of a list, with a box that is ticked when it is done.
func (p *page) entry(k kind, depth int, done bool, title string, facts ...string) {
	if !p.take(k) {
		return
	}
	if !p.listing {
		p.text.WriteByte('\n')
		p.listing = true
	}
	box := "[ ]"
	if done {
		box = "[x]"
	}
	fmt.Fprintf(&p.text, "%s- %s %s", strings.Repeat("  ", depth), box, inMarkdown(title))
	if line := joined(facts); line != "" {
		fmt.Fprintf(&p.text, " (%s)", line)
	}
	p.text.WriteByte('\n')
}

func (p *page) end() string {
	if omitted := p.String(); omitted != "" {
		p.paragraph(fmt.Sprintf("Left out, since this page ends after %d entries: %s.", MaxEntries, omitted))
	}
	return p.text.String()
}

// joined returns the facts in one line, without those that are empty.
func joined(facts []string) string {
	var said []string
	for _, fact := range facts {
		if fact != "" {
			said = append(said, fact)
		}
	}
	return strings.Join(said, "; ")
}

func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// storiesText returns the progress of stories: "2 of 5 stories (40 %), 13 of 21 points (61 %), 1 not
// estimated".
func storiesText(p backlog.Progress) string {
	if p.Stories.Total.IsZero() {
		return "no stories"
	}
	text := share(p.Stories, "stories")
	if !p.Points.Total.IsZero() {
		text += ", " + share(p.Points, "points")
	}
	if p.Unestimated > 0 {
		text += fmt.Sprintf(", %d not estimated", p.Unestimated)
	}
	return text
}

func share(p roadmap.Progress, of string) string {
	text := fmt.Sprintf("%s of %s %s", p.Done, p.Total, of)
	if percent, ok := p.Percent(0); ok {
		text += fmt.Sprintf(" (%s %%)", percent)
	}
	return text
}

// goalFacts returns the status of a goal, its metric, and the progress of the stories that serve it.
func goalFacts(b *backlog.View, goal roadmap.Goal) []string {
	facts := []string{goal.Status.String()}
	if !goal.Due.IsZero() {
		facts = append(facts, "due "+day(goal.Due))
	}
	facts = append(facts, metricText(goal))
	if trend, ok := goal.Trend(); ok {
		facts = append(facts, trend.String())
	}
	progress, _ := b.GoalProgress(goal.ID)
	return append(facts, storiesText(progress))
}

func metricText(goal roadmap.Goal) string {
	metric := goal.Metric
	if metric.IsZero() {
		return ""
	}
	text := fmt.Sprintf("%s from %s to %s %s", inMarkdown(metric.Name),
		metric.Baseline, metric.Target.Of(metric.Baseline), inMarkdown(metric.Unit))
	text = strings.TrimSuffix(text, " ")
	actual, measured := goal.Actual()
	percent, defined := goal.Progress().Percent(0)
	if measured && defined {
		text += fmt.Sprintf(", now %s (%s %%)", actual, percent)
	}
	return text
}

func day(t time.Time) string { return t.Format(time.DateOnly) }
