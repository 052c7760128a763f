package prioritize_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// against measures work beside a baseline that runs in turn with it, and reports the ratio of
// the two, so that a busy machine slows both.
func against(b *testing.B, metric string, baseline func() time.Duration, work func()) {
	b.Helper()
	b.ReportAllocs()
	var base, own time.Duration
	for b.Loop() {
		b.StopTimer()
		base += baseline()
		b.StartTimer()
		start := time.Now()
		work()
		own += time.Since(start)
	}
	b.ReportMetric(float64(own)/float64(base), metric)
}

// sortFloats returns how long slices.Sort takes for n random numbers.
func sortFloats(n int) func() time.Duration {
	rng := rand.New(rand.NewPCG(7, 7))
	floats := make([]float64, n)
	return func() time.Duration {
		for i := range floats {
			floats[i] = rng.Float64()
		}
		start := time.Now()
		slices.Sort(floats)
		return time.Since(start)
	}
}

type randomDecimal func(*rand.Rand) decimal.Decimal

var (
	onScale randomDecimal = func(r *rand.Rand) decimal.Decimal {
		return decimal.NewFromInt([]int64{1, 2, 3, 5, 8, 13, 20}[r.IntN(7)])
	}
	toThousand randomDecimal = func(r *rand.Rand) decimal.Decimal { return decimal.New(1+r.Int64N(100_000), -2) }
	toMillion  randomDecimal = func(r *rand.Rand) decimal.Decimal { return decimal.NewFromInt(1 + r.Int64N(1_000_000)) }
	confidence randomDecimal = func(r *rand.Rand) decimal.Decimal { return decimal.New(1+r.Int64N(100), -2) }
)

func manyWSJF(n int, d randomDecimal) []prioritize.Candidate[int, prioritize.WSJFInput] {
	rng := rand.New(rand.NewPCG(1, 2))
	inputs := make([]prioritize.WSJFInput, n)
	for i := range inputs {
		inputs[i] = prioritize.WSJFInput{
			UserBusinessValue: d(rng), TimeCriticality: d(rng), RiskReduction: d(rng), JobSize: d(rng),
		}
	}
	return numbered(inputs)
}

func manyRICE(n int) []prioritize.Candidate[int, prioritize.RICEInput] {
	rng := rand.New(rand.NewPCG(1, 2))
	inputs := make([]prioritize.RICEInput, n)
	for i := range inputs {
		inputs[i] = prioritize.RICEInput{
			Reach: toMillion(rng), Impact: confidence(rng),
			Confidence: decimal.NewNullDecimal(confidence(rng)), Effort: toThousand(rng),
		}
	}
	return numbered(inputs)
}

func rankAll[A any](b *testing.B, m prioritize.Method[A], candidates []prioritize.Candidate[int, A]) func() {
	return func() {
		if _, err := prioritize.Rank(m, candidates); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRankMillion ranks a million candidates, from decimals to ranking: x-sort is the time
// in terms of slices.Sort of a million random float64.
func BenchmarkRankMillion(b *testing.B) {
	const n = 1_000_000
	run := func(name string, work func(b *testing.B) func()) {
		b.Run(name, func(b *testing.B) { against(b, "x-sort", sortFloats(n), work(b)) })
	}
	run("WSJF", func(b *testing.B) func() { return rankAll(b, prioritize.WSJF{}, manyWSJF(n, toMillion)) })
	run("WSJF-scale", func(b *testing.B) func() { return rankAll(b, prioritize.WSJF{}, manyWSJF(n, onScale)) })
	run("WSJF-decimals", func(b *testing.B) func() { return rankAll(b, prioritize.WSJF{}, manyWSJF(n, toThousand)) })
	run("RICE", func(b *testing.B) func() { return rankAll(b, prioritize.RICE{}, manyRICE(n)) })
	run("Formula", func(b *testing.B) func() {
		return rankAll(b, prioritize.Formula[prioritize.RICEInput](func(in prioritize.RICEInput) (prioritize.Score, error) {
			return prioritize.Quotient(in.Reach.Mul(in.Impact), in.Effort)
		}), manyRICE(n))
	})
}
