package forecast

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Scope is how much there is to do, in the unit of the history: items or points. If Low, Likely and High
// differ, it is uncertain: triangular over the numbers from Low to High, on the grid of the finest decimal
// place among the three (whole numbers, for whole numbers). The weights rise by equal steps to Likely
// and fall by equal steps from there; the first step beyond either end is zero.
//
// Or it is one of Sizes, each with the same probability: then the others are zero. See [ScopeLike].
type Scope struct {
	Low    decimal.Decimal `json:"low"`
	Likely decimal.Decimal `json:"likely"`
	High   decimal.Decimal `json:"high"`

	Sizes []decimal.Decimal `json:"sizes,omitempty"`
}

// Exactly returns a scope without uncertainty.
func Exactly(amount decimal.Decimal) Scope { return Scope{Low: amount, Likely: amount, High: amount} }

// ItemScope returns [Exactly] for a number of items.
func ItemScope(count int) Scope { return Exactly(decimal.NewFromInt(int64(count))) }

// Validate returns a [*field.Error] for each violation of 0 <= Low <= Likely <= High, for each of Sizes that is out of
// range, and if there are both.
func (s Scope) Validate() error { return s.validate("") }

func (s Scope) validate(prefix string) error {
	if len(s.Sizes) > 0 {
		var found problems
		for i, d := range s.Sizes {
			found.add(amount(fmt.Sprintf("%ssizes[%d]", prefix, i), d))
		}
		if !s.Low.IsZero() || !s.Likely.IsZero() || !s.High.IsZero() {
			found.add(fieldError(prefix+"sizes", fmt.Sprint(len(s.Sizes)), "none beside low, likely and high"))
		}
		return found.err()
	}
	return threePoints(prefix, [3]string{"low", "likely", "high"},
		[3]decimal.Decimal{s.Low, s.Likely, s.High})
}

// maxSpread is the most grid steps between the lowest and the highest possible scope.
const maxSpread = 20_000

// spread is the distribution of a scope: p[i] is the probability of low + i*step.
type spread struct {
	low, step int64 // in ten-thousandths; step > 0
	p         []float64
}

// certain is the distribution of an amount in ten-thousandths that is known.
func certain(amount int64) spread { return spread{low: amount, step: 10_000, p: []float64{1}} }

// distribution returns the triangle, or the sizes. An error is [ErrTooLarge].
func (s Scope) distribution() (spread, error) {
	if len(s.Sizes) > 0 {
		return sizes(s.Sizes)
	}
	low, likely, high := scaled(s.Low), scaled(s.Likely), scaled(s.High)
	step := int64(10_000)
	for low%step != 0 || likely%step != 0 || high%step != 0 {
		step /= 10
	}
	up, down := (likely-low)/step, (high-likely)/step
	if up+down > maxSpread {
		return spread{}, fmt.Errorf("%w: scope from %s to %s has %d steps, want at most %d",
			ErrTooLarge, s.Low, s.High, up+down, maxSpread)
	}
	p := make([]float64, up+down+1)
	total := float64(up+down+2) / 2 // the sum of the weights, by pairs
	for i := range p {
		weight := float64(int64(i)+1) / float64(up+1)
		if int64(i) > up {
			weight = float64(up+down-int64(i)+1) / float64(down+1)
		}
		p[i] = weight / total
	}
	return spread{low: low, step: step, p: p}, nil
}

// sizes is the distribution of one of some amounts.
func sizes(all []decimal.Decimal) (spread, error) {
	low, high, step := scaled(all[0]), scaled(all[0]), int64(0)
	for _, d := range all {
		low, high = min(low, scaled(d)), max(high, scaled(d))
	}
	for _, d := range all {
		step = gcd(step, scaled(d)-low)
	}
	step = max(1, step)
	if n := (high - low) / step; n > maxSpread {
		return spread{}, fmt.Errorf("%w: sizes from %s to %s have %d steps, want at most %d",
			ErrTooLarge, unscaled(low), unscaled(high), n, maxSpread)
	}
	p := make([]float64, (high-low)/step+1)
	for _, d := range all {
		p[(scaled(d)-low)/step]++
	}
	for i := range p {
		p[i] /= float64(len(all))
	}
	return spread{low: low, step: step, p: p}, nil
}

// plus is the distribution of the sum of two independent scopes. It costs len(s.p) * len(t.p).
func (s spread) plus(t spread) (spread, error) {
	step := gcd(s.step, t.step)
	if len(s.p) == 1 {
		step = t.step
	}
	if len(t.p) == 1 {
		step = s.step
	}
	every, other := int(s.step/step), int(t.step/step)
	size := (len(s.p)-1)*every + (len(t.p)-1)*other
	if size > maxSpread {
		return spread{}, fmt.Errorf("%w: the scopes of a team have %d steps together, want at most %d",
			ErrTooLarge, size, maxSpread)
	}
	p := make([]float64, size+1)
	for i, a := range s.p {
		for j, b := range t.p {
			p[i*every+j*other] += float64(a * b)
		}
	}
	return spread{low: s.low + t.low, step: step, p: p}, nil
}

// tail returns the probability that more than s units are to be done, for each s at which it is
// not 0. A unit that is done in part counts as one to do.
func (s spread) tail(unit int64) ([]float64, error) {
	last := s.low + int64(len(s.p)-1)*s.step
	most := (last + unit - 1) / unit
	if most > MaxUnits {
		return nil, fmt.Errorf("%w: scope of up to %s in units of %s, want at most %d units",
			ErrTooLarge, unscaled(last), unscaled(unit), MaxUnits)
	}
	tail := make([]float64, most)
	sum := 0.0
	end := most // tail from end on is done
	for i := len(s.p) - 1; i >= 0; i-- {
		units := (s.low + int64(i)*s.step + unit - 1) / unit
		for end > units {
			end--
			tail[end] = sum
		}
		sum += s.p[i]
	}
	for end > 0 {
		end--
		tail[end] = 1
	}
	return tail, nil
}
