package closure

import "iter"

// Arc is a need: whoever chooses From also chooses To.
type Arc struct{ From, To int32 }

// Network is a graph of needs with weighted nodes, and the flow that proves its best closure.
// It is built once and solved often: every buffer is kept. Use [New].
//
// The flow is a pseudoflow: an amount >= 0 on each arc, and at each node the excess, which is
// its weight plus what flows in less what flows out. Arcs have no capacity. A node with an excess
// above zero has something to send, one below zero something to fill.
type Network struct {
	links []link  // of node v: start[v] to mid[v] what v needs, mid[v] to start[v+1] what needs v
	start []int32 // one longer than the nodes
	mid   []int32
	needs []int32 // by node: the end of those it needs that are in nodes, or of all
	users []int32 // likewise of those that need it
	flow  []Int   // by arc

	nodes  []int32 // of the present problem
	size   int64   // how many nodes and links it has
	weight []Int   // by node
	excess []Int   // by node
	label  []int32 // by node: a lower bound of its distance to a node to fill; outside if not in nodes
	cursor []int32 // by node: the link to look at next
	above  []bool  // by node: in the minimal closure, once marked
	marked bool

	active []int32 // by label: first node of a list of those with something to send
	next   []int32 // by node: the rest of that list
	count  []int32 // by label: how many nodes have it
	lowest int32   // no active node has a lower label
	queue  []int32
	work   int64
	scan   scan
}

// link is one end of an arc, seen from the other.
type link struct{ node, arc int32 }

const (
	outside = int32(1) << 30 // the label of a node that takes no part
	none    = int32(-1)
)

// New returns a network of n nodes, numbered from 0, and the given arcs: see [Network.Reset].
func New(n int, arcs []Arc) *Network {
	g := &Network{}
	g.Reset(n, arcs)
	return g
}

// Reset makes g a network of n nodes, numbered from 0, and the given arcs, and keeps the buffers.
// Arcs may repeat, form cycles, and lead from a node to itself. The problem is all of the nodes
// with weight 0. It costs O(n + arcs) and panics on an arc to a node that does not exist.
func (g *Network) Reset(n int, arcs []Arc) {
	g.links, g.flow = resized(g.links, 2*len(arcs)), resized(g.flow, len(arcs))
	g.start, g.mid = resized(g.start, n+1), resized(g.mid, n)
	g.needs, g.users = resized(g.needs, n), resized(g.users, n)
	g.weight, g.excess = resized(g.weight, n), resized(g.excess, n)
	g.label, g.cursor = resized(g.label, n), resized(g.cursor, n)
	g.above, g.next = resized(g.above, n), resized(g.next, n)
	g.active, g.count = resized(g.active, n+1), resized(g.count, n+1)
	g.nodes, g.size = resized(g.nodes, n), int64(n+2*len(arcs))
	for _, a := range arcs {
		g.mid[a.From]++
		g.start[a.To]++ // for now: how many need it
	}
	at := int32(0)
	for v := range n {
		needs, needed := g.mid[v], g.start[v]
		g.start[v], g.mid[v] = at, at+needs
		g.cursor[v], g.next[v] = at, at+needs
		g.needs[v], g.users[v] = at+needs, at+needs+needed
		at += needs + needed
		g.nodes[v] = int32(v)
	}
	g.start[n] = at
	for k, a := range arcs {
		g.links[g.cursor[a.From]] = link{a.To, int32(k)}
		g.cursor[a.From]++
		g.links[g.next[a.To]] = link{a.From, int32(k)}
		g.next[a.To]++
	}
}

// resized returns a slice of n zeros that uses the memory of s where it can.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// Load begins a new problem: only the given nodes, each once, and the arcs between them, with
// weight[k] the weight of nodes[k]; the flow is 0. The magnitudes of the weights may add up to
// 2^126. It keeps a copy of nodes. It costs O(nodes + their arcs).
func (g *Network) Load(nodes []int32, weight []Int) {
	for _, v := range g.nodes {
		g.label[v] = outside
	}
	g.nodes, g.size = append(g.nodes[:0], nodes...), int64(len(nodes))
	for k, v := range nodes {
		g.weight[v], g.excess[v] = weight[k], weight[k]
		g.label[v], g.needs[v], g.users[v] = 0, g.mid[v], g.start[v+1]
		g.size += int64(g.start[v+1] - g.start[v])
		for e := g.start[v]; e < g.mid[v]; e++ {
			g.flow[g.links[e].arc] = Int{}
		}
	}
}

// SetWeight changes the weight of one node of the present problem. The flow stays, so that the
// next [Network.Solve] begins near its end when little has changed.
func (g *Network) SetWeight(v int32, weight Int) {
	g.excess[v] = g.excess[v].Add(weight).Sub(g.weight[v])
	g.weight[v] = weight
}

// Weight returns the weight of node v.
func (g *Network) Weight(v int32) Int { return g.weight[v] }

// Flow returns the flow on arc k of those given to [New]: what the arc's From pays for its To.
// Once solved with an empty best closure, the flow pays out every weight above zero in full:
// it is a proof that no closure is worth more, and the multipliers of a Lagrangian bound.
func (g *Network) Flow(k int) Int { return g.flow[k] }

// Flows iterates over the arcs of the present problem that have a flow, with the flow.
func (g *Network) Flows() iter.Seq2[Arc, Int] {
	return func(yield func(Arc, Int) bool) {
		for _, v := range g.nodes {
			for e := g.start[v]; e < g.mid[v]; e++ {
				l := g.links[e]
				if f := g.flow[l.arc]; f.Positive() && g.label[l.node] != outside &&
					!yield(Arc{v, l.node}, f) {
					return
				}
			}
		}
	}
}

// Excess returns the weight of node v, plus what flows in, less what flows out.
func (g *Network) Excess(v int32) Int { return g.excess[v] }

// Work returns how many links all solving so far has looked at: a clock that ticks alike on
// every machine.
func (g *Network) Work() int64 { return g.work }
