package prioritize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// ValueEffortInput holds the factors by which [ValueEffort] scores one item, in any units.
type ValueEffortInput struct {
	Value  decimal.Decimal `json:"value"`  // >= 0
	Effort decimal.Decimal `json:"effort"` // > 0
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in ValueEffortInput) Validate() error { return validate(valueEffortFactors, in) }

// ValueEffort is value / effort, highest first. Equal quotients are a tie.
// [ValueEffortInput.Quadrant] places an item in the matrix of the same name.
//
// Source: common practice, without a known author; as a cost-value approach in Joachim Karlsson and
// Kevin Ryan, "A cost-value approach for prioritizing requirements", 1997.
type ValueEffort struct{}

// Score scores each input by [ValueEffort.ScoreItem].
func (m ValueEffort) Score(inputs []ValueEffortInput) ([]Score, error) {
	return Each(inputs, m.ScoreItem)
}

// ScoreItem returns value / effort as an exact fraction.
// A negative value or an effort of zero or less is a [*FieldError].
func (ValueEffort) ScoreItem(in ValueEffortInput) (Score, error) {
	num, den := Value(in.Value), Value(in.Effort)
	if !num.atLeast0() || !den.atLeast0() || den.num == 0 {
		if err := in.Validate(); err != nil {
			return Score{}, err
		}
	}
	score := num.Div(den)
	return score, score.Err()
}

// Terms returns the terms of the score: "8 / 2 = 4".
func (ValueEffort) Terms(in ValueEffortInput) []Term { return terms(valueEffortFactors, in) }

// Factors are the value, which raises the score, and the effort, which lowers it.
func (ValueEffort) Factors() []Factor[ValueEffortInput] { return slices.Clone(valueEffortFactors) }

// valueEffortFactors is never changed.
var valueEffortFactors = []Factor[ValueEffortInput]{
	benefit("value", func(in *ValueEffortInput) *decimal.Decimal { return &in.Value }).
		scaling().named("business value", "valore", "benefit"),
	cost("effort", func(in *ValueEffortInput) *decimal.Decimal { return &in.Effort }).
		scaling().named("sforzo", "size", "cost"),
}

// Approximate is the score in floating point, for [Stability].
func (ValueEffort) Approximate(v []float64) float64 { return v[0] / v[1] }

// Quadrant is a field of the value versus effort matrix.
type Quadrant uint8

// The quadrants, in the order in which they are usually taken up.
const (
	QuickWin Quadrant = iota + 1 // high value, low effort
	BigBet                       // high value, high effort
	FillIn                       // low value, low effort
	MoneyPit                     // low value, high effort
)

// Quadrant returns the field of the matrix that the item is in, given the value and the effort, both > 0, from
// which on these are high. No source fixes them. Impossible values of either are [*FieldError] values, joined.
func (in ValueEffortInput) Quadrant(line ValueEffortInput) (Quadrant, error) {
	if err := fault.Join(in.Validate(), joinFields(
		checkPositive("value threshold", line.Value),
		checkPositive("effort threshold", line.Effort),
	)); err != nil {
		return 0, err
	}
	valuable := in.Value.Cmp(line.Value) >= 0
	laborious := in.Effort.Cmp(line.Effort) >= 0
	switch {
	case valuable && !laborious:
		return QuickWin, nil
	case valuable:
		return BigBet, nil
	case !laborious:
		return FillIn, nil
	}
	return MoneyPit, nil
}

var quadrants = &enum[Quadrant]{
	kind: "Quadrant", field: "quadrant", texts: []string{"quick win", "big bet", "fill-in", "money pit"},
}

// String returns "quick win", "big bet", "fill-in" or "money pit".
func (q Quadrant) String() string { return quadrants.text(q) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (q Quadrant) MarshalText() ([]byte, error) { return quadrants.marshal(q) }

// UnmarshalText reads the text form in any letter case, with words joined by "-", "_" or a space.
// Anything else is a [*FieldError].
func (q *Quadrant) UnmarshalText(text []byte) error { return quadrants.unmarshal(text, q) }
