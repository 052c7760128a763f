package knapsack

import "github.com/backlogkit/backlogkit/prioritize/internal/closure"

// decision is what the search has decided about a node.
type decision uint8

const (
	open decision = iota
	in
	out
)

// decide decides v and all that follows: whoever is in has in what it needs, and out the others
// of its groups; whoever is out has out all that need it. It reports false if that contradicts
// an earlier decision; the caller then takes it all back with [search.undo].
func (s *search) decide(v int32, d decision) bool {
	from := len(s.trail)
	ok := s.set(v, d)
	for i := from; ok && i < len(s.trail); i++ {
		u := s.trail[i]
		if s.decided[u] == out {
			ok = s.setAll(s.users[u], out, never)
			continue
		}
		ok = s.setAll(s.Needs[u], in, never)
		for _, g := range s.groupsOf[u] {
			ok = ok && s.setAll(s.Groups[g], out, u)
		}
	}
	return ok
}

func (s *search) setAll(nodes []int32, d decision, except int32) bool {
	for _, v := range nodes {
		if v != except && !s.set(v, d) {
			return false
		}
	}
	return true
}

func (s *search) set(v int32, d decision) bool {
	if s.decided[v] != open {
		return s.decided[v] == d
	}
	s.decided[v] = d
	s.trail = append(s.trail, v)
	if d == in {
		s.value += s.Value[v]
		s.cost += s.Cost[v]
	}
	return true
}

// undo takes back all decisions but the first n.
func (s *search) undo(n int) {
	for _, v := range s.trail[n:] {
		if s.decided[v] == in {
			s.value -= s.Value[v]
			s.cost -= s.Cost[v]
		}
		s.decided[v] = open
	}
	s.trail = s.trail[:n]
}

// region bounds how many nodes are looked at around one node: enough for almost all, and few enough
// that looking around each of them stays near linear.
const region = 256

// exclude decides out each node with value that with all that it needs does not fit the room.
func (s *search) exclude() {
	room := s.Capacity - s.cost
	for _, v := range s.valued {
		if s.decided[v] != open {
			continue
		}
		cost := int64(0)
		s.walk.start(v)
		for u, ok := s.walk.next(); ok && cost <= room && s.walk.at <= region; u, ok = s.walk.next() {
			cost += s.Cost[u]
			for _, w := range s.Needs[u] {
				if s.decided[w] == open {
					s.walk.add(w)
				}
			}
		}
		s.work += int64(s.walk.at)
		if cost > room {
			s.decide(v, out)
		}
	}
}

// settle decides each open node that can't be otherwise in a solution better than the best.
// The flow behind the bound shows what it costs: choosing a node wastes what is still to be filled
// at it and at all that it needs, leaving it out loses what is left to send at it and at all that
// need it (reduced costs). It reports how many nodes that decided, and false if none is left
// that could be better.
func (s *search) settle(b bound) (int, bool) {
	s.wake()
	total := s.solve(b.price, s.Capacity-s.cost)
	s.net.Retract(s.order)
	s.work += int64(len(s.order))
	// A loss above the slack leaves less than best + 1.
	slack := total.Sub(s.scaled(s.bestValue + 1 - s.value))
	before := len(s.trail)
	ok := true
	for _, v := range s.free {
		if ok && s.decided[v] == open && slack.Less(s.waste(v, slack)) {
			ok = s.decide(v, out)
		}
		if ok && s.decided[v] == open && slack.Less(s.loss(v, slack)) {
			ok = s.decide(v, in)
		}
	}
	return len(s.trail) - before, ok
}

// waste returns what choosing v costs at least. It stops at anything above enough.
func (s *search) waste(v int32, enough closure.Int) closure.Int {
	return s.sum(v, s.Needs, enough, func(e closure.Int) closure.Int { return closure.Int{}.Sub(e) })
}

// loss returns what leaving v out costs at least. It stops at anything above enough.
func (s *search) loss(v int32, enough closure.Int) closure.Int {
	return s.sum(v, s.users, enough, func(e closure.Int) closure.Int { return e })
}

func (s *search) sum(
	v int32, links [][]int32, enough closure.Int, of func(excess closure.Int) closure.Int,
) closure.Int {
	var sum closure.Int
	s.walk.start(v)
	for u, ok := s.walk.next(); ok && s.walk.at <= region; u, ok = s.walk.next() {
		if e := of(s.net.Excess(u)); e.Positive() {
			if sum = sum.Add(e); enough.Less(sum) {
				break
			}
		}
		for _, w := range links[u] {
			if s.decided[w] == open {
				s.walk.add(w)
			}
		}
	}
	s.work += int64(s.walk.at)
	return sum
}
