package prioritize

import (
	"strings"
)

// TermEffect is how a [Term] enters its score.
type TermEffect uint8

// The effects. Terms that add form a sum; it is multiplied by every term that multiplies, and
// divided by the sum of those that divide. Terms that order decide one after the other.
const (
	Adds TermEffect = iota + 1
	Multiplies
	Divides
	Orders
)

var termEffects = &enum[TermEffect]{
	kind: "TermEffect", field: "effect", texts: []string{"adds", "multiplies", "divides", "orders"},
}

// String returns "adds", "multiplies", "divides" or "orders".
func (e TermEffect) String() string { return termEffects.text(e) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (e TermEffect) MarshalText() ([]byte, error) { return termEffects.marshal(e) }

// UnmarshalText reads the text form in any letter case, with words joined by "-", "_" or a space.
// Anything else is a [*FieldError].
func (e *TermEffect) UnmarshalText(text []byte) error { return termEffects.unmarshal(text, e) }

// Term is one named part of a score. Its numbers are exact, hence scores themselves; a number that
// does not apply is left unscored.
type Term struct {
	Name         string     `json:"name"`
	Effect       TermEffect `json:"effect"`
	Value        Score      `json:"value,omitzero"`
	Text         string     `json:"text"`                  // the value where it is a word: "must"
	Weight       Score      `json:"weight,omitzero"`       // the factor before Value; unscored counts as 1
	Contribution Score      `json:"contribution,omitzero"` // what a term that adds contributes to the whole score
	Parts        []Term     `json:"parts"`                 // the terms of Value, where it is the score of another method
}

// Explainer is a [Method] that can return the terms of the score of one item.
type Explainer[A any] interface {
	Terms(in A) []Term
}

// SetExplainer is a [Method] whose terms depend on the whole set, as shares do. TermsOf prepares
// once; the function it returns gives the terms of the input with index i.
type SetExplainer[A any] interface {
	TermsOf(inputs []A) (func(i int) []Term, error)
}

// Sentence writes terms and the score they make as one line: "(8 + 5 + 13) / 5 = 5.2". The score is
// rounded half-up to scale digits after the point if it has more, as is each other number that has more than
// four; "≈" replaces "=" if a number was rounded. Without a score it is the formula alone.
func Sentence(terms []Term, score Score, scale int32) string {
	var sum, factors, divisors, orders []string
	exact := true
	for _, t := range terms {
		switch t.Effect {
		case Adds:
			sum = append(sum, t.weighted(scale, &exact))
		case Multiplies:
			factors = append(factors, t.weighted(scale, &exact))
		case Divides:
			divisors = append(divisors, t.weighted(scale, &exact))
		case Orders:
			orders = append(orders, t.ordering(scale))
		}
	}
	formula := join(sum, len(factors)+len(divisors) > 0)
	if formula != "" {
		factors = append([]string{formula}, factors...)
	}
	formula = strings.Join(factors, " × ")
	if divisor := join(divisors, true); divisor != "" {
		formula += " / " + divisor
	}
	if formula != "" {
		orders = append(orders, formula+equals(score, scale, exact))
	}
	return strings.Join(orders, ", then ")
}

// weighted writes a term with its weight, and sets exact to false if a number is rounded.
func (t Term) weighted(scale int32, exact *bool) string {
	value := t.Text
	if value == "" {
		value = t.Value.display(scale, exact)
	}
	if !t.Weight.IsScored() {
		return value
	}
	return t.Weight.display(scale, exact) + " × " + value
}

func (t Term) ordering(scale int32) string {
	if len(t.Parts) > 0 {
		return t.Name + " " + Sentence(t.Parts, t.Value, scale)
	}
	exact := true
	return t.weighted(scale, &exact)
}

// join writes a sum, in brackets when more than one term stands in a larger formula.
func join(terms []string, brackets bool) string {
	var b strings.Builder
	for i, t := range terms {
		switch negative, ok := strings.CutPrefix(t, "-"); {
		case i == 0:
			b.WriteString(t)
		case ok:
			b.WriteString(" - " + negative)
		default:
			b.WriteString(" + " + t)
		}
	}
	if brackets && (len(terms) > 1 || strings.Contains(b.String(), " × ")) {
		return "(" + b.String() + ")"
	}
	return b.String()
}

// equals writes the score after the formula; exact reports whether the numbers of that are.
func equals(s Score, scale int32, exact bool) string {
	if !s.IsScored() {
		return ""
	}
	text := s.String()
	if rounded := s.At(scale); !Value(rounded).InClass(s.class).Equal(s) {
		text, exact = rounded.StringFixed(scale), false
	}
	if exact {
		return " = " + text
	}
	return " ≈ " + text
}

// display writes a number of a formula exactly if it has at most scale digits after the point, or four. It
// rounds any other to scale digits, and sets exact to false.
func (s Score) display(scale int32, exact *bool) string {
	if !s.IsScored() {
		return s.String()
	}
	if digits, finite := finiteScale(s.Rat().Denom()); finite && digits <= max(scale, 4) {
		return s.String()
	}
	*exact = false
	return s.At(scale).String()
}
