package precedence

// maxDual is the most items that multipliers are worked out for.
const maxDual = 512

// passWidths returns how many states the passes of a search keep, one pass after the other while a leaf
// is open.
func passWidths() []int { return []int{32, 512, 4096, 65536} }

// searchAll works on the leaves until all are closed or the steps are used up: first a quick look at
// each, then the large ones, then a longer and longer look at what is still open.
func (s *solver) searchAll() {
	large := 0
	for i := range s.leaves {
		l := &s.leaves[i]
		s.searchLeaf(l, 0)
		if l.len() > maxSearch {
			large++
		}
		if l.bound.IsZero() {
			l.raise(l.cost.Float64() - s.flowBound(l.part))
		}
	}
	for i := range s.leaves {
		if l := &s.leaves[i]; l.len() > maxSearch {
			s.improve(l, s.steps/int64(large+1))
			large--
		}
	}
	for round := 1; round < len(s.widths); round++ {
		for i := range s.leaves {
			s.searchLeaf(&s.leaves[i], round)
		}
	}
}

// searchLeaf makes the pass of the given number.
func (s *solver) searchLeaf(l *leaf, round int) {
	if s.steps <= 0 || !l.open() || l.len() > maxSearch {
		return
	}
	items := s.items[l.from:l.to]
	s.ancestry.find(items, s.graph.needs)
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
	s.buffer = append(s.buffer[:0], items...)
	s.reorder(items, order, backward)
	l.cost = s.problem.Cost(items)
	if l.cost.Less(l.bound) {
		l.bound = l.cost
	}
}

// bothWays finds the multipliers of a leaf, in the direction of time that gives the better bound, and
// raises its bound.
func (s *solver) bothWays(l *leaf) (backward bool) {
	items, d := s.items[l.from:l.to], &s.search.dual
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

// reorder puts items, which the buffer holds as the search knows them, in the order found.
func (s *solver) reorder(items []int32, order []int8, backward bool) {
	for i, v := range order {
		if backward {
			items[len(items)-1-i] = s.buffer[len(items)-1-int(v)]
		} else {
			items[i] = s.buffer[v]
		}
	}
}

// improve orders anew one window of a leaf after the other, small ones first, until that no longer helps.
func (s *solver) improve(l *leaf, budget int64) {
	end := s.steps - budget
	for better := true; better && s.steps > end; {
		better = false
		for width := maxSearch / 2; width < l.len(); width *= 2 {
			for from := l.from; from < l.to && s.steps > end; from += int32(width / 2) {
				if s.renew(part{from, min(from+int32(width), l.to)}) {
					better = true
				}
			}
		}
	}
	l.cost = s.problem.Cost(s.items[l.from:l.to])
	if l.len() <= maxDual && s.steps > end {
		s.ancestry.find(s.items[l.from:l.to], s.graph.needs)
		s.bothWays(l)
	}
}

// renew looks for a better order of a part, and reports whether it found one.
func (s *solver) renew(p part) bool {
	items := s.items[p.from:p.to]
	s.former = append(s.former[:0], items...)
	before := s.problem.Cost(items)
	for i, v := range items {
		s.position[v] = int32(i)
	}
	work := int64(0)
	if s.network != nil {
		work = s.network.Work()
	}
	s.inner = s.settle(s.run(p), s.inner[:0])
	if s.network != nil {
		work = s.network.Work() - work
	}
	s.steps -= work/16 + int64(len(items))
	for i := range s.inner {
		for round := range min(2, len(s.widths)) {
			s.searchLeaf(&s.inner[i], round)
		}
	}
	if s.problem.Cost(items).Less(before) {
		return true
	}
	copy(items, s.former)
	return false
}
