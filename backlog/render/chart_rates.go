package render

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
)

// maxPairs is how many pairs of bars a picture of rates has.
const maxPairs = 52

// RatesSVG returns a chart of arrivals and departures: for each period a bar for what came and one for what was done,
// and a line for how much is in progress at its end. The periods are in order. More than 52 are drawn in
// groups of equal size, the last of which may be smaller. The title may hold anything, as in [BurnUpSVG].
func RatesSVG(title string, rates []flow.Rate) string {
	size := max(1, (len(rates)+maxPairs-1)/maxPairs)
	groups := rateGroups(rates, size)
	most := 0
	progress := make([]float64, len(groups))
	for i, g := range groups {
		most = max(most, g.Arrived, g.Done, g.InProgress)
		progress[i] = float64(g.InProgress)
	}
	key := []legend{{colourCreated, "came"}, {colourDone, "done"}, {colourStarted, "in progress"}}
	if size > 1 {
		key = append(key, legend{colourPaper, fmt.Sprintf("%d periods each", size)})
	}
	c := newChart(title, describeRates(rates), float64(most), key)
	c.values(plain)
	width := float64(frameRight-frameLeft) / float64(max(1, len(groups)))
	for i, g := range groups {
		left := frameLeft + float64(i)*width
		c.bar(left+width*.12, width*.38, float64(g.Arrived), colourCreated)
		c.bar(left+width*.5, width*.38, float64(g.Done), colourDone)
	}
	c.line(progress, width, colourStarted)
	every := max(1, (len(groups)+5)/6)
	for i := 0; i < len(groups); i += every {
		c.words(frameLeft+width*(float64(i)+.5), frameBottom+20, "middle", groups[i].From.Format(time.DateOnly), maxTick)
	}
	return c.end()
}

// rateGroups puts neighbouring periods together.
func rateGroups(rates []flow.Rate, size int) []flow.Rate {
	var groups []flow.Rate
	for i, r := range rates {
		r.Arrived, r.Begun, r.Done, r.InProgress = max(0, r.Arrived), max(0, r.Begun), max(0, r.Done), max(0, r.InProgress)
		if i%size == 0 {
			groups = append(groups, r)
			continue
		}
		last := &groups[len(groups)-1]
		last.Arrived += r.Arrived
		last.Begun += r.Begun
		last.Done += r.Done
		last.To, last.InProgress = r.To, r.InProgress
	}
	return groups
}

// bar draws a bar from the bottom of the frame.
func (c *chart) bar(x, width, value float64, colour string) {
	y := c.y(value)
	fmt.Fprintf(&c.text, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n",
		pixel(x), pixel(y), pixel(width), pixel(frameBottom-y), colour)
}

// line draws a line through the middles of columns, with a dot on each.
func (c *chart) line(values []float64, width float64, colour string) {
	if len(values) == 0 {
		return
	}
	c.text.WriteString(`<path d="`)
	command := "M"
	for i, v := range values {
		fmt.Fprintf(&c.text, "%s%s %s ", command, pixel(frameLeft+width*(float64(i)+.5)), pixel(c.y(v)))
		command = "L"
	}
	fmt.Fprintf(&c.text, `" fill="none" stroke="%s" stroke-width="2.5"/>`+"\n", colour)
	for i, v := range values {
		fmt.Fprintf(&c.text, `<circle cx="%s" cy="%s" r="3" fill="%s"/>`+"\n", pixel(frameLeft+width*(float64(i)+.5)), pixel(c.y(v)), colour)
	}
}

func describeRates(rates []flow.Rate) string {
	arrived, done := 0, 0
	for _, r := range rates {
		arrived += max(0, r.Arrived)
		done += max(0, r.Done)
	}
	return fmt.Sprintf("Arrivals and departures: %d came and %d were done in %d periods.", arrived, done, len(rates)) +
		figures(len(rates), func(i int) string {
			r := rates[i]
			return fmt.Sprintf("From %s: %d came, %d done, %d in progress at the end", r.From.Format(time.DateOnly), r.Arrived, r.Done, r.InProgress)
		})
}
