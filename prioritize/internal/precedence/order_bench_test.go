package precedence_test

import (
	"container/heap"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
	"github.com/backlogkit/backlogkit/prioritize/internal/precedence"
)

// plainReadyQueue is what a user would write: a heap of what is ready, by ratio.
func plainReadyQueue(p *precedence.Problem) []int32 {
	neededBy := make([][]int32, len(p.Size))
	missing := make([]int, len(p.Size))
	for _, a := range p.Needs {
		neededBy[a.To] = append(neededBy[a.To], a.From)
		missing[a.From]++
	}
	ready := &byRatio{problem: p}
	for v := range p.Size {
		if missing[v] == 0 {
			heap.Push(ready, int32(v))
		}
	}
	var order []int32
	for ready.Len() > 0 {
		v := heap.Pop(ready).(int32)
		order = append(order, v)
		for _, u := range neededBy[v] {
			if missing[u]--; missing[u] == 0 {
				heap.Push(ready, u)
			}
		}
	}
	return order
}

type byRatio struct {
	problem *precedence.Problem
	items   []int32
}

func (h *byRatio) Len() int      { return len(h.items) }
func (h *byRatio) Swap(i, j int) { h.items[i], h.items[j] = h.items[j], h.items[i] }
func (h *byRatio) Push(x any)    { h.items = append(h.items, x.(int32)) }

func (h *byRatio) Less(i, j int) bool {
	u, v := h.items[i], h.items[j]
	return h.problem.Weight[u]*h.problem.Size[v] > h.problem.Weight[v]*h.problem.Size[u]
}

func (h *byRatio) Pop() any {
	last := h.items[len(h.items)-1]
	h.items = h.items[:len(h.items)-1]
	return last
}

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
		plainReadyQueue(p)
		middle := time.Now()
		q := *p // nothing kept from before
		q.Solve(0)
		plain += middle.Sub(begin)
		blocks += time.Since(middle)
	}
	b.ReportMetric(plain.Seconds()/float64(b.N)*1000, "ms/ready-queue")
	b.ReportMetric(blocks.Seconds()/plain.Seconds(), "x-ready-queue")
}
