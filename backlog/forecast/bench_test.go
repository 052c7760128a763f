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
