package precedence

// ReadyQueue returns the order of someone who always takes, of the jobs whose needs are done, the one
// of highest ratio of weight to size, and of equal ones the first. It costs O(n log n + needs).
func (p *Problem) ReadyQueue() []int32 {
	return p.readyQueue(newGraph(len(p.Size), p.Needs))
}

func (p *Problem) readyQueue(g graph) []int32 {
	n := len(p.Size)
	missing := make([]int32, n)
	order := make([]int32, 0, n)
	ready := queue{heap: make([]entry, 0, n)}
	for v := range int32(n) {
		missing[v] = int32(len(g.needs.of(v)))
		if missing[v] == 0 {
			ready.push(entry{ratio: p.ratio(v), item: v})
		}
	}
	for len(ready.heap) > 0 {
		v := ready.pop().item
		order = append(order, v)
		for _, u := range g.neededBy.of(v) {
			if missing[u]--; missing[u] == 0 {
				ready.push(entry{ratio: p.ratio(u), item: u})
			}
		}
	}
	return order
}
