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

// sharedRelease returns requests that each want from least to most of a few items.
func sharedRelease(r *rand.Rand, items, requests, least, most int, ratio float64) release {
	var in release
	total := int64(0)
	for i := range items {
		cost := 1 + r.Int64N(20)
		total += cost
		in.items = append(in.items, selectItem{Key: i, Cost: decimal.NewFromInt(cost)})
	}
	for i := range requests {
		in.requests = append(in.requests, selectRequest{
			Key: fmt.Sprint(i), Value: decimal.NewFromInt(10 + r.Int64N(41)),
			Items: r.Perm(items)[:least+r.IntN(most-least+1)],
		})
	}
	in.capacity = decimal.NewFromInt(int64(ratio * float64(total)))
	return in
}

// layeredRelease returns a release shaped as the second of the classic ones (Xuan, Jiang, Ren, Luo 2012): five levels
// of items, of which later ones need earlier ones, and 500 requests of up to five items, rather later ones.
func layeredRelease(r *rand.Rand, ratio float64) release {
	var in release
	total := int64(0)
	levels := []struct {
		items, users int
		least, most  int64
	}{{20, 8, 1, 5}, {40, 6, 2, 7}, {80, 4, 3, 9}, {160, 2, 4, 10}, {320, 0, 5, 15}}
	var level []int
	for l, shape := range levels {
		for range shape.items {
			cost := shape.least + r.Int64N(shape.most-shape.least+1)
			total += cost
			in.items = append(in.items, selectItem{Key: len(level), Cost: decimal.NewFromInt(cost)})
			level = append(level, l)
		}
	}
	for i, l := range level {
		later := 0
		for level[later] <= l && levels[l].users > 0 {
			later++
		}
		for range r.IntN(levels[l].users + 1) {
			user := later + r.IntN(len(level)-later)
			if needs := &in.items[user].Needs; !slices.Contains(*needs, i) {
				*needs = append(*needs, i)
			}
		}
	}
	for i := range 500 {
		request := selectRequest{
			Key: fmt.Sprint(i), Value: decimal.NewFromInt(10 + r.Int64N(21) + r.Int64N(21)),
		}
		for range 1 + r.IntN(5) {
			item := r.IntN(len(level))
			for r.IntN(5) > level[item] {
				item = r.IntN(len(level))
			}
			request.Items = append(request.Items, item)
		}
		in.requests = append(in.requests, request)
	}
	in.capacity = decimal.NewFromInt(int64(ratio * float64(total)))
	return in
}

// Where requests share most of their items, linear programming says little, and the search has to enumerate.
func TestSelectSharedAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 40 {
		in := sharedRelease(r, 6+r.IntN(8), 9, 2, 5, 0.2+0.6*r.Float64())
		best, possible := in.best()
		require.True(t, possible)
		got, err := in.solve()
		require.NoError(t, err)
		requireConsistent(t, in, got)
		require.True(t, got.Proven, "%+v", in)
		require.Equal(t, best.String(), got.Value.String(), "%+v", in)
		in.opts.Steps = r.Int64N(20)
		early, err := in.solve()
		require.NoError(t, err)
		requireConsistent(t, in, early)
		require.GreaterOrEqual(t, early.UpperBound.Cmp(best), 0, "%+v", in)
	}
}

// Without a search, what still fits is taken at the end, and the figures hold for all of it.
func TestSelectSharedWithoutSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	for range 600 {
		in := sharedRelease(r, 5+r.IntN(30), 5+r.IntN(40), 1, 4, 0.2+0.6*r.Float64())
		for i := range in.items {
			for j := range i {
				if r.IntN(2*i+2) == 0 {
					in.items[i].Needs = append(in.items[i].Needs, j)
				}
			}
		}
		for range r.IntN(4) {
			two := r.Perm(len(in.requests))
			in.opts.Exclusive = append(in.opts.Exclusive, []string{fmt.Sprint(two[0]), fmt.Sprint(two[1])})
		}
		in.opts.Steps = -1
		got, err := in.solve()
		require.NoError(t, err)
		requireConsistent(t, in, got)
	}
}

// A step is a thousand links where there are few nodes, and fewer where there are many.
func TestLinksPerStep(t *testing.T) {
	for nodes, links := range map[int]int64{0: 1000, 50_000: 800, 200_000: 500, 9_800_000: 20, 199_800_000: 1, 1 << 30: 1} {
		require.Equal(t, links, plan.LinksPerStep(nodes), nodes)
	}
}

// What is left open on dense instances of every kind, by bounds that a weaker engine exceeds. The default steps prove the
// first four; the others are cut short, and what is left is mostly the distance of linear programming to the best.
func TestSelectSharedGap(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	shared := func(items, requests, least, most int, ratio float64) release {
		return sharedRelease(rand.New(rand.NewPCG(1, 9)), items, requests, least, most, ratio)
	}
	for name, tt := range map[string]struct {
		in    release
		steps int64
		gap   float64
	}{
		"layered":          {layeredRelease(rand.New(rand.NewPCG(1, 9)), 0.3), 60_000, 0},
		"5-15 of 40, 0.5":  {shared(40, 100, 5, 15, 0.5), 40_000, 0},
		"5-50 of 100, 0.3": {shared(100, 100, 5, 50, 0.3), 40_000, 0},
		"2-6 of 100, 0.8":  {shared(100, 200, 2, 6, 0.8), 40_000, 0},
		"2-4 of 1000, 0.8": {shared(1000, 3000, 2, 4, 0.8), 10_000, 0.012},
		"2-4 of 1000, 0.5": {shared(1000, 3000, 2, 4, 0.5), 10_000, 0.12},
		"2-8 of 1000, 0.8": {shared(1000, 3000, 2, 8, 0.8), 10_000, 0.17},
	} {
		t.Run(name, func(t *testing.T) {
			tt.in.opts.Steps = tt.steps
			got, err := tt.in.solve()
			require.NoError(t, err)
			requireConsistent(t, tt.in, got)
			require.LessOrEqual(t, got.Gap(4).InexactFloat64(), tt.gap, "%d steps", got.Steps)
		})
	}
}

// BenchmarkSelectShared prints the gap that the default steps leave where requests share many items.
func BenchmarkSelectShared(b *testing.B) {
	run := func(name string, in release) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var got *selection
			var err error
			for b.Loop() {
				got, err = in.solve()
				require.NoError(b, err)
			}
			b.ReportMetric(got.Gap(6).InexactFloat64()*100, "%gap")
			b.ReportMetric(float64(got.Steps), "steps")
		})
	}
	for seed := range uint64(5) {
		run(fmt.Sprint("layered ", seed), layeredRelease(rand.New(rand.NewPCG(seed, 9)), 0.3))
	}
	for _, ratio := range []float64{0.5, 0.8} {
		r := rand.New(rand.NewPCG(1, 9))
		run(fmt.Sprint("5-15 of 40, ", ratio), sharedRelease(r, 40, 100, 5, 15, ratio))
		run(fmt.Sprint("5-50 of 100, ", ratio), sharedRelease(r, 100, 100, 5, 50, ratio))
		run(fmt.Sprint("2-4 of 1000, ", ratio), sharedRelease(r, 1000, 3000, 2, 4, ratio))
		run(fmt.Sprint("2-8 of 1000, ", ratio), sharedRelease(r, 1000, 3000, 2, 8, ratio))
	}
}
