package flow

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// ErrInvalid is the class of every impossible value: see [FieldError].
var ErrInvalid = errors.New("flow: invalid value")

// FieldError is one impossible value. It is an [ErrInvalid].
type FieldError struct{ Field, Value, Want string }

// Error returns a message such as `flow: days is "0", want 1 to 366`.
func (e *FieldError) Error() string {
	return fmt.Sprintf("flow: %s is %q, want %s", e.Field, e.Value, e.Want)
}

// Is reports whether target is [ErrInvalid].
func (e *FieldError) Is(target error) bool { return target == ErrInvalid }

func fieldError(path, value, want string) error { return &FieldError{path, value, want} }

// amount checks one number of points or items: at least 0, at most 10^9, four decimal places.
func amount(path string, d decimal.Decimal) error {
	const places, want = 4, "0 to 1000000000 with at most 4 decimal places"
	if e := d.Exponent(); e < -64 || e > 9 {
		return fieldError(path, fmt.Sprintf("a decimal with exponent %d", e), want)
	}
	if d.IsNegative() {
		return fieldError(path, d.String(), ">= 0")
	}
	if d.GreaterThan(decimal.New(1_000_000_000, 0)) || d.Exponent() < -places && !d.Equal(d.Truncate(places)) {
		return fieldError(path, d.String(), want)
	}
	return nil
}

// above checks an amount that must not be zero either.
func above(path string, d decimal.Decimal) error {
	if err := amount(path, d); err != nil {
		return err
	}
	if d.IsZero() {
		return fieldError(path, d.String(), "> 0")
	}
	return nil
}
