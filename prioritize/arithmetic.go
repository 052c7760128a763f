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
	return arithmetic(s, t, addTerms)
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
		s.rest = newBeyond(new(big.Int).Neg(num), den)
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
	return arithmetic(s, t, func(a, b, c, d *big.Int) (num, den *big.Int) {
		return new(big.Int).Mul(a, c), new(big.Int).Mul(b, d)
	})
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
	return arithmetic(s, t, func(a, b, c, d *big.Int) (num, den *big.Int) {
		return new(big.Int).Mul(a, d), new(big.Int).Mul(b, c)
	})
}

// arithmetic is the way of everything that does not fit 64 bits or is not scored. The operation gets
// the fractions a/b and c/d.
func arithmetic(s, t Score, op func(a, b, c, d *big.Int) (num, den *big.Int)) Score {
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
	a, b := s.bigTerms()
	c, d := t.bigTerms()
	return fraction(op(a, b, c, d)).InClass(s.class)
}

func addTerms(a, b, c, d *big.Int) (num, den *big.Int) {
	if b.Cmp(d) == 0 {
		return new(big.Int).Add(a, c), b
	}
	num = new(big.Int).Mul(a, d)
	return num.Add(num, new(big.Int).Mul(c, b)), new(big.Int).Mul(b, d)
}

// The sizes in bits at which reducing a fraction pays: up to the first it is cheap and may lead back to
// 64 bits; from the second on it keeps formulas from growing without need.
const (
	reduceUpTo = 256
	reduceFrom = maxBits / 4
)

// fraction is the score num / den, with den not 0. The terms are not changed.
func fraction(num, den *big.Int) Score {
	if den.Sign() < 0 {
		num, den = new(big.Int).Neg(num), new(big.Int).Neg(den)
	}
	size := max(num.BitLen(), den.BitLen())
	if num.Sign() != 0 && size > 63 && (size <= reduceUpTo || size >= reduceFrom) {
		divisor := new(big.Int).GCD(nil, nil, new(big.Int).Abs(num), den)
		num, den = new(big.Int).Quo(num, divisor), new(big.Int).Quo(den, divisor)
		size = max(num.BitLen(), den.BitLen())
	}
	switch {
	case num.Sign() == 0:
		return Score{den: 1}
	case num.IsInt64() && den.IsInt64():
		return Score{num: num.Int64(), den: den.Int64()}
	case size > maxBits:
		return impossible(&FieldError{
			Field: "result",
			Value: fmt.Sprintf("a fraction of %d bits", size),
			Want:  fmt.Sprintf("at most %d bits", maxBits),
		})
	}
	return Score{rest: newBeyond(num, den)}
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
