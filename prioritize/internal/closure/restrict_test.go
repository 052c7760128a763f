package closure_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
)

// Whatever has been solved before, a restricted network finds what a new one finds. Nodes come back with the weight
// that they had.
func TestRestrictAgainstColdStart(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 2000 {
		n := 1 + r.IntN(10)
		arcs := acyclicArcs(r, n)
		order := make([]int32, n)
		for v := range order {
			order[v] = int32(v)
		}
		warm, weight := closure.New(n, arcs), make([]int64, n)
		for range 6 {
			nodes := slices.DeleteFunc(slices.Clone(order), func(int32) bool { return r.IntN(3) == 0 })
			warm.Restrict(nodes)
			cold := closure.New(n, arcs)
			cold.Load(nodes, make([]closure.Int, len(nodes)))
			for _, v := range nodes {
				if r.IntN(2) == 0 {
					weight[v] = r.Int64N(11) - 5
					warm.SetWeight(v, closure.FromInt64(weight[v]))
				}
				cold.SetWeight(v, closure.FromInt64(weight[v]))
			}
			warm.Solve()
			cold.Solve()
			requireSameClosures(t, nodes, cold, warm)
			requireRetracts(t, nodes, arcs, order, warm)
			requireSameClosures(t, nodes, cold, warm)
		}
	}
}

func requireSameClosures(t *testing.T, nodes []int32, want, got *closure.Network) {
	t.Helper()
	require.Equal(t, want.Value(), got.Value())
	for _, v := range nodes {
		require.Equal(t, want.InMinimal(v), got.InMinimal(v))
		require.Equal(t, want.InMaximal(v), got.InMaximal(v))
	}
}

// Retract leaves a flow that balances, and no excess where it did not come from: a node with an excess
// has at least that weight.
func requireRetracts(
	t *testing.T, nodes []int32, arcs []closure.Arc, order []int32, g *closure.Network,
) {
	t.Helper()
	g.Retract(order)
	for _, v := range nodes {
		balance := g.Weight(v)
		for k, a := range arcs {
			require.False(t, g.Flow(k).Negative())
			if a.From == v {
				balance = balance.Sub(g.Flow(k))
			}
			if a.To == v {
				balance = balance.Add(g.Flow(k))
			}
		}
		require.Equal(t, balance, g.Excess(v))
		if g.Excess(v).Positive() {
			require.False(t, g.Weight(v).Less(g.Excess(v)))
		}
	}
}

func acyclicArcs(r *rand.Rand, n int) []closure.Arc {
	var arcs []closure.Arc
	for range r.IntN(2*n + 1) {
		if a := (closure.Arc{From: int32(r.IntN(n)), To: int32(r.IntN(n))}); a.From > a.To {
			arcs = append(arcs, a)
		}
	}
	return arcs
}

func TestShift(t *testing.T) {
	for _, v := range []int64{0, 1, -1, 5, -5, 1 << 40, -1 << 40, 1<<62 - 1} {
		for _, k := range []uint{0, 1, 7, 40, 60} {
			require.Equal(t, v, closure.Product(v, 1<<k).Shift(k))
			require.Equal(t, v>>k, closure.FromInt64(v).Shift(k))
		}
	}
}
