package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

type (
	selectItem    = plan.SelectItem[int]
	selectRequest = plan.Request[string, int]
	selectOptions = plan.SelectOptions[string]
	selection     = plan.Selection[string, int]
)

func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// release is an input of Select.
type release struct {
	items    []selectItem
	requests []selectRequest
	capacity decimal.Decimal
	opts     selectOptions
}

func (r release) solve() (*selection, error) {
	return plan.Select(r.items, r.requests, r.capacity, r.opts)
}

// fulfil returns the value and cost of a set of requests, and whether it is allowed.
func (r release) fulfil(chosen func(i int) bool) (value, cost decimal.Decimal, allowed bool) {
	in := map[int]bool{}
	var take func(key int)
	take = func(key int) {
		if !in[key] {
			in[key] = true
			cost = cost.Add(r.items[key].Cost)
			for _, need := range r.items[key].Needs {
				take(need)
			}
		}
	}
	keys := map[string]bool{}
	for i, request := range r.requests {
		if chosen(i) {
			keys[request.Key] = true
			value = value.Add(request.Value)
			for _, key := range request.Items {
				take(key)
			}
		}
	}
	allowed = cost.Cmp(r.capacity) <= 0
	for _, must := range r.opts.Must {
		allowed = allowed && keys[must]
	}
	for _, set := range r.opts.Exclusive {
		count := 0
		for _, key := range set {
			if keys[key] {
				count++
			}
		}
		allowed = allowed && count <= 1
	}
	return value, cost, allowed
}

// best is the dumb twin: it tries every set of requests. It reports false if none is allowed.
func (r release) best() (best decimal.Decimal, found bool) {
	for set := range 1 << len(r.requests) {
		value, _, allowed := r.fulfil(func(i int) bool { return set>>i&1 != 0 })
		if allowed && (!found || value.Cmp(best) > 0) {
			best, found = value, true
		}
	}
	return best, found
}

// randomRelease returns a small input, with prerequisites, musts, exclusions, zeros and decimals.
func randomRelease(r *rand.Rand) release {
	scale := -int32(r.IntN(3))
	number := func(below int64) decimal.Decimal {
		return decimal.New(max(r.Int64N(below+below/4+1)-below/4, 0), scale)
	}
	var in release
	total := decimal.Zero
	for i := range 1 + r.IntN(10) {
		item := selectItem{Key: i, Cost: number(20)}
		for j := range i {
			if r.IntN(4) == 0 {
				item.Needs = append(item.Needs, j)
			}
		}
		total = total.Add(item.Cost)
		in.items = append(in.items, item)
	}
	for i := range r.IntN(8) {
		request := selectRequest{Key: fmt.Sprint(i), Value: number(30)}
		for range r.IntN(4) {
			request.Items = append(request.Items, r.IntN(len(in.items)))
		}
		in.requests = append(in.requests, request)
	}
	in.capacity = total.Mul(decimal.New(r.Int64N(11), -1)).Add(decimal.New(r.Int64N(3), -3))
	someRequests := func(one int) (keys []string) {
		for _, request := range in.requests {
			if r.IntN(one) == 0 {
				keys = append(keys, request.Key)
			}
		}
		return keys
	}
	if r.IntN(3) == 0 {
		in.opts.Must = someRequests(4)
	}
	for range r.IntN(3) {
		in.opts.Exclusive = append(in.opts.Exclusive, someRequests(2))
	}
	return in
}

// requireConsistent checks a selection against its input, whatever it is worth.
func requireConsistent(t *testing.T, in release, got *selection) {
	t.Helper()
	require.Len(t, in.requests, len(got.Requests)+len(got.LeftOut))
	value, _, allowed := in.fulfil(func(i int) bool {
		return slices.Contains(got.Requests, in.requests[i].Key)
	})
	require.True(t, allowed, "%+v", in)
	require.Equal(t, value.String(), got.Value.String())
	cost := decimal.Zero
	for _, key := range got.Items {
		cost = cost.Add(in.items[key].Cost)
		for _, need := range in.items[key].Needs {
			require.Contains(t, got.Items, need)
		}
	}
	require.True(t, cost.Equal(got.Cost))
	require.LessOrEqual(t, got.Cost.Cmp(in.capacity), 0)
	require.GreaterOrEqual(t, got.UpperBound.Cmp(got.Value), 0)
	require.Equal(t, got.Proven, got.UpperBound.Equal(got.Value))
	require.Equal(t, got.Proven, got.Gap(3).IsZero())
	require.False(t, got.Worth(2).IsNegative())
	for _, left := range got.LeftOut {
		requireLeftOutReason(t, in, got, left)
	}
}

// requireLeftOutReason checks that a request is left out for the reason that is given.
func requireLeftOutReason(t *testing.T, in release, got *selection, left plan.OmittedRequest[string]) {
	t.Helper()
	i := slices.IndexFunc(in.requests, func(r selectRequest) bool { return r.Key == left.Request })
	_, alone, _ := in.fulfil(func(j int) bool {
		return j == i || slices.Contains(in.opts.Must, in.requests[j].Key)
	})
	if left.Reason == plan.DoesNotFit {
		require.Positive(t, alone.Cmp(in.capacity))
		require.Positive(t, left.Cost.Cmp(left.Room))
		return
	}
	require.LessOrEqual(t, alone.Cmp(in.capacity), 0)
	rivals := []string{}
	for _, request := range in.requests { // in the order of the input
		if slices.Contains(got.Requests, request.Key) && slices.ContainsFunc(in.opts.Exclusive, func(set []string) bool {
			return slices.Contains(set, left.Request) && slices.Contains(set, request.Key)
		}) {
			rivals = append(rivals, request.Key)
		}
	}
	if left.Reason == plan.Excluded {
		require.Equal(t, rivals, left.ExcludedBy)
		return
	}
	require.Equal(t, plan.Displaced, left.Reason)
	require.Empty(t, rivals)
	require.True(t, left.Cost.IsPositive(), "what costs nothing more is in")
	if left.Value.IsPositive() { // else it would be in
		require.Positive(t, left.Cost.Cmp(left.Room))
	}
}

func TestSelectAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	counts := map[string]int{}
	for range 6000 {
		in := randomRelease(r)
		best, possible := in.best()
		got, err := in.solve()
		if !possible {
			counts["impossible"]++
			require.ErrorIs(t, err, plan.ErrMusts, "%+v", in)
			require.Nil(t, got)
			continue
		}
		require.NoError(t, err)
		requireConsistent(t, in, got)
		require.True(t, got.Proven, "%+v", in)
		require.Equal(t, best.String(), got.Value.String(), "%+v", in)
		for _, left := range got.LeftOut {
			counts[left.Reason.String()]++
		}

		in.opts.Steps = -1
		first, err := in.solve()
		require.NoError(t, err)
		requireConsistent(t, in, first)
		require.GreaterOrEqual(t, first.UpperBound.Cmp(best), 0, "%+v", in)
	}
	for _, what := range []string{"impossible", "does_not_fit", "excluded", "displaced"} {
		require.Greater(t, counts[what], 100, what)
	}
}

// Laws that need no expected value.
func TestSelectLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 1500 {
		in := randomRelease(r)
		got, err := in.solve()
		if err != nil {
			continue
		}
		again, err := in.solve()
		require.NoError(t, err)
		require.Equal(t, got, again, "equal inputs, equal results")

		scaled := in
		scaled.capacity = in.capacity.Mul(amount("0.07"))
		scaled.items, scaled.requests = slices.Clone(in.items), slices.Clone(in.requests)
		for i := range scaled.items {
			scaled.items[i].Cost = scaled.items[i].Cost.Mul(amount("0.07"))
		}
		for i := range scaled.requests {
			scaled.requests[i].Value = scaled.requests[i].Value.Mul(amount("900"))
		}
		same, err := scaled.solve()
		require.NoError(t, err)
		require.Equal(t, got.Requests, same.Requests, "units do not matter")

		wider := in
		wider.capacity = in.capacity.Add(amount("1.5"))
		more, err := wider.solve()
		require.NoError(t, err)
		require.GreaterOrEqual(t, more.Value.Cmp(got.Value), 0, "more capacity, no less value")

		freer := in
		freer.opts.Exclusive = nil
		more, err = freer.solve()
		require.NoError(t, err)
		require.GreaterOrEqual(t, more.Value.Cmp(got.Value), 0, "no exclusions, no less value")

		turned := in
		turned.requests = slices.Clone(in.requests)
		slices.Reverse(turned.requests)
		other, err := turned.solve()
		require.NoError(t, err)
		require.Equal(t, got.Value.String(), other.Value.String(), "the order of the input does not matter")
	}
}
