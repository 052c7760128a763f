package prioritize_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

func xsort(n int) time.Duration {
	rng := rand.New(rand.NewPCG(7, 7))
	best := time.Hour
	for range 3 {
		f := make([]float64, n)
		for i := range f {
			f[i] = rng.Float64()
		}
		start := time.Now()
		slices.Sort(f)
		best = min(best, time.Since(start))
	}
	return best
}

func BenchmarkRankMillion(b *testing.B) {
	const n = 1_000_000
	kinds := map[string]func(*rand.Rand) int64{
		"scale":  func(r *rand.Rand) int64 { return []int64{1, 2, 3, 5, 8, 13, 20}[r.IntN(7)] },
		"random": func(r *rand.Rand) int64 { return 1 + r.Int64N(1_000_000) },
	}
	for _, kind := range []string{"scale", "random"} {
		b.Run(kind, func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 2))
			inputs := make([]prioritize.WSJFInput, n)
			d := func() decimal.Decimal { return decimal.NewFromInt(kinds[kind](rng)) }
			for i := range inputs {
				inputs[i] = prioritize.WSJFInput{UserBusinessValue: d(), TimeCriticality: d(), RiskReduction: d(), JobSize: d()}
			}
			candidates := numberRows(inputs)
			base := xsort(n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := prioritize.Rank(prioritize.WSJF{}, candidates); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(base), "x-sort")
		})
	}
}
