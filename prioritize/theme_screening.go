package prioritize

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// ThemeMark compares a theme with the baseline theme by one criterion.
type ThemeMark uint8

// The marks. The zero value is "not compared" and leaves a theme unscored.
const (
	ThemeBetter ThemeMark = iota + 1 // than the baseline: "+"
	ThemeSame                        // as the baseline: "0"
	ThemeWorse                       // than the baseline: "-"
)

var themeMarks = enum[ThemeMark]{
	kind: "ThemeMark", field: "mark", texts: []string{"+", "0", "-"},
}.plainer(func(s string) string { return s })

// String returns "+", "0" or "-".
func (m ThemeMark) String() string { return themeMarks.text(m) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (m ThemeMark) MarshalText() ([]byte, error) { return themeMarks.marshal(m) }

// UnmarshalText reads the text form; anything else is a [*FieldError].
func (m *ThemeMark) UnmarshalText(text []byte) error { return themeMarks.unmarshal(text, m) }

// ThemeInput holds what [ThemeScreening] scores one theme by: a mark for each criterion, the
// same criteria in the same order for all themes.
type ThemeInput struct {
	Marks []ThemeMark `json:"marks"`
}

// Validate returns a [*FieldError] for each mark that does not exist, joined, or nil.
func (in ThemeInput) Validate() error {
	var problems []*FieldError
	for i, m := range in.Marks {
		if m > ThemeWorse {
			problems = append(problems, themeMarks.check(fmt.Sprintf("marks[%d]", i), m))
		}
	}
	return joinFields(problems...)
}

func (in ThemeInput) clone() ThemeInput {
	in.Marks = slices.Clone(in.Marks)
	return in
}

// ThemeScreening compares themes with one of them, the baseline, by some criteria and counts: each
// "+" is worth 1, each "0" 0 and each "-" -1. Highest first; equal sums are a tie. The baseline is
// "0" by every criterion, and so scores 0 by default.
//
// Source: Mike Cohn, Agile Estimating and Planning, 2005, chapter 9.
type ThemeScreening struct {
	// What a mark is worth, where not 1, 0 and -1.
	Better, Same, Worse decimal.NullDecimal
}

// Score returns what the marks of each theme are worth together. A theme that is not compared by
// all criteria, those of the theme with most marks, is unscored.
func (m ThemeScreening) Score(inputs []ThemeInput) ([]Score, error) {
	if err := joinFields(
		checkBounds("value of +", m.Better.Decimal),
		checkBounds("value of 0", m.Same.Decimal),
		checkBounds("value of -", m.Worse.Decimal),
	); err != nil {
		return nil, err
	}
	criteria := 0
	for _, in := range inputs {
		criteria = max(criteria, len(in.Marks))
	}
	return Each(inputs, func(in ThemeInput) (Score, error) {
		if err := in.Validate(); err != nil {
			return Score{}, err
		}
		if len(in.Marks) < criteria || criteria == 0 || slices.Contains(in.Marks, 0) {
			return Unscored("a mark is missing"), nil
		}
		sum := Integer(0)
		for _, mark := range in.Marks {
			sum = sum.Add(m.worth(mark))
		}
		return sum, sum.Err()
	})
}

func (m ThemeScreening) worth(mark ThemeMark) Score {
	switch mark {
	case ThemeBetter:
		return orDefault(m.Better, Integer(1))
	case ThemeWorse:
		return orDefault(m.Worse, Integer(-1))
	case ThemeSame:
		return orDefault(m.Same, Integer(0))
	}
	return Unscored("not compared")
}

// Terms returns the terms of the score: "1 + 1 - 1 + 0 = 1".
func (m ThemeScreening) Terms(in ThemeInput) []Term {
	terms := make([]Term, len(in.Marks))
	for i, mark := range in.Marks {
		worth := m.worth(mark)
		terms[i] = Term{
			Name: fmt.Sprintf("criterion %d", i+1), Effect: Adds, Value: worth, Contribution: worth,
		}
	}
	return terms
}
