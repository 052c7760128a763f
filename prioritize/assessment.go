package prioritize

import "github.com/backlogkit/backlogkit/prioritize/internal/fault"

// Assessment holds the inputs of every built-in method for one item, each optional, so that they can
// be kept beside the item and the method chosen, or changed, later. Absent is not zero: an item
// without input for a method is unscored by it. pairwise.AHP, pairwise.BradleyTerry and pairwise.Elo are not here: their
// data is about pairs of items, and kept in the method.
type Assessment struct {
	WSJF              *WSJFInput          `json:"wsjf,omitzero"`
	RICE              *RICEInput          `json:"rice,omitzero"`
	MoSCoW            *MoSCoWInput        `json:"moscow,omitzero"`
	CD3               *CD3Input           `json:"cd3,omitzero"`
	ICE               *ICEInput           `json:"ice,omitzero"`
	Kano              *KanoInput          `json:"kano,omitzero"`
	Opportunity       *OpportunityInput   `json:"opportunity,omitzero"`
	OpportunitySurvey *OpportunityAnswers `json:"opportunity_survey,omitzero"`
	ValueEffort       *ValueEffortInput   `json:"value_effort,omitzero"`
	Eisenhower        *EisenhowerInput    `json:"eisenhower,omitzero"`
	Weighted          *WeightedInput      `json:"weighted,omitzero"`
	ThemeScreening    *ThemeInput         `json:"theme_screening,omitzero"`
	Wiegers           *WiegersInput       `json:"wiegers,omitzero"`
	CumulativeVoting  *VotesInput         `json:"votes,omitzero"`
	BuyFeature        *BuyFeatureInput    `json:"buy_feature,omitzero"`
	Urgency           *UrgencyInput       `json:"urgency,omitzero"`
}

// Validate returns everything impossible about the inputs that are there, joined in field order.
// Field names are prefixed with that of the method: "wsjf.job_size".
func (a Assessment) Validate() error {
	return fault.Join(
		validatePart("wsjf", a.WSJF),
		validatePart("rice", a.RICE),
		validatePart("moscow", a.MoSCoW),
		validatePart("cd3", a.CD3),
		validatePart("ice", a.ICE),
		validatePart("kano", a.Kano),
		validatePart("opportunity", a.Opportunity),
		validatePart("opportunity_survey", a.OpportunitySurvey),
		validatePart("value_effort", a.ValueEffort),
		validatePart("eisenhower", a.Eisenhower),
		validatePart("weighted", a.Weighted),
		validatePart("theme_screening", a.ThemeScreening),
		validatePart("wiegers", a.Wiegers),
		validatePart("votes", a.CumulativeVoting),
		validatePart("buy_feature", a.BuyFeature),
		validatePart("urgency", a.Urgency),
	)
}

// Clone returns a copy that shares nothing with a.
func (a Assessment) Clone() Assessment {
	a.WSJF = clonePart(a.WSJF)
	a.RICE = clonePart(a.RICE)
	a.MoSCoW = clonePart(a.MoSCoW)
	a.CD3 = clonePart(a.CD3)
	a.ICE = clonePart(a.ICE)
	a.Kano = clonePart(a.Kano)
	a.Opportunity = clonePart(a.Opportunity)
	a.OpportunitySurvey = clonePart(a.OpportunitySurvey)
	a.ValueEffort = clonePart(a.ValueEffort)
	a.Eisenhower = clonePart(a.Eisenhower)
	a.Weighted = clonePart(a.Weighted)
	a.ThemeScreening = clonePart(a.ThemeScreening)
	a.Wiegers = clonePart(a.Wiegers)
	a.CumulativeVoting = clonePart(a.CumulativeVoting)
	a.BuyFeature = clonePart(a.BuyFeature)
	a.Urgency = clonePart(a.Urgency)
	return a
}

func validatePart[T any, P interface {
	*T
	Validate() error
}](name string, in P) error {
	if in == nil {
		return nil
	}
	return prefixFields(name, in.Validate())
}

// prefixFields returns err with the field names of every FieldError joined in it below name.
func prefixFields(name string, err error) error {
	return eachJoined(err, func(err error) error {
		field, ok := err.(*FieldError) //nolint:errorlint // one further down is about something else
		if !ok {
			return err
		}
		return &FieldError{Field: name + "." + field.Field, Value: field.Value, Want: field.Want}
	})
}

func clonePart[T any](in *T) *T {
	if in == nil {
		return nil
	}
	clone := *in
	if deep, ok := any(&clone).(interface{ clone() T }); ok {
		clone = deep.clone()
	}
	return &clone
}
