package roadmap

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ObjectiveID is the id of an [Objective].
type ObjectiveID = story.Identity[Objective]

// Objective is what is to be achieved, with the key results it is measured by (OKR).
//
// It is a plain value. Its slices are shared by a copy; [Objective.Clone] makes an independent one.
type Objective struct {
	ID         ObjectiveID `json:"id"`
	Title      string      `json:"title"`
	KeyResults []KeyResult `json:"key_results"`
}

// KeyResult is one result that can be measured. Its score is how far the value went from the
// baseline to the target, at least 0 and at most 1. A milestone has the target 1 and the value 0 or
// 1.
type KeyResult struct {
	Title    string          `json:"title"`
	Baseline decimal.Decimal `json:"baseline,omitzero"`
	Target   decimal.Decimal `json:"target"`
	Value    decimal.Decimal `json:"value"`
	Weight   decimal.Decimal `json:"weight,omitzero"` // against the others; all zero means all equal
}

// MaxKeyResults is how many key results an objective may have.
const MaxKeyResults = 100

// Clone returns a copy that shares nothing with o.
func (o Objective) Clone() Objective {
	o.KeyResults = slices.Clone(o.KeyResults)
	return o
}

// Progress returns how far the key result is, exact, at least nothing and at most all of it.
func (k KeyResult) Progress() Progress {
	progress := Progress{Done: k.Value.Sub(k.Baseline), Total: k.Target.Sub(k.Baseline)}
	if progress.Total.Sign() < 0 {
		progress.Done, progress.Total = progress.Done.Neg(), progress.Total.Neg()
	}
	progress.Done = decimal.Max(decimal.Zero, decimal.Min(progress.Done, progress.Total))
	return progress
}

// Score returns the weighted mean of the key results' scores, from 0 to 1, exact until it is rounded
// half-up to scale decimals. It returns the error of [Objective.Validate] for an invalid objective.
//
// Source: John Doerr, Measure What Matters, 2018; re:Work by Google, Set goals with OKRs.
func (o Objective) Score(scale int32) (decimal.Decimal, error) {
	if err := o.Validate(); err != nil {
		return decimal.Decimal{}, err
	}
	one := decimal.NewFromInt(1)
	weighted := slices.ContainsFunc(o.KeyResults, func(k KeyResult) bool { return !k.Weight.IsZero() })
	sum, common, weights := decimal.Zero, one, decimal.Zero // the score is sum / common / weights
	for _, result := range o.KeyResults {
		weight := one
		if weighted {
			weight = result.Weight
		}
		progress := result.Progress()
		sum = sum.Mul(progress.Total).Add(progress.Done.Mul(weight).Mul(common))
		common = common.Mul(progress.Total)
		weights = weights.Add(weight)
	}
	return sum.DivRound(common.Mul(weights), scale), nil
}

// Validate reports everything that is wrong with o: no key results, a target that is the baseline,
// negative weights.
func (o Objective) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "objective.id", o.ID),
		field.CheckTitle("roadmap", "objective.title", o.Title),
	}
	if n := len(o.KeyResults); n == 0 || n > MaxKeyResults {
		return field.Join(append(errs, field.CheckWhole("roadmap", "objective.key_results", n, 1, MaxKeyResults))...)
	}
	for i, result := range o.KeyResults {
		errs = append(errs, field.Within(field.Index("objective.key_results", i), result.Validate()))
	}
	return field.Join(errs...)
}

// Validate reports everything that is wrong with k.
func (k KeyResult) Validate() error {
	numbers := field.Join(
		field.CheckNumber("roadmap", "baseline", k.Baseline),
		field.CheckNumber("roadmap", "target", k.Target),
		field.CheckNumber("roadmap", "value", k.Value),
		field.CheckNumber("roadmap", "weight", k.Weight),
	)
	errs := []error{field.CheckTitle("roadmap", "title", k.Title), numbers}
	if numbers == nil && k.Target.Equal(k.Baseline) {
		errs = append(errs, fieldError("target", k.Target.String(), "another value than the baseline, "+k.Baseline.String()))
	}
	if numbers == nil && k.Weight.Sign() < 0 {
		errs = append(errs, fieldError("weight", k.Weight.String(), "0 or more"))
	}
	return field.Join(errs...)
}

// ScoreBand is the colour that a score of an objective is shown in. The zero value is unset.
type ScoreBand uint8

// The bands, from a score rounded half-up to one decimal: 0.0 to 0.3, 0.4 to 0.6, 0.7 to 1.0.
const (
	Red ScoreBand = iota + 1
	Yellow
	Green
)

// ScoreBandOf returns the band of a score. Rounding to one decimal comes first, since the published bands
// leave gaps between them.
func ScoreBandOf(score decimal.Decimal) ScoreBand {
	switch tenths := score.Shift(1).Round(0); {
	case tenths.Cmp(decimal.NewFromInt(7)) >= 0:
		return Green
	case tenths.Cmp(decimal.NewFromInt(4)) >= 0:
		return Yellow
	default:
		return Red
	}
}

var scoreBands = field.EnumOf[ScoreBand]("roadmap", "ScoreBand", "red", "yellow", "green")

// IsValid reports whether b is one of the three bands. Unset is not.
func (b ScoreBand) IsValid() bool { return scoreBands.IsValid(b) }

// String returns the text form.
func (b ScoreBand) String() string { return scoreBands.String(b) }

// MarshalText returns the text form.
func (b ScoreBand) MarshalText() ([]byte, error) { return scoreBands.MarshalText(b) }

// UnmarshalText reads the text form; b stays as it was on an error.
func (b *ScoreBand) UnmarshalText(text []byte) error { return scoreBands.UnmarshalText(b, text) }
