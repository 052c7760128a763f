package forecast

import (
	"errors"
	"fmt"

	"github.com/backlogkit/backlogkit/story/field"
)

// maxSteps bounds the additions that WhenGrowing spends: a fraction of a second.
const maxSteps = 1 << 28

// dust is a probability of which all there can be, in every state and period, vanishes in the rounding.
const dust = negligible / 10 / MaxUnits / MaxPeriods

// WhenGrowing is [WhenSimple] for a scope that grows: in each period, as much work is found as in one
// drawn from growth, independently of how much is done. All is done at the end of the first period in
// which what was done catches up with what there is to do, as where two lines of a burn-up chart
// meet. Work that grows as fast as it is done may never end: see [Completion.Beyond].
//
// The distribution of what is left is followed from period to period. A period costs what may be left
// times the amounts possible per period; the forecast looks ahead for [MaxPeriods], or until it has cost
// 2^28 such steps.
//
// Errors: those of [WhenSimple]; the same for growth, which may be zero but not empty.
func WhenGrowing(h History, s Scope, growth History) (Completion, error) {
	growthErr := growth.validate("growth")
	if errors.Is(growthErr, ErrNoThroughput) {
		growthErr = nil
	} else if errors.Is(growthErr, ErrNoHistory) {
		growthErr = fieldError("growth", "[]", "at least one period")
	}
	if err := field.Join(h.Validate(), s.Validate(), growthErr); err != nil {
		return Completion{}, err
	}
	d, err := s.distribution()
	if err != nil {
		return Completion{}, err
	}
	done, found := h.counts(), growth.counts()
	unit := gcd(gcd(done.unit(), found.unit()), d.low)
	if len(d.p) > 1 {
		unit = gcd(unit, d.step)
	}
	most := (d.low + int64(len(d.p)-1)*d.step) / unit
	for _, past := range []counts{done, found} {
		for amount := range past.times {
			most = max(most, amount/unit)
		}
	}
	if most > MaxUnits {
		return Completion{}, fmt.Errorf("%w: %d units of %s, want at most %d",
			ErrTooLarge, most, unscaled(unit), MaxUnits)
	}
	left := make([]float64, (d.low+int64(len(d.p)-1)*d.step)/unit+1)
	for i, p := range d.p {
		left[(d.low+int64(i)*d.step)/unit] += p
	}
	return race(left, done.weights(unit, MaxUnits), found.weights(unit, MaxUnits)), nil
}

// race runs what is done against what is found; left[s] is the probability that s units are left.
func race(left, done, found []float64) Completion {
	net := make([]float64, len(done)+len(found)-1) // net[i]: i - (len(done)-1) units more are left
	for x, p := range done {
		for g, q := range found {
			net[len(done)-1-x+g] += float64(p * q)
		}
	}
	finished := left[0]
	left[0] = 0
	c := Completion{Done: []float64{round(finished)}}
	var next []float64
	steps := 0
	for range MaxPeriods {
		if c.Done[len(c.Done)-1] == 1 || steps > maxSteps {
			break
		}
		next = append(next[:0], make([]float64, len(left)+len(net)-1)...) // shifted by len(done)-1
		for s, p := range left {
			if p < dust {
				continue
			}
			steps += len(net)
			row := next[s : s+len(net)]
			for i, q := range net {
				row[i] += float64(p * q)
			}
		}
		for _, p := range next[:min(len(done), len(next))] {
			finished += p
		}
		left = append(left[:0], next[min(len(done)-1, len(next)-1):]...)
		left[0] = 0
		left = trim(left)
		c.Done = append(c.Done, max(c.Done[len(c.Done)-1], min(1, round(finished))))
	}
	for len(c.Done) > 1 && c.Done[0] == 0 {
		c.Done = c.Done[1:]
		c.First++
	}
	return c
}

// trim drops the far end, as much of it as could never be seen in the result.
func trim(left []float64) []float64 {
	lost, end := 0.0, len(left)
	for end > 1 {
		if lost += left[end-1]; lost > negligible/MaxPeriods {
			break
		}
		end--
	}
	return left[:end]
}
