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
	maxKey                   = 24  // characters of a label in the key
	maxFigures               = 12  // days in a description
	maxMarks                 = 600 // points of a line, or bars: more cannot be told apart
	colourDone               = "#2e7d4f"
	colourStarted            = "#b8800f"
	colourCreated            = "#5b7fa6"
	colourInk, colourGrid    = "#333333", "#dddddd"
	colourBar, colourPercent = "#5b7fa6", "#b3412e"
	colourPaper              = "#ffffff"
	colourPale, colourWait   = "#9fb8d3", "#e3c78f"
)

// darkStyle gives each colour its counterpart where the reader prefers dark pages: attributes yield to a
// style. It reaches no further than the picture, also where that stands within a page.
const darkStyle = `<style>@media (prefers-color-scheme:dark){` +
	`.backlogkit[fill="#333333"],.backlogkit [fill="#333333"]{fill:#e4e6e8}.backlogkit [stroke="#333333"]{stroke:#e4e6e8}` +
	`.backlogkit [fill="#ffffff"]{fill:#16191d}.backlogkit [stroke="#ffffff"]{stroke:#16191d}` +
	`.backlogkit [stroke="#dddddd"]{stroke:#3a3f45}.backlogkit [fill="#dddddd"]{fill:#3a3f45}` +
	`.backlogkit [stroke="#2e7d4f"]{stroke:#4caf78}.backlogkit [stroke="#9fb8d3"]{stroke:#4d6f96}` +
	`.backlogkit [fill="#5b7fa6"]{fill:#7fa6d1}.backlogkit [stroke="#5b7fa6"]{stroke:#7fa6d1}` +
	`.backlogkit [fill="#2e7d4f"]{fill:#4caf78}.backlogkit [stroke="#2e7d4f"]{stroke:#4caf78}` +
	`.backlogkit [fill="#b8800f"]{fill:#e0a63a}.backlogkit [stroke="#b3412e"]{stroke:#ef7d68}` +
	`.backlogkit [fill="#b3412e"]{fill:#ef7d68}.backlogkit [fill="#9fb8d3"]{fill:#4d6f96}` +
	`.backlogkit [fill="#e3c78f"]{fill:#7d6433}.backlogkit [stroke="#b8800f"]{stroke:#e0a63a}` +
	`.backlogkit [fill="#7a58a8"]{fill:#a98bd6}.backlogkit [fill="#2b8a8f"]{fill:#4fb9bf}}</style>` + "\n"

// chart draws a self-contained SVG: no script, nothing to load.
type chart struct {
	text strings.Builder
	most float64 // the value at the top of the frame; the bottom is 0
}

// legend is one line of the key of a chart.
type legend struct {
	colour, label string
}

// newChart begins a picture with a title, a description for those who cannot see it, and a key.
func newChart(title, description string, most float64, key []legend) *chart {
	if !(most > 0 && most <= math.MaxInt64) {
		most = 1
	}
	c := openChart(title, description, chartWidth, chartHeight)
	c.most = most
	c.key(key)
	return c
}

// openChart begins a picture of a size, in pixels, with a title and a description.
func openChart(title, description string, width, height int) *chart {
	c := &chart{}
	label := escape(title, maxTitle)
	fmt.Fprintf(&c.text, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" `+
		`role="img" class="backlogkit" font-family="sans-serif" font-size="12" fill="%s"><title>%s</title>`+"\n",
		width, height, width, height, colourInk, label)
	fmt.Fprintf(&c.text, "<desc>%s</desc>\n", escape(description, len(description)+1))
	c.text.WriteString(darkStyle)
	fmt.Fprintf(&c.text, `<rect width="%d" height="%d" fill="%s"/>`+"\n", width, height, colourPaper)
	fmt.Fprintf(&c.text, `<text x="%d" y="28" font-size="16" font-weight="bold">%s</text>`+"\n",
		frameLeft, label)
	return c
}

// key draws the key in two lines at most; what finds no room is left to the description.
func (c *chart) key(key []legend) {
	x, y := float64(frameLeft), 38
	for _, l := range key {
		width := 40 + 7*float64(min(utf8.RuneCountInString(l.label), maxKey))
		if x+width > frameRight+20 && x > frameLeft {
			if x, y = frameLeft, y+16; y > 54 {
				return
			}
		}
		fmt.Fprintf(&c.text, `<rect x="%s" y="%d" width="12" height="12" fill="%s"/>`+"\n", pixel(x), y, l.colour)
		c.words(x+18, float64(y+10), "start", l.label, maxKey)
		x += width
	}
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

// words draws a label of at most so many characters, with a rim: it may stand before a bar.
func (c *chart) words(x, y float64, anchor, label string, most int) {
	fmt.Fprintf(&c.text, `<text x="%s" y="%s" text-anchor="%s" stroke="%s" stroke-width="3" paint-order="stroke">%s</text>`+"\n",
		pixel(x), pixel(y), anchor, colourPaper, escape(label, most))
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
		fmt.Fprintf(&c.text, `L%d %d Z" fill="%s" stroke="%s"/>`+"\n", frameRight, frameBottom, colour, colourPaper)
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

// escape makes text safe between tags and inside quotes, on one line of at most so many characters. What
// XML does not allow, and what turns the direction of the text around it, becomes U+FFFD.
func escape(label string, most int) string {
	var b strings.Builder
	label = words(label[:min(len(label), utf8.UTFMax*(most+1))], most)
	if err := xml.EscapeText(&b, []byte(label)); err != nil { // a strings.Builder takes everything
		return ""
	}
	return b.String()
}

// figures describes up to a dozen of n days, the first and the last among them.
func figures(n int, figure func(int) string) string {
	var b strings.Builder
	for i := range min(n, maxFigures) {
		at := i
		if n > maxFigures {
			at = i * (n - 1) / (maxFigures - 1)
		}
		b.WriteString(" " + figure(at) + ".")
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
