package prioritize

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Limits of coefficients, as decimals without an exponent: shifted to the exponent of another decimal,
// they compare with its coefficient in constant time, without a copy.
var (
	smallAbove = shifts(decimal.New(1<<62, 0))
	smallBelow = shifts(decimal.New(-1<<62, 0))
	addable    = shifts(decimal.New(1<<60, 0)) // seven of them fit 64 bits
)

// shifted is a limit at the exponents that numbers usually have, so that it need not be shifted for
// each of a million.
type shifted [32]decimal.Decimal

func shifts(limit decimal.Decimal) *shifted {
	var s shifted
	for i := range s {
		s[i] = limit.Shift(int32(i) - leastShift)
	}
	return &s
}

const leastShift = 24

func (s *shifted) at(exp int32) decimal.Decimal {
	if i := uint32(exp + leastShift); i < uint32(len(s)) {
		return s[i]
	}
	return s[leastShift].Shift(exp)
}

// pow10Small are the powers of ten that fit 64 bits.
var pow10Small = func() (table [19]int64) {
	table[0] = 1
	for i := 1; i < len(table); i++ {
		table[i] = 10 * table[i-1]
	}
	return table
}()

func pow10(exp int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(exp), nil) }

// smallCoefficient returns the coefficient of d when it is between -2^62 and 2^62.
func smallCoefficient(d decimal.Decimal) (int64, bool) {
	exp := d.Exponent()
	if d.Cmp(smallAbove.at(exp)) >= 0 || d.Sign() < 0 && d.Cmp(smallBelow.at(exp)) <= 0 {
		return 0, false
	}
	return d.CoefficientInt64(), true
}

// coefficientAt returns the coefficient of d when it is from 0 to 2^60 and d is written with the given
// exponent, a usual one.
func coefficientAt(d decimal.Decimal, exp int32) (int64, bool) {
	i := uint32(exp + leastShift)
	if d.Exponent() != exp || i >= uint32(len(addable)) || d.Cmp(addable[i]) >= 0 || d.Sign() < 0 {
		return 0, false
	}
	return d.CoefficientInt64(), true
}

// smallDecimal returns coef × 10^exp when its terms fit 64 bits.
func smallDecimal(coef int64, exp int32) (Score, bool) {
	switch {
	case coef == 0:
		return Score{den: 1}, exp >= -bounds.Exponent && exp <= bounds.Exponent
	case exp >= 0 && int(exp) < len(pow10Small):
		num, ok := mulInt(coef, pow10Small[exp])
		return Score{num: num, den: 1}, ok
	case exp < 0 && int(exp) > -len(pow10Small):
		return Score{num: coef, den: pow10Small[-exp]}, true
	}
	return Score{}, false
}

// bigDecimal returns a decimal that checkBounds has passed.
func bigDecimal(d decimal.Decimal) Score {
	coef, exp := d.Coefficient(), int64(d.Exponent())
	if exp >= 0 {
		return fraction(coef.Mul(coef, pow10(exp)), big.NewInt(1))
	}
	return fraction(coef, pow10(-exp))
}

// wrong returns nil, or an error about a field if there is something that is wanted of d.
func wrong(field string, d decimal.Decimal, want string) *FieldError {
	if want == "" {
		return nil
	}
	return &FieldError{Field: field, Value: bounds.Text(d), Want: want}
}

func checkBounds(field string, d decimal.Decimal) *FieldError { return wrong(field, d, bounds.Any(d)) }

func checkPositive(field string, d decimal.Decimal) *FieldError {
	return wrong(field, d, bounds.Positive(d))
}

func checkNotNegative(field string, d decimal.Decimal) *FieldError {
	return wrong(field, d, bounds.NotNegative(d))
}

// joinFields joins the problems in field order, or returns nil when there are none.
func joinFields(problems ...*FieldError) error { return joinErrors(problems) }

// joinErrors is errors.Join for errors of one type, nil ones among them left out.
func joinErrors[E interface {
	comparable
	error
}](problems []E) error {
	var none E
	var errs []error
	for _, p := range problems {
		if p != none {
			errs = append(errs, p)
		}
	}
	return fault.Join(errs...)
}

// eachJoined replaces each of the errors joined in err, as [errors.Join] does it.
func eachJoined(err error, replace func(error) error) error {
	if err == nil {
		return nil
	}
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return replace(err)
	}
	var errs []error
	for _, e := range many.Unwrap() {
		errs = append(errs, eachJoined(e, replace))
	}
	return fault.Join(errs...)
}
