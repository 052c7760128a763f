package prioritize

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
)

// At rounds s to scale digits after the point, once, from the exact fraction; a half goes away
// from zero. A negative scale rounds to tens, hundreds and so on; beyond ±5000 it counts as ±5000.
// What is not scored gives 0.
func (s Score) At(scale int32) decimal.Decimal {
	if !s.IsScored() {
		return decimal.Decimal{}
	}
	scale = min(max(scale, -bounds.Scale), bounds.Scale)
	num, den := s.bigTerms()
	n, d := new(big.Int).Abs(num), new(big.Int).Set(den)
	if scale >= 0 {
		n.Mul(n, pow10(int64(scale)))
	} else {
		d.Mul(d, pow10(-int64(scale)))
	}
	n.Add(n.Lsh(n, 1), d)
	n.Quo(n, d.Lsh(d, 1))
	if num.Sign() < 0 {
		n.Neg(n)
	}
	return decimal.NewFromBigInt(n, -scale)
}

// String is the exact fraction, as a decimal where it has a finite one and as "16/13" where not,
// or the reason why there is none: "unscored: confidence is missing". The class is not shown.
func (s Score) String() string {
	if !s.IsScored() {
		return "unscored: " + s.Reason()
	}
	r := s.Rat()
	if digits, ok := finiteScale(r.Denom()); ok {
		return s.At(digits).String()
	}
	return r.String()
}

// finiteScale returns how many digits after the point 1/den has, when it has a last one.
func finiteScale(den *big.Int) (int32, bool) {
	twos := den.TrailingZeroBits()
	rest := new(big.Int).Rsh(den, twos)
	fives := uint(0)
	five, quo, rem := big.NewInt(5), new(big.Int), new(big.Int)
	for rest.Cmp(five) >= 0 && fives <= bounds.Scale {
		if quo.QuoRem(rest, five, rem); rem.Sign() != 0 {
			break
		}
		rest, quo = quo, rest
		fives++
	}
	digits := max(twos, fives)
	return int32(min(digits, bounds.Scale)), rest.IsInt64() && rest.Int64() == 1 && digits <= bounds.Scale
}
