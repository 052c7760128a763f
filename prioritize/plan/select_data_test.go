package plan_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// nextRelease is an instance of the next release problem (Xuan, Jiang, Ren, Luo 2012) and its optimum,
// proven by two integer-programming solvers.
type nextRelease struct {
	name    string
	in      release
	optimum int64
}

// nextReleases reads the instances, or skips the test where they are absent.
func nextReleases(t testing.TB) []nextRelease {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", "nrp")
	file, err := os.Open(filepath.Join(dir, "optima.csv"))
	if err != nil {
		t.Skipf("no data to measure on: %v", err)
	}
	defer func() { require.NoError(t, file.Close()) }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	var all []nextRelease
	for _, row := range rows[1:] {
		name := row[0][:strings.LastIndex(row[0], "-")]
		text, err := os.ReadFile(filepath.Join(dir, name+".txt"))
		require.NoError(t, err)
		in := readNextRelease(t, string(text))
		in.capacity = amount(row[5])
		optimum, err := strconv.ParseInt(row[6], 10, 64)
		require.NoError(t, err)
		all = append(all, nextRelease{row[0], in, optimum})
	}
	return all
}

// readNextRelease reads levels of costs, links "needed needs", and requests "value count items...".
func readNextRelease(t testing.TB, text string) release {
	t.Helper()
	fields := strings.Fields(text)
	next := func() int {
		n, err := strconv.Atoi(fields[0])
		require.NoError(t, err)
		fields = fields[1:]
		return n
	}
	var in release
	for range next() {
		for range next() {
			in.items = append(in.items,
				selectItem{Key: len(in.items), Cost: decimal.NewFromInt(int64(next()))})
		}
	}
	for range next() {
		needed, needs := next()-1, next()-1
		in.items[needs].Needs = append(in.items[needs].Needs, needed)
	}
	for range next() {
		request := selectRequest{
			Key: fmt.Sprint(len(in.requests)), Value: decimal.NewFromInt(int64(next())),
		}
		for range next() {
			request.Items = append(request.Items, next()-1)
		}
		in.requests = append(in.requests, request)
	}
	return in
}

func TestSelectReproducesOptima(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second or two")
	}
	for _, instance := range nextReleases(t) {
		t.Run(instance.name, func(t *testing.T) {
			got, err := instance.in.solve()
			require.NoError(t, err)
			requireConsistent(t, instance.in, got)
			require.True(t, got.Proven)
			require.Equal(t, instance.optimum, got.Value.IntPart())
		})
	}
}

// byRatio is what peers do: one request after the other, by value / cost.
func byRatio(in release) (value decimal.Decimal) {
	costs := make([]float64, len(in.requests))
	order := make([]int, len(in.requests))
	for i := range in.requests {
		order[i] = i
		_, cost, _ := in.fulfil(func(j int) bool { return j == i })
		costs[i] = in.requests[i].Value.InexactFloat64() / cost.InexactFloat64()
	}
	slices.SortStableFunc(order, func(i, j int) int {
		if costs[i] > costs[j] {
			return -1
		}
		return 1
	})
	taken := map[int]bool{}
	spent := decimal.Zero
	var take func(key int, taken map[int]bool) decimal.Decimal
	take = func(key int, taken map[int]bool) decimal.Decimal {
		if taken[key] {
			return decimal.Zero
		}
		taken[key] = true
		cost := in.items[key].Cost
		for _, need := range in.items[key].Needs {
			cost = cost.Add(take(need, taken))
		}
		return cost
	}
	for _, i := range order {
		trial, cost := map[int]bool{}, spent
		for key := range taken {
			trial[key] = true
		}
		for _, key := range in.requests[i].Items {
			cost = cost.Add(take(key, trial))
		}
		if cost.Cmp(in.capacity) <= 0 {
			taken, spent, value = trial, cost, value.Add(in.requests[i].Value)
		}
	}
	return value
}

// BenchmarkSelect prints, instance by instance, whether the optimum is found and proven, the share of it
// that a quarter of a second's steps reach, the share that greedy by ratio reaches, and the time that
// all of it takes over the time of the first selection alone.
func BenchmarkSelect(b *testing.B) {
	const quarter = 10_000
	for _, instance := range nextReleases(b) {
		b.Run(instance.name, func(b *testing.B) {
			in := instance.in
			share := func(value decimal.Decimal) float64 {
				return value.InexactFloat64() / float64(instance.optimum)
			}
			in.opts.Steps = -1
			start := time.Now()
			_, err := in.solve()
			first := time.Since(start)
			require.NoError(b, err)
			in.opts.Steps = quarter
			early, err := in.solve()
			require.NoError(b, err)
			in.opts.Steps = 0
			var got *selection
			b.ReportAllocs()
			for b.Loop() {
				got, err = in.solve()
				require.NoError(b, err)
			}
			proven := 0.0
			if got.Proven && got.Value.IntPart() == instance.optimum {
				proven = 1
			}
			b.ReportMetric(proven, "proven")
			b.ReportMetric(float64(got.Steps), "steps")
			b.ReportMetric(share(early.Value), "early/optimum")
			b.ReportMetric(share(byRatio(in)), "by-ratio/optimum")
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/first.Seconds(), "x-baseline")
		})
	}
}

// A sum of small clusters has next to no gap.
func BenchmarkSelectClusters(b *testing.B) {
	in := clusteredRelease(10_000)
	var got *selection
	var err error
	b.ReportAllocs()
	for b.Loop() {
		got, err = plan.Select(in.items, in.requests, in.capacity, in.opts)
		require.NoError(b, err)
	}
	b.ReportMetric(got.Gap(6).InexactFloat64()*100, "%gap")
	b.ReportMetric(float64(got.Steps), "steps")
}

func clusteredRelease(n int) release {
	var in release
	total := int64(0)
	x := uint64(1)
	random := func(below uint64) int64 {
		x = x*6364136223846793005 + 1442695040888963407
		return int64(x >> 33 % below)
	}
	for i := range n {
		cost := 1 + random(100)
		total += cost
		item := selectItem{Key: i, Cost: decimal.NewFromInt(cost)}
		for j := i - i%6; j < i; j++ {
			if random(3) == 0 {
				item.Needs = append(item.Needs, j)
			}
		}
		in.items = append(in.items, item)
		in.requests = append(in.requests, selectRequest{
			Key: fmt.Sprint(i), Value: decimal.NewFromInt(random(100)), Items: []int{i},
		})
	}
	in.capacity = decimal.NewFromInt(total / 2)
	return in
}
