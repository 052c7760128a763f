package precedence

import "math/bits"

// passWidths returns how many states the passes of a search keep, one pass after the other while a leaf
// is open.
func passWidths() []int { return []int{32, 512, 4096, 65536} }

// searchAll works on the leaves until all are closed or the steps are used up: first a quick look at
// each, then a long one at those still open.
func (s *solver) searchAll() {
	for i := range s.leaves {
		s.searchLeaf(&s.leaves[i], 0, min(2, len(s.widths)))
	}
	for round := 2; round < len(s.widths); round++ {
		for i := range s.leaves {
			s.searchLeaf(&s.leaves[i], round, round+1)
		}
	}
}

// searchLeaf makes the passes of the given numbers.
func (s *solver) searchLeaf(l *leaf, from, to int) {
	if l.bound == l.cost || s.steps <= 0 || l.len() > maxSearch {
		return
	}
	items := s.items[l.from:l.to]
	s.ancestry.find(items, s.graph.needs)
	r := &s.search
	backward := r.prepare(s, items, l)
	s.buffer = append(s.buffer[:0], items...)
	for k := from; k < to && l.open() && s.steps > 0; k++ {
		order, saving := r.pass(l.cost, s.widths[k], s.steps)
		s.steps -= r.work
		l.raise(saving)
		if order == nil {
			continue
		}
		s.reorder(items, order, backward)
		l.cost = s.problem.Cost(items)
		if l.cost.Less(l.bound) {
			l.bound = l.cost
		}
	}
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

// prepare sets the search up for a leaf, in the direction of time that gives the better bound. Seen
// backward, sizes and weights change places, and so do before and after.
func (r *search) prepare(s *solver, items []int32, l *leaf) (backward bool) {
	r.fill(s, items, false)
	forward := l.cost.Float64() - r.root().bound
	r.fill(s, items, true)
	other := l.cost.Float64() - r.root().bound
	l.raise(min(forward, other))
	if forward < other {
		r.fill(s, items, false)
		return false
	}
	return true
}

func (r *search) fill(s *solver, items []int32, backward bool) {
	n := len(items)
	r.n = n
	clear(r.after[:n])
	var size, weight int64
	for i, v := range items {
		row := s.ancestry.row(i)[0]
		if backward {
			i = n - 1 - i
			r.size[i], r.weight[i] = s.problem.Weight[v], s.problem.Size[v]
			r.after[i] = bits.Reverse64(row) >> (64 - n)
		} else {
			r.size[i], r.weight[i] = s.problem.Size[v], s.problem.Weight[v]
			r.before[i] = row
		}
		size += r.size[i]
		weight += r.weight[i]
		r.worth[i] = float64(r.weight[i]) / float64(r.size[i])
	}
	from, to := &r.before, &r.after
	if backward {
		from, to = to, from
	}
	clear(to[:n])
	for i := range n {
		for rest := from[i]; rest != 0; rest &= rest - 1 {
			to[bits.TrailingZeros64(rest)] |= 1 << i
		}
	}
	r.sizeSum, r.weightSum = float64(size), float64(weight)
	r.ratio = r.weightSum / r.sizeSum
	r.multipliers()
}
