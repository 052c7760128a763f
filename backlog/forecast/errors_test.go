package forecast_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story/field"
)

// Impossible values are refused, all of them at once, with what would have been right.
func TestBadInput(t *testing.T) {
	share := func(team string, s forecast.Scope) []forecast.PlanShare {
		return []forecast.PlanShare{{Team: team, Scope: s}}
	}
	tests := map[string]struct {
		call func() error
		want []string
	}{
		"history": {
			func() error { _, err := forecast.WhenSimple(forecast.Items(3, -1, 0, -2), scope(5, 4, 3)); return err },
			[]string{
				`forecast: history[1] is "-1", want >= 0`,
				`forecast: history[3] is "-2", want >= 0`,
				`forecast: low is "5", want <= likely, which is 4`,
				`forecast: likely is "4", want <= high, which is 3`,
			},
		},
		"no history": {
			func() error { _, err := forecast.HowManySimple(nil, -1); return err },
			[]string{
				"forecast: no history, want at least one period",
				`forecast: periods is "-1", want 0 to 10000`,
			},
		},
		"nothing ever done": {
			func() error { _, err := forecast.WhenGrowing(forecast.Items(0), scope(1, 1, 1), nil); return err },
			[]string{
				"forecast: throughput is zero in every period, never completes",
				`forecast: growth is "[]", want at least one period`,
			},
		},
		"growth": {
			func() error {
				_, err := forecast.WhenGrowing(forecast.Items(1), scope(1, 1, 1), forecast.Items(0, -3))
				return err
			},
			[]string{`forecast: growth[1] is "-3", want >= 0`},
		},
		"amounts beyond all bounds": {
			func() error {
				_, err := forecast.WhenSimple(forecast.History{decimal.New(1, 999999999), decimal.New(1, -999999999), d("0.00001")},
					forecast.Exactly(d("1000000001")))
				return err
			},
			[]string{
				`forecast: history[0] is "a decimal with exponent 999999999", want 0 to 1000000000 with at most 4 decimal places`,
				`forecast: history[1] is "a decimal with exponent -999999999", want 0 to 1000000000 with at most 4 decimal places`,
				`forecast: history[2] is "0.00001", want 0 to 1000000000 with at most 4 decimal places`,
				`forecast: low is "1000000001", want 0 to 1000000000 with at most 4 decimal places`,
				`forecast: likely is "1000000001", want 0 to 1000000000 with at most 4 decimal places`,
				`forecast: high is "1000000001", want 0 to 1000000000 with at most 4 decimal places`,
			},
		},
		"pool": {
			func() error { _, err := forecast.Pool(forecast.Items(-1, 0), nil); return err },
			[]string{`forecast: a[0] is "-1", want >= 0`, "forecast: no history, want at least one period"},
		},
		"dates": {
			func() error {
				_, err := forecast.Schedule{}.Dates(forecast.Completion{First: forecast.MaxPeriods, Done: []float64{0, 1}})
				return err
			},
			[]string{
				`forecast: days is "0", want 1 to 366`,
				`forecast: periods is "10001", want 0 to 10000`,
				`forecast: working is "nil", want a calendar`,
			},
		},
		"plan": {
			func() error {
				_, err := forecast.Plan{
					Teams: []forecast.PlanTeam{
						{Key: "a", History: forecast.Items(1)}, {Key: "a"}, {Key: "b", History: forecast.Items(0)},
					},
					Features: []forecast.PlanFeature{
						{Key: "x", Shares: share("c", forecast.ItemScope(-1))},
						{Key: "x", Shares: append(share("a", scope(2, 1, 1)), share("a", scope(1, 1, 1))...)},
					},
				}.ForecastSimple()
				return err
			},
			[]string{
				`forecast: duplicate key: team "a"`,
				`forecast: no history, want at least one period (team "a")`,
				`forecast: throughput is zero in every period, never completes (team "b")`,
				`forecast: unknown: team "c" of feature "x"`,
				`forecast: features["x"].shares["c"].low is "-1", want >= 0`,
				`forecast: features["x"].shares["c"].likely is "-1", want >= 0`,
				`forecast: features["x"].shares["c"].high is "-1", want >= 0`,
				`forecast: duplicate key: feature "x"`,
				`forecast: features["x"].shares["a"].low is "2", want <= likely, which is 1`,
				`forecast: duplicate key: team "a" has two shares of feature "x"`,
			},
		},
		"capacity cut": {
			func() error { _, err := quickPlan().WithCapacity("z", d("-0.5")); return err },
			[]string{`forecast: unknown: team "z"`, `forecast: factor is "-0.5", want >= 0`},
		},
		"feature moved": {
			func() error { _, err := quickPlan().WithFeatureAt("q", 3); return err },
			[]string{`forecast: unknown: feature "q"`, `forecast: position is "3", want 0 to 2`},
		},
		"feature dropped": {
			func() error { _, err := quickPlan().WithoutFeature("q"); return err },
			[]string{`forecast: unknown: feature "q"`},
		},
		"schedule": {
			func() error { _, err := forecast.Schedule{Start: day(0)}.Date(-1); return err },
			[]string{
				`forecast: days is "0", want 1 to 366`,
				`forecast: periods is "-1", want 0 to 10000`,
				`forecast: working is "nil", want a calendar`,
			},
		},
		"calendar without a working day": {
			func() error {
				_, err := forecast.Schedule{Days: 1, Working: func(time.Time) bool { return false }}.Date(1)
				return err
			},
			[]string{"forecast: no working day in ten years"},
		},
		"simulation": {
			func() error { _, err := forecast.Simulate(nil, 0, nil); return err },
			[]string{`forecast: runs is "0", want 1 to 10000000`},
		},
		"trial": {
			func() error {
				_, err := forecast.Simulate(func(*rand.Rand) int { return -1 }, 1, rand.NewPCG(1, 1))
				return err
			},
			[]string{`forecast: periods of a trial is "-1", want >= 0`},
		},
		"walk": {
			func() error { _, err := forecast.TrialRemaining(forecast.Items(1), d("1"), []int{0, 1}); return err },
			[]string{`forecast: drawn[1] is "1", want 0 to 0`},
		},
		"backtest": {
			func() error {
				_, err := forecast.Items(1, 2).Backtest(forecast.BacktestOptions{
					Levels: []float64{.5, 85}, Warmup: -1, Window: -1, Horizon: -1, Amount: d("-1"),
				})
				return err
			},
			[]string{
				`forecast: warmup is "-1", want 1 to 10000`,
				`forecast: window is "-1", want 0 to 10000`,
				`forecast: horizon is "-1", want 1 to 10000`,
				`forecast: amount is "-1", want >= 0`,
				`forecast: levels[1] is "85", want above 0, at most 1`,
			},
		},
		"capacity": {
			func() error {
				_, err := forecast.StartCapacity([]forecast.Member{
					member(0, "1", "0"), member(forecast.MemberTester, "1.5", "0"), member(forecast.MemberTester, "1", "-1"),
				}, d("-8"))
				return err
			},
			[]string{
				`forecast: per_person is "-8", want >= 0`,
				`forecast: team[0].role is "", want one of developer, tester, product owner, scrum master`,
				`forecast: team[1].share is "1.5", want 0 to 1`,
				`forecast: team[2].days_off is "-1", want >= 0`,
			},
		},
		"person-days": {
			func() error { _, err := forecast.PersonDays(-1, 5, 6); return err },
			[]string{`forecast: people is "-1", want 0 to 1000000`, `forecast: holidays is "6", want 0 to 5`},
		},
		"focus factor": {
			func() error { _, err := forecast.FocusFactor(d("-1"), d("0"), 2); return err },
			[]string{`forecast: velocity is "-1", want >= 0`, `forecast: person_days is "0", want > 0`},
		},
		"estimated velocity": {
			func() error { _, err := forecast.EstimatedVelocity(d("-1"), d("-1")); return err },
			[]string{`forecast: person_days is "-1", want >= 0`, `forecast: focus_factor is "-1", want >= 0`},
		},
		"sprints": {
			func() error {
				_, err := forecast.FillSprints(d("0"), []decimal.Decimal{d("1"), d("-1")})
				return err
			},
			[]string{
				`forecast: velocity is "0", want > 0`,
				`forecast: items[1] is "-1", want >= 0`,
			},
		},
		"velocity": {
			func() error { _, err := forecast.Velocity([]forecast.SprintItem{{Points: d("-1")}}); return err },
			[]string{`forecast: sprint[0].points is "-1", want >= 0`},
		},
		"sprints for": {
			func() error { _, err := forecast.SprintsFor(d("-1"), d("0")); return err },
			[]string{`forecast: remaining is "-1", want >= 0`, `forecast: velocity is "0", want > 0`},
		},
		"points in": {
			func() error { _, _, err := forecast.PointsIn(1, d("2"), d("1")); return err },
			[]string{`forecast: low is "2", want <= high, which is 1`},
		},
		"one out of range, two that descend": {
			forecast.PERT{Optimistic: d("-1"), Likely: d("3"), Pessimistic: d("2")}.Validate,
			[]string{`forecast: optimistic is "-1", want >= 0`, `forecast: likely is "3", want <= pessimistic, which is 2`},
		},
		"triangular": {
			func() error { _, err := forecast.PERT{Optimistic: d("2"), Likely: d("1")}.Triangular(1); return err },
			[]string{
				`forecast: optimistic is "2", want <= likely, which is 1`,
				`forecast: likely is "1", want <= pessimistic, which is 0`,
			},
		},
		"role": {
			func() error { var r forecast.MemberRole; return r.UnmarshalText([]byte("boss")) },
			[]string{`forecast: member_role is "boss", want one of developer, tester, product owner, scrum master`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := test.call()
			require.EqualError(t, err, strings.Join(test.want, "\n"))
			if strings.Contains(err.Error(), ", want ") && !strings.HasPrefix(err.Error(), "forecast: no history") {
				require.ErrorIs(t, err, field.ErrInvalid)
			}
		})
	}
}

// What is too large is refused at once, not tried.
func TestTooLarge(t *testing.T) {
	tests := map[string]func() error{
		"scope": func() error {
			_, err := forecast.WhenSimple(forecast.Items(1), forecast.ItemScope(forecast.MaxUnits+1))
			return err
		},
		"fine units": func() error {
			_, err := forecast.WhenSimple(forecast.History{d("0.0001")}, forecast.ItemScope(1000))
			return err
		},
		"uncertainty": func() error { _, err := forecast.WhenSimple(forecast.Items(1), scope(0, 1, 50_000)); return err },
		"uncertainty in a plan": func() error {
			p := quickPlan()
			p.Features[1].Shares[0].Scope = scope(0, 1, 50_000)
			_, err := p.Simulate(1, rand.NewPCG(1, 1))
			return err
		},
		"uncertainty in a row": func() error {
			p := quickPlan()
			p.Features[0].Shares[0].Scope = scope(0, 1, 15_000)
			p.Features[1].Shares[0].Scope = scope(0, 1, 15_000)
			_, err := p.ForecastSimple()
			return err
		},
		"pairs": func() error {
			long := make(forecast.History, 1001)
			_, err := forecast.Pool(long, long)
			return err
		},
		"output": func() error { _, err := forecast.HowManySimple(forecast.Items(1, 1_000_000_000), 10_000); return err },
		"growth": func() error {
			_, err := forecast.WhenGrowing(forecast.Items(1), scope(1, 1, 1), forecast.Items(1_000_000))
			return err
		},
		"sprints": func() error {
			_, err := forecast.SpanSprints(d("0.0001"), []decimal.Decimal{d("1000000000")})
			return err
		},
	}
	for name, call := range tests {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			require.ErrorIs(t, call(), forecast.ErrTooLarge)
			t.Log(time.Since(start).Round(time.Microsecond))
		})
	}
}

// The largest of what is allowed is answered.
func TestLargest(t *testing.T) {
	tests := map[string]func() error{
		"scope": func() error {
			_, err := forecast.WhenSimple(forecast.Items(20, 30, 41), forecast.ItemScope(forecast.MaxUnits))
			return err
		},
		"no spread": func() error {
			_, err := forecast.WhenSimple(forecast.Items(10), forecast.ItemScope(forecast.MaxUnits))
			return err
		},
		"uncertain": func() error { _, err := forecast.WhenSimple(forecast.Items(0, 1), scope(0, 1_000, 4_000)); return err },
		"output":    func() error { _, err := forecast.HowManySimple(forecast.Items(0, 100), 10_000); return err },
		"runaway": func() error {
			_, err := forecast.WhenGrowing(forecast.Items(0, 1), scope(50, 50, 50), forecast.Items(0, 3, 1))
			return err
		},
	}
	for name, call := range tests {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			require.NoError(t, call())
			t.Log(time.Since(start).Round(time.Millisecond))
		})
	}
}

func TestRoleText(t *testing.T) {
	for role := forecast.MemberDeveloper; role <= forecast.MemberScrumMaster; role++ {
		text, err := role.MarshalText()
		require.NoError(t, err)
		var back forecast.MemberRole
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, role, back)
	}
	_, err := forecast.MemberRole(7).MarshalText()
	require.ErrorIs(t, err, field.ErrInvalid)
}

// Whatever a host reads from its users: an error or a sound answer, and soon.
func FuzzWhen(f *testing.F) {
	f.Fuzz(func(t *testing.T, history, amounts string) {
		h, s := decimals(history), decimals(amounts)
		if len(s) < 3 {
			return
		}
		scope := forecast.Scope{Low: s[0], Likely: s[1], High: s[2]}
		if scope.High.GreaterThan(d("1000")) { // keep the fuzzer quick
			return
		}
		c, err := forecast.WhenSimple(h, scope)
		if err != nil {
			return
		}
		before := 0.0
		for k, p := range c.All() {
			if within := c.Within(k); p < 0 || within < before {
				t.Fatalf("in %d: %v with %v, after %v", k, within, p, before)
			}
			before = c.Within(k)
		}
		require.LessOrEqual(t, before, 1.0)
	})
}

func decimals(list string) (out []decimal.Decimal) {
	for text := range strings.SplitSeq(list, ",") {
		if d, err := decimal.NewFromString(text); err == nil {
			out = append(out, d)
		}
	}
	return out
}

// Lists without elements are lists in JSON too.
func TestEmptyLists(t *testing.T) {
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	ten := []decimal.Decimal{decimal.NewFromInt(10)}
	one := forecast.Items(1)
	c := calibrate(t, one, 0)
	never := func(*rand.Rand) int { return forecast.MaxPeriods + 1 }
	for name, result := range map[string]func() (any, error){
		"no items":     func() (any, error) { return forecast.SpanSprints(ten[0], nil) },
		"idle sprints": func() (any, error) { return forecast.SpanSprints(decimal.NewFromInt(3), ten) },
		"fill":         func() (any, error) { return forecast.FillSprints(decimal.NewFromInt(3), ten) },
		"compare":      func() (any, error) { return forecast.ComparePlans(nil, nil, .5), nil },
		"kept":         func() (any, error) { return forecast.KeptPromises(nil, now), nil },
		"outcomes":     func() (any, error) { return forecast.Outcomes(nil, nil, now) },
		"plan":         func() (any, error) { return forecast.Plan{}.Forecast() },
		"cuts":         func() (any, error) { return forecast.Plan{}.Cuts(3, .5) },
		"backtest":     func() (any, error) { return one.Backtest(forecast.BacktestOptions{}) },
		"record":       func() (any, error) { return c.Record(forecast.RecordOptions{Full: true}) },
		"how many":     func() (any, error) { return c.HowMany(0) },
		"never":        func() (any, error) { return forecast.WhenSimple(one, forecast.ItemScope(20_000)) },
		"simulated":    func() (any, error) { return forecast.Simulate(never, 2, rand.NewPCG(1, 1)) },
		"measures":     func() (any, error) { return forecast.CompareMeasures(nil, flow.Weeks(nil), now) },
		"dates": func() (any, error) {
			return forecast.Schedule{Start: now, Days: 7, Working: flow.EveryDay}.Dates(forecast.Completion{})
		},
	} {
		value, err := result()
		require.NoError(t, err, name)
		text, err := json.Marshal(value)
		require.NoError(t, err, name)
		require.NotContains(t, string(text), "null", name)
	}
}
