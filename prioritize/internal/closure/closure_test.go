package closure_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
)

// twin is the definition: it tries every set of nodes.
type twin struct {
	best     int64
	min, max uint // as bits
	all      []uint
}

func bruteForce(nodes []int32, weight []int64, arcs []closure.Arc) twin {
	var part uint
	for _, v := range nodes {
		part |= 1 << v
	}
	t := twin{min: part}
	for set := uint(0); set < 1<<len(weight); set++ {
		if set&^part != 0 || !closed(set, part, arcs) {
			continue
		}
		var sum int64
		for v, w := range weight {
			if set>>v&1 != 0 {
				sum += w
			}
		}
		if sum > t.best {
			t = twin{best: sum, min: part}
		}
		if sum == t.best {
			t.min &= set
			t.max |= set
			t.all = append(t.all, set)
		}
	}
	return t
}

func closed(set, part uint, arcs []closure.Arc) bool {
	for _, a := range arcs {
		if part>>a.From&1 != 0 && part>>a.To&1 != 0 && set>>a.From&1 != 0 && set>>a.To&1 == 0 {
			return false
		}
	}
	return true
}

func randomArcs(r *rand.Rand, n int) []closure.Arc {
	arcs := make([]closure.Arc, r.IntN(2*n+1))
	for k := range arcs {
		arcs[k] = closure.Arc{From: int32(r.IntN(n)), To: int32(r.IntN(n))}
		if a := arcs[k]; r.IntN(8) != 0 && a.From < a.To { // mostly without cycles
			arcs[k] = closure.Arc{From: a.To, To: a.From}
		}
	}
	return arcs
}

func randomWeights(r *rand.Rand, n int) []int64 {
	weight := make([]int64, n)
	for v := range weight {
		weight[v] = r.Int64N(11) - 5
	}
	return weight
}

func load(g *closure.Network, nodes []int32, weight []int64) {
	of := make([]closure.Int, len(nodes))
	for k, v := range nodes {
		of[k] = closure.FromInt64(weight[v])
	}
	g.Load(nodes, of)
}

func TestNetworkAgreesWithTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	g := closure.New(0, nil)
	for round := range 4000 {
		n := 1 + r.IntN(9)
		arcs, weight := randomArcs(r, n), randomWeights(r, n)
		g.Reset(n, arcs)
		require.True(t, g.Value().IsZero())
		for range 3 { // the same network again and again, on all nodes and on some
			nodes := make([]int32, 0, n)
			for _, v := range r.Perm(n) {
				if r.IntN(4) != 0 {
					nodes = append(nodes, int32(v))
				}
			}
			load(g, nodes, weight)
			g.Solve()
			requireBest(t, g, nodes, weight, arcs, fmt.Sprint("cold ", round))
			for range 3 {
				if len(nodes) == 0 {
					break
				}
				v := nodes[r.IntN(len(nodes))]
				weight[v] = r.Int64N(15) - 7
				g.SetWeight(v, closure.FromInt64(weight[v]))
				g.Solve()
				requireBest(t, g, nodes, weight, arcs, fmt.Sprint("warm ", round))
			}
		}
	}
}

func requireBest(
	t *testing.T, g *closure.Network, nodes []int32, weight []int64, arcs []closure.Arc, msg string,
) {
	t.Helper()
	want := bruteForce(nodes, weight, arcs)
	require.Equal(t, closure.FromInt64(want.best), g.Value(), msg)
	for _, v := range nodes {
		require.Equal(t, want.min>>v&1 != 0, g.InMinimal(v), "%s: minimal %d", msg, v)
		require.Equal(t, want.max>>v&1 != 0, g.InMaximal(v), "%s: maximal %d", msg, v)
	}
	requireFlow(t, g, nodes, weight, arcs)
	requireComponents(t, g, want, msg)
}

// requireFlow checks what Flow and Excess promise: amounts >= 0 that add up at each node.
func requireFlow(
	t *testing.T, g *closure.Network, nodes []int32, weight []int64, arcs []closure.Arc,
) {
	t.Helper()
	part := map[int32]bool{}
	rest := map[int32]closure.Int{}
	for _, v := range nodes {
		part[v], rest[v] = true, closure.FromInt64(weight[v])
	}
	for k, a := range arcs {
		if part[a.From] && part[a.To] {
			require.False(t, g.Flow(k).Negative())
			rest[a.From] = rest[a.From].Sub(g.Flow(k))
			rest[a.To] = rest[a.To].Add(g.Flow(k))
		}
	}
	for _, v := range nodes {
		require.Equal(t, rest[v], g.Excess(v))
	}
}

// requireComponents checks that each prefix of the components between the minimal and the maximal
// closure is a best closure, and that no best closure divides a component.
func requireComponents(t *testing.T, g *closure.Network, want twin, msg string) {
	t.Helper()
	order, ends := g.Components(func(v int32) bool {
		return g.InMaximal(v) && !g.InMinimal(v)
	}, nil, nil)
	set, from := want.min, int32(0)
	for _, end := range ends {
		var component uint
		for _, v := range order[from:end] {
			component |= 1 << v
		}
		set, from = set|component, end
		require.Contains(t, want.all, set, msg)
		for _, best := range want.all {
			require.Contains(t, []uint{0, component}, best&component, msg)
		}
	}
	require.Equal(t, want.max, set, msg)
}

func TestNetworkDepth(t *testing.T) {
	const n = 100_000
	arcs := make([]closure.Arc, 0, n)
	weight := make([]int64, n)
	nodes := make([]int32, n)
	for v := range n {
		nodes[v] = int32(v)
		if v > 0 {
			arcs = append(arcs, closure.Arc{From: int32(v), To: int32(v - 1)})
		}
		weight[v] = -1
	}
	weight[n-1] = n - 1 // pays for the whole chain, exactly
	g := closure.New(n, arcs)
	load(g, nodes, weight)
	g.Solve()
	require.True(t, g.Value().IsZero())
	require.False(t, g.InMinimal(0))
	require.True(t, g.InMaximal(n-1))
	order, ends := g.Components(func(int32) bool { return true }, nil, nil)
	require.Len(t, order, n)
	require.Len(t, ends, 1)

	g.SetWeight(n-1, closure.FromInt64(n))
	g.Solve()
	require.Equal(t, closure.FromInt64(1), g.Value())
	require.True(t, g.InMinimal(0))
}

func TestNetworkHoldsLargeWeights(t *testing.T) {
	const top = 1<<62 - 1
	g := closure.New(3, []closure.Arc{{From: 2, To: 0}, {From: 2, To: 1}})
	half := closure.Product(top, top)
	none := closure.Int{}
	g.Load([]int32{0, 1, 2}, []closure.Int{
		none.Sub(half), none.Sub(half), half.Add(half).Add(closure.FromInt64(1)),
	})
	g.Solve()
	require.Equal(t, closure.FromInt64(1), g.Value())
	require.True(t, g.InMinimal(0))
}

func TestIntAgreesWithBig(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	draw := func() int64 { return int64(r.Uint64()) >> r.IntN(64) }
	for range 20_000 {
		a, b, c, d := draw(), draw(), draw()>>1, draw()>>1
		x, y := closure.Product(a>>1, b>>1), closure.Product(c, d)
		bx := new(big.Int).Mul(big.NewInt(a>>1), big.NewInt(b>>1))
		by := new(big.Int).Mul(big.NewInt(c), big.NewInt(d))
		require.Zero(t, bx.Cmp(x.Big()))
		require.Zero(t, new(big.Int).Add(bx, by).Cmp(x.Add(y).Big()))
		require.Zero(t, new(big.Int).Sub(bx, by).Cmp(x.Sub(y).Big()))
		require.Equal(t, bx.Cmp(by), x.Cmp(y))
		require.Equal(t, bx.Cmp(by) < 0, x.Less(y))
		require.Equal(t, bx.Sign() > 0, x.Positive())
		require.Equal(t, bx.Sign() < 0, x.Negative())
		require.Equal(t, bx.Sign() == 0, x.IsZero())
		require.Zero(t, big.NewInt(a).Cmp(closure.FromInt64(a).Big()))
		exact, _ := new(big.Float).SetInt(bx).Float64()
		require.InDelta(t, exact, x.Float64(), 1e-15*math.Abs(exact))
	}
}

func Example() {
	const dashboard, login, database = 0, 1, 2
	g := closure.New(3, []closure.Arc{
		{From: dashboard, To: login}, {From: dashboard, To: database},
	})
	g.Load([]int32{dashboard, login, database}, []closure.Int{
		closure.FromInt64(9), closure.FromInt64(-3), closure.FromInt64(-4),
	})
	g.Solve()
	fmt.Println(g.Value().Big(), g.InMinimal(dashboard), g.InMinimal(database))
	g.SetWeight(dashboard, closure.FromInt64(6))
	g.Solve()
	fmt.Println(g.Value().Big(), g.InMaximal(dashboard))
	// Output:
	// 2 true true
	// 0 false
}

func BenchmarkNetwork(b *testing.B) {
	const n = 100_000
	r := rand.New(rand.NewPCG(5, 6))
	arcs := make([]closure.Arc, 2*n)
	for k := range arcs {
		from, to := r.IntN(n), r.IntN(n)
		arcs[k] = closure.Arc{From: int32(max(from, to)), To: int32(min(from, to))}
	}
	nodes, weight := make([]int32, n), make([]int64, n)
	for v := range n {
		nodes[v], weight[v] = int32(v), r.Int64N(2001)-1000
	}
	g := closure.New(n, arcs)
	b.ReportAllocs()
	for b.Loop() {
		load(g, nodes, weight)
		g.Solve()
	}
}
