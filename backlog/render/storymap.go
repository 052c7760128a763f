package render

import (
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The bounds of the picture of a story map, and its measures in pixels.
const (
	maxMapColumns = 24 // steps
	maxMapSlices  = 12
	maxMapCards   = 12 // stories of a cell
	mapCard       = 132
	mapGap        = 8
	mapLeft       = 96
	mapTop        = 52
	mapCardHeight = 34
	mapCardText   = 17 // characters of a card
	mapSliceText  = 12
)

// mapNames are the titles of what a story map holds.
type mapNames struct {
	activities map[roadmap.ActivityID]string
	steps      map[roadmap.StepID]string
	slices     []string // one for each slice, then "no release"
}

func namesOf(b *backlog.View, m roadmap.StoryMap) mapNames {
	names := mapNames{activities: make(map[roadmap.ActivityID]string), steps: make(map[roadmap.StepID]string)}
	for activity := range b.Activities() {
		names.activities[activity.ID] = activity.Title
		for _, step := range activity.Steps.All() {
			names.steps[step.ID] = step.Title
		}
	}
	for _, id := range m.Slices {
		release, _ := b.Release(id)
		names.slices = append(names.slices, release.Name)
	}
	names.slices = append(names.slices, "no release")
	return names
}

// StoryMapMarkdown returns the story map as a Markdown page: the activities with their steps, below each the
// stories by release, and lists of the stories that are in no release and of those that lie below no step.
// Dropped stories are left out. It costs O(n log n).
func StoryMapMarkdown(b *backlog.View) string {
	p := newPage("Story map", b)
	m := b.StoryMap()
	names, workflow := namesOf(b, m), b.Workflow()
	list := func(ids []story.ID, facts ...string) {
		for _, id := range ids {
			s, _ := b.Story(id)
			p.entry(stories, 0, categoryOf(workflow, s) == story.Completed, s.Title,
				append([]string{inMarkdown(string(s.Status)), sizeText(s)}, facts...)...)
		}
	}
	for i, column := range m.Columns {
		if i == 0 || m.Columns[i-1].Activity != column.Activity {
			p.section(2, inMarkdown(names.activities[column.Activity]))
		}
		if column.Step.IsZero() {
			continue
		}
		p.section(3, inMarkdown(names.steps[column.Step]))
		for slice, ids := range column.Cells {
			list(ids, "in "+inMarkdown(names.slices[slice]))
		}
	}
	for _, rest := range []struct {
		heading string
		ids     []story.ID
	}{{"In no release", m.Unsliced}, {"Below no step", m.Unmapped}} {
		if len(rest.ids) > 0 {
			p.section(2, rest.heading)
			list(rest.ids)
		}
	}
	return p.end()
}

// StoryMapSVG returns the story map as a picture: the activities on top, their steps below, and below these
// the stories on cards, a row for each release and one for what is in none. The card of an accepted story is
// green, that of one in progress yellow. At most 24 steps, 12 releases and 12 stories of a cell are drawn; what
// is left out is counted. Titles may hold anything, as in [BurnUpSVG].
func StoryMapSVG(title string, b *backlog.View) string {
	m := b.StoryMap()
	names := namesOf(b, m)
	slices := len(names.slices)
	if len(m.Unsliced) == 0 && slices > 1 {
		slices--
	}
	columns, rows := m.Columns[:min(len(m.Columns), maxMapColumns)], min(slices, maxMapSlices)
	tall := make([]int, rows) // the most cards of each row
	for _, column := range columns {
		for row := range tall {
			cards := len(column.Cells[row])
			tall[row] = max(tall[row], 1, min(cards, maxMapCards)+btoi(cards > maxMapCards))
		}
	}
	const backbone = mapTop + 2*(mapCardHeight+mapGap) + mapGap
	height := backbone
	for _, cards := range tall {
		height += cards*(mapCardHeight+mapGap) + 2*mapGap
	}
	width := mapLeft + max(3, len(columns))*(mapCard+mapGap) + mapGap
	c := openChart(title, describeMap(b, m, names), width, height+mapCardHeight)
	c.mapBackbone(columns, names)
	y := float64(backbone)
	for row, cards := range tall {
		fmt.Fprintf(&c.text, `<line x1="%d" y1="%s" x2="%d" y2="%s" stroke="%s"/>`+"\n", mapGap, pixel(y), width-mapGap, pixel(y), colourGrid)
		c.words(mapGap, y+26, "start", names.slices[row], mapSliceText)
		for i, column := range columns {
			c.mapCell(b, column.Cells[row], mapX(i), y+mapGap)
		}
		y += float64(cards*(mapCardHeight+mapGap) + 2*mapGap)
	}
	c.words(mapGap, y+20, "start", mapRest(m, len(columns), slices-rows), width/7)
	c.text.WriteString("</svg>\n")
	return c.text.String()
}

func mapX(column int) float64 { return float64(mapLeft + column*(mapCard+mapGap)) }

// mapBackbone draws the activities, each as wide as its steps, and the steps.
func (c *chart) mapBackbone(columns []roadmap.MapColumn, names mapNames) {
	for i := 0; i < len(columns); {
		end := i
		for end < len(columns) && columns[end].Activity == columns[i].Activity {
			if step := columns[end].Step; !step.IsZero() {
				c.card(mapX(end), mapTop+mapCardHeight+mapGap, mapCard, colourPale, names.steps[step])
			}
			end++
		}
		c.card(mapX(i), mapTop, float64((end-i)*(mapCard+mapGap)-mapGap), colourBar, names.activities[columns[i].Activity])
		i = end
	}
}

// mapCell draws the stories of a cell, one below the other.
func (c *chart) mapCell(b *backlog.View, ids []story.ID, x, y float64) {
	workflow := b.Workflow()
	for i, id := range ids[:min(len(ids), maxMapCards)] {
		s, _ := b.Story(id)
		var colour string
		switch categoryOf(workflow, s) {
		case story.Completed:
			colour = colourDone
		case story.Doing:
			colour = colourStarted
		default:
			colour = colourGrid
		}
		c.card(x, y+float64(i*(mapCardHeight+mapGap)), mapCard, colour, s.Title)
	}
	if more := len(ids) - maxMapCards; more > 0 {
		c.words(x+4, y+float64(maxMapCards*(mapCardHeight+mapGap))+20, "start", fmt.Sprintf("%d more", more), maxTick)
	}
}

// card draws a box with a coloured edge on its left, and a label on paper, so that it can be read whatever the
// colour.
func (c *chart) card(x, y, width float64, colour, label string) {
	fmt.Fprintf(&c.text, `<rect x="%s" y="%s" width="%s" height="%d" fill="%s" stroke="%s"/>`+"\n",
		pixel(x), pixel(y), pixel(width), mapCardHeight, colourPaper, colour)
	fmt.Fprintf(&c.text, `<rect x="%s" y="%s" width="5" height="%d" fill="%s"/>`+"\n", pixel(x), pixel(y), mapCardHeight, colour)
	c.words(x+9, y+21, "start", label, max(mapCardText, int(width/7)))
}

// mapRest counts what is not drawn.
func mapRest(m roadmap.StoryMap, columns, slices int) string {
	parts := []string{counted(len(m.Unsliced), stories) + " in no release", counted(len(m.Unmapped), stories) + " below no step"}
	if left := len(m.Columns) - columns; left > 0 {
		parts = append(parts, fmt.Sprintf("%d steps not drawn", left))
	}
	if slices > 0 {
		parts = append(parts, fmt.Sprintf("%d releases not drawn", slices))
	}
	return strings.Join(parts, ", ")
}

// describeMap tells those who cannot see the picture what is where, as far as it is drawn.
func describeMap(b *backlog.View, m roadmap.StoryMap, names mapNames) string {
	var text strings.Builder
	fmt.Fprintf(&text, "Story map: %d columns; %s.", len(m.Columns), mapRest(m, len(m.Columns), 0))
	for _, column := range m.Columns[:min(len(m.Columns), maxMapColumns)] {
		fmt.Fprintf(&text, " %s", clip(names.activities[column.Activity]))
		if !column.Step.IsZero() {
			fmt.Fprintf(&text, ", %s", clip(names.steps[column.Step]))
		}
		text.WriteString(":")
		empty := true
		for slice, ids := range column.Cells {
			for _, id := range ids[:min(len(ids), maxMapCards)] {
				s, _ := b.Story(id)
				fmt.Fprintf(&text, " %s (%s, %s);", clip(s.Title), s.Status, clip(names.slices[slice]))
				empty = false
			}
		}
		if empty {
			text.WriteString(" no stories.")
		}
	}
	return text.String()
}

func btoi(is bool) int {
	if is {
		return 1
	}
	return 0
}
