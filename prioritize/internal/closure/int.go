package closure

import (
	"math/big"
	"math/bits"
)

// Int is a signed integer of 128 bits, two's complement. Its zero value is 0, and == compares.
//
// Sums of products of two 62-bit totals fit: that is what the callers' weights are, and why
// no operation here checks for overflow.
type Int struct {
	hi int64
	lo uint64
}

// FromInt64 returns v.
func FromInt64(v int64) Int { return Int{hi: v >> 63, lo: uint64(v)} }

// Product returns a x b, exactly.
func Product(a, b int64) Int {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	high := int64(hi)
	if a < 0 {
		high -= b
	}
	if b < 0 {
		high -= a
	}
	return Int{hi: high, lo: lo}
}

// Add returns a + b.
func (a Int) Add(b Int) Int {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return Int{hi: a.hi + b.hi + int64(carry), lo: lo}
}

// Sub returns a - b.
func (a Int) Sub(b Int) Int {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return Int{hi: a.hi - b.hi - int64(borrow), lo: lo}
}

// Less reports whether a < b.
func (a Int) Less(b Int) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }

// Positive reports whether a > 0.
func (a Int) Positive() bool { return a.hi > 0 || a.hi == 0 && a.lo != 0 }

// Negative reports whether a < 0.
func (a Int) Negative() bool { return a.hi < 0 }

// IsZero reports whether a is 0.
func (a Int) IsZero() bool { return a == Int{} }

// Cmp returns -1, 0 or 1 as a is below, equal to or above b.
func (a Int) Cmp(b Int) int {
	switch {
	case a == b:
		return 0
	case a.Less(b):
		return -1
	default:
		return 1
	}
}

// Big returns a as a big integer.
func (a Int) Big() *big.Int {
	b := new(big.Int).Lsh(big.NewInt(a.hi), 64)
	return b.Add(b, new(big.Int).SetUint64(a.lo))
}

// Float64 returns a, rounded: the error is at most three units in the last place.
func (a Int) Float64() float64 {
	if a.Negative() {
		return -Int{}.Sub(a).Float64()
	}
	high := float64(float64(a.hi) * (1 << 64))
	return high + float64(a.lo)
}
