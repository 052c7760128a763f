package render

import (
	"fmt"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
)

// BurnUpSVG returns a burn-up chart: a line for the scope and one for what is done, which meet when all is
// done. The days are in order and evenly spaced. Amounts outside 0 to 10^9 are drawn at the edge. The title
// may hold anything: it is escaped, and cut after 64 characters.
func BurnUpSVG(title string, burn []flow.BurnDay) string {
	at := thin(len(burn))
	scope, done := make([]float64, len(at)), make([]float64, len(at))
	most := 0.0
	for i, j := range at {
		scope[i], done[i] = drawn(burn[j].Scope), drawn(burn[j].Done)
		most = max(most, scope[i], done[i])
	}
	description := "Burn-up: scope and what is done." + figures(len(burn), func(i int) string {
		return fmt.Sprintf("%s: %s of %s done", burn[i].Day.Format(time.DateOnly), plain(drawn(burn[i].Done)), plain(drawn(burn[i].Scope)))
	})
	c := newChart(title, description, most, []legend{{colourCreated, "scope"}, {colourDone, "done"}})
	c.values(plain)
	c.shape(scope, colourCreated, false)
	c.shape(done, colourDone, false)
	c.days(len(at), func(i int) time.Time { return burn[at[i]].Day })
	return c.end()
}

// FlowSVG returns a cumulative flow diagram: what is done at the bottom, what is in progress above it, what
// waits above that. The days are in order and evenly spaced. The title may hold anything, as in
// [BurnUpSVG].
func FlowSVG(title string, days []flow.Day) string {
	at := thin(len(days))
	created, started, done := make([]float64, len(at)), make([]float64, len(at)), make([]float64, len(at))
	most := 0.0
	for i, j := range at {
		created[i], started[i] = float64(days[j].Created), float64(days[j].Started)
		done[i] = float64(days[j].Done)
		most = max(most, created[i], started[i], done[i])
	}
	description := "Cumulative flow." + figures(len(days), func(i int) string {
		d := days[i]
		return fmt.Sprintf("%s: %d waiting, %d in progress, %d done",
			d.Day.Format(time.DateOnly), d.Created-d.Started, d.WorkInProgress(), d.Done)
	})
	c := newChart(title, description, most, []legend{
		{colourCreated, "waiting"}, {colourStarted, "in progress"}, {colourDone, "done"},
	})
	c.values(plain)
	c.shape(created, colourCreated, true)
	c.shape(started, colourStarted, true)
	c.shape(done, colourDone, true)
	c.days(len(at), func(i int) time.Time { return days[at[i]].Day })
	return c.end()
}

// drawn returns an amount as a picture needs it: 0 to 10^9.
func drawn(d decimal.Decimal) float64 {
	const most = 1e9
	switch e := d.Exponent(); {
	case !d.IsPositive(), e < -64:
		return 0
	case e > 9:
		return most
	default:
		return min(d.InexactFloat64(), most)
	}
}

func plain(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
