package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// Lengths in tenths of a pixel.
const (
	pixel     = 10
	maxPitch  = 24 * pixel   // from one rank to the next
	maxHeight = 1500 * pixel // of all ranks: beyond, the pitch shrinks
	margin    = 20 * pixel
	header    = 130 * pixel // above the first rank
	bandGap   = 34 * pixel  // above what is not scored
	arm       = 26 * pixel  // from the outermost columns to the labels

	numberPitch = 18 * pixel // below, ranks are dots without numbers
	labelPitch  = 13 * pixel // below, only raised items have labels and dots: see crowded
	maxLines    = 300        // of items that are not raised; of more, evenly chosen ones are drawn
	maxLabel    = 32         // runes
)

// ink is a colour and one for text on it. Of the palette by Okabe and Ito, made to be told apart with any
// kind of colour vision, yellow is left out: it does not show on white.
type ink struct{ line, text string }

var inks = [movers]ink{
	{"#0072b2", "#fff"},
	{"#d55e00", "#fff"},
	{"#009e73", "#fff"},
	{"#000000", "#fff"},
	{"#cc79a7", "#000"},
	{"#e69f00", "#000"},
	{"#56b4e9", "#000"},
}

// drawing is a chart on its way to SVG.
type drawing struct {
	*chart
	out          bytes.Buffer
	pitch100     int // from one rank to the next, in hundredths of the unit, to divide late
	left, gap    int // the first column, and from one to the next
	width, below int // of the picture; where what is not scored begins
	bottom       int
}

// svg draws the chart. The picture needs nothing but itself.
func (c *chart) svg() []byte {
	d := &drawing{chart: c}
	d.arrange()
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%[1]s" height="%[2]s" `+
		`role="img" font-family="Helvetica, Arial, sans-serif" font-size="13">`+"\n", px(d.width), px(d.bottom))
	d.printf("<title>Ranks by method</title>\n<desc>%s</desc>\n", escape(d.description()))
	d.printf("<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n")
	d.heading()
	d.bands()
	shown := d.lines()
	thin := 15
	if d.crowded() {
		thin = 8
	}
	for _, item := range shown {
		d.line(item, "#b4b4b4", thin)
	}
	for i, item := range slices.Backward(c.raised) {
		d.line(item, "#fff", 70)
		d.line(item, inks[i].line, 40)
	}
	for _, item := range shown {
		d.dots(item, ink{"#fff", "#444"}, "#8a8a8a")
	}
	for i, item := range slices.Backward(c.raised) {
		d.dots(item, inks[i], inks[i].line)
	}
	d.labels(0, -1)
	if last := len(c.columns) - 1; last > 0 {
		d.labels(last, 1)
	}
	d.printf("</svg>\n")
	return d.out.Bytes()
}

// arrange decides where everything is.
func (d *drawing) arrange() {
	rows := max(d.depth+d.rest, 1)
	d.pitch100 = min(maxPitch*100, maxHeight*100/rows)
	longest := 0
	for _, title := range d.titles {
		longest = max(longest, width(label(title)))
	}
	d.left = max(margin+arm+longest, 60*pixel)
	d.gap = max(90*pixel, min(170*pixel, 1300*pixel/max(len(d.columns)-1, 1)))
	d.width = max(2*d.left+(len(d.columns)-1)*d.gap, 2*margin+width(d.description()))
	d.below = header + d.depth*d.pitch100/100
	d.bottom = d.below + 2*margin
	if d.rest > 0 {
		d.below += bandGap
		d.bottom = d.below + d.rest*d.pitch100/100 + 3*margin
	}
}

// crowded reports whether there is no room for a label at each rank.
func (d *drawing) crowded() bool { return d.pitch100 < labelPitch*100 }

func (d *drawing) x(column int) int { return d.left + column*d.gap }

// y is the middle of a slot.
func (d *drawing) y(s slot) int {
	top := header
	if !s.isScored() {
		top = d.below
	}
	return top + (2*s.at+1)*d.pitch100/200
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

// description says in words what the picture shows.
func (d *drawing) description() string {
	text := command.Counted(len(d.titles), "item", "items") + ", the first at the top."
	if n := len(d.raised); n > 0 {
		text += fmt.Sprintf(" In colour: the %d that move most.", n)
	}
	if rest := len(d.titles) - len(d.raised); rest > maxLines {
		text += fmt.Sprintf(" In grey: %d of the %d others, evenly chosen.", len(d.lines()), rest)
	}
	return text + " On a grey bar: a tie, in no order."
}

func (d *drawing) heading() {
	d.printf("<text x=\"%s\" y=\"34\" font-size=\"20\" font-weight=\"bold\">Ranks by method</text>\n", px(margin))
	d.printf("<text x=\"%s\" y=\"56\" fill=\"#444\">%s</text>\n", px(margin), escape(d.description()))
	for i, name := range d.methods {
		words := strings.Split(name, "_")
		for j, word := range words {
			y := header - 18*pixel - (len(words)-1-j)*15*pixel
			d.printf("<text x=\"%s\" y=\"%s\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>\n",
				px(d.x(i)), px(y), escape(word))
		}
	}
}

// bands draws a bar behind each tie that is high enough to be seen, and a band behind what is not scored.
func (d *drawing) bands() {
	const half = 13 * pixel
	if d.rest > 0 {
		height, span := d.rest*d.pitch100/100, (len(d.columns)-1)*d.gap
		d.printf("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"6\" fill=\"#f5f0e6\"/>\n",
			px(d.left-half), px(d.below-4*pixel), px(span+2*half), px(height+8*pixel))
		d.printf("<text x=\"%s\" y=\"%s\" text-anchor=\"middle\" font-style=\"italic\" fill=\"#555\">not scored</text>\n",
			px(d.left+span/2), px(d.below+height+20*pixel))
	}
	for i, c := range d.columns {
		for _, tie := range c.ties {
			top := header + (tie.first-1)*d.pitch100/100
			if height := (tie.last - tie.first + 1) * d.pitch100 / 100; height >= 4*pixel {
				d.printf("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"#d6d6d6\"/>\n",
					px(d.x(i)-half), px(top), px(2*half), px(height), px(min(half, height/2)))
			}
		}
	}
}

// lines chooses the items whose lines are grey.
func (d *drawing) lines() []int {
	var all []int
	for item := range d.titles {
		if !slices.Contains(d.raised, item) {
			all = append(all, item)
		}
	}
	if len(all) <= maxLines {
		return all
	}
	slices.SortFunc(all, func(i, j int) int { return d.columns[0].slots[i].compare(d.columns[0].slots[j]) })
	chosen := make([]int, maxLines)
	for i := range chosen {
		chosen[i] = all[i*(len(all)-1)/(maxLines-1)]
	}
	return chosen
}

// line draws the line of an item, level at each column.
func (d *drawing) line(item int, colour string, width int) {
	if len(d.columns) == 1 {
		return
	}
	var path strings.Builder
	for i, c := range d.columns {
		x, y := d.x(i), d.y(c.slots[item])
		if i == 0 {
			fmt.Fprintf(&path, "M%s %s", px(x), px(y))
			continue
		}
		half, from := px(x-d.gap/2), px(d.y(d.columns[i-1].slots[item]))
		fmt.Fprintf(&path, "C%s %s %s %s %s %s", half, from, half, px(y), px(x), px(y))
	}
	d.printf("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"><title>%s</title></path>\n",
		path.String(), colour, px(width), escape(command.Shorten(d.titles[item], 200)))
}

// dots draws the ranks of an item, with their numbers where there is room.
func (d *drawing) dots(item int, fill ink, edge string) {
	raised := fill.line == edge
	if !raised && d.crowded() {
		return
	}
	radius, numbered := 9*pixel, d.pitch100 >= numberPitch*100
	if !numbered {
		radius = 4 * pixel
	}
	for i, c := range d.columns {
		s := c.slots[item]
		x, y := d.x(i), d.y(s)
		d.printf("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>\n",
			px(x), px(y), px(radius), fill.line, edge)
		if numbered && s.isScored() {
			d.printf("<text x=\"%s\" y=\"%s\" text-anchor=\"middle\" font-size=\"10\" fill=\"%s\">%d</text>\n",
				px(x), px(y+35), fill.text, s.first)
		}
	}
}

// labels writes the titles beside an outermost column: to the left (side -1) or right (1). Where the
// ranks are close together only raised items have one, and keep their distance.
func (d *drawing) labels(column, side int) {
	slots := d.columns[column].slots
	items := slices.Clone(d.raised)
	if !d.crowded() {
		items = items[:0]
		for item := range d.titles {
			items = append(items, item)
		}
	}
	slices.SortFunc(items, func(i, j int) int { return slots[i].compare(slots[j]) })
	const height = 15 * pixel
	anchor, lowest := "start", 0
	if side < 0 {
		anchor = "end"
	}
	for i, item := range items {
		at := d.y(slots[item])
		y := at
		if d.crowded() {
			y = max(min(at, d.bottom-margin-(len(items)-1-i)*height), lowest)
			lowest = y + height
		}
		x, weight := d.x(column)+side*arm, "normal"
		if slices.Contains(d.raised, item) {
			weight = "bold"
		}
		if y != at {
			d.printf("<path d=\"M%s %sL%s %s\" stroke=\"#8a8a8a\"/>\n",
				px(d.x(column)+side*5*pixel), px(at), px(x-side*4*pixel), px(y))
		}
		d.printf("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>\n",
			px(x-side*6*pixel), px(y+45), anchor, weight, escape(label(d.titles[item])))
	}
}

// label is a title, cut where it is too long for the picture.
func label(title string) string {
	runes := []rune(title)
	if len(runes) <= maxLabel {
		return title
	}
	return string(runes[:maxLabel-1]) + "…"
}

// width is about how wide a text is: of East Asian letters and pictures more, of marks nothing.
func width(text string) int {
	sum := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case r >= 0x1100:
			sum += 14 * pixel
		case unicode.IsUpper(r) || strings.ContainsRune("mw@%", r):
			sum += 11 * pixel
		default:
			sum += 7 * pixel
		}
	}
	return sum
}

// px writes tenths of a pixel.
func px(tenths int) string {
	if tenths%pixel == 0 {
		return fmt.Sprint(tenths / pixel)
	}
	sign := ""
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	return fmt.Sprintf("%s%d.%d", sign, tenths/pixel, tenths%pixel)
}

// escape makes text of a sheet text of XML. What XML cannot hold becomes a replacement character.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
