package story

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// Scale is the steps that a team estimates in, from the smallest up: numbers, or names such as T-shirt
// sizes that stand for numbers of points. Steps grow apart because large things are known less well.
//
// For an estimate of three points instead, with mean and standard deviation, see forecast.PERT.
type Scale []ScaleStep

// ScaleStep is one step of a [Scale].
type ScaleStep struct {
	Name   string          `json:"name"`
	Points decimal.Decimal `json:"points"`
}

// Fibonacci returns 1 2 3 5 8 13 21.
func Fibonacci() Scale { return ScaleOf("1", "2", "3", "5", "8", "13", "21") }

// Cards returns a deck of planning poker: 0 0.5 1 2 3 5 8 13 20 40 100 (Mike Cohn, Agile Estimating and
// Planning, 2005).
func Cards() Scale { return ScaleOf("0", "0.5", "1", "2", "3", "5", "8", "13", "20", "40", "100") }

// PowersOfTwo returns 1 2 4 8 16 32.
func PowersOfTwo() Scale { return ScaleOf("1", "2", "4", "8", "16", "32") }

// TShirts returns XS S M L XL with the points that a team gives to each.
func TShirts(xs, s, m, l, xl int64) Scale {
	var scale Scale
	for i, points := range []int64{xs, s, m, l, xl} {
		scale = append(scale, ScaleStep{[]string{"XS", "S", "M", "L", "XL"}[i], decimal.NewFromInt(points)})
	}
	return scale
}

// ScaleOf returns a scale of numbers that are their own names. A text that is not a number becomes a
// step that [Scale.Validate] reports.
func ScaleOf(numbers ...string) Scale {
	scale := make(Scale, len(numbers))
	for i, text := range numbers {
		estimate, err := ParseEstimate(text)
		points, given := estimate.Points()
		if err != nil || !given {
			points = decimal.NewFromInt(-1)
		}
		scale[i] = ScaleStep{text, points}
	}
	return scale
}

// Validate reports everything that is wrong with s: no steps, a step without a name or with one that
// is taken, points out of range or not above those of the step before.
func (s Scale) Validate() error {
	if len(s) == 0 {
		return field.New("story", "scale", "", "at least one step")
	}
	var errs []error
	for i, step := range s {
		path := field.Index("scale", i)
		errs = append(errs, field.CheckTitle("story", path+".name", step.Name))
		if slices.IndexFunc(s, func(other ScaleStep) bool { return strings.EqualFold(other.Name, step.Name) }) < i {
			errs = append(errs, field.New("story", path+".name", step.Name, "a name of its own"))
		}
		if err := DecimalPoints(step.Points).Validate(); err != nil {
			errs = append(errs, field.Within(path, err))
		} else if i > 0 && s[i-1].Points.Exponent() >= -pointsScale && step.Points.Cmp(s[i-1].Points) <= 0 {
			errs = append(errs, field.New("story", path+".points", step.Points.String(),
				"more than the step before, "+s[i-1].Points.String()))
		}
	}
	return field.Join(errs...)
}

// Estimate returns the estimate that a step stands for, whatever the letter case. It returns a
// [*field.Error] that lists the steps if there is none of this name.
func (s Scale) Estimate(name string) (Estimate, error) {
	if step, ok := s.step(name); ok {
		return DecimalPoints(step.Points), nil
	}
	return Estimate{}, s.noStep("estimate", name)
}

// Has reports whether an estimate is one of the steps. No estimate is not.
func (s Scale) Has(e Estimate) bool {
	return slices.ContainsFunc(s, func(step ScaleStep) bool { return e.Equal(DecimalPoints(step.Points)) })
}

func (s Scale) step(name string) (ScaleStep, bool) {
	i := slices.IndexFunc(s, func(step ScaleStep) bool { return strings.EqualFold(step.Name, name) })
	if i < 0 {
		return ScaleStep{}, false
	}
	return s[i], true
}

func (s Scale) noStep(path, name string) error {
	names := make([]string, len(s))
	for i, step := range s {
		names[i] = step.Name
	}
	return field.New("story", path, name, "one of "+strings.Join(names, ", "))
}
