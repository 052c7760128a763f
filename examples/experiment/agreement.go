package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/backlogkit/backlogkit/prioritize"
)

// movers is how many of the items that move most are told, and coloured in the picture.
const movers = 7

// agreement says how far the orders of the methods agree, and who is to blame.
type agreement struct {
	tau, rho [][]correlation // of each method with each
	moves    []move          // one an item, the largest displacement first
}

// move is what one item does between two methods.
type move struct {
	prioritize.Disagreement[int]
	from, to *trial
}

// correlation is a number from -1 to 1, unless it is undefined.
type correlation struct {
	value   float64
	defined bool
}

func (c correlation) String() string {
	if !c.defined {
		return "    -"
	}
	return fmt.Sprintf("%5.2f", math.Round(c.value*100)/100+0) // + 0 makes 0 of -0
}

// compare compares each method with each. O(methods² × n log n) for n items.
func compare(trials []*trial) agreement {
	n := len(trials)
	a := agreement{tau: make([][]correlation, n), rho: make([][]correlation, n)}
	for i := range trials {
		a.tau[i], a.rho[i] = make([]correlation, n), make([]correlation, n)
	}
	for i, from := range trials {
		for j := i; j < n; j++ {
			c, err := prioritize.Compare(from.ranking, trials[j].ranking)
			if err != nil {
				continue // which rankings of the same rows never are
			}
			tau, ok := c.TauB()
			a.tau[i][j] = correlation{tau, ok}
			rho, ok := c.Spearman()
			a.rho[i][j] = correlation{rho, ok}
			a.tau[j][i], a.rho[j][i] = a.tau[i][j], a.rho[i][j]
			for _, d := range c.Disagreements(movers) {
				a.moves = append(a.moves, move{d, from, trials[j]})
			}
		}
	}
	a.moves = largest(a.moves)
	return a
}

// largest keeps the largest move of each item, and the first few of those.
func largest(moves []move) []move {
	slices.SortStableFunc(moves, func(a, b move) int {
		return cmp.Or(b.Displacement.Abs().Cmp(a.Displacement.Abs()), cmp.Compare(a.Key, b.Key))
	})
	var kept []move
	for _, m := range moves {
		known := slices.ContainsFunc(kept, func(k move) bool { return k.Key == m.Key })
		if !known && len(kept) < movers {
			kept = append(kept, m)
		}
	}
	return kept
}
