package knapsack

const (
	// improving bounds the work of improve. It does not depend on the limits, so that more of them
	// never lead to less.
	improving = 8_000_000
	yielding  = 1.0 / 200 // the share of the value that a step may lose at first
)

// improve looks for better solutions near the best one: it puts in a node that is left out, takes out
// what brings least for its cost until the rest fits, and fills up again. What loses more than a little
// is taken back, and how little falls to nothing with the work that is left (threshold accepting,
// Dueck, Scheuer 1990). It ends after a round over all nodes without a new best solution.
func (s *search) improve() {
	g := &s.greedy
	limit := s.spent() + improving
	s.begin(s.best)
	copy(g.kept, g.chosen)
	value := g.value
	for i, idle := 0, 0; idle < len(s.valued); i++ {
		left := limit - s.spent()
		if left <= 0 || s.stopped() {
			return
		}
		idle++
		v := s.valued[i%len(s.valued)]
		if s.decided[v] != open || g.chosen[v] {
			continue
		}
		loss := int64(float64(value) * yielding * float64(left) / improving)
		if !s.swapIn(v) || g.value <= value-loss {
			s.begin(g.kept)
			continue
		}
		value = g.value
		copy(g.kept, g.chosen)
		if s.value+value > s.bestValue {
			s.record(g.chosen, value)
			idle = 0
		}
	}
}

// swapIn puts in v at the expense of others. It reports false if that can't be.
func (s *search) swapIn(v int32) bool {
	g := &s.greedy
	coming, ok := s.needed(v)
	if !ok {
		return false
	}
	clear(g.safe)
	for _, u := range coming {
		for _, i := range s.groupsOf[u] {
			for _, rival := range s.Groups[i] {
				if rival != u && g.chosen[rival] {
					s.remove(rival)
				}
			}
		}
		g.safe[u] = true
	}
	for _, u := range coming {
		s.choose(u)
	}
	limit := s.allowance()
	for room := s.Capacity - s.cost; g.cost > room; {
		if s.work += int64(len(s.free)); s.work > limit {
			return false
		}
		worst := move{node: never}
		for _, u := range s.free {
			if g.chosen[u] && !g.safe[u] {
				if m := s.removal(u); worst.node == never || byRatio(m, worst) > 0 {
					worst = m
				}
			}
		}
		if worst.node == never {
			return false
		}
		s.remove(worst.node)
	}
	s.hold()
	s.fill()
	return true
}

// needed returns v and all open nodes that it needs, and false if they exclude each other or do not
// fit alone. It is valid until the next walk but one.
func (s *search) needed(v int32) ([]int32, bool) {
	g := &s.greedy
	cost := int64(0)
	s.walk.start(v)
	for u, ok := s.walk.next(); ok; u, ok = s.walk.next() {
		cost += s.Cost[u]
		for _, i := range s.groupsOf[u] {
			if s.matters[i] && g.met[i] == s.walk.count {
				return nil, false
			}
			g.met[i] = s.walk.count
		}
		for _, w := range s.Needs[u] {
			if s.decided[w] == open {
				s.walk.add(w)
			}
		}
	}
	s.work += int64(s.walk.at)
	return s.walk.visited(), cost <= s.Capacity-s.cost
}
