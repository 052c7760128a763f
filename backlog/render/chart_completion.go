package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// CompletionSVG returns a chart of a forecast: a bar for the probability of each number of periods, and a
// mark for each of the confidences, ten at most. The func label returns the label of a number of periods,
// such as its date; nil stands for the number itself. The last tenth of a percent is left out, and more
// than 100 periods are drawn in groups of equal size. Title and labels may hold anything: they are escaped
// and cut to fit.
func CompletionSVG(
	title string, c forecast.Completion, confidences []float64, label func(periods int) string,
) string {
	if label == nil {
		label = strconv.Itoa
	}
	const room = 100 // bars
	shown := slices.IndexFunc(c.Done, func(p float64) bool { return p >= .999 }) + 1
	if shown == 0 {
		shown = len(c.Done)
	}
	last := 0 // of the confidences
	for _, confidence := range confidences[:min(len(confidences), 10)] {
		if k, ok := c.Percentile(confidence); ok {
			last = max(last, k-c.First+1)
		}
	}
	if last > 0 {
		shown = min(shown, 2*last)
	}
	group := max(1, (shown+room-1)/room)
	bars := make([]float64, (shown+group-1)/group)
	most := 0.0
	for i := range bars {
		from, to := c.First+i*group-1, c.First+(i+1)*group-1
		if p := c.Within(to) - c.Within(from); p > 0 && p <= 1 {
			bars[i] = p
		}
		most = max(most, bars[i])
	}
	d := newChart(title, describeCompletion(c, confidences, label), most, nil)
	d.values(func(p float64) string { return plain(100*p) + " %" })
	width := float64(frameRight-frameLeft) / float64(max(1, len(bars)))
	for i, p := range bars {
		y := d.y(p)
		fmt.Fprintf(&d.text, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n",
			pixel(frameLeft+float64(i)*width+width*.1), pixel(y), pixel(width*.8), pixel(frameBottom-y), colourBar)
	}
	d.periods(c, bars, group, width, label)
	for i, confidence := range confidences[:min(len(confidences), 10)] {
		k, ok := c.Percentile(confidence)
		if !ok || (k-c.First)/group >= len(bars) {
			continue
		}
		x := frameLeft + width*(float64((k-c.First)/group)+.5)
		y := float64(frameTop + 16*i)
		fmt.Fprintf(&d.text, `<line x1="%s" y1="%s" x2="%s" y2="%d" stroke="%s" stroke-dasharray="4 3"/>`+"\n",
			pixel(x), pixel(y), pixel(x), frameBottom, colourPercent)
		anchor, at := "start", x+4
		if x > (frameLeft+frameRight)*.6 {
			anchor, at = "end", x-4
		}
		d.words(at, y+4, anchor, plain(100*confidence)+" %: "+label(k), maxLabel)
	}
	return d.end()
}

// describeCompletion returns the answers of a forecast as the description of the picture.
func describeCompletion(c forecast.Completion, confidences []float64, label func(periods int) string) string {
	var b strings.Builder
	b.WriteString("The probability of each number of periods until all is done.")
	for _, confidence := range confidences[:min(len(confidences), 10)] {
		if k, ok := c.Percentile(confidence); ok {
			text := []rune(label(k))
			fmt.Fprintf(&b, " With %s %% by %s.", plain(100*confidence), string(text[:min(len(text), maxLabel)]))
		}
	}
	return b.String()
}

// periods labels up to six bars with the last period of each.
func (c *chart) periods(
	f forecast.Completion, bars []float64, group int, width float64, label func(int) string,
) {
	every := max(1, (len(bars)+5)/6)
	for i := 0; i < len(bars); i += every {
		last := min(f.First+(i+1)*group, f.First+len(f.Done)) - 1
		c.words(frameLeft+width*(float64(i)+.5), frameBottom+20, "middle", label(last), maxTick)
	}
}
