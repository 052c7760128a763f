package prioritize

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// OpportunityInput holds what [Opportunity] scores one outcome by that customers want.
type OpportunityInput struct {
	Importance   decimal.Decimal `json:"importance"`   // of the outcome, from 0 to 10
	Satisfaction decimal.Decimal `json:"satisfaction"` // with how it is reached today, from 0 to 10
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in OpportunityInput) Validate() error { return validate(opportunityFactors, in) }

// Opportunity is importance + max(importance - satisfaction, 0), highest first: what matters most
// and is served worst. Scores go from 0 to 20; equal ones are a tie. [Opportunity.Band] returns the band
// of a score, [OpportunitySurvey] starts from the answers to a survey.
//
// Source: Anthony Ulwick, What Customers Want, 2005, chapter 3.
type Opportunity struct{}

// Score scores each input by [Opportunity.ScoreItem].
func (m Opportunity) Score(inputs []OpportunityInput) ([]Score, error) {
	return Each(inputs, m.ScoreItem)
}

// ScoreItem returns the score, exactly. A value outside 0 to 10 is a [*FieldError].
func (Opportunity) ScoreItem(in OpportunityInput) (Score, error) {
	if err := in.Validate(); err != nil {
		return Score{}, err
	}
	return opportunity(Value(in.Importance), Value(in.Satisfaction)), nil
}

// Terms returns the terms of the score: "9 + 6 = 15", the second term being what is lacking.
func (Opportunity) Terms(in OpportunityInput) []Term {
	return opportunityTerms(Value(in.Importance), Value(in.Satisfaction))
}

// Factors are the importance, which raises the score, and the satisfaction, which lowers it until
// it reaches the importance.
func (Opportunity) Factors() []Factor[OpportunityInput] { return slices.Clone(opportunityFactors) }

// opportunityFactors is never changed.
var opportunityFactors = func() []Factor[OpportunityInput] {
	type input = OpportunityInput
	factors := []Factor[input]{
		benefit("importance", func(in *input) *decimal.Decimal { return &in.Importance }),
		benefit("satisfaction", func(in *input) *decimal.Decimal { return &in.Satisfaction }),
	}
	factors[1].Direction = -1
	for i := range factors {
		factors[i].Most = decimal.NewNullDecimal(decimal.NewFromInt(10))
		factors[i].LinearFractional, factors[i].Effect = false, 0 // the second as a gap only
	}
	return factors
}()

// Approximate is the score in floating point, for [Stability].
func (Opportunity) Approximate(v []float64) float64 { return v[0] + max(v[0]-v[1], 0) }

func opportunity(importance, satisfaction Score) Score {
	return importance.Add(gap(importance, satisfaction))
}

// gap is what is lacking. More satisfaction than importance is not counted against an outcome.
func gap(importance, satisfaction Score) Score {
	if importance.Compare(satisfaction) <= 0 {
		return Integer(0)
	}
	return importance.Sub(satisfaction)
}

func opportunityTerms(importance, satisfaction Score) []Term {
	lacking := gap(importance, satisfaction)
	return []Term{
		{Name: "importance", Effect: Adds, Value: importance, Contribution: importance},
		{Name: "gap", Effect: Adds, Value: lacking, Contribution: lacking},
	}
}

// OpportunityAnswers counts the answers of a survey that asks, on a scale of 1 to 5, how important
// an outcome is and how satisfied people are with it.
type OpportunityAnswers struct {
	Respondents int64 `json:"respondents"` // who answered both questions, > 0
	Important   int64 `json:"important"`   // of those, who gave importance a 4 or 5
	Satisfied   int64 `json:"satisfied"`   // of those, who gave satisfaction a 4 or 5
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in OpportunityAnswers) Validate() error {
	share := func(field string, n int64) *FieldError {
		if n < 0 || n > max(in.Respondents, 0) {
			return &FieldError{Field: field, Value: fmt.Sprint(n), Want: "from 0 to the number of respondents"}
		}
		return nil
	}
	var respondents *FieldError
	if in.Respondents <= 0 {
		respondents = &FieldError{Field: "respondents", Value: fmt.Sprint(in.Respondents), Want: "> 0"}
	}
	return joinFields(respondents, share("important", in.Important), share("satisfied", in.Satisfied))
}

// OpportunitySurvey is [Opportunity] with importance and satisfaction taken from a survey: ten
// times the share of those who answered 4 or 5. The mean of the answers is something else.
//
// Source: Anthony Ulwick, What Customers Want, 2005, chapter 3.
type OpportunitySurvey struct{}

// Score scores each input by [OpportunitySurvey.ScoreItem].
func (m OpportunitySurvey) Score(inputs []OpportunityAnswers) ([]Score, error) {
	return Each(inputs, m.ScoreItem)
}

// ScoreItem returns the score as an exact fraction. No respondents, or more answers than
// respondents, are a [*FieldError].
func (OpportunitySurvey) ScoreItem(in OpportunityAnswers) (Score, error) {
	if err := in.Validate(); err != nil {
		return Score{}, err
	}
	return opportunity(in.ratings()), nil
}

// Terms returns the terms of the score: "9 + 6 = 15".
func (OpportunitySurvey) Terms(in OpportunityAnswers) []Term { return opportunityTerms(in.ratings()) }

func (in OpportunityAnswers) ratings() (importance, satisfaction Score) {
	rating := func(n int64) Score {
		return Integer(n).Mul(Integer(10)).Div(Integer(in.Respondents))
	}
	return rating(in.Important), rating(in.Satisfied)
}

// OpportunityBand is what an opportunity score means.
type OpportunityBand uint8

// The bands, best first.
const (
	ExtremeOpportunity      OpportunityBand = iota + 1 // above 15
	SolidOpportunity                                   // from 12 to 15
	WorthyOpportunity                                  // from 10 to below 12
	UnattractiveOpportunity                            // below 10
)

// Band returns the band of a score, or 0 for what is not scored.
func (Opportunity) Band(s Score) OpportunityBand {
	switch s = s.InClass(0); {
	case !s.IsScored():
		return 0
	case s.Compare(Integer(15)) > 0:
		return ExtremeOpportunity
	case s.Compare(Integer(12)) >= 0:
		return SolidOpportunity
	case s.Compare(Integer(10)) >= 0:
		return WorthyOpportunity
	}
	return UnattractiveOpportunity
}

var opportunityBands = &enum[OpportunityBand]{
	kind: "OpportunityBand", field: "band", texts: []string{"extreme", "solid", "worthy", "unattractive"},
}

// String returns "extreme", "solid", "worthy" or "unattractive".
func (b OpportunityBand) String() string { return opportunityBands.text(b) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (b OpportunityBand) MarshalText() ([]byte, error) { return opportunityBands.marshal(b) }

// UnmarshalText reads the text form in any letter case, with words joined by "-", "_" or a space.
// Anything else is a [*FieldError].
func (b *OpportunityBand) UnmarshalText(text []byte) error {
	return opportunityBands.unmarshal(text, b)
}
