package backlog

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// SetFeatureMeasure sets how the hypothesis of a feature will be checked: by which metric, and until when.
// What was measured before, and the verdict, are forgotten: they go to another measure.
//
// The product manager may do it, as long as the feature is open: a measure that is chosen afterwards proves
// nothing. Errors: [NotFoundError]; [field.Error]; [ErrRule] by [RuleFeatureOpen].
type SetFeatureMeasure struct {
	Feature roadmap.FeatureID `json:"feature"`
	Metric  roadmap.Metric    `json:"metric"` // its target is what would validate the hypothesis
	From    time.Time         `json:"from,omitzero"`
	To      time.Time         `json:"to"` // when the verdict is due
}

// Kind returns "set_feature_measure".
func (SetFeatureMeasure) Kind() string { return "set_feature_measure" }

func (SetFeatureMeasure) permission(*View) Permission { return MayDefineFeatures }

func (c SetFeatureMeasure) gate(b *View) []*RefusedError {
	return refusals(b.wantFeatureOpen(c.Feature))
}

func (c SetFeatureMeasure) check(b *View) error {
	return field.Join(b.checkFeature(c.Feature), c.outcome().Validate())
}

func (c SetFeatureMeasure) outcome() roadmap.Outcome {
	return roadmap.Outcome{Metric: c.Metric, From: c.From, To: c.To}
}

func (c SetFeatureMeasure) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Outcome = story.ConstOf(c.outcome())
		return feature
	})
}

// MeasureFeature records a value of the metric by which the hypothesis of a feature is checked, most often
// once the feature is in use.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also for a feature without a
// measure.
type MeasureFeature struct {
	Feature roadmap.FeatureID `json:"feature"`
	Value   decimal.Decimal   `json:"value"`       // in the metric's unit
	At      time.Time         `json:"at,omitzero"` // when it was measured; unset means now
}

// Kind returns "measure_feature".
func (MeasureFeature) Kind() string { return "measure_feature" }

func (MeasureFeature) permission(*View) Permission { return MayDefineFeatures }

func (c MeasureFeature) check(b *View) error {
	outcome, err := b.outcomeOf(c.Feature)
	if err != nil {
		return err
	}
	return field.Join(
		field.CheckInstant("backlog", "at", c.At), field.CheckNumber("backlog", "value", c.Value),
		field.CheckLen("backlog", "measurements", outcome.Measurements.Len()+1, roadmap.MaxMeasurements),
	)
}

func (c MeasureFeature) apply(b *View, at time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		outcome := feature.Outcome.Value()
		outcome.Measurements = story.ListOf(withMeasurement(outcome.Measurements.Slice(), c.Value, c.At, at)...)
		feature.Outcome = story.ConstOf(outcome)
		return feature
	})
}

// withMeasurement returns measurements with one more, in the order of their instants; then, where it is not
// set, is now.
func withMeasurement(all []roadmap.Measurement, value decimal.Decimal, then, now time.Time) []roadmap.Measurement {
	one := roadmap.Measurement{At: now, Value: value}
	if !then.IsZero() {
		one.At = then.UTC().Round(0)
	}
	place := len(all)
	for place > 0 && one.At.Before(all[place-1].At) {
		place--
	}
	return slices.Insert(slices.Clone(all), place, one)
}

// JudgeHypothesis records whether the benefit that was expected of a feature came: validated, refuted, or
// inconclusive. The first two need a measurement.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also for a feature without a measure.
type JudgeHypothesis struct {
	Feature roadmap.FeatureID         `json:"feature"`
	Verdict roadmap.HypothesisVerdict `json:"verdict"`
	Note    string                    `json:"note,omitzero"`
}

// Kind returns "judge_hypothesis".
func (JudgeHypothesis) Kind() string { return "judge_hypothesis" }

func (JudgeHypothesis) permission(*View) Permission { return MayAcceptFeatures }

func (c JudgeHypothesis) judged(o roadmap.Outcome, at time.Time, by string) roadmap.Outcome {
	o.Verdict, o.Note, o.By, o.At = c.Verdict, c.Note, by, at
	return o
}

func (c JudgeHypothesis) check(b *View) error {
	outcome, err := b.outcomeOf(c.Feature)
	if err != nil {
		return err
	}
	const somebody = "somebody"
	judged := c.judged(outcome, time.Unix(0, 0).UTC(), somebody)
	return field.Join(checkStatus(c.Verdict), judged.Validate())
}

func (c JudgeHypothesis) apply(b *View, at time.Time, by string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Outcome = story.ConstOf(c.judged(feature.Outcome.Value(), at, by))
		return feature
	})
}

// outcomeOf returns how a feature's hypothesis is checked, which has to be set.
func (b *View) outcomeOf(id roadmap.FeatureID) (roadmap.Outcome, error) {
	entry, ok := b.features.byID[id]
	if !ok {
		return roadmap.Outcome{}, notFound("feature", id)
	}
	if entry.feature.Outcome.IsZero() {
		return roadmap.Outcome{}, fieldError("feature", id.String(), "one with a measure: set_feature_measure sets it")
	}
	return entry.feature.Outcome.Value(), nil
}

// OutcomesDue returns the features, in their order, whose period of measuring was over at an instant and whose
// hypothesis has no verdict. Features that were dropped are left out. O(n).
func (b *View) OutcomesDue(at time.Time) []roadmap.FeatureID {
	due := []roadmap.FeatureID{}
	for _, entry := range b.features.list {
		outcome := entry.feature.Outcome.Value()
		if !outcome.IsZero() && outcome.Verdict == 0 && !outcome.To.After(at) && entry.feature.Status != roadmap.FeatureDropped {
			due = append(due, entry.feature.ID)
		}
	}
	return due
}

// SetKeyResults replaces the key results of a goal (OKR). What a key result that stays has come to is in its
// value.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also where a feature serves a key
// result that is left out.
type SetKeyResults struct {
	Goal       roadmap.GoalID                `json:"goal"`
	KeyResults story.List[roadmap.KeyResult] `json:"key_results"` // each with an id
}

// Kind returns "set_key_results".
func (SetKeyResults) Kind() string { return "set_key_results" }

func (SetKeyResults) permission(*View) Permission { return MaySetGoals }

func (c SetKeyResults) check(b *View) error {
	entry, ok := b.goals.byID[c.Goal]
	if !ok {
		return notFound("goal", c.Goal)
	}
	goal := entry.goal
	goal.KeyResults = c.KeyResults
	return field.Join(goal.Validate(), checkServed(entry, goal))
}

// checkServed wants the key results that features serve to be the goal's.
func checkServed(entry *goalEntry, goal roadmap.Goal) error {
	for _, feature := range entry.features {
		if id := feature.feature.KeyResult; !id.IsZero() && !hasKeyResult(goal, id) {
			return fieldError("goal.key_results", id.String(), fmt.Sprintf("this one too: feature %q serves it", feature.feature.Title))
		}
	}
	return nil
}

func hasKeyResult(goal roadmap.Goal, id roadmap.KeyResultID) bool {
	return slices.ContainsFunc(goal.KeyResults.Slice(), func(k roadmap.KeyResult) bool { return k.ID == id })
}

func (c SetKeyResults) apply(b *View, _ time.Time, _ string) {
	b.changeGoal(c.Goal, func(goal *roadmap.Goal) { goal.KeyResults = c.KeyResults })
}

// MeasureKeyResult records what a key result of a goal has come to.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error].
type MeasureKeyResult struct {
	Goal      roadmap.GoalID      `json:"goal"`
	KeyResult roadmap.KeyResultID `json:"key_result"`
	Value     decimal.Decimal     `json:"value"`
}

// Kind returns "measure_key_result".
func (MeasureKeyResult) Kind() string { return "measure_key_result" }

func (MeasureKeyResult) permission(*View) Permission { return MaySetGoals }

func (c MeasureKeyResult) check(b *View) error {
	entry, ok := b.goals.byID[c.Goal]
	if !ok {
		return notFound("goal", c.Goal)
	}
	if !hasKeyResult(entry.goal, c.KeyResult) {
		return notFound("key result", c.KeyResult)
	}
	return field.CheckNumber("backlog", "value", c.Value)
}

func (c MeasureKeyResult) apply(b *View, _ time.Time, _ string) {
	b.changeGoal(c.Goal, func(goal *roadmap.Goal) {
		results := goal.KeyResults.Slice()
		for i := range results {
			if results[i].ID == c.KeyResult {
				results[i].Value = c.Value
			}
		}
		goal.KeyResults = story.ListOf(results...)
	})
}

func (b *View) changeGoal(id roadmap.GoalID, change func(*roadmap.Goal)) {
	entry := b.goals.byID[id]
	goal := entry.goal
	change(&goal)
	goalTable.put(b, entry, goal)
}

// AssignFeatureKeyResult sets which key result of its goal a feature serves; the zero id clears it. Another
// goal clears it too.
//
// The product manager may do it. Errors: [NotFoundError], also for a key result of another goal.
type AssignFeatureKeyResult struct {
	Feature   roadmap.FeatureID   `json:"feature"`
	KeyResult roadmap.KeyResultID `json:"key_result,omitzero"`
}

// Kind returns "assign_feature_key_result".
func (AssignFeatureKeyResult) Kind() string { return "assign_feature_key_result" }

func (AssignFeatureKeyResult) permission(*View) Permission { return MayDefineFeatures }

func (c AssignFeatureKeyResult) check(b *View) error {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return notFound("feature", c.Feature)
	}
	return b.checkKeyResult(entry.feature.Goal, c.KeyResult)
}

// checkKeyResult wants a key result of a goal, or none.
func (b *View) checkKeyResult(goal roadmap.GoalID, id roadmap.KeyResultID) error {
	if id.IsZero() {
		return nil
	}
	if entry := b.goals.byID[goal]; entry != nil && hasKeyResult(entry.goal, id) {
		return nil
	}
	return notFound("key result of the goal", id)
}

func (c AssignFeatureKeyResult) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.KeyResult = c.KeyResult
		return feature
	})
}

// KeyResultCoverage is the work on a key result of a goal.
type KeyResultCoverage struct {
	Goal      roadmap.GoalID      `json:"goal"`
	KeyResult roadmap.KeyResultID `json:"key_result"`
	Features  []roadmap.FeatureID `json:"features"` // that serve it and were not dropped, in their order
	Stories   roadmap.Progress    `json:"stories"`  // of these features: accepted of all
}

// KeyResultCoverage returns the work on each key result of the goals that are planned or active, in their
// order. One without features is one that nobody works on. O(goals x features).
func (b *View) KeyResultCoverage() []KeyResultCoverage {
	all := []KeyResultCoverage{}
	for _, goal := range b.goals.list {
		if !goal.goal.Status.IsOpen() {
			continue
		}
		for _, result := range goal.goal.KeyResults.All() {
			one := KeyResultCoverage{Goal: goal.goal.ID, KeyResult: result.ID, Features: []roadmap.FeatureID{}}
			var sum tally
			for _, entry := range b.features.list {
				if entry.goal == goal && entry.feature.KeyResult == result.ID && entry.feature.Status != roadmap.FeatureDropped {
					one.Features = append(one.Features, entry.feature.ID)
					sum.add(entry.tally, 1)
				}
			}
			one.Stories = sum.progress().Stories
			all = append(all, one)
		}
	}
	return all
}

// Orphans returns the open stories that serve no goal, in their order: those of no feature, and those of a
// feature without a goal. O(n).
func (b *View) Orphans() []story.ID {
	orphans := []story.ID{}
	for entry := range b.order.all() {
		if entry.category.IsOpen() && (entry.feature == nil || entry.feature.goal == nil) {
			orphans = append(orphans, entry.story.ID)
		}
	}
	return orphans
}
