package precedence_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
	"github.com/backlogkit/backlogkit/prioritize/internal/precedence"
)

// BenchmarkDecompose compares finding all blocks with the plain ready queue on the same graph.
func BenchmarkDecompose(b *testing.B) {
	const n, links = 100_000, 200_000
	r := rand.New(rand.NewPCG(9, 9))
	p := &precedence.Problem{Size: make([]int64, n), Weight: make([]int64, n)}
	for v := range n {
		p.Size[v], p.Weight[v] = 1+r.Int64N(10), 1+r.Int64N(20)
	}
	for range links {
		if i, j := r.Int32N(n), r.Int32N(n); i != j {
			p.Needs = append(p.Needs, closure.Arc{From: max(i, j), To: min(i, j)})
		}
	}
	var plain, blocks time.Duration
	b.ReportAllocs()
	for b.Loop() {
		begin := time.Now()
		p.ReadyQueue()
		middle := time.Now()
		p.Solve(0)
		plain += middle.Sub(begin)
		blocks += time.Since(middle)
	}
	b.ReportMetric(blocks.Seconds()/plain.Seconds(), "x-ready-queue")
}
