package prioritize_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// against measures work beside a baseline that runs in turn with it, and reports the ratio of
// the two, so that a busy machine slows both.
func against(b *testing.B, metric string, baseline, work func() time.Duration) {
	b.Helper()
	b.ReportAllocs()
	var base, own time.Duration
	for b.Loop() {
		b.StopTimer()
		base += baseline()
		b.StartTimer()
		own += work()
	}
	b.ReportMetric(float64(own)/float64(base), metric)
}

// sortFloats returns how long slices.Sort takes for n random numbers, times over.
func sortFloats(n, times int) func() time.Duration {
	rng := rand.New(rand.NewPCG(7, 7))
	floats := make([]float64, n)
	return func() time.Duration {
		total := time.Duration(0)
		for range times {
			for i := range floats {
				floats[i] = rng.Float64()
			}
			start := time.Now()
			slices.Sort(floats)
			total += time.Since(start)
		}
		return total
	}
}

func timed(work func()) func() time.Duration {
	return func() time.Duration {
		start := time.Now()
		work()
		return time.Since(start)
	}
}

type draw func(*rand.Rand) decimal.Decimal

var (
	onScale draw = func(r *rand.Rand) decimal.Decimal {
		return decimal.NewFromInt([]int64{1, 2, 3, 5, 8, 13, 20}[r.IntN(7)])
	}
	cents     draw = func(r *rand.Rand) decimal.Decimal { return decimal.New(1+r.Int64N(100_000), -2) }
	toMillion draw = func(r *rand.Rand) decimal.Decimal { return decimal.NewFromInt(1 + r.Int64N(1_000_000)) }
	percent   draw = func(r *rand.Rand) decimal.Decimal { return decimal.New(1+r.Int64N(100), -2) }
)

func manyWSJF(n int, d draw) []prioritize.Candidate[int, prioritize.WSJFInput] {
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
			Reach: toMillion(rng), Impact: percent(rng), Confidence: decimal.NewNullDecimal(percent(rng)), Effort: cents(rng),
		}
	}
	return numbered(inputs)
}

func rankAll[A any](
	b *testing.B, m prioritize.Method[A], candidates []prioritize.Candidate[int, A],
) func() time.Duration {
	return timed(func() {
		if _, err := prioritize.Rank(m, candidates); err != nil {
			b.Fatal(err)
		}
	})
}

// perEffort is the formula of a user who wants neither confidence nor allocations.
var perEffort prioritize.Formula[prioritize.RICEInput] = func(in prioritize.RICEInput) (prioritize.Score, error) {
	return prioritize.Value(in.Reach).Mul(prioritize.Value(in.Impact)).Div(prioritize.Value(in.Effort)), nil
}

// perEffortInDecimals is that of one who does not mind them.
var perEffortInDecimals prioritize.Formula[prioritize.RICEInput] = func(in prioritize.RICEInput) (prioritize.Score, error) {
	return prioritize.Quotient(in.Reach.Mul(in.Impact), in.Effort)
}

// BenchmarkRankMillion ranks a million candidates, from decimals to ranking: x-sort is the time
// in terms of slices.Sort of a million random float64.
func BenchmarkRankMillion(b *testing.B) {
	const n = 1_000_000
	run := func(name string, work func(b *testing.B) func() time.Duration) {
		b.Run(name, func(b *testing.B) { against(b, "x-sort", sortFloats(n, 1), work(b)) })
	}
	wsjf := func(d draw) func(b *testing.B) func() time.Duration {
		return func(b *testing.B) func() time.Duration { return rankAll(b, prioritize.WSJF{}, manyWSJF(n, d)) }
	}
	rice := func(m prioritize.Method[prioritize.RICEInput]) func(b *testing.B) func() time.Duration {
		return func(b *testing.B) func() time.Duration { return rankAll(b, m, manyRICE(n)) }
	}
	run("WSJF", wsjf(toMillion))
	run("WSJF of cents", wsjf(cents))
	run("WSJF on its scale", wsjf(onScale)) // nearly all of them tie with some 400 others
	run("RICE", rice(prioritize.RICE{}))
	run("Formula", rice(perEffort))
	run("Formula in decimals", rice(perEffortInDecimals))
}

// BenchmarkRankPlain measures what a user would write without this package, in terms of Rank: a division
// of decimals for each item, and a stable sort by the quotients.
func BenchmarkRankPlain(b *testing.B) {
	candidates := manyWSJF(1_000_000, toMillion)
	type scored struct {
		at    int
		score decimal.Decimal
	}
	against(b, "x-rank", rankAll(b, prioritize.WSJF{}, candidates), timed(func() {
		list := make([]scored, len(candidates))
		for i, c := range candidates {
			cost := c.Input.UserBusinessValue.Add(c.Input.TimeCriticality).Add(c.Input.RiskReduction)
			list[i] = scored{i, cost.Div(c.Input.JobSize)}
		}
		slices.SortStableFunc(list, func(a, b scored) int { return b.score.Cmp(a.score) })
	}))
}

// BenchmarkRankGrowth shows ns/item and x-sort from a thousand candidates to ten million.
func BenchmarkRankGrowth(b *testing.B) {
	for n := 1_000; n <= 10_000_000; n *= 10 {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			candidates := manyWSJF(n, toMillion)
			against(b, "x-sort", sortFloats(n, 1), rankAll(b, prioritize.WSJF{}, candidates))
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(n), "ns/item")
		})
	}
}

// BenchmarkTauBMillion compares the orders of a million items by two methods.
func BenchmarkTauBMillion(b *testing.B) {
	const n = 1_000_000
	for kind, d := range []draw{toMillion, onScale} {
		b.Run([]string{"few ties", "many ties"}[kind], func(b *testing.B) {
			first, err := prioritize.Rank(prioritize.WSJF{}, manyWSJF(n, d))
			if err != nil {
				b.Fatal(err)
			}
			second, err := prioritize.Rank(prioritize.RICE{}, manyRICE(n))
			if err != nil {
				b.Fatal(err)
			}
			against(b, "x-sort", sortFloats(n, 1), timed(func() {
				c, err := prioritize.Compare(first, second)
				if err != nil {
					b.Fatal(err)
				}
				if _, ok := c.TauB(); !ok {
					b.Fatal("undefined")
				}
			}))
		})
	}
}

// BenchmarkStability draws a thousand rankings of a thousand items, each with an uncertain job size. The
// baseline draws as many numbers and sorts a thousand float64 a thousand times.
func BenchmarkStability(b *testing.B) {
	const n, draws = 1_000, 1_000
	candidates := manyWSJF(n, toMillion)
	source := rand.NewPCG(1, 1)
	sorting := sortFloats(n, draws)
	numbers := timed(func() {
		sum := 0.0
		for range n * draws {
			sum += float64(source.Uint64()>>11) / (1 << 53)
		}
		if sum < 0 {
			b.Fatal(sum)
		}
	})
	two := dec("2")
	against(b, "x-sort", func() time.Duration { return sorting() + numbers() }, timed(func() {
		_, err := prioritize.Stability(prioritize.WSJF{}, candidates, wsjfDraws{
			Spreads: func(c wsjfCandidate) []prioritize.Spread {
				size := c.Input.JobSize
				return []prioritize.Spread{{Factor: "job_size", Low: size.Div(two), High: size.Mul(two)}}
			},
			Draws: draws, Source: rand.NewPCG(1, 2),
		})
		if err != nil {
			b.Fatal(err)
		}
	}))
}

// BenchmarkRankExtremes ranks candidates at the bounds of what is ranked at all: exponents of ±1000.
func BenchmarkRankExtremes(b *testing.B) {
	candidates := manyWSJF(10_000, func(r *rand.Rand) decimal.Decimal {
		return decimal.New(1+r.Int64N(1000), r.Int32N(2)*2000-1000)
	})
	work := rankAll(b, prioritize.WSJF{}, candidates)
	for b.Loop() {
		work()
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(len(candidates)), "ns/item")
}
