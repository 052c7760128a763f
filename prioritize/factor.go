package prioritize

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
)

// Factor is one number that a method reads from an input of type A: how to get at it, and what is
// known of its effect. Sensitivity, stability and the laws of prioritizetest work on factors.
type Factor[A any] struct {
	Name string   // as in JSON: "job_size"
	Also []string // other names in use for it, which [Candidates] finds columns by
	// Words are texts that stand for a number, in lower case and of letters and digits only: "high".
	Words map[string]decimal.Decimal
	// Get returns the number, or false when the input leaves it out.
	Get func(in A) (decimal.Decimal, bool)
	// With returns a copy of the input that has another number, and shares nothing that is changed.
	With func(in A, value decimal.Decimal) A
	// Without returns a copy that leaves the number out; nil for one that cannot be left out.
	Without func(in A) A

	Least decimal.NullDecimal // the lowest number allowed, if there is one
	Most  decimal.NullDecimal // the highest, if there is one
	Open  bool                // whether Least itself is not allowed: > 0 rather than >= 0

	// Direction is 1 when raising the number never lowers the score, -1 when it never raises it, and
	// 0 when neither can be said.
	Direction int
	// Scales reports whether multiplying the number of every item by one positive constant leaves the order.
	Scales bool
	// Effect is how the number itself enters the score, as a [Term]; 0 when it does not as it is.
	Effect TermEffect
	// LinearFractional reports whether the score of the item is (a·x + b) / (c·x + d) in this number x, over all
	// that is allowed: a sum, a product or a quotient. Break-evens then have a closed form.
	LinearFractional bool

	at func(in *A) *decimal.Decimal // what Get returns, without a copy; nil where there is more to it
}

// Factored is a [Method] that names its factors.
//
// It may also have a method Approximate(values []float64) float64, which scores fast and inexactly for the many
// draws of [Stability]: the values are in the order of Factors, NaN for one that is left out, and the result is the
// fraction within a few units in the last place. Where products are added up, they must be written
// float64(x*y) + z, so that no platform fuses them into another result.
type Factored[A any] interface {
	Factors() []Factor[A]
}

type approximator interface {
	Approximate(values []float64) float64
}

// Validate returns a [*FieldError] for each number of an input that the factor of the method does not allow,
// joined in the order of the factors, or nil. A number that is left out is allowed.
func Validate[A any](m Factored[A], in A) error {
	factors := slices.Clone(m.Factors())
	for i := range factors {
		factors[i].at = nil // a method may have made a factor of its own of one of ours
	}
	return validate(factors, in)
}

// validate is [Validate] for factors as this package declares them.
func validate[A any](factors []Factor[A], in A) error {
	var problems []*FieldError
	for i := range factors {
		f := &factors[i]
		var value decimal.Decimal
		if f.at != nil {
			value = *f.at(&in) // Get would copy the input for each factor
		} else if known, ok := f.Get(in); ok {
			value = known
		} else {
			continue
		}
		if err := f.check(f.Name, value); err != nil {
			problems = append(problems, err)
		}
	}
	return joinFields(problems...)
}

// terms returns a term for each factor that enters the score as it is, and the others given. The sum of those
// that divide is part of what each that adds contributes.
func terms[A any](factors []Factor[A], in A, others ...Term) []Term {
	list, divisor := make([]Term, 0, len(factors)+len(others)), Score{}
	for i := range factors {
		f := &factors[i]
		if f.Effect == 0 {
			continue
		}
		value := Unscored(f.Name + " is missing")
		if d, ok := f.Get(in); ok {
			value = Value(d)
		}
		list = append(list, Term{Name: f.Name, Effect: f.Effect, Value: value})
	}
	list = append(list, others...)
	for _, t := range list {
		if t.Effect == Divides && divisor.IsScored() {
			divisor = divisor.Add(t.Value)
		} else if t.Effect == Divides {
			divisor = t.Value
		}
	}
	for i := range list {
		if t := &list[i]; t.Effect == Adds {
			t.Contribution = t.Value
			if divisor.IsScored() {
				t.Contribution = t.Value.Div(divisor)
			}
		}
	}
	return list
}

// allows reports whether the number is within the bounds of the factor.
func (f *Factor[A]) allows(x Score) bool {
	if f.Least.Valid {
		if c := x.Compare(Value(f.Least.Decimal)); c < 0 || c == 0 && f.Open {
			return false
		}
	}
	return !f.Most.Valid || x.Compare(Value(f.Most.Decimal)) <= 0
}

// allowsDecimal is allows for a decimal within the bounds of all.
func (f *Factor[A]) allowsDecimal(d decimal.Decimal) bool {
	if f.Least.Valid && f.Least.Decimal.IsZero() && !f.Most.Valid { // then its sign is enough
		return d.Sign() > 0 || d.Sign() == 0 && !f.Open
	}
	return f.allows(Value(d))
}

// check returns nil or an error with what is allowed.
func (f *Factor[A]) check(field string, d decimal.Decimal) *FieldError {
	if below := f.Least.Valid && f.Least.Decimal.Sign() >= 0 && d.Sign() < 0; !below {
		if err := checkBounds(field, d); err != nil || f.allowsDecimal(d) {
			return err
		}
	}
	return &FieldError{Field: field, Value: bounds.Text(d), Want: f.wanted()}
}

// wanted returns what is allowed: "> 0", "from 0 to 10".
func (f *Factor[A]) wanted() string {
	least, most := f.Least.Decimal, f.Most.Decimal
	switch {
	case f.Least.Valid && f.Most.Valid && f.Open:
		return fmt.Sprintf("a fraction in (%s, %s]", least, most)
	case f.Least.Valid && f.Most.Valid:
		return fmt.Sprintf("from %s to %s", least, most)
	case f.Least.Valid && f.Open:
		return "> " + least.String()
	case f.Least.Valid:
		return ">= " + least.String()
	}
	return "<= " + most.String()
}

// benefit is a factor >= 0 that raises a score, and cost one > 0 that lowers it, both of formulas
// that are a quotient. The field is a pointer into the input.
func benefit[A any](name string, field func(in *A) *decimal.Decimal) Factor[A] {
	return Factor[A]{
		Name: name,
		Get:  func(in A) (decimal.Decimal, bool) { return *field(&in), true },
		With: func(in A, value decimal.Decimal) A {
			*field(&in) = value
			return in
		},
		at:        field,
		Least:     decimal.NewNullDecimal(decimal.Zero),
		Direction: 1, Effect: Adds, LinearFractional: true,
	}
}

func cost[A any](name string, field func(in *A) *decimal.Decimal) Factor[A] {
	f := benefit(name, field)
	f.Direction, f.Open, f.Effect = -1, true, Divides
	return f
}

// named returns the factor with other names.
func (f Factor[A]) named(also ...string) Factor[A] {
	f.Also = also
	return f
}

// multiplying returns the factor as one of a product.
func (f Factor[A]) multiplying() Factor[A] {
	f.Effect = Multiplies
	return f
}

// scaling returns the factor as one that may be measured in any unit.
func (f Factor[A]) scaling() Factor[A] {
	f.Scales = true
	return f
}
