package pairwise

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Ratio is how many times as much one thing is as another, exactly: 3, 1/3, 0.25. It is above 0;
// the zero value is "not compared". Compare ratios as scores, not with ==.
type Ratio struct {
	_        [0]func()
	num, den decimal.Decimal
}

// maxRatioText bounds what ParseRatio reads: two decimals as long as they may be.
const maxRatioText = 2*bounds.TextLength + 1

const wantRatio = `a ratio > 0 such as "3", "1/3" or "0.25"`

// NewRatio returns num / den. A value of zero or less, or one outside the bounds of the package, is
// a [*prioritize.FieldError].
func NewRatio(num, den decimal.Decimal) (Ratio, error) {
	if err := fault.Join(
		wrong("numerator", num, bounds.Positive(num)), wrong("denominator", den, bounds.Positive(den)),
	); err != nil {
		return Ratio{}, err
	}
	return Ratio{num: num, den: den}, nil
}

// ParseRatio reads a decimal or a fraction of two: "3", "0.25", "1/3". Anything else is a
// [*prioritize.FieldError].
func ParseRatio(s string) (Ratio, error) {
	invalid := func() (Ratio, error) {
		return Ratio{}, &prioritize.FieldError{Field: "ratio", Value: bounds.Quote(s), Want: wantRatio}
	}
	if len(s) > maxRatioText {
		return invalid()
	}
	above, below, isFraction := strings.Cut(s, "/")
	if !isFraction {
		below = "1"
	}
	num, err1 := decimal.NewFromString(strings.TrimSpace(above))
	den, err2 := decimal.NewFromString(strings.TrimSpace(below))
	if err1 != nil || err2 != nil {
		return invalid()
	}
	r, err := NewRatio(num, den)
	if err != nil {
		return invalid()
	}
	return r, nil
}

// MustRatio is [ParseRatio] for text that the program itself holds. It panics on an error.
func MustRatio(s string) Ratio {
	r, err := ParseRatio(s)
	if err != nil {
		panic(err)
	}
	return r
}

// IsZero reports whether r is the zero value, "not compared".
func (r Ratio) IsZero() bool { return r.den.Sign() == 0 }

// Inverse returns 1 / r. That of the zero value is the zero value.
func (r Ratio) Inverse() Ratio { return Ratio{num: r.den, den: r.num} }

// Score returns the exact fraction, unscored for the zero value.
func (r Ratio) Score() prioritize.Score {
	if r.IsZero() {
		return prioritize.Unscored("not compared")
	}
	return prioritize.Value(r.num).Div(prioritize.Value(r.den))
}

// String returns what [ParseRatio] reads, or "" for the zero value.
func (r Ratio) String() string {
	switch {
	case r.IsZero():
		return ""
	case r.den.Equal(decimal.NewFromInt(1)):
		return decimalText(r.num)
	}
	return decimalText(r.num) + "/" + decimalText(r.den)
}

// decimalText is d in as few characters as its coefficient and its exponent take.
func decimalText(d decimal.Decimal) string {
	if exp := d.Exponent(); exp > 0 || exp < -bounds.Digits {
		return d.Coefficient().String() + "e" + strconv.Itoa(int(exp))
	}
	return d.String()
}

// MarshalText writes the text form.
func (r Ratio) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what [ParseRatio] reads, and nothing as the zero value.
func (r *Ratio) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Ratio{}
		return nil
	}
	parsed, err := ParseRatio(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}
