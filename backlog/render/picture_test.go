package render_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

var update = flag.Bool("update", false, "write the pictures and pages of testdata anew")

// flowPictures draws what a team did.
func flowPictures() map[string]string {
	amount := decimal.RequireFromString
	var burn []flow.BurnDay
	for i, one := range []string{"8 0", "8 1.5", "12 3", "12 3", "11 -4", "11 13"} {
		scope, done, _ := strings.Cut(one, " ")
		burn = append(burn, flow.BurnDay{Day: nth(i), Scope: amount(scope), Done: amount(done)})
	}
	var days []flow.Day
	for i := range 15 {
		days = append(days, flow.Day{Day: nth(i), Created: 5 + 2*i, Started: 2 + i, Done: i / 2})
	}
	var times []flow.CycleTime
	for i, took := range []int{3, 1, 8, 2, 2, 21, 5, 13, 1} {
		times = append(times, flow.CycleTime{Key: fmt.Sprint("PAY-", i), Done: nth(2 * i).Add(time.Duration(i) * time.Hour), Days: took})
	}
	var rates []flow.Rate
	for i := range 9 {
		rates = append(rates, flow.Rate{
			From: nth(7 * i), To: nth(7*i + 7), Arrived: 3 + i%4, Begun: 2 + i%3, Done: 1 + i%5, InProgress: 4 + i - 2*(i%3),
		})
	}
	var many []flow.Rate
	for i := range 60 {
		many = append(many, rates[i%9])
		many[i].From, many[i].To = nth(7*i), nth(7*i+7)
	}
	return map[string]string{
		"burn-up":        render.BurnUpSVG("Sprint 1 & 2", burn),
		"burn-up-one":    render.BurnUpSVG("The first day", burn[2:3]),
		"burn-up-large":  render.BurnUpSVG("Large", []flow.BurnDay{{Day: nth(0), Scope: amount("1e9"), Done: amount("999999999")}, {Day: nth(1), Scope: amount("1e10"), Done: amount("5e-64")}}),
		"flow":           render.FlowSVG("Flow", days),
		"flow-one":       render.FlowSVG("Flow of a day", days[3:4]),
		"cycle":          render.CycleTimeSVG("Cycle times", times, []float64{.5, .7, .75, .85, .95}),
		"cycle-one":      render.CycleTimeSVG("One of them", times[2:3], []float64{.85}),
		"cycle-two-days": render.CycleTimeSVG("Two of them", times[1:3], nil),
		"cycle-second":   render.CycleTimeSVG("Within a second", []flow.CycleTime{{Done: nth(0), Days: 1}, {Done: nth(0).Add(time.Second), Days: 2}}, nil),
		"cycle-none":     render.CycleTimeSVG("None", nil, []float64{.5}),
		"rates":          render.RatesSVG("Arrivals", rates),
		"rates-many":     render.RatesSVG("Arrivals of a year and more", many),
	}
}

// statePictures draws what was in which state.
func statePictures() map[string]string {
	const hour, day = 60 * 60, 24 * 60 * 60
	longest := story.Status(strings.Repeat("ß", 41))
	states := []flow.State{
		{Name: "draft", Category: story.Proposed},
		{Name: "ready", Category: story.Proposed, Waiting: true},
		{Name: "later", Category: story.Proposed},
		{Name: "in_progress", Category: story.Doing},
		{Name: "in_review", Category: story.Doing, Waiting: true},
		{Name: "in_test", Category: story.Doing},
		{Name: longest, Category: story.Doing},
		{Name: "empty", Category: story.Doing},
		{Name: "shipped", Category: story.Completed},
		{Name: "accepted", Category: story.Completed},
		{Name: "seen", Category: story.Completed},
		{Name: "dropped", Category: story.Removed},
	}
	var flown []flow.StateDay
	for i := range 7 {
		flown = append(flown, flow.StateDay{Day: nth(i), Counts: []int{9 + i, 5 - i/2, 1, 3, 2 + i%3, 1, 1, 0, i, 2 * i, i / 3, 4}})
	}
	flown[2].Counts = flown[2].Counts[:4]
	var aged []flow.AgingItem
	for i := range 12 {
		aged = append(aged, flow.AgingItem{Key: fmt.Sprint("PAY-", i), State: "in_progress", Age: 25 - 2*i, InState: 2, Above: []float64{.85, .95}[i/11]})
	}
	for i, above := range []float64{.95, .85, .5, 0} {
		aged = append(aged, flow.AgingItem{Key: fmt.Sprint("SHOP-", i), State: "in_review", Age: 9 - 2*i, Above: above})
	}
	aged[12].Key += " of the customers"
	aging := flow.Aging{Shares: []float64{.5, .95, .85}, Items: aged, States: []flow.AgingState{
		{Name: "in_progress", Items: 20, Percentiles: []int{3, 27, 4}},
		{Name: "in_review", Items: 1, Percentiles: []int{5, 5, 5, 6}},
		{Name: "in_test"},
		{Name: story.Status(strings.Repeat("ß", 40)), Percentiles: []int{1}},
	}}
	spent := []flow.StateTime{
		{State: states[0], Seconds: 900 * day, Left: 9, P50: 90 * day},
		{State: states[1], Seconds: 30 * day, Left: 9, Now: 2, P50: 2*day + 6*hour, P85: 4 * day, P95: 6 * day},
		{State: states[3], Seconds: 70 * day, Left: 1, P50: day, P85: 5 * day, P95: 11 * day},
		{State: states[4], Seconds: 50 * day, Left: 8, Now: 3, P50: 3 * day, P85: 7 * day, P95: 8 * day},
		{State: states[6], Now: 1},
	}
	return map[string]string{
		"states":          render.StateFlowSVG("By state", flow.StateFlow{States: states, Days: flown}),
		"aging":           render.AgingSVG("Ageing", aging),
		"aging-unlined":   render.AgingSVG("Ageing without lines", flow.Aging{Items: aged, States: aging.States[:1]}),
		"state-time":      render.StateTimeSVG("Time in state", spent),
		"state-time-none": render.StateTimeSVG("No time in state", spent[4:]),
	}
}

// forecastPictures draws what is to come, and what came of what was foreseen.
func forecastPictures() map[string]string {
	soon := forecast.Completion{First: 3, Done: []float64{.05, .2, .45, .6, .75, .86, .9, .96, .99, .999, 1, 1}}
	late := forecast.Completion{First: 1}
	for i := range 250 {
		late.Done = append(late.Done, float64((i+1)*(i+1))/70_000)
	}
	confidences := []float64{.5, .85, .95, .9999}
	week := func(k int) string { return nth(7 * k).Format(time.DateOnly) }
	var rows []forecast.RecordRow
	for i, question := range []forecast.Question{forecast.AskHowMany, forecast.AskWhen} {
		for _, horizon := range []int{4, 12} {
			for _, confidence := range []float64{.5, .85, .991234} {
				rows = append(rows, forecast.RecordRow{
					Question: question, Horizon: horizon, Confidence: confidence, Forecasts: 40, Held: 20 + horizon + 3*i, Expected: confidence / 2,
				})
			}
		}
	}
	rows = append(rows, forecast.RecordRow{Question: forecast.AskWhen, Horizon: 50})
	both := slices.Clone(rows)
	for i := range both {
		both[i].HeldAll = 2 * i
	}
	loss := slices.Clone(rows)
	loss[1].PinballAll = .25
	return map[string]string{
		"completion":       render.CompletionSVG("Forecast", soon, confidences, week),
		"completion-bare":  render.CompletionSVG("No confidences", soon, nil, nil),
		"completion-short": render.CompletionSVG("By half a chance", soon, []float64{.2, .04}, nil),
		"completion-first": render.CompletionSVG("By the first", soon, []float64{.04}, nil),
		"completion-one":   render.CompletionSVG("One", forecast.Completion{First: 4, Done: []float64{1}}, nil, func(int) string { return "in a month, perhaps in two" }),
		"completion-long":  render.CompletionSVG("In years", late, confidences, nil),
		"record":           render.RecordSVG("Record", forecast.Record{Rows: rows}),
		"record-both":      render.RecordSVG("Record and the simple model", forecast.Record{Rows: both}),
		"record-loss":      render.RecordSVG("Record and losses", forecast.Record{Rows: loss}),
		"record-none":      render.RecordSVG("No record", forecast.Record{}),
	}
}

// mapPictures draws stories below steps.
func mapPictures(t *testing.T) map[string]string {
	small := mapped(t, asIs)
	for _, to := range []story.Status{story.Ready, story.InProgress} {
		do(t, small, backlog.SetStoryStatus{Story: story.ID(number(3)), To: to})
	}
	return map[string]string{
		"map":      render.StoryMapSVG("Purse", small.View()),
		"map-full": render.StoryMapSVG("All of it", fullMap(t, 2, 3, 15).View()),
		"map-none": render.StoryMapSVG("None of it", empty(t).View()),
	}
}

// fullMap has so many steps, releases, and stories below the first step in the first release: a story in each release after it.
func fullMap(t *testing.T, steps, releases, cell int) *backlog.Backlog {
	b := empty(t)
	var all []roadmap.Step
	for i := range steps {
		all = append(all, roadmap.Step{ID: stepID(i + 1), Title: fmt.Sprint("Step ", i+1)})
	}
	do(t, b, backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID(number(1)), Title: "Pay", Steps: story.ListOf(all...)}})
	for i := range releases {
		release, feature := roadmap.ReleaseID(number(i+1)), roadmap.FeatureID(number(i+1))
		do(t, b, backlog.PlanRelease{Release: roadmap.Release{ID: release, Name: fmt.Sprint("v", i+1), Date: on(1+i, 20)}})
		do(t, b, backlog.AddFeature{Feature: roadmap.Feature{ID: feature, Title: fmt.Sprint("Feature ", i+1), Release: release}})
		count := 1
		if i == 0 {
			count = cell
		}
		for k := range count {
			id := story.ID(number(100*i + k))
			do(
				t, b, backlog.AddStory{Story: story.Story{ID: id, Title: fmt.Sprintf("Card %d.%d", i+1, k+1), Feature: feature}},
				backlog.AssignStoryStep{Story: id, Step: stepID(1 + i%steps)},
			)
		}
	}
	return b
}

// allPictures draws each kind of picture of a few products.
func allPictures(t *testing.T) map[string]string {
	all := flowPictures()
	for _, more := range []map[string]string{statePictures(), forecastPictures(), mapPictures(t)} {
		maps.Copy(all, more)
	}
	return all
}

// Each picture is as it was. With -update the pictures are written to testdata, to look at.
func TestPictures(t *testing.T) {
	for name, svg := range allPictures(t) {
		requireFile(t, name+".svg", svg)
	}
}

var coordinate = regexp.MustCompile(`-?[0-9]+(\.[0-9]+)?`)

// requireFile compares a text with a file of testdata. A number may differ by a tenth, to which coordinates are rounded.
func requireFile(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o600))
	}
	content, err := os.ReadFile(name)
	require.NoError(t, err)
	want := strings.ReplaceAll(string(content), "\r\n", "\n")
	if want == got {
		return
	}
	near := func(text string) string { return coordinate.ReplaceAllString(text, "0") }
	require.Equal(t, near(want), near(got), name)
	was, is := coordinate.FindAllString(want, -1), coordinate.FindAllString(got, -1)
	require.Len(t, is, len(was), name)
	for i := range was {
		before, err := strconv.ParseFloat(was[i], 64)
		require.NoError(t, err)
		after, err := strconv.ParseFloat(is[i], 64)
		require.NoError(t, err)
		require.InDelta(t, before, after, .1001, "%s: number %d, of -update a diff tells more", name, i)
	}
}

var pathPoint = regexp.MustCompile(`[ML](\S+) (\S+) `)

// Nothing begins or ends outside its picture, and nothing has a size below zero.
func TestNothingOutside(t *testing.T) {
	all := allPictures(t)
	for _, more := range []map[string]string{charts("Expense tracking"), flowCharts(t, "Checkout")} {
		for name, svg := range more {
			all["random "+name] = svg
		}
	}
	for name, svg := range all {
		var wide, high float64
		inside := func(x, y float64) {
			require.True(t, x >= 0 && x <= wide && y >= 0 && y <= high, "%s: %v %v is outside of %v x %v", name, x, y, wide, high)
		}
		for decoder := xml.NewDecoder(strings.NewReader(svg)); ; {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			element, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			at := map[string]float64{}
			for _, a := range element.Attr {
				if a.Name.Local == "d" {
					requirePath(t, name, a.Value, inside)
				}
				if x, err := strconv.ParseFloat(a.Value, 64); err == nil {
					at[a.Name.Local] = x
				}
			}
			switch element.Name.Local {
			case "svg":
				wide, high = at["width"], at["height"]
			case "rect":
				require.True(t, at["width"] >= 0 && at["height"] >= 0, "%s: %v", name, at)
				inside(at["x"], at["y"])
				inside(at["x"]+at["width"], at["y"]+at["height"]-.11)
			case "line":
				inside(at["x1"], at["y1"])
				inside(at["x2"], at["y2"])
			case "circle":
				inside(at["cx"]-at["r"], at["cy"]-at["r"])
				inside(at["cx"]+at["r"], at["cy"]+at["r"])
			case "text":
				inside(at["x"], at["y"])
			}
		}
	}
}

// requirePath calls inside for each point of a path.
func requirePath(t *testing.T, name, path string, inside func(x, y float64)) {
	t.Helper()
	rest := pathPoint.ReplaceAllStringFunc(path, func(text string) string {
		point := pathPoint.FindStringSubmatch(text)
		x, err := strconv.ParseFloat(point[1], 64)
		require.NoError(t, err)
		y, err := strconv.ParseFloat(point[2], 64)
		require.NoError(t, err)
		inside(x, y)
		return ""
	})
	require.Contains(t, []string{"", "Z"}, rest, name)
}

var labelOfPicture = regexp.MustCompile(`<text x="([^"]*)" y="([^"]*)" text-anchor="([a-z]*)"[^>]*>([^<]*)<`)

// No label stands upon another, where a character is half as wide as it is high.
func TestLabelsApart(t *testing.T) {
	type box struct {
		left, right, y float64
		text           string
	}
	for name, svg := range allPictures(t) {
		var boxes []box
		for _, found := range labelOfPicture.FindAllStringSubmatch(svg, -1) {
			x, err := strconv.ParseFloat(found[1], 64)
			require.NoError(t, err)
			y, err := strconv.ParseFloat(found[2], 64)
			require.NoError(t, err)
			width := 6 * float64(len([]rune(html.UnescapeString(found[4]))))
			left := x - width*map[string]float64{"start": 0, "middle": .5, "end": 1}[found[3]]
			boxes = append(boxes, box{left, left + width, y, found[4]})
		}
		for i, a := range boxes {
			for _, b := range boxes[:i] {
				apart := math.Abs(a.y-b.y) >= 9 || a.left >= b.right || b.left >= a.right
				require.True(t, apart, "%s: %q and %q", name, a.text, b.text)
			}
		}
	}
}

// Every story is on a card once, unless there is no room: then it is counted.
func TestStoriesOnTheMap(t *testing.T) {
	for cell := range 16 {
		b := fullMap(t, 3, 4, cell+1)
		svg, page := render.StoryMapSVG("x", b.View()), render.StoryMapMarkdown(b.View())
		drawn := strings.Count(svg, ">Card ")
		require.Equal(t, min(cell+1, 12)+3, drawn)
		require.Equal(t, cell+1 > 12, strings.Contains(svg, fmt.Sprintf(">%d more<", cell+1-12)))
		require.Equal(t, cell+1+3, strings.Count(page, "- [ ] Card "))
	}
}

// What a picture has room for: as many are drawn, and of one more no more.
func TestRoomOfPictures(t *testing.T) {
	title := func(n int) string { return "<title>" + strings.Repeat("a", n) }
	columns := func(n int) (aging flow.Aging) {
		for i := range n {
			name := story.Status(fmt.Sprint("state ", i))
			aging.States = append(aging.States, flow.AgingState{Name: name})
			aging.Items = append(aging.Items, flow.AgingItem{State: name, Age: 1})
		}
		return aging
	}
	column := func(n int) flow.Aging {
		aging := flow.Aging{Shares: []float64{.5}, States: []flow.AgingState{{Name: "a", Percentiles: []int{1}}}}
		for range n {
			aging.Items = append(aging.Items, flow.AgingItem{Key: "PAY-1", State: "a", Age: 3, Above: .5})
		}
		return aging
	}
	spent := func(n int) (times []flow.StateTime) {
		for range n {
			times = append(times, flow.StateTime{State: flow.State{Name: "a", Waiting: true}, Left: 1, P95: 5})
		}
		return times
	}
	shares := func(n int) []float64 { return slices.Repeat([]float64{.5}, n) }
	even := func(n int) (c forecast.Completion) {
		for i := range n {
			c.Done = append(c.Done, float64(i+1)/float64(2*n))
		}
		return c
	}
	rows := func(n int) (record forecast.Record) {
		for range n {
			record.Rows = append(record.Rows, forecast.RecordRow{Question: forecast.AskWhen, Horizon: 4, Confidence: .85, Forecasts: 2, Held: 1})
		}
		return record
	}
	named := func(n int) []flow.State {
		return []flow.State{{Name: story.Status(strings.Repeat("a", n)), Category: story.Doing}}
	}
	tests := map[string]struct {
		draw      func(n int) string
		count     string
		most      int
		want, one int // how often there is count: of as many as there is room for, and of one more
	}{
		"title":        {func(n int) string { return render.BurnUpSVG(strings.Repeat("a", n), nil) }, title(64) + "<", 64, 1, 0},
		"longer title": {func(n int) string { return render.BurnUpSVG(strings.Repeat("a", n), nil) }, title(63) + "…<", 64, 0, 1},
		"label of the key": {func(n int) string {
			return render.StateFlowSVG("", flow.StateFlow{States: named(n), Days: []flow.StateDay{{Counts: []int{1}}}})
		}, "…", 24, 0, 1},
		"described state": {func(n int) string {
			return render.StateFlowSVG("", flow.StateFlow{States: named(n), Days: []flow.StateDay{{Counts: []int{1}}}})
		}, "1 " + strings.Repeat("a", 40) + ".", 40, 1, 1},
		"points of a line":   {func(n int) string { return render.BurnUpSVG("", make([]flow.BurnDay, n)) }, "L", 600, 2 * 599, 2 * 599},
		"described days":     {func(n int) string { return render.BurnUpSVG("", make([]flow.BurnDay, n)) }, " of 0 done.", 12, 12, 12},
		"columns of ages":    {func(n int) string { return render.AgingSVG("", columns(n)) }, "<circle", 12, 12, 12},
		"described ages":     {func(n int) string { return render.AgingSVG("", columns(n)) }, " 1 in progress;", 12, 12, 12},
		"ages of a state":    {func(n int) string { return render.AgingSVG("", column(n)) }, "<circle", 200, 200, 200},
		"named ages":         {func(n int) string { return render.AgingSVG("", column(n)) }, ">PAY-1<", 8, 8, 8},
		"described late":     {func(n int) string { return render.AgingSVG("", column(n)) }, "PAY-1 is 3 days old", 8, 8, 8},
		"times in states":    {func(n int) string { return render.StateTimeSVG("", spent(n)) }, ">1 item<", 12, 12, 12},
		"cycle times":        {func(n int) string { return render.CycleTimeSVG("", make([]flow.CycleTime, n), nil) }, "<circle", 1000, 1000, 1001},
		"lines":              {func(n int) string { return render.CycleTimeSVG("", make([]flow.CycleTime, 3), shares(n)) }, "stroke-dasharray", 10, 10, 10},
		"bars of a forecast": {func(n int) string { return render.CompletionSVG("", even(n), nil, nil) }, "<rect", 100, 101, 1 + 51},
		"confidences":        {func(n int) string { return render.CompletionSVG("", even(3), shares(n), nil) }, "stroke-dasharray", 10, 10, 10},
		"described ones":     {func(n int) string { return render.CompletionSVG("", even(3), shares(n), nil) }, "With 50 % by 2.", 10, 10, 10},
		"pairs of bars":      {func(n int) string { return render.RatesSVG("", make([]flow.Rate, n)) }, "<circle", 52, 52, 27},
		"rows of a record":   {func(n int) string { return render.RecordSVG("", rows(n)) }, "<rect", 60, 1 + 2 + 60, 1 + 2 + 60},
		"words below rows":   {func(n int) string { return render.RecordSVG("", rows(n)) }, ">85<", 30, 30, 0},
		"steps of a map":     {func(n int) string { return render.StoryMapSVG("", fullMap(t, n, 1, 1).View()) }, ">Step ", 24, 24, 24},
		"uncounted steps":    {func(n int) string { return render.StoryMapSVG("", fullMap(t, n, 1, 1).View()) }, ", 1 steps not drawn<", 24, 0, 1},
		"releases of a map":  {func(n int) string { return render.StoryMapSVG("", fullMap(t, 1, n, 1).View()) }, ">Card ", 12, 12, 12},
		"uncounted releases": {func(n int) string { return render.StoryMapSVG("", fullMap(t, 1, n, 1).View()) }, ", 1 releases not drawn<", 12, 0, 1},
		"cards of a cell":    {func(n int) string { return render.StoryMapSVG("", fullMap(t, 1, 1, n).View()) }, ">Card ", 12, 12, 12},
		"described cards":    {func(n int) string { return render.StoryMapSVG("", fullMap(t, 1, 1, n).View()) }, "(draft, v1);", 12, 12, 12},
	}
	for name, test := range tests {
		require.Equal(t, test.want, strings.Count(test.draw(test.most), test.count), name)
		require.Equal(t, test.one, strings.Count(test.draw(test.most+1), test.count), "%s and one more", name)
	}
}

// The lines of the grid are at most ten of 1, 2 or 5 times a power of ten, and the last is the first at or above all values.
func TestGrid(t *testing.T) {
	label := regexp.MustCompile(`x="52" y="[^"]*" text-anchor="end"[^>]*>([^<]*)<`)
	for _, most := range []float64{1, 2, 3, 4, 5, 6, 9, 10, 11, 24, 25, 26, 49, 50, 51, 99, 100, 101, 250, 999, 1000, 1e6, 1e9} {
		svg := render.BurnUpSVG("x", []flow.BurnDay{{Day: nth(0), Scope: decimal.NewFromFloat(most)}})
		var values []float64
		for _, found := range label.FindAllStringSubmatch(svg, -1) {
			value, err := strconv.ParseFloat(found[1], 64)
			require.NoError(t, err)
			values = append(values, value)
		}
		require.True(t, len(values) >= 4 && len(values) <= 6, "%v: %v", most, values)
		step, last := values[1], values[len(values)-1]
		require.Zero(t, values[0])
		require.True(t, last >= most && last-step < most, "%v: %v", most, values)
		power := math.Pow(10, math.Floor(math.Log10(step)+1e-9))
		require.Contains(t, []float64{1, 2, 5}, math.Round(step/power*1e6)/1e6)
	}
}
