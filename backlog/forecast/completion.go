package forecast

import (
	"iter"
	"math"
	"math/bits"
	"slices"
	"sort"

	"github.com/backlogkit/backlogkit/story/field"
)

const (
	// MaxUnits is the greatest scope of a forecast: so many items, or multiples of the largest amount that
	// divides every amount of the history.
	MaxUnits = 100_000
	// MaxPeriods is the number of periods that a forecast looks ahead.
	MaxPeriods = 10_000

	// precision is the number of steps in a probability: they leave this package rounded to 10
	// decimal places, a hundred times coarser than the error that floating point makes on the way.
	precision = 1e10
	// negligible is a probability that vanishes in the rounding.
	negligible = 1e-12
)

// Completion is the distribution of the number of periods until all is done. Probabilities are
// rounded to 10 decimal places, and right to that.
type Completion struct {
	// First is the first period within which all may be done.
	First int `json:"first"`
	// Done holds the probability that all is done within First, First+1, First+2 ... periods. It
	// ascends, to 1 unless that takes more than [MaxPeriods].
	Done []float64 `json:"done"`
	// Calibration is zero for the simple model.
	Calibration Calibration `json:"calibration,omitzero"`
}

// WhenSimple returns how many periods it takes to do what the scope holds, if every period does as much
// as one drawn from the history, each with the same probability and independently of the others.
// Nothing to do takes 0 periods. The answer is not sampled: the history is convolved with itself.
//
// It costs O(n log n) for n units of scope, and O(sqrt(n)) steps for each of the O(sqrt(n)) periods
// within which all may or may not be done; that is below n times the largest amount per period. Of an
// uncertain scope, those are up to O(n) periods.
//
// Errors: those of [History.Validate] and [Scope.Validate], all of them; [ErrTooLarge] beyond
// [MaxUnits].
func WhenSimple(h History, s Scope) (Completion, error) {
	if err := field.Join(h.Validate(), s.Validate()); err != nil {
		return Completion{}, err
	}
	d, err := s.distribution()
	if err != nil {
		return Completion{}, err
	}
	return when(h.counts(), d)
}

func when(past counts, d spread) (Completion, error) {
	unit := past.unit()
	tail, err := d.tail(unit)
	if err != nil {
		return Completion{}, err
	}
	if len(tail) == 0 {
		return Completion{Done: []float64{1}}, nil
	}
	return complete(past.weights(unit, len(tail)), tail), nil
}

// Within returns the probability that all is done within so many periods.
func (c Completion) Within(periods int) float64 {
	i := periods - c.First
	if i < 0 || len(c.Done) == 0 {
		return 0
	}
	return c.Done[min(i, len(c.Done)-1)]
}

// Percentile returns the smallest number of periods within which all is done with at least this
// probability: the nearest rank. A confidence is above 0 and at most 1; a higher one gives more periods.
// The bool is false if there is no such number up to [MaxPeriods], or for another confidence.
func (c Completion) Percentile(confidence float64) (int, bool) {
	if !(confidence > 0 && confidence <= 1) {
		return 0, false
	}
	for i, p := range c.Done {
		if reaches(p, confidence) {
			return c.First + i, true
		}
	}
	return 0, false
}

// Beyond returns the probability that it takes longer than the forecast looks ahead, or for ever.
func (c Completion) Beyond() float64 {
	return round(1 - c.Within(c.First+len(c.Done)))
}

// All returns an iterator over the numbers of periods and the probability of each, from First on.
func (c Completion) All() iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		before := 0.0
		for i, p := range c.Done {
			if !yield(c.First+i, round(p-before)) {
				return
			}
			before = p
		}
	}
}

func round(p float64) float64 { return math.Round(p*precision) / precision }

// reaches reports whether a rounded probability is at least a confidence. The confidence is rounded like
// the probability, or a third would not reach a third; whatever is above 0 stays above it.
func reaches(p, confidence float64) bool { return p >= max(round(confidence), 1/precision) }

// complete computes, for k = 0, 1, 2 ..., the probability that the sum of k draws from p covers the
// scope: 1 - sum of P(sum = s) * tail[s].
func complete(p, tail []float64) Completion {
	first, c := firstPossible(p, sure(tail)), Completion{Done: []float64{}}
	if tail[0] < 1 { // there may be nothing to do
		c.Done = []float64{round(1 - tail[0])}
	} else {
		c.First = first
	}
	switch {
	case first > MaxPeriods:
	case walks(p, tail, first):
		c.walk(p, tail, first)
	default:
		c.transform(p, tail, first)
	}
	return c
}

// transform fills c in from the first period on. In the spectrum the k-fold convolution is a k-th
// power, and the sum over s is an inner product (Parseval), of which few terms matter: powers of
// numbers less than 1 vanish.
//
// Sums beyond the length of the transform wrap around to small ones. Both sequences are taken on
// a circle of radius below 1, which weighs the first wrap down by radius^length < e^-30. The price
// is that rounding errors grow by radius^-len(tail), at most e^7.5, the length being four times that.
func (c *Completion) transform(p, tail []float64, first int) {
	n := max(256, 1<<bits.Len(uint(4*len(tail)-1)))
	radius := powers(1-30/float64(n), len(tail)+1)
	damped, lifted := make([]float64, len(p)), make([]float64, len(tail))
	for s, v := range p {
		damped[s] = v * radius[s]
	}
	scale := 0.0
	for s, v := range tail {
		lifted[s] = v / radius[s]
		scale += lifted[s]
	}
	for s := range lifted {
		lifted[s] /= scale
	}
	step, fixed := transform(damped, lifted, n)
	terms := newTerms(step, fixed, first, n, scale)
	for k := first; c.follows(k, 1-terms.sum()); k++ {
		terms = terms.advance()
	}
}

// follows adds the probability that all is done within k periods, and reports whether there is more
// to come.
func (c *Completion) follows(k int, p float64) bool {
	p = min(1, max(c.Within(k-1), round(p)))
	c.Done = append(c.Done, p)
	return p < 1 && k < MaxPeriods
}

// powers returns x to the power 0, 1 ... n-1, each a product of few factors.
func powers(x float64, n int) []float64 {
	out := make([]float64, n)
	out[0] = 1
	for have := 1; have < n; have *= 2 {
		for i := 0; i < have && have+i < n; i++ {
			out[have+i] = out[i] * x
		}
		x *= x
	}
	return out
}

// sure is the number of units that are to be done with certainty.
func sure(tail []float64) int {
	n, _ := slices.BinarySearchFunc(tail, 1, func(p, _ float64) int {
		if p == 1 {
			return -1
		}
		return 1
	})
	return n
}

// firstPossible is the first number of periods, from 1, whose sum is n or more with a probability that
// is not negligible, by Hoeffding's bound (1963): P(sum >= n) <= exp(-2 (n-k*mean)^2 / (k*range^2)).
func firstPossible(p []float64, n int) int {
	mean, low, high := 0.0, len(p)-1, len(p)-1
	for s, v := range p {
		mean += float64(float64(s) * v)
		if v > 0 {
			low = min(low, s)
		}
	}
	width := float64(high - low)
	return 1 + sort.Search(MaxPeriods, func(i int) bool {
		k := float64(i + 1)
		short := float64(n) - float64(k*mean)
		if k*float64(high) < float64(n) {
			return false
		}
		return short <= 0 || 2*short*short <= -math.Log(negligible)*k*width*width
	})
}
