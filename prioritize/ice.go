package prioritize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// ICEInput holds what [ICE] scores one item by. The three are by custom whole numbers from 1
// to 10, but any number will do: see [ICE.CheckScale].
type ICEInput struct {
	Impact     decimal.Decimal `json:"impact"`     // >= 0
	Confidence decimal.Decimal `json:"confidence"` // >= 0
	Ease       decimal.Decimal `json:"ease"`       // >= 0; the opposite of effort
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in ICEInput) Validate() error { return validate(iceFactors, in) }

// ICE is impact × confidence × ease, highest first. Equal scores are a tie.
//
// Source: Sean Ellis and Morgan Brown, Hacking Growth, 2017, who take the mean of the three; the
// product is Itamar Gilad's and the more common one today. The two can order items differently.
type ICE struct {
	// Mean scores by (impact + confidence + ease) / 3 in place of the product.
	Mean bool
}

// Score scores each input by [ICE.ScoreItem].
func (m ICE) Score(inputs []ICEInput) ([]Score, error) { return Each(inputs, m.ScoreItem) }

// ScoreItem returns the product or the mean, exactly. A negative value is a [*FieldError].
func (m ICE) ScoreItem(in ICEInput) (Score, error) {
	impact, confidence, ease := Value(in.Impact), Value(in.Confidence), Value(in.Ease)
	if !impact.atLeast0() || !confidence.atLeast0() || !ease.atLeast0() {
		if err := in.Validate(); err != nil {
			return Score{}, err
		}
	}
	score := impact.Mul(confidence).Mul(ease)
	if m.Mean {
		score = impact.Add(confidence).Add(ease).Div(Integer(3))
	}
	return score, score.Err()
}

// Terms returns the terms of the score: "8 × 7 × 5 = 280", or "(9 + 2 + 10) / 3 = 7".
func (m ICE) Terms(in ICEInput) []Term {
	if m.Mean {
		return terms(m.Factors(), in, Term{Name: "criteria", Effect: Divides, Value: Integer(3)})
	}
	return terms(iceFactors, in)
}

// Factors are the three, which all raise the score. The units do not matter to the product.
func (m ICE) Factors() []Factor[ICEInput] {
	factors := slices.Clone(iceFactors)
	if m.Mean {
		for i := range factors {
			factors[i].Scales, factors[i].Effect = false, Adds
		}
	}
	return factors
}

// iceFactors are those of the product, never changed.
var iceFactors = []Factor[ICEInput]{
	benefit("impact", func(in *ICEInput) *decimal.Decimal { return &in.Impact }).multiplying().scaling(),
	benefit("confidence", func(in *ICEInput) *decimal.Decimal { return &in.Confidence }).multiplying().scaling(),
	benefit("ease", func(in *ICEInput) *decimal.Decimal { return &in.Ease }).multiplying().scaling(),
}

// Approximate is the score in floating point, for [Stability].
func (m ICE) Approximate(v []float64) float64 {
	if m.Mean {
		return (v[0] + v[1] + v[2]) / 3
	}
	return v[0] * v[1] * v[2]
}

// CheckScale returns an [*ItemError] for each value that is not from 1 to 10, joined, or nil.
// Scoring does not ask for it.
func (m ICE) CheckScale(inputs []ICEInput) error {
	var errs []error
	factors := m.Factors()
	for i, in := range inputs {
		for _, f := range factors {
			d, _ := f.Get(in)
			if err := checkBetween(f.Name, d, 1, 10); err != nil {
				errs = append(errs, &ItemError{Index: i, Err: err})
			}
		}
	}
	return fault.Join(errs...)
}
