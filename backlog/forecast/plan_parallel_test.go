package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story/field"
)

// randomPlan is a plan of whole items: features need only earlier ones, so that the first of the list that
// is not done can always be begun.
func randomPlan(rng *rand.Rand, teams, features int) forecast.Plan {
	var p forecast.Plan
	for i := range teams {
		p.Teams = append(p.Teams, forecast.PlanTeam{
			Key: string(rune('a' + i)), History: forecast.Items(randomHistory(rng, 1+rng.IntN(3), 5)...), WIP: rng.IntN(4),
		})
	}
	for i := range features {
		f := forecast.PlanFeature{Key: fmt.Sprint(i)}
		for _, t := range p.Teams {
			if rng.IntN(teams+1) > 0 {
				f.Shares = append(f.Shares, forecast.PlanShare{Team: t.Key, Scope: forecast.ItemScope(rng.IntN(5))})
			}
		}
		for j := range i {
			if rng.IntN(4) == 0 {
				f.Needs = append(f.Needs, fmt.Sprint(j))
			}
		}
		p.Features = append(p.Features, f)
	}
	rng.Shuffle(features, func(i, j int) { p.Features[i], p.Features[j] = p.Features[j], p.Features[i] })
	return p
}

// withWork gives every share something to do: the twin looks at nothing before the first period.
func withWork(p forecast.Plan) forecast.Plan {
	for _, f := range p.Features {
		for j, share := range f.Shares {
			f.Shares[j].Scope = forecast.Exactly(share.Scope.Low.Add(d("1")))
		}
	}
	return p
}

// office is the dumb twin of a plan: in every tick each share in progress gets the same, and everybody
// looks at everything.
type office struct {
	p      forecast.Plan
	left   []map[string]float64 // of each feature, by team
	begun  []map[string]bool
	done   []int // the period in which a feature was done, -1 while it is not
	period int
}

func newOffice(p forecast.Plan) *office {
	o := &office{p: p}
	for _, f := range p.Features {
		left := map[string]float64{}
		for _, share := range f.Shares {
			left[share.Team] = share.Scope.Low.InexactFloat64()
		}
		o.left, o.begun, o.done = append(o.left, left), append(o.begun, map[string]bool{}), append(o.done, -1)
	}
	o.look()
	return o
}

func (o *office) index(key string) int {
	return slices.IndexFunc(o.p.Features, func(f forecast.PlanFeature) bool { return f.Key == key })
}

// staff adds the teams that have a share in a feature or in what it needs.
func (o *office) staff(i int, of map[string]bool) map[string]bool {
	for _, share := range o.p.Features[i].Shares {
		of[share.Team] = true
	}
	for _, key := range o.p.Features[i].Needs {
		o.staff(o.index(key), of)
	}
	return of
}

// isKnown reports whether a team knows that all that a feature needs is done: at once if nobody else is concerned,
// or else in the next period.
func (o *office) isKnown(i int, team string) bool {
	for _, key := range o.p.Features[i].Needs {
		j := o.index(key)
		staff := o.staff(j, map[string]bool{})
		own := len(staff) == 1 && staff[team]
		if o.done[j] < 0 || o.done[j] == o.period && !own {
			return false
		}
	}
	return true
}

// look notes what is done.
func (o *office) look() {
	for range o.p.Features {
		for i, f := range o.p.Features {
			if o.done[i] >= 0 || len(o.left[i]) > 0 || len(f.Shares) > 0 {
				continue
			}
			waits := false
			for _, key := range f.Needs {
				waits = waits || o.done[o.index(key)] < 0
			}
			if !waits {
				o.done[i] = o.period
			}
		}
	}
}

// fill begins what a team has room for, and returns what it has in progress.
func (o *office) fill(team forecast.PlanTeam) (open []int) {
	for i := range o.p.Features {
		if o.begun[i][team.Key] {
			open = append(open, i)
		}
	}
	for i := range o.p.Features {
		if _, has := o.left[i][team.Key]; has && !o.begun[i][team.Key] && len(open) < max(1, team.WIP) && o.isKnown(i, team.Key) {
			o.begun[i][team.Key] = true
			open = append(open, i)
		}
	}
	return open
}

// work does an amount of one team in the present period.
func (o *office) work(team forecast.PlanTeam, amount float64) {
	for open := o.fill(team); amount > 1e-9 && len(open) > 0; open = o.fill(team) {
		tick := amount / float64(len(open))
		for _, i := range open {
			tick = min(tick, o.left[i][team.Key])
		}
		amount -= tick * float64(len(open))
		for _, i := range open {
			o.left[i][team.Key] -= tick
			if o.left[i][team.Key] < 1e-9 {
				delete(o.left[i], team.Key)
				delete(o.begun[i], team.Key)
			}
			if len(o.left[i]) == 0 && o.done[i] < 0 {
				o.done[i] = o.period
			}
		}
		o.look()
	}
}

// run works through periods; what a team has done up to each of them is a func.
func (o *office) run(periods int, total func(team, k int) float64) []int {
	for o.period = 1; o.period <= periods; o.period++ {
		for i, team := range o.p.Teams {
			o.work(team, total(i, o.period)-total(i, o.period-1))
		}
	}
	return o.done
}

// Plans with several features at once, with needs and with releases, against all that can happen in three
// periods.
func TestParallelPlanAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 4))
	exact := 0
	for range 600 {
		p := withWork(randomPlan(rng, 1+rng.IntN(2), 1+rng.IntN(5)))
		got, err := p.ForecastSimple()
		if err != nil {
			require.ErrorIs(t, err, forecast.ErrNotExact)
			continue
		}
		exact++
		const periods = 3
		paths := make([][][]float64, len(p.Teams)) // of each team, what is done after 0, 1, 2 ... periods
		for i, team := range p.Teams {
			paths[i] = [][]float64{{0}}
			for range periods {
				var longer [][]float64
				for _, path := range paths[i] {
					for _, d := range team.History {
						longer = append(longer, append(slices.Clone(path), path[len(path)-1]+d.InexactFloat64()))
					}
				}
				paths[i] = longer
			}
		}
		want, runs := make([][periods + 1]float64, len(p.Features)), 0.0
		for i := range len(paths[0]) * len(paths[len(paths)-1]) {
			at := []int{i % len(paths[0]), i / len(paths[0])}
			done := newOffice(p).run(periods, func(team, k int) float64 { return paths[team][at[team]][k] })
			if len(paths) == 1 && at[0] != at[1] {
				continue
			}
			runs++
			for f, k := range done {
				for ; k >= 0 && k <= periods; k++ {
					want[f][k]++
				}
			}
		}
		for f := range got {
			for k := range periods + 1 {
				require.InDelta(t, want[f][k]/runs, got[f].Completion.Within(k), 1e-9, "feature %s in %d of %+v", got[f].Key, k, p)
			}
		}
	}
	require.Greater(t, exact, 200)
}

// Where nothing waits for another team, a simulation comes to what the convolution has.
func TestSimulatedPlanIsThePlan(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 5))
	exact := 0
	for range 40 {
		p := randomPlan(rng, 1+rng.IntN(3), 1+rng.IntN(6))
		for i := range p.Teams {
			n := []int{5, 29, 40}[rng.IntN(3)]
			p.Teams[i].History = forecast.Items(randomHistory(rng, n, 6)...)
			p.Teams[i].Changed = rng.IntN(n)
		}
		want, err := p.Forecast()
		if err != nil {
			require.ErrorIs(t, err, forecast.ErrNotExact)
			continue
		}
		exact++
		const runs = 2000
		got, err := p.Simulate(runs, rand.NewPCG(1, rng.Uint64()))
		require.NoError(t, err)
		for i := range want {
			for k := range 12 {
				require.InDelta(t, want[i].Completion.Within(k), got[i].Completion.Within(k), .03, "feature %s in %d of %+v", want[i].Key, k, p)
			}
			if len(p.Features[i].Shares) == 1 { // one team: the levels are spread evenly
				for k := range 12 {
					require.InDelta(t, want[i].Completion.Within(k), got[i].Completion.Within(k), 2./runs)
				}
			}
		}
	}
	require.Greater(t, exact, 15)
}

// Features that wait for other teams, against the dumb twin at levels that are spread evenly.
func TestSimulatedPlanAgainstOffice(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 6))
	for range 6 {
		p := withWork(randomPlan(rng, 2, 5))
		var totals [][][]float64 // by team, level and period
		const levels, periods = 60, 8
		for i := range p.Teams {
			p.Teams[i].History = forecast.Items(randomHistory(rng, 35, 6)...)
			c := calibrate(t, p.Teams[i].History, 0)
			total := make([][]float64, levels)
			for k := range periods + 1 {
				out, err := c.HowMany(k)
				require.NoError(t, err)
				for j := range total {
					least, ok := out.Percentile((float64(j) + .5) / levels)
					require.True(t, ok)
					total[j] = append(total[j], least.InexactFloat64())
				}
			}
			totals = append(totals, total)
		}
		want := make([][periods + 1]float64, len(p.Features))
		for i := range levels * levels {
			at := []int{i % levels, i / levels}
			for f, k := range newOffice(p).run(periods, func(team, k int) float64 { return totals[team][at[team]][k] }) {
				for ; k >= 0 && k <= periods; k++ {
					want[f][k]++
				}
			}
		}
		got, err := p.Simulate(4000, rand.NewPCG(2, 3))
		require.NoError(t, err)
		for f := range got {
			for k := 1; k <= periods; k++ {
				require.InDelta(t, want[f][k]/levels/levels, got[f].Completion.Within(k), .04, "feature %s in %d of %+v", got[f].Key, k, p)
			}
		}
		again, err := p.Simulate(4000, rand.NewPCG(2, 3))
		require.NoError(t, err)
		require.Equal(t, got, again)
	}
}

// A feature that waits for nothing is not done later: the sum without needs bounds every simulation.
func TestNeedsOnlyDelayAll(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 7))
	for range 20 {
		p := randomPlan(rng, 2, 5)
		for i := range p.Teams {
			p.Teams[i].History = forecast.Items(randomHistory(rng, 35, 6)...)
		}
		free := p
		free.Features = slices.Clone(p.Features)
		all := forecast.PlanFeature{Key: "all"}
		for i, f := range free.Features {
			all.Needs = append(all.Needs, f.Key)
			free.Features[i].Needs = nil
		}
		p.Features = append(slices.Clone(p.Features), all)
		free.Features = append(free.Features, all)
		bound, err := free.Forecast()
		require.NoError(t, err)
		const runs = 1000
		got, err := p.Simulate(runs, rand.NewPCG(1, 1))
		require.NoError(t, err)
		last := len(got) - 1
		for k := range 30 {
			require.LessOrEqual(t, got[last].Completion.Within(k), bound[last].Completion.Within(k)+.04)
		}
	}
}

// What stays holds; with the first that leaves it does not. More confidence or less time never keeps a feature before
// one that it let go.
func TestPlanCuts(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 8))
	leaving := 0
	for range 60 {
		p := randomPlan(rng, 1+rng.IntN(2), 1+rng.IntN(6))
		for i := range p.Teams {
			p.Teams[i].History = forecast.Items(randomHistory(rng, []int{9, 40}[rng.IntN(2)], 6)...)
		}
		periods, confidence := rng.IntN(5), []float64{.5, .7, .85, .95}[rng.IntN(4)]
		cuts, err := p.Cuts(periods, confidence)
		simulated, simErr := p.SimulateCuts(periods, confidence, 400, rand.NewPCG(4, 4))
		require.NoError(t, simErr)
		if err != nil {
			require.ErrorIs(t, err, forecast.ErrNotExact)
			cuts = simulated
		} else {
			require.InDelta(t, cuts.Whole, simulated.Whole, .06)
		}
		require.GreaterOrEqual(t, cuts.Rest, cuts.Whole)
		require.GreaterOrEqual(t, cuts.Rest, confidence)
		gone := map[string]bool{}
		for _, cut := range cuts.Leaving {
			gone[cut.Key] = true
			leaving++
		}
		if err != nil {
			continue
		}
		require.Equal(t, cuts.Whole, joint(t, p, nil, periods))
		require.Equal(t, cuts.Rest, joint(t, p, gone, periods))
		for _, f := range p.Features { // nothing that stays needs what leaves
			for _, key := range f.Needs {
				require.False(t, !gone[f.Key] && gone[key])
			}
		}
		for _, cut := range cuts.Leaving {
			require.Less(t, cut.Within, confidence)
		}
	}
	require.Greater(t, leaving, 40)
}

// joint is the probability that all that is not gone is done, by a release that needs it.
func joint(t *testing.T, p forecast.Plan, gone map[string]bool, periods int) float64 {
	var rest forecast.Plan
	rest.Teams = slices.Clone(p.Teams)
	for i := range rest.Teams {
		rest.Teams[i].WIP = 0
	}
	all := forecast.PlanFeature{Key: "all"}
	for _, f := range p.Features {
		if !gone[f.Key] {
			all.Needs = append(all.Needs, f.Key)
			rest.Features = append(rest.Features, f)
		}
	}
	rest.Features = append(rest.Features, all)
	got, err := rest.Forecast()
	require.NoError(t, err)
	return got[len(got)-1].Completion.Within(periods)
}

func TestTogether(t *testing.T) {
	both, err := forecast.Together(forecast.Items(1, 2, 3), forecast.Items(5))
	require.NoError(t, err)
	require.Equal(t, "[1 2 8]", fmt.Sprint(both))
	_, err = forecast.Together()
	require.ErrorIs(t, err, forecast.ErrNoHistory)
	_, err = forecast.Together(forecast.Items(0), forecast.Items(0))
	require.ErrorIs(t, err, forecast.ErrNoThroughput)
	_, err = forecast.Together(forecast.Items(1), nil)
	require.ErrorIs(t, err, forecast.ErrNoHistory)
	most := decimal.New(1, 9)
	_, err = forecast.Together(forecast.History{most}, forecast.History{most})
	require.ErrorIs(t, err, field.ErrInvalid)
}

func TestScopeLike(t *testing.T) {
	finished := []decimal.Decimal{d("8"), d("3"), d("13"), d("5")}
	got, err := forecast.ScopeLike(finished, d("5"), d("2"))
	require.NoError(t, err)
	require.Equal(t, forecast.SizeEstimate{Scope: forecast.Scope{Sizes: []decimal.Decimal{d("6"), d("11"), d("3")}}, Alike: 3}, got)
	got, err = forecast.ScopeLike(finished, d("20"), d("2"))
	require.NoError(t, err)
	require.Equal(t, forecast.SizeEstimate{Scope: forecast.ItemScope(18)}, got)
	_, err = forecast.ScopeLike([]decimal.Decimal{d("-1")}, d("1"), d("2"))
	require.ErrorContains(t, err, "finished[0]")
	_, err = forecast.ScopeLike(nil, d("1"), d("2"))
	require.ErrorContains(t, err, "done")

	// A scope of sizes is the mean of what each of them has.
	h := forecast.Items(1, 3, 0, 4)
	mixed, err := forecast.WhenSimple(h, forecast.Scope{Sizes: []decimal.Decimal{d("2"), d("7.5"), d("2")}})
	require.NoError(t, err)
	small, err := forecast.WhenSimple(h, forecast.ItemScope(2))
	require.NoError(t, err)
	large, err := forecast.WhenSimple(h, forecast.Exactly(d("7.5")))
	require.NoError(t, err)
	for k := range 12 {
		require.InDelta(t, (2*small.Within(k)+large.Within(k))/3, mixed.Within(k), 2e-10)
	}
	for _, s := range []forecast.Scope{
		{Sizes: []decimal.Decimal{d("1"), d("-1")}}, {Low: d("1"), Likely: d("1"), High: d("1"), Sizes: []decimal.Decimal{d("1")}},
	} {
		require.ErrorIs(t, s.Validate(), field.ErrInvalid)
	}
	_, err = forecast.WhenSimple(h, forecast.Scope{Sizes: []decimal.Decimal{d("0.0001"), d("900")}})
	require.NoError(t, err)
	_, err = forecast.WhenSimple(h, forecast.Scope{Sizes: []decimal.Decimal{d("0.0001"), d("1"), d("900")}})
	require.ErrorIs(t, err, forecast.ErrTooLarge)
}

func TestSchedulePeriods(t *testing.T) {
	s := forecast.Schedule{Start: onDay("2027-01-04"), Days: 5, Working: flow.Weekdays()}
	for text, want := range map[string]int{"2026-01-01": 0, "2027-01-07": 0, "2027-01-08": 1, "2027-01-14": 1, "2027-01-15": 2} {
		k, err := s.Periods(onDay(text))
		require.NoError(t, err)
		require.Equal(t, want, k, text)
		if k > 0 {
			last, err := s.Date(k)
			require.NoError(t, err)
			require.False(t, last.After(onDay(text)))
		}
	}
	_, err := s.Periods(onDay("2600-01-01"))
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = forecast.Schedule{}.Periods(onDay("2027-01-08"))
	require.ErrorIs(t, err, field.ErrInvalid)
	s.Working = func(time.Time) bool { return false }
	_, err = s.Periods(onDay("2027-01-08"))
	require.ErrorIs(t, err, forecast.ErrNoWorkingDay)
}

func TestBadPlans(t *testing.T) {
	p := quickPlan()
	p.Features[0].Needs = []string{"z"}
	p.Features[2].Needs = []string{"y"}
	require.NoError(t, p.Validate())
	p.Features[1].Needs = []string{"x"}
	require.ErrorIs(t, p.Validate(), forecast.ErrCycle)
	p.Features[1].Needs = []string{"w", "z", "z"}
	require.ErrorIs(t, p.Validate(), forecast.ErrUnknown)
	require.ErrorIs(t, p.Validate(), forecast.ErrDuplicate)
	p = quickPlan()
	p.Teams[0].WIP = -1
	require.ErrorContains(t, p.Validate(), `teams["a"].wip`)
	p = quickPlan()
	p.Teams[0].WIP = 2
	p.Features[0].Shares[0].Scope = scope(1, 2, 3)
	_, err := p.Forecast()
	require.ErrorIs(t, err, forecast.ErrNotExact)
	_, err = p.Cuts(3, .85)
	require.NoError(t, err)
	_, err = p.Cuts(-1, 2)
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = p.Simulate(0, rand.NewPCG(1, 1))
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = p.SimulateCuts(10_000, .85, 100_000, rand.NewPCG(1, 1))
	require.ErrorIs(t, err, forecast.ErrTooLarge)
	_, err = p.SimulateCuts(1, 0, 1, rand.NewPCG(1, 1))
	require.ErrorIs(t, err, field.ErrInvalid)

	large := forecast.Plan{Features: make([]forecast.PlanFeature, forecast.MaxPlanFeatures)}
	require.Less(t, len(large.Validate().Error()), 20_000)
	large.Features = append(large.Features, forecast.PlanFeature{})
	require.ErrorIs(t, large.Validate(), field.ErrInvalid)
}

func onDay(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}
