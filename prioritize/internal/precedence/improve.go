package precedence

// passWidths returns how many states the passes of a search keep, one pass after the other while a
// leaf is open.
func passWidths() []int { return []int{32, 512, 4096, 32768} }

const (
	quickPasses = 2   // are worth it for every leaf and window
	maxDual     = 512 // the most items of a leaf that multipliers are worked out for
)

// searchAll works on the leaves until all are closed or the steps are used up: first a quick look
// at each, then the large ones, then a longer and longer look at what is still open.
func (s *solver) searchAll() {
	large := int64(0)
	for i := range s.leaves {
		l := &s.leaves[i]
		s.searchLeaf(l, 0)
		if l.open() && (s.steps <= 0 || l.len() > maxSearch) {
			l.raise(l.cost.Float64() - s.flowBound(l.part))
		}
		if l.len() > maxSearch {
			large++
		}
	}
	for i := range s.leaves {
		if l := &s.leaves[i]; l.len() > maxSearch {
			s.improve(l, s.steps/(large+1))
			large--
		}
	}
	for round := 1; round < len(s.widths); round++ {
		for i := range s.leaves {
			s.searchLeaf(&s.leaves[i], round)
		}
	}
}

// searchLeaf makes the pass of the given number, if the leaf is not too large for that.
func (s *solver) searchLeaf(l *leaf, round int) {
	if s.steps <= 0 || !l.open() || l.len() > maxSearch {
		return
	}
	items := s.items[l.from:l.to]
	backward := s.bothWays(l)
	if !l.open() {
		return
	}
	r := &s.search
	r.prepare()
	order, saving := r.pass(l.cost, s.widths[round], s.steps)
	s.steps -= r.work
	l.raise(saving)
	if order == nil {
		return
	}
	s.reorder(items, order, backward)
	l.cost = s.problem.Cost(items)
	if l.cost.Less(l.bound) {
		l.bound = l.cost
	}
}

// bothWays finds the multipliers of a leaf, in the direction of time that gives the better bound,
// and raises its bound.
func (s *solver) bothWays(l *leaf) (backward bool) {
	items, d := s.items[l.from:l.to], &s.search.dual
	s.ancestry.find(items, s.graph.needs)
	solve := func(backward bool) float64 {
		d.fill(s.problem, items, &s.ancestry, backward)
		d.solve(s.steps)
		s.steps -= d.work
		return d.bound()
	}
	forward, back := solve(false), solve(true)
	l.raise(l.cost.Float64() - max(forward, back))
	if forward > back {
		solve(false)
		return false
	}
	return true
}

// reorder puts items in the order found.
func (s *solver) reorder(items []int32, order []int8, backward bool) {
	s.buffer = append(s.buffer[:0], items...)
	last := len(items) - 1
	for i, v := range order {
		if backward {
			items[last-i] = s.buffer[last-int(v)]
		} else {
			items[i] = s.buffer[v]
		}
	}
}

// improve looks for a better order of a leaf too large for one search, in windows: quickly at
// first, then thoroughly, each time until that no longer helps or the budget is used up.
func (s *solver) improve(l *leaf, budget int64) {
	end := s.steps - budget
	for passes := 1; passes <= quickPasses; passes++ {
		for s.sweepAll(l.part, passes, end) {
		}
	}
	l.cost = s.problem.Cost(s.items[l.from:l.to])
	if l.len() <= maxDual && s.steps > 0 {
		s.bothWays(l)
	}
}

// sweepAll sweeps with windows of several shapes, as far as one that helps.
func (s *solver) sweepAll(p part, passes int, end int64) bool {
	for _, shape := range [...]struct{ width, moves int }{{32, 2}, {24, 3}, {40, 5}} {
		if s.sweep(p, shape.width, shape.moves, passes, end) {
			return true
		}
	}
	return false
}

// sweep orders anew one window of a part after the other, in so many moves a width, then wider
// ones. It reports whether that helped.
func (s *solver) sweep(p part, width, moves, passes int, end int64) (better bool) {
	for ; width < p.len(); width *= 2 {
		for from := p.from; from < p.to && s.steps > end; from += int32(width / moves) {
			if s.renew(part{from, min(from+int32(width), p.to)}, passes) {
				better = true
			}
		}
	}
	return better
}

// renew orders a part anew, and reports whether it then costs less. It never costs more: what is
// not searched keeps its order within its block.
func (s *solver) renew(p part, passes int) bool {
	items := s.items[p.from:p.to]
	before := s.problem.Cost(items)
	for i, v := range items {
		s.position[v] = int32(i)
	}
	work := s.network.Work()
	s.inner = s.settle(s.run(p), s.inner[:0])
	s.steps -= (s.network.Work()-work)/16 + int64(len(items))
	for round := range min(passes, len(s.widths)) {
		for i := range s.inner {
			s.searchLeaf(&s.inner[i], round)
		}
	}
	return s.problem.Cost(items).Less(before)
}
