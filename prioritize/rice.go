package prioritize

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// RICEInput holds what [RICE] scores one item by.
type RICEInput struct {
	// Reach is how many people or events it touches in one period, the same for all items; >= 0.
	Reach decimal.Decimal `json:"reach"`
	// Impact is how much it does for each of them; >= 0, by custom 3, 2, 1, 0.5 or 0.25.
	Impact decimal.Decimal `json:"impact"`
	// Confidence is a fraction in (0, 1], by custom 1, 0.8 or 0.5. Without it there is no score,
	// unless RICE has a default.
	Confidence decimal.NullDecimal `json:"confidence,omitzero"`
	// Effort is in person-months; > 0.
	Effort decimal.Decimal `json:"effort"`
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in RICEInput) Validate() error { return validate(riceFactors, in) }

// RICE is reach × impact × confidence / effort, highest first. Equal scores are a tie; the higher
// confidence breaks it, then the lower effort.
//
// Source: Sean McBride, "RICE: Simple prioritization for product managers", Intercom, 2016.
type RICE struct {
	// DefaultConfidence is used for items without one; when not valid, such items are unscored.
	DefaultConfidence decimal.NullDecimal
}

// Score scores each input by [RICE.ScoreItem].
func (m RICE) Score(inputs []RICEInput) ([]Score, error) { return Each(inputs, m.ScoreItem) }

// ScoreItem returns reach × impact × confidence / effort as an exact fraction. A negative reach or
// impact, a confidence outside (0, 1] or an effort of zero or less is a [*FieldError].
func (m RICE) ScoreItem(in RICEInput) (Score, error) {
	confidence := m.confidence(in.Confidence)
	reach, impact, effort := Value(in.Reach), Value(in.Impact), Value(in.Effort)
	if !reach.atLeast0() || !impact.atLeast0() || !effort.atLeast0() || effort.num == 0 ||
		confidence.num <= 0 || confidence.num > confidence.den {
		err := in.Validate()
		if !in.Confidence.Valid {
			err = fault.Join(err, m.Validate())
		}
		if err != nil {
			return Score{}, err
		}
	}
	score := reach.Mul(impact).Mul(confidence).Div(effort)
	return score, score.Err()
}

// Validate returns a [*FieldError] for a default confidence outside (0, 1], or nil.
func (m RICE) Validate() error {
	if !m.DefaultConfidence.Valid {
		return nil
	}
	return joinFields(riceFactors[2].check("default confidence", m.DefaultConfidence.Decimal))
}

func (m RICE) confidence(given decimal.NullDecimal) Score {
	switch {
	case given.Valid:
		return Value(given.Decimal)
	case m.DefaultConfidence.Valid:
		return Value(m.DefaultConfidence.Decimal)
	}
	return Score{rest: confidenceMissing}
}

// confidenceMissing is shared by all scores it makes, and never changed.
var confidenceMissing = &beyond{reason: "confidence is missing"}

// TieKeys puts the higher confidence first, then the lower effort.
func (m RICE) TieKeys() []func(RICEInput) Score {
	return []func(RICEInput) Score{
		func(in RICEInput) Score { return m.confidence(in.Confidence) },
		func(in RICEInput) Score { return Value(in.Effort).Neg() },
	}
}

// Terms returns the terms of the score: "5000 × 2 × 0.8 / 2 = 4000".
func (m RICE) Terms(in RICEInput) []Term {
	if !in.Confidence.Valid {
		in.Confidence = m.DefaultConfidence
	}
	return terms(riceFactors, in)
}

// Factors are reach, impact and confidence, which raise the score, and effort, which lowers it.
func (RICE) Factors() []Factor[RICEInput] { return slices.Clone(riceFactors) }

// riceFactors is never changed.
var riceFactors = func() []Factor[RICEInput] {
	confidence := Factor[RICEInput]{
		Name: "confidence", Also: []string{"conf"},
		Get: func(in RICEInput) (decimal.Decimal, bool) { return in.Confidence.Decimal, in.Confidence.Valid },
		With: func(in RICEInput, value decimal.Decimal) RICEInput {
			in.Confidence = decimal.NewNullDecimal(value)
			return in
		},
		Without: func(in RICEInput) RICEInput {
			in.Confidence = decimal.NullDecimal{}
			return in
		},
		Least: decimal.NewNullDecimal(decimal.Zero), Open: true,
		Most:      decimal.NewNullDecimal(decimal.NewFromInt(1)),
		Direction: 1, Effect: Multiplies, LinearFractional: true,
	}
	impact := benefit("impact", func(in *RICEInput) *decimal.Decimal { return &in.Impact }).multiplying().scaling()
	impact.Words = map[string]decimal.Decimal{
		"massive": riceImpacts[0], "high": riceImpacts[1], "medium": riceImpacts[2],
		"low": riceImpacts[3], "minimal": riceImpacts[4],
	}
	return []Factor[RICEInput]{
		benefit("reach", func(in *RICEInput) *decimal.Decimal { return &in.Reach }).multiplying().scaling(),
		impact,
		confidence,
		cost("effort", func(in *RICEInput) *decimal.Decimal { return &in.Effort }).scaling(),
	}
}()

// Approximate is the score in floating point, for [Stability].
func (m RICE) Approximate(v []float64) float64 {
	confidence := v[2]
	if math.IsNaN(confidence) {
		confidence = m.DefaultConfidence.Decimal.InexactFloat64()
	}
	return v[0] * v[1] * confidence / v[3]
}

// CheckScale returns every departure from the published levels, joined, each as an [*ItemError]: an
// impact other than 3, 2, 1, 0.5 and 0.25, a confidence other than 1, 0.8 and 0.5, an effort that is
// neither 0.5 nor whole. Scoring does not ask for it.
func (RICE) CheckScale(inputs []RICEInput) error {
	var errs []error
	for i, in := range inputs {
		found := []*FieldError{onScale("impact", in.Impact, riceImpacts)}
		if in.Confidence.Valid {
			found = append(found, onScale("confidence", in.Confidence.Decimal, riceConfidences))
		}
		found = append(found, checkRICEEffort(in.Effort))
		for _, err := range found {
			if err != nil {
				errs = append(errs, &ItemError{Index: i, Err: err})
			}
		}
	}
	return fault.Join(errs...)
}

// The published levels, never changed.
var (
	riceImpacts     = steps("3", "2", "1", "0.5", "0.25")
	riceLeastEffort = decimal.New(5, -1)
	riceConfidences = steps("1", "0.8", "0.5")
)

func checkRICEEffort(effort decimal.Decimal) *FieldError {
	if err := checkPositive("effort", effort); err != nil {
		return err
	}
	if effort.IsInteger() || effort.Equal(riceLeastEffort) {
		return nil
	}
	return &FieldError{Field: "effort", Value: bounds.Text(effort), Want: "0.5 or a whole number of person-months"}
}
