package render

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The drawing area of a chart, in pixels: a frame for the data with room around it for words.
const (
	chartWidth, chartHeight  = 720, 400
	frameLeft, frameRight    = 60, 696
	frameTop, frameBottom    = 72, 352
	maxTitle, maxLabel       = 64, 40 // characters
	maxTick                  = 16
	maxMarks                 = 600 // points of a line, or bars: more cannot be told apart
	colourDone               = "#2e7d4f"
	colourStarted            = "#e0a63a"
	colourCreated            = "#5b7fa6"
	colourInk, colourGrid    = "#333333", "#dddddd"
	colourBar, colourPercent = "#5b7fa6", "#b3412e"
)

// chart draws a self-contained SVG: no script, no style sheet, nothing to load.
type chart struct {
	text strings.Builder
	most float64 // the value at the top of the frame; the bottom is 0
}

// legend is one line of the key of a chart.
type legend struct {
	colour, label string
}

func newChart(title string, most float64, key []legend) *chart {
	if !(most > 0 && most <= math.MaxInt64) {
		most = 1
	}
	c := &chart{most: most}
	label := escape(title, maxTitle)
	fmt.Fprintf(&c.text, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" `+
		`role="img" font-family="sans-serif" font-size="12" fill="%s"><title>%s</title>`+"\n",
		chartWidth, chartHeight, chartWidth, chartHeight, colourInk, label)
	fmt.Fprintf(&c.text, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", chartWidth, chartHeight)
	fmt.Fprintf(&c.text, `<text x="%d" y="28" font-size="16" font-weight="bold">%s</text>`+"\n",
		frameLeft, label)
	x := float64(frameLeft)
	for _, l := range key {
		fmt.Fprintf(&c.text, `<rect x="%s" y="43" width="12" height="12" fill="%s"/>`+"\n", pixel(x), l.colour)
		c.words(x+18, 53, "start", l.label, maxLabel)
		x += 40 + 7*float64(len(l.label))
	}
	return c
}

// values draws the grid of the vertical axis; the frame ends at the last line.
func (c *chart) values(label func(float64) string) {
	step := niceStep(c.most / 5)
	c.most = step * math.Ceil(c.most/step)
	for i := 0; float64(i)*step <= c.most*(1+1e-9); i++ {
		v := float64(i) * step
		y := c.y(v)
		fmt.Fprintf(&c.text, `<line x1="%d" y1="%s" x2="%d" y2="%s" stroke="%s"/>`+"\n",
			frameLeft, pixel(y), frameRight, pixel(y), colourGrid)
		c.words(frameLeft-8, y+4, "end", label(v), maxTick)
	}
}

// words draws a label of at most so many characters, with a white rim: it may stand before a bar.
func (c *chart) words(x, y float64, anchor, label string, most int) {
	fmt.Fprintf(&c.text, `<text x="%s" y="%s" text-anchor="%s" stroke="#fff" stroke-width="3" paint-order="stroke">%s</text>`+"\n",
		pixel(x), pixel(y), anchor, escape(label, most))
}

func (c *chart) y(v float64) float64 {
	return frameBottom - float64((frameBottom-frameTop)*min(max(v/c.most, 0), 1))
}

// shape draws a line through values of the vertical axis, or fills what is below it. The values are
// spread over the width of the frame.
func (c *chart) shape(values []float64, colour string, fill bool) {
	if len(values) == 0 {
		return
	}
	c.text.WriteString(`<path d="`)
	if fill {
		fmt.Fprintf(&c.text, "M%d %d ", frameLeft, frameBottom)
	}
	for i, v := range values {
		command := "L"
		if i == 0 && !fill {
			command = "M"
		}
		fmt.Fprintf(&c.text, "%s%s %s ", command, pixel(across(i, len(values))), pixel(c.y(v)))
	}
	if len(values) == 1 {
		fmt.Fprintf(&c.text, "L%d %s ", frameRight, pixel(c.y(values[0])))
	}
	if fill {
		fmt.Fprintf(&c.text, `L%d %d Z" fill="%s"/>`+"\n", frameRight, frameBottom, colour)
		return
	}
	fmt.Fprintf(&c.text, `" fill="none" stroke="%s" stroke-width="2.5"/>`+"\n", colour)
}

// days labels the horizontal axis with up to six dates.
func (c *chart) days(n int, day func(int) time.Time) {
	count := min(n, 6)
	for i := range count {
		at := 0
		if count > 1 {
			at = i * (n - 1) / (count - 1)
		}
		anchor := "middle"
		if i == count-1 && count > 1 {
			anchor = "end"
		}
		c.words(across(at, n), frameBottom+20, anchor, day(at).Format(time.DateOnly), maxTick)
	}
}

func (c *chart) end() string {
	fmt.Fprintf(&c.text, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s"/>`+"\n</svg>\n",
		frameLeft, frameBottom, frameRight, frameBottom, colourInk)
	return c.text.String()
}

// across is where the i-th of n values stands.
func across(i, n int) float64 {
	return frameLeft + float64((frameRight-frameLeft)*i)/float64(max(1, n-1))
}

// niceStep rounds up to 1, 2 or 5 times a power of ten.
func niceStep(x float64) float64 {
	step := 1.0
	for step < x {
		step *= 10
	}
	for step/10 >= x {
		step /= 10
	}
	switch {
	case step/5 >= x:
		return step / 5
	case step/2 >= x:
		return step / 2
	default:
		return step
	}
}

// pixel prints a coordinate to a tenth of a pixel.
func pixel(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }

// escape makes text safe between tags and inside quotes, and cuts it to so many characters. What XML
// does not allow becomes U+FFFD.
func escape(label string, most int) string {
	label = label[:min(len(label), utf8.UTFMax*(most+1))]
	if utf8.RuneCountInString(label) > most {
		label = string([]rune(label)[:most-1]) + "…"
	}
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(label)); err != nil { // a strings.Builder takes everything
		return ""
	}
	return b.String()
}

// thin picks the positions of at most maxMarks of n values, the first and the last among them.
func thin(n int) []int {
	count := min(n, maxMarks)
	at := make([]int, count)
	for i := range at {
		at[i] = i
		if n > maxMarks {
			at[i] = i * (n - 1) / (count - 1)
		}
	}
	return at
}
