package prioritize

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
)

// Scaled is a [Method] whose source has a scale, and that can list the inputs that depart from it.
type Scaled[A any] interface {
	CheckScale(inputs []A) error
}

// CheckScale returns everything about the candidates that departs from the published scale of the
// method, joined, each with the item it is about; nil when all is on the scale. Candidates without
// input are left out. Ranking itself takes any number that makes sense.
func CheckScale[K comparable, A any](m Scaled[A], candidates []Candidate[K, A]) error {
	inputs, at := inputsOf(candidates)
	return located(m.CheckScale(inputs), candidates, at)
}

// onScale returns nil or an error that lists the scale.
func onScale(field string, d decimal.Decimal, scale []decimal.Decimal) *FieldError {
	if err := checkBounds(field, d); err != nil {
		return err
	}
	steps := make([]string, len(scale))
	for i, step := range scale {
		if d.Equal(step) {
			return nil
		}
		steps[i] = step.String()
	}
	return &FieldError{Field: field, Value: bounds.Text(d), Want: "one of " + strings.Join(steps, ", ")}
}

// steps reads the steps of a scale, which are constants of the package.
func steps(texts ...string) []decimal.Decimal {
	scale := make([]decimal.Decimal, len(texts))
	for i, t := range texts {
		scale[i] = decimal.RequireFromString(t)
	}
	return scale
}
