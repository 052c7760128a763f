package backlog

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

var visionValue = &single[roadmap.Vision]{
	name: "vision", at: func(b *View) *roadmap.Vision { return &b.vision },
	none: roadmap.Vision.IsZero, check: roadmap.Vision.Validate,
}

type goalEntry struct {
	goal     roadmap.Goal
	features []*featureEntry // in no order
	tally    tally
}

var goalTable = &table[roadmap.GoalID, roadmap.Goal, goalEntry]{
	name: "goals", noun: "goal",
	rows:  func(b *View) storage[roadmap.GoalID, goalEntry] { return &b.goals },
	key:   func(g roadmap.Goal) roadmap.GoalID { return g.ID },
	value: func(e *goalEntry) roadmap.Goal { return e.goal },
	set:   (*View).setGoal,
	check: func(_ *View, entry *goalEntry, goal roadmap.Goal) error {
		err := field.Join(goal.Validate(), checkStatus(goal.Status))
		if entry != nil {
			err = field.Join(err, checkServed(entry, goal))
		}
		return err
	},
	stays: func(b *View, e *goalEntry) (reason, needs string) {
		if len(e.features) == 0 {
			return b.isTalkedAbout(roadmap.AboutGoal(e.goal.ID))
		}
		return fmt.Sprintf("features serve goal %q", e.goal.Title), "these taken back first"
	},
}

// setGoal replaces the value of a goal. Dropping or reviving it decides whether its stories can be
// worked on.
func (b *View) setGoal(entry *goalEntry, goal roadmap.Goal) {
	old := entry.goal
	entry.goal = goal
	if (old.Status == roadmap.GoalDropped) != (goal.Status == roadmap.GoalDropped) {
		for _, feature := range entry.features {
			b.refreshFeature(feature)
		}
	}
}

// SetVision gives the product its vision, or another one.
//
// The product manager may do it. Errors: [field.Error].
type SetVision struct {
	Vision roadmap.Vision `json:"vision"`
}

// Kind returns "set_vision".
func (SetVision) Kind() string { return "set_vision" }

func (SetVision) permission(*View) Permission { return MaySetVision }

func (c SetVision) check(*View) error { return c.Vision.Validate() }

func (c SetVision) apply(b *View, _ time.Time, _ string) { visionValue.put(b, c.Vision) }

// AddGoal adds a goal, planned for the time being. [PursueGoal] makes it active.
//
// The product manager may do it. Errors: [field.Error]; [ErrExists]; [ErrRule] without a
// vision that the goal could lead to.
type AddGoal struct {
	Goal roadmap.Goal `json:"goal"` // its status is left unset
}

// Kind returns "add_goal".
func (AddGoal) Kind() string { return "add_goal" }

func (c AddGoal) own() Change {
	c.Goal = c.Goal.Clone()
	return c
}

func (AddGoal) permission(*View) Permission { return MaySetGoals }

func (c AddGoal) gate(b *View) []*RefusedError {
	if b.vision.IsZero() {
		return refusals(breach(RuleVisionFirst, ByRule, "a goal leads to a vision, and there is none", "set_vision"))
	}
	return nil
}

func (c AddGoal) check(b *View) error {
	if _, taken := b.goals.byID[c.Goal.ID]; taken {
		return exists("goal", c.Goal.ID)
	}
	if c.Goal.Status != 0 {
		return fieldError("goal.status", c.Goal.Status.String(), "none: a new goal is planned")
	}
	return c.Goal.Validate()
}

func (c AddGoal) apply(b *View, _ time.Time, _ string) {
	goal := c.Goal.Clone()
	goal.Status = roadmap.GoalPlanned
	goalTable.add(b, goal)
}

// EditGoal changes the text and the metric of a goal. Its measurements and status stay.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also where the goal
// has measurements and the metric is taken away.
type EditGoal struct {
	Goal   roadmap.GoalID  `json:"goal"`
	Title  *string         `json:"title,omitempty"`
	Metric *roadmap.Metric `json:"metric,omitempty"`
	Start  *time.Time      `json:"start,omitempty"`
	Due    *time.Time      `json:"due,omitempty"`
}

// Kind returns "edit_goal".
func (EditGoal) Kind() string { return "edit_goal" }

func (c EditGoal) own() Change {
	c.Title = copied(c.Title)
	c.Metric = copied(c.Metric)
	c.Start = copied(c.Start)
	c.Due = copied(c.Due)
	return c
}

func (EditGoal) permission(*View) Permission { return MaySetGoals }

func (c EditGoal) edited(goal roadmap.Goal) roadmap.Goal {
	edit(&goal.Title, c.Title)
	edit(&goal.Metric, c.Metric)
	edit(&goal.Start, c.Start)
	edit(&goal.Due, c.Due)
	return goal
}

func (c EditGoal) check(b *View) error {
	entry, ok := b.goals.byID[c.Goal]
	if !ok {
		return notFound("goal", c.Goal)
	}
	return field.Join(checkEdit(c.Title, c.Metric, c.Start, c.Due), c.edited(entry.goal).Validate())
}

func (c EditGoal) apply(b *View, _ time.Time, _ string) {
	entry := b.goals.byID[c.Goal]
	goalTable.put(b, entry, c.edited(entry.goal))
}

// PursueGoal makes a planned goal the active one. Unless [RuleOneGoal] is off there can be
// one at a time: it is fulfilled or dropped before the next is pursued (Scrum Guide, 2020).
//
// The product manager may do it. Errors: [NotFoundError]; [ErrRule] where another goal is active or
// this one is not planned.
type PursueGoal struct {
	Goal roadmap.GoalID `json:"goal"`
}

// Kind returns "pursue_goal".
func (PursueGoal) Kind() string { return "pursue_goal" }

func (PursueGoal) permission(*View) Permission { return MaySetGoals }

func (c PursueGoal) gate(b *View) []*RefusedError {
	if refused := b.wantGoal(c.Goal, roadmap.GoalPlanned); refused != nil {
		return refusals(refused)
	}
	return refusals(b.wantNoOtherGoal(c.Goal))
}

// wantNoOtherGoal refuses, by the rule, a goal beside one that is active.
func (b *View) wantNoOtherGoal(id roadmap.GoalID) *RefusedError {
	for _, entry := range b.goals.list {
		if entry.goal.Status == roadmap.GoalActive && entry.goal.ID != id {
			return breach(RuleOneGoal, ByRule, fmt.Sprintf("goal %q is active", entry.goal.Title),
				"that it is fulfilled or dropped first").over(goalItems(entry.goal.ID))
		}
	}
	return nil
}

func (c PursueGoal) check(b *View) error { return b.checkGoal(c.Goal) }

func (c PursueGoal) apply(b *View, _ time.Time, _ string) {
	b.setGoalStatus(c.Goal, roadmap.GoalActive)
}

// MeasureGoal records what a goal's metric is.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also for a goal
// without a metric.
type MeasureGoal struct {
	Goal  roadmap.GoalID  `json:"goal"`
	Value decimal.Decimal `json:"value"`       // in the metric's unit
	At    time.Time       `json:"at,omitzero"` // when it was measured; unset means now
}

// Kind returns "measure_goal".
func (MeasureGoal) Kind() string { return "measure_goal" }

func (MeasureGoal) permission(*View) Permission { return MaySetGoals }

func (c MeasureGoal) check(b *View) error {
	entry, ok := b.goals.byID[c.Goal]
	if !ok {
		return notFound("goal", c.Goal)
	}
	if entry.goal.Metric.IsZero() {
		return fieldError("goal.metric", "", "a metric, before it can be measured")
	}
	if len(entry.goal.Measurements) >= roadmap.MaxMeasurements {
		return fieldError("goal.measurements", fmt.Sprint(len(entry.goal.Measurements)+1),
			fmt.Sprintf("at most %d of them", roadmap.MaxMeasurements))
	}
	return field.Join(field.CheckInstant("backlog", "at", c.At), field.CheckNumber("backlog", "value", c.Value))
}

func (c MeasureGoal) apply(b *View, at time.Time, _ string) {
	entry := b.goals.byID[c.Goal]
	goal := entry.goal
	goal.Measurements = withMeasurement(goal.Measurements, c.Value, c.At, at)
	goalTable.put(b, entry, goal)
}

// WithdrawMeasurement takes back a measurement that should not count: the latest of those dated at that
// instant.
//
// The product manager may do it; the reason, which [RuleReason] wants, is kept in the event. Errors: [NotFoundError], also
// where the goal has no measurement of the instant; [field.Error]; [ErrRule] by [RuleReason], or by
// [RuleGoalReached] where a goal that is fulfilled would not have reached its target without it.
type WithdrawMeasurement struct {
	Goal   roadmap.GoalID `json:"goal"`
	At     time.Time      `json:"at"` // when it was measured
	Reason string         `json:"reason"`
}

// Kind returns "withdraw_measurement".
func (WithdrawMeasurement) Kind() string { return "withdraw_measurement" }

func (WithdrawMeasurement) permission(*View) Permission { return MaySetGoals }

// without returns the goal without the measurement, and whether there is one.
func (c WithdrawMeasurement) without(goal roadmap.Goal) (roadmap.Goal, bool) {
	for at, one := range slices.Backward(goal.Measurements) {
		if one.At.Equal(c.At) {
			goal.Measurements = slices.Delete(slices.Clone(goal.Measurements), at, at+1)
			return goal, true
		}
	}
	return goal, false
}

func (c WithdrawMeasurement) gate(*View) []*RefusedError { return refusals(wantReason(c.Reason)) }

func (c WithdrawMeasurement) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.goals.byID[c.Goal]
	if !ok || entry.goal.Status != roadmap.GoalFulfilled {
		return nil
	}
	goal, _ := c.without(entry.goal)
	return refusals(wantReached(goal.AsOf(at)))
}

func (c WithdrawMeasurement) check(b *View) error {
	entry, ok := b.goals.byID[c.Goal]
	if !ok {
		return notFound("goal", c.Goal)
	}
	if err := field.CheckInstant("backlog", "at", c.At); err != nil {
		return err
	}
	if _, there := c.without(entry.goal); !there {
		return &NotFoundError{"measurement", c.At.UTC().Format(time.RFC3339Nano)}
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c WithdrawMeasurement) apply(b *View, _ time.Time, _ string) {
	entry := b.goals.byID[c.Goal]
	goal, _ := c.without(entry.goal)
	goalTable.put(b, entry, goal)
}

// FulfilGoal records that a goal is reached.
//
// The product manager may do it. Errors: [NotFoundError]; [ErrRule] where the goal is not active, or by
// [RuleGoalReached] where what was measured by then does not reach the target.
type FulfilGoal struct {
	Goal roadmap.GoalID `json:"goal"`
}

// Kind returns "fulfil_goal".
func (FulfilGoal) Kind() string { return "fulfil_goal" }

func (FulfilGoal) permission(*View) Permission { return MaySetGoals }

func (c FulfilGoal) gate(b *View) []*RefusedError {
	return refusals(b.wantGoal(c.Goal, roadmap.GoalActive))
}

func (c FulfilGoal) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.goals.byID[c.Goal]
	if !ok {
		return nil
	}
	return refusals(wantReached(entry.goal.AsOf(at)))
}

// wantReached refuses, by the rule, a goal with a metric that is not known to have reached its target.
func wantReached(goal roadmap.Goal) *RefusedError {
	if goal.Metric.IsZero() {
		return nil
	}
	if _, measured := goal.Actual(); measured && goal.Progress().IsComplete() {
		return nil
	}
	refused := breach(RuleGoalReached, ByRule, "the goal has not reached its target", "a measurement that reaches it")
	refused.ID = goal.ID.String()
	return refused
}

func (c FulfilGoal) check(b *View) error { return b.checkGoal(c.Goal) }

func (c FulfilGoal) apply(b *View, _ time.Time, _ string) {
	b.setGoalStatus(c.Goal, roadmap.GoalFulfilled)
}

// DropGoal abandons a goal. The stories of its features stay, but are not ready to be worked on.
//
// The product manager may do it; the reason, which [RuleReason] wants, is kept in the event. Errors:
// [NotFoundError]; [field.Error]; [ErrRule] where the goal is neither planned nor active, or by
// [RuleDropNeeded] where open items outside need its features or open stories of these.
type DropGoal struct {
	Goal   roadmap.GoalID `json:"goal"`
	Reason string         `json:"reason"`
}

// Kind returns "drop_goal".
func (DropGoal) Kind() string { return "drop_goal" }

func (DropGoal) permission(*View) Permission { return MaySetGoals }

func (c DropGoal) gate(b *View) []*RefusedError {
	against := refusals(b.wantGoal(c.Goal, roadmap.GoalPlanned, roadmap.GoalActive), wantReason(c.Reason))
	if entry, ok := b.goals.byID[c.Goal]; ok && entry.goal.Status.IsOpen() {
		against = append(against, refusals(b.wantGoalUnneeded(entry))...)
	}
	return against
}

func (c DropGoal) check(b *View) error {
	if err := b.checkGoal(c.Goal); err != nil {
		return err
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c DropGoal) apply(b *View, _ time.Time, _ string) {
	b.setGoalStatus(c.Goal, roadmap.GoalDropped)
}

// MoveGoal puts a goal at an index among the goals, 0 being the first: the one that matters most.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error] for an index outside the list.
type MoveGoal struct {
	Goal roadmap.GoalID `json:"goal"`
	To   int            `json:"to"`
}

// Kind returns "move_goal".
func (MoveGoal) Kind() string { return "move_goal" }

func (MoveGoal) permission(*View) Permission { return MaySetGoals }

func (c MoveGoal) check(b *View) error {
	if err := b.checkGoal(c.Goal); err != nil {
		return err
	}
	return field.CheckWhole("backlog", "to", c.To, 0, b.goals.len()-1)
}

func (c MoveGoal) apply(b *View, _ time.Time, _ string) {
	goalTable.move(b, b.goals.byID[c.Goal], c.To)
}

func (b *View) checkGoal(id roadmap.GoalID) error {
	if _, ok := b.goals.byID[id]; !ok {
		return notFound("goal", id)
	}
	return nil
}

func (b *View) setGoalStatus(id roadmap.GoalID, status roadmap.GoalStatus) {
	entry := b.goals.byID[id]
	goal := entry.goal
	goal.Status = status
	goalTable.put(b, entry, goal)
}

// wantGoal refuses a goal that is in none of the states.
func (b *View) wantGoal(id roadmap.GoalID, states ...roadmap.GoalStatus) *RefusedError {
	entry, ok := b.goals.byID[id]
	if !ok || slices.Contains(states, entry.goal.Status) {
		return nil
	}
	refused := &RefusedError{By: ByRule, ID: id.String(), Reason: "the goal is " + entry.goal.Status.String()}
	for _, state := range states {
		refused.Needs = append(refused.Needs, "a goal that is "+state.String())
	}
	return refused
}
