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
	if !(saving < l.cost.Float64()) {
		return // nothing new
	}
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

// settle takes blocks apart until all that is not in its best order is a leaf, and appends those.
func (s *solver) settle(blocks []block, leaves []leaf) []leaf {
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
			leaves = append(leaves, leaf{part: p, cost: s.problem.Cost(s.items[p.from:p.to])})
			continue
		}
		for _, q := range series {
			unsolved(s.run(q))
		}
	}
	return leaves
}

// sortByPosition puts a part in the order that position gives.
func (s *solver) sortByPosition(p part) {
	slices.SortFunc(s.items[p.from:p.to], func(u, v int32) int {
		return cmp.Compare(s.position[u], s.position[v])
	})
}

// flowBound returns the least that a leaf may cost by one flow in the network, in
// O(items + needs) and what it takes to find the flow: see [dual], of which this is a rougher one.
// It looks forward and backward in time.
func (s *solver) flowBound(p part) float64 {
	items := s.items[p.from:p.to]
	var size, weight int64
	var sizeSquares, weightSquares float64
	for _, v := range items {
		size += s.problem.Size[v]
		weight += s.problem.Weight[v]
		sizeSquares += square(s.problem.Size[v])
		weightSquares += square(s.problem.Weight[v])
	}
	s.load(items)
	s.network.Solve()
	terms := float64(len(items) + 16)
	var forward, backward float64
	for arc, flow := range s.network.Flows() {
		amount := flow.Float64()
		forward += float64(amount * float64(s.problem.Size[items[arc.From]]))
		backward += float64(amount * float64(s.problem.Weight[items[arc.To]]))
		terms++
	}
	sizes, weights := float64(size), float64(weight)
	forward += float64(weights * (float64(sizes*sizes) + sizeSquares) / 2)
	backward += float64(sizes * (float64(weights*weights) + weightSquares) / 2)
	return max(forward/sizes, backward/weights) * (1 - float64(terms*0x1p-50))
}
