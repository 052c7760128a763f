package render_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/story"
)

// somePast is half a year of a team whose reviews pile up.
func somePast() flow.Past {
	rng := rand.New(rand.NewPCG(15, 9))
	p := flow.Past{States: flow.StatesOf(story.DefaultWorkflow())}
	way := []story.Status{story.Draft, story.Ready, story.InProgress, story.InReview, story.Accepted}
	for i := range 140 {
		at := nth(i).Add(time.Duration(rng.IntN(20)) * time.Hour)
		h := flow.StateHistory{Key: fmt.Sprint("PAY-", i)}
		for k, state := range way {
			stay := flow.Stay{State: state, From: at, To: at.Add(time.Duration((1+rng.IntN(60*(1+k)))*(1+rng.IntN(3))) * time.Hour)}
			if at = stay.To; state == story.Accepted || at.After(nth(150)) {
				stay.To = time.Time{}
				h.Stays = append(h.Stays, stay)
				break
			}
			h.Stays = append(h.Stays, stay)
		}
		p.Items = append(p.Items, h)
	}
	return p
}

// flowCharts draws the pictures of flow.
func flowCharts(t testing.TB, title string) map[string]string {
	p, now, shares := somePast(), nth(150), []float64{.5, .85, .95}
	picture, err := p.StateFlow(flow.WorkTime{}, nth(0), now)
	require.NoError(t, err)
	aging, err := p.Aging(shares, flow.WorkTime{}, now)
	require.NoError(t, err)
	var items []flow.Item
	for _, h := range p.Items {
		item := flow.Item{Key: h.Key, Created: h.Stays[0].From}
		for _, s := range h.Stays {
			switch {
			case s.State == story.InProgress:
				item.Started = s.From
			case s.State == story.Accepted && !s.From.After(now):
				item.Done = s.From
			}
		}
		items = append(items, item)
	}
	times, err := flow.CycleTimes(items, flow.WorkTime{}, now)
	require.NoError(t, err)
	rates, err := flow.Rates(items, flow.Weeks(nil), now)
	require.NoError(t, err)
	spent, err := p.TimeInState(flow.WorkTime{}, now)
	require.NoError(t, err)
	return map[string]string{
		"rates":  render.RatesSVG(title, rates),
		"spent":  render.StateTimeSVG(title, spent),
		"states": render.StateFlowSVG(title, picture),
		"aging":  render.AgingSVG(title, aging),
		"cycle":  render.CycleTimeSVG(title, times, shares),
	}
}

// CHARTS=DIR go test -run TestFlowCharts writes the pictures to look at.
func TestFlowCharts(t *testing.T) {
	for _, title := range []string{"Checkout", hostileTitle} {
		again := flowCharts(t, title)
		for name, svg := range flowCharts(t, title) {
			words := requireSVG(t, svg)
			require.NotContains(t, svg, "<script", name)
			require.Less(t, len(svg), 40_000, name)
			require.Equal(t, svg, again[name], "same input, same picture")
			require.Contains(t, svg, `role="img"`)
			require.Contains(t, svg, "<desc>")
			require.Contains(t, words, "prefers-color-scheme")
			if dir := os.Getenv("CHARTS"); dir != "" && title == "Checkout" {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name+".svg"), []byte(svg), 0o600))
			}
		}
	}
	require.Contains(t, flowCharts(t, "x")["cycle"], "85 %: ")
}

// Whatever the values, a picture comes out, and not a large one.
func TestFlowChartsOfAnything(t *testing.T) {
	long := strings.Repeat("ß<", 1<<16)
	key := hostileTitle + long
	var states []flow.State
	var columns []flow.AgingState
	var aged []flow.AgingItem
	for i := range 100 {
		name := story.Status(fmt.Sprint(i, long))
		states = append(states, flow.State{Name: name, Category: story.Category(i % 5), Waiting: i%2 == 0})
		columns = append(columns, flow.AgingState{Name: name, Items: 3, Percentiles: []int{-1, 5, math.MaxInt}})
		for range 300 {
			aged = append(aged, flow.AgingItem{Key: key, State: name, Age: i, Above: 7})
		}
	}
	many := make([]flow.StateDay, 10_000)
	for i := range many {
		many[i] = flow.StateDay{Day: nth(i), Counts: []int{i, -4, 3, 7, i / 2}}
	}
	times := make([]flow.CycleTime, 50_000)
	for i := range times {
		times[i] = flow.CycleTime{Done: nth(i / 9), Days: i % 50}
	}
	rates := make([]flow.Rate, 10_000)
	for i := range rates {
		rates[i] = flow.Rate{From: nth(7 * i), To: nth(7*i + 7), Arrived: i % 9, Done: i % 7, InProgress: -i}
	}
	spent := make([]flow.StateTime, 100)
	for i := range spent {
		spent[i] = flow.StateTime{State: states[i], Seconds: math.MaxInt64, Left: i, P50: int64(-i), P85: math.MaxInt64, P95: 5}
	}
	tests := map[string]string{
		"no rates":      render.RatesSVG("x", nil),
		"one rate":      render.RatesSVG("x", rates[3:4]),
		"many rates":    render.RatesSVG(long, rates),
		"huge rates":    render.RatesSVG("x", []flow.Rate{{Arrived: math.MaxInt, Done: math.MaxInt, InProgress: math.MinInt}, {}}),
		"no times":      render.StateTimeSVG("x", nil),
		"many times":    render.StateTimeSVG(long, spent),
		"no states":     render.StateFlowSVG("x", flow.StateFlow{}),
		"many states":   render.StateFlowSVG(long, flow.StateFlow{States: states, Days: many}),
		"no cycles":     render.CycleTimeSVG("x", nil, []float64{.5}),
		"one cycle":     render.CycleTimeSVG("x", times[7:8], []float64{.5, .85}),
		"many cycles":   render.CycleTimeSVG("x", times, []float64{.5, math.NaN(), -1, 1, .2, .3, .4, .5, .6, .7, .8, .9}),
		"out of order":  render.CycleTimeSVG("x", []flow.CycleTime{{Done: nth(9), Days: -4}, {Done: nth(0), Days: math.MaxInt}}, nil),
		"no ages":       render.AgingSVG("x", flow.Aging{}),
		"many ages":     render.AgingSVG(long, flow.Aging{Shares: []float64{.5, .7, .9}, States: columns, Items: aged}),
		"no shares":     render.AgingSVG("x", flow.Aging{States: columns}),
		"broken shares": render.AgingSVG("x", flow.Aging{Shares: []float64{math.NaN(), math.Inf(1)}, States: columns, Items: aged[:5]}),
	}
	for name, svg := range tests {
		t.Run(name, func(t *testing.T) {
			requireSVG(t, svg)
			require.Less(t, len(svg), 420_000)
		})
	}
}

func ExampleStateFlowSVG() {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	svg := render.StateFlowSVG("Flow", flow.StateFlow{
		States: flow.StatesOf(story.DefaultWorkflow()), Days: []flow.StateDay{{Day: day, Counts: []int{0, 4, 2, 3, 1, 0}}},
	})
	fmt.Println(svg[strings.Index(svg, "<desc>"):strings.Index(svg, "</desc>")])
	// Output: <desc>Cumulative flow by state. 2026-03-02: 4 ready (waits), 2 in progress, 3 in review (waits), 1 accepted.
}

func ExampleCycleTimeSVG() {
	done := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	svg := render.CycleTimeSVG("Cycle times", []flow.CycleTime{{Done: done, Days: 3}, {Done: done, Days: 8}}, []float64{.5, .85})
	fmt.Println(svg[strings.Index(svg, "<desc>"):strings.Index(svg, "</desc>")])
	// Output: <desc>Cycle times of 2 items done from 2026-03-02 to 2026-03-02. 50 % within 3 days. 85 % within 8 days.
}

func ExampleAgingSVG() {
	svg := render.AgingSVG("Ageing", flow.Aging{
		Shares: []float64{.85},
		States: []flow.AgingState{{Name: story.InReview, Items: 20, Percentiles: []int{6}}},
		Items:  []flow.AgingItem{{Key: "PAY-7", State: story.InReview, Age: 9, InState: 4, Above: .85}},
	})
	fmt.Println(svg[strings.Index(svg, "<desc>"):strings.Index(svg, "</desc>")])
	// Output: <desc>Age of the work in progress, by state. in review: 1 in progress, 85 % had left it at 6 days; PAY-7 is 9 days old.
}

func ExampleRatesSVG() {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	svg := render.RatesSVG("Arrivals", []flow.Rate{
		{From: monday, Arrived: 6, Done: 3, InProgress: 4}, {From: monday.AddDate(0, 0, 7), Arrived: 5, Done: 4, InProgress: 5},
	})
	fmt.Println(svg[strings.Index(svg, "<desc>"):strings.Index(svg, "</desc>")])
	// Output: <desc>Arrivals and departures: 11 came and 7 were done in 2 periods. From 2026-03-02: 6 came, 3 done, 4 in progress at the end. From 2026-03-09: 5 came, 4 done, 5 in progress at the end.
}

func ExampleStateTimeSVG() {
	const day = 24 * 60 * 60
	svg := render.StateTimeSVG("Time in state", []flow.StateTime{
		{State: flow.State{Name: story.InProgress, Category: story.Doing}, Seconds: 30 * day, Left: 9, P50: 2 * day, P85: 4 * day, P95: 6 * day},
		{State: flow.State{Name: story.InReview, Category: story.Doing, Waiting: true}, Seconds: 50 * day, Left: 8, Now: 3, P50: 3 * day, P85: 7 * day, P95: 8 * day},
	})
	fmt.Println(svg[strings.Index(svg, "<desc>"):strings.Index(svg, "</desc>")])
	// Output: <desc>Time in each state, in working days. in progress: half of 9 items within 2.0, 85 % within 4.0, 95 % within 6.0; 0 there now. in review (waits): half of 8 items within 3.0, 85 % within 7.0, 95 % within 8.0; 3 there now. Most time went into: in review.
}
