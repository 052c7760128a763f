package knapsack

import "github.com/backlogkit/backlogkit/prioritize/internal/closure"

// Each node of a group pays a penalty, and the bound gets it back once: whatever the penalties, that
// is a bound, and the best penalties make it hard to choose two of a group.

const (
	balancing = 5       // rounds of balance, before those of steer
	slowdown  = 1 / 1.3 // of the pace of steer after a round that did not lower the bound
	maxUnits  = 1 << 61 // of a step
)

// balance improves the penalties group by group: where two have something to send, the penalty rises by as much as
// the second has; where all have something to be filled, it falls by that much. Each step lowers the
// bound, but steps may end before it is lowest. It reports whether it took any.
func (s *search) balance() bool {
	s.net.Retract(s.order)
	any := false
	for g, group := range s.Groups {
		if !s.matters[g] {
			continue
		}
		var first, second closure.Int
		n := 0
		for _, v := range group {
			if s.decided[v] != open {
				continue
			}
			e := s.net.Excess(v)
			if n == 0 || first.Less(e) {
				first, second = e, first
			} else if n == 1 || second.Less(e) {
				second = e
			}
			n++
		}
		change := closure.Int{}
		if second.Positive() {
			change = second
		} else if first.Negative() {
			change = first
			if s.penalty[g].Add(first).Negative() {
				change = closure.Int{}.Sub(s.penalty[g])
			}
		}
		s.penalty[g] = s.penalty[g].Add(change)
		any = any || !change.IsZero()
	}
	return any
}

// steer moves all penalties at once along the subgradient, which is by how much more than one of a
// group is chosen, at the pace that would bring the bound down to the best solution if it was
// linear (Polyak 1969). It reports false if that moves nothing.
func (s *search) steer(b bound, room int64, pace float64) bool {
	upper := 0.0 // its share in the solution of linear programming, a mixture of both sides
	if s.upper.cost > s.lower.cost {
		upper = float64(room-s.lower.cost) / float64(s.upper.cost-s.lower.cost)
	}
	upper = min(max(upper, 0), 1)
	norm := 0.0
	for g := range s.Groups {
		s.slope[g] = 0
		if !s.matters[g] {
			continue
		}
		high := float64(upper * float64(s.count(g, s.upper.chosen)))
		low := float64((1 - upper) * float64(s.count(g, s.lower.chosen)))
		if slope := high + low - 1; slope > 0 || s.penalty[g].Positive() {
			s.slope[g] = slope
			norm += float64(slope * slope)
		}
	}
	if norm == 0 {
		return false
	}
	step := float64(pace*(b.height-float64(s.bestValue))) / norm
	fine := min(s.shift, 20) // the fraction of a step that is kept
	for g, slope := range s.slope {
		units := float64(step*slope) * float64(int64(1)<<fine)
		units = min(max(units, -maxUnits), maxUnits)
		s.penalty[g] = s.penalty[g].Add(closure.Product(int64(units), 1<<(s.shift-fine)))
		if s.penalty[g].Negative() {
			s.penalty[g] = closure.Int{}
		} else if s.most.Less(s.penalty[g]) {
			s.penalty[g] = s.most // a larger one has no more effect
		}
	}
	return true
}

// crowded reports whether two nodes of a group are chosen.
func (s *search) crowded(chosen []bool) bool {
	for g := range s.Groups {
		if s.matters[g] && s.count(g, chosen) > 1 {
			return true
		}
	}
	return false
}

// count returns how many nodes of group g are chosen.
func (s *search) count(g int, chosen []bool) int {
	n := 0
	for _, v := range s.Groups[g] {
		if chosen[v] {
			n++
		}
	}
	return n
}

// crowding returns by node whether it is chosen along with another one of a group.
func (s *search) crowding(chosen []bool) []bool {
	clear(s.crowd)
	for g, group := range s.Groups {
		if s.matters[g] && s.count(g, chosen) > 1 {
			for _, v := range group {
				s.crowd[v] = s.crowd[v] || chosen[v]
			}
		}
	}
	return s.crowd
}
