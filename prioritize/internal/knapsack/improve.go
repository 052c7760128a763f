package knapsack

const (
	// improving bounds the work of improve. It does not depend on the limits, so that more of them
	// never lead to less.
	improving = 40_000_000
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
		g.steps = g.steps[:0]
		value := g.value
		loss := int64(float64(value) * yielding * float64(left) / improving)
		if !s.swapIn(v) || g.value <= value-loss {
			s.takeBack(0)
		} else if s.value+g.value > s.bestValue {
			s.record(g.chosen, g.value)
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
	if !s.makeRoom() {
		return false
	}
	s.hold()
	s.fill()
	return true
}

// makeRoom takes out what brings least for its cost until the rest fits. It reports false if what may go is not
// enough. What a node brings is looked at again before it goes, but not before others do.
func (s *search) makeRoom() bool {
	g := &s.greedy
	room, limit := s.Capacity-s.cost, s.allowance()
	if g.cost <= room {
		return true
	}
	g.moves = g.moves[:0]
	for _, u := range s.free {
		if g.chosen[u] && !g.safe[u] && s.work < limit {
			g.moves = append(g.moves, s.removal(u))
		}
	}
	s.work += int64(len(s.free))
	for g.cost > room && len(g.moves) > 0 && s.work < limit {
		worst := 0
		for i := range g.moves {
			if byRatio(g.moves[i], g.moves[worst]) > 0 {
				worst = i
			}
		}
		s.work += int64(len(g.moves))
		before := g.moves[worst]
		last := len(g.moves) - 1
		if !g.chosen[before.node] {
			g.moves[worst] = g.moves[last]
			g.moves = g.moves[:last]
		} else if g.moves[worst] = s.removal(before.node); g.moves[worst] == before {
			s.remove(before.node)
		}
	}
	return g.cost <= room
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
