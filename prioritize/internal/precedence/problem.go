package precedence

import "github.com/backlogkit/backlogkit/prioritize/internal/closure"

// Problem is a set of jobs for one machine, numbered from 0. It must not change once in use.
type Problem struct {
	Size   []int64       // the time a job takes, >= 0; the total is below 2^62
	Weight []int64       // the cost of each unit of time until it is done, >= 0; the total is below 2^62
	Needs  []closure.Arc // From can begin once To is done; without cycles

	links *graph  // made when first needed
	smith []int32 // likewise
}

// Cost returns the sum of weight x completion time of an order. It is below 2^124.
func (p *Problem) Cost(order []int32) closure.Int {
	var cost closure.Int
	now := int64(0)
	for _, v := range order {
		now += p.Size[v]
		cost = cost.Add(closure.Product(p.Weight[v], now))
	}
	return cost
}

func (p *Problem) ratio(v int32) ratio { return ratio{p.Weight[v], p.Size[v]} }

// ratio is the weight of a job or of several over their size. 1/0 is infinite, 0/0 compares with
// nothing.
type ratio struct{ weight, size int64 }

// compare returns -1, 0 or 1 as r is below, equal to or above s.
func (r ratio) compare(s ratio) int {
	return closure.Product(r.weight, s.size).Cmp(closure.Product(s.weight, r.size))
}

func (r ratio) plus(s ratio) ratio { return ratio{r.weight + s.weight, r.size + s.size} }

func (r ratio) isNothing() bool { return r == ratio{} }

// orInfinite returns r, and 1/0 for 0/0: what takes no time can always go first.
func (r ratio) orInfinite() ratio {
	if r.isNothing() {
		return ratio{weight: 1}
	}
	return r
}

// graph has the needs of a problem from both ends.
type graph struct{ needs, neededBy adjacency }

// adjacency lists the neighbours of each job: of v, list[start[v]:start[v+1]].
type adjacency struct{ start, list []int32 }

func (a adjacency) of(v int32) []int32 { return a.list[a.start[v]:a.start[v+1]] }

func (p *Problem) graph() graph {
	if p.links == nil {
		g := newGraph(len(p.Size), p.Needs)
		p.links = &g
	}
	return *p.links
}

func newGraph(n int, arcs []closure.Arc) graph {
	g := graph{
		needs:    adjacency{make([]int32, n+2), make([]int32, len(arcs))},
		neededBy: adjacency{make([]int32, n+2), make([]int32, len(arcs))},
	}
	for _, a := range arcs {
		g.needs.start[a.From+2]++
		g.neededBy.start[a.To+2]++
	}
	for v := 2; v < n+2; v++ {
		g.needs.start[v] += g.needs.start[v-1]
		g.neededBy.start[v] += g.neededBy.start[v-1]
	}
	for _, a := range arcs { // start[v+1] is where the next of v goes, and ends up as the end of v
		g.needs.list[g.needs.start[a.From+1]] = a.To
		g.needs.start[a.From+1]++
		g.neededBy.list[g.neededBy.start[a.To+1]] = a.From
		g.neededBy.start[a.To+1]++
	}
	return g
}
