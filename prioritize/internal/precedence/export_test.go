package precedence

// SolveNarrow is Solve with passes of the given widths.
func (p *Problem) SolveNarrow(steps int64, widths ...int) Solution {
	s := newSolver(p, steps)
	s.widths = widths
	return s.solve()
}

// SolveWithoutSeries is Solve that leaves what it could take apart to the search.
func (p *Problem) SolveWithoutSeries(steps int64) Solution {
	s := newSolver(p, steps)
	s.maxSeries = 0
	return s.solve()
}
