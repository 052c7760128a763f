package knapsack

import (
	"math/bits"
	"slices"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
)

// bound is what a solution that keeps the present decisions can reach at most.
type bound struct {
	value  int64       // the bound
	excess closure.Int // what the open nodes add to it, before rounding down, in units of prices
	price  int64       // of a unit of capacity: the one that the bound was found at
	height float64     // the bound before rounding down, about: to compare branches
	exact  bool        // a solution with this value has been recorded
}

// dead is the bound where the decisions contradict each other or the capacity.
var dead = bound{value: -1, height: -1}

// side is a closure of open nodes.
type side struct {
	chosen []bool // by node
	value  int64
	cost   int64
	worth  closure.Int // value less penalties, in units of prices
	best   bool        // with the present decisions and penalties, at this price:
	price  int64
}

const (
	newtons    = 30             // prices tried for one bound, at most: six to ten are usual
	tryNewtons = 3              // likewise, to compare branches
	maxPrice   = int64(1) << 61 // prices are cut off here; a lower price is a valid one too
	tooLarge   = int64(1) << 62 // no total reaches this
)

// unit sets the unit of prices, 2^-shift: fine enough for rounding a price to hardly matter, coarse
// enough for prices far above the average to stay below maxPrice.
func (s *search) unit() {
	var value, cost int64
	for v := range s.Value {
		value += s.Value[v]
		cost += s.Cost[v]
	}
	s.shift = uint(min(max(40+bits.Len64(uint64(cost))-bits.Len64(uint64(value)), 0), 60))
	s.most = s.scaled(value)
}

// scaled returns v in units of prices.
func (s *search) scaled(v int64) closure.Int { return closure.Product(v, 1<<s.shift) }

// relax finds a bound, none above the ceiling. It begins with the given price, and leaves in s.lower
// and s.upper the closures on either side of the capacity at the best price. It stops once the
// bound is not above the best solution. Without groups the bound is that of linear programming.
func (s *search) relax(price, ceiling int64, rounds int) bound {
	room := s.Capacity - s.cost
	if room < 0 {
		return dead
	}
	b := bound{value: ceiling, price: price}
	value, cost := s.collect()
	if value == 0 {
		s.widen()
		return s.settleFor(s.lower)
	}
	copy(s.bestPenalty, s.penalty)
	pace := 1.0
	for i := range rounds {
		if i > 0 || cost <= room {
			s.widen()
		} else {
			s.narrow(room)
		}
		if i == 0 && s.upper.cost <= room && !s.crowded(s.upper.chosen) {
			return s.settleFor(s.upper)
		}
		before := b.excess
		s.newton(&b, room, i == 0)
		if len(s.Groups) == 0 || b.value <= s.bestValue || s.stopped() {
			break
		}
		if i == 0 || b.excess.Less(before) {
			copy(s.bestPenalty, s.penalty)
		} else if i > balancing {
			pace *= slowdown
		}
		if i == 0 && rounds == rootRounds {
			s.sample(b) // steering aims at the best solution
		}
		if (i >= balancing || !s.balance()) && !s.steer(b, room, pace) {
			break
		}
	}
	copy(s.penalty, s.bestPenalty)
	return b
}

// settleFor records a side that is the best there is under the present decisions.
func (s *search) settleFor(best side) bound {
	s.record(best.chosen, best.value)
	value := s.value + best.value
	return bound{value: value, height: float64(value), exact: true}
}

// newton improves the price by Newton's method: the next one is that at which the closures on either
// side are worth the same (Dinkelbach 1967).
func (s *search) newton(b *bound, room int64, fresh bool) {
	price := b.price
	if s.upper.cost <= room {
		price = 0 // capacity is no matter, only groups are
	}
	for i := range s.newtons {
		total := s.solve(price, room)
		if fresh && i == 0 || total.Less(b.excess) {
			b.excess, b.price = total, price
			if total.Less(s.scaled(tooLarge)) {
				b.value = min(b.value, s.value+total.Shift(s.shift))
			}
			b.height = float64(s.value) + total.Float64()/float64(int64(1)<<s.shift)
		}
		if b.value <= s.bestValue && !s.thorough {
			return
		}
		lower, upper := s.lower.cost, s.upper.cost
		last := s.bracket(price, room)
		if !s.crowded(s.lower.chosen) {
			s.record(s.lower.chosen, s.lower.value)
		}
		if last || i > 0 && lower == s.lower.cost && upper == s.upper.cost || s.upper.cost <= room {
			return
		}
		next := s.between()
		if next == price || s.stopped() {
			return
		}
		price = next
		s.focus()
	}
}

// focus leaves to the network what the sides do not decide: the lower the price, the larger the best closures
// (Gallo, Grigoriadis, Tarjan 1989). It waits until that is much less.
func (s *search) focus() {
	if len(s.Groups) > 0 {
		return // whose penalties take more than the best closures
	}
	left := 0
	for _, v := range s.core {
		if !s.aside(v) {
			left++
		}
	}
	s.work += int64(len(s.core))
	if 4*left > 3*len(s.core) {
		return
	}
	s.inside = side{}
	if s.lower.best {
		s.inside = s.lower
	}
	s.core = slices.DeleteFunc(append(s.focused[:0], s.core...), s.aside)
	s.focused = s.core
	s.net.Restrict(s.core)
}

// aside reports whether the sides decide v at every price between theirs.
func (s *search) aside(v int32) bool {
	return s.lower.best && s.lower.chosen[v] || s.upper.best && !s.upper.chosen[v]
}

// collect lists the open nodes, makes them the network's, finds which groups still matter, and
// returns what all open nodes bring and cost.
func (s *search) collect() (value, cost int64) {
	s.free = s.free[:0]
	for v := range s.decided {
		if s.decided[v] == open {
			s.free = append(s.free, int32(v))
			value += s.Value[v]
			cost += s.Cost[v]
		}
	}
	s.wake()
	s.lower.best, s.upper.best = false, false
	for g, group := range s.Groups {
		left := 0
		for _, v := range group {
			if s.decided[v] == open {
				left++
			}
		}
		s.matters[g] = left > 1
	}
	s.work += int64(2*len(s.free) + s.members)
	return value, cost
}

// widen sets the sides to the extremes: nothing, and all that is open.
func (s *search) widen() {
	s.lower.fill(s.free, false)
	s.upper.fill(s.free, true)
	s.measure(&s.lower)
	s.measure(&s.upper)
}

func (x *side) fill(nodes []int32, chosen bool) {
	for _, v := range nodes {
		x.chosen[v] = chosen
	}
	x.best = false
}

// wake leaves to the network all that is open.
func (s *search) wake() {
	s.net.Restrict(s.free)
	s.core, s.inside = s.free, side{}
}

// narrow begins with what the sides before have left of closures on either side of the room.
func (s *search) narrow(room int64) {
	s.measure(&s.lower)
	s.measure(&s.upper)
	if s.lower.cost > room {
		s.lower, s.upper = s.upper, s.lower
	}
	if s.lower.cost > room {
		s.lower.fill(s.free, false)
		s.measure(&s.lower)
	}
	if s.upper.cost <= room {
		s.upper.fill(s.free, true)
		s.measure(&s.upper)
	}
}

// measure adds up a side.
func (s *search) measure(x *side) {
	x.value, x.cost = 0, 0
	for _, v := range s.free {
		if x.chosen[v] {
			x.value += s.Value[v]
			x.cost += s.Cost[v]
		}
	}
	x.worth = s.scaled(x.value)
	for g, group := range s.Groups {
		if s.matters[g] {
			for _, v := range group {
				if x.chosen[v] {
					x.worth = x.worth.Sub(s.penalty[g])
				}
			}
		}
	}
}

// solve finds the best closures at a price, and returns the bound on what open nodes add.
func (s *search) solve(price, room int64) closure.Int {
	for _, v := range s.core {
		weight := s.scaled(s.Value[v]).Sub(closure.Product(s.Cost[v], price))
		for _, g := range s.groupsOf[v] {
			if s.matters[g] {
				weight = weight.Sub(s.penalty[g])
			}
		}
		s.net.SetWeight(v, weight)
	}
	s.net.Solve()
	s.work += int64(2 * len(s.core))
	total := s.net.Value().Add(closure.Product(price, room))
	total = total.Add(s.scaled(s.inside.value)).Sub(closure.Product(s.inside.cost, price))
	for g, on := range s.matters {
		if on {
			total = total.Add(s.penalty[g])
		}
	}
	return total
}

// bracket takes over the closures found, on the side of the capacity where each belongs. It reports
// whether they lie on either side of it: the price is the best then.
func (s *search) bracket(price, room int64) bool {
	s.take(price, s.net.InMaximal)
	if s.spare.cost <= room {
		s.spare, s.lower = s.lower, s.spare
		return false
	}
	s.spare, s.upper = s.upper, s.spare
	s.take(price, s.net.InMinimal)
	if s.spare.cost > room {
		s.spare, s.upper = s.upper, s.spare
		return false
	}
	s.spare, s.lower = s.lower, s.spare
	return true
}

// take sets the spare side to the open nodes that are in, at a price.
func (s *search) take(price int64, in func(v int32) bool) {
	s.spare.fill(s.free, false)
	if s.lower.best {
		copy(s.spare.chosen, s.lower.chosen)
	}
	for _, v := range s.core {
		s.spare.chosen[v] = in(v)
	}
	s.spare.best, s.spare.price = true, price
	s.measure(&s.spare)
}

// between returns the price at which the two sides are worth the same, rounded, but between theirs.
func (s *search) between() int64 {
	if s.upper.cost == s.lower.cost {
		return 0
	}
	price := s.upper.worth.Sub(s.lower.worth).Float64() / float64(s.upper.cost-s.lower.cost)
	next := int64(min(max(price, 0), float64(maxPrice)))
	if s.lower.best {
		next = min(next, s.lower.price)
	}
	if s.upper.best {
		next = max(next, s.upper.price)
	}
	return next
}
