package backlog

import (
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

// Waiver lets a change pass for a reason although a rule, or a check of a definition of ready or of done, stands
// against it. [DecideOptions.Waive] takes it. What was waived is among the [Event.Findings], with the reason. Exactly
// one of Rule and Check is set.
type Waiver struct {
	Rule   Rule   `json:"rule,omitzero"`
	Check  string `json:"check,omitzero"` // the name of a [Check] or [CheckOf] of one of the definitions
	Reason string `json:"reason"`
}

// Validate reports everything that is wrong with w.
func (w Waiver) Validate() error {
	var errs []error
	if w.Rule != 0 {
		errs = append(errs, ruleTexts.Check("rule", w.Rule))
	}
	if (w.Rule == 0) == (w.Check == "") {
		errs = append(errs, fieldError("rule", w.Rule.String(), "a rule or a check, one of them"))
	}
	return field.Join(append(errs, field.CheckReason("backlog", "reason", w.Reason))...)
}

// askWaivers wants waivers that are valid and, if there are any, an actor who may waive.
func (b *View) askWaivers(waivers []Waiver, change Change, by Actor, at time.Time) error {
	if len(waivers) == 0 {
		return nil
	}
	const most = 100
	errs := []error{field.CheckLen("backlog", "waive", len(waivers), most)}
	for i, one := range waivers[:min(len(waivers), most)] {
		errs = append(errs, field.Within(field.Index("waive", i), field.Join(one.Validate(), b.checkWaived(one.Check))))
	}
	if err := field.Join(errs...); err != nil {
		return err
	}
	var request PolicyRequest
	request.set(b, change, by, at)
	return refusedBy(b.askEach([]authority{{MayWaiveRules, request.Teams}}, request, by), by, change)
}

// checkWaived wants the name of a check of one of the definitions, or none.
func (b *View) checkWaived(name string) error {
	var names []string
	for _, checks := range [][]Check{b.options.Ready, b.options.Done} {
		for _, one := range checks {
			names = append(names, one.Name)
		}
	}
	for _, checks := range [][]CheckOf[roadmap.Feature]{b.options.FeatureReady, b.options.FeatureDone} {
		for _, one := range checks {
			names = append(names, one.Name)
		}
	}
	for _, one := range b.options.ReleaseDone {
		names = append(names, one.Name)
	}
	if name == "" || slices.Contains(names, name) {
		return nil
	}
	return fieldError("check", name, "one of "+strings.Join(names, ", "))
}

// waived splits a refusal into what is left of it, nil for nothing, and the findings for what is waived of it.
func (b *View) waived(one *RefusedError) (left *RefusedError, found []Finding) {
	if len(b.waiving) == 0 {
		return one, nil
	}
	if one.Rule != 0 {
		i := slices.IndexFunc(b.waiving, func(w Waiver) bool { return w.Rule == one.Rule })
		if i < 0 {
			return one, nil
		}
		finding := one.finding()
		finding.Waived = b.waiving[i].Reason
		return nil, []Finding{finding}
	}
	rest := *one
	rest.Needs, rest.unmet = nil, nil
	for _, check := range one.unmet {
		i := slices.IndexFunc(b.waiving, func(w Waiver) bool { return w.Check == check.Name })
		if i < 0 {
			rest.Needs, rest.unmet = append(rest.Needs, check.Missing), append(rest.unmet, check)
			continue
		}
		found = append(found, Finding{
			Rule: one.By.String() + ": " + check.Name, ID: one.ID,
			Message: one.Reason + "; the " + one.By.words() + " wants " + check.Missing, Waived: b.waiving[i].Reason,
		})
	}
	switch {
	case len(found) == 0:
		return one, nil
	case len(rest.unmet) == 0:
		return nil, found
	}
	return &rest, found
}
