package precedence

// Reason is why a job does not stand where its own ratio would put it: which other job of its
// block is to blame. A block of one has no reason.
type Reason struct {
	PulledBy int32 // the job of highest ratio that needs it, where its own is below the block's; else -1
	WaitsFor int32 // the job of lowest ratio that it needs, where its own is above the block's; else -1
}

// reasons finds the reason of each job, by way of all needs inside the blocks.
func (s *solver) reasons(blocks []Block) []Reason {
	n := len(s.items)
	reasons := make([]Reason, n)
	label := s.label // of the block
	from := int32(0)
	for k, b := range blocks {
		for _, v := range s.items[from:b.To] {
			label[v] = int32(k)
		}
		from = b.To
	}
	own := func(v int32) ratio { return s.problem.ratio(v).orInfinite() }
	// pick follows the links in the given order: best[v] is the best of all that v leads to.
	best := make([]int32, n)
	pick := func(v int32, links adjacency, better func(a, b ratio) bool) int32 {
		best[v] = none
		for _, u := range links.of(v) {
			if label[u] != label[v] {
				continue
			}
			for _, w := range [...]int32{u, best[u]} {
				if w != none && (best[v] == none || better(own(w), own(best[v]))) {
					best[v] = w
				}
			}
		}
		return best[v]
	}
	above := func(a, b ratio) bool { return a.compare(b) > 0 }
	below := func(a, b ratio) bool { return a.compare(b) < 0 }
	for _, v := range s.items {
		lowest := pick(v, s.graph.needs, below)
		reasons[v] = Reason{none, none}
		if b := blocks[label[v]]; above(own(v), ratio{b.Weight, b.Size}) {
			reasons[v].WaitsFor = lowest
		}
	}
	for i := n - 1; i >= 0; i-- {
		v := s.items[i]
		highest := pick(v, s.graph.neededBy, above)
		if b := blocks[label[v]]; below(own(v), ratio{b.Weight, b.Size}) {
			reasons[v].PulledBy = highest
		}
	}
	return reasons
}
