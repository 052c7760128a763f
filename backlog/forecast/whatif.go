package forecast

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// WithCapacity returns the plan with the history of a team multiplied by a factor: 0.8 is a cut by a fifth.
// The amounts are rounded half up to four decimal places.
//
// Errors: [ErrUnknown]; a [*field.Error] if the factor is out of range.
func (p Plan) WithCapacity(team string, factor decimal.Decimal) (Plan, error) {
	i := slices.IndexFunc(p.Teams, func(t PlanTeam) bool { return t.Key == team })
	err := amount("factor", factor)
	if i < 0 {
		err = field.Join(fmt.Errorf("%w: team %q", ErrUnknown, team), err)
	}
	if err != nil {
		return Plan{}, err
	}
	if err := p.Teams[i].validate(); err != nil {
		return Plan{}, err
	}
	history := make(History, len(p.Teams[i].History))
	for j, d := range p.Teams[i].History {
		history[j] = d.Mul(factor).Round(exact.MaxPlaces)
	}
	p.Teams = slices.Clone(p.Teams)
	p.Teams[i].History = history
	return p, nil
}

// WithoutFeature returns the plan without a feature. Errors: [ErrUnknown].
func (p Plan) WithoutFeature(key string) (Plan, error) {
	i, err := p.feature(key)
	if err != nil {
		return Plan{}, err
	}
	p.Features = slices.Delete(slices.Clone(p.Features), i, i+1)
	return p, nil
}

// WithFeatureAt returns the plan with a feature moved to a position, 0 for the first. Errors: [ErrUnknown]; a
// [*field.Error] for a position outside the plan.
func (p Plan) WithFeatureAt(key string, position int) (Plan, error) {
	i, err := p.feature(key)
	if err = field.Join(err, whole("position", position, 0, max(0, len(p.Features)-1))); err != nil {
		return Plan{}, err
	}
	f := p.Features[i]
	p.Features = slices.Insert(slices.Delete(slices.Clone(p.Features), i, i+1), position, f)
	return p, nil
}

func (p Plan) feature(key string) (int, error) {
	i := slices.IndexFunc(p.Features, func(f PlanFeature) bool { return f.Key == key })
	if i < 0 {
		return 0, fmt.Errorf("%w: feature %q", ErrUnknown, key)
	}
	return i, nil
}

// FeatureDelay is what a change of plan does to the forecast of one feature.
type FeatureDelay struct {
	Key string `json:"key"`
	// Before and After are the percentiles, in periods; -1 if there is none, because the feature is not in
	// that plan, or is not done within [MaxPeriods] with that confidence.
	Before int `json:"before"`
	After  int `json:"after"`
}

// Delta returns After - Before, the number of periods by which the feature is done later. The bool is false
// if either is missing.
func (c FeatureDelay) Delta() (int, bool) { return c.After - c.Before, c.Before >= 0 && c.After >= 0 }

// ComparePlans returns what a change of plan does to the forecast of each feature at one confidence, in the
// order of the first plan; features of the second plan only come last.
func ComparePlans(before, after []FeatureForecast, confidence float64) []FeatureDelay {
	changes := []FeatureDelay{}
	at := make(map[string]int, len(before))
	for _, f := range before {
		at[f.Key] = len(changes)
		changes = append(changes, FeatureDelay{Key: f.Key, Before: percentile(f, confidence), After: -1})
	}
	for _, f := range after {
		i, ok := at[f.Key]
		if !ok {
			i = len(changes)
			changes = append(changes, FeatureDelay{Key: f.Key, Before: -1})
		}
		changes[i].After = percentile(f, confidence)
	}
	return changes
}

func percentile(f FeatureForecast, confidence float64) int {
	if k, ok := f.Completion.Percentile(confidence); ok {
		return k
	}
	return -1
}
