package render

import (
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

// StateTimeSVG returns a chart of how long items were in each state: a dark bar up to the median of those that left it,
// a pale one up to 85 %, and a line at 95 %, in working days. States in which items wait have another colour, and the
// one in which most time went is marked. States in which items neither wait nor are worked on, such as that of a draft, are left
// out, and so are those beyond the twelfth. The title may hold anything, as in [BurnUpSVG].
func StateTimeSVG(title string, times []flow.StateTime) string {
	var shown []flow.StateTime
	most := 0.0
	for _, t := range times {
		if (t.Waiting || t.Category == story.Doing) && len(shown) < maxColumns {
			shown = append(shown, t)
			most = max(most, inDays(t.P50), inDays(t.P85), inDays(t.P95))
		}
	}
	c := newChart(title, describeStateTimes(shown), most, []legend{
		{colourBar, "working: half of them"},
		{colourPale, "85 %"},
		{colourStarted, "waiting: half of them"},
		{colourWait, "85 %"},
		{colourPercent, "95 % within so many days"},
	})
	c.values(plain)
	bottleneck, _ := flow.Bottleneck(times)
	width := float64(frameRight-frameLeft) / float64(max(1, len(shown)))
	for i, t := range shown {
		left := frameLeft + float64(i)*width
		dark, pale := colourBar, colourPale
		if t.Waiting {
			dark, pale = colourStarted, colourWait
		}
		c.bar(left+width*.2, width*.6, inDays(t.P85), pale)
		c.bar(left+width*.2, width*.6, inDays(t.P50), dark)
		if t.Left > 0 {
			c.dashes(left+width*.12, left+width*.88, inDays(t.P95))
		}
		c.words(left+width/2, frameBottom+18, "middle", stateLabel(flow.State{Name: t.Name}), max(4, int(width/7)))
		below := itemCount(t.Left)
		if t.Name == bottleneck.Name && bottleneck.Seconds > 0 {
			below = "most time"
		}
		c.words(left+width/2, frameBottom+34, "middle", below, max(4, int(width/7)))
	}
	return c.end()
}

// inDays returns seconds of working time as days of 24 hours.
func inDays(seconds int64) float64 { return float64(max(0, seconds)) / (24 * 60 * 60) }

func describeStateTimes(times []flow.StateTime) string {
	var b strings.Builder
	b.WriteString("Time in each state, in working days.")
	for _, t := range times {
		fmt.Fprintf(&b, " %s: half of %s within %s, 85 %% within %s, 95 %% within %s; %d there now.", stateLabel(t.State),
			itemCount(t.Left), short(t.P50), short(t.P85), short(t.P95), t.Now)
	}
	if most, ok := flow.Bottleneck(times); ok {
		fmt.Fprintf(&b, " Most time went into: %s.", stateLabel(flow.State{Name: most.Name}))
	}
	return b.String()
}

// short writes seconds as days with a tenth.
func short(seconds int64) string { return fmt.Sprintf("%.1f", inDays(seconds)) }
