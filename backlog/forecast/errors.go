package forecast

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// Errors that a caller can branch on with [errors.Is]. A value out of range is a [*field.Error].
var (
	// ErrNoHistory is returned for a history without a period.
	ErrNoHistory = errors.New("forecast: no history, want at least one period")
	// ErrNoThroughput is returned for a history in which nothing was ever done.
	ErrNoThroughput = errors.New("forecast: throughput is zero in every period, never completes")
	// ErrTooLarge is returned when a forecast is beyond the bounds that its doc comment states.
	ErrTooLarge = errors.New("forecast: too large")
	// ErrUnknown is returned when a plan does not have the team or feature that is named.
	ErrUnknown = errors.New("forecast: unknown")
	// ErrDuplicate is returned when two teams, features or shares of a plan have the same key.
	ErrDuplicate = errors.New("forecast: duplicate key")
	// ErrCycle is returned when a feature of a plan needs itself, directly or by way of others.
	ErrCycle = errors.New("forecast: cycle")
	// ErrNotExact is returned for a plan that cannot be convolved, and has to be simulated.
	ErrNotExact = errors.New("forecast: not exact, want a simulation")
	// ErrNoWorkingDay is returned when a calendar has no working day in ten years.
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
	return field.Join(problems...)
}

// whole checks a count.
func whole(path string, n, low, high int) error {
	return field.CheckWhole("forecast", path, n, low, high)
}

// scaled is an amount in ten-thousandths.
func scaled(d decimal.Decimal) int64 {
	if d.Exponent() == 0 { // whole numbers, the common case
		return 10_000 * d.CoefficientInt64()
	}
	return d.Shift(exact.MaxPlaces).IntPart()
}

// problems collects errors, a hundred of them at most.
type problems []error

const maxProblems = 100

func (p *problems) add(errs ...error) {
	for _, err := range errs {
		if err != nil && !p.isFull() {
			if *p = append(*p, err); p.isFull() {
				*p = append(*p, errors.New("forecast: and more problems, want fewer"))
			}
		}
	}
}

func (p *problems) isFull() bool { return len(*p) >= maxProblems }

func (p *problems) err() error { return field.Join(*p...) }

func unscaled(n int64) decimal.Decimal { return decimal.New(n, -exact.MaxPlaces) }

func fieldError(path, value, want string) error { return field.New("forecast", path, value, want) }

func at(list string, i int) string { return fmt.Sprintf("%s[%d].", list, i) }
