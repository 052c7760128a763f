package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

// StateFlowSVG returns a cumulative flow diagram by state: what is completed at the bottom, the states in
// progress above it, the last of the board lowest, then what is proposed. States that nothing is in, and
// those of what was dropped, are left out. The days are in order and evenly spaced. The title may hold
// anything, as in [BurnUpSVG].
func StateFlowSVG(title string, picture flow.StateFlow) string {
	at := thin(len(picture.Days))
	bands := stateBands(picture)
	tops := make([][]float64, len(bands)) // of each band on each day, the bands below it included
	sums := make([]float64, len(at))
	most := 0.0
	for i, band := range bands {
		for k, j := range at {
			sums[k] += float64(countOf(picture.Days[j], band.state))
			most = max(most, sums[k])
		}
		tops[i] = slices.Clone(sums)
	}
	key := make([]legend, 0, len(bands))
	for _, band := range slices.Backward(bands) {
		key = append(key, legend{band.colour, stateLabel(picture.States[band.state])})
	}
	c := newChart(title, describeStates(picture, bands), most, key)
	c.values(plain)
	for i := len(bands) - 1; i >= 0; i-- {
		c.shape(tops[i], bands[i].colour, true)
	}
	c.days(len(at), func(i int) time.Time { return picture.Days[at[i]].Day })
	return c.end()
}

// band is a state and how it is drawn.
type band struct {
	state  int
	colour string
}

// stateBands returns the states to draw, the lowest first.
func stateBands(picture flow.StateFlow) []band {
	isIn := make([]bool, len(picture.States))
	for _, day := range picture.Days {
		for i := range isIn {
			isIn[i] = isIn[i] || countOf(day, i) > 0
		}
	}
	var bands []band
	for _, part := range []struct {
		category story.Category
		colours  []string
	}{
		{story.Completed, []string{colourDone, "#2b8a8f"}},
		{story.Doing, []string{"#7a58a8", colourStarted, colourPercent}},
		{story.Proposed, []string{colourCreated, "#9fb8d3"}},
	} {
		n := 0
		for i := len(isIn) - 1; i >= 0; i-- {
			if isIn[i] && picture.States[i].Category == part.category {
				bands = append(bands, band{i, part.colours[n%len(part.colours)]})
				n++
			}
		}
	}
	return bands
}

// countOf is the number of items in a state on a day, 0 where a day has no such count.
func countOf(day flow.StateDay, state int) int {
	if state >= len(day.Counts) {
		return 0
	}
	return max(0, day.Counts[state])
}

func stateLabel(s flow.State) string {
	label := strings.ReplaceAll(clip(string(s.Name)), "_", " ")
	if s.Waiting {
		label += " (waits)"
	}
	return label
}

// clip keeps a name within the bounds of a label.
func clip(name string) string {
	if runes := []rune(name[:min(len(name), 4*maxLabel)]); len(runes) > maxLabel {
		return string(runes[:maxLabel])
	}
	return name[:min(len(name), 4*maxLabel)]
}

func describeStates(picture flow.StateFlow, bands []band) string {
	return "Cumulative flow by state." + figures(len(picture.Days), func(i int) string {
		day := picture.Days[i]
		counts := make([]string, 0, len(bands))
		for _, band := range slices.Backward(bands) {
			counts = append(counts, fmt.Sprintf("%d %s", countOf(day, band.state), stateLabel(picture.States[band.state])))
		}
		return day.Day.Format(time.DateOnly) + ": " + strings.Join(counts, ", ")
	})
}
