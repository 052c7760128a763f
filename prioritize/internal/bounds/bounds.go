// Package bounds holds the limits of the decimals that prioritize and its rooms accept, and the words for
// what lies outside.
package bounds

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// The bounds within which decimals rank exactly. They are checked before anything is computed,
// since one comparison with 1e1000000000 would fill the memory.
const (
	Exponent = 1000 // the largest magnitude of an exponent
	Digits   = 100  // the most digits of a coefficient
	Scale    = 5000 // the most digits after the point that are written

	TextLength = Digits + Exponent + 16 // of a decimal as text: sign, point, zeros and exponent included
)

var (
	digitLimit = decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(Digits), nil), 0)
	lowLimit   = digitLimit.Neg()
)

// Hold reports whether d is within the bounds.
func Hold(d decimal.Decimal) bool {
	exp := d.Exponent()
	if exp < -Exponent || exp > Exponent {
		return false
	}
	return d.Cmp(digitLimit.Shift(exp)) < 0 && (d.Sign() >= 0 || d.Cmp(lowLimit.Shift(exp)) > 0)
}

// Any returns what is wanted of a decimal, or "" if d is that.
func Any(d decimal.Decimal) string {
	if Hold(d) {
		return ""
	}
	return fmt.Sprintf("at most %d digits and an exponent within ±%d", Digits, Exponent)
}

// Positive returns what is wanted of a decimal above 0, or "" if d is that.
func Positive(d decimal.Decimal) string {
	if d.Sign() <= 0 {
		return "> 0"
	}
	return Any(d)
}

// NotNegative returns what is wanted of a decimal of 0 or more, or "" if d is that.
func NotNegative(d decimal.Decimal) string {
	if d.Sign() < 0 {
		return ">= 0"
	}
	return Any(d)
}

// Between returns what is wanted of a decimal from low to high, or "" if d is that.
func Between(d decimal.Decimal, low, high int64) string {
	if want := Any(d); want != "" {
		return want
	}
	if d.Cmp(decimal.NewFromInt(low)) < 0 || d.Cmp(decimal.NewFromInt(high)) > 0 {
		return fmt.Sprintf("from %d to %d", low, high)
	}
	return ""
}

// Text returns d for a message, of bounded length.
func Text(d decimal.Decimal) string {
	if Hold(d) {
		return d.String()
	}
	coef := d.Coefficient()
	if coef.IsInt64() {
		return fmt.Sprintf("%de%d", coef.Int64(), d.Exponent())
	}
	digits := int64(math.Ceil(float64(coef.BitLen()) * math.Log10(2)))
	return fmt.Sprintf("about %d digits, exponent %d", digits, d.Exponent())
}

// Quote returns a text for a message, cut to 60 bytes.
func Quote(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
