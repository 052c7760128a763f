package pairwise

import (
	"cmp"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// BradleyTerry finds the strengths under which contests come out most likely as they did: one item
// beats another with the probability strength / sum of both strengths. Highest first; equal
// strengths are a tie. Inputs are the names of items.
//
// The most likely strengths exist only for items that are linked by wins in both directions,
// however many contests lie between: an item that has won everything could be infinitely strong.
// The largest set of items that are so linked is estimated, from the contests among them; every
// other item is unscored, as all are when two sets are the largest.
//
// Strengths are approximate: Hunter's minorisation-maximisation runs until what is left to change
// is estimated at less than 10^-13 of a strength, and items stay unscored where that takes more
// than 2^25 looks at a pair. They are scaled to a geometric mean of 1 and rounded, once, to 12
// significant digits.
//
// Source: Ralph Bradley and Milton Terry, "Rank analysis of incomplete block designs", 1952; David
// Hunter, "MM algorithms for generalized Bradley-Terry models", 2004.
type BradleyTerry struct {
	Contests []Contest // in any order
}

// maxPairVisits bounds the work of the estimate.
const maxPairVisits = 1 << 25

// Score returns the strength of each item. Impossible contests are errors, joined.
func (m BradleyTerry) Score(items []string) ([]prioritize.Score, error) {
	if err := checkContests(m.Contests); err != nil {
		return nil, err
	}
	g := newContestGraph(m.Contests)
	strengths, settled := g.estimate()
	scores := make([]prioritize.Score, len(items))
	for i, name := range items {
		switch item, met := g.place[name]; {
		case !met:
			scores[i] = prioritize.Unscored("no estimate: never compared")
		case strengths[item] == 0:
			scores[i] = prioritize.Unscored("no estimate: not linked to the others by wins in both directions")
		case !settled:
			scores[i] = prioritize.Unscored("no estimate: the contests hardly link the items")
		default:
			scores[i] = prioritize.Value(rounded(strengths[item]))
		}
	}
	return scores, nil
}

// WinProbability returns how likely an item of one strength beats one of another: strength /
// (strength + opponent), exactly.
func WinProbability(strength, opponent decimal.Decimal) (prioritize.Score, error) {
	if err := fault.Join(
		wrong("strength", strength, bounds.Positive(strength)),
		wrong("opponent", opponent, bounds.Positive(opponent)),
	); err != nil {
		return prioritize.Score{}, err
	}
	s := prioritize.Value(strength)
	return s.Div(s.Add(prioritize.Value(opponent))), nil
}

// contestGraph holds the contests by item, items being numbered as they first appear.
type contestGraph struct {
	place map[string]int
	beat  [][]int // by winner, a draw being a win for both
	lost  [][]int // the same by loser
	pairs []contestPair
}

// contestPair is how often two items met, and the wins of each; a draw is half a win.
type contestPair struct {
	i, j         int
	times        float64
	winsI, winsJ float64
}

func newContestGraph(contests []Contest) *contestGraph {
	g := &contestGraph{place: make(map[string]int)}
	number := func(name string) int {
		item, ok := g.place[name]
		if !ok {
			item = len(g.place)
			g.place[name] = item
			g.beat, g.lost = append(g.beat, nil), append(g.lost, nil)
		}
		return item
	}
	at := make(map[[2]int]int)
	for _, c := range contests {
		winner, loser := number(c.Winner), number(c.Loser)
		i, j := min(winner, loser), max(winner, loser)
		k, ok := at[[2]int{i, j}]
		if !ok {
			k = len(g.pairs)
			at[[2]int{i, j}] = k
			g.pairs = append(g.pairs, contestPair{i: i, j: j})
		}
		won, times := &g.pairs[k].winsI, float64(c.times())
		if winner == j {
			won = &g.pairs[k].winsJ
		}
		g.pairs[k].times += times
		if c.Draw {
			g.pairs[k].winsI += times / 2
			g.pairs[k].winsJ += times / 2
			continue
		}
		*won += times
	}
	for _, p := range g.pairs {
		if p.winsI > 0 {
			g.beat[p.i], g.lost[p.j] = append(g.beat[p.i], p.j), append(g.lost[p.j], p.i)
		}
		if p.winsJ > 0 {
			g.beat[p.j], g.lost[p.i] = append(g.beat[p.j], p.i), append(g.lost[p.i], p.j)
		}
	}
	return g
}

// estimate returns the strength of each item, 0 where there is none, and whether they have settled.
func (g *contestGraph) estimate() (strengths []float64, settled bool) {
	strengths = make([]float64, len(g.place))
	members := g.linked()
	if len(members) < 2 {
		return strengths, true
	}
	for _, item := range members {
		strengths[item] = 1
	}
	wins := make([]float64, len(strengths))
	var pairs []contestPair
	for _, p := range g.pairs {
		if strengths[p.i] > 0 && strengths[p.j] > 0 {
			pairs = append(pairs, p)
			wins[p.i] += p.winsI
			wins[p.j] += p.winsJ
		}
	}
	settled = maximise(strengths, members, wins, pairs)
	mean := geometricMean(collect(strengths, members))
	for _, item := range members {
		strengths[item] /= mean
	}
	return strengths, settled
}

func collect(values []float64, at []int) []float64 {
	picked := make([]float64, len(at))
	for i, item := range at {
		picked[i] = values[item]
	}
	return picked
}

// maximise runs Hunter's iteration on the strengths of the members.
func maximise(strengths []float64, members []int, wins []float64, pairs []contestPair) (settled bool) {
	weight := make([]float64, len(strengths))
	change, rate := 0.0, 1.0
	for range maxPairVisits / len(pairs) {
		clear(weight)
		for _, p := range pairs {
			w := p.times / (strengths[p.i] + strengths[p.j])
			weight[p.i] += w
			weight[p.j] += w
		}
		before, rateBefore := change, rate
		change = 0
		for _, item := range members {
			next := wins[item] / weight[item]
			change = max(change, math.Abs(next/strengths[item]-1))
			strengths[item] = next
		}
		// Changes shrink by a constant factor in the end: what is left is a geometric series.
		rate = change / before
		slowest := max(rate, rateBefore)
		if change <= 1e-15 || slowest < 1 && change*slowest <= 1e-13*(1-slowest) {
			return true
		}
	}
	return false
}

// linked returns the largest set of items each of which is linked to each other by wins in both
// directions, in their order, or nothing where two sets are the largest.
func (g *contestGraph) linked() []int {
	sets := g.components()
	slices.SortStableFunc(sets, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	if len(sets) == 0 || len(sets) > 1 && len(sets[0]) == len(sets[1]) {
		return nil
	}
	return slices.Sorted(slices.Values(sets[0]))
}

// components returns the strongly connected components of the wins, by Kosaraju's two passes: the
// first notes in which order items are finished, the second follows losses from the last finished.
func (g *contestGraph) components() [][]int {
	n := len(g.place)
	order := make([]int, 0, n)
	seen := make([]bool, n)
	for start := range n {
		order = search(g.beat, start, seen, order)
	}
	clear(seen)
	var sets [][]int
	for _, start := range slices.Backward(order) {
		if set := search(g.lost, start, seen, nil); len(set) > 0 {
			sets = append(sets, set)
		}
	}
	return sets
}

// search appends to finished every item that start leads to and that has not been seen, each after
// all that it leads to, depth first and without recursion.
func search(edges [][]int, start int, seen []bool, finished []int) []int {
	if seen[start] {
		return finished
	}
	type step struct{ item, next int }
	seen[start] = true
	path := []step{{item: start}}
	for len(path) > 0 {
		top := &path[len(path)-1]
		if top.next == len(edges[top.item]) {
			finished = append(finished, top.item)
			path = path[:len(path)-1]
			continue
		}
		child := edges[top.item][top.next]
		top.next++
		if !seen[child] {
			seen[child] = true
			path = append(path, step{item: child})
		}
	}
	return finished
}
