package closure

// Solve finds the closures of greatest weight: see [Network.Value], [Network.InMinimal] and
// [Network.InMaximal]. It begins with the flow that is there. In the worst case it costs
// O(n^2 arcs), in practice little more than O(n + arcs).
//
// It pushes what a node has to send along links towards the nearest node to fill, the lowest label first
// (Goldberg, Tarjan 1988): where links have no capacity, most of it arrives nearby. There are exact labels from
// time to time, and a gap in the labels is the proof that nothing beyond it can be filled (Cherkassky, Goldberg 1997).
func (g *Network) Solve() {
	g.marked = false
	g.relabelAll()
	limit := g.work + g.size
	pushed := false
	for {
		v := g.pop()
		if v == none {
			break
		}
		pushed = true
		g.discharge(v)
		if g.work > limit {
			g.relabelAll()
			limit = g.work + g.size
		}
	}
	if pushed {
		g.relabelAll()
	}
}

// pop takes the active node of lowest label, or none.
func (g *Network) pop() int32 {
	for ; g.lowest < int32(len(g.nodes)); g.lowest++ {
		if v := g.active[g.lowest]; v != none {
			g.active[g.lowest] = g.next[v]
			return v
		}
	}
	return none
}

// activate adds a node that has something to send.
func (g *Network) activate(v int32) {
	l := g.label[v]
	g.next[v], g.active[l] = g.active[l], v
	g.lowest = min(g.lowest, l)
}

// discharge sends on all that node v has to send, or proves that none of the rest can be used.
func (g *Network) discharge(v int32) {
	for e := g.cursor[v]; ; e++ {
		if e == g.needs[v] {
			e = g.mid[v]
		}
		if e == g.users[v] {
			if !g.relabel(v) {
				return
			}
			e = g.start[v] - 1
			continue
		}
		l := g.links[e]
		if g.label[v] != g.label[l.node]+1 {
			continue
		}
		if g.push(v, l, e < g.mid[v]); !g.excess[v].Positive() {
			g.cursor[v] = e
			return
		}
	}
}

// push sends along a link what it takes: forward all there is, backward what came that way, and to a node
// to fill no more than fills it. That node gets a higher label at once, so that others do not send to it in vain.
func (g *Network) push(v int32, l link, forward bool) {
	amount, flow, before := g.excess[v], &g.flow[l.arc], g.excess[l.node]
	if !forward && flow.Less(amount) {
		amount = *flow
	}
	if lack := (Int{}).Sub(before); lack.Positive() && lack.Less(amount) {
		amount = lack
	}
	if amount.IsZero() {
		return
	}
	if forward {
		*flow = flow.Add(amount)
	} else {
		*flow = flow.Sub(amount)
	}
	g.excess[v] = g.excess[v].Sub(amount)
	g.excess[l.node] = before.Add(amount)
	switch {
	case before.Negative() && g.excess[l.node].IsZero():
		g.relabel(l.node)
	case before.IsZero():
		g.activate(l.node)
	}
}

// relabel raises the label of v to one more than the lowest it could send to. It reports false
// if v can't reach a node to fill.
func (g *Network) relabel(v int32) bool {
	far := int32(len(g.nodes))
	old, lowest := g.label[v], far
	for _, l := range g.links[g.start[v]:g.needs[v]] {
		lowest = min(lowest, g.label[l.node])
	}
	for _, l := range g.links[g.mid[v]:g.users[v]] {
		if g.label[l.node] < lowest && g.flow[l.arc].Positive() {
			lowest = g.label[l.node]
		}
	}
	g.work += g.degree(v)
	g.count[old]--
	if g.count[old] == 0 || lowest+1 >= far {
		g.label[v] = far
		return false
	}
	g.label[v] = lowest + 1
	g.count[lowest+1]++
	return true
}

// relabelAll sets every label to the exact distance from a node to fill, and collects who is
// active. A node that can't reach one gets the number of nodes as its label.
func (g *Network) relabelAll() {
	far := int32(len(g.nodes))
	for i := range far + 1 {
		g.active[i], g.count[i] = none, 0
	}
	g.lowest = far
	g.queue = g.queue[:0]
	for _, v := range g.nodes {
		g.label[v], g.cursor[v] = far, g.start[v]
		if g.excess[v].Negative() {
			g.label[v] = 0
			g.queue = append(g.queue, v)
		}
	}
	for i := 0; i < len(g.queue); i++ {
		v := g.queue[i]
		g.count[g.label[v]]++
		if g.excess[v].Positive() {
			g.activate(v)
		}
		for _, l := range g.links[g.mid[v]:g.users[v]] {
			if g.label[l.node] == far {
				g.reach(l.node, g.label[v]+1)
			}
		}
		for _, l := range g.links[g.start[v]:g.needs[v]] {
			if g.label[l.node] == far && g.flow[l.arc].Positive() {
				g.reach(l.node, g.label[v]+1)
			}
		}
		g.work += g.degree(v)
	}
}

// reach gives v its label, and a place in the queue.
func (g *Network) reach(v, label int32) {
	g.label[v] = label
	g.queue = append(g.queue, v)
}

// degree returns how many links of v there are to look at.
func (g *Network) degree(v int32) int64 {
	return int64(g.needs[v] - g.start[v] + g.users[v] - g.mid[v])
}

// markMinimal marks what the nodes with something left to send can reach.
func (g *Network) markMinimal() {
	g.marked = true
	g.queue = g.queue[:0]
	mark := func(v int32) {
		g.above[v] = true
		g.queue = append(g.queue, v)
	}
	for _, v := range g.nodes {
		if g.above[v] = false; g.excess[v].Positive() {
			mark(v)
		}
	}
	for i := 0; i < len(g.queue); i++ {
		v := g.queue[i]
		for _, l := range g.links[g.start[v]:g.needs[v]] {
			if !g.above[l.node] && g.label[l.node] != outside {
				mark(l.node)
			}
		}
		for _, l := range g.links[g.mid[v]:g.users[v]] {
			if !g.above[l.node] && g.label[l.node] != outside && g.flow[l.arc].Positive() {
				mark(l.node)
			}
		}
		g.work += g.degree(v)
	}
}

// Value returns the weight of the best closure, once solved: 0 if only the empty one is best.
func (g *Network) Value() Int {
	var sum Int
	for _, v := range g.nodes {
		if g.excess[v].Positive() {
			sum = sum.Add(g.excess[v])
		}
	}
	return sum
}

// InMinimal reports, once solved, whether node v is in the smallest of the closures of greatest
// weight: it is in every one of them.
func (g *Network) InMinimal(v int32) bool {
	if !g.marked {
		g.markMinimal()
	}
	return g.above[v]
}

// InMaximal reports, once solved, whether node v is in the largest of the closures of greatest
// weight: it is in at least one of them.
func (g *Network) InMaximal(v int32) bool { return g.label[v] == int32(len(g.nodes)) }
