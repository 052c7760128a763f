// Package exact holds the arithmetic of amounts: what one may be, and quotients and roots that are
// rounded once.
package exact

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// maxResultPlaces bounds the decimal places of a result.
const maxResultPlaces = 100

// Quotient returns a / b, rounded half up to places, 0 to 100 (others are taken for the nearest).
// Neither is negative and b is not zero.
func Quotient(a, b decimal.Decimal, places int32) decimal.Decimal {
	places = min(max(places, 0), maxResultPlaces)
	num, den := fraction(a, b)
	num.Mul(num, power10(places)).Lsh(num, 1)
	return half(num.Quo(num, den), places)
}

// Root returns the square root of a / b, rounded half up, under the terms of [Quotient].
func Root(a, b decimal.Decimal, places int32) decimal.Decimal {
	places = min(max(places, 0), maxResultPlaces)
	num, den := fraction(a, b)
	scale := power10(places)
	num.Mul(num, scale).Mul(num, scale).Lsh(num, 2)
	return half(num.Sqrt(num.Quo(num, den)), places)
}

// half rounds half of n, an exact floor of twice the value, half up.
func half(n *big.Int, places int32) decimal.Decimal {
	n.Add(n, big.NewInt(1)).Rsh(n, 1)
	return decimal.NewFromBigInt(n, -places)
}

// fraction returns a / b as a quotient of whole numbers.
func fraction(a, b decimal.Decimal) (num, den *big.Int) {
	shift := -min(a.Exponent(), b.Exponent(), 0)
	return a.Shift(shift).BigInt(), b.Shift(shift).BigInt()
}

func power10(n int32) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
