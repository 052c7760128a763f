package render_test

import (
	"encoding/xml"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
)

func someRecord(t testing.TB, full bool) forecast.Record {
	rng := rand.New(rand.NewPCG(3, 4))
	counts := make([]int, 120)
	for i := range counts {
		counts[i] = rng.IntN(2 + (i/20)%4*3)
	}
	f, err := forecast.Calibrate(forecast.Items(counts...), forecast.CalibrateOptions{})
	require.NoError(t, err)
	record, err := f.Record(forecast.RecordOptions{Full: full})
	require.NoError(t, err)
	return record
}

func TestRecordSVG(t *testing.T) {
	record := someRecord(t, true)
	svg := render.RecordSVG("Forecasts & <what> came", record)
	if name := os.Getenv("RECORD_SVG"); name != "" {
		require.NoError(t, os.WriteFile(name, []byte(svg), 0o600))
	}
	require.Contains(t, svg, "<title>Forecasts &amp; &lt;what&gt; came</title>")
	require.Equal(t, 24, strings.Count(svg, "<circle"))
	require.Equal(t, 25, strings.Count(svg, "<desc>")+strings.Count(svg, "expected "))
	row := record.Rows[2]
	rate, _ := row.Rate()
	require.Contains(t, svg, fmt.Sprintf("how many, 4 periods, 85 %%: held %v %% of %d, expected %v %%",
		math.Round(1000*rate)/10, row.Forecasts, math.Round(1000*row.Expected)/10))
	require.NoError(t, xml.Unmarshal([]byte(svg), new(struct{})))

	svg = render.RecordSVG("x", someRecord(t, false))
	require.NotContains(t, svg, "<circle")
	require.NotContains(t, svg, "simple")
	require.NotContains(t, render.RecordSVG("x", forecast.Record{}), "<rect x=\"75")
	many := forecast.Record{Rows: make([]forecast.RecordRow, 1000)}
	for i := range many.Rows {
		many.Rows[i] = forecast.RecordRow{Question: forecast.Question(i), Horizon: i, Forecasts: 3, Held: 2}
	}
	require.Less(t, len(render.RecordSVG(strings.Repeat("long", 1000), many)), 60_000)
}

func ExampleRecordSVG() {
	record := forecast.Record{Rows: []forecast.RecordRow{
		{Question: forecast.AskHowMany, Horizon: 4, Confidence: .85, Forecasts: 100, Held: 87, Expected: .88},
	}}
	svg := render.RecordSVG("How forecasts did", record)
	fmt.Println(svg[strings.Index(svg, "<desc>"):strings.Index(svg, "</desc>")])
	// Output: <desc>How often forecasts of the past held. how many, 4 periods, 85 %: held 87 % of 100, expected 88 %.
}
