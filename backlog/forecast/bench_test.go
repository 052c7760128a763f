package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// BenchmarkWhen is 1,000 items over a history of 100 periods with a throughput of up to 50, against
// 100,000 Monte Carlo runs of the same model in the same run; the ratio is that of the fastest of each.
func BenchmarkWhen(b *testing.B) {
	h := forecast.Items(randomHistory(rand.New(rand.NewPCG(2, 2)), 100, 50)...)
	scope := forecast.ItemScope(1000)
	trial, err := forecast.Bootstrap(h, scope.Likely)
	if err != nil {
		b.Fatal(err)
	}
	baseline, exact := time.Hour, time.Hour
	for range 5 {
		start := time.Now()
		if _, err := forecast.Simulate(trial, 100_000, rand.NewPCG(3, 3)); err != nil {
			b.Fatal(err)
		}
		baseline = min(baseline, time.Since(start))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		start := time.Now()
		if _, err := forecast.WhenSimple(h, scope); err != nil {
			b.Fatal(err)
		}
		exact = min(exact, time.Since(start))
	}
	b.ReportMetric(float64(baseline.Microseconds()), "monte-carlo-µs")
	b.ReportMetric(float64(exact.Microseconds()), "exact-µs")
	b.ReportMetric(float64(baseline)/float64(exact), "x-faster")
}

// BenchmarkWhenGrowth is the growth table: the fastest time for n items and a throughput of up to m,
// per n*m. The cost is within n*m if the last column does not rise.
func BenchmarkWhenGrowth(b *testing.B) {
	for _, m := range []int{10, 50, 250} {
		for _, n := range []int{250, 1000, 4000, 16000} {
			h := forecast.Items(randomHistory(rand.New(rand.NewPCG(4, 4)), 100, m)...)
			b.Run(fmt.Sprintf("throughput=%d/items=%d", m, n), func(b *testing.B) {
				best := time.Hour
				for b.Loop() {
					start := time.Now()
					if _, err := forecast.WhenSimple(h, forecast.ItemScope(n)); err != nil {
						b.Fatal(err)
					}
					best = min(best, time.Since(start))
				}
				b.ReportMetric(float64(best.Microseconds()), "best-µs")
				b.ReportMetric(float64(best.Nanoseconds())/float64(n*m), "best-ns/(n*m)")
			})
		}
	}
}

func BenchmarkHowMany(b *testing.B) {
	h := forecast.Items(randomHistory(rand.New(rand.NewPCG(2, 2)), 100, 50)...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := forecast.HowManySimple(h, 40); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlan is the growth table of plans: n features in rows of ten that need one another, of four teams, three at once.
func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{50, 100, 200, 400} {
		rng := rand.New(rand.NewPCG(3, 3))
		var p forecast.Plan
		for i := range 4 {
			p.Teams = append(p.Teams, forecast.PlanTeam{Key: fmt.Sprint(i), History: forecast.Items(randomHistory(rng, 60, 12)...), WIP: 3})
		}
		for i := range n {
			f := forecast.PlanFeature{Key: fmt.Sprint(i), Shares: []forecast.PlanShare{{Team: fmt.Sprint(i % 4), Scope: forecast.ItemScope(1 + rng.IntN(9))}}}
			if i%40 >= 4 {
				f.Needs = []string{fmt.Sprint(i - 4)}
			}
			p.Features = append(p.Features, f)
		}
		perFeature := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/feature")
		}
		b.Run(fmt.Sprintf("exact/features=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Forecast(); err != nil {
					b.Fatal(err)
				}
			}
			perFeature(b)
		})
		b.Run(fmt.Sprintf("cuts/features=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Cuts(n/10, .85); err != nil {
					b.Fatal(err)
				}
			}
			perFeature(b)
		})
		b.Run(fmt.Sprintf("simulated/features=%d", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Simulate(1000, rand.NewPCG(1, 1)); err != nil {
					b.Fatal(err)
				}
			}
			perFeature(b)
		})
	}
}
