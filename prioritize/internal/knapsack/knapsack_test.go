package knapsack_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/internal/knapsack"
)

var enough = knapsack.Limits{Work: 1 << 40}

// bruteForce is the definition: it tries every set of nodes. It returns -1 if none is allowed.
func bruteForce(p knapsack.Problem) int64 {
	best := int64(-1)
	for set := uint(0); set < 1<<len(p.Value); set++ {
		has := func(v int32) bool { return set>>v&1 != 0 }
		var value, cost int64
		ok := true
		for v := range p.Value {
			if !has(int32(v)) {
				continue
			}
			value += p.Value[v]
			cost += p.Cost[v]
			for _, w := range p.Needs[v] {
				ok = ok && has(w)
			}
		}
		for _, group := range p.Groups {
			count := 0
			for _, v := range group {
				if has(v) {
					count++
				}
			}
			ok = ok && count <= 1
		}
		for _, v := range p.Forced {
			ok = ok && has(v)
		}
		if ok && cost <= p.Capacity {
			best = max(best, value)
		}
	}
	return best
}

// randomProblem returns a problem of at most n nodes, with needs from later to earlier ones.
func randomProblem(r *rand.Rand, n int) knapsack.Problem {
	n = 1 + r.IntN(n)
	p := knapsack.Problem{
		Value: make([]int64, n), Cost: make([]int64, n), Needs: make([][]int32, n),
	}
	values, costs, needs := 1+r.Int64N(30), 1+r.Int64N(30), r.IntN(2*n+1)
	var total int64
	for v := range n {
		p.Value[v], p.Cost[v] = max(r.Int64N(2*values)-values/2, 0), max(r.Int64N(2*costs)-costs/2, 0)
		total += p.Cost[v]
	}
	for range needs {
		if v, w := r.IntN(n), r.IntN(n); w < v {
			p.Needs[v] = append(p.Needs[v], int32(w))
		}
	}
	for range r.IntN(4) {
		var group []int32
		for v := range n {
			if r.IntN(3) == 0 {
				group = append(group, int32(v))
			}
		}
		p.Groups = append(p.Groups, group)
	}
	p.Capacity = r.Int64N(total + 1)
	if r.IntN(3) == 0 {
		p.Forced = append(p.Forced, int32(r.IntN(n)))
	}
	return p
}

func requireAllowed(t *testing.T, p knapsack.Problem, r knapsack.Result) {
	t.Helper()
	var value, cost int64
	for v, chosen := range r.Chosen {
		if chosen {
			value += p.Value[v]
			cost += p.Cost[v]
			for _, w := range p.Needs[v] {
				require.True(t, r.Chosen[w], "%d needs %d", v, w)
			}
		}
	}
	for _, v := range p.Forced {
		require.True(t, r.Chosen[v])
	}
	for _, group := range p.Groups {
		count := 0
		for _, v := range group {
			if r.Chosen[v] {
				count++
			}
		}
		require.LessOrEqual(t, count, 1)
	}
	require.Equal(t, value, r.Value)
	require.Equal(t, cost, r.Cost)
	require.LessOrEqual(t, cost, p.Capacity)
	require.LessOrEqual(t, value, r.Bound)
}

func TestSolveAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	solved := 0
	for range 20000 {
		p := randomProblem(r, 10)
		want := bruteForce(p)
		if want < 0 {
			continue // the forced nodes don't fit, or exclude each other
		}
		solved++
		got := knapsack.Solve(p, enough)
		requireAllowed(t, p, got)
		require.Equal(t, want, got.Value, "%+v", p)
		require.Equal(t, want, got.Bound, "%+v", p)

		// However early it ends, what it returns is allowed and the bound is one.
		p2 := knapsack.Solve(p, knapsack.Limits{Work: r.Int64N(300)})
		requireAllowed(t, p, p2)
		require.LessOrEqual(t, want, p2.Bound, "%+v", p)
	}
	require.Greater(t, solved, 10000)
}

// Fewer, but larger: here the search branches.
func TestSolveLargerAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 60 {
		var p knapsack.Problem
		for len(p.Value) < 14 {
			p = randomProblem(r, 17)
		}
		want := bruteForce(p)
		if want < 0 {
			continue
		}
		got := knapsack.Solve(p, enough)
		requireAllowed(t, p, got)
		require.Equal(t, want, got.Value, "%+v", p)
		require.Equal(t, want, got.Bound, "%+v", p)
	}
}

// Many requests for few items: closures without value, and prices between those of two closures.
func TestSolveSharedAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 400 {
		p := sharedItems(r, 2+r.IntN(5), 1+r.IntN(8), r.IntN(4))
		p.Groups = slices.DeleteFunc(p.Groups, func(group []int32) bool { return group[0] == group[1] })
		p.Capacity = p.Capacity * 2 * r.Int64N(100) / 100
		want := bruteForce(p)
		got := knapsack.Solve(p, enough)
		requireAllowed(t, p, got)
		require.Equal(t, want, got.Value, "%+v", p)
		require.Equal(t, want, got.Bound, "%+v", p)
	}
}

// The bound never rises with more work, and the value never falls; the result of a limit is always
// the same.
func TestMoreWorkIsNoWorse(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, groups := range []int{0, 20} {
		p := sharedItems(r, 60, 120, groups)
		best := knapsack.Solve(p, enough)
		require.Equal(t, best.Value, best.Bound)
		last := knapsack.Result{Bound: 1 << 62, Value: -1}
		for work := int64(1); work < 1<<22; work *= 2 {
			got := knapsack.Solve(p, knapsack.Limits{Work: work})
			requireAllowed(t, p, got)
			require.Equal(t, got, knapsack.Solve(p, knapsack.Limits{Work: work}))
			require.GreaterOrEqual(t, got.Bound, best.Value)
			require.LessOrEqual(t, got.Bound, last.Bound)
			require.GreaterOrEqual(t, got.Value, last.Value)
			last = got
		}
	}
}

// A search that could go on for ages ends soon after its limit, with an honest bound.
func TestWorkIsBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var p knapsack.Problem
	for range 400 { // strongly correlated: the hard kind
		cost := 1 + r.Int64N(1000)
		p.Cost, p.Value = append(p.Cost, cost), append(p.Value, cost+100)
		p.Needs = append(p.Needs, nil)
		p.Capacity += cost / 3
	}
	const limit = 2_000_000
	got := knapsack.Solve(p, knapsack.Limits{Work: limit})
	requireAllowed(t, p, got)
	require.Greater(t, got.Bound, got.Value, "solved: choose a harder one")
	require.Less(t, got.Work, int64(limit*5/4))
	require.Less(t, float64(got.Bound), 1.01*float64(got.Value))
}

// sharedItems returns requests that share items, some of them exclusive.
func sharedItems(r *rand.Rand, items, requests, groups int) knapsack.Problem {
	var p knapsack.Problem
	total := int64(0)
	for range items {
		cost := 1 + r.Int64N(9)
		total += cost
		p.Cost, p.Value, p.Needs = append(p.Cost, cost), append(p.Value, 0), append(p.Needs, nil)
	}
	for range requests {
		var needs []int32
		for range 1 + r.IntN(4) {
			needs = append(needs, int32(r.IntN(items)))
		}
		p.Cost, p.Value = append(p.Cost, 0), append(p.Value, 10+r.Int64N(40))
		p.Needs = append(p.Needs, needs)
	}
	for range groups {
		p.Groups = append(p.Groups, []int32{
			int32(items + r.IntN(requests)), int32(items + r.IntN(requests)),
		})
	}
	p.Capacity = total / 2
	return p
}

func TestBeyondAndComplete(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 3000 {
		p := randomProblem(r, 10)
		start := []int32{int32(r.IntN(len(p.Value)))}
		chosen, cost := p.Close(start)
		for v, more := range p.Beyond(chosen) {
			_, both := p.Close(append([]int32{int32(v)}, start...))
			require.Equal(t, both-cost, more, "%+v", p)
		}
		if cost > p.Capacity || crowded(p, chosen) {
			continue
		}
		p.Forced = nil
		got := knapsack.Result{Chosen: chosen, Cost: cost, Bound: 1 << 62}
		for v := range chosen {
			if chosen[v] {
				got.Value += p.Value[v]
			}
		}
		all := make([]int32, len(p.Value))
		for v := range all {
			all[v] = int32(v)
		}
		value, more := p.Complete(got.Chosen, all, p.Capacity-cost)
		got.Value += value
		got.Cost += more
		requireAllowed(t, p, got)
		value, more = p.Complete(got.Chosen, all, p.Capacity-got.Cost)
		require.Zero(t, value, "what fits is in")
		require.Zero(t, more)
	}
}

func crowded(p knapsack.Problem, chosen []bool) bool {
	for _, group := range p.Groups {
		count := 0
		for _, v := range group {
			if chosen[v] {
				count++
			}
		}
		if count > 1 {
			return true
		}
	}
	return false
}

func TestMargin(t *testing.T) {
	p := knapsack.Problem{
		Value: []int64{60, 40, 30}, Cost: []int64{10, 10, 20}, Needs: make([][]int32, 3), Capacity: 15,
	}
	got := knapsack.Solve(p, enough)
	require.Equal(t, int64(60), got.Value)
	require.Equal(t, int64(40), got.MarginValue, "the next best node")
	require.Equal(t, int64(10), got.MarginCost)
	p.Capacity = 40
	got = knapsack.Solve(p, enough)
	require.Zero(t, got.MarginValue, "everything fits")
}

// Without needs, and with groups that do not overlap, a table over all capacities is a twin for sizes
// that brute force can't reach (Nemhauser, Ullmann 1969).
func TestSolveAgainstTable(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 150 {
		n := 1 + r.IntN(90)
		p := knapsack.Problem{Needs: make([][]int32, n)}
		total, correlated := int64(0), r.Int64N(2)
		for range n {
			cost := r.Int64N(60)
			total += cost
			p.Cost = append(p.Cost, cost)
			p.Value = append(p.Value, correlated*cost+r.Int64N(40))
		}
		for v := 0; v < n; {
			var group []int32
			for size := 1 + r.IntN(4); size > 0 && v < n; size, v = size-1, v+1 {
				group = append(group, int32(v))
			}
			p.Groups = append(p.Groups, group)
		}
		p.Capacity = total * (1 + r.Int64N(5)) / 10

		table := make([]int64, p.Capacity+1)
		for _, group := range p.Groups {
			for room := p.Capacity; room >= 0; room-- {
				best := table[room]
				for _, v := range group {
					if p.Cost[v] <= room {
						best = max(best, table[room-p.Cost[v]]+p.Value[v])
					}
				}
				table[room] = best
			}
		}
		got := knapsack.Solve(p, enough)
		requireAllowed(t, p, got)
		require.Equal(t, table[p.Capacity], got.Value, "%+v", p)
		require.Equal(t, table[p.Capacity], got.Bound, "%+v", p)
	}
}
