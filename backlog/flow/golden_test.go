package flow_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story/field"
)

func d(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// golden holds figures from published sources.
var golden = map[string]func(t *testing.T){
	// streamingagile.wordpress.com 2016, Little's law.
	"little-001": func(t *testing.T) {
		throughput, err := flow.LittleThroughput(d("4"), d("7"), 2)
		require.NoError(t, err)
		require.Equal(t, "0.57", throughput.String())
	},
	"little-002": func(t *testing.T) {
		throughput, err := flow.LittleThroughput(d("3"), d("8"), 3)
		require.NoError(t, err)
		items, err := flow.LittleWIP(throughput, d("60"))
		require.NoError(t, err)
		require.Equal(t, "0.375", throughput.String())
		require.Equal(t, "22.5", items.StringFixed(1))
	},
	// software-testing.com 11642; it prints 1.66, cut off.
	"little-003": func(t *testing.T) {
		few, err := flow.LittleCycleTime(d("3"), d("3"), 2)
		require.NoError(t, err)
		more, err := flow.LittleCycleTime(d("5"), d("3"), 2)
		require.NoError(t, err)
		require.Equal(t, "1.00", few.StringFixed(2))
		require.Equal(t, "1.67", more.StringFixed(2))
	},
	// Computed by the definition of markgrove.net: p % of the items took that long or less.
	"ct-001": func(t *testing.T) {
		days := []int{1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 12, 13, 14, 15, 16, 18, 20, 21, 25, 40}
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(days), func(i, j int) { days[i], days[j] = days[j], days[i] })
		for share, want := range map[float64]int{.5: 12, .85: 20, .95: 25} {
			got, ok := flow.PercentileOf(days, share)
			require.True(t, ok)
			require.Equal(t, want, got)
		}
	},
	// pacemkr.ca, The cycle time scatter plot: both ends count.
	"ct-002": func(t *testing.T) {
		day := time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)
		got, ok := flow.Item{Started: day.Add(9 * time.Hour), Done: day.Add(17 * time.Hour)}.CycleTime(flow.WorkTime{})
		require.True(t, ok)
		require.Equal(t, 1, got)
	},
}

func TestGolden(t *testing.T) {
	for id, test := range golden {
		t.Run(id, test)
	}
}

// No case of the shared collection is left out.
func TestGoldenComplete(t *testing.T) {
	data, err := os.ReadFile("../../../shared/golden/golden.json")
	if err != nil {
		t.Skip("the shared golden cases are not here: ", err)
	}
	var cases []struct{ ID string }
	require.NoError(t, json.Unmarshal(data, &cases))
	for _, c := range cases {
		if kind, _, _ := strings.Cut(c.ID, "-"); kind == "little" || kind == "ct" {
			require.Contains(t, golden, c.ID)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := map[string]struct {
		call func() error
		want []string
	}{
		"items that end before they begin": {
			func() error {
				items := []flow.Item{
					{Key: "a"}, {Key: "b", Created: day(2), Started: day(1), Done: day(0)}, {Key: "c", Created: day(0)},
				}
				_, err := flow.CumulativeFlow(items, flow.WorkTime{}, day(3), day(2))
				return err
			},
			[]string{
				`flow: items[0] ("a") created is "", want an instant`,
				`flow: items[1] ("b") started is "2026-03-03T00:00:00Z", want not before created, which is 2026-03-04T00:00:00Z`,
				`flow: items[1] ("b") done is "2026-03-02T00:00:00Z", want not before created, which is 2026-03-04T00:00:00Z`,
				`flow: items[1] ("b") done is "2026-03-02T00:00:00Z", want not before started, which is 2026-03-03T00:00:00Z`,
				`flow: to is "2026-03-04", want from 2026-03-05 to a hundred years later`,
			},
		},
		"throughput of no days": {
			func() error { _, err := flow.ThroughputOf(nil, flow.Periods{}, day(1)); return err },
			[]string{`flow: days is "0", want 1 to 366`},
		},
		"Little": {
			func() error {
				_, a := flow.LittleThroughput(d("-1"), d("0"), 1)
				_, b := flow.LittleCycleTime(d("1"), d("0"), 1)
				_, c := flow.LittleWIP(d("-1"), d("1"))
				return errors.Join(a, b, c)
			},
			[]string{
				`flow: wip is "-1", want >= 0`, `flow: cycle_time is "0", want > 0`,
				`flow: throughput is "0", want > 0`, `flow: throughput is "-1", want >= 0`,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := test.call()
			require.ErrorIs(t, err, field.ErrInvalid)
			require.Equal(t, test.want, strings.Split(err.Error(), "\n"))
		})
	}
}

// A share of a/n is that of exactly a of n values.
func TestPercentileOfShares(t *testing.T) {
	for n := 1; n <= 60; n++ {
		values := make([]int, n)
		for i := range values {
			values[i] = i + 1
		}
		for a := 1; a <= n; a++ {
			got, ok := flow.PercentileOf(values, float64(a)/float64(n))
			require.True(t, ok)
			require.Equal(t, a, got, "%d of %d", a, n)
		}
	}
	for _, share := range []float64{0, -1, 1.01, math.NaN()} {
		_, ok := flow.PercentileOf([]int{1}, share)
		require.False(t, ok)
	}
	_, ok := flow.PercentileOf(nil, .5)
	require.False(t, ok)
}

// Instants that differ by less than a second are told apart in the message.
func TestErrorOfCloseInstants(t *testing.T) {
	created := day(0).Add(500 * time.Millisecond)
	err := flow.Item{Created: created, Started: day(0)}.Validate()
	require.EqualError(t, err, `flow: started is "2026-03-02T00:00:00Z", `+
		`want not before created, which is 2026-03-02T00:00:00.5Z`)
}
