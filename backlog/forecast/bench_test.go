package forecast_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// The exact forecast against 100,000 Monte Carlo runs of the same model, in the same run.
func BenchmarkWhenVersusMonteCarlo(b *testing.B) {
	rng := rand.New(rand.NewPCG(2, 2))
	h := forecast.Items(randomHistory(rng, 100, 50)...)
	scope := forecast.ItemScope(1000)
	trial, err := forecast.Bootstrap(h, scope.Likely)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if _, err := forecast.Simulate(trial, 100_000, rand.NewPCG(3, 3)); err != nil {
		b.Fatal(err)
	}
	baseline := time.Since(start)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := forecast.When(h, scope); err != nil {
			b.Fatal(err)
		}
	}
	perOp := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(baseline)/float64(perOp), "x-faster")
}
