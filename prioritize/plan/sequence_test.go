package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/delay"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

type sequenceItem = plan.Item[string]

// task reads "key size cost_of_delay need need ...".
func task(text string) sequenceItem {
	f := strings.Fields(text)
	return sequenceItem{
		Key: f[0], Size: decimal.RequireFromString(f[1]),
		CostOfDelay: decimal.RequireFromString(f[2]), Needs: f[3:],
	}
}

func tasks(texts ...string) []sequenceItem {
	items := make([]sequenceItem, len(texts))
	for i, text := range texts {
		items[i] = task(text)
	}
	return items
}

func sequence(t testing.TB, items []sequenceItem) *plan.Order[string] {
	t.Helper()
	s, err := plan.Sequence(items, plan.SequenceOptions{})
	require.NoError(t, err)
	return s
}

// randomTasks draws n items with decimals of up to two places and needs without cycles.
func randomTasks(r *rand.Rand, n int) []sequenceItem {
	items := make([]sequenceItem, n)
	rank := r.Perm(n)
	for i := range items {
		items[i] = sequenceItem{
			Key:         strconv.Itoa(i),
			Size:        decimal.New(r.Int64N(60), -r.Int32N(3)),
			CostOfDelay: decimal.New(r.Int64N(60), -r.Int32N(3)),
		}
		for j := range n {
			if rank[j] < rank[i] && r.IntN(3) == 0 {
				items[i].Needs = append(items[i].Needs, strconv.Itoa(j))
			}
		}
	}
	return items
}

// leastCost is the twin: the least cost of all orders, by trying each.
func leastCost(items []sequenceItem) decimal.Decimal {
	var best decimal.Decimal
	found := false
	done := map[string]bool{}
	var visit func(now, cost decimal.Decimal)
	visit = func(now, cost decimal.Decimal) {
		if len(done) == len(items) {
			if !found || cost.LessThan(best) {
				best, found = cost, true
			}
			return
		}
		for _, item := range items {
			if done[item.Key] || slices.ContainsFunc(item.Needs, func(k string) bool { return !done[k] }) {
				continue
			}
			done[item.Key] = true
			end := now.Add(item.Size)
			visit(end, cost.Add(item.CostOfDelay.Mul(end)))
			delete(done, item.Key)
		}
	}
	visit(decimal.Zero, decimal.Zero)
	return best
}

func TestSequenceAgreesWithAllPermutations(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 1500 {
		items := randomTasks(r, r.IntN(7))
		s := sequence(t, items)
		want := leastCost(items)
		require.Truef(t, want.Equal(s.Cost), "want %s, got %s of %v", want, s.Cost, items)
		require.True(t, s.Proven)
		require.True(t, want.Equal(s.LowerBound))
		require.True(t, s.Gap(9).IsZero())
		requireSequence(t, items, s)
	}
}

// requireSequence checks all that holds for every result.
func requireSequence(t *testing.T, items []sequenceItem, s *plan.Order[string]) {
	t.Helper()
	rank := map[string]int{}
	now, cost := decimal.Zero, decimal.Zero
	own := make([]int, 0, len(items))
	for i, it := range s.Items {
		require.Equal(t, items[it.Index].Key, it.Key)
		require.Equal(t, i+1, it.Rank)
		now = now.Add(items[it.Index].Size)
		cost = cost.Add(items[it.Index].CostOfDelay.Mul(now))
		require.True(t, now.Equal(it.Completion))
		for _, need := range items[it.Index].Needs {
			require.NotZero(t, rank[need], "%s before %s", it.Key, need)
		}
		rank[it.Key] = it.Rank
		b := s.Blocks[it.Block]
		require.LessOrEqual(t, b.First, it.Rank)
		require.LessOrEqual(t, it.Rank, b.Last)
		own = append(own, it.OwnRank)
		requireReason(t, items, s, it)
	}
	slices.Sort(own)
	for i, rank := range own {
		require.Equal(t, i+1, rank)
	}
	require.Len(t, rank, len(items))
	for _, late := range s.Items { // what a need of equal ratio moved has a reason
		for _, need := range items[late.Index].Needs {
			early := s.Items[rank[need]-1]
			x, y := s.Blocks[late.Block], s.Blocks[early.Block]
			if late.OwnRank > early.OwnRank || x.Size.IsZero() != y.Size.IsZero() ||
				!x.CostOfDelay.Mul(y.Size).Equal(y.CostOfDelay.Mul(x.Size)) {
				continue
			}
			require.True(t, late.Rank <= late.OwnRank || late.PulledBy > 0 || late.WaitsFor > 0, "%+v of %v", late, items)
			require.True(t, early.Rank >= early.OwnRank || early.PulledBy > 0 || early.WaitsFor > 0, "%+v of %v", early, items)
		}
	}
	require.True(t, cost.Equal(s.Cost))
	require.False(t, s.LowerBound.GreaterThan(s.Cost))
	require.False(t, s.Cost.GreaterThan(s.ReadyQueueCost))
}

// requireReason checks that who is named stands in the same block, and that its own ratio is on
// the other side of the block's.
func requireReason(
	t *testing.T, items []sequenceItem, s *plan.Order[string],
	it plan.OrderedItem[string],
) {
	t.Helper()
	b := s.Blocks[it.Block]
	above := func(rank int) int { // 1 if the item's own ratio is above the block's
		item := items[s.Items[rank-1].Index]
		if item.Size.IsZero() && item.CostOfDelay.IsZero() && !b.Size.IsZero() {
			return 1
		}
		return item.CostOfDelay.Mul(b.Size).Cmp(b.CostOfDelay.Mul(item.Size))
	}
	switch above(it.Rank) {
	case -1:
		require.Positive(t, it.PulledBy, "%s of %v", it.Key, items)
		require.Zero(t, it.WaitsFor)
		require.Equal(t, it.Block, s.Items[it.PulledBy-1].Block)
		require.Greater(t, it.PulledBy, it.Rank)
		require.Equal(t, 1, above(it.PulledBy))
	case 1:
		require.Zero(t, it.PulledBy)
		if b.First != b.Last && !items[it.Index].Size.IsZero() {
			require.Positive(t, it.WaitsFor, "%s of %v", it.Key, items)
		}
		switch {
		case it.WaitsFor == 0:
		case items[it.Index].Size.IsZero() && it.Block != s.Items[it.WaitsFor-1].Block:
			requireEqualReason(t, items, s, it)
		default:
			require.Equal(t, it.Block, s.Items[it.WaitsFor-1].Block)
			require.Less(t, it.WaitsFor, it.Rank)
		}
	default:
		requireEqualReason(t, items, s, it)
	}
}

// requireEqualReason checks that who moves an item of its block's ratio is in one of equal ratio, and
// that the one needs the other.
func requireEqualReason(
	t *testing.T, items []sequenceItem, s *plan.Order[string],
	it plan.OrderedItem[string],
) {
	t.Helper()
	for _, pair := range [][2]int{{it.Rank, it.WaitsFor}, {it.PulledBy, it.Rank}} {
		if pair[0] == 0 || pair[1] == 0 {
			continue
		}
		late, early := s.Items[pair[0]-1], s.Items[pair[1]-1]
		require.Contains(t, items[late.Index].Needs, early.Key)
		require.Less(t, late.OwnRank, early.OwnRank)
		require.Greater(t, late.Rank, early.Rank)
		x, y := s.Blocks[late.Block], s.Blocks[early.Block]
		require.Zero(t, x.CostOfDelay.Mul(y.Size).Cmp(y.CostOfDelay.Mul(x.Size)))
	}
}

func TestSequenceReasonOfEquals(t *testing.T) {
	one := decimal.New(1, 0)
	s := sequence(t, []sequenceItem{
		{Key: "a", Size: one, CostOfDelay: one, Needs: []string{"b"}},
		{Key: "b", Size: one, CostOfDelay: one},
	})
	require.Equal(t, `rank 2 -> 1 because "a", alone rank 1, needs it`, s.Reason(1))
	require.Equal(t, `rank 1 -> 2 because it needs "b", alone rank 2`, s.Reason(2))
}

// Without needs it is the order by falling ratio, of equal ones in the order of the input.
func TestSequenceWithoutNeedsIsSmithsOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 300 {
		items := randomTasks(r, 40)
		for i := range items {
			items[i].Needs = nil
			items[i].Size = items[i].Size.Add(decimal.New(1, -1))
		}
		s := sequence(t, items)
		want := slices.Clone(items)
		slices.SortStableFunc(want, func(a, b sequenceItem) int {
			return b.CostOfDelay.Mul(a.Size).Cmp(a.CostOfDelay.Mul(b.Size))
		})
		for i, item := range want {
			require.Equal(t, item.Key, s.Items[i].Key)
			require.Equal(t, i+1, s.Items[i].OwnRank)
			require.Equal(t, fmt.Sprint("rank ", i+1), s.Reason(i+1))
		}
		require.True(t, s.Proven)
	}
}

// The order of the input can decide between equals, never what it costs.
func TestSequencePermutationInvariance(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 300 {
		items := randomTasks(r, 3+r.IntN(20))
		s := sequence(t, items)
		r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		shuffled := sequence(t, items)
		require.True(t, s.Cost.Equal(shuffled.Cost))
		require.Len(t, shuffled.Blocks, len(s.Blocks))
		for i, b := range shuffled.Blocks {
			was := s.Blocks[i]
			require.True(t, b.CostOfDelay.Mul(was.Size).Equal(was.CostOfDelay.Mul(b.Size)))
		}
	}
}

// Another unit of time or money changes nothing but the figures; the smallest and largest
// exponents are as good as any.
func TestSequenceScalingInvariance(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 300 {
		items := randomTasks(r, 3+r.IntN(20))
		s := sequence(t, items)
		for _, by := range []decimal.Decimal{
			decimal.New(1, 900), decimal.New(1, -900), decimal.New(36, -1),
		} {
			scaled := slices.Clone(items)
			for i := range scaled {
				scaled[i].Size = scaled[i].Size.Mul(by)
				scaled[i].CostOfDelay = scaled[i].CostOfDelay.Mul(by)
			}
			got := sequence(t, scaled)
			require.Equal(t, s.Keys(), got.Keys())
			require.True(t, s.Cost.Mul(by).Mul(by).Equal(got.Cost))
		}
	}
}

func TestSequenceDeterministicAndPure(t *testing.T) {
	items := randomTasks(rand.New(rand.NewPCG(5, 5)), 60)
	before := fmt.Sprint(items)
	s := sequence(t, items)
	require.Equal(t, s, sequence(t, items))
	require.Equal(t, before, fmt.Sprint(items))
}

// Whatever the steps, the order is valid and the bound is true; more steps never cost more.
func TestSequenceSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 30 {
		items := randomTasks(r, 24)
		best := sequence(t, items)
		require.True(t, best.Proven)
		last := best.ReadyQueueCost
		for _, steps := range []int64{-1, 1, 100, 1000} {
			s, err := plan.Sequence(items, plan.SequenceOptions{Steps: steps})
			require.NoError(t, err)
			requireSequence(t, items, s)
			require.False(t, s.LowerBound.GreaterThan(best.Cost))
			require.False(t, s.Cost.LessThan(best.Cost))
			require.False(t, s.Cost.GreaterThan(last))
			require.Equal(t, s.Proven, s.Gap(2).IsZero())
			require.Equal(t, s.Proven, s.Cost.Equal(s.LowerBound))
			last = s.Cost
		}
	}
}

func TestSequenceEdges(t *testing.T) {
	tests := map[string]struct {
		items []sequenceItem
		order string
		cost  string
	}{
		"nothing":             {order: "", cost: "0"},
		"one":                 {tasks("a 2 3"), "a", "6"},
		"no time goes first":  {tasks("a 1 100", "b 0 1", "c 0 0"), "b c a", "100"},
		"no time but needs":   {tasks("a 1 1", "b 1 5", "c 0 0 a"), "b a c", "7"},
		"no cost goes last":   {tasks("a 1 0", "b 5 1"), "b a", "5"},
		"no time at all":      {tasks("a 0 1 b", "b 0 2"), "b a", "0"},
		"no cost at all":      {tasks("a 1 0 b", "b 2 0"), "b a", "0"},
		"nothing at all":      {tasks("a 0 0 c", "b 0 0", "c 0 0"), "b c a", "0"},
		"a need listed twice": {tasks("a 1 1 b b", "b 1 1"), "b a", "3"},
		"far apart":           {tasks("a 1e9 1e-9", "b 1e-9 1e9"), "b a", "2.000000000000000001"},
		"trailing zeros": {
			tasks("a 1000000000000000000000000000000 1", "b 2000000000000000000000000000000 1"),
			"a b", "4000000000000000000000000000000",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := sequence(t, test.items)
			require.Equal(t, test.order, strings.Join(s.Keys(), " "))
			require.True(t, decimal.RequireFromString(test.cost).Equal(s.Cost), s.Cost)
			require.True(t, s.Proven)
			require.True(t, s.Gap(3).IsZero())
			require.Empty(t, s.Reason(0))
			require.Empty(t, s.Reason(len(test.items)+1))
			for _, b := range s.Blocks {
				_, ok := b.Ratio(2)
				require.Equal(t, !b.Size.IsZero(), ok)
			}
		})
	}
}

func TestSequenceRefuses(t *testing.T) {
	tests := map[string]struct {
		items []sequenceItem
		is    error
		text  string
	}{
		"negative size": {
			tasks("a -1 1"), prioritize.ErrInvalid, `item 0 ("a"): size is "-1", want >= 0`,
		},
		"negative cost of delay": {
			tasks("a 1 1", "b 1 -0.5"), prioritize.ErrInvalid,
			`item 1 ("b"): cost_of_delay is "-0.5", want >= 0`,
		},
		"duplicate key": {
			tasks("a 1 1", "b 1 1", "a 1 1"), prioritize.ErrDuplicate,
			`item 2 ("a"): duplicate key, first used by item 0`,
		},
		"unknown need": {
			tasks("a 1 1 z"), prioritize.ErrUnknown, `item 0 ("a"): unknown item: needs "z"`,
		},
		"self-need": {
			tasks("a 1 1 a"), plan.ErrCycle, `item 0 ("a"): cycle: "a" needs "a"`,
		},
		"shortest cycle": {
			tasks("a 1 1 b", "b 1 1 c", "c 1 1 d", "d 1 1 b a c"), plan.ErrCycle,
			`cycle: "c" needs "d" needs "c"`,
		},
		"huge exponent": {
			[]sequenceItem{{Key: "a", Size: decimal.New(1, 1_000_000_000)}},
			prioritize.ErrInvalid,
			`item 0 ("a"): size is "1e1000000000", want at most 100 digits and an exponent from`,
		},
		"tiny exponent": {
			[]sequenceItem{{Key: "a", CostOfDelay: decimal.New(1, -1_000_000_000)}},
			prioritize.ErrInvalid, `cost_of_delay is "1e-1000000000"`,
		},
		"too many digits": {
			tasks("a 1 12345678901234567891"), prioritize.ErrInvalid,
			`cost_of_delay is "12345678901234567891", want at most 18 significant digits`,
		},
		"too many digits by far": {
			tasks("a 1 " + strings.Repeat("9", 5000)), prioritize.ErrInvalid, "a number of 16610 bits",
		},
		"too far apart": {
			tasks("a 1e30 1", "b 1e-30 1"), prioritize.ErrInvalid,
			`total of size is "too large", want at most 4611686018427387903 x 10^-30`,
		},
		"too much in all": {
			tasks("a 4e18 1", "b 611686018427387904 1"), prioritize.ErrInvalid, "total of size",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := plan.Sequence(test.items, plan.SequenceOptions{})
			require.Nil(t, s)
			require.ErrorIs(t, err, test.is)
			require.ErrorContains(t, err, test.text)
			require.True(t, strings.HasPrefix(err.Error(), "prioritize: "), err)
		})
	}
}

func TestSequenceReportsEverything(t *testing.T) {
	_, err := plan.Sequence(tasks(
		"a -1 -2 z", "a 1 1", "c 1 1 c", "d 1 1 e", "e 1 1 d", "f 1e2000 1",
	), plan.SequenceOptions{})
	require.Len(t, strings.Split(err.Error(), "\n"), 7)
	var cycle *plan.CycleError
	require.ErrorAs(t, err, &cycle)
}

// The largest totals that are allowed, with a search that has to be exact.
func TestSequenceLargest(t *testing.T) {
	items := tasks(
		"a 1000000000000000000 1", "b 1 1000000000000000001 a", "c 999999999999999999 3",
		"d 2 999999999999999998 a c", "e 5 7 c",
	)
	s := sequence(t, items)
	require.True(t, s.Proven)
	require.True(t, leastCost(items).Equal(s.Cost))
	requireSequence(t, items, s)
}

// A profile that is a straight line is its rate; another one is refused with the reason.
func TestSequenceProfiles(t *testing.T) {
	n := decimal.NewFromInt
	steady, peak := delay.Steady(n(5)), delay.Peak(n(10), n(5))
	order, err := plan.Sequence([]plan.Item[string]{
		{Key: "a", Size: n(1), CostOfDelay: n(3)}, {Key: "b", Size: n(1), Profile: &steady},
	}, plan.SequenceOptions{})
	require.NoError(t, err)
	require.Equal(t, "b", order.Items[0].Key)
	_, err = plan.Sequence([]plan.Item[string]{{Key: "c", Size: n(1), Profile: &peak}}, plan.SequenceOptions{})
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	require.ErrorContains(t, err, "a straight line: under other profiles no ratio finds the best order")
	_, err = plan.Sequence([]plan.Item[string]{{Key: "c", Size: n(1), CostOfDelay: n(1), Profile: &steady}}, plan.SequenceOptions{})
	require.ErrorContains(t, err, "none beside a profile")
}
