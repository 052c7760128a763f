package command

import (
	"encoding/json"
	"errors"

	"github.com/shopspring/decimal"
)

// ParseAmount reads a number that is not negative. The error says what was expected. It looks at the
// length and the exponent before anything is computed, since both can be huge.
func ParseAmount(text string) (decimal.Decimal, error) {
	const mostBytes, mostExponent = 200, 1000
	if len(text) <= mostBytes {
		d, err := decimal.NewFromString(text)
		if err == nil && !d.IsNegative() && d.Exponent() <= mostExponent && d.Exponent() >= -mostExponent {
			return d, nil
		}
	}
	return decimal.Decimal{}, errors.New("a number >= 0 such as 3 or 0.5, its exponent within ±1000")
}

// Number is d as a JSON number with all its digits.
func Number(d decimal.Decimal) json.Number { return json.Number(d.String()) }

// Percent is a share in percent, rounded to scale places.
func Percent(share decimal.Decimal, scale int32) string {
	return share.Shift(2).StringFixed(scale) + " %"
}
