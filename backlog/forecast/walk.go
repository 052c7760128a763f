package forecast

import "math"

// walks reports whether walk takes fewer steps than transform: that of sums that spread little, for a
// scope that is met in many periods or none for certain. Of the spectrum, n values wide, about
// n/(deviation*sqrt(k)) terms matter in period k; of the sums about 14 deviations*sqrt(k) do.
func walks(p, tail []float64, first int) bool {
	mean, squares, amounts := 0.0, 0.0, 0.0
	for s, v := range p {
		if v > 0 {
			mean += float64(float64(s) * v)
			squares += float64(float64(s) * float64(s) * v)
			amounts++
		}
	}
	deviation := math.Sqrt(max(0, squares-float64(mean*mean)))
	n := 4 * float64(len(tail))
	last := min(MaxPeriods, float64(len(tail))/mean)
	from := min(float64(first), last)
	width := min(n*(last-from), 2*n*(math.Sqrt(last)-math.Sqrt(from))/max(deviation, 1/n))
	transform := 10*width + 25*n
	walk := (14*deviation*math.Sqrt(last) + 10) * last * amounts
	return walk < transform
}

// walk fills c in from the first period on. It follows the distribution of what is done, at the cost of
// its width times the amounts possible for each period.
func (c *Completion) walk(p, tail []float64, first int) {
	done := sum{at: []float64{1}}
	for k := 1; ; k++ {
		if done.add(p, len(tail)); k >= first && !c.follows(k, 1-done.left(tail)) {
			return
		}
	}
}

// sum is the distribution of what some periods do: at[i] is the probability of low+i units. Of what is
// never seen in a result it holds nothing.
type sum struct {
	low int
	at  []float64
}

// add adds one draw from p. Sums from end on are left out: they cover any scope.
func (s *sum) add(p []float64, end int) {
	least := 0
	for p[least] == 0 {
		least++
	}
	next := make([]float64, len(s.at)+len(p)-1-least)
	for amount, v := range p[least:] {
		if v == 0 {
			continue
		}
		for i, q := range s.at {
			next[i+amount] += float64(q * v)
		}
	}
	s.low += least
	for len(next) > 0 && next[0] < unseen {
		s.low, next = s.low+1, next[1:]
	}
	next = next[:max(0, min(len(next), end-s.low))]
	for len(next) > 0 && next[len(next)-1] < unseen {
		next = next[:len(next)-1]
	}
	s.at = next
}

// unseen is a probability of which all that are left out vanish in the rounding.
const unseen = negligible / MaxPeriods / 100

// left is the probability that there is more to do than what is done.
func (s *sum) left(tail []float64) float64 {
	left := 0.0
	for i, q := range s.at {
		left += float64(q * tail[s.low+i])
	}
	return left
}
