package knapsack

// Problem is a set of nodes, numbered from 0, to choose from. Its slices are not changed.
type Problem struct {
	Value    []int64   // by node, >= 0; together below 2^62
	Cost     []int64   // by node, >= 0; together below 2^62
	Needs    [][]int32 // by node: whoever is chosen, these are too. Without cycles
	Groups   [][]int32 // at most one node of each may be chosen
	Forced   []int32   // nodes that must be chosen: with what they need they fit, see [Problem.Close]
	Capacity int64     // what the chosen may cost together, >= 0
}

// Limits bound how long to try.
type Limits struct {
	Work int64       // links to look at, about; 0 tries no longer than one bound takes
	Stop func() bool // asked from time to time, if not nil: true ends the search
}

// Result is the best choice found, and how good any choice can be.
type Result struct {
	Chosen []bool // by node
	Value  int64
	Cost   int64
	Bound  int64 // no choice has more value than this; the best has been found if it equals Value
	Work   int64 // links looked at, about

	// More capacity buys about MarginValue for MarginCost: the distance between the two choices on
	// either side of the capacity, among those that are best at some price of capacity. Both are 0
	// where everything fits.
	MarginValue int64
	MarginCost  int64
}

// Close returns which nodes are chosen when the given ones are, and what they cost.
// It costs O(nodes + needs).
func (p *Problem) Close(nodes []int32) (chosen []bool, cost int64) {
	chosen = make([]bool, len(p.Cost))
	var queue []int32
	add := func(nodes []int32) {
		for _, v := range nodes {
			if !chosen[v] {
				chosen[v] = true
				cost += p.Cost[v]
				queue = append(queue, v)
			}
		}
	}
	add(nodes)
	for i := 0; i < len(queue); i++ {
		add(p.Needs[queue[i]])
	}
	return chosen, cost
}

// Beyond returns by node what it costs with all that it needs, apart from what is chosen already.
// Where much is needed by many in many ways, that is dear to find out, and the result may be
// less; it is never more, and never less than the cost of the node itself. It costs at most
// about 64 x (nodes + needs).
func (p *Problem) Beyond(chosen []bool) []int64 {
	low, high := make([]int64, len(p.Cost)), make([]int64, len(p.Cost)) // bounds
	w := newWalk(len(p.Cost))
	effort := 64 * len(p.Cost)
	for _, v := range p.order() {
		if chosen[v] {
			continue
		}
		for _, u := range p.Needs[v] {
			low[v] = max(low[v], low[u])
			high[v] = min(high[v]+high[u], tooLarge-1)
		}
		low[v] += p.Cost[v]
		high[v] = min(high[v]+p.Cost[v], tooLarge-1)
		if low[v] == high[v] || effort < 0 {
			continue
		}
		low[v] = 0
		w.start(v)
		for u, ok := w.next(); ok; u, ok = w.next() {
			low[v] += p.Cost[u]
			effort -= 1 + len(p.Needs[u])
			for _, need := range p.Needs[u] {
				if !chosen[need] {
					w.add(need)
				}
			}
		}
		high[v] = low[v]
	}
	return low
}

// Complete chooses more of the given nodes, with what they need, in their order: those that cost nothing
// more, and those that have value and fit. It reports what that adds to value and cost. Where a
// walk to what a node needs would be too much work, it is passed over.
func (p *Problem) Complete(chosen []bool, nodes []int32, room int64) (value, cost int64) {
	held := make([]int, len(p.Groups))
	groupsOf := map[int32][]int{}
	for g, group := range p.Groups {
		for _, v := range group {
			groupsOf[v] = append(groupsOf[v], g)
			if chosen[v] {
				held[g]++
			}
		}
	}
	w := newWalk(len(p.Cost))
	effort := 64 * len(p.Cost)
	for _, v := range nodes {
		if chosen[v] {
			continue
		}
		more, worth, fits := int64(0), int64(0), true
		w.start(v)
		for fits {
			u, ok := w.next()
			if !ok {
				break
			}
			more += p.Cost[u]
			worth += p.Value[u]
			fits = more <= room-cost && effort > 0
			for _, g := range groupsOf[u] {
				held[g]++
				fits = fits && held[g] == 1
			}
			effort -= 1 + len(p.Needs[u])
			for _, need := range p.Needs[u] {
				if !chosen[need] {
					w.add(need)
				}
			}
		}
		take := fits && (worth > 0 || more == 0)
		for _, u := range w.visited() {
			chosen[u] = take
			for _, g := range groupsOf[u] {
				if !take {
					held[g]--
				}
			}
		}
		if take {
			value += worth
			cost += more
		}
	}
	return value, cost
}

// Solve returns the best choice it finds within the limits. Equal calls give equal results,
// unless Stop differs. It costs O(nodes + needs + group members), some tens of closures for the
// first bound, and then what the limits allow.
func Solve(p Problem, limits Limits) Result {
	m := merge(&p)
	s := newSearch(m.problem, limits)
	s.run()
	r := Result{
		Chosen: make([]bool, len(p.Value)), Bound: s.bound*m.unit + m.value, Work: s.spent(),
		MarginValue: s.marginValue * m.unit, MarginCost: s.marginCost * m.costUnit,
	}
	for v, node := range m.of {
		if node == always || node >= 0 && s.best[node] {
			r.Chosen[v] = true
			r.Value += p.Value[v]
			r.Cost += p.Cost[v]
		}
	}
	return r
}
