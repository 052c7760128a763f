package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/flow"
)

// The bounds of an ageing chart.
const (
	maxColumns = 12  // states
	maxColumn  = 200 // dots of a state
	maxNamed   = 8   // of those, with their keys
)

// AgingSVG returns the chart of ageing work in progress: a column for each state, a dot for each item that
// is in it, as high as the item is old, and lines for the ages at which finished items had left the state.
// An item above the highest line is late: its dot is red, and has its key. At most 12 states and 200
// items of each are drawn, the oldest first. Title and keys may hold anything, as in [BurnUpSVG].
func AgingSVG(title string, aging flow.Aging) string {
	most := 0
	for _, item := range aging.Items {
		most = max(most, item.Age)
	}
	for _, state := range aging.States {
		for _, days := range state.Percentiles {
			most = max(most, days)
		}
	}
	c := newChart(title, describeAging(aging), float64(most), []legend{
		{colourBar, "age of an item, in days"}, {colourPercent, "late: " + lateLabel(aging.Shares)},
	})
	c.values(plain)
	states := aging.States[:min(len(aging.States), maxColumns)]
	width := float64(frameRight-frameLeft) / float64(max(1, len(states)))
	for i, state := range states {
		left := frameLeft + float64(i)*width
		items := itemsIn(aging, state)
		c.words(left+width/2, frameBottom+18, "middle", stateLabel(flow.State{Name: state.Name}), max(4, int(width/7)))
		c.words(left+width/2, frameBottom+34, "middle", itemCount(len(items)), maxTick)
		if i > 0 {
			fmt.Fprintf(&c.text, `<line x1="%s" y1="%d" x2="%s" y2="%d" stroke="%s"/>`+"\n",
				pixel(left), frameTop, pixel(left), frameBottom, colourGrid)
		}
		lines := agingLines(aging.Shares, state)
		for _, line := range lines {
			c.dashes(left+2, left+width-2, float64(line.days))
		}
		c.agingDots(aging, state, items, left, width)
		c.lineLabels(lines, left+4, "start")
	}
	return c.end()
}

// lateLabel names the highest line.
func lateLabel(shares []float64) string {
	if len(shares) == 0 {
		return "no line"
	}
	return "older than " + plain(100*slices.Max(shares)) + " %"
}

// agingLines returns the percentiles of a state.
func agingLines(shares []float64, state flow.AgingState) []percentileLine {
	var lines []percentileLine
	for i, days := range state.Percentiles[:min(len(state.Percentiles), len(shares), maxShares)] {
		lines = append(lines, percentileLine{shares[i], days})
	}
	return lines
}

// agingDots draws the items of a state, spread over the width of its column.
func (c *chart) agingDots(aging flow.Aging, state flow.AgingState, items []flow.AgingItem, left, width float64) {
	latest := 0.0
	if len(state.Percentiles) > 0 && len(aging.Shares) > 0 {
		latest = slices.Max(aging.Shares)
	}
	const lanes = 7
	for i, item := range items[:min(len(items), maxColumn)] {
		x := left + width*(.4+.5*float64(i*3%lanes)/lanes)
		y, colour := c.y(float64(item.Age)), colourBar
		isLate := latest > 0 && item.Above >= latest
		if isLate {
			colour = colourPercent
		}
		fmt.Fprintf(&c.text, `<circle cx="%s" cy="%s" r="4" fill="%s"/>`+"\n", pixel(x), pixel(y), colour)
		if isLate && i < maxNamed {
			c.words(x+7, y+4, "start", item.Key, max(4, int((left+width-x)/7)))
		}
	}
}

func itemCount(n int) string {
	if n == 1 {
		return "1 item"
	}
	return fmt.Sprintf("%d items", n)
}

func itemsIn(aging flow.Aging, state flow.AgingState) (items []flow.AgingItem) {
	for _, item := range aging.Items {
		if item.State == state.Name {
			items = append(items, item)
		}
	}
	return items
}

func describeAging(aging flow.Aging) string {
	var b strings.Builder
	b.WriteString("Age of the work in progress, by state.")
	for _, state := range aging.States[:min(len(aging.States), maxColumns)] {
		items := itemsIn(aging, state)
		fmt.Fprintf(&b, " %s: %d in progress", stateLabel(flow.State{Name: state.Name}), len(items))
		for _, line := range agingLines(aging.Shares, state) {
			fmt.Fprintf(&b, ", %s %% had left it at %s", plain(100*line.share), dayCount(line.days))
		}
		for _, item := range items[:min(len(items), maxNamed)] {
			fmt.Fprintf(&b, "; %s is %s old", clip(item.Key), dayCount(item.Age))
		}
		b.WriteString(".")
	}
	return b.String()
}
