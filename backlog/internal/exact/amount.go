package exact

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// MaxPlaces is the greatest number of decimal places of an amount.
const MaxPlaces = 4

// largest bounds an amount: enough for any backlog, and small enough that nothing overflows.
var largest = decimal.New(1_000_000_000, 0)

// CheckAmount returns a [*field.Error] of a package unless d is an amount of points or items: at least 0,
// at most 10^9, with at most four decimal places.
func CheckAmount(pkg, path string, d decimal.Decimal) error {
	const want = "0 to 1000000000 with at most 4 decimal places"
	if e := d.Exponent(); e < -64 || e > 9 {
		return field.New(pkg, path, fmt.Sprintf("a decimal with exponent %d", e), want)
	}
	if d.IsNegative() {
		return field.New(pkg, path, d.String(), ">= 0")
	}
	if d.GreaterThan(largest) || d.Exponent() < -MaxPlaces && !d.Equal(d.Truncate(MaxPlaces)) {
		return field.New(pkg, path, d.String(), want)
	}
	return nil
}

// CheckPositive is [CheckAmount] for an amount that must not be zero either.
func CheckPositive(pkg, path string, d decimal.Decimal) error {
	if err := CheckAmount(pkg, path, d); err != nil {
		return err
	}
	if d.IsZero() {
		return field.New(pkg, path, d.String(), "> 0")
	}
	return nil
}
