package closure

// Restrict changes which nodes the problem has, each given once. The flow between those that stay is kept, so that
// the next [Network.Solve] begins near its end, and so is that between those that leave, and their weights, for
// when they come back. From now on links to other nodes cost nothing. It is for a network that nothing has been loaded
// into. It costs O(nodes + their arcs + the arcs of those that leave), and O(nodes) where none comes or leaves.
func (g *Network) Restrict(nodes []int32) {
	const staying = -1
	changed := g.queue[:0]
	for _, v := range nodes {
		if g.label[v] == outside {
			changed = append(changed, v)
		}
		g.label[v] = staying
	}
	for _, v := range g.nodes {
		if g.label[v] != staying {
			g.label[v] = outside
			changed = append(changed, v)
		}
	}
	for _, v := range changed {
		g.part(v)
	}
	g.queue, g.nodes = changed, append(g.nodes[:0], nodes...)
	for _, v := range nodes {
		g.label[v] = 0
	}
	if len(changed) == 0 {
		return
	}
	g.size = int64(len(nodes))
	for _, v := range nodes {
		g.needs[v] = g.gather(g.start[v], g.mid[v])
		g.users[v] = g.gather(g.mid[v], g.start[v+1])
		g.size += g.degree(v)
	}
}

// part takes the flow off the links between v and nodes of which one is outside and the other is not.
func (g *Network) part(v int32) {
	g.work += int64(g.start[v+1] - g.start[v])
	for e := g.start[v]; e < g.start[v+1]; e++ {
		l := g.links[e]
		if (g.label[l.node] == outside) == (g.label[v] == outside) {
			continue
		}
		amount := g.flow[l.arc]
		if e >= g.mid[v] {
			amount = Int{}.Sub(amount)
		}
		g.flow[l.arc] = Int{}
		g.excess[v] = g.excess[v].Add(amount)
		g.excess[l.node] = g.excess[l.node].Sub(amount)
	}
}

// gather moves the links to nodes of the problem to the front, and returns where they end.
func (g *Network) gather(from, to int32) int32 {
	g.work += int64(to - from)
	for e := from; e < to; e++ {
		if l := g.links[e]; g.label[l.node] != outside {
			g.links[e], g.links[from] = g.links[from], l
			from++
		}
	}
	return from
}

// Retract sends what is left to send back to where it came from, so that the excess of a node shows
// what its own weight contributes to the value. The closures and the value stay what they are. The
// order lists nodes, each after all that it needs. It costs O(nodes + their arcs).
func (g *Network) Retract(order []int32) {
	for _, v := range order {
		if g.label[v] == outside || !g.excess[v].Positive() {
			continue
		}
		for e := g.mid[v]; e < g.users[v] && g.excess[v].Positive(); e++ {
			l := g.links[e]
			amount := g.flow[l.arc]
			if g.excess[v].Less(amount) {
				amount = g.excess[v]
			}
			g.flow[l.arc] = g.flow[l.arc].Sub(amount)
			g.excess[v] = g.excess[v].Sub(amount)
			g.excess[l.node] = g.excess[l.node].Add(amount)
		}
		g.work += int64(g.users[v] - g.mid[v])
	}
}

// Shift returns a / 2^k rounded down, for k below 64. The result must fit 64 bits.
func (a Int) Shift(k uint) int64 { return int64(uint64(a.hi)<<(64-k) | a.lo>>k) }
