package precedence_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
	"github.com/backlogkit/backlogkit/prioritize/internal/precedence"
)

func TestCycleAgreesWithTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 5000 {
		n := 1 + r.IntN(9)
		p := &precedence.Problem{Size: make([]int64, n), Weight: make([]int64, n)}
		const far = 1000
		length := make([][]int, n) // of the shortest way from one to another, by Floyd and Warshall
		for v := range length {
			length[v] = slices.Repeat([]int{far}, n)
		}
		for range r.IntN(2*n + 1) {
			from, to := r.IntN(n), r.IntN(n)
			p.Needs = append(p.Needs, closure.Arc{From: int32(from), To: int32(to)})
			length[from][to] = 1
		}
		needs := func(from, to int32) bool { return length[from][to] == 1 }
		got := p.Cycle()
		for i, v := range got {
			require.True(t, needs(v, got[(i+1)%len(got)]), "round %d", round)
		}
		shortest := far
		for k := range n {
			for i := range n {
				for j := range n {
					length[i][j] = min(length[i][j], length[i][k]+length[k][j])
				}
			}
		}
		for v := range n {
			shortest = min(shortest, length[v][v])
		}
		require.Equal(t, shortest%far, len(got), "round %d", round)
	}
}

func TestCycleOfAMillion(t *testing.T) {
	const n = 1_000_000
	p := &precedence.Problem{Size: make([]int64, n), Weight: make([]int64, n)}
	for v := range int32(n) {
		p.Needs = append(p.Needs, closure.Arc{From: v, To: (v + 1) % n})
	}
	require.Len(t, p.Cycle(), n)
	q := &precedence.Problem{Size: p.Size, Weight: p.Weight}
	q.Needs = slices.Concat(p.Needs, []closure.Arc{{From: 3, To: 2}})
	require.ElementsMatch(t, []int32{2, 3}, q.Cycle())
}
