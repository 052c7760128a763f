package closure

// Restrict changes which nodes the problem has, each given once, and keeps the flow between
// those that stay, so that the next [Network.Solve] begins near its end. A node that was not there
// comes with weight 0. It costs O(nodes + the arcs of those that leave).
func (g *Network) Restrict(nodes []int32) {
	const staying = -1
	for _, v := range nodes {
		if g.label[v] == outside {
			g.weight[v], g.excess[v] = Int{}, Int{}
		}
		g.label[v] = staying
	}
	for _, v := range g.nodes {
		if g.label[v] != staying {
			g.leave(v)
		}
	}
	g.nodes, g.size = append(g.nodes[:0], nodes...), int64(len(nodes))
	for _, v := range nodes {
		g.label[v] = 0
		g.size += int64(g.start[v+1] - g.start[v])
	}
}

// leave takes the flow off the links of v, and v out of the problem.
func (g *Network) leave(v int32) {
	g.label[v], g.above[v] = outside, false
	for e := g.start[v]; e < g.start[v+1]; e++ {
		l := g.links[e]
		amount := g.flow[l.arc]
		g.flow[l.arc] = Int{}
		if e < g.mid[v] {
			amount = Int{}.Sub(amount)
		}
		g.excess[l.node] = g.excess[l.node].Add(amount)
	}
}

// Retract sends what is left to send back to where it came from, so that the excess of a node shows
// what its own weight contributes to the value. The closures and the value stay what they are. The
// order lists nodes, each after all that it needs. It costs O(nodes + their arcs).
func (g *Network) Retract(order []int32) {
	for _, v := range order {
		if g.label[v] == outside || !g.excess[v].Positive() {
			continue
		}
		for e := g.mid[v]; e < g.start[v+1] && g.excess[v].Positive(); e++ {
			l := g.links[e]
			amount := g.flow[l.arc]
			if g.excess[v].Less(amount) {
				amount = g.excess[v]
			}
			g.flow[l.arc] = g.flow[l.arc].Sub(amount)
			g.excess[v] = g.excess[v].Sub(amount)
			g.excess[l.node] = g.excess[l.node].Add(amount)
		}
		g.work += int64(g.start[v+1] - g.mid[v])
	}
}

// Shift returns a / 2^k rounded down, for k below 64. The result must fit 64 bits.
func (a Int) Shift(k uint) int64 { return int64(uint64(a.hi)<<(64-k) | a.lo>>k) }
