package prioritize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// WSJFInput holds what [WSJF] scores one item by. The four are relative estimates, by custom
// on the scale 1 2 3 5 8 13 20, but any number will do: see [WSJF.CheckScale]. The job size is one of them and
// nothing else: it is not taken from the estimate of a story in points. A caller who wants that copies it.
type WSJFInput struct {
	UserBusinessValue decimal.Decimal `json:"user_business_value"` // >= 0
	TimeCriticality   decimal.Decimal `json:"time_criticality"`    // >= 0
	RiskReduction     decimal.Decimal `json:"risk_reduction"`      // or opportunity enablement, >= 0
	JobSize           decimal.Decimal `json:"job_size"`            // > 0
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in WSJFInput) Validate() error { return validate(wsjfFactors, in) }

// CostOfDelay is the sum of the three values.
func (in WSJFInput) CostOfDelay() Score {
	exp := in.UserBusinessValue.Exponent()
	if sum, ok := in.costOfDelayAt(exp); ok {
		if s, ok := smallDecimal(sum, exp); ok {
			return s
		}
	}
	return Value(in.UserBusinessValue).Add(Value(in.TimeCriticality)).Add(Value(in.RiskReduction))
}

// costOfDelayAt is the sum of values written with one exponent, the usual case, without the detour
// over fractions. It is false for others and for what is negative.
func (in *WSJFInput) costOfDelayAt(exp int32) (int64, bool) {
	value, ok1 := coefficientAt(in.UserBusinessValue, exp)
	time, ok2 := coefficientAt(in.TimeCriticality, exp)
	risk, ok3 := coefficientAt(in.RiskReduction, exp)
	return value + time + risk, ok1 && ok2 && ok3
}

// costOfDelayOfEqual orders items of equal scores as CostOfDelay does, and reads one number in place
// of three: as much delayed per size, the higher cost of delay is that of the bigger job, but for 0.
func (in *WSJFInput) costOfDelayOfEqual() Score {
	if in.UserBusinessValue.IsZero() && in.TimeCriticality.IsZero() && in.RiskReduction.IsZero() {
		return Integer(0)
	}
	return Value(in.JobSize)
}

// WSJF is weighted shortest job first: cost of delay / job size, highest first, where the cost of
// delay is user-business value + time criticality + risk reduction or opportunity enablement.
// Equal scores are a tie; the higher cost of delay breaks it.
//
// Source: Scaled Agile Framework, "Weighted Shortest Job First", after Don Reinertsen,
// The Principles of Product Development Flow, 2009.
type WSJF struct{}

// Score scores each input by [WSJF.ScoreItem].
func (m WSJF) Score(inputs []WSJFInput) ([]Score, error) { return Each(inputs, m.ScoreItem) }

// ScoreItem returns the cost of delay / job size as an exact fraction.
// A negative value or a job size of zero or less is a [*FieldError].
func (WSJF) ScoreItem(in WSJFInput) (Score, error) {
	exp := in.JobSize.Exponent()
	if cost, ok := in.costOfDelayAt(exp); ok {
		if size, ok := coefficientAt(in.JobSize, exp); ok && size > 0 {
			return Score{num: cost, den: size}, nil
		}
	}
	value, time, risk := Value(in.UserBusinessValue), Value(in.TimeCriticality), Value(in.RiskReduction)
	size := Value(in.JobSize)
	if !value.atLeast0() || !time.atLeast0() || !risk.atLeast0() || !size.atLeast0() || size.num == 0 {
		if err := in.Validate(); err != nil {
			return Score{}, err
		}
	}
	score := value.Add(time).Add(risk).Div(size)
	return score, score.Err()
}

// TieKeys puts the higher cost of delay first.
func (WSJF) TieKeys() []func(WSJFInput) Score {
	return []func(WSJFInput) Score{WSJFInput.CostOfDelay}
}

// quickTieKeys are TieKeys for equal scores of m, or nil where m is not WSJF itself: what embeds it may have
// other scores.
func (WSJF) quickTieKeys(m any) []func(*WSJFInput) Score {
	if _, ok := m.(WSJF); !ok {
		return nil
	}
	return []func(*WSJFInput) Score{(*WSJFInput).costOfDelayOfEqual}
}

// Terms returns the terms of the score: "(8 + 5 + 13) / 5 = 5.2".
func (WSJF) Terms(in WSJFInput) []Term { return terms(wsjfFactors, in) }

// Factors are the three values, which raise the score, and the job size, which lowers it.
func (WSJF) Factors() []Factor[WSJFInput] { return slices.Clone(wsjfFactors) }

// wsjfFactors is never changed.
var wsjfFactors = []Factor[WSJFInput]{
	benefit("user_business_value", func(in *WSJFInput) *decimal.Decimal { return &in.UserBusinessValue }).
		named("business value", "user value", "bv", "ubv"),
	benefit("time_criticality", func(in *WSJFInput) *decimal.Decimal { return &in.TimeCriticality }).
		named("tc"),
	benefit("risk_reduction", func(in *WSJFInput) *decimal.Decimal { return &in.RiskReduction }).
		named("risk reduction / enablement", "risk reduction and opportunity enablement", "rr", "rroe", "rr & oe"),
	cost("job_size", func(in *WSJFInput) *decimal.Decimal { return &in.JobSize }).
		scaling().named("size", "js", "job duration"),
}

// Approximate is the score in floating point, for [Stability].
func (WSJF) Approximate(v []float64) float64 { return (v[0] + v[1] + v[2]) / v[3] }

// CheckScale returns every departure from the published scale, joined: an [*ItemError] for each value
// other than 1, 2, 3, 5, 8, 13 and 20, and a [*FieldError] for each column without a 1, which is
// what the others of the column are estimated against. Scoring does not ask for it.
func (m WSJF) CheckScale(inputs []WSJFInput) error {
	var errs []error
	factors := m.Factors()
	for i, in := range inputs {
		for _, f := range factors {
			d, _ := f.Get(in)
			if err := onScale(f.Name, d, wsjfScale); err != nil {
				errs = append(errs, &ItemError{Index: i, Err: err})
			}
		}
	}
	for _, f := range factors {
		if !slices.ContainsFunc(inputs, func(in WSJFInput) bool {
			d, _ := f.Get(in)
			return Value(d).Equal(Integer(1))
		}) {
			errs = append(errs, &FieldError{Field: f.Name, Value: "no 1", Want: "a 1 in the column"})
		}
	}
	return fault.Join(errs...)
}

// wsjfScale is the modified Fibonacci sequence, never changed.
var wsjfScale = steps("1", "2", "3", "5", "8", "13", "20")
