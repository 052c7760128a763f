package plan_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

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
	_, err := plan.Select(items, requests, amount("-2"), selectOptions{
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
		prioritize.ErrInvalid, prioritize.ErrUnknown, plan.ErrCycle,
		prioritize.ErrDuplicate, plan.ErrMusts,
	} {
		require.ErrorIs(t, err, class)
	}
	var request *plan.RequestError
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
	var musts *plan.MustsError
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

func FuzzOmitReasonText(f *testing.F) {
	f.Fuzz(func(t *testing.T, text []byte) {
		var reason plan.OmitReason
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

// Items that no chosen request needs are not paid for.
func TestSelectPaysForNothingElse(t *testing.T) {
	for seed := range uint64(3_000) {
		rng := rand.New(rand.NewPCG(seed, 3))
		items := make([]plan.SelectItem[int], 6)
		for i := range items {
			items[i] = plan.SelectItem[int]{Key: i, Cost: decimal.NewFromInt(rng.Int64N(10))}
			for j := range i {
				if rng.IntN(5) == 0 {
					items[i].Needs = append(items[i].Needs, j)
				}
			}
		}
		requests := make([]plan.Request[int, int], 6)
		for i := range requests {
			requests[i] = plan.Request[int, int]{Key: i, Value: decimal.NewFromInt(rng.Int64N(10))}
			for j := range items {
				if rng.IntN(4) == 0 {
					requests[i].Items = append(requests[i].Items, j)
				}
			}
		}
		got, err := plan.Select(items, requests, decimal.NewFromInt(rng.Int64N(25)), plan.SelectOptions[int]{})
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
