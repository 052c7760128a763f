package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

type (
	splitOptions = plan.SplitOptions[string]
	promise      = plan.Promise[string]
	periodPlan   = plan.Schedule[string]
)

func amounts(texts ...string) []decimal.Decimal {
	values := make([]decimal.Decimal, len(texts))
	for i, text := range texts {
		values[i] = decimal.RequireFromString(text)
	}
	return values
}

// cut is an input of Split.
type cut struct {
	items      []sequenceItem
	order      []string
	capacities []decimal.Decimal
	opts       splitOptions
}

func (c cut) plan() (*periodPlan, error) {
	return plan.Split(c.items, c.order, c.capacities, c.opts)
}

// randomCut draws a small input with decimals, zeros and needs; no item is larger than every
// period, unless it may spill.
func randomCut(r *rand.Rand) cut {
	scale := -int32(r.IntN(2))
	var c cut
	largest := int64(0)
	for range 1 + r.IntN(5) {
		capacity := r.Int64N(16)
		largest = max(largest, capacity)
		c.capacities = append(c.capacities, decimal.New(capacity, scale))
	}
	c.opts.Spill, c.opts.FillGaps = r.IntN(2) == 0, r.IntN(2) == 0
	n := r.IntN(10)
	rank := r.Perm(n)
	c.order = make([]string, n)
	for i := range n {
		size := r.Int64N(10)
		if c.opts.Spill && r.IntN(4) == 0 {
			size = r.Int64N(40)
		} else {
			size = min(size, largest)
		}
		item := sequenceItem{Key: strconv.Itoa(i), Size: decimal.New(size, scale)}
		for j := range n {
			if rank[j] < rank[i] && r.IntN(5) == 0 {
				item.Needs = append(item.Needs, strconv.Itoa(j))
			}
		}
		c.order[rank[i]] = item.Key
		c.items = append(c.items, item)
	}
	return c
}

// randomPromises promises some of the items for any period.
func (c *cut) randomPromises(r *rand.Rand, oneIn int) {
	for _, item := range c.items {
		if r.IntN(oneIn) == 0 {
			c.opts.Promised = append(c.opts.Promised, promise{item.Key, r.IntN(len(c.capacities))})
		}
	}
}

// span is where an item is.
type span struct{ first, last int }

func spans(got *periodPlan) map[string]span {
	at := map[string]span{}
	for _, period := range got.Periods {
		for _, item := range period.Items {
			at[item.Key] = span{item.First, item.Last}
		}
	}
	return at
}

// requireCut checks all that holds for every plan.
func requireCut(t *testing.T, c cut, got *periodPlan) {
	t.Helper()
	at := spans(got)
	done := map[string]decimal.Decimal{}
	ended := map[string]bool{}
	require.Len(t, got.Periods, len(c.capacities))
	for p, period := range got.Periods {
		load := decimal.Zero
		require.True(t, period.Capacity.Equal(c.capacities[p]))
		for _, item := range period.Items {
			require.Equal(t, c.items[item.Index].Key, item.Key)
			require.Equal(t, at[item.Key], span{item.First, item.Last})
			require.LessOrEqual(t, item.First, p)
			require.GreaterOrEqual(t, item.Last, p)
			require.Equal(t, item.First != item.Last, item.Spills())
			require.False(t, item.Load.IsNegative())
			require.Equal(t, slices.Contains(c.opts.Promised, promise{item.Key, item.Last}), item.Promised)
			load = load.Add(item.Load)
			done[item.Key] = done[item.Key].Add(item.Load)
			for _, need := range c.items[item.Index].Needs {
				require.True(t, ended[need], "%s before %s in %+v", item.Key, need, c)
			}
			ended[item.Key] = item.Last == p
		}
		require.True(t, slices.IsSortedFunc(period.Items, func(a, b plan.PeriodItem[string]) int {
			return a.First - b.First
		}))
		require.True(t, load.Equal(period.Load))
		require.True(t, load.LessThanOrEqual(period.Capacity), "%+v", c)
	}
	for _, left := range got.LeftOver {
		require.Equal(t, c.items[left.Index].Key, left.Key)
		require.NotContains(t, at, left.Key)
		require.NotEmpty(t, left.Why)
	}
	require.Len(t, c.items, len(at)+len(got.LeftOver))
	for _, item := range c.items {
		where, placed := at[item.Key]
		require.True(t, !placed || done[item.Key].Equal(item.Size), "%s of %+v", item.Key, c)
		if where.first != where.last { // it is larger than the period in which it begins
			require.True(t, c.opts.Spill)
			require.True(t, item.Size.GreaterThan(c.capacities[where.first]), "%+v", c)
		}
	}
	requirePromises(t, c, got, at)
}

// requirePromises checks that each promise is either kept or, if that is allowed, among the moved.
func requirePromises(t *testing.T, c cut, got *periodPlan, at map[string]span) {
	t.Helper()
	moved := map[string]plan.MovedPromise[string]{}
	for _, m := range got.Moved {
		moved[m.Key] = m
		require.NotEmpty(t, m.Why)
	}
	require.True(t, c.opts.MayMove || len(moved) == 0, "%v %+v", got.Moved, c)
	for _, promised := range c.opts.Promised {
		to := -1
		if where, ok := at[promised.Key]; ok {
			to = where.last
		}
		m, ok := moved[promised.Key]
		require.Equal(t, to != promised.Period, ok, "%+v", c)
		if ok {
			require.Equal(t, promised.Period, m.From)
			require.Equal(t, to, m.To)
		}
	}
}

// twin fills the periods by the letter of the rule, without promises.
func (c cut) twin() map[string]span {
	at, givenUp := map[string]span{}, map[string]bool{}
	room := slices.Clone(c.capacities)
	for p := range room {
		all, largest, left := decimal.Zero, decimal.Zero, decimal.Zero
		for q := p; q < len(room); q++ {
			all = all.Add(c.capacities[q])
			largest = decimal.Max(largest, c.capacities[q])
			left = left.Add(room[q])
		}
		for _, key := range c.order {
			i, _ := strconv.Atoi(key)
			item := c.items[i]
			waits := slices.ContainsFunc(item.Needs, func(need string) bool {
				where, ok := at[need]
				return !ok || where.last > p
			})
			if _, placed := at[key]; placed || waits || givenUp[key] {
				continue
			}
			switch {
			case item.Size.LessThanOrEqual(room[p]):
				at[key] = span{p, p}
				room[p], left = room[p].Sub(item.Size), left.Sub(item.Size)
				continue
			case c.opts.Spill && item.Size.GreaterThan(c.capacities[p]) && item.Size.LessThanOrEqual(left) &&
				room[p].IsPositive():
				where := span{-1, -1}
				left = left.Sub(item.Size)
				for rest, q := item.Size, p; rest.IsPositive(); q++ {
					part := decimal.Min(rest, room[q])
					if part.IsPositive() && where.first < 0 {
						where.first = q
					}
					rest, room[q], where.last = rest.Sub(part), room[q].Sub(part), q
				}
				at[key] = where
				continue
			case c.opts.Spill && item.Size.GreaterThan(all), !c.opts.Spill && item.Size.GreaterThan(largest):
				givenUp[key] = true
				continue
			case c.opts.FillGaps:
				continue
			}
			break
		}
	}
	return at
}

func TestSplitAgreesWithTheLetterOfTheRule(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 1))
	for range 6000 {
		c := randomCut(r)
		got, err := c.plan()
		require.NoError(t, err)
		requireCut(t, c, got)
		require.Equal(t, c.twin(), spans(got), "%+v", c)
	}
}

func TestSplitKeepsPromises(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 2))
	kept, refused, moved := 0, 0, 0
	for range 6000 {
		c := randomCut(r)
		c.randomPromises(r, 2+r.IntN(4))
		firm, err := c.plan()
		if err != nil {
			refused++
			require.ErrorIs(t, err, plan.ErrPromise, "%+v", c)
			require.Nil(t, firm)
		} else {
			kept++
			requireCut(t, c, firm)
		}
		c.opts.MayMove = true
		loose, looseErr := c.plan()
		require.NoError(t, looseErr)
		requireCut(t, c, loose)
		if err == nil {
			require.Equal(t, firm, loose, "%+v", c)
		}
		moved += min(len(loose.Moved), 1)
	}
	require.Greater(t, kept, 1000)
	require.Greater(t, refused, 1000)
	require.Greater(t, moved, 1000)
}

// Where everything is promised, the answer is exact: an error exactly if a period is too small or
// something is promised before what it needs.
func TestSplitAllPromised(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 3))
	possible := 0
	for range 6000 {
		c := randomCut(r)
		c.opts.Spill = false
		for i := range c.items {
			c.items[i].Size = decimal.Min(c.items[i].Size, decimal.Max(c.capacities[0], c.capacities[1:]...))
		}
		c.randomPromises(r, 1)
		room := slices.Clone(c.capacities)
		fits := true
		for i, item := range c.items {
			p := c.opts.Promised[i].Period
			room[p] = room[p].Sub(item.Size)
			for _, need := range item.Needs {
				j, _ := strconv.Atoi(need)
				fits = fits && c.opts.Promised[j].Period <= p
			}
		}
		for _, left := range room {
			fits = fits && !left.IsNegative()
		}
		got, err := c.plan()
		require.Equal(t, fits, err == nil, "%+v: %v", c, err)
		if fits {
			possible++
			requireCut(t, c, got)
		}
	}
	require.Greater(t, possible, 500)
}

// A plan keeps its own promises; with periods of several sizes, where what spills is a matter of the
// order, only if nothing does.
func TestSplitAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 4))
	for range 3000 {
		c := randomCut(r)
		for p := range c.capacities {
			if c.opts.Spill {
				c.capacities[p] = c.capacities[0]
			}
		}
		got, err := c.plan()
		require.NoError(t, err)
		c.opts.Promised = got.Promises()
		again, err := c.plan()
		require.NoError(t, err, "%+v", c)
		was, is := spans(got), spans(again)
		for key, where := range was {
			require.Equal(t, where.last, is[key].last)
		}
		require.LessOrEqual(t, len(again.LeftOver), len(got.LeftOver))
	}
}

func TestSplitDeterministicAndPure(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 5))
	for range 500 {
		c := randomCut(r)
		c.randomPromises(r, 3)
		c.opts.MayMove = true
		before := fmt.Sprint(c)
		got, err := c.plan()
		require.NoError(t, err)
		again, err := c.plan()
		require.NoError(t, err)
		require.Equal(t, got, again)
		require.Equal(t, before, fmt.Sprint(c))
		for _, by := range []decimal.Decimal{decimal.New(1, 900), decimal.New(1, -900), decimal.New(36, -1)} {
			scaled := cut{slices.Clone(c.items), c.order, slices.Clone(c.capacities), c.opts}
			for i := range scaled.items {
				scaled.items[i].Size = scaled.items[i].Size.Mul(by)
			}
			for i := range scaled.capacities {
				scaled.capacities[i] = scaled.capacities[i].Mul(by)
			}
			whole, err := scaled.plan()
			require.NoError(t, err)
			require.Equal(t, spans(got), spans(whole))
		}
	}
}

func TestSplitReasons(t *testing.T) {
	tests := map[string]struct {
		items      []sequenceItem
		capacities []decimal.Decimal
		opts       splitOptions
		want       string // the keys of each period, what is left over, what has moved
	}{
		"the first that does not fit ends the period": {
			tasks("a 6 0", "b 6 0", "c 3 0", "d 9 0"), amounts("10", "10"),
			splitOptions{},
			`[a] [b c] left [d: no room is left for its size of 9] moved []`,
		},
		"or is overtaken": {
			tasks("a 6 0", "b 6 0", "c 3 0"), amounts("10", "10"),
			splitOptions{FillGaps: true},
			`[a c] [b] left [] moved []`,
		},
		"what comes after is left over too": {
			tasks("a 6 0", "b 6 0", "c 3 0"), amounts("10"),
			splitOptions{},
			`[a] left [b: no room is left for its size of 6 c: comes after "b", for which no room is left] moved []`,
		},
		"an item larger than the period spills": {
			tasks("a 6 0", "b 12 0", "c 3 0 b"), amounts("10", "10", "10"),
			splitOptions{Spill: true},
			`[a b] [b] [c] left [] moved []`,
		},
		"but not in a period that is large enough": {
			tasks("a 2 0", "b 6 0", "c 7 0"), amounts("4", "8", "9"),
			splitOptions{Spill: true},
			`[a b] [b] [c] left [] moved []`,
		},
		"what can't be done is not begun": {
			tasks("a 6 0", "b 15 0", "c 3 0 b", "d 4 0"), amounts("10", "1"),
			splitOptions{Spill: true},
			`[a d] [] left [b: its size of 15 was more than what was left when its turn came ` +
				`c: needs "b", which is left over] moved []`,
		},
		"a promise pulls what it needs forward": {
			tasks("a 5 0", "b 5 0", "c 3 0", "d 2 0 c"), amounts("10", "10"),
			splitOptions{Promised: []promise{{"d", 0}}},
			`[a c d] [b] left [] moved []`,
		},
		"a promise keeps its room": {
			tasks("a 2 0", "b 5 0", "c 4 0"), amounts("5", "5"),
			splitOptions{Promised: []promise{{"a", 1}}},
			`[b] [a] left [c: no room is left for its size of 4] moved []`,
		},
		"a promise without room moves": {
			tasks("a 4 0", "b 4 0"), amounts("5", "5"),
			splitOptions{Promised: []promise{{"b", 0}, {"a", 0}}, MayMove: true},
			`[a] [b] left [] moved [b 0->1: 3 more capacity wanted beside other promises]`,
		},
		"a promise before what it needs moves": {
			tasks("a 2 0", "b 2 0 a"), amounts("5", "5"),
			splitOptions{Promised: []promise{{"a", 1}, {"b", 0}}, MayMove: true},
			`[] [a b] left [] moved [b 0->1: needs "a", which is promised for period 1]`,
		},
		"of two that are promised for later, the first that is listed is named": {
			tasks("a 1 0", "b 1 0", "c 2 0 b a"), amounts("5", "5", "5"),
			splitOptions{Promised: []promise{{"b", 1}, {"a", 1}, {"c", 0}}, MayMove: true},
			`[] [a b c] [] left [] moved [c 0->1: needs "b", which is promised for period 1]`,
		},
		"the one that is promised for the latest is named": {
			tasks("a 1 0", "b 1 0", "c 2 0 b a", "d 1 0 c"), amounts("5", "5", "5"),
			splitOptions{Promised: []promise{{"a", 1}, {"b", 2}, {"d", 0}}, MayMove: true},
			`[] [a] [b c d] left [] moved [d 0->2: needs "b", which is promised for period 2]`,
		},
		"a promise that what it needs is too large for moves": {
			tasks("a 6 0", "b 2 0 a"), amounts("5", "6", "5"),
			splitOptions{Promised: []promise{{"b", 0}}, MayMove: true},
			`[] [a] [b] left [] moved [b 0->2: needs "a", for which 3 more capacity is wanted by then]`,
		},
		"a promised item that spills is done in its period": {
			tasks("a 3 0", "b 12 0"), amounts("5", "5", "5"),
			splitOptions{Spill: true, Promised: []promise{{"b", 2}}},
			`[a b] [b] [b] left [] moved []`,
		},
		"no time at all": {
			tasks("a 0 0", "b 0 0 a"), amounts("0", "0"), splitOptions{}, `[a b] [] left [] moved []`,
		},
		"nothing": {nil, amounts("1"), splitOptions{}, `[] left [] moved []`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := cut{test.items, keysOf(test.items), test.capacities, test.opts}
			got, err := c.plan()
			require.NoError(t, err)
			requireCut(t, c, got)
			require.Equal(t, test.want, planText(got))
		})
	}
}

func keysOf(items []sequenceItem) (keys []string) {
	for _, item := range items {
		keys = append(keys, item.Key)
	}
	return keys
}

func planText(got *periodPlan) (text string) {
	for _, period := range got.Periods {
		keys := []string{}
		for _, item := range period.Items {
			keys = append(keys, item.Key)
		}
		text += fmt.Sprint(keys) + " "
	}
	left, moved := []string{}, []string{}
	for _, item := range got.LeftOver {
		left = append(left, item.Key+": "+item.Why)
	}
	for _, m := range got.Moved {
		moved = append(moved, fmt.Sprintf("%s %d->%d: %s", m.Key, m.From, m.To, m.Why))
	}
	return text + fmt.Sprint("left ", left, " moved ", moved)
}

func TestSplitRefusesAllAtOnce(t *testing.T) {
	items := tasks("a 1 0", "b 20 0 a", "c -1 0", "d 1 0 z")
	_, err := plan.Split(items, []string{"a", "a", "y", "c"}, amounts("5", "-1"), splitOptions{
		Promised: []promise{{"a", 2}, {"b", -1}, {"c", 0}, {"c", 1}, {"x", 0}},
	})
	require.EqualError(t, err, `prioritize: item 2 ("c"): size is "-1", want >= 0
prioritize: item 3 ("d"): unknown item: needs "z"
prioritize: duplicate key: the order has "a" again at 1
prioritize: unknown item: the order has "y" at 2
prioritize: order is "without b", want each item once
prioritize: order is "without d", want each item once
prioritize: capacity of period 1 is "-1", want >= 0
prioritize: period promised for "a" is "2", want from 0 to 1
prioritize: period promised for "b" is "-1", want from 0 to 1
prioritize: duplicate key: promised names item "c" again
prioritize: unknown item: promised names item "x"`)
	for _, class := range []error{prioritize.ErrInvalid, prioritize.ErrUnknown, prioritize.ErrDuplicate} {
		require.ErrorIs(t, err, class)
	}

	items = tasks("a 1 0", "b 20 0 a", "c 6 0")
	_, err = plan.Split(items, keysOf(items), amounts("5", "3"), splitOptions{})
	require.EqualError(t, err, `prioritize: item 1 ("b"): size is "20", want at most 5, the largest capacity
prioritize: item 2 ("c"): size is "6", want at most 5, the largest capacity`)
	_, err = plan.Split(items, []string{"c", "b", "a"}, amounts("30"), splitOptions{})
	require.EqualError(t, err, `prioritize: order is "b before a", want what is needed first`)
	_, err = plan.Split(items, keysOf(items), nil, splitOptions{})
	require.EqualError(t, err, `prioritize: capacities is "", want at least one`)
	_, err = plan.Split(tasks("a 4e18 0"), []string{"a"}, amounts("1"), splitOptions{Spill: true})
	require.NoError(t, err)
	_, err = plan.Split(tasks("a 5e18 0", "b 1e-1 0"), []string{"a", "b"}, amounts("1"),
		splitOptions{Spill: true})
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

func TestSplitNamesAllBrokenPromises(t *testing.T) {
	items := tasks("a 3 0", "b 3 0", "c 4 0", "d 1 0 c", "e 1 0 d", "f 1 0 e", "g 12 0")
	c := cut{items, keysOf(items), amounts("5", "5.5", "5"), splitOptions{Spill: true, Promised: []promise{
		{"a", 0}, {"b", 0}, {"d", 0}, {"e", 2}, {"f", 1}, {"g", 1},
	}}}
	_, err := c.plan()
	require.EqualError(t, err, `prioritize: promise can't be kept: "a", "b", "d" in period 0: 2 more capacity wanted
prioritize: promise can't be kept: "f" in period 1: "e" is needed, but promised for period 2
prioritize: promise can't be kept: "g" in period 1: 5.5 more capacity wanted
prioritize: promise can't be kept: "d" in period 0: "c" is needed by then, 3 more capacity wanted`)
	require.ErrorIs(t, err, plan.ErrPromise)
	var e *plan.PromiseError
	require.ErrorAs(t, err, &e)
	require.Equal(t, &plan.PromiseError{Keys: []string{"a", "b", "d"}, NeedPeriod: -1, Shortfall: e.Shortfall}, e)
	require.Equal(t, "2", e.Shortfall.String())
}

// Items that can begin before the period they are promised for leave it to those that can't.
func TestSplitPromisedItemsThatSpillMakeRoom(t *testing.T) {
	items := tasks("a 1 0", "b 5 0", "c 3 0 b", "d 2 0")
	c := cut{items, keysOf(items), amounts("2.6", "2", "9"), splitOptions{Spill: true}}
	got, err := c.plan()
	require.NoError(t, err)
	require.Equal(t, map[string]span{"a": {0, 0}, "b": {0, 2}, "c": {2, 2}, "d": {2, 2}}, spans(got))
	c.opts.Promised = got.Promises()
	again, err := c.plan()
	require.NoError(t, err)
	requirePromises(t, c, again, spans(again))

	items = tasks("a 5 0", "b 2 0", "c 2 0", "d 2 0", "e 2 0", "f 2 0")
	c = cut{items, keysOf(items), amounts("2.6", "2", "9"), splitOptions{Spill: true}}
	for _, item := range items {
		c.opts.Promised = append(c.opts.Promised, promise{item.Key, 2})
	}
	_, err = c.plan()
	require.EqualError(t, err, `prioritize: promise can't be kept: `+
		`"b", "c", "d", "e", "f" in period 2: 1 more capacity wanted`)
}

// A long chain over many periods takes little more than linear time and no recursion.
func TestSplitLarge(t *testing.T) {
	const n = 100_000
	c := cut{opts: splitOptions{Spill: true, FillGaps: true}}
	for i := range n {
		item := sequenceItem{Key: strconv.Itoa(i), Size: decimal.NewFromInt(int64(i%7 + 1))}
		if i > 0 {
			item.Needs = []string{c.items[i-1].Key}
		}
		c.items, c.order = append(c.items, item), append(c.order, item.Key)
		if i%2 == 0 {
			c.capacities = append(c.capacities, decimal.NewFromInt(6))
		}
	}
	c.opts.Promised = []promise{{c.order[n/4], n / 4}, {c.order[n/5], n/2 - 1}}
	c.opts.MayMove = true
	got, err := c.plan()
	require.NoError(t, err)
	require.Len(t, got.Periods, n/2)
	require.Len(t, got.Moved, 1)
}

// The baseline is Sequence on the same items, without a search.
func BenchmarkSplit(b *testing.B) {
	r := rand.New(rand.NewPCG(11, 9))
	const n = 20_000
	c := cut{opts: splitOptions{FillGaps: true}}
	for i := range n {
		item := sequenceItem{Key: strconv.Itoa(i), Size: decimal.NewFromInt(1 + r.Int64N(13))}
		if i > 0 && r.IntN(2) == 0 {
			item.Needs = []string{c.items[r.IntN(i)].Key}
		}
		c.items, c.order = append(c.items, item), append(c.order, item.Key)
		if i%5 == 0 {
			c.capacities = append(c.capacities, decimal.NewFromInt(30))
		}
	}
	for i := range 1000 {
		c.opts.Promised = append(c.opts.Promised, promise{c.order[5*i], 3 * i})
	}
	c.opts.MayMove = true
	start := time.Now()
	_, err := plan.Sequence(c.items, plan.SequenceOptions{Steps: -1})
	require.NoError(b, err)
	baseline := time.Since(start)
	b.ReportAllocs()
	for b.Loop() {
		_, err := c.plan()
		require.NoError(b, err)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(baseline), "x-sequence")
}
