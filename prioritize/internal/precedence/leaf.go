package precedence

import (
	"cmp"
	"math"
	"slices"

	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
)

// leaf is a part that only a search can put in order: nothing outside of it matters for that.
type leaf struct {
	part
	cost  closure.Int // of its present order, as if it began at time 0
	bound closure.Int // the least that it may be; equal to cost once that is known to be the least
}

func (l *leaf) open() bool { return l.bound.Less(l.cost) }

// raise notes that no order saves more than the given amount of the present cost.
func (l *leaf) raise(saving float64) {
	if bound := l.cost.Sub(wholeUnits(saving)); l.bound.Less(bound) {
		l.bound = bound
	}
}

// wholeUnits returns an integer that is at least the integer part of x, and 0 for x < 1.
func wholeUnits(x float64) closure.Int {
	const unit = 1 << 62
	switch {
	case x < 1:
		return closure.Int{}
	case x < unit:
		return closure.FromInt64(int64(x))
	default:
		return closure.Product(int64(math.Ceil(x/unit)), unit)
	}
}

// settle takes blocks apart until all that is not in its best order is a leaf.
func (s *solver) settle(blocks []block) {
	var pending []part
	unsolved := func(blocks []block) {
		for _, b := range blocks {
			if !b.solved {
				pending = append(pending, b.part)
			}
		}
	}
	unsolved(blocks)
	for len(pending) > 0 {
		last := len(pending) - 1
		p := pending[last]
		pending = pending[:last]
		s.sortByPosition(p)
		series := s.series(p)
		if len(series) == 1 {
			s.leaves = append(s.leaves, leaf{part: p, cost: s.problem.Cost(s.items[p.from:p.to])})
			continue
		}
		for _, q := range series {
			unsolved(s.run(q))
		}
	}
}

// sortByPosition puts a part in the order that position gives.
func (s *solver) sortByPosition(p part) {
	slices.SortFunc(s.items[p.from:p.to], func(u, v int32) int {
		return cmp.Compare(s.position[u], s.position[v])
	})
}
