package forecast_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// Two teams and three features against everything that can happen in up to three periods.
func TestPlanAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(10, 10))
	for range 200 {
		a := randomHistory(rng, 1+rng.IntN(3), 4)
		b := randomHistory(rng, 1+rng.IntN(3), 4)
		todo := [3][2]int{{-1, -1}, {-1, -1}, {-1, -1}} // of each feature, for each team; -1 for no share
		plan := forecast.Plan{Teams: []forecast.PlanTeam{
			{Key: "a", History: forecast.Items(a...)}, {Key: "b", History: forecast.Items(b...)},
		}}
		for i, key := range []string{"x", "y", "z"} {
			f := forecast.PlanFeature{Key: key}
			for j, team := range []string{"a", "b"} {
				if rng.IntN(3) > 0 {
					todo[i][j] = rng.IntN(5)
					f.Shares = append(f.Shares, forecast.PlanShare{Team: team, Scope: forecast.ItemScope(todo[i][j])})
				}
			}
			plan.Features = append(plan.Features, f)
		}
		got, err := plan.ForecastSimple()
		require.NoError(t, err)
		for k := range 4 {
			want := planWithin(a, b, todo, k)
			for i := range got {
				require.InDelta(t, want[i], got[i].Completion.Within(k), 2e-10)
			}
		}
	}
}

// planWithin counts the outcomes of k periods in which each feature is done.
func planWithin(a, b []int, todo [3][2]int, k int) (p [3]float64) {
	outcomes := 0
	var play func(k, doneA, doneB int)
	play = func(k, doneA, doneB int) {
		if k > 0 {
			for _, x := range a {
				for _, y := range b {
					play(k-1, doneA+x, doneB+y)
				}
			}
			return
		}
		outcomes++
		dueA, dueB := 0, 0
		for i, f := range todo {
			dueA += max(0, f[0])
			dueB += max(0, f[1])
			if (f[0] < 0 || doneA >= dueA) && (f[1] < 0 || doneB >= dueB) {
				p[i]++
			}
		}
	}
	play(k, 0, 0)
	for i := range p {
		p[i] /= float64(outcomes)
	}
	return p
}

// The scopes of features in a row add up, also when they are uncertain.
func TestPlanAddsUncertainScopes(t *testing.T) {
	history := []int{0, 1, 2, 3, 5}
	plan := forecast.Plan{
		Teams: []forecast.PlanTeam{{Key: "a", History: forecast.Items(history...)}},
		Features: []forecast.PlanFeature{
			{Key: "x", Shares: []forecast.PlanShare{{Team: "a", Scope: scope(2, 4, 9)}}},
			{Key: "y", Shares: []forecast.PlanShare{{Team: "a", Scope: scope(0, 1, 5)}}},
		},
	}
	got, err := plan.ForecastSimple()
	require.NoError(t, err)
	sum := map[int]float64{}
	for n, p := range triangle(2, 4, 9) {
		for m, q := range triangle(0, 1, 5) {
			sum[n+m] += p * q
		}
	}
	requireWithin(t, within(history, triangle(2, 4, 9), 30), got[0].Completion)
	requireWithin(t, within(history, sum, 30), got[1].Completion)
}

// Half points beside whole ones: each scope keeps its own grid.
func TestPlanAddsGrids(t *testing.T) {
	plan := func(scopes ...forecast.Scope) forecast.Completion {
		p := forecast.Plan{Teams: []forecast.PlanTeam{{Key: "a", History: forecast.Items(0, 1, 2, 3)}}}
		for i, s := range scopes {
			p.Features = append(p.Features, forecast.PlanFeature{
				Key: string(rune('a' + i)), Shares: []forecast.PlanShare{{Team: "a", Scope: s}},
			})
		}
		got, err := p.ForecastSimple()
		require.NoError(t, err)
		return got[len(got)-1].Completion
	}
	fine := forecast.Scope{Low: d("1.5"), Likely: d("2"), High: d("2.5")}
	require.Equal(t, plan(fine, scope(3, 4, 5)), plan(scope(3, 4, 5), fine))
	require.Equal(t, plan(fine, forecast.ItemScope(7)), plan(forecast.ItemScope(3), fine, forecast.ItemScope(4)))
}

// A certain scope has no grid: however fine, it adds nothing to what is uncertain.
func TestPlanAddsFineAndWide(t *testing.T) {
	p := quickPlan()
	p.Features[0].Shares[0].Scope = forecast.Exactly(d("1.0001"))
	p.Features[1].Shares[0].Scope = scope(0, 5, 10_000)
	fineFirst, err := p.ForecastSimple()
	require.NoError(t, err)
	p.Features[0], p.Features[1] = p.Features[1], p.Features[0]
	wideFirst, err := p.ForecastSimple()
	require.NoError(t, err)
	require.Equal(t, fineFirst[1].Completion, wideFirst[1].Completion)
}

func quickPlan() forecast.Plan {
	share := func(n int) []forecast.PlanShare {
		return []forecast.PlanShare{{Team: "a", Scope: forecast.ItemScope(n)}}
	}
	return forecast.Plan{
		Teams: []forecast.PlanTeam{{Key: "a", History: forecast.Items(2)}},
		Features: []forecast.PlanFeature{
			{Key: "x", Shares: share(4)}, {Key: "y", Shares: share(6)}, {Key: "z", Shares: share(2)},
		},
	}
}

func TestWhatIf(t *testing.T) {
	before, err := quickPlan().ForecastSimple()
	require.NoError(t, err)
	tests := map[string]struct {
		change func(forecast.Plan) (forecast.Plan, error)
		want   []forecast.FeatureDelay
	}{
		"half the capacity": {
			func(p forecast.Plan) (forecast.Plan, error) { return p.WithCapacity("a", d("0.5")) },
			[]forecast.FeatureDelay{{Key: "x", Before: 2, After: 4}, {Key: "y", Before: 5, After: 10}, {Key: "z", Before: 6, After: 12}},
		},
		"the first dropped": {
			func(p forecast.Plan) (forecast.Plan, error) { return p.WithoutFeature("x") },
			[]forecast.FeatureDelay{{Key: "x", Before: 2, After: -1}, {Key: "y", Before: 5, After: 3}, {Key: "z", Before: 6, After: 4}},
		},
		"the last moved up": {
			func(p forecast.Plan) (forecast.Plan, error) { return p.WithFeatureAt("z", 0) },
			[]forecast.FeatureDelay{{Key: "x", Before: 2, After: 3}, {Key: "y", Before: 5, After: 6}, {Key: "z", Before: 6, After: 1}},
		},
		"nothing": {
			func(p forecast.Plan) (forecast.Plan, error) { return p.WithFeatureAt("y", 1) },
			[]forecast.FeatureDelay{{Key: "x", Before: 2, After: 2}, {Key: "y", Before: 5, After: 5}, {Key: "z", Before: 6, After: 6}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			plan := quickPlan()
			changed, err := test.change(plan)
			require.NoError(t, err)
			require.Equal(t, quickPlan(), plan, "the plan itself stays")
			after, err := changed.ForecastSimple()
			require.NoError(t, err)
			require.Equal(t, test.want, forecast.ComparePlans(before, after, .85))
		})
	}
	added := forecast.ComparePlans(before[:1], before, .5)
	require.Equal(t, forecast.FeatureDelay{Key: "z", Before: -1, After: 6}, added[2])
	_, ok := added[2].Delta()
	require.False(t, ok)
}

// A plan of one team with one feature is the calibrated forecast of it, and its completion states that the
// whole is not backtested.
func TestPlanIsCalibrated(t *testing.T) {
	rng := rand.New(rand.NewPCG(101, 1))
	for range 20 {
		h := forecast.Items(randomHistory(rng, 20+rng.IntN(60), 8)...)
		changed := rng.IntN(len(h) + 1)
		scope := forecast.ItemScope(rng.IntN(60))
		plan := forecast.Plan{
			Teams:    []forecast.PlanTeam{{Key: "red", History: h, Changed: changed}},
			Features: []forecast.PlanFeature{{Key: "a", Shares: []forecast.PlanShare{{Team: "red", Scope: scope}}}},
		}
		got, err := plan.Forecast()
		require.NoError(t, err)
		want, err := calibrate(t, h, changed).When(scope)
		require.NoError(t, err)
		for k := range 200 {
			require.Equal(t, want.Within(k), got[0].Completion.Within(k))
		}
		require.Equal(t, "calibrated by team, not backtested as a whole", got[0].Completion.Calibration.Model)
		simple, err := plan.ForecastSimple()
		require.NoError(t, err)
		require.Zero(t, simple[0].Completion.Calibration)
	}
	_, err := forecast.Plan{Teams: []forecast.PlanTeam{{Key: "red", History: forecast.Items(1), Changed: 2}}}.Forecast()
	require.ErrorContains(t, err, `teams["red"].changed`)
}

// A delay is known where both plans have a percentile, of no periods too.
func TestDelta(t *testing.T) {
	for _, tt := range []struct {
		before, after, want int
		ok                  bool
	}{{0, 0, 0, true}, {0, 3, 3, true}, {3, 0, -3, true}, {-1, 0, 1, false}, {0, -1, -1, false}, {-1, -1, 0, false}} {
		got, ok := forecast.FeatureDelay{Before: tt.before, After: tt.after}.Delta()
		require.Equal(t, tt.ok, ok, "%+v", tt)
		require.Equal(t, tt.want, got, "%+v", tt)
	}
	never := []forecast.FeatureForecast{{Key: "x", Completion: forecast.Completion{Done: []float64{.2}}}}
	soon := []forecast.FeatureForecast{{Key: "x", Completion: forecast.Completion{Done: []float64{1}}}}
	require.Equal(t, []forecast.FeatureDelay{{Key: "x", Before: -1, After: 0}}, forecast.ComparePlans(never, soon, .5))
	require.Equal(t, []forecast.FeatureDelay{{Key: "x", Before: 0, After: -1}}, forecast.ComparePlans(soon, never, .5))
}

// A size that is not certain is simulated as the convolution has it.
func TestSimulatedSizes(t *testing.T) {
	history := randomHistory(rand.New(rand.NewPCG(15, 9)), 2*forecast.MinCalibrated, 4)
	for _, s := range []forecast.Scope{scope(1, 2, 9), scope(0, 10, 10), {Sizes: decimals("1,1,6")}, {Sizes: decimals("3,3,3")}} {
		p := forecast.Plan{
			Teams:    []forecast.PlanTeam{{Key: "a", History: forecast.Items(history...)}},
			Features: []forecast.PlanFeature{{Key: "x", Shares: []forecast.PlanShare{{Team: "a", Scope: s}}}},
		}
		want, err := p.Forecast()
		require.NoError(t, err)
		got, err := p.Simulate(2000, rand.NewPCG(1, 9))
		require.NoError(t, err)
		for k := range 20 {
			require.InDelta(t, want[0].Completion.Within(k), got[0].Completion.Within(k), .05, "%v in %d", s, k)
		}
	}
}
