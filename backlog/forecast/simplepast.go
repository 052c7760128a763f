package forecast

import (
	"fmt"
	"slices"
)

// simpleAnswers holds the answers of the simple model at one point of the past.
type simpleAnswers struct {
	least        [][]int64 // units by horizon and level
	within       [][]int   // periods by horizon and level
	distribution []cumulative
}

// A cumulative is a distribution of units: below[n] is the probability of fewer than n, and from the
// end of the list on at most what is missing to 1.
type cumulative struct{ below []float64 }

// least returns the most units that are done with at least this probability.
func (c cumulative) least(confidence float64) int64 {
	n, _ := slices.BinarySearchFunc(c.below, 1-confidence, func(p, allowed float64) int {
		if round(p) <= round(allowed) {
			return -1
		}
		return 1
	})
	return int64(max(0, n-1))
}

func (s *sum) cumulative() cumulative {
	c := cumulative{below: make([]float64, s.low+len(s.at)+1)}
	total := 0.0
	for i, p := range s.at {
		total += p
		c.below[s.low+i+1] = total
	}
	return c
}

// simple returns the answers of the simple model from the periods between two points, for the horizons
// and for scopes. The sum is followed from period to period, as far as the lowest level can reach: a
// sum is n times its mean or more with a probability of 1/n at most (Markov).
func (t *pastTest) simple(from, now int, scopes []int64) (simpleAnswers, error) {
	p, mean, err := t.weights(from, now)
	if err != nil {
		return simpleAnswers{}, err
	}
	longest := t.Horizons[len(t.Horizons)-1]
	reachable := min(mean*float64(longest)/lowestLevel+2, float64(len(p)-1)*float64(longest)+1)
	scope := slices.Max(scopes)
	if reachable > maxOutput+1 || scope > maxOutput {
		return simpleAnswers{}, fmt.Errorf("%w: up to %d units in %d periods, want at most %d for the simple model",
			ErrTooLarge, max(scope, int64(reachable)), longest, maxOutput)
	}
	var out simpleAnswers
	for range t.Horizons {
		out.within = append(out.within, make([]int, 0, len(t.Levels)))
	}
	done, end := sum{at: []float64{1}}, max(int(reachable), int(scope))
	for k := 1; k <= MaxPeriods; k++ {
		if k > longest {
			end = int(scope)
		}
		done.add(p, end)
		if len(out.least) < len(t.Horizons) && t.Horizons[len(out.least)] == k {
			c := done.cumulative()
			out.distribution = append(out.distribution, c)
			var least []int64
			for _, level := range t.Levels {
				least = append(least, c.least(level))
			}
			out.least = append(out.least, least)
		}
		if open := done.answer(k, t.Levels, scopes, out.within); !open && k >= longest {
			break
		}
	}
	for i := range out.within { // never within what is looked ahead
		for len(out.within[i]) < len(t.Levels) {
			out.within[i] = append(out.within[i], MaxPeriods)
		}
	}
	return out, nil
}

// lowestLevel is the lowest level of a distribution that is scored.
const lowestLevel = .05

// answer notes the periods for the levels that each scope reaches now, and reports whether any are left.
func (s *sum) answer(periods int, levels []float64, scopes []int64, within [][]int) bool {
	open := false
	for i, scope := range scopes {
		if len(within[i]) == len(levels) {
			continue
		}
		less := 0.0
		for j := 0; j < len(s.at) && s.low+j < int(scope); j++ {
			less += s.at[j]
		}
		for len(within[i]) < len(levels) && round(1-less) >= levels[len(within[i])] {
			within[i] = append(within[i], periods)
		}
		open = open || len(within[i]) < len(levels)
	}
	return open
}

// weights returns how likely a period between two points does 0, 1, 2 ... units, and their mean.
func (t *pastTest) weights(from, to int) ([]float64, float64, error) {
	most := int64(0)
	for i := from; i < to; i++ {
		most = max(most, t.sums[i+1]-t.sums[i])
	}
	if most > maxOutput {
		return nil, 0, fmt.Errorf("%w: %d units in a period, want at most %d for the simple model", ErrTooLarge, most, maxOutput)
	}
	p := make([]float64, most+1)
	for i := from; i < to; i++ {
		p[t.sums[i+1]-t.sums[i]]++
	}
	n := float64(to - from)
	for i := range p {
		p[i] /= n
	}
	return p, float64(t.sums[to]-t.sums[from]) / n, nil
}
