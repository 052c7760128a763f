package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
)

// The bounds of a scatter.
const (
	maxDots   = 1_000
	maxShares = 10
)

// CycleTimeSVG returns the scatter of cycle times: a dot for each item, on the day on which it was done and
// as high as the days it took, and a dashed line for each of the shares, ten at most, below or on which so
// large a share of the items is. Of more than 1,000 items that many are drawn, evenly picked, and the one
// that took longest; the lines are of all. The times are in order. The title may hold anything, as in
// [BurnUpSVG].
func CycleTimeSVG(title string, times []flow.CycleTime, shares []float64) string {
	lines := percentileLines(times, shares)
	most, longest := 0, 0
	for i, t := range times {
		if t.Days > most {
			most, longest = t.Days, i
		}
	}
	c := newChart(title, describeCycleTimes(times, lines), float64(most), []legend{{colourBar, "days an item took"}})
	c.values(plain)
	if len(times) > 0 {
		first, last := times[0].Done, times[len(times)-1].Done
		dot := func(t flow.CycleTime) {
			fmt.Fprintf(&c.text, `<circle cx="%s" cy="%s" r="3.5" fill="%s" fill-opacity="0.7"/>`+"\n",
				pixel(alongTime(t.Done, first, last)), pixel(c.y(float64(t.Days))), colourBar)
		}
		n := min(len(times), maxDots)
		for i := range n {
			dot(times[i*(len(times)-1)/max(1, n-1)])
		}
		if len(times) > n {
			dot(times[longest])
		}
		c.span(first, last)
	}
	c.percentiles(lines)
	return c.end()
}

// percentileLine is a share and the days within which that share of the items was done.
type percentileLine struct {
	share float64
	days  int
}

func percentileLines(times []flow.CycleTime, shares []float64) []percentileLine {
	days := make([]int, len(times))
	for i, t := range times {
		days[i] = t.Days
	}
	var lines []percentileLine
	for _, share := range shares[:min(len(shares), maxShares)] {
		if n, ok := flow.PercentileOf(days, share); ok {
			lines = append(lines, percentileLine{share, n})
		}
	}
	return lines
}

// percentiles draws the lines over the width of the frame.
func (c *chart) percentiles(lines []percentileLine) {
	for _, line := range lines {
		c.dashes(frameLeft, frameRight, float64(line.days))
	}
	c.lineLabels(lines, frameRight-4, "end")
}

// dashes draws a percentile from one place to another.
func (c *chart) dashes(from, to, value float64) {
	y := pixel(c.y(value))
	fmt.Fprintf(&c.text, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="1.5" stroke-dasharray="6 4"/>`+"\n",
		pixel(from), y, pixel(to), y, colourPercent)
}

// lineLabels names lines; those too near to one another share a label, above the highest of them.
func (c *chart) lineLabels(lines []percentileLine, x float64, anchor string) {
	const height = 14
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b percentileLine) int { return cmp.Compare(a.days, b.days) })
	var shares, days []string
	for i, line := range lines {
		shares = append(shares, plain(100*line.share))
		if text := fmt.Sprint(line.days); len(days) == 0 || days[len(days)-1] != text {
			days = append(days, text)
		}
		if i+1 < len(lines) && c.y(float64(line.days))-c.y(float64(lines[i+1].days)) < height {
			continue
		}
		c.words(x, c.y(float64(line.days))-4, anchor, strings.Join(shares, ", ")+" %: "+strings.Join(days, ", ")+" d", maxLabel)
		shares, days = nil, nil
	}
}

// span labels the horizontal axis with the days from one instant to another.
func (c *chart) span(first, last time.Time) {
	const labels = 5
	days := int(last.Sub(first).Hours()/24 + .5)
	n := min(days, labels)
	for i := range n + 1 {
		at := first.AddDate(0, 0, i*days/max(1, n))
		anchor := "middle"
		if i == n && n > 0 {
			at, anchor = last, "end"
		}
		c.words(alongTime(at, first, last), frameBottom+20, anchor, at.Format(time.DateOnly), maxTick)
	}
}

// alongTime is where an instant stands between two others.
func alongTime(at, first, last time.Time) float64 {
	whole := last.Sub(first).Seconds()
	if whole <= 0 {
		return (frameLeft + frameRight) / 2
	}
	part := min(max(at.Sub(first).Seconds()/whole, 0), 1)
	return frameLeft + float64((frameRight-frameLeft)*part)
}

func describeCycleTimes(times []flow.CycleTime, lines []percentileLine) string {
	text := fmt.Sprintf("Cycle times of %d items.", len(times))
	if len(times) > 0 {
		text = fmt.Sprintf("Cycle times of %d items done from %s to %s.", len(times),
			times[0].Done.Format(time.DateOnly), times[len(times)-1].Done.Format(time.DateOnly))
	}
	for _, line := range lines {
		text += fmt.Sprintf(" %s %% within %s.", plain(100*line.share), dayCount(line.days))
	}
	return text
}

func dayCount(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
