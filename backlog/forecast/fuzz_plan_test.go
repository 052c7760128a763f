package forecast_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// FuzzPlan holds that no plan makes a forecast panic, that what it returns are probabilities that do not fall with
// time, and that what leaves a plan leaves something that holds.
func FuzzPlan(f *testing.F) {
	for _, text := range []string{
		`{"teams":[{"key":"a","history":[1,0,3],"wip":2}],"features":[{"key":"x","shares":[{"team":"a","scope":{"low":2,"likely":2,"high":2}}]},` +
			`{"key":"y","shares":[{"team":"a","scope":{"low":0,"likely":0,"high":0,"sizes":[2,7.5]}}],"needs":["x"]},{"key":"z","needs":["x","y"]}]}`,
		`{"teams":[{"key":"a","history":[1e999999999]},{"key":"b","history":[0.0001,1000000000],"changed":1,"year":7}],"features":[` +
			`{"key":"x","shares":[{"team":"b","scope":{"low":1,"likely":1000000000,"high":1000000000}}],"needs":["x"]}]}`,
		`{"teams":[{"key":"","history":[0,4]},{"key":"b","history":[3]}],"features":[{"key":"","shares":[{"team":"","scope":{"low":1,"likely":1,"high":1}}]},` +
			`{"key":"1","shares":[{"team":"b","scope":{"low":0,"likely":0,"high":0}}],"needs":[""]}]}`,
	} {
		f.Add([]byte(text), uint8(3))
	}
	f.Fuzz(func(t *testing.T, text []byte, periods uint8) {
		var p forecast.Plan
		if len(text) > 4096 || json.Unmarshal(text, &p) != nil {
			t.Skip()
		}
		if err := p.Validate(); err != nil {
			require.Less(t, len(err.Error()), 100_000)
			return
		}
		exact, err := p.Forecast()
		requireForecasts(t, exact, err)
		simulated, err := p.Simulate(3, rand.NewPCG(1, 1))
		requireForecasts(t, simulated, err)
		if cuts, err := p.Cuts(int(periods), .85); err == nil {
			require.GreaterOrEqual(t, cuts.Rest, .85)
			require.LessOrEqual(t, len(cuts.Leaving), len(p.Features))
		}
	})
}

func requireForecasts(t *testing.T, forecasts []forecast.FeatureForecast, err error) {
	t.Helper()
	if err != nil {
		require.Less(t, len(err.Error()), 2_000)
		return
	}
	for _, one := range forecasts {
		before := 0.0
		for k := range 20 {
			p := one.Completion.Within(k)
			if p < before || p > 1 {
				t.Fatalf("%s in %d: %v", one.Key, k, p)
			}
			before = p
		}
	}
}
