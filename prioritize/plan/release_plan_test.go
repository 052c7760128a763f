package plan_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

type (
	releasesOptions = plan.ReleasesOptions[string]
	releasePlan     = plan.Releases[string, int]
)

// releaseSeries is an input of SelectReleases.
type releaseSeries struct {
	release
	capacities []decimal.Decimal
	opts       releasesOptions
}

func (s releaseSeries) plan() (*releasePlan, error) {
	return plan.SelectReleases(s.items, s.requests, s.capacities, s.opts)
}

// randomSeries makes several releases of a random one, each with a part of its capacity.
func randomSeries(r *rand.Rand) releaseSeries {
	s := releaseSeries{release: randomRelease(r)}
	s.opts.Exclusive = s.release.opts.Exclusive
	n := 1 + r.IntN(3)
	for range n {
		s.capacities = append(s.capacities, s.capacity.Mul(decimal.New(2+r.Int64N(9), -1)))
	}
	return s
}

func (s *releaseSeries) randomPromises(r *rand.Rand) {
	for _, request := range s.requests {
		if r.IntN(3) == 0 {
			s.opts.Promised = append(s.opts.Promised,
				promise{request.Key, r.IntN(len(s.capacities))})
		}
	}
}

// promisedFor returns the release that a request is promised for, -1 for none.
func (s releaseSeries) promisedFor(key string) int {
	for _, p := range s.opts.Promised {
		if p.Key == key {
			return p.Period
		}
	}
	return -1
}

func (s releaseSeries) excludes(a, b string) bool {
	return a != b && slices.ContainsFunc(s.opts.Exclusive, func(set []string) bool {
		return slices.Contains(set, a) && slices.Contains(set, b)
	})
}

// requireSeries checks that each release is the best given the earlier ones, by trying every set of
// requests that is open for it, and all else that holds for every plan.
func requireSeries(t *testing.T, s releaseSeries, got *releasePlan) {
	t.Helper()
	in, moved := map[string]int{}, map[string]bool{}
	for n, selection := range got.Releases {
		for _, key := range selection.Requests {
			require.NotContains(t, in, key)
			in[key] = n
		}
	}
	for _, m := range got.Moved {
		moved[m.Key] = true
		require.Equal(t, s.promisedFor(m.Key), m.From)
		require.NotEmpty(t, m.Why)
		to, ok := in[m.Key]
		require.Equal(t, m.To >= 0, ok)
		require.True(t, !ok || to == m.To && to > m.From)
	}
	for _, p := range s.opts.Promised {
		n, ok := in[p.Key]
		require.Equal(t, !ok || n != p.Period, moved[p.Key], "%+v", s)
	}
	require.Len(t, s.requests, len(in)+len(got.LeftOver))
	for a := range in {
		for b := range in {
			require.False(t, s.excludes(a, b))
		}
	}
	built := map[int]bool{}
	value, cost := decimal.Zero, decimal.Zero
	for n, selection := range got.Releases {
		requireBestGiven(t, s, selection, built, func(key string) (open, must bool) {
			when, promised := in[key], s.promisedFor(key)
			if _, ok := in[key]; ok && when < n || promised > n {
				return false, false
			}
			if promised == n && !moved[key] {
				return true, true
			}
			for _, other := range s.requests {
				when, ok := in[other.Key]
				stands := s.promisedFor(other.Key) >= 0 && !moved[other.Key]
				if s.excludes(key, other.Key) && (ok && when < n || stands) {
					return false, false
				}
			}
			return true, false
		})
		value, cost = value.Add(selection.Value), cost.Add(selection.Cost)
	}
	require.True(t, value.Equal(got.Value))
	require.True(t, cost.Equal(got.Cost))
	require.True(t, got.UpperBound.GreaterThanOrEqual(got.Value))
	require.Equal(t, got.UpperBound.Equal(got.Value), got.Gap(3).IsZero())
	if len(s.requests) <= 4 {
		require.True(t, got.UpperBound.GreaterThanOrEqual(s.bestTogether()))
	}
}

// bestTogether returns the most value that any plan without promises has, by trying all of them.
func (s releaseSeries) bestTogether() (best decimal.Decimal) {
	ways, places := 1, len(s.capacities)+1
	for range s.requests {
		ways *= places
	}
	free := release{items: s.items, requests: s.requests}
	free.capacity = decimal.Sum(s.capacities[0], s.capacities[1:]...)
	free.opts.Exclusive = s.opts.Exclusive
	for way := range ways {
		upTo := func(n int) func(i int) bool { // the requests in the first n releases
			return func(i int) bool {
				code := way
				for range i {
					code /= places
				}
				return code%places < n
			}
		}
		value, before, allowed := free.fulfil(upTo(0))
		for n, capacity := range s.capacities {
			var cost decimal.Decimal
			var ok bool
			value, cost, ok = free.fulfil(upTo(n + 1))
			allowed = allowed && ok && cost.Sub(before).LessThanOrEqual(capacity)
			before = cost
		}
		if allowed {
			best = decimal.Max(best, value)
		}
	}
	return best
}

// requireBestGiven checks one release against all others that are possible. It adds what it builds.
func requireBestGiven(
	t *testing.T, s releaseSeries, selection *selection, built map[int]bool,
	state func(key string) (open, must bool),
) {
	t.Helper()
	alone := release{capacity: selection.Capacity}
	alone.opts.Exclusive = s.opts.Exclusive
	for _, item := range s.items {
		if built[item.Key] {
			item.Cost = decimal.Zero
		}
		alone.items = append(alone.items, item)
	}
	for _, request := range s.requests {
		open, must := state(request.Key)
		if open {
			alone.requests = append(alone.requests, request)
		}
		if must {
			alone.opts.Must = append(alone.opts.Must, request.Key)
		}
	}
	best, possible := alone.best()
	require.True(t, possible, "%+v", s)
	require.True(t, selection.Proven)
	require.True(t, best.Equal(selection.Value), "%s, want %s of %+v", selection.Value, best, s)
	cost := decimal.Zero
	for _, key := range selection.Items {
		require.False(t, built[key])
		built[key] = true
		cost = cost.Add(s.items[key].Cost)
	}
	require.True(t, cost.Equal(selection.Cost))
	require.True(t, cost.LessThanOrEqual(selection.Capacity))
	for _, key := range selection.Items {
		for _, need := range s.items[key].Needs {
			require.True(t, built[need])
		}
	}
	for _, request := range s.requests {
		if slices.Contains(selection.Requests, request.Key) {
			for _, key := range request.Items {
				require.True(t, built[key])
			}
		}
	}
}

func TestSelectReleasesAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	refused, moved := 0, 0
	for range 2500 {
		s := randomSeries(r)
		if r.IntN(2) == 0 {
			s.randomPromises(r)
		}
		firm, err := s.plan()
		if err == nil {
			require.Empty(t, firm.Moved)
			requireSeries(t, s, firm)
		} else {
			refused++
			require.Nil(t, firm)
			requirePromiseErrors(t, err)
		}
		s.opts.MayMove = true
		loose, looseErr := s.plan()
		require.NoError(t, looseErr)
		requireSeries(t, s, loose)
		if err == nil {
			require.Equal(t, firm, loose)
		}
		moved += min(len(loose.Moved), 1)
		again, err := s.plan()
		require.NoError(t, err)
		require.Equal(t, loose, again)
	}
	require.Greater(t, refused, 200)
	require.Greater(t, moved, 200)
}

// requirePromiseErrors checks that nothing else is wrong, and what is said about it.
func requirePromiseErrors(t *testing.T, err error) {
	t.Helper()
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	for _, e := range all {
		var broken *plan.PromiseError
		if errors.As(e, &broken) {
			require.ErrorIs(t, e, plan.ErrPromise)
			require.True(t, broken.Shortfall.IsPositive())
			require.NotEmpty(t, broken.Keys)
		} else {
			require.ErrorIs(t, e, plan.ErrMusts)
		}
	}
}

// A plan keeps its own promises, and is as good with them.
func TestSelectReleasesAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 2))
	for range 500 {
		s := randomSeries(r)
		got, err := s.plan()
		require.NoError(t, err)
		s.opts.Promised = got.Promises()
		again, err := s.plan()
		require.NoError(t, err)
		require.True(t, got.Value.Equal(again.Value))
		require.Equal(t, got.LeftOver, again.LeftOver)
		for n := range got.Releases {
			require.Equal(t, got.Releases[n].Requests, again.Releases[n].Requests)
			require.Equal(t, got.Releases[n].Items, again.Releases[n].Items)
		}
	}
}

func TestSelectReleasesRefusesAllAtOnce(t *testing.T) {
	items := []selectItem{{Key: 0, Cost: amount("-1")}, {Key: 1, Needs: []int{7}}}
	requests := []selectRequest{{Key: "a", Items: []int{1}}, {Key: "b", Items: []int{9}}}
	_, err := plan.SelectReleases(items, requests, amounts("-2"), releasesOptions{
		Promised:  []promise{{"a", 1}, {"b", 0}, {"b", 0}, {"c", 0}},
		Exclusive: [][]string{{"a", "z"}},
	})
	require.EqualError(t, err, `prioritize: item 0 ("0"): cost is "-1", want >= 0
prioritize: item 1 ("1"): unknown item: needs "7"
prioritize: request 1 ("b"): unknown item: needs "9"
prioritize: unknown item: exclusive names request "z"
prioritize: capacity of period 0 is "-2", want >= 0
prioritize: period promised for "a" is "1", want from 0 to 0
prioritize: duplicate key: promised names request "b" again
prioritize: unknown item: promised names request "c"`)
	_, err = plan.SelectReleases(items[:0], requests[:0], nil, releasesOptions{})
	require.EqualError(t, err, `prioritize: capacities is "", want at least one`)
}

func TestSelectReleasesNamesAllBrokenPromises(t *testing.T) {
	items := []selectItem{{Key: 0, Cost: amount("3")}, {Key: 1, Cost: amount("4"), Needs: []int{0}}}
	requests := []selectRequest{
		{Key: "a", Value: amount("5"), Items: []int{1}},
		{Key: "b", Value: amount("2"), Items: []int{0}},
		{Key: "c"},
		{Key: "d", Items: []int{1}},
	}
	in := releaseSeries{release{items: items, requests: requests}, amounts("2", "3.5"), releasesOptions{
		Promised:  []promise{{"a", 1}, {"b", 0}, {"c", 0}, {"d", 0}},
		Exclusive: [][]string{{"d", "b"}},
	}}
	_, err := in.plan()
	require.EqualError(t, err, `prioritize: musts are impossible: "d", which is promised for release 0, `+
		`is excluded by "b", which is promised for release 0
prioritize: promise can't be kept: "b", "c" in period 0: 1 more capacity wanted
prioritize: promise can't be kept: "a" in period 1: 0.5 more capacity wanted`)
	in.opts.MayMove = true
	got, err := in.plan()
	require.NoError(t, err)
	require.Equal(t, []plan.MovedPromise[string]{
		{Key: "a", From: 1, To: -1, Why: "3.5 more capacity wanted beside other promises"},
		{Key: "b", From: 0, To: 1, Why: "1 more capacity wanted beside other promises"},
		{Key: "d", From: 0, To: -1, Why: "5 more capacity wanted beside other promises"},
	}, got.Moved)
}
