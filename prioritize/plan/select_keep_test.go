package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// A fifth of the capacity is kept for what pays debt; what that displaced is named.
func ExampleKept() {
	n := decimal.NewFromInt
	items := []plan.SelectItem[string]{{Key: "search", Cost: n(5)}, {Key: "export", Cost: n(5)}, {Key: "upgrade", Cost: n(2)}}
	requests := []plan.Request[string, string]{
		{Key: "search", Value: n(9), Items: []string{"search"}},
		{Key: "export", Value: n(8), Items: []string{"export"}},
		{Key: "upgrade", Value: n(1), Items: []string{"upgrade"}},
	}
	best, err := plan.Select(items, requests, n(10), plan.SelectOptions[string]{
		Keep: []plan.Kept[string]{{Requests: []string{"upgrade"}, Capacity: n(2)}},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(best.Requests, "displaced:", best.Displaced)
	// Output: [search upgrade] displaced: [export]
}

// However capacity is kept: nothing beyond it is taken, a part is used by its own requests as well as they alone
// could, others have no more than the rest, and musts and exclusions hold.
func TestSelectKeepLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	n := func(most int) decimal.Decimal { return decimal.NewFromInt(int64(rng.IntN(most))) }
	kept := 0
	for range 1_000 {
		var items []plan.SelectItem[int]
		var requests []plan.Request[int, int]
		count := 2 + rng.IntN(7)
		for i := range count {
			items = append(items, plan.SelectItem[int]{Key: i, Cost: n(6)})
			requests = append(requests, plan.Request[int, int]{Key: i, Value: n(9), Items: []int{i}})
		}
		capacity := decimal.NewFromInt(int64(5 + rng.IntN(10)))
		half := count / 2
		part := decimal.NewFromInt(int64(rng.IntN(5)))
		mine := make([]int, half)
		for i := range mine {
			mine[i] = i
		}
		options := plan.SelectOptions[int]{Keep: []plan.Kept[int]{{Requests: mine, Capacity: part}}}
		if rng.IntN(2) == 0 {
			options.Exclusive = [][]int{{0, count - 1}, {rng.IntN(count), rng.IntN(count)}, {rng.IntN(count), rng.IntN(count), rng.IntN(count)}}
		}
		if rng.IntN(3) == 0 {
			options.Must = []int{count - 1}
		}
		s, err := plan.Select(items, requests, capacity, options)
		if err != nil {
			var musts *plan.MustsError // no part takes what a must excludes
			require.ErrorAs(t, err, &musts)
			continue
		}
		require.LessOrEqual(t, s.Cost.Cmp(capacity), 0)
		require.Equal(t, capacity, s.Capacity)
		own, others := decimal.Zero, decimal.Zero
		for _, key := range s.Requests {
			if key < half {
				own = own.Add(items[key].Cost)
			} else {
				others = others.Add(items[key].Cost)
			}
		}
		require.LessOrEqual(t, others.Cmp(capacity.Sub(part)), 0, "what is kept is touched by nobody else")
		for _, set := range options.Exclusive {
			for _, one := range set {
				for _, other := range set {
					require.False(t, one != other && slices.Contains(s.Requests, one) && slices.Contains(s.Requests, other))
				}
			}
		}
		for _, must := range options.Must {
			require.Contains(t, s.Requests, must)
		}
		options.Keep = nil
		free, err := plan.Select(items, requests, capacity, options)
		require.NoError(t, err)
		require.LessOrEqual(t, s.Value.Cmp(free.Value), 0)
		for _, key := range s.Displaced {
			require.Contains(t, free.Requests, key)
			require.NotContains(t, s.Requests, key)
		}
		if own.Sign() > 0 {
			kept++
		}
	}
	require.Greater(t, kept, 300)
}

// What is said to be proven is: of the filling of the part, and of the whole beside it. What is not has a bound that
// no selection exceeds.
func TestSelectKeepProves(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	proven, unproven := 0, 0
	for range 2_000 {
		count := 3 + rng.IntN(6)
		items, requests := make([]plan.SelectItem[int], count), make([]plan.Request[int, int], count)
		for i := range count {
			items[i] = plan.SelectItem[int]{Key: i, Cost: decimal.NewFromInt(1 + rng.Int64N(6))}
			requests[i] = plan.Request[int, int]{Key: i, Value: decimal.NewFromInt(rng.Int64N(9)), Items: []int{i, rng.IntN(count)}}
		}
		capacity, part := 5+rng.Int64N(10), rng.Int64N(6)
		mine := []int{0, 1, 2}
		best := func(among, forced []int, capacity decimal.Decimal) decimal.Decimal { // by trying every set
			most := decimal.NewFromInt(-1)
			for set := range 1 << count {
				cost, value, isFit := decimal.Zero, decimal.Zero, true
				taken := map[int]bool{}
				for i := range count {
					if set>>i&1 == 0 {
						isFit = isFit && !slices.Contains(forced, i)
						continue
					}
					isFit, value = isFit && slices.Contains(among, i), value.Add(requests[i].Value)
					for _, item := range requests[i].Items {
						if !taken[item] {
							taken[item], cost = true, cost.Add(items[item].Cost)
						}
					}
				}
				if isFit && cost.Cmp(capacity) <= 0 && value.Cmp(most) > 0 {
					most = value
				}
			}
			return most
		}
		options := plan.SelectOptions[int]{Steps: int64(rng.IntN(3) - 1)}
		without, err := plan.Select(items, requests, decimal.NewFromInt(capacity), options)
		require.NoError(t, err)
		first, err := plan.Select(items, requests[:3], decimal.NewFromInt(part), options)
		require.NoError(t, err)
		options.Must = first.Requests
		beside, err := plan.Select(items, requests, decimal.NewFromInt(capacity-part).Add(first.Cost), options)
		require.NoError(t, err)
		options.Must, options.Keep = nil, []plan.Kept[int]{{Requests: mine, Capacity: decimal.NewFromInt(part)}}
		s, err := plan.Select(items, requests, decimal.NewFromInt(capacity), options)
		require.NoError(t, err)
		require.Equal(t, beside.Requests, s.Requests)
		require.Equal(t, beside.Items, s.Items)
		require.Equal(t, without.Steps+first.Steps+beside.Steps, s.Steps)
		require.Equal(t, first.Proven && beside.Proven, s.Proven)
		all := make([]int, count)
		for i := range all {
			all[i] = i
		}
		filled, err := plan.Select(items, requests[:3], decimal.NewFromInt(part), plan.SelectOptions[int]{Steps: -1})
		require.NoError(t, err)
		if !s.Proven {
			unproven++
			require.LessOrEqual(t, s.Value.Cmp(s.UpperBound), 0)
			continue
		}
		proven++
		require.Equal(t, s.Value.String(), s.UpperBound.String())
		if !filled.Proven {
			continue // the search found another filling than the one without
		}
		require.Equal(t, best(mine, nil, decimal.NewFromInt(part)).String(), filled.Value.String())
		rest := decimal.NewFromInt(capacity - part).Add(filled.Cost)
		require.Equal(t, best(all, filled.Requests, rest).String(), s.Value.String())
	}
	require.Greater(t, proven, 1_000)
	require.Positive(t, unproven)
}

// A part that is not proven filled best makes the whole unproven, however well what is beside it is.
func TestSelectKeepUnproven(t *testing.T) {
	var items []plan.SelectItem[int]
	var requests []plan.Request[int, int]
	var mine []int
	rng := rand.New(rand.NewPCG(8, 8))
	capacity := int64(0)
	for i := range 60 {
		cost := 50 + rng.Int64N(50)
		items = append(items, plan.SelectItem[int]{Key: i, Cost: decimal.NewFromInt(cost)})
		requests = append(requests, plan.Request[int, int]{Key: i, Value: decimal.NewFromInt(cost + rng.Int64N(9)), Items: []int{i}})
		mine, capacity = append(mine, i), capacity+cost
	}
	capacity /= 2
	part := plan.SelectOptions[int]{Steps: -1}
	alone, err := plan.Select(items, requests, decimal.NewFromInt(capacity), part)
	require.NoError(t, err)
	require.False(t, alone.Proven, "the case has to be hard")
	part.Keep = []plan.Kept[int]{{Requests: mine, Capacity: decimal.NewFromInt(capacity)}}
	s, err := plan.Select(items, requests, decimal.NewFromInt(capacity), part)
	require.NoError(t, err)
	require.False(t, s.Proven)
	require.Equal(t, alone.UpperBound.String(), s.UpperBound.String())
}

func TestSelectKeepRefuses(t *testing.T) {
	n := decimal.NewFromInt
	items := []plan.SelectItem[int]{{Key: 1, Cost: n(1)}}
	requests := []plan.Request[int, int]{{Key: 1, Value: n(1), Items: []int{1}}}
	for name, test := range map[string]struct {
		keep []plan.Kept[int]
		err  error
	}{
		"more than there is": {[]plan.Kept[int]{{Capacity: n(2)}, {Capacity: n(2)}}, prioritize.ErrInvalid},
		"less than nothing":  {[]plan.Kept[int]{{Capacity: n(-2)}}, prioritize.ErrInvalid},
		"no such request":    {[]plan.Kept[int]{{Requests: []int{7}, Capacity: n(1)}}, prioritize.ErrUnknown},
		"in two parts":       {[]plan.Kept[int]{{Requests: []int{1}, Capacity: n(1)}, {Requests: []int{1}, Capacity: n(1)}}, prioritize.ErrDuplicate},
	} {
		_, err := plan.Select(items, requests, n(3), plan.SelectOptions[int]{Keep: test.keep})
		require.ErrorIs(t, err, test.err, name)
	}
}
