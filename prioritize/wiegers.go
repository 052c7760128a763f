package prioritize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// WiegersInput holds what [Wiegers] scores one feature by. The four are relative estimates,
// by custom from 1 to 9, but any number will do.
type WiegersInput struct {
	Benefit decimal.Decimal `json:"benefit"` // of having it, >= 0
	Penalty decimal.Decimal `json:"penalty"` // of not having it, >= 0
	Cost    decimal.Decimal `json:"cost"`    // >= 0
	Risk    decimal.Decimal `json:"risk"`    // >= 0
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in WiegersInput) Validate() error { return validate(wiegersFactors, in) }

// Wiegers is value % / (cost % × cost weight + risk % × risk weight), highest first. The value of a
// feature is benefit × benefit weight + penalty × penalty weight, and each percentage is the
// feature's part in the sum over all features: benefit and penalty are weighted before it is taken,
// cost and risk after. Equal scores are a tie. A weight that is not set is 1.
//
// Source: Karl Wiegers, "First things first: prioritizing requirements", Software Development,
// 1999. [RelativeWeighting] is the same without risk.
type Wiegers struct {
	BenefitWeight, PenaltyWeight, CostWeight, RiskWeight decimal.NullDecimal // >= 0
}

// RelativeWeighting is value % / cost %: [Wiegers] without risk, by custom rated from 0 to 9.
//
// Source: Mike Cohn, Agile Estimating and Planning, 2005, chapter 9.
func RelativeWeighting() Wiegers {
	return Wiegers{RiskWeight: decimal.NewNullDecimal(decimal.Decimal{})}
}

// WiegersRow is one line of the worksheet. All figures are exact.
type WiegersRow struct {
	Value        Score `json:"value,omitzero"`         // weighted benefit + weighted penalty
	ValuePercent Score `json:"value_percent,omitzero"` // of the sum over all features
	CostPercent  Score `json:"cost_percent,omitzero"`  // likewise, not weighted; 0 where no feature has a cost
	RiskPercent  Score `json:"risk_percent,omitzero"`  // likewise, not weighted; 0 where no feature has a risk
	Priority     Score `json:"priority,omitzero"`      // value % / (cost % × cost weight + risk % × risk weight)
}

// Table returns the worksheet, one row a feature in input order. Negative values, negative weights
// and a feature whose weighted cost and risk are both 0 are errors, joined.
func (m Wiegers) Table(inputs []WiegersInput) ([]WiegersRow, error) {
	errs := []error{joinFields(
		checkNotNegative("benefit weight", m.BenefitWeight.Decimal),
		checkNotNegative("penalty weight", m.PenaltyWeight.Decimal),
		checkNotNegative("cost weight", m.CostWeight.Decimal),
		checkNotNegative("risk weight", m.RiskWeight.Decimal),
	)}
	n := len(inputs)
	value, cost, risk := make([]Score, n), make([]Score, n), make([]Score, n)
	benefitWeight := orDefault(m.BenefitWeight, Integer(1))
	penaltyWeight := orDefault(m.PenaltyWeight, Integer(1))
	for i, in := range inputs {
		if err := in.Validate(); err != nil {
			errs = append(errs, &ItemError{Index: i, Err: err})
		}
		value[i] = benefitWeight.Mul(Value(in.Benefit)).Add(penaltyWeight.Mul(Value(in.Penalty)))
		cost[i], risk[i] = Value(in.Cost), Value(in.Risk)
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	rows := make([]WiegersRow, len(inputs))
	valuePercent, costPercent, riskPercent := percentages(value), percentages(cost), percentages(risk)
	for i := range rows {
		rows[i] = WiegersRow{
			Value: value[i], ValuePercent: valuePercent(i),
			CostPercent: costPercent(i), RiskPercent: riskPercent(i),
		}
		burden := m.burden(rows[i])
		if burden.IsScored() && burden.Sign() == 0 {
			errs = append(errs, &ItemError{Index: i, Err: &FieldError{
				Field: "weighted cost % + risk %", Value: "0", Want: "> 0",
			}})
			continue
		}
		rows[i].Priority = rows[i].ValuePercent.Div(burden)
	}
	if err := fault.Join(errs...); err != nil {
		return nil, err
	}
	return rows, nil
}

// percentages returns each value as a percentage of the sum of all, and 0 when that is 0: what
// nobody has does not count.
func percentages(values []Score) func(i int) Score {
	sum := total(values)
	if sum.IsScored() && sum.Sign() == 0 {
		return func(int) Score { return Integer(0) }
	}
	hundredth := sum.Div(Integer(100))
	return func(i int) Score { return values[i].Div(hundredth) }
}

func (m Wiegers) burden(row WiegersRow) Score {
	cost := row.CostPercent.Mul(orDefault(m.CostWeight, Integer(1)))
	risk := row.RiskPercent.Mul(orDefault(m.RiskWeight, Integer(1)))
	return cost.Add(risk)
}

// Score returns the priority of each input as an exact fraction, with the errors of
// [Wiegers.Table].
func (m Wiegers) Score(inputs []WiegersInput) ([]Score, error) {
	rows, err := m.Table(inputs)
	if err != nil {
		return nil, err
	}
	scores := make([]Score, len(rows))
	for i, row := range rows {
		scores[i] = row.Priority
	}
	return scores, nil
}

// TermsOf returns the terms of the scores, in percentages of the set:
// "24.24 / (1 × 13.11 + 0 × 0) ≈ 1.85".
func (m Wiegers) TermsOf(inputs []WiegersInput) (func(i int) []Term, error) {
	rows, err := m.Table(inputs)
	if err != nil {
		return nil, err
	}
	costWeight, riskWeight := orDefault(m.CostWeight, Integer(1)), orDefault(m.RiskWeight, Integer(1))
	return func(i int) []Term {
		row := rows[i]
		terms := []Term{
			{Name: "value_percent", Effect: Adds, Value: row.ValuePercent, Contribution: row.Priority},
			{Name: "cost_percent", Effect: Divides, Value: row.CostPercent, Weight: costWeight},
		}
		if riskWeight.Sign() != 0 {
			terms = append(terms, Term{
				Name: "risk_percent", Effect: Divides, Value: row.RiskPercent, Weight: riskWeight,
			})
		}
		return terms
	}, nil
}

// Factors are benefit and penalty, which raise the score, and cost and risk, which lower it; risk is left out
// if its weight is 0. The units of cost and of risk do not matter.
func (m Wiegers) Factors() []Factor[WiegersInput] {
	if m.RiskWeight.Valid && m.RiskWeight.Decimal.IsZero() {
		return slices.Clone(wiegersFactors[:3])
	}
	return slices.Clone(wiegersFactors)
}

// wiegersFactors is never changed. What enters the score are percentages.
var wiegersFactors = func() []Factor[WiegersInput] {
	type input = WiegersInput
	factors := []Factor[input]{
		benefit("benefit", func(in *input) *decimal.Decimal { return &in.Benefit }),
		benefit("penalty", func(in *input) *decimal.Decimal { return &in.Penalty }),
		benefit("cost", func(in *input) *decimal.Decimal { return &in.Cost }).scaling(),
		benefit("risk", func(in *input) *decimal.Decimal { return &in.Risk }).scaling(),
	}
	for i := range factors {
		factors[i].Effect = 0
	}
	factors[2].Direction, factors[3].Direction = -1, -1
	return factors
}()
