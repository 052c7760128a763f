package backlog

import (
	"fmt"

	"github.com/backlogkit/backlogkit/roadmap"
)

// CheckOf is one point of a definition of ready or done for features or of done for releases: a name, and a func that returns what
// is missing, or "" if the point is met. It must depend on nothing but the record and the answers of the view.
type CheckOf[R any] struct {
	Name    string
	Missing func(R, *View) string
}

// checksOf asks the points of a definition about a record.
func checksOf[R any](b *View, checks []CheckOf[R], record R) []CheckResult {
	results := make([]CheckResult, len(checks))
	for i, check := range checks {
		results[i] = CheckResult{check.Name, check.Missing(record, b)}
	}
	return results
}

// unmet returns the refusal of what does not meet a definition, nil where nothing is missing.
func unmet(by Refuser, id, reason string, results []CheckResult) *RefusedError {
	var refused *RefusedError
	for _, result := range results {
		if result.IsMet() {
			continue
		}
		if refused == nil {
			refused = &RefusedError{By: by, ID: id, Reason: reason}
		}
		refused.Needs, refused.unmet = append(refused.Needs, result.Missing), append(refused.unmet, result)
	}
	return refused
}

// validateChecks wants a name and a func in each point of a definition.
func validateChecks[R any](path string, checks []CheckOf[R]) error {
	for i, check := range checks {
		if check.Name == "" || check.Missing == nil {
			return fieldError(fmt.Sprintf("%s[%d]", path, i), check.Name, "a name and a func")
		}
	}
	return nil
}

// FeatureReadiness asks [Options.FeatureReady] about a feature: one result for each check, in its order. The bool is
// false for a feature that is not there.
func (b *View) FeatureReadiness(id roadmap.FeatureID) ([]CheckResult, bool) {
	entry, ok := b.features.byID[id]
	if !ok {
		return nil, false
	}
	return checksOf(b, b.options.FeatureReady, entry.feature), true
}

// wantFeatureReady refuses to plan a feature for an increment that does not meet the definition of ready.
func (b *View) wantFeatureReady(feature roadmap.Feature) *RefusedError {
	if feature.Increment.IsZero() {
		return nil
	}
	return unmet(ByReady, feature.ID.String(), fmt.Sprintf("feature %q is not ready", feature.Title), checksOf(b, b.options.FeatureReady, feature))
}

// FeatureDoneness asks [Options.FeatureDone] about a feature: one result for each check, in its order. The bool is
// false for a feature that is not there. [AcceptFeature] names what else it wants.
func (b *View) FeatureDoneness(id roadmap.FeatureID) ([]CheckResult, bool) {
	entry, ok := b.features.byID[id]
	if !ok {
		return nil, false
	}
	return checksOf(b, b.options.FeatureDone, entry.feature), true
}
