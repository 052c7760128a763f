package prioritize_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

type (
	selectItem    = prioritize.SelectItem[int]
	selectRequest = prioritize.Request[string, int]
	selectOptions = prioritize.SelectOptions[string]
	selection     = prioritize.Selection[string, int]
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
	return prioritize.Select(r.items, r.requests, r.capacity, r.opts)
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
func requireLeftOutReason(t *testing.T, in release, got *selection, left prioritize.LeftOut[string]) {
	t.Helper()
	i := slices.IndexFunc(in.requests, func(r selectRequest) bool { return r.Key == left.Request })
	_, alone, _ := in.fulfil(func(j int) bool {
		return j == i || slices.Contains(in.opts.Must, in.requests[j].Key)
	})
	if left.Reason == prioritize.DoesNotFit {
		require.Positive(t, alone.Cmp(in.capacity))
		require.Positive(t, left.Cost.Cmp(left.Room))
		return
	}
	require.LessOrEqual(t, alone.Cmp(in.capacity), 0)
	rivals := []string{}
	for _, set := range in.opts.Exclusive {
		for _, key := range set {
			if slices.Contains(set, left.Request) && slices.Contains(got.Requests, key) {
				rivals = append(rivals, key)
			}
		}
	}
	slices.Sort(rivals)
	if left.Reason == prioritize.Excluded {
		require.Equal(t, slices.Compact(rivals), left.ExcludedBy)
		return
	}
	require.Equal(t, prioritize.Displaced, left.Reason)
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
			require.ErrorIs(t, err, prioritize.ErrMusts, "%+v", in)
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

func TestSelectRefuses(t *testing.T) {
	items := []selectItem{
		{Key: 1, Cost: amount("-1"), Needs: []int{9, 1}},
		{Key: 2, Cost: amount("3"), Needs: []int{3}},
		{Key: 3, Cost: amount("1"), Needs: []int{4, 2}},
		{Key: 4, Cost: amount("1"), Needs: []int{2}},
		{Key: 2, Cost: decimal.New(1, 1_000_000_000)},
	}
	requests := []selectRequest{
		{Key: "a", Value: amount("-0.5"), Items: []int{1, 8}},
		{Key: "b", Value: decimal.New(1, -1_000_000_000)},
		{Key: "a", Value: amount("1")},
	}
	_, err := prioritize.Select(items, requests, amount("-2"), selectOptions{
		Must: []string{"a", "b", "x"}, Exclusive: [][]string{{"b", "a"}, {"y"}},
	})
	require.EqualError(t, err, `prioritize: item 0 ("1"): cost is "-1", want >= 0
prioritize: item 0 ("1"): unknown item: needs "9"
prioritize: item 0 ("1"): cycle: "1" needs "1"
prioritize: item 4 ("2"): duplicate key, first used by item 1
prioritize: item 4 ("2"): cost is "1e1000000000", want at most 100 digits and an exponent from -1000 to 1000
prioritize: request 0 ("a"): value is "-0.5", want >= 0
prioritize: request 0 ("a"): unknown item: needs "8"
prioritize: request 1 ("b"): value is "1e-1000000000", want at most 100 digits and an exponent from -1000 to 1000
prioritize: request 2 ("a"): duplicate key, first used by request 0
prioritize: cycle: "2" needs "3" needs "2"
prioritize: capacity is "-2", want >= 0
prioritize: unknown item: must names request "x"
prioritize: unknown item: exclusive names request "y"
prioritize: musts are impossible: "a" and "b" exclude each other`)
	for _, class := range []error{
		prioritize.ErrInvalid, prioritize.ErrUnknown, prioritize.ErrCycle,
		prioritize.ErrDuplicate, prioritize.ErrMusts,
	} {
		require.ErrorIs(t, err, class)
	}
	var request *prioritize.RequestError
	require.ErrorAs(t, err, &request)
	require.Equal(t, "a", request.Key)
}

func TestSelectMustsDoNotFit(t *testing.T) {
	in := release{
		items: []selectItem{
			{Key: 0, Cost: amount("2.5")}, {Key: 1, Cost: amount("4"), Needs: []int{0}}, {Key: 2, Cost: amount("1")},
		},
		requests: []selectRequest{
			{Key: "report", Value: amount("1"), Items: []int{1}}, {Key: "export", Items: []int{2}},
		},
		capacity: amount("6"), opts: selectOptions{Must: []string{"export", "report"}},
	}
	_, err := in.solve()
	require.EqualError(t, err,
		`prioritize: musts "report", "export" cost 7.5, want at most the capacity of 6: 1.5 short`)
	var musts *prioritize.ShortfallError
	require.ErrorAs(t, err, &musts)
	require.Equal(t, "1.5", musts.Shortfall.String())

	in.capacity = amount("7.5")
	got, err := in.solve()
	require.NoError(t, err)
	require.Equal(t, []string{"report", "export"}, got.Requests)
	require.True(t, got.Proven)
}

func TestSelectExtremes(t *testing.T) {
	huge := decimal.New(1, 17)
	tests := map[string]struct {
		in    release
		value string
		err   error
	}{
		"nothing": {value: "0"},
		"a request that needs nothing is free": {
			in: release{requests: []selectRequest{{Key: "a", Value: amount("3")}}}, value: "3",
		},
		"a capacity beyond all": {
			in: release{
				items:    []selectItem{{Cost: amount("0.001")}},
				requests: []selectRequest{{Key: "a", Value: amount("3"), Items: []int{0, 0}}},
				capacity: decimal.New(1, 900),
			}, value: "3",
		},
		"a capacity below all": {
			in: release{
				items:    []selectItem{{Cost: amount("0.001")}},
				requests: []selectRequest{{Key: "a", Value: amount("3"), Items: []int{0}}},
				capacity: decimal.New(1, -900),
			}, value: "0",
		},
		"near the limit": {
			in: release{
				items: []selectItem{{Key: 0, Cost: huge}, {Key: 1, Cost: amount("1")}},
				requests: []selectRequest{
					{Key: "a", Value: huge.Add(amount("1")), Items: []int{0}},
					{Key: "b", Value: huge, Items: []int{1}},
				},
				capacity: huge,
			}, value: "100000000000000001",
		},
		"too fine for the size of the total": {
			in: release{
				items: []selectItem{{Key: 0, Cost: huge}, {Key: 1, Cost: amount("0.01")}},
			}, err: prioritize.ErrInvalid,
		},
		"an infinite capacity": {
			in: release{capacity: decimal.New(1, 1_000_000)}, err: prioritize.ErrInvalid,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.in.solve()
			require.ErrorIs(t, err, test.err)
			if test.err == nil {
				require.Equal(t, test.value, got.Value.String())
				require.True(t, got.Proven)
			}
		})
	}
}

// A chain as long as the data must not recurse as deep, and not cost the square of it.
func TestSelectLongChain(t *testing.T) {
	const n = 20000
	var in release
	for i := range n {
		item := selectItem{Key: i, Cost: decimal.NewFromInt(int64(1 + i%3))}
		if i > 0 {
			item.Needs = []int{i - 1}
		}
		in.items = append(in.items, item)
		in.requests = append(in.requests, selectRequest{
			Key: fmt.Sprint(i), Value: decimal.NewFromInt(int64(i % 7)), Items: []int{i},
		})
	}
	in.capacity = decimal.NewFromInt(n)
	got, err := in.solve()
	require.NoError(t, err)
	require.True(t, got.Proven)
	require.Len(t, got.Items, n/2)
}

func TestSelectStops(t *testing.T) {
	in := release{capacity: amount("5000")}
	r := rand.New(rand.NewPCG(3, 3))
	for i := range 200 {
		cost := 1 + r.Int64N(100)
		in.items = append(in.items, selectItem{Key: i, Cost: decimal.NewFromInt(cost)})
		in.requests = append(in.requests, selectRequest{
			Key: fmt.Sprint(i), Value: decimal.NewFromInt(cost + 10), Items: []int{i},
		})
	}
	asked := 0
	in.opts.Stop = func() bool { asked++; return asked > 2 }
	got, err := in.solve()
	require.NoError(t, err)
	require.Equal(t, 3, asked)
	requireConsistent(t, in, got)
}

func FuzzLeftOutReasonText(f *testing.F) {
	f.Fuzz(func(t *testing.T, text []byte) {
		var reason prioritize.LeftOutReason
		if err := reason.UnmarshalText(text); err != nil {
			require.ErrorIs(t, err, prioritize.ErrInvalid)
			require.Zero(t, reason)
			return
		}
		back, err := reason.MarshalText()
		require.NoError(t, err)
		require.Equal(t, string(text), string(back))
	})
}

func TestLeftOutReasonText(t *testing.T) {
	for _, reason := range []prioritize.LeftOutReason{
		prioritize.DoesNotFit, prioritize.Excluded, prioritize.Displaced,
	} {
		text, err := json.Marshal(reason)
		require.NoError(t, err)
		var back prioritize.LeftOutReason
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, reason, back)
	}
	_, err := prioritize.LeftOutReason(0).MarshalText()
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	var reason prioritize.LeftOutReason
	require.EqualError(t, reason.UnmarshalText([]byte("late")),
		`prioritize: reason is "late", want does_not_fit, excluded or displaced`)
}

// Items that no chosen request needs are not paid for.
func TestSelectPaysForNothingElse(t *testing.T) {
	for seed := range uint64(3_000) {
		rng := rand.New(rand.NewPCG(seed, 3))
		items := make([]prioritize.SelectItem[int], 6)
		for i := range items {
			items[i] = prioritize.SelectItem[int]{Key: i, Cost: decimal.NewFromInt(rng.Int64N(10))}
			for j := range i {
				if rng.IntN(5) == 0 {
					items[i].Needs = append(items[i].Needs, j)
				}
			}
		}
		requests := make([]prioritize.Request[int, int], 6)
		for i := range requests {
			requests[i] = prioritize.Request[int, int]{Key: i, Value: decimal.NewFromInt(rng.Int64N(10))}
			for j := range items {
				if rng.IntN(4) == 0 {
					requests[i].Items = append(requests[i].Items, j)
				}
			}
		}
		got, err := prioritize.Select(items, requests, decimal.NewFromInt(rng.Int64N(25)), prioritize.SelectOptions[int]{})
		require.NoError(t, err)
		needed := map[int]bool{}
		var take func(item int)
		take = func(item int) {
			needed[item] = true
			for _, other := range items[item].Needs {
				take(other)
			}
		}
		for _, request := range got.Requests {
			for _, item := range requests[request].Items {
				take(item)
			}
		}
		cost := decimal.Zero
		for item := range needed {
			cost = cost.Add(items[item].Cost)
		}
		require.Len(t, got.Items, len(needed))
		require.True(t, cost.Equal(got.Cost))
	}
}
