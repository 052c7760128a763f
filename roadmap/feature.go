package roadmap

import (
	"errors"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// FeatureID is the id of a [Feature]: the same type as story.FeatureID, by which a story names it.
type FeatureID = story.FeatureID

// Feature is a capability of the product that serves a goal and is broken into stories.
//
// It is a plain value: a copy shares nothing that could change.
type Feature struct {
	ID         FeatureID                   `json:"id"`
	Title      string                      `json:"title"`
	Goal       GoalID                      `json:"goal,omitzero"`       // the goal it serves
	Problem    string                      `json:"problem,omitzero"`    // the users' problem
	Hypothesis string                      `json:"hypothesis,omitzero"` // the benefit that is expected of it
	Measure    string                      `json:"measure,omitzero"`    // how to tell that it came true
	Criteria   story.List[story.Criterion] `json:"criteria,omitzero"`
	Size       story.Estimate              `json:"size,omitzero"`      // rough, of the whole, before it is broken into stories
	Budget     Money                       `json:"budget,omitzero"`    // what it may cost
	Spent      Money                       `json:"spent,omitzero"`     // what it has cost so far
	Horizon    HorizonID                   `json:"horizon,omitzero"`   // when it is planned for
	Release    ReleaseID                   `json:"release,omitzero"`   // with what it is handed out
	Increment  IncrementID                 `json:"increment,omitzero"` // in which several teams plan it
	Status     FeatureStatus               `json:"status,omitzero"`
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
	if f.Status != 0 && !f.Status.IsValid() {
		errs = append(errs, fieldError("feature.status", f.Status.String(), oneOf(featureTexts)))
	}
	return errors.Join(errs...)
}
