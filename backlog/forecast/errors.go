package forecast

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// The classes of error that a caller may want to branch on with [errors.Is]. A value out of range is
// a [*field.Error].
var (
	// ErrNoHistory says that there is nothing to forecast from.
	ErrNoHistory = errors.New("forecast: no history, want at least one period")
	// ErrNoThroughput says that nothing was ever done, so that nothing ever will be.
	ErrNoThroughput = errors.New("forecast: throughput is zero in every period, never completes")
	// ErrTooLarge says that a forecast is beyond the documented bounds.
	ErrTooLarge = errors.New("forecast: too large")
	// ErrUnknown says that a plan names a team or feature that it does not have.
	ErrUnknown = errors.New("forecast: unknown")
	// ErrDuplicate says that two teams or two features have the same key.
	ErrDuplicate = errors.New("forecast: duplicate key")
	// ErrNoWorkingDay says that a calendar has no working day in ten years.
	ErrNoWorkingDay = errors.New("forecast: no working day in ten years")
)

// amount checks one number of points or items: at least 0, at most 10^9, four decimal places.
func amount(path string, d decimal.Decimal) error { return exact.CheckAmount("forecast", path, d) }

// above checks an amount that must not be zero either.
func above(path string, d decimal.Decimal) error { return exact.CheckPositive("forecast", path, d) }

// threePoints checks three amounts that must not descend. Amounts out of range are compared with none.
func threePoints(prefix string, names [3]string, values [3]decimal.Decimal) error {
	problems := make([]error, 0, 5)
	for i, d := range values {
		problems = append(problems, amount(prefix+names[i], d))
	}
	for i, d := range values[:2] {
		if problems[i] != nil || problems[i+1] != nil {
			continue
		}
		if next := values[i+1]; d.GreaterThan(next) {
			problems = append(problems, fieldError(prefix+names[i], d.String(), fmt.Sprintf("<= %s, which is %s", names[i+1], next)))
		}
	}
	return errors.Join(problems...)
}

// whole checks a count.
func whole(path string, n, low, high int) error {
	if n < low || n > high {
		want := fmt.Sprintf("%d to %d", low, high)
		return fieldError(path, fmt.Sprint(n), want)
	}
	return nil
}

// scaled is an amount in ten-thousandths.
func scaled(d decimal.Decimal) int64 {
	if d.Exponent() == 0 { // whole numbers, the common case
		return 10_000 * d.CoefficientInt64()
	}
	return d.Shift(exact.MaxPlaces).IntPart()
}

func unscaled(n int64) decimal.Decimal { return decimal.New(n, -exact.MaxPlaces) }

func fieldError(path, value, want string) error { return field.New("forecast", path, value, want) }

func at(list string, i int) string { return fmt.Sprintf("%s[%d].", list, i) }
