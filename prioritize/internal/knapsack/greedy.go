package knapsack

import (
	"cmp"
	"slices"
)

// greedy is the room that greedy solutions are made in.
type greedy struct {
	chosen []bool  // by node: open nodes only
	users  []int32 // by node: how many of those that need it are chosen
	held   []bool  // by group: a node of it is chosen
	met    []int32 // by group: the last walk that met a node of it
	value  int64   // of the chosen
	cost   int64
	moves  []move
	gone   []int32 // what the last removal has taken out
	steps  []int32 // since begin: v came, ^v went
	safe   []bool  // by node: must not be removed
}

// move is a node with all that comes, or goes, along with it.
type move struct {
	node  int32
	value int64
	cost  int64
}

func newGreedy(nodes, groups int) greedy {
	return greedy{
		chosen: make([]bool, nodes), users: make([]int32, nodes),
		safe: make([]bool, nodes),
		held: make([]bool, groups), met: make([]int32, groups),
	}
}

// byRatio orders moves by value per cost, the highest first. Free of cost comes before all.
func byRatio(a, b move) int {
	x := float64(float64(a.value) * float64(b.cost))
	y := float64(float64(b.value) * float64(a.cost))
	return cmp.Or(cmp.Compare(y, x), cmp.Compare(a.cost, b.cost), cmp.Compare(a.node, b.node))
}

// begin takes over a closure of open nodes, and resolves its crowded groups: of each, the node of
// greatest value stays, and the others go with all that need them.
func (s *search) begin(chosen []bool) {
	g := &s.greedy
	clear(g.chosen)
	clear(g.users)
	g.value, g.cost, g.steps = 0, 0, g.steps[:0]
	for _, v := range s.free {
		if s.decided[v] == open && chosen[v] {
			s.choose(v)
		}
	}
	s.work += int64(len(s.free) + s.members)
	for i, group := range s.Groups {
		if !s.matters[i] {
			continue
		}
		keep := never
		for _, v := range group {
			if g.chosen[v] && (keep == never || s.Value[v] > s.Value[keep]) {
				keep = v
			}
		}
		for _, v := range group {
			if g.chosen[v] && v != keep {
				s.remove(v)
			}
		}
	}
	s.hold()
}

// hold finds out which groups have a chosen node.
func (s *search) hold() {
	g := &s.greedy
	for i, group := range s.Groups {
		g.held[i] = s.matters[i] && slices.ContainsFunc(group, func(v int32) bool { return g.chosen[v] })
	}
}

// choose adds v, unless it is there.
func (s *search) choose(v int32) {
	g := &s.greedy
	if g.chosen[v] {
		return
	}
	g.steps = append(g.steps, v)
	g.chosen[v] = true
	g.value += s.Value[v]
	g.cost += s.Cost[v]
	for _, w := range s.Needs[v] {
		g.users[w]++
	}
}

// grow begins with a closure that fits and adds what fits, by value per additional cost.
func (s *search) grow(chosen []bool) {
	g := &s.greedy
	s.begin(chosen)
	s.fill()
	s.record(g.chosen, g.value)
}

// sorting is the work of sorting one of many, about.
const sorting = 8

// allowance returns how far the work may go on one greedy solution.
func (s *search) allowance() int64 { return s.work + 32*int64(len(s.Value)) + 1<<20 }

// fills bounds how often what is left is looked through: adding something makes the rest cheaper.
const fills = 4

// fill adds what fits, by value per additional cost.
func (s *search) fill() {
	g := &s.greedy
	limit := s.allowance()
	for range fills {
		g.moves = g.moves[:0]
		for _, v := range s.valued {
			if s.work < limit && s.decided[v] == open && !g.chosen[v] {
				if m, ok := s.addition(v); ok {
					g.moves = append(g.moves, m)
				}
			}
		}
		if len(g.moves) == 0 {
			return
		}
		slices.SortFunc(g.moves, byRatio)
		s.work += sorting * int64(len(g.moves))
		for _, m := range g.moves {
			if !g.chosen[m.node] {
				if _, ok := s.addition(m.node); ok {
					s.add()
				}
			}
		}
	}
}

// addition returns what comes with v, and false if that does not fit, or is too much to look at.
// The nodes are those of the walk.
func (s *search) addition(v int32) (move, bool) {
	g := &s.greedy
	room := s.Capacity - s.cost - g.cost
	m := move{node: v}
	s.walk.start(v)
	for u, ok := s.walk.next(); ok; u, ok = s.walk.next() {
		m.value += s.Value[u]
		m.cost += s.Cost[u]
		if m.cost > room || s.walk.at > region || !s.meet(u) {
			s.work += int64(s.walk.at)
			return m, false
		}
		for _, w := range s.Needs[u] {
			if s.decided[w] == open && !g.chosen[w] {
				s.walk.add(w)
			}
		}
	}
	s.work += int64(s.walk.at)
	return m, true
}

// meet notes that the walk has come to v, and reports whether the groups of v have no other node,
// chosen before or on this walk.
func (s *search) meet(v int32) bool {
	g := &s.greedy
	for _, i := range s.groupsOf[v] {
		if g.held[i] || s.matters[i] && g.met[i] == s.walk.count {
			return false
		}
		g.met[i] = s.walk.count
	}
	return true
}

// add chooses the nodes of the walk.
func (s *search) add() {
	g := &s.greedy
	for _, v := range s.walk.visited() {
		s.choose(v)
		for _, i := range s.groupsOf[v] {
			g.held[i] = s.matters[i]
		}
	}
}

// shrink begins with the upper closure and removes what brings least for its cost until the rest
// fits; then it adds what fits again.
func (s *search) shrink() {
	g := &s.greedy
	s.begin(s.upper.chosen)
	limit := s.allowance()
	for room := s.Capacity - s.cost; g.cost > room; {
		g.moves = g.moves[:0]
		for _, v := range s.free {
			if s.work < limit && g.chosen[v] && !s.lower.chosen[v] {
				g.moves = append(g.moves, s.removal(v))
			}
		}
		if len(g.moves) == 0 {
			return
		}
		slices.SortFunc(g.moves, func(a, b move) int { return byRatio(b, a) })
		s.work += sorting * int64(len(g.moves))
		for _, m := range g.moves[:1+len(g.moves)/8] {
			if g.chosen[m.node] && g.cost > room {
				s.remove(m.node)
			}
		}
	}
	s.fill()
	s.record(g.chosen, g.value)
}

// removal returns what goes with v.
func (s *search) removal(v int32) move {
	g := &s.greedy
	value, cost, before := g.value, g.cost, len(g.steps)
	s.remove(v)
	m := move{v, value - g.value, cost - g.cost}
	s.takeBack(before)
	return m
}

// takeBack undoes all steps but the first n.
func (s *search) takeBack(n int) {
	g := &s.greedy
	for i := len(g.steps) - 1; i >= n; i-- {
		v, change := g.steps[i], int32(1)
		if v < 0 {
			v = ^v
		} else {
			change = -1
		}
		g.chosen[v] = change > 0
		g.value += int64(change) * s.Value[v]
		g.cost += int64(change) * s.Cost[v]
		for _, w := range s.Needs[v] {
			g.users[w] += change
		}
	}
	g.steps = g.steps[:n]
}

// remove unchooses v, all that need it, and all without value that is no longer needed.
func (s *search) remove(v int32) {
	g := &s.greedy
	g.gone = g.gone[:0]
	drop := func(u int32) {
		if g.chosen[u] {
			g.chosen[u] = false
			g.value -= s.Value[u]
			g.cost -= s.Cost[u]
			g.gone = append(g.gone, u)
			g.steps = append(g.steps, ^u)
		}
	}
	drop(v)
	for i := 0; i < len(g.gone); i++ {
		for _, w := range s.users[g.gone[i]] {
			drop(w)
		}
	}
	for i := 0; i < len(g.gone); i++ {
		s.work += int64(len(s.Needs[g.gone[i]]))
		for _, w := range s.Needs[g.gone[i]] {
			if g.users[w]--; g.users[w] == 0 && s.Value[w] == 0 {
				drop(w)
			}
		}
	}
	s.work += int64(len(g.gone))
}
