package precedence

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
)

const maxSearch = 64 // jobs that a set of one word holds

// search finds the best order of a leaf by dynamic programming over the sets of jobs that can be
// done first (Held, Karp 1962): orders of the same set have the same future, so only the cheapest
// is kept. Set size by set size it carries on with all sets, less those whose bound shows that
// they lead to nothing cheaper than the best order known.
type search struct {
	dual
	before, after [maxSearch]uint64             // by job: all that it needs, and all that need it
	worth         [maxSearch]float64            // by job: weight / size
	gap           [maxSearch][maxSearch]float64 // by job, and one that it needs
	layer, next   []state
	trail         []step
	table         []int32            // by hash of a set: its place in next + 1
	kept          [maxSearch]float64 // by job: what it no longer pays
	urgent        []urgent
	work          int64
}

// state is a set of jobs that can be done first, in the cheapest order found.
type state struct {
	done    uint64
	ready   uint64      // what can be done next
	cost    closure.Int // of what is done
	time    int64       // that it takes
	squares float64     // the sum of size^2 of what is left
	bound   float64     // the least that what is left costs
	limit   float64     // no closure of what is left has a higher ratio
	step    int32       // in the trail
	parent  int32
	last    int8
}

// step is how a state was reached.
type step struct {
	parent int32
	job    int8
}

// urgent is a job that is worth more than the average, by amount.
type urgent struct{ worth, amount, size float64 }

// prepare takes over what the dual holds.
func (s *search) prepare() {
	for v := range s.n {
		s.before[v], s.after[v] = s.beforeOf(v)[0], s.afterOf(v)[0]
		s.worth[v] = float64(s.weight[v]) / float64(s.size[v])
	}
	for _, l := range s.links {
		s.gap[l.from][l.to] = l.gap
	}
}

// root returns the state of nothing done.
func (s *search) root() state {
	root := state{step: -1, parent: -1, last: -1}
	for v := range s.n {
		if s.before[v] == 0 {
			root.ready |= 1 << v
		}
		root.squares += square(s.size[v])
	}
	s.rate(&root)
	return root
}

// rate works out the bound of a state. Payments between jobs that are left still hold. Jobs that
// would have paid for something that is done are worth more than the average instead, or those
// that they wait for are; at best these come first, the worthiest before the others (Smith 1956).
func (s *search) rate(st *state) {
	now := float64(st.time)
	left := s.sizeSum - now
	bound := float64(s.ratio * (float64(now*left) + float64((float64(left*left)+st.squares)/2)))
	s.kept = [maxSearch]float64{}
	var urgent uint64
	for i := range s.payments {
		p := &s.payments[i]
		if st.done>>p.from&1 != 0 {
			continue
		}
		if st.done>>p.to&1 == 0 {
			bound += float64(p.amount * p.gap)
		} else {
			s.kept[p.from] += p.amount
			urgent |= 1 << p.from
		}
	}
	for rest := urgent &^ st.ready; rest != 0; rest &= rest - 1 {
		v := bits.TrailingZeros64(rest)
		u := s.farthest(v, st.ready)
		bound += float64(s.kept[v] * s.gap[v][u])
		s.kept[u] += s.kept[v]
		urgent = urgent&^(1<<v) | 1<<u
	}
	s.sortUrgent(urgent)
	st.limit = s.ratio
	if len(s.urgent) > 0 {
		st.limit += s.urgent[0].worth
	}
	for _, u := range s.urgent {
		now += u.size
		bound += float64(u.amount * now)
	}
	st.bound = bound - s.margin
}

// farthest returns the ready job that job v waits for longest.
func (s *search) farthest(v int, ready uint64) int {
	most, best := -1.0, 0
	for rest := s.before[v] & ready; rest != 0; rest &= rest - 1 {
		u := bits.TrailingZeros64(rest)
		if time := s.gap[v][u] + float64(s.size[u]); time > most {
			most, best = time, u
		}
	}
	return best
}

// sortUrgent lists the urgent jobs, the worthiest first.
func (s *search) sortUrgent(jobs uint64) {
	s.urgent = s.urgent[:0]
	for ; jobs != 0; jobs &= jobs - 1 {
		v := bits.TrailingZeros64(jobs)
		u := urgent{amount: s.kept[v], size: float64(s.size[v])}
		u.worth = u.amount / u.size
		i := len(s.urgent)
		s.urgent = append(s.urgent, u)
		for ; i > 0 && s.urgent[i-1].worth < u.worth; i-- {
			s.urgent[i] = s.urgent[i-1]
		}
		s.urgent[i] = u
	}
}

// pass goes through all layers and keeps at most width states in each. It returns the cheapest
// order, if it costs less than best, and how much less any other order may cost: 0 if nothing
// was left out.
func (s *search) pass(best closure.Int, width int, budget int64) (order []int8, saving float64) {
	s.layer = append(s.layer[:0], s.root())
	s.trail = s.trail[:0]
	s.work = 0
	saving = 0
	for range s.n {
		if len(s.layer) > width {
			saving = max(saving, s.trim(best, width))
		}
		for i := range s.layer {
			st := &s.layer[i]
			st.step = int32(len(s.trail))
			s.trail = append(s.trail, step{st.parent, st.last})
		}
		if !s.advance(best, budget) {
			for i := range s.layer {
				saving = max(saving, s.layer[i].saving(best))
			}
			return nil, saving
		}
		s.layer, s.next = s.next, s.layer
	}
	if len(s.layer) == 0 {
		return nil, saving
	}
	order = make([]int8, s.n)
	at := step{s.layer[0].parent, s.layer[0].last}
	for i := s.n - 1; i >= 0; i-- {
		order[i] = at.job
		at = s.trail[at.parent]
	}
	return order, saving
}

// saving returns how much less than best an order that begins with the state may cost.
func (st *state) saving(best closure.Int) float64 { return best.Sub(st.cost).Float64() - st.bound }

// trim keeps the width most promising states of the layer, and returns the most that another can
// save.
func (s *search) trim(best closure.Int, width int) float64 {
	slices.SortFunc(s.layer, func(a, b state) int {
		return cmp.Or(
			cmp.Compare(b.saving(best), a.saving(best)), cmp.Compare(a.done, b.done),
		)
	})
	lost := s.layer[width].saving(best)
	s.layer = s.layer[:width]
	return lost
}

// advance makes the next layer. It reports false if that uses up the budget.
func (s *search) advance(best closure.Int, budget int64) bool {
	s.next = s.next[:0]
	s.resize(8 * len(s.layer))
	for i := range s.layer {
		if s.work > budget {
			return false
		}
		st := &s.layer[i]
		ready := st.ready
		if s.even {
			for rest := ready; rest != 0; rest &= rest - 1 {
				if v := bits.TrailingZeros64(rest); s.worth[v] > st.limit*(1+1e-9) {
					ready = 1 << v // alone the first of the blocks of what is left
					break
				}
			}
		}
		for ; ready != 0; ready &= ready - 1 {
			v := bits.TrailingZeros64(ready)
			if l := st.last; l >= 0 && s.before[v]>>l&1 == 0 && s.above(v, int(l)) {
				continue // cheaper the other way round
			}
			s.add(st, v, best)
		}
	}
	return true
}

// above reports whether job v has a higher ratio than job u.
func (s *search) above(v, u int) bool {
	return ratio{s.weight[v], s.size[v]}.compare(ratio{s.weight[u], s.size[u]}) > 0
}

// add puts the state after st and job v into the next layer.
func (s *search) add(st *state, v int, best closure.Int) {
	s.work++
	time := st.time + s.size[v]
	cost := st.cost.Add(closure.Product(s.weight[v], time))
	if !cost.Less(best) {
		return
	}
	done := st.done | 1<<v
	at := s.find(done)
	if i := s.table[at]; i != 0 {
		if old := &s.next[i-1]; cost.Less(old.cost) {
			old.cost, old.parent, old.last = cost, st.step, int8(v)
		}
		return
	}
	next := state{
		done: done, ready: st.ready &^ (1 << v), cost: cost, time: time,
		squares: st.squares - square(s.size[v]), parent: st.step, last: int8(v),
	}
	for rest := s.after[v]; rest != 0; rest &= rest - 1 {
		if u := bits.TrailingZeros64(rest); s.before[u]&^done == 0 {
			next.ready |= 1 << u
		}
	}
	s.rate(&next)
	if next.saving(best) < 1 {
		return
	}
	s.next = append(s.next, next)
	s.table[at] = int32(len(s.next))
	if 2*len(s.next) > len(s.table) {
		s.resize(4 * len(s.table))
	}
}

// find returns the entry of the table that holds the set, or the free one where it belongs.
func (s *search) find(done uint64) uint64 {
	mask := uint64(len(s.table) - 1)
	at := done * 0x9e3779b97f4a7c15 >> 32 & mask
	for s.table[at] != 0 && s.next[s.table[at]-1].done != done {
		at = (at + 1) & mask
	}
	return at
}

// resize makes room in the table for half as many states as asked, and enters those of the next
// layer.
func (s *search) resize(least int) {
	size := 1 << bits.Len(uint(least))
	if cap(s.table) < size {
		s.table = make([]int32, size)
	}
	s.table = s.table[:size]
	clear(s.table)
	for i := range s.next {
		s.table[s.find(s.next[i].done)] = int32(i + 1)
	}
}
