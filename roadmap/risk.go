package roadmap

import (
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// RiskID is the id of a [Risk].
type RiskID = story.Identity[Risk]

// MaxRiskLevel is the highest level that a likelihood or an impact can have.
const MaxRiskLevel = 10

// Risk is what may go wrong, how bad that would be, and who sees to it.
// It is a plain value: a copy shares nothing that could change.
type Risk struct {
	ID         RiskID                      `json:"id"`
	Title      string                      `json:"title"`
	Owner      string                      `json:"owner,omitzero"`      // who sees to it, as the host names people
	Likelihood int                         `json:"likelihood,omitzero"` // a level of the scale of the backlog, 0 for not rated
	Impact     int                         `json:"impact,omitzero"`     // likewise
	Status     RiskStatus                  `json:"status,omitzero"`
	Note       string                      `json:"note,omitzero"`  // why it is accepted, how it is mitigated ...
	About      story.List[Subject]         `json:"about,omitzero"` // what it threatens
	Data       story.List[story.DataValue] `json:"data,omitzero"`  // of a host's own
}

// Validate reports everything that is wrong with r in itself, in field order: a risk that is owned,
// accepted or mitigated without an owner, too.
func (r Risk) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "risk.id", r.ID),
		field.CheckTitle("roadmap", "risk.title", r.Title),
		field.CheckName("roadmap", "risk.owner", r.Owner),
		field.CheckWhole("roadmap", "risk.likelihood", r.Likelihood, 0, MaxRiskLevel),
		field.CheckWhole("roadmap", "risk.impact", r.Impact, 0, MaxRiskLevel),
		riskStatuses.Check("risk.status", r.Status),
		field.CheckText("roadmap", "risk.note", r.Note),
		checkSubjects("risk.about", r.About),
		checkData("risk.data", r.Data),
	}
	if r.Owner == "" && (r.Status == RiskOwned || r.Status == RiskAccepted || r.Status == RiskMitigated) {
		errs = append(errs, fieldError("risk.owner", "", "who sees to a risk that is "+r.Status.String()))
	}
	return field.Join(errs...)
}

// RiskStatus is what was decided about a [Risk]. The zero value is unset; the backlog sets it.
//
// Source: SAFe, PI planning, ROAMing of risks.
type RiskStatus uint8

// The states of a risk.
const (
	RiskOpen      RiskStatus = iota + 1 // nothing was decided yet
	RiskOwned                           // somebody sees to it
	RiskMitigated                       // something was done to make it smaller
	RiskAccepted                        // nothing more will be done, what may come is accepted
	RiskResolved                        // it is none any more
)

var riskStatuses = field.EnumOf[RiskStatus]("roadmap", "RiskStatus", "open", "owned", "mitigated", "accepted", "resolved")

// IsValid reports whether s is one of the five states. Unset is not.
func (s RiskStatus) IsValid() bool { return riskStatuses.IsValid(s) }

// String returns the text form.
func (s RiskStatus) String() string { return riskStatuses.String(s) }

// MarshalText returns the text form.
func (s RiskStatus) MarshalText() ([]byte, error) { return riskStatuses.MarshalText(s) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *RiskStatus) UnmarshalText(text []byte) error { return riskStatuses.UnmarshalText(s, text) }
