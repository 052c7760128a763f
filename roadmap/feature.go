package roadmap

import (
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// FeatureID is the id of a [Feature]: the same type as story.FeatureID, by which a story names it. Make one
// from a UUID: roadmap.FeatureID(uuid.New()). Its methods are those of story.Identity.
type FeatureID = story.FeatureID

// Feature is a capability of the product that serves a goal and is broken into stories.
//
// It is a plain value: a copy shares nothing that could change.
type Feature struct {
	ID         FeatureID                   `json:"id"`
	Title      string                      `json:"title"`
	Goal       GoalID                      `json:"goal,omitzero"`       // the goal it serves
	Parent     FeatureID                   `json:"parent,omitzero"`     // the feature that this was split from, as what comes later
	KeyResult  KeyResultID                 `json:"key_result,omitzero"` // which of the goal's it serves
	Problem    string                      `json:"problem,omitzero"`    // the users' problem
	Hypothesis string                      `json:"hypothesis,omitzero"` // the benefit that is expected of it
	Measure    string                      `json:"measure,omitzero"`    // by which the hypothesis is checked
	Criteria   story.List[story.Criterion] `json:"criteria,omitzero"`
	Size       story.Estimate              `json:"size,omitzero"`      // rough, of the whole, before it is broken into stories
	Budget     Money                       `json:"budget,omitzero"`    // what it may cost
	Spent      Money                       `json:"spent,omitzero"`     // what it has cost so far
	Horizon    HorizonID                   `json:"horizon,omitzero"`   // when it is planned for
	Release    ReleaseID                   `json:"release,omitzero"`   // the release it is planned for
	Increment  IncrementID                 `json:"increment,omitzero"` // the increment in which teams plan it
	Epic       EpicID                      `json:"epic,omitzero"`      // the capability or epic it is part of
	Theme      ThemeID                     `json:"theme,omitzero"`     // of the strategy
	Status     FeatureStatus               `json:"status,omitzero"`
	Money      story.List[MoneyPeriod]     `json:"money,omitzero"`   // planned and actual, by period
	Outcome    story.Const[Outcome]        `json:"outcome,omitzero"` // how the hypothesis is checked, and what came of it
	Details    story.Const[story.Details]  `json:"details,omitzero"` // what trackers record besides
}

// Key returns the key by which people name the feature, empty if it has none.
func (f Feature) Key() string { return f.Details.Value().Key }

// Equal reports whether f and other hold the same: numbers as numbers, instants as instants.
func (f Feature) Equal(other Feature) bool {
	return f.ID == other.ID && f.Title == other.Title && f.Goal == other.Goal && f.Parent == other.Parent && f.Problem == other.Problem &&
		f.Hypothesis == other.Hypothesis && f.Measure == other.Measure &&
		f.Criteria.EqualFunc(other.Criteria, story.Criterion.Equal) && f.Size.Equal(other.Size) &&
		f.Budget.Equal(other.Budget) && f.Spent.Equal(other.Spent) && f.Horizon == other.Horizon &&
		f.Release == other.Release && f.Increment == other.Increment && f.Status == other.Status &&
		f.Epic == other.Epic && f.Theme == other.Theme && f.Money.EqualFunc(other.Money, MoneyPeriod.Equal) &&
		f.KeyResult == other.KeyResult && f.Outcome.EqualFunc(other.Outcome, Outcome.Equal) &&
		f.Details.EqualFunc(other.Details, story.Details.Equal)
}

// Validate reports everything that is wrong with f in itself, in field order.
func (f Feature) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "feature.id", f.ID),
		field.CheckTitle("roadmap", "feature.title", f.Title),
		field.CheckText("roadmap", "feature.problem", f.Problem),
		field.CheckText("roadmap", "feature.hypothesis", f.Hypothesis),
		field.CheckText("roadmap", "feature.measure", f.Measure),
		field.CheckList("roadmap", "feature.criteria", f.Criteria.All(), story.MaxCriteria,
			func(c story.Criterion) story.CriterionID { return c.ID }),
		field.Within("feature.size", f.Size.Validate()),
		field.Within("feature.budget", f.Budget.Validate()),
		field.Within("feature.spent", f.Spent.Validate()),
	}
	if !f.Budget.IsZero() && !f.Spent.IsZero() && f.Budget.Currency != f.Spent.Currency {
		errs = append(errs, fieldError("feature.spent.currency", f.Spent.Currency, "that of the budget, "+f.Budget.Currency))
	}
	errs = append(errs, checkMoney("feature.money", f.Money))
	if !f.Outcome.IsZero() {
		errs = append(errs, field.Within("feature.outcome", f.Outcome.Value().Validate()))
	}
	return field.Join(append(errs, featureStatuses.Check("feature.status", f.Status),
		field.Within("feature.details", f.Details.Value().Validate()))...)
}

// FeatureStatus is where a [Feature] is in its life. Whether work on it has begun depends on its
// stories. The zero value is unset; the backlog sets it.
type FeatureStatus uint8

// The states of a feature.
const (
	FeatureOpen     FeatureStatus = iota + 1 // to be done, or being done
	FeatureAccepted                          // the product manager accepted it
	FeatureDropped                           // will not be done
)

var featureStatuses = field.EnumOf[FeatureStatus]("roadmap", "FeatureStatus", "open", "accepted", "dropped")

// IsValid reports whether s is one of the three states. Unset is not.
func (s FeatureStatus) IsValid() bool { return featureStatuses.IsValid(s) }

// String returns the text form.
func (s FeatureStatus) String() string { return featureStatuses.String(s) }

// MarshalText returns the text form.
func (s FeatureStatus) MarshalText() ([]byte, error) { return featureStatuses.MarshalText(s) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *FeatureStatus) UnmarshalText(text []byte) error {
	return featureStatuses.UnmarshalText(s, text)
}
