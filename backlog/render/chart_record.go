package render

import (
	"fmt"
	"math"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// maxRecordBars is how many rows of a record a picture shows.
const maxRecordBars = 60

// RecordSVG draws how past forecasts did: for each question, horizon and confidence a bar for the share that
// held, and a line where it should end, which is what the forecasts expected. Where the record has the
// simple model too, a ring is where that held, from all of the past. At most 60 rows are drawn; rows
// without forecasts are left out. The description has every figure, for those who cannot see the
// picture. The title may hold anything: it is escaped, and cut after 64 characters.
func RecordSVG(title string, record forecast.Record) string {
	rows, hasSimple := recordRows(record)
	key := []legend{{colourBar, "held"}, {colourInk, "expected"}}
	if hasSimple {
		key = append(key, legend{colourPercent, "held, simple model"})
	}
	d := newChart(title, describeRecord(rows, hasSimple), 1, key)
	d.values(func(p float64) string { return plain(100*p) + " %" })
	width := float64(frameRight-frameLeft) / float64(max(1, len(rows)))
	for i, row := range rows {
		left, middle := frameLeft+float64(i)*width, frameLeft+(float64(i)+.5)*width
		rate, _ := row.Rate()
		y := d.y(rate)
		fmt.Fprintf(&d.text, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`+"\n",
			pixel(left+width*.15), pixel(y), pixel(width*.7), pixel(frameBottom-y), colourBar)
		fmt.Fprintf(&d.text, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="2.5"/>`+"\n",
			pixel(left+width*.05), pixel(d.y(row.Expected)), pixel(left+width*.95), pixel(d.y(row.Expected)), colourInk)
		if hasSimple {
			simple := d.y(part(row.HeldAll, row.Forecasts))
			fmt.Fprintf(&d.text, `<circle cx="%s" cy="%s" r="4" fill="%s" stroke="%s" stroke-width="2"/>`+"\n",
				pixel(middle), pixel(simple), colourPaper, colourPercent)
		}
		if len(rows) <= 30 {
			d.words(middle, frameBottom+16, "middle", plain(100*row.Confidence), 6)
		}
	}
	recordGroups(d, rows, width)
	return d.end()
}

// recordRows returns the rows to draw, and whether the simple model is in them.
func recordRows(record forecast.Record) (rows []forecast.RecordRow, hasSimple bool) {
	for _, row := range record.Rows {
		if row.Forecasts > 0 && len(rows) < maxRecordBars {
			rows = append(rows, row)
			hasSimple = hasSimple || row.PinballAll > 0 || row.HeldAll > 0
		}
	}
	return rows, hasSimple
}

// recordGroups names each run of rows with one question and horizon.
func recordGroups(d *chart, rows []forecast.RecordRow, width float64) {
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to].Question == rows[from].Question && rows[to].Horizon == rows[from].Horizon {
			to++
		}
		label := fmt.Sprintf("in %d periods", rows[from].Horizon)
		if rows[from].Question == forecast.AskWhen {
			label = fmt.Sprintf("when %d are due", rows[from].Horizon)
		}
		d.words(frameLeft+width*float64(from+to)/2, frameBottom+36, "middle", label, 20)
		if from > 0 {
			x := pixel(frameLeft + width*float64(from))
			fmt.Fprintf(&d.text, `<line x1="%s" y1="%d" x2="%s" y2="%d" stroke="%s"/>`+"\n",
				x, frameTop, x, frameBottom+40, colourGrid)
		}
		from = to
	}
}

// describeRecord returns the figures as the description of the picture.
func describeRecord(rows []forecast.RecordRow, hasSimple bool) string {
	lines := []string{"How often forecasts of the past held."}
	for _, row := range rows {
		rate, _ := row.Rate()
		line := fmt.Sprintf("%s, %d periods, %s %%: held %s %% of %d, expected %s %%", strings.ReplaceAll(row.Question.String(), "_", " "),
			row.Horizon, plain(100*row.Confidence), percentOf(rate), row.Forecasts, percentOf(row.Expected))
		if hasSimple {
			line += fmt.Sprintf("; the simple model held %s %%", percentOf(part(row.HeldAll, row.Forecasts)))
		}
		lines = append(lines, line+".")
	}
	return strings.Join(lines, " ")
}

func part(n, of int) float64 { return float64(n) / float64(max(1, of)) }

func percentOf(p float64) string { return plain(math.Round(1000*p) / 10) }
