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
			options.Exclusive = [][]int{{0, count - 1}}
		}
		if rng.IntN(3) == 0 {
			options.Must = []int{count - 1}
		}
		s, err := plan.Select(items, requests, capacity, options)
		if err != nil {
			require.ErrorIs(t, err, plan.ErrMusts)
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
			require.False(t, slices.Contains(s.Requests, set[0]) && slices.Contains(s.Requests, set[1]))
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
