package precedence

import "github.com/backlogkit/backlogkit/prioritize/internal/closure"

// Solution is an order of a [Problem] and what is known about it.
type Solution struct {
	Order  []int32
	Cost   closure.Int
	Bound  closure.Int // no order costs less; equal to Cost where that is proven the least
	Blocks []Block     // in the order of Order
	Ready  closure.Int // what the ready queue's order costs: never less than Cost
	Why    []Reason    // by job
}

// Block is a run of the order: a set not worth dividing, by falling ratio.
type Block struct {
	To           int32 // the run ends before this position; it begins where the one before ends
	Size, Weight int64 // the totals of its jobs
}

// Solve finds an order of least cost, or one near it when steps, each the making of one set of the
// search, run out. The same problem and steps give the same answer everywhere.
func (p *Problem) Solve(steps int64) Solution {
	return newSolver(p, steps).solve()
}

func (s *solver) solve() Solution {
	p := s.problem
	result := Solution{Ready: p.Cost(s.items)}
	for i, v := range s.items {
		s.position[v] = int32(i)
	}
	all := part{0, int32(len(s.items))}
	for _, b := range s.run(all) {
		result.Blocks = append(result.Blocks, Block{b.to, b.ratio.size, b.ratio.weight})
	}
	s.leaves = s.settle(s.blocks, nil)
	s.searchAll()
	result.Order, result.Cost = s.items, p.Cost(s.items)
	result.Bound = result.Cost
	for _, l := range s.leaves {
		result.Bound = result.Bound.Sub(l.cost.Sub(l.bound))
	}
	result.Why = s.reasons(result.Blocks)
	return result
}

// solver is one run of [Problem.Solve].
type solver struct {
	*decomposer
	position  []int32 // by item: where it stands in an order that respects the needs
	leaves    []leaf
	inner     []leaf // of a window
	steps     int64  // how many are left
	widths    []int
	maxSeries int // the most items of a part that is looked at for series
	// seriesWork is how much looking is left, so that nested series can't take square time.
	seriesWork int64
	search     search
	ancestry   ancestry
}

func newSolver(p *Problem, steps int64) *solver {
	items := p.ReadyQueue()
	return &solver{
		decomposer: newDecomposer(p, items), position: make([]int32, len(items)), steps: steps,
		widths: passWidths(), maxSeries: maxSeries, seriesWork: 1<<24 + 64*int64(len(items)),
		ancestry: ancestry{place: make([]int32, len(items))},
	}
}
