package backlog

import (
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

var featureTable = &table[roadmap.FeatureID, featureRecord, featureEntry]{
	name: "features", noun: "feature",
	rows:  func(b *View) storage[roadmap.FeatureID, featureEntry] { return &b.features },
	key:   func(r featureRecord) roadmap.FeatureID { return r.ID },
	value: (*featureEntry).record,
	fresh: newFeatureEntry,
	set:   (*View).setFeature,
	check: (*View).checkFeatureRecord,
	stays: func(b *View, e *featureEntry) (reason, needs string) {
		if len(e.node.needs)+len(e.node.frees)+len(e.stories) > 0 {
			return fmt.Sprintf("feature %q has stories or dependencies", e.feature.Title), "these taken back first"
		}
		for _, other := range b.features.list {
			if other.feature.Parent == e.feature.ID {
				return fmt.Sprintf("feature %q was split from it", other.feature.Title), "the split taken back first"
			}
		}
		return b.isTalkedAbout(roadmap.AboutFeature(e.feature.ID))
	},
}

// checkFeatureRecord wants a record that is valid and refers to what is there.
func (b *View) checkFeatureRecord(_ *featureEntry, record featureRecord) error {
	err := field.Join(record.Validate(), b.checkPlaces(record.Feature),
		record.Acceptance.validate(record.Status == roadmap.FeatureAccepted), checkStatus(record.Status))
	if !record.Goal.IsZero() {
		err = field.Join(err, b.checkGoal(record.Goal))
	}
	err = field.Join(err, b.checkKeyResult(record.Goal, record.KeyResult))
	return field.Join(err, checkAssessment(record.Assessment), b.checkKey(record.Key(), FeatureItem(record.ID)))
}

// AddFeature adds a feature at the end of the program backlog.
//
// The product manager may do it. Errors: [field.Error]; [ErrExists]; [NotFoundError] for its
// goal, horizon, release, increment, epic or theme; [ErrRule] by [RuleReleasePlanned], [RuleLevelSkipped] and,
// where its goal was dropped, [RuleParentAlive].
type AddFeature struct {
	Feature roadmap.Feature `json:"feature"` // its status is left unset
}

// Kind returns "add_feature".
func (AddFeature) Kind() string { return "add_feature" }

func (AddFeature) permission(*View) Permission { return MayDefineFeatures }

func (c AddFeature) gate(b *View) []*RefusedError {
	return refusals(b.wantPlanned(c.Feature.Release), b.wantLevels(c.Feature.Epic), b.wantGoalAlive(c.Feature.Goal), b.wantFeatureReady(c.Feature))
}

// wantGoalAlive refuses, by the rule, a feature for a goal that was dropped.
func (b *View) wantGoalAlive(id roadmap.GoalID) *RefusedError {
	entry, ok := b.goals.byID[id]
	if !ok || entry.goal.Status != roadmap.GoalDropped {
		return nil
	}
	refused := breach(RuleParentAlive, ByRule, fmt.Sprintf("goal %q was dropped", entry.goal.Title), "another goal for the feature, or none")
	refused.ID = id.String()
	return refused
}

func (c AddFeature) check(b *View) error {
	feature := c.Feature
	if _, taken := b.features.byID[feature.ID]; taken {
		return exists("feature", feature.ID)
	}
	if err := checkFeatureDraft(feature); err != nil {
		return err
	}
	if err := field.Join(b.checkNewDetails(feature.Details.Value()), b.checkKey(feature.Key(), FeatureItem(feature.ID))); err != nil {
		return err
	}
	if !feature.Goal.IsZero() {
		if err := b.checkGoal(feature.Goal); err != nil {
			return err
		}
	}
	return b.checkPlaces(feature)
}

// checkFeatureDraft wants a valid feature with nothing in it that needs an authority of its own.
func checkFeatureDraft(feature roadmap.Feature) error {
	if !feature.Parent.IsZero() {
		return fieldError("feature.parent", feature.Parent.String(), "none: split_feature gives it")
	}
	if !feature.KeyResult.IsZero() || !feature.Outcome.IsZero() {
		return fieldError("feature", feature.KeyResult.String(), "no key result and no outcome: assign_feature_key_result and set_feature_measure give them")
	}
	if feature.Status != 0 || !feature.Size.IsZero() || !feature.Spent.IsZero() {
		return fieldError("feature", fmt.Sprintf("status %v, size %q, spent %q", feature.Status, feature.Size, feature.Spent),
			"none of these: a new feature is open; size_feature and record_cost give the others")
	}
	if err := checkUnjudged(feature.Criteria); err != nil {
		return err
	}
	return feature.Validate()
}

// checkPlaces wants the horizon, the release, the increment, the epic and the theme of a feature to be there,
// or none, and it below no step of the story map.
func (b *View) checkPlaces(feature roadmap.Feature) error {
	err := field.Join(b.checkHorizon(feature.Horizon), b.checkEpic(feature.Epic), b.checkTheme(feature.Theme))
	if step := feature.Details.Value().Step; !step.IsZero() {
		err = field.Join(err, fieldError("feature.details.step", step.String(), "none: stories lie below the steps of the story map"))
	}
	if !feature.Release.IsZero() {
		err = field.Join(err, b.checkRelease(feature.Release))
	}
	if !feature.Increment.IsZero() {
		err = field.Join(err, b.checkIncrement(feature.Increment))
	}
	return err
}

func (c AddFeature) apply(b *View, _ time.Time, _ string) {
	feature := c.Feature
	feature.Status = roadmap.FeatureOpen
	featureTable.add(b, featureRecord{Feature: feature})
}

// EditFeature changes the text of a feature and what it is for. Its goal, horizon, criteria and status stay.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error]; [ErrExists] for the key of
// another item; [ErrRule] by [RuleFeatureOpen].
type EditFeature struct {
	Feature     roadmap.FeatureID            `json:"feature"`
	Title       *string                      `json:"title,omitempty"`
	Problem     *string                      `json:"problem,omitempty"`
	Hypothesis  *string                      `json:"hypothesis,omitempty"`
	Measure     *string                      `json:"measure,omitempty"`
	Key         *string                      `json:"key,omitempty"`
	ItemKind    *story.Kind                  `json:"item_kind,omitempty"`
	Labels      *story.List[string]          `json:"labels,omitempty"`
	Description *string                      `json:"description,omitempty"`
	Assignee    *string                      `json:"assignee,omitempty"`
	Requester   *string                      `json:"requester,omitempty"`
	Segment     *string                      `json:"segment,omitempty"`
	Class       *story.Class                 `json:"class,omitempty"`
	Due         *time.Time                   `json:"due,omitempty"`
	Data        *story.List[story.DataValue] `json:"data,omitempty"`
}

// Kind returns "edit_feature".
func (EditFeature) Kind() string { return "edit_feature" }

func (c EditFeature) own() Change {
	c.Title = copied(c.Title)
	c.Problem = copied(c.Problem)
	c.Hypothesis = copied(c.Hypothesis)
	c.Measure = copied(c.Measure)
	c.Key, c.ItemKind, c.Labels = copied(c.Key), copied(c.ItemKind), copied(c.Labels)
	c.Description, c.Assignee = copied(c.Description), copied(c.Assignee)
	c.Requester, c.Segment, c.Class = copied(c.Requester), copied(c.Segment), copied(c.Class)
	c.Due, c.Data = copied(c.Due), copied(c.Data)
	return c
}

func (EditFeature) permission(*View) Permission { return MayDefineFeatures }

func (c EditFeature) edited(feature roadmap.Feature) roadmap.Feature {
	edit(&feature.Title, c.Title)
	edit(&feature.Problem, c.Problem)
	edit(&feature.Hypothesis, c.Hypothesis)
	edit(&feature.Measure, c.Measure)
	details := feature.Details.Value()
	edit(&details.Key, c.Key)
	edit(&details.Kind, c.ItemKind)
	edit(&details.Labels, c.Labels)
	edit(&details.Description, c.Description)
	edit(&details.Assignee, c.Assignee)
	edit(&details.Requester, c.Requester)
	edit(&details.Segment, c.Segment)
	edit(&details.Class, c.Class)
	edit(&details.Due, c.Due)
	edit(&details.Data, c.Data)
	feature.Details = story.ConstOf(details)
	return feature
}

func (c EditFeature) gate(b *View) []*RefusedError { return refusals(b.wantFeatureOpen(c.Feature)) }

func (c EditFeature) check(b *View) error {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return notFound("feature", c.Feature)
	}
	edited := c.edited(entry.feature)
	return field.Join(
		checkEdit(c.Title, c.Problem, c.Hypothesis, c.Measure,
			c.Key, c.ItemKind, c.Labels, c.Description, c.Assignee, c.Requester, c.Segment, c.Class, c.Due, c.Data),
		edited.Validate(), b.checkKey(edited.Key(), FeatureItem(c.Feature)))
}

func (c EditFeature) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, c.edited)
}

// AssignFeatureGoal sets the goal that a feature serves; the zero id clears it. The key result that it
// served is cleared with another goal.
//
// The product manager may do it. Errors: [NotFoundError]; [ErrRule] by [RuleParentAlive] where the goal was dropped.
type AssignFeatureGoal struct {
	Feature roadmap.FeatureID `json:"feature"`
	Goal    roadmap.GoalID    `json:"goal,omitzero"`
}

// Kind returns "assign_feature_goal".
func (AssignFeatureGoal) Kind() string { return "assign_feature_goal" }

func (AssignFeatureGoal) permission(*View) Permission { return MayDefineFeatures }

func (c AssignFeatureGoal) gate(b *View) []*RefusedError {
	if entry, ok := b.features.byID[c.Feature]; ok && entry.feature.Goal == c.Goal {
		return nil
	}
	return refusals(b.wantGoalAlive(c.Goal))
}

func (c AssignFeatureGoal) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil || c.Goal.IsZero() {
		return err
	}
	return b.checkGoal(c.Goal)
}

func (c AssignFeatureGoal) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		if feature.Goal != c.Goal {
			feature.KeyResult = roadmap.KeyResultID{}
		}
		feature.Goal = c.Goal
		return feature
	})
}

// MoveFeature puts a feature at an index of the program backlog, 0 being the first.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] where the index is
// outside the list.
type MoveFeature struct {
	Feature roadmap.FeatureID `json:"feature"`
	To      int               `json:"to"`
}

// Kind returns "move_feature".
func (MoveFeature) Kind() string { return "move_feature" }

func (MoveFeature) permission(*View) Permission { return MayOrderFeatures }

func (c MoveFeature) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	if last := len(b.features.list) - 1; c.To < 0 || c.To > last {
		return fieldError("to", fmt.Sprint(c.To), fmt.Sprintf("an index from 0 to %d", last))
	}
	return nil
}

func (c MoveFeature) apply(b *View, _ time.Time, _ string) {
	featureTable.move(b, b.features.byID[c.Feature], c.To)
}

// OrderFeatures puts features into a new order among themselves, as [OrderStories] does with stories:
// together they take the places that they have now. The order is usually a ranking's.
//
// The product manager may do it; the method and the scores are kept in the event. Errors: [NotFoundError];
// [field.Error] for a feature named twice, or where there are scores but not one for each feature.
type OrderFeatures struct {
	Features []roadmap.FeatureID `json:"features"`
	Method   string              `json:"method,omitzero"`  // how the order came about
	Scores   []string            `json:"scores,omitempty"` // of each feature, as text
}

// Kind returns "order_features".
func (OrderFeatures) Kind() string { return "order_features" }

func (c OrderFeatures) own() Change {
	c.Features, c.Scores = slices.Clone(c.Features), slices.Clone(c.Scores)
	return c
}

func (OrderFeatures) permission(*View) Permission { return MayOrderFeatures }

func (c OrderFeatures) check(b *View) error {
	return field.Join(b.checkFeatures(c.Features), checkMethod(c.Method, c.Scores, len(c.Features), "feature"))
}

func (c OrderFeatures) apply(b *View, _ time.Time, _ string) {
	entries := make([]*featureEntry, len(c.Features))
	for i, id := range c.Features {
		entries[i] = b.features.byID[id]
	}
	_, indexes := byIndex(&b.features, entries)
	featureTable.arrange(b, entries, indexes)
}

// SetFeatureCriteria replaces the acceptance criteria of a feature.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also for a criterion
// that brings a verdict with it; [ErrRule] by [RuleFeatureOpen].
type SetFeatureCriteria struct {
	Feature  roadmap.FeatureID           `json:"feature"`
	Criteria story.List[story.Criterion] `json:"criteria"`
}

// Kind returns "set_feature_criteria".
func (SetFeatureCriteria) Kind() string { return "set_feature_criteria" }

func (SetFeatureCriteria) permission(*View) Permission { return MayDefineFeatures }

func (c SetFeatureCriteria) gate(b *View) []*RefusedError {
	return refusals(b.wantFeatureOpen(c.Feature))
}

func (c SetFeatureCriteria) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	if err := checkCriteria(c.Criteria); err != nil {
		return err
	}
	return checkUnjudged(c.Criteria)
}

func (c SetFeatureCriteria) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Criteria = c.Criteria
		return feature
	})
}

// JudgeFeatureCriterion records whether a criterion of a feature holds.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] by [RuleFeatureOpen].
type JudgeFeatureCriterion struct {
	Feature   roadmap.FeatureID `json:"feature"`
	Criterion story.CriterionID `json:"criterion"`
	Verdict   story.Verdict     `json:"verdict,omitzero"` // unset takes an earlier verdict back
	Note      string            `json:"note,omitzero"`
}

// Kind returns "judge_feature_criterion".
func (JudgeFeatureCriterion) Kind() string { return "judge_feature_criterion" }

func (JudgeFeatureCriterion) permission(*View) Permission { return MayAcceptFeatures }

func (c JudgeFeatureCriterion) gate(b *View) []*RefusedError {
	return refusals(b.wantFeatureOpen(c.Feature))
}

func (c JudgeFeatureCriterion) check(b *View) error {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return notFound("feature", c.Feature)
	}
	return checkVerdict(entry.feature.Criteria, c.Criterion, c.Verdict, c.Note)
}

func (c JudgeFeatureCriterion) apply(b *View, at time.Time, by string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Criteria = judged(feature.Criteria, c.Criterion, c.Verdict, c.Note, by, at)
		return feature
	})
}

// AssessFeature records what is known of the value and size of a feature.
//
// The product manager may do it. Errors: [NotFoundError], for an insight too; [field.Error].
type AssessFeature struct {
	Feature    roadmap.FeatureID     `json:"feature"`
	Assessment prioritize.Assessment `json:"assessment"`
	// Insights are those on which the assessment rests: the trail, kept in the event.
	Insights story.List[roadmap.InsightID] `json:"insights,omitzero"`
}

// Kind returns "assess_feature".
func (AssessFeature) Kind() string { return "assess_feature" }

func (c AssessFeature) own() Change {
	c.Assessment = c.Assessment.Clone()
	return c
}

func (AssessFeature) permission(*View) Permission { return MayDefineFeatures }

func (c AssessFeature) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	return field.Join(checkAssessment(&c.Assessment), b.checkInsights(c.Insights))
}

func (c AssessFeature) apply(b *View, _ time.Time, _ string) {
	assessment, entry := c.Assessment, b.features.byID[c.Feature]
	record := entry.record()
	record.Assessment = &assessment
	featureTable.put(b, entry, record)
}

// AcceptFeature accepts a feature as complete.
//
// The product manager may do it. Errors: [NotFoundError]; [ErrRule] where it is not open;
// [ErrNotDone] while a story of it is open, none was accepted, a criterion is not met, or [Options.FeatureDone] is not; [ErrRule] by
// [RuleFinishWaiting] while it waits for something, see [Wait].
type AcceptFeature struct {
	Feature roadmap.FeatureID `json:"feature"`
}

// Kind returns "accept_feature".
func (AcceptFeature) Kind() string { return "accept_feature" }

func (AcceptFeature) permission(*View) Permission { return MayAcceptFeatures }

func (c AcceptFeature) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return nil
	}
	if refused := wantOpenFeature(entry); refused != nil {
		return refusals(refused)
	}
	return b.againstAccepted(entry, at)
}

// againstAccepted returns what stands against a feature's being accepted at an instant, whatever state it is in.
func (b *View) againstAccepted(entry *featureEntry, at time.Time) []*RefusedError {
	var needs []string
	if open := entry.tally.stories - entry.tally.accepted; open > 0 || entry.tally.accepted == 0 {
		needs = append(needs, fmt.Sprintf("every story accepted or dropped, and one accepted: %d accepted, %d open",
			entry.tally.accepted, open))
	}
	against := refusals(b.wantFree(RuleFinishWaiting, &entry.node, at))
	if len(needs) > 0 {
		against = append(against, &RefusedError{By: ByDone, ID: entry.feature.ID.String(), Reason: "the feature is not done", Needs: needs})
	}
	if open := unmetCriteria(entry.feature.Criteria); len(open) > 0 {
		against = append(against, breach(RuleCriteriaMet, ByDone, "the feature is not done", open...))
	}
	results := checksOf(b, b.options.FeatureDone, entry.feature)
	return append(against, refusals(unmet(ByDone, entry.feature.ID.String(), "the feature is not done", results))...)
}

func (c AcceptFeature) check(b *View) error { return b.checkFeature(c.Feature) }

func (c AcceptFeature) apply(b *View, at time.Time, by string) {
	b.setFeatureStatus(c.Feature, roadmap.FeatureAccepted, &Acceptance{by, at})
}

// DropFeature gives a feature up. It stays on record; its stories stay too, but cannot be started.
//
// The product manager may do it; the reason, which [RuleReason] wants, is kept in the event. Errors:
// [NotFoundError]; [field.Error]; [ErrRule] where the feature is not open, or by [RuleDropNeeded] where open
// items outside need it or an open story of it.
type DropFeature struct {
	Feature roadmap.FeatureID `json:"feature"`
	Reason  string            `json:"reason"`
}

// Kind returns "drop_feature".
func (DropFeature) Kind() string { return "drop_feature" }

func (DropFeature) permission(*View) Permission { return MayDefineFeatures }

func (c DropFeature) gate(b *View) []*RefusedError {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return nil
	}
	against := refusals(wantOpenFeature(entry), wantReason(c.Reason))
	if entry.node.open {
		against = append(against, refusals(b.wantFeatureUnneeded(entry))...)
	}
	return against
}

func (c DropFeature) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c DropFeature) apply(b *View, _ time.Time, _ string) {
	b.setFeatureStatus(c.Feature, roadmap.FeatureDropped, nil)
}

// ReopenFeature takes up again what was accepted too early or dropped: the feature is open, can be edited and
// gets stories, and what needs it waits for it. What was started or accepted meanwhile stays so.
//
// Who may accept features may reopen one that was accepted, who may drop them one that was dropped: the
// product manager. The reason, which [RuleReason] wants, is kept in the event. Errors: [NotFoundError]; [field.Error];
// [ErrRule] where the feature is open, by [RuleReleasePlanned] where its release is shipped, or by
// [RuleReason].
type ReopenFeature struct {
	Feature roadmap.FeatureID `json:"feature"`
	Reason  string            `json:"reason"`
}

// Kind returns "reopen_feature".
func (ReopenFeature) Kind() string { return "reopen_feature" }

func (c ReopenFeature) permission(b *View) Permission {
	if entry, ok := b.features.byID[c.Feature]; ok && entry.feature.Status == roadmap.FeatureDropped {
		return MayDefineFeatures
	}
	return MayAcceptFeatures
}

func (c ReopenFeature) gate(b *View) []*RefusedError {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return nil
	}
	if entry.feature.Status == roadmap.FeatureOpen {
		return refusals(&RefusedError{
			By: ByRule, ID: entry.feature.ID.String(), Reason: "the feature is open", Needs: []string{"a feature that is accepted or dropped"},
		})
	}
	return refusals(wantReason(c.Reason), b.wantPlanned(entry.feature.Release))
}

func (c ReopenFeature) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c ReopenFeature) apply(b *View, _ time.Time, _ string) {
	b.setFeatureStatus(c.Feature, roadmap.FeatureOpen, nil)
}

func wantOpenFeature(entry *featureEntry) *RefusedError {
	if entry.feature.Status == roadmap.FeatureOpen {
		return nil
	}
	return &RefusedError{
		By: ByRule, ID: entry.feature.ID.String(), Reason: "the feature is " + entry.feature.Status.String(), Needs: []string{"a feature that is open"},
	}
}

func (b *View) checkFeature(id roadmap.FeatureID) error {
	if _, ok := b.features.byID[id]; !ok {
		return notFound("feature", id)
	}
	return nil
}

// checkFeatures wants features that are there, at least one, each once.
func (b *View) checkFeatures(ids []roadmap.FeatureID) error {
	return checkEach("features", ids, b.checkFeature)
}

// changeFeature replaces a feature's value by what change makes of it.
func (b *View) changeFeature(id roadmap.FeatureID, change func(roadmap.Feature) roadmap.Feature) {
	entry := b.features.byID[id]
	record := entry.record()
	record.Feature = change(record.Feature)
	featureTable.put(b, entry, record)
}
