package prioritize

import (
	"math"
	"math/bits"
)

// column holds one score an item in 8 or 16 bytes without pointers, since a million of them are written
// and compared; the few that do not fit are kept whole beside it.
type column struct {
	n       int
	narrow  []fractionOf[int32] // while all terms have 32 bits
	wide    []fractionOf[int64] // nil until then
	classes []int32             // nil while all are 0
	others  []Score             // scores without 64-bit terms
	terms   [2]uint64           // all numerators' bits, as magnitudes, and all denominators'
}

// fractionOf is a fraction of small terms; if den is 0, it is others[num].
type fractionOf[T int32 | int64] struct{ num, den T }

func newColumn(n int) *column { return &column{n: n} }

func (c *column) at(i int32) fractionOf[int64] {
	if c.wide != nil {
		return c.wide[i]
	}
	f := c.narrow[i]
	return fractionOf[int64]{int64(f.num), int64(f.den)}
}

func (c *column) put(i int, num, den int64) {
	if c.wide == nil {
		if int64(int32(num)) == num && int64(int32(den)) == den {
			if c.narrow == nil {
				c.narrow = make([]fractionOf[int32], c.n)
			}
			c.narrow[i] = fractionOf[int32]{int32(num), int32(den)}
			return
		}
		wide := make([]fractionOf[int64], c.n)
		for j := range c.narrow {
			wide[j] = c.at(int32(j))
		}
		c.narrow, c.wide = nil, wide
	}
	c.wide[i] = fractionOf[int64]{num, den}
}

func (c *column) set(i int, s Score) {
	c.terms[0] |= magnitude(s.num)
	c.terms[1] |= uint64(s.den)
	if s.den == 0 {
		s.num = int64(len(c.others))
		c.others = append(c.others, s)
	}
	c.put(i, s.num, s.den)
	if s.class != 0 {
		if c.classes == nil {
			c.classes = make([]int32, c.n)
		}
		c.classes[i] = s.class
	}
}

func (c *column) get(i int32) Score {
	f := c.at(i)
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
	f := c.at(i)
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
	a, b := c.at(i), c.at(j)
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
	f := c.at(i)
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
