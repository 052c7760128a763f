package precedence

// SolveNarrow is Solve with passes of the given widths.
func (p *Problem) SolveNarrow(steps int64, widths ...int) Solution {
	s := newSolver(p, steps)
	s.widths = widths
	return s.solve()
}
