package prioritize

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// maxBits bounds the terms of a fraction that formulas build up, about 20,000 digits. Every
// formula over a few dozen decimals within the bounds of the package stays below it.
const maxBits = 1 << 16

// Add returns s + t, exactly, in the class of s. Like all arithmetic on scores it passes on what
// is impossible or unscored, that of s first.
func (s Score) Add(t Score) Score {
	if s.isSmall() && t.isSmall() {
		if s.den == t.den {
			if sum, ok := addInt(s.num, t.num); ok {
				s.num = sum
				return s
			}
		} else if r, ok := addSmall(s, t); ok {
			return r
		}
	}
	return arithmetic(s, t, (*big.Rat).Add)
}

// Sub returns s - t, exactly, in the class of s.
func (s Score) Sub(t Score) Score { return s.Add(t.Neg()) }

// Neg returns -s, exactly, in the class of s.
func (s Score) Neg() Score {
	switch {
	case s.isSmall() && s.num != math.MinInt64:
		s.num = -s.num
		return s
	case s.IsScored():
		num, den := s.bigTerms()
		s.num, s.den = 0, 0
		s.rest = &beyond{num: new(big.Int).Neg(num), den: den}
	}
	return s
}

// Mul returns s × t, exactly, in the class of s.
func (s Score) Mul(t Score) Score {
	if s.isSmall() && t.isSmall() {
		num, ok1 := mulInt(s.num, t.num)
		den, ok2 := mulInt(s.den, t.den)
		if ok1 && ok2 {
			s.num, s.den = num, den
			return s
		}
	}
	return arithmetic(s, t, (*big.Rat).Mul)
}

// Div returns s / t, exactly, in the class of s. Division by zero is impossible.
func (s Score) Div(t Score) Score {
	if s.isSmall() && t.isSmall() && t.num > 0 {
		num, ok1 := mulInt(s.num, t.den)
		den, ok2 := mulInt(s.den, t.num)
		if ok1 && ok2 {
			s.num, s.den = num, den
			return s
		}
	}
	if s.IsScored() && t.IsScored() && t.Sign() == 0 {
		return impossible(&FieldError{Field: "divisor", Value: "0", Want: "not 0"})
	}
	return arithmetic(s, t, (*big.Rat).Quo)
}

// arithmetic is the way of everything that does not fit 64 bits or is not scored.
func arithmetic(s, t Score, op func(z, x, y *big.Rat) *big.Rat) Score {
	for _, operand := range [...]Score{s, t} {
		if operand.Err() != nil {
			return operand
		}
	}
	for _, operand := range [...]Score{s, t} {
		if !operand.IsScored() {
			return operand
		}
	}
	r := op(new(big.Rat), s.Rat(), t.Rat())
	if size := max(r.Num().BitLen(), r.Denom().BitLen()); size > maxBits {
		return impossible(&FieldError{
			Field: "result",
			Value: fmt.Sprintf("a fraction of %d bits", size),
			Want:  fmt.Sprintf("at most %d bits", maxBits),
		})
	}
	return fraction(r.Num(), r.Denom()).InClass(s.class)
}

// fraction takes over num and den > 0, as 64-bit terms when they fit.
func fraction(num, den *big.Int) Score {
	if num.IsInt64() && den.IsInt64() {
		return Score{num: num.Int64(), den: den.Int64()}
	}
	return Score{rest: &beyond{num: num, den: den}}
}

func addSmall(s, t Score) (Score, bool) {
	a, ok1 := mulInt(s.num, t.den)
	b, ok2 := mulInt(t.num, s.den)
	den, ok3 := mulInt(s.den, t.den)
	sum, ok4 := addInt(a, b)
	s.num, s.den = sum, den
	return s, ok1 && ok2 && ok3 && ok4
}

func addInt(a, b int64) (int64, bool) {
	sum := a + b
	return sum, (sum > a) == (b > 0)
}

func mulInt(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}
