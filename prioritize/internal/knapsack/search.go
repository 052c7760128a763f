package knapsack

import "github.com/backlogkit/backlogkit/prioritize/internal/closure"

// search is the state of a branch and bound.
type search struct {
	Problem
	users    [][]int32 // by node: who needs it
	groupsOf [][]int32 // by node
	members  int       // of all groups
	valued   []int32   // the nodes with value
	order    []int32   // all nodes, each after all that it needs

	limits Limits
	work   int64
	halted bool // the limits are reached

	decided []decision // by node
	trail   []int32    // the decided nodes, in that order
	fixed   int        // how many of them are decided for good
	value   int64      // of the nodes that are in
	cost    int64

	net      *closure.Network
	free     []int32 // the open nodes, as of the last bound
	core     []int32 // those of them that the network has
	focused  []int32 // room for core
	inside   side    // has those that every best closure has, at the prices in question
	lower    side    // fits
	upper    side    // does not fit, or is all there is
	spare    side
	kept     [2][]bool // the sides before a trial
	shift    uint      // prices are in units of 2^-shift
	newtons  int       // prices to try for one bound, at most
	thorough bool      // find the best price even if the bound is of no more use

	matters     []bool        // by group: more than one node is open
	penalty     []closure.Int // by group, in units of prices
	bestPenalty []closure.Int // those of the lowest bound
	slope       []float64     // by group, to steer along
	most        closure.Int   // all values together, in units of prices
	crowd       []bool        // by node

	walk    *walk
	greedy  greedy
	waiting []branch // a heap
	serial  int      // how many branches have waited
	trial   []int32  // nodes to split on
	weight  []int64  // by node, to sort those by

	best      []bool // by node
	bestValue int64
	found     bool  // best has that value
	bound     int64 // none is better

	marginValue int64 // between the sides before branching
	marginCost  int64
}

func newSearch(p Problem, limits Limits) *search {
	n := len(p.Value)
	s := &search{
		Problem: p, users: p.users(), order: p.order(), groupsOf: make([][]int32, n),
		limits: limits, decided: make([]decision, n), newtons: newtons,
		matters:     make([]bool, len(p.Groups)),
		penalty:     make([]closure.Int, len(p.Groups)),
		bestPenalty: make([]closure.Int, len(p.Groups)),
		slope:       make([]float64, len(p.Groups)),
		crowd:       make([]bool, n),
		walk:        newWalk(n),
		greedy:      newGreedy(n, len(p.Groups)),
		weight:      make([]int64, n),
		best:        make([]bool, n),
	}
	for _, x := range []*side{&s.lower, &s.upper, &s.spare} {
		x.chosen = make([]bool, n)
	}
	s.kept = [2][]bool{make([]bool, n), make([]bool, n)}
	var arcs []closure.Arc
	for v, needs := range p.Needs {
		for _, w := range needs {
			arcs = append(arcs, closure.Arc{From: int32(v), To: w})
		}
		if p.Value[v] > 0 {
			s.valued = append(s.valued, int32(v))
		}
	}
	s.net = closure.New(n, arcs)
	for g, group := range p.Groups {
		s.members += len(group)
		for _, v := range group {
			s.groupsOf[v] = append(s.groupsOf[v], int32(g))
		}
	}
	s.unit()
	return s
}

// spent returns the links looked at so far, about.
func (s *search) spent() int64 { return s.work + s.net.Work() }

// stopped reports whether the limits are reached.
func (s *search) stopped() bool {
	if !s.halted {
		s.halted = s.spent() >= s.limits.Work || s.limits.Stop != nil && s.limits.Stop()
	}
	return s.halted
}

// record keeps a solution if it is the best so far: what is in, and the chosen of the open nodes,
// which have the given value.
func (s *search) record(chosen []bool, value int64) {
	if s.value+value <= s.bestValue {
		return
	}
	s.bestValue, s.found = s.value+value, true
	for v, d := range s.decided {
		s.best[v] = d == in || d == open && chosen[v]
	}
}

// Rounds of penalties for one bound: before branching, and after.
const (
	rootRounds = 100
	nodeRounds = 3
)

// run searches: it follows the more promising branch as long as there is one, and then goes on
// where the bound is highest.
func (s *search) run() {
	b := s.root()
	if 2*len(s.trail) > len(s.decided) && b.value > s.bestValue {
		s.delegate(b)
		return
	}
	s.fixed = len(s.trail)
	for {
		first, second, more := s.expand(&b)
		if s.halted {
			break
		}
		if more {
			s.wait(second)
			b = s.follow(first)
		} else if len(s.waiting) > 0 && s.waiting[0].bound > s.bestValue {
			b = s.resume(s.next())
		} else {
			break
		}
	}
	s.bound = max(b.value, s.bestValue)
	if len(s.waiting) > 0 {
		s.bound = max(s.bound, s.waiting[0].bound)
	}
}

// root finds the first bound and the first solutions, and decides what can be decided for good.
func (s *search) root() bound {
	s.collect()
	s.widen()
	s.newtons = 1
	b := s.relax(s.between(), s.upper.value, 1)
	s.newtons = newtons
	s.sample(b)       // so that there is a solution whatever the limits
	s.thorough = true // for the margin
	b = s.relax(b.price, b.value, rootRounds)
	s.thorough = false
	if !b.exact {
		s.marginValue = max(s.upper.worth.Sub(s.lower.worth).Shift(s.shift), 0)
		s.marginCost = s.upper.cost - s.lower.cost
	}
	for v, cost := range s.Beyond(make([]bool, len(s.Cost))) {
		if cost > s.Capacity {
			s.decide(int32(v), out)
		}
	}
	if len(s.trail) > 0 {
		b = s.relax(b.price, b.value, rootRounds)
	}
	s.tighten(&b)
	if !b.exact && b.value > s.bestValue {
		s.improve()
		b = s.relax(b.price, b.value, nodeRounds)
		s.tighten(&b)
	}
	return b
}

// delegate searches what is left open as a problem of its own: it is much smaller.
func (s *search) delegate(b bound) {
	class := make([]int32, len(s.decided))
	for v, d := range s.decided {
		class[v] = int32(v)
		if d != open {
			class[v] = never
		}
	}
	p, to := s.contract(class)
	p.Capacity = s.Capacity - s.cost
	limits := s.limits
	limits.Work -= s.spent()
	rest := newSearch(p, limits)
	rest.bestValue = s.bestValue - s.value
	if rest.bestValue < 0 {
		rest.bestValue, rest.found = 0, true
	}
	rest.run()
	s.work += rest.spent()
	s.bound = min(b.value, s.value+rest.bound)
	if rest.found {
		s.bestValue = s.value + rest.bestValue
		for v, d := range s.decided {
			s.best[v] = d == in || d == open && rest.best[to[v]]
		}
		s.found = true
	}
}

// expand decides what it can where the search is, and chooses a node to branch on: the more
// promising branch comes first. It keeps b up to date, and reports false if there is nothing better
// here, or the limits are reached.
func (s *search) expand(b *bound) (first, second branch, more bool) {
	for {
		s.tighten(b)
		if b.exact || b.value <= s.bestValue || s.stopped() {
			return first, second, false
		}
		first, second, more = s.split(b)
		if more || b.exact || b.value <= s.bestValue || s.stopped() {
			return first, second, more
		}
		*b = s.relax(b.price, b.value, nodeRounds) // some have been decided
	}
}

// sample makes solutions of the closures that the bound b has left, if it leaves room for better ones.
func (s *search) sample(b bound) {
	if !b.exact && b.value > s.bestValue {
		s.grow(s.lower.chosen)
		s.shrink()
	}
}

// tighten looks for solutions where the search is, and decides what the bound decides until that
// is nothing more. It keeps b up to date.
func (s *search) tighten(b *bound) {
	if !s.halted {
		s.sample(*b)
	}
	for !b.exact && b.value > s.bestValue && !s.stopped() {
		n, ok := s.settle(*b)
		if ok && n == 0 {
			break
		}
		if !ok {
			*b = dead
			break
		}
		s.exclude()
		*b = s.relax(b.price, b.value, nodeRounds)
	}
}
