package closure

// scan holds what [Network.Components] needs between calls.
type scan struct {
	index []int32 // by node: when it was first seen, from 1; 0 not yet, settled once placed
	low   []int32 // by node: the earliest it leads back to
	edge  []int32 // by node: the link to follow next
	path  []int32 // the nodes between the root and here
	stack []int32 // seen, not yet placed
}

const settled = outside

// Components returns, once solved, the nodes of the present problem that keep admits, parted
// by the strongly connected components of the residual graph: v leads to what it needs, and to
// what sends it flow. Every component stands after all those that it leads to. The first i
// components are a closure of the part, for every i; where the part is what lies between the
// minimal and the maximal closure, all of those together are all the closures of greatest weight
// (Picard, Queyranne 1982).
//
// The components are the runs order[ends[i-1]:ends[i]]. Both slices are appended to and returned.
// It costs O(nodes + their arcs).
func (g *Network) Components(
	keep func(v int32) bool, order, ends []int32,
) (componentOrder, componentEnds []int32) {
	s := &g.scan
	if len(s.index) < len(g.mid) {
		s.index, s.low = make([]int32, len(g.mid)), make([]int32, len(g.mid))
		s.edge = make([]int32, len(g.mid))
	}
	for _, v := range g.nodes {
		s.index[v] = settled
		if keep(v) {
			s.index[v] = 0
		}
	}
	clock := int32(0)
	for _, root := range g.nodes {
		if s.index[root] != 0 {
			continue
		}
		s.path = append(s.path[:0], root)
		for len(s.path) > 0 {
			v := s.path[len(s.path)-1]
			if s.index[v] == 0 {
				clock++
				s.index[v], s.low[v], s.edge[v] = clock, clock, g.start[v]
				s.stack = append(s.stack, v)
			}
			if g.descend(v) {
				continue
			}
			s.path = s.path[:len(s.path)-1]
			if len(s.path) > 0 {
				parent := s.path[len(s.path)-1]
				s.low[parent] = min(s.low[parent], s.low[v])
			}
			if s.low[v] == s.index[v] {
				order = g.place(v, order)
				ends = append(ends, int32(len(order)))
			}
		}
	}
	return order, ends
}

// descend follows the links of v until one leads to a node not yet seen, which it adds to
// the path. It reports false when v is done.
func (g *Network) descend(v int32) bool {
	s := &g.scan
	for ; s.edge[v] < g.start[v+1]; s.edge[v]++ {
		l := g.links[s.edge[v]]
		if g.label[l.node] == outside || s.index[l.node] == settled ||
			s.edge[v] >= g.mid[v] && !g.flow[l.arc].Positive() {
			continue
		}
		if s.index[l.node] == 0 {
			s.path = append(s.path, l.node)
			return true
		}
		s.low[v] = min(s.low[v], s.index[l.node])
	}
	return false
}

// place moves the component that begins with v from the stack to the order.
func (g *Network) place(v int32, order []int32) []int32 {
	s := &g.scan
	for {
		u := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.index[u] = settled
		order = append(order, u)
		if u == v {
			return order
		}
	}
}
