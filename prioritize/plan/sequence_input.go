package plan

import (
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/delay"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
	"github.com/backlogkit/backlogkit/prioritize/internal/precedence"
)

// sequenceInput is what [Sequence] works on.
type sequenceInput struct {
	problem            *precedence.Problem
	sizeExp, weightExp int32 // sizes and costs of delay are in units of 10 to the power of these
}

// readSequence checks the items and brings them to whole numbers. It reports all that is wrong.
func readSequence[K comparable](items []Item[K]) (sequenceInput, error) {
	index := make(map[K]int32, len(items))
	for i := range items {
		if _, ok := index[items[i].Key]; !ok {
			index[items[i].Key] = int32(i)
		}
	}
	var problems []error
	size, weight := newWholes("size", len(items)), newWholes("cost_of_delay", len(items))
	needs := needsReader[K]{index: index, listed: make([]int32, len(items))}
	for i := range items {
		report := func(err error) {
			if err != nil {
				key := fmt.Sprint(items[i].Key)
				problems = append(problems, &prioritize.ItemError{Index: i, Key: key, Err: err})
			}
		}
		if first := index[items[i].Key]; first != int32(i) {
			report(fmt.Errorf("%w, first used by item %d", prioritize.ErrDuplicate, first))
		}
		report(size.read(items[i].Size))
		rate, err := steadyRate(items[i].CostOfDelay, items[i].Profile)
		report(err)
		report(weight.read(rate))
		needs.read(int32(i), items[i].Needs, report)
	}
	for _, w := range []*wholes{size, weight} {
		if err := w.scale(); err != nil {
			problems = append(problems, err)
		}
	}
	p := &precedence.Problem{Size: size.units, Weight: weight.units, Needs: needs.arcs}
	if cycle := p.Cycle(); cycle != nil {
		keys := make([]string, len(cycle))
		for i, v := range cycle {
			keys[i] = fmt.Sprint(items[v].Key)
		}
		problems = append(problems, &CycleError{Keys: keys})
	}
	return sequenceInput{p, size.exp, weight.exp}, fault.Join(problems...)
}

// steadyRate returns the cost of delay of an item, from its profile if it has one.
func steadyRate(cost decimal.Decimal, profile *delay.Profile) (decimal.Decimal, error) {
	if profile == nil {
		return cost, nil
	}
	if err := profile.Validate(); err != nil {
		return decimal.Decimal{}, err
	}
	rate, straight := profile.Rate()
	switch {
	case !cost.IsZero():
		return decimal.Decimal{}, &prioritize.FieldError{Field: "cost_of_delay", Value: cost.String(), Want: "none beside a profile"}
	case !straight:
		return decimal.Decimal{}, &prioritize.FieldError{
			Field: "profile", Value: "a curve",
			Want: "a straight line: under other profiles no ratio finds the best order, and delay.OrderCost compares orders",
		}
	}
	return rate, nil
}

// needsReader turns keys into arcs.
type needsReader[K comparable] struct {
	index  map[K]int32
	listed []int32 // by item: the last one, counted from 1, that needs it
	arcs   []closure.Arc
}

// read takes what item i needs. What it lists twice counts once.
func (r *needsReader[K]) read(i int32, needs []K, report func(error)) {
	for _, key := range needs {
		j, ok := r.index[key]
		switch {
		case !ok:
			report(fmt.Errorf("%w: needs %q", prioritize.ErrUnknown, fmt.Sprint(key)))
		case j == i:
			report(&CycleError{Keys: []string{fmt.Sprint(key)}})
		case r.listed[j] != i+1:
			r.listed[j] = i + 1
			r.arcs = append(r.arcs, closure.Arc{From: i, To: j})
		}
	}
}

const maxWhole = 1<<62 - 1

// wholes is a column of decimals >= 0 on its way to whole numbers of a common unit.
type wholes struct {
	field string
	units []int64 // at first coefficients without trailing zeros, then multiples of 10^exp
	exps  []int16 // of the coefficients
	exp   int32
}

func newWholes(field string, n int) *wholes {
	return &wholes{field: field, units: make([]int64, 0, n), exps: make([]int16, 0, n)}
}

// read takes the next value. A value that is refused counts as 0.
func (w *wholes) read(d decimal.Decimal) error {
	coefficient, exp, want := int64(0), int64(0), ""
	switch c := d.Coefficient(); {
	case c.Sign() < 0:
		want = ">= 0"
	case c.BitLen() > bounds.Digits*10/3, d.Exponent() > bounds.Exponent, d.Exponent() < -bounds.Exponent:
		want = fmt.Sprintf("at most %d digits and an exponent from -%d to %d",
			bounds.Digits, bounds.Exponent, bounds.Exponent)
	default:
		exp = int64(d.Exponent())
		if !c.IsInt64() {
			exp += trimZeros(c)
		}
		if !c.IsInt64() || c.Int64() > maxWhole {
			want = "at most 18 significant digits"
			break
		}
		for coefficient = c.Int64(); coefficient != 0 && coefficient%10 == 0; exp++ {
			coefficient /= 10
		}
	}
	w.units = append(w.units, coefficient)
	w.exps = append(w.exps, int16(exp))
	if want != "" {
		return &prioritize.FieldError{Field: w.field, Value: shortText(d), Want: want}
	}
	return nil
}

// scale brings all values to the exponent of the finest digit in use. It is an error if they then
// add up to 2^62 or more.
func (w *wholes) scale() error {
	first := true
	for i, unit := range w.units {
		if exp := int32(w.exps[i]); unit != 0 && (first || exp < w.exp) {
			w.exp, first = exp, false
		}
	}
	total := int64(0)
	for i := range w.units {
		for up := int32(w.exps[i]) - w.exp; up > 0 && w.units[i] != 0; up-- {
			if w.units[i] > maxWhole/10 {
				return w.tooLarge()
			}
			w.units[i] *= 10
		}
		if total += w.units[i]; total > maxWhole {
			return w.tooLarge()
		}
	}
	return nil
}

func (w *wholes) tooLarge() error {
	return &prioritize.FieldError{
		Field: "total of " + w.field, Value: "too large",
		Want: fmt.Sprintf("at most %d x 10^%d, the finest digit in use", int64(maxWhole), w.exp),
	}
}

// trimZeros divides c by 10 for as long as that leaves no rest, and returns how often.
func trimZeros(c *big.Int) (times int64) {
	ten, quotient, rest := big.NewInt(10), new(big.Int), new(big.Int)
	for c.Sign() != 0 {
		if quotient.QuoRem(c, ten, rest); rest.Sign() != 0 {
			break
		}
		c.Set(quotient)
		times++
	}
	return times
}

// shortText returns d as text that stays short whatever d is.
func shortText(d decimal.Decimal) string {
	c := d.Coefficient()
	if c.BitLen() <= 256 && d.Exponent() > -60 && d.Exponent() <= 20 {
		return d.String()
	}
	if c.BitLen() <= 256 {
		return fmt.Sprintf("%de%d", c, d.Exponent())
	}
	return fmt.Sprintf("a number of %d bits e%d", c.BitLen(), d.Exponent())
}
