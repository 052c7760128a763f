package prioritize

import (
	"math"
	"math/bits"
)

// column holds one score an item in 16 bytes without pointers, since a million of them are written
// and compared; the few that do not fit are kept whole beside it.
type column struct {
	small   []small
	classes []int32   // nil while all are 0
	others  []Score   // scores without 64-bit terms
	terms   [2]uint64 // all numerators' bits, as magnitudes, and all denominators'
}

// small is a fraction of 64-bit terms; if den is 0, it is others[num].
type small struct{ num, den int64 }

func newColumn(n int) *column { return &column{small: make([]small, n)} }

func (c *column) set(i int, s Score) {
	c.small[i] = small{s.num, s.den}
	c.terms[0] |= magnitude(s.num)
	c.terms[1] |= uint64(s.den)
	if s.den > 0 && s.class == 0 {
		return
	}
	if s.den == 0 {
		c.small[i].num = int64(len(c.others))
		c.others = append(c.others, s)
	}
	if s.class != 0 {
		if c.classes == nil {
			c.classes = make([]int32, len(c.small))
		}
		c.classes[i] = s.class
	}
}

func (c *column) get(i int32) Score {
	f := c.small[i]
	if f.den == 0 {
		return c.others[f.num]
	}
	s := Score{num: f.num, den: f.den}
	if c.classes != nil {
		s.class = c.classes[i]
	}
	return s
}

func (c *column) isScored(i int32) bool {
	f := c.small[i]
	return f.den > 0 || c.others[f.num].IsScored()
}

func (c *column) class(i int32) int32 {
	if c.classes == nil {
		return 0
	}
	return c.classes[i]
}

// compare is +1 when the fraction of i is the higher one. It does not look at classes.
func (c *column) compare(i, j int32) int {
	a, b := c.small[i], c.small[j]
	if a.den > 0 && b.den > 0 {
		return compareFractions(a.num, a.den, b.num, b.den)
	}
	return compareBig(c.get(i), c.get(j))
}

// keySlack is how far apart the keys of two fractions may be when the fractions are equal or in
// the other order. A key is within 4 units in the last place of its fraction: two conversions, one
// division and, for big terms, one truncation round by half a unit to one each.
const keySlack = 16

// key maps the fraction of i to an integer: a higher fraction gets a lower key, but for keySlack.
func (c *column) key(i int32) uint64 {
	f := c.small[i]
	if f.den > 0 {
		return descending(float64(f.num) / float64(f.den))
	}
	return descending(c.others[f.num].rest.float())
}

// distinct reports whether any two different fractions have keys that differ in what remains after
// dropping their lowest bits, in the same order, so that equal remains mean equal fractions.
//
// Different fractions a/b and c/d differ by 1/bd or more, which is 1/ad of a/b, or 2^52/ad units in the
// last place. While the terms have few bits, that is more than what is dropped and what is rounded.
func (c *column) distinct(dropped int) bool {
	return len(c.others) == 0 && bits.Len64(c.terms[0])+bits.Len64(c.terms[1])+max(dropped, 5)+1 <= 52
}

// descending orders the bit patterns of floats as unsigned integers, highest first.
func descending(f float64) uint64 {
	b := math.Float64bits(f)
	if b>>63 != 0 {
		return b
	}
	return ^b & (1<<63 - 1)
}

// float is the fraction as a float; all those beyond what a float can hold become the same.
func (b *beyond) float() float64 {
	switch {
	case b.exp > 1000:
		return math.Copysign(math.MaxFloat64, b.mantissa)
	case b.exp < -1000:
		return math.Copysign(0x1p-1001, b.mantissa)
	}
	return math.Ldexp(b.mantissa, b.exp)
}
