package prioritizetest

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

func (c *checker[A]) checkFactors(scores []prioritize.Score) {
	m, ok := c.m.(prioritize.Factored[A])
	if !ok {
		return
	}
	for _, f := range m.Factors() {
		c.checkAccess(f)
		c.checkLeftOut(f, scores)
		c.checkDirection(f, scores)
		c.checkScaling(f, scores)
		c.checkShape(f)
	}
	c.checkApproximation(m.Factors(), scores)
}

// checkAccess puts a number in and reads it again.
func (c *checker[A]) checkAccess(f prioritize.Factor[A]) {
	for i, in := range c.inputs() {
		value, ok := f.Get(in)
		if !ok {
			continue
		}
		if again, ok := f.Get(f.With(in, value)); !ok || !again.Equal(value) {
			c.fail(f.Name+" access", "%s is put in and %s is read (%v)", value, again, ok)
		}
		raised := higher(f, value)
		if again, ok := f.Get(f.With(in, raised)); !ok || !again.Equal(raised) {
			c.fail(f.Name+" access", "%s is put in and %s is read (%v)", raised, again, ok)
		}
		if after, _ := f.Get(in); !after.Equal(value) {
			c.fail(f.Name+" access", "putting a number into a copy of input %d changes the input", i)
		}
	}
}

// checkLeftOut checks that an input without the number is not scored as if that were 0.
func (c *checker[A]) checkLeftOut(f prioritize.Factor[A], scores []prioritize.Score) {
	if f.Without == nil {
		return
	}
	law, at, inputs := f.Name+" left out", c.rng.IntN(c.size), c.inputs()
	inputs[at] = f.Without(inputs[at])
	if _, ok := f.Get(inputs[at]); ok {
		c.fail(law, "it is still read")
	}
	without, err := c.m.Score(inputs)
	if err != nil || len(without) != c.size || !without[at].IsScored() || !scores[at].IsScored() {
		return
	}
	if without[at].Sign() == 0 && scores[at].Sign() != 0 {
		c.fail(law, "the score goes from %s to 0", scores[at])
	}
}

// checkDirection raises the number of one item and compares it with all others.
func (c *checker[A]) checkDirection(f prioritize.Factor[A], scores []prioritize.Score) {
	law, at, inputs := f.Name+" direction", c.rng.IntN(c.size), c.inputs()
	value, ok := f.Get(inputs[at])
	if !ok || f.Direction == 0 || !scores[at].IsScored() {
		return
	}
	raised := higher(f, value)
	inputs[at] = f.With(inputs[at], raised)
	after := c.score(law, inputs)
	for i := range after {
		if i == at || !scores[i].IsScored() {
			continue
		}
		was, is := scores[at].Compare(scores[i]), after[at].Compare(after[i])
		if f.Direction > 0 && is < was || f.Direction < 0 && is > was {
			c.fail(law, "from %s to %s, an item goes from %+d to %+d against another", value, raised, was, is)
		}
	}
}

// checkScaling measures the number in other units for all items.
func (c *checker[A]) checkScaling(f prioritize.Factor[A], scores []prioritize.Score) {
	if !f.Scales {
		return
	}
	law, inputs := f.Name+" scaling", c.inputs()
	unit := decimal.New(1+c.rng.Int64N(40), -1)
	for i, in := range inputs {
		if value, ok := f.Get(in); ok {
			inputs[i] = f.With(in, value.Mul(unit))
		}
	}
	after := c.score(law, inputs)
	for i := range after {
		for j := range i {
			if was, is := scores[i].Compare(scores[j]), after[i].Compare(after[j]); is != was {
				c.fail(law, "times %s, an item goes from %+d to %+d against another", unit, was, is)
			}
		}
	}
}

// checkShape compares the cross ratio of four values with that of their scores, which linear fractional
// functions keep.
func (c *checker[A]) checkShape(f prioritize.Factor[A]) {
	one, ok := c.m.(prioritize.ItemMethod[A])
	if !ok || !f.LinearFractional {
		return
	}
	law, in := f.Name+" shape", c.inputs()[c.rng.IntN(c.size)]
	value, ok := f.Get(in)
	if !ok {
		return
	}
	var x, y [4]prioritize.Score
	half := decimal.New(5, -1)
	value = higher(f, value)
	for i := range x {
		s, err := one.ScoreItem(f.With(in, value))
		if err != nil {
			c.fail(law, "%s is refused: %v", value, err)
			return
		}
		x[i], y[i] = prioritize.Value(value), s
		value = value.Mul(half)
	}
	if !y[0].IsScored() || y[0].Equal(y[1]) && y[1].Equal(y[2]) && y[2].Equal(y[3]) {
		return
	}
	if !crossRatio(x).Equal(crossRatio(y)) {
		c.fail(law, "the scores of %s are %s", x, y)
	}
}

func crossRatio(v [4]prioritize.Score) prioritize.Score {
	return v[0].Sub(v[2]).Mul(v[1].Sub(v[3])).Div(v[0].Sub(v[3]).Mul(v[1].Sub(v[2]))).InClass(0)
}

// checkApproximation compares fast scores with exact ones.
func (c *checker[A]) checkApproximation(factors []prioritize.Factor[A], scores []prioritize.Score) {
	fast, ok := c.m.(interface {
		Approximate(values []float64) float64
	})
	if !ok {
		return
	}
	for i, in := range c.inputs() {
		if !scores[i].IsScored() {
			continue
		}
		values := make([]float64, len(factors))
		for j, f := range factors {
			values[j] = math.NaN()
			if value, ok := f.Get(in); ok {
				values[j] = value.InexactFloat64()
			}
		}
		exact, _ := scores[i].Rat().Float64()
		if near := fast.Approximate(values); !(math.Abs(near-exact) <= 1e-12*math.Abs(exact)) {
			c.fail("approximation", "%s is taken for %v", scores[i], near)
		}
	}
}

// higher returns a number above value that the factor allows, or value where there is none.
func higher[A any](f prioritize.Factor[A], value decimal.Decimal) decimal.Decimal {
	raised := value.Add(decimal.NewFromInt(1))
	if f.Most.Valid && raised.GreaterThan(f.Most.Decimal) {
		return f.Most.Decimal
	}
	return raised
}
