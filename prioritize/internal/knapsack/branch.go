package knapsack

import "slices"

// branch is a decision still to be tried, after others.
type branch struct {
	before []int32 // the decided nodes, ^v for one that is out
	node   int32
	d      decision
	price  int64
	bound  int64
	serial int
}

// above orders branches by bound, the latest first where bounds are equal.
func (x branch) above(y branch) bool {
	return x.bound > y.bound || x.bound == y.bound && x.serial > y.serial
}

// decisions returns what has been decided, but for good.
func (s *search) decisions() []int32 {
	list := slices.Clone(s.trail[s.fixed:])
	s.work += int64(len(list))
	for i, v := range list {
		if s.decided[v] == out {
			list[i] = ^v
		}
	}
	return list
}

// resume goes to where a branch begins and follows it.
func (s *search) resume(x branch) bound {
	s.undo(s.fixed)
	s.lower.fill(s.order, false)
	s.upper.fill(s.order, true)
	s.work += int64(len(x.before))
	for _, v := range x.before {
		if v < 0 {
			s.set(^v, out)
		} else {
			s.set(v, in)
		}
	}
	return s.follow(x)
}

// follow takes a branch from where it begins.
func (s *search) follow(x branch) bound {
	if !s.decide(x.node, x.d) {
		return dead
	}
	s.exclude()
	return s.relax(x.price, x.bound, nodeRounds)
}

// wait adds a branch that begins here to those waiting, a binary heap.
func (s *search) wait(x branch) {
	s.serial++
	x.serial, x.before = s.serial, s.decisions()
	s.waiting = append(s.waiting, x)
	i := len(s.waiting) - 1
	for ; i > 0 && x.above(s.waiting[(i-1)/2]); i = (i - 1) / 2 {
		s.waiting[i] = s.waiting[(i-1)/2]
	}
	s.waiting[i] = x
}

// next takes the branch of highest bound from those waiting.
func (s *search) next() branch {
	top, last := s.waiting[0], len(s.waiting)-1
	x := s.waiting[last]
	s.waiting[last] = branch{}
	s.waiting = s.waiting[:last]
	i := 0
	for {
		child := 2*i + 1
		if child >= last {
			break
		}
		if child+1 < last && s.waiting[child+1].above(s.waiting[child]) {
			child++
		}
		if !s.waiting[child].above(x) {
			break
		}
		s.waiting[i] = s.waiting[child]
		i = child
	}
	if last > 0 {
		s.waiting[i] = x
	}
	return top
}

// split tries some nodes both ways. A node that leads nowhere one way is decided the other way.
// Of the rest it chooses the one that lowers the bound most, by the product of both ways.
// It reports false if it has decided nodes but chosen none.
func (s *search) split(b *bound) (first, second branch, more bool) {
	best := -1.0
	for _, v := range s.candidates() {
		if s.decided[v] != open {
			continue
		}
		yes, with := s.try(v, in, *b)
		no, without := s.try(v, out, *b)
		if s.stopped() {
			return first, second, false
		}
		if yes.bound <= s.bestValue || no.bound <= s.bestValue {
			if yes.bound <= s.bestValue {
				yes = no
			}
			if *b = s.follow(yes); b.exact || b.value <= s.bestValue {
				return first, second, false
			}
			continue
		}
		score := max(b.height-with, 1e-3) * max(b.height-without, 1e-3)
		if score > best {
			best, first, second = score, yes, no
			if without > with {
				first, second = no, yes
			}
		}
	}
	return first, second, best >= 0 && s.decided[first.node] == open
}

// try finds the bound of one way, and its height, and takes the decision back.
func (s *search) try(v int32, d decision, b bound) (branch, float64) {
	mark := len(s.trail)
	x := branch{node: v, d: d, price: b.price, bound: b.value}
	lower, upper := s.kept[0], s.kept[1]
	copy(lower, s.lower.chosen)
	copy(upper, s.upper.chosen)
	s.newtons = tryNewtons
	tried := s.follow(x)
	s.newtons = newtons
	s.undo(mark)
	copy(s.lower.chosen, lower)
	copy(s.upper.chosen, upper)
	x.price, x.bound = tried.price, tried.value
	return x, tried.height
}

// width bounds how many nodes of each kind are tried.
const width = 2

// candidates returns nodes worth trying, of those between the lower and the upper closure and those that
// crowd a group: the dearest that have value, and the ones of those without that others of most
// value need.
func (s *search) candidates() []int32 {
	crowding := s.crowding(s.upper.chosen)
	between := func(v int32) bool {
		return s.decided[v] == open && (s.upper.chosen[v] && !s.lower.chosen[v] || crowding[v])
	}
	s.trial = s.heaviest(s.trial[:0], between, true, s.Needs, s.Cost)
	if len(s.trial) == 0 {
		between = func(v int32) bool { return s.decided[v] == open }
		s.trial = s.heaviest(s.trial, between, true, s.Needs, s.Cost)
	}
	s.trial = s.heaviest(s.trial, between, false, s.users, s.Value)
	return s.trial
}

// heaviest appends the nodes, with value or without, that weigh most with all that links lead to.
func (s *search) heaviest(
	to []int32, admit func(v int32) bool, valued bool, links [][]int32, weight []int64,
) []int32 {
	from := len(to)
	s.work += int64(len(s.free))
	for _, v := range s.free {
		if s.Value[v] > 0 != valued || !admit(v) {
			continue
		}
		s.weight[v] = s.around(v, links, weight)
		to = append(to, v)
		for i := len(to) - 1; i > from && s.weight[to[i-1]] < s.weight[v]; i-- {
			to[i], to[i-1] = to[i-1], to[i]
		}
		to = to[:min(len(to), from+width)]
	}
	return to
}

// around adds up the weights of v and of the open nodes that links lead to, as far as they are looked at.
func (s *search) around(v int32, links [][]int32, weight []int64) int64 {
	var sum int64
	s.walk.start(v)
	for u, ok := s.walk.next(); ok && s.walk.at <= region; u, ok = s.walk.next() {
		sum += weight[u]
		for _, w := range links[u] {
			if s.decided[w] == open {
				s.walk.add(w)
			}
		}
	}
	s.work += int64(s.walk.at)
	return sum
}
