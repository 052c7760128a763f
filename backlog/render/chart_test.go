package render_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
)

const hostileTitle = `</title></text><script>alert("1")</script>&amp;' <!-- ]]>` + "\x00\x1b\xff\u202e"

// nth is a day, n days after the first.
func nth(n int) time.Time { return start.AddDate(0, 0, n) }

// charts draws one of each kind, with this title and label.
func charts(title string) map[string]string {
	rng := rand.New(rand.NewPCG(18, 18))
	var items []flow.Item
	var burn []flow.BurnDay
	scope, done := 120, 0
	for i := range 60 {
		created := nth(rng.IntN(40)).Add(time.Duration(i) * time.Minute)
		item := flow.Item{Created: created, Started: created.AddDate(0, 0, 1+rng.IntN(6))}
		if rng.IntN(4) > 0 {
			item.Done = item.Started.AddDate(0, 0, rng.IntN(12))
		}
		items = append(items, item)
		done += rng.IntN(4)
		scope += rng.IntN(5) / 3
		burn = append(burn, flow.BurnDay{
			Day: nth(i), Scope: decimal.NewFromInt(int64(scope)), Done: decimal.NewFromInt(int64(done)),
		})
	}
	flow, err := flow.CumulativeFlow(items, flow.WorkTime{}, nth(0), nth(59))
	if err != nil {
		panic(err)
	}
	c, err := forecast.WhenSimple(forecast.Items(1, 3, 5, 3, 7, 8, 0, 5), forecast.ItemScope(60))
	if err != nil {
		panic(err)
	}
	return map[string]string{
		"burn-up":       render.BurnUpSVG(title, burn),
		"flow":          render.FlowSVG(title, flow),
		"completion":    render.CompletionSVG(title, c, []float64{.5, .85, .95}, func(k int) string { return nth(7 * k).Format(time.DateOnly) }),
		"hostile label": render.CompletionSVG(title, c, []float64{.5, .85, .95, 7}, func(int) string { return title }),
	}
}

// requireSVG parses a picture and returns its words.
func requireSVG(t *testing.T, svg string) string {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(svg))
	var words strings.Builder
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return words.String()
		}
		if err != nil {
			require.NoError(t, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if !slices.Contains([]string{"svg", "title", "desc", "style", "rect", "text", "line", "path", "circle"}, token.Name.Local) {
				t.Fatalf("unexpected element: %s", token.Name.Local)
			}
			for _, a := range token.Attr {
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Fatalf("%s is no number: %s", a.Name.Local, a.Value)
				}
			}
		case xml.CharData:
			words.Write(token)
		case xml.Comment, xml.Directive:
			require.Fail(t, "unexpected markup")
		}
	}
}

func TestChartsAreWellFormed(t *testing.T) {
	for _, title := range []string{"Expense tracking", "", hostileTitle, strings.Repeat("ß<", 1<<20)} {
		for name, svg := range charts(title) {
			words := requireSVG(t, svg)
			require.NotContains(t, svg, "<script", name)
			require.Less(t, len(svg), 40_000, name)
			if len(title) < 80 && title != "" && title != hostileTitle {
				require.Contains(t, words, title)
			}
			require.Equal(t, svg, charts(title)[name], "same input, same picture")
		}
	}
}

// Whatever the values, a picture comes out, and not a large one.
func TestChartsOfAnything(t *testing.T) {
	many := make([]flow.Day, 30_000)
	for i := range many {
		many[i] = flow.Day{Day: nth(i), Created: i, Started: i / 2, Done: i / 3}
	}
	long, err := forecast.WhenSimple(forecast.Items(0, 0, 0, 0, 0, 0, 0, 0, 0, 1), forecast.ItemScope(500))
	require.NoError(t, err)
	tests := map[string]string{
		"no burn":        render.BurnUpSVG("x", nil),
		"one burn":       render.BurnUpSVG("x", []flow.BurnDay{{Day: nth(0), Scope: decimal.NewFromInt(3), Done: decimal.RequireFromString("1.5")}}),
		"all zero":       render.BurnUpSVG("x", make([]flow.BurnDay, 5)),
		"beyond bounds":  render.BurnUpSVG("x", []flow.BurnDay{{Scope: decimal.New(1, 9999), Done: decimal.NewFromInt(-4)}, {Scope: decimal.New(1, -9999)}}),
		"no flow":        render.FlowSVG("x", nil),
		"eighty years":   render.FlowSVG("x", many),
		"negative flow":  render.FlowSVG("x", []flow.Day{{Created: -4}, {Created: -3, Done: 1 << 30}}),
		"no forecast":    render.CompletionSVG("x", forecast.Completion{}, nil, nil),
		"long forecast":  render.CompletionSVG("x", long, []float64{.85}, nil),
		"broken numbers": render.CompletionSVG("x", forecast.Completion{Done: []float64{math.NaN(), -1, 1e300}}, []float64{.5}, nil),
	}
	for name, svg := range tests {
		t.Run(name, func(t *testing.T) {
			requireSVG(t, svg)
			require.Less(t, len(svg), 60_000)
		})
	}
}

// CHARTS=DIR go test -run TestWriteCharts writes the pictures to look at.
func TestWriteCharts(t *testing.T) {
	dir := os.Getenv("CHARTS")
	if dir == "" {
		t.Skip("CHARTS names no directory")
	}
	for name, svg := range charts("Expense tracking: " + hostileTitle) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".svg"), []byte(svg), 0o600))
	}
}
