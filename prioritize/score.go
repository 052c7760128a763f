package prioritize

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

// Score is what an item is ranked by: a class and, within the class, a fraction.
// A lower class comes first (it is 0 unless set by [Score.InClass]), then the higher fraction.
//
// A score is exact. Two scores are equal if and only if their classes and fractions are; nothing
// is rounded before [Score.At], which rounds once, for display. Fractions whose terms fit 64 bits
// are compared by 128-bit cross products, all others by big integers.
//
// A score is in one of three states: scored; unscored, with a [Score.Reason]; or impossible, with
// an [Score.Err] that makes [Rank] fail. The zero value is unscored, so a score that a method forgot
// to set never counts as 0. Scores are values; compare them with Equal or Compare, not ==.
type Score struct {
	num   int64
	den   int64   // > 0 when the fraction is num/den; 0 when it is in rest, or there is none
	rest  *beyond // what does not fit above; nil when den > 0
	class int32
}

// beyond is a fraction of more than 64 bits, the reason for having none, or what is impossible.
type beyond struct {
	num, den *big.Int // den > 0; both nil when there is no fraction
	// The fraction is near mantissa × 2^exp, where 1/2 <= |mantissa| < 1.
	mantissa float64
	exp      int
	reason   string
	err      error
}

// Value is the score of a plain number. A decimal outside the bounds of the package (see
// [FieldError]) gives an impossible score.
func Value(d decimal.Decimal) Score {
	if coef, ok := smallCoefficient(d); ok {
		exp := d.Exponent()
		if exp == 0 {
			return Score{num: coef, den: 1}
		}
		if s, ok := smallDecimal(coef, exp); ok {
			return s
		}
	}
	if err := checkBounds("value", d); err != nil {
		return impossible(err)
	}
	return bigDecimal(d)
}

// Integer is the score of a whole number.
func Integer(n int64) Score { return Score{num: n, den: 1} }

// Quotient is the score num / den, exactly. A den of zero or less, or a decimal outside the bounds
// of the package, is a [*FieldError] that calls the two "numerator" and "denominator".
func Quotient(num, den decimal.Decimal) (Score, error) {
	n, d := Value(num), Value(den)
	if n.isSmall() && d.isSmall() && d.num > 0 {
		return n.Div(d), nil
	}
	if err := joinFields(
		checkBounds("numerator", num),
		checkPositive("denominator", den),
	); err != nil {
		return Score{}, err
	}
	s := n.Div(d)
	return s, s.Err()
}

// Unscored is the absence of a score, and why: "confidence is missing".
func Unscored(reason string) Score { return Score{rest: &beyond{reason: reason}} }

// impossible is a score that must not be used.
func impossible(err error) Score { return Score{rest: &beyond{err: err}} }

// InClass returns s in another class. Lower classes come first whatever the fractions are.
func (s Score) InClass(class int32) Score {
	s.class = class
	return s
}

// Class returns the class, 0 by default.
func (s Score) Class() int32 { return s.class }

// IsScored reports whether s has a fraction to rank by.
func (s Score) IsScored() bool { return s.den > 0 || s.rest != nil && s.rest.den != nil }

// Reason returns why there is no score, or "" if there is one.
func (s Score) Reason() string {
	switch {
	case s.IsScored():
		return ""
	case s.rest == nil:
		return "not scored"
	case s.rest.err != nil:
		return s.rest.err.Error()
	}
	return s.rest.reason
}

// Err returns what is impossible about s: a value out of bounds, or a division by zero.
func (s Score) Err() error {
	if s.rest == nil {
		return nil
	}
	return s.rest.err
}

// isSmall reports whether the fraction is num/den, of 64-bit terms.
func (s Score) isSmall() bool { return s.den > 0 }

// atLeast0 reports whether s is small and not negative, which the fast path of a method wants to
// know; false for all others.
func (s Score) atLeast0() bool { return s.den > 0 && s.num >= 0 }

// Sign returns -1, 0 or 1 with the sign of the fraction, and 0 without one.
func (s Score) Sign() int {
	if s.isSmall() {
		return cmp.Compare(s.num, 0)
	}
	if !s.IsScored() {
		return 0
	}
	return s.rest.num.Sign()
}

// Compare returns +1 when s comes before t, -1 when it comes after, 0 when the two tie.
// Whatever is scored comes before what is not, and all that is not ties.
func (s Score) Compare(t Score) int {
	if a, b := s.IsScored(), t.IsScored(); !a || !b {
		switch {
		case a:
			return 1
		case b:
			return -1
		}
		return 0
	}
	if s.class != t.class {
		return cmp.Compare(t.class, s.class)
	}
	if s.isSmall() && t.isSmall() {
		return compareFractions(s.num, s.den, t.num, t.den)
	}
	return compareBig(s, t)
}

// Equal reports whether the two tie: same class, same fraction.
func (s Score) Equal(t Score) bool { return s.Compare(t) == 0 }

// Rat returns the fraction in lowest terms, or nil when there is none.
func (s Score) Rat() *big.Rat {
	if !s.IsScored() {
		return nil
	}
	num, den := s.bigTerms()
	return new(big.Rat).SetFrac(num, den)
}

// bigTerms returns numerator and denominator, which the caller must not change.
func (s Score) bigTerms() (num, den *big.Int) {
	if s.isSmall() {
		return big.NewInt(s.num), big.NewInt(s.den)
	}
	return s.rest.num, s.rest.den
}

// compareFractions compares a/b and c/d for positive b and d by their exact cross products.
func compareFractions(a, b, c, d int64) int {
	if b == d {
		return cmp.Compare(a, c)
	}
	if (a < 0) != (c < 0) {
		return cmp.Compare(a, c)
	}
	h1, l1 := bits.Mul64(magnitude(a), uint64(d))
	h2, l2 := bits.Mul64(magnitude(c), uint64(b))
	r := cmp.Compare(h1, h2)
	if r == 0 {
		r = cmp.Compare(l1, l2)
	}
	if a < 0 {
		return -r
	}
	return r
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// compareBig settles by the approximate fractions where those differ by more than they may be wrong: a
// cross product of a thousand digits is the last resort.
func compareBig(s, t Score) int {
	if a, b := s.Sign(), t.Sign(); a != b || a == 0 {
		return cmp.Compare(a, b)
	}
	m1, e1 := s.approximate()
	m2, e2 := t.approximate()
	if e1 > e2+1 || e2 > e1+1 {
		return cmp.Compare(e1, e2) * s.Sign()
	}
	m1 = math.Ldexp(m1, e1-e2)
	if gap := m1 - m2; math.Abs(gap) > math.Abs(m1)*0x1p-48 {
		return cmp.Compare(m1, m2)
	}
	a, b := s.bigTerms()
	c, d := t.bigTerms()
	if b.Cmp(d) == 0 {
		return a.Cmp(c)
	}
	return new(big.Int).Mul(a, d).Cmp(new(big.Int).Mul(c, b))
}

// approximate returns mantissa and exponent of a fraction other than 0.
func (s Score) approximate() (mantissa float64, exp int) {
	if s.isSmall() {
		return math.Frexp(float64(s.num) / float64(s.den))
	}
	return s.rest.mantissa, s.rest.exp
}

// newBeyond keeps num / den, other than 0, with its approximation.
func newBeyond(num, den *big.Int) *beyond {
	a, e1 := leading(num)
	b, e2 := leading(den)
	mantissa, exp := math.Frexp(a / b)
	return &beyond{num: num, den: den, mantissa: mantissa, exp: exp + e1 - e2}
}

// leading returns n as mantissa × 2^exp, from its 63 leading bits, rounded down.
func leading(n *big.Int) (mantissa float64, exp int) {
	exp = max(n.BitLen()-63, 0)
	top := new(big.Int).Rsh(n, uint(exp))
	return math.Copysign(float64(top.Abs(top).Uint64()), float64(n.Sign())), exp
}
