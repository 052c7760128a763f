package backlog

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
)

type incrementEntry struct{ increment roadmap.Increment }

var incrementTable = &table[roadmap.IncrementID, roadmap.Increment, incrementEntry]{
	name: "increments", noun: "increment",
	rows:  func(b *View) storage[roadmap.IncrementID, incrementEntry] { return &b.increments },
	key:   func(i *roadmap.Increment) roadmap.IncrementID { return i.ID },
	value: func(e *incrementEntry) roadmap.Increment { return e.increment },
	set:   func(_ *View, e *incrementEntry, to roadmap.Increment) { e.increment = to },
	check: func(_ *View, _ *incrementEntry, increment roadmap.Increment) error { return increment.Validate() },
	stays: func(b *View, e *incrementEntry) (reason, needs string) {
		if reason, needs := b.isTalkedAbout(roadmap.AboutIncrement(e.increment.ID)); reason != "" {
			return reason, needs
		}
		return b.featureIn("increment", func(f *roadmap.Feature) bool { return f.Increment == e.increment.ID })
	},
}

// PlanIncrement adds an increment: a period of iterations that several teams plan together.
//
// The product manager may do it. Errors: [field.Error]; [ErrExists].
type PlanIncrement struct {
	Increment roadmap.Increment `json:"increment"` // votes are left unset, as is what objectives came to
}

// Kind returns "plan_increment".
func (PlanIncrement) Kind() string { return "plan_increment" }

func (c PlanIncrement) own() Change {
	c.Increment = c.Increment.Clone()
	return c
}

func (PlanIncrement) permission(*View) Permission { return MayChangeRoadmap }

func (c PlanIncrement) gate(b *View) (against []*RefusedError) {
	for _, other := range b.increments.list {
		if overlap(c.Increment.Iterations, other.increment.Iterations) {
			against = append(against, breach(RuleIncrementOverlap, ByRule,
				fmt.Sprintf("increment %q lies in the same time", other.increment.Name), "another time"))
		}
	}
	return against
}

// overlap reports whether two rows of iterations, each in order, have a time in common.
func overlap(a, b []roadmap.Iteration) bool {
	return len(a) > 0 && len(b) > 0 && a[0].From.Before(b[len(b)-1].To) && b[0].From.Before(a[len(a)-1].To)
}

func (c PlanIncrement) check(b *View) error {
	if _, taken := b.increments.byID[c.Increment.ID]; taken {
		return exists("increment", c.Increment.ID)
	}
	if err := c.Increment.Validate(); err != nil {
		return err
	}
	return checkUnrated(c.Increment.Objectives, c.Increment.Votes)
}

func (c PlanIncrement) apply(b *View, _ time.Time, _ string) {
	incrementTable.add(b, c.Increment.Clone())
}

// EditIncrement replaces the name, iterations and objectives of an increment. Votes, and what
// objectives came to, are forgotten: they were about another plan.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error].
type EditIncrement struct {
	Increment  roadmap.IncrementID           `json:"increment"`
	Name       *string                       `json:"name,omitzero"`
	Iterations *[]roadmap.Iteration          `json:"iterations,omitzero"`
	Objectives *[]roadmap.IncrementObjective `json:"objectives,omitzero"`
}

// Kind returns "edit_increment".
func (EditIncrement) Kind() string { return "edit_increment" }

func (c EditIncrement) own() Change {
	c.Name = copied(c.Name)
	if c.Iterations != nil {
		c.Iterations = Set(slices.Clone(*c.Iterations))
	}
	if c.Objectives != nil {
		c.Objectives = Set(slices.Clone(*c.Objectives))
	}
	return c
}

func (c EditIncrement) edited(increment roadmap.Increment) roadmap.Increment {
	edit(&increment.Name, c.Name)
	edit(&increment.Iterations, c.Iterations)
	if c.Objectives != nil {
		increment.Objectives = *c.Objectives
	} else {
		increment.Objectives = slices.Clone(increment.Objectives)
		for i := range increment.Objectives {
			increment.Objectives[i].Actual = 0
		}
	}
	increment.Votes = nil
	return increment.Clone()
}

func (EditIncrement) permission(*View) Permission { return MayChangeRoadmap }

func (c EditIncrement) check(b *View) error {
	entry, ok := b.increments.byID[c.Increment]
	if !ok {
		return notFound("increment", c.Increment)
	}
	edited := c.edited(entry.increment)
	return errors.Join(checkEdit(c.Name, c.Iterations, c.Objectives), edited.Validate(), checkUnrated(edited.Objectives, nil))
}

func (c EditIncrement) apply(b *View, _ time.Time, _ string) {
	entry := b.increments.byID[c.Increment]
	incrementTable.put(b, entry, c.edited(entry.increment))
}

// AssignFeatureIncrement puts a feature into an increment, or with the zero id takes it out of the one it is
// in.
//
// The product manager may do it. Errors: [NotFoundError].
type AssignFeatureIncrement struct {
	Feature   roadmap.FeatureID   `json:"feature"`
	Increment roadmap.IncrementID `json:"increment,omitzero"`
}

// Kind returns "assign_feature_increment".
func (AssignFeatureIncrement) Kind() string { return "assign_feature_increment" }

func (AssignFeatureIncrement) permission(*View) Permission { return MayChangeRoadmap }

func (c AssignFeatureIncrement) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil || c.Increment.IsZero() {
		return err
	}
	return b.checkIncrement(c.Increment)
}

func (c AssignFeatureIncrement) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Increment = c.Increment
		return feature
	})
}

// VoteConfidence records the votes of confidence in the plan of an increment, in place of earlier
// ones.
//
// The product owner and developers may do it. Errors: [NotFoundError]; [field.Error] for votes
// outside 1 to 5.
type VoteConfidence struct {
	Increment roadmap.IncrementID `json:"increment"`
	Votes     []int               `json:"votes"`
}

// Kind returns "vote_confidence".
func (VoteConfidence) Kind() string { return "vote_confidence" }

func (c VoteConfidence) own() Change {
	c.Votes = slices.Clone(c.Votes)
	return c
}

func (VoteConfidence) permission(*View) Permission { return MayRunSprints }

func (c VoteConfidence) voted(increment roadmap.Increment) roadmap.Increment {
	increment.Votes = slices.Clone(c.Votes)
	return increment
}

func (c VoteConfidence) check(b *View) error {
	entry, ok := b.increments.byID[c.Increment]
	if !ok {
		return notFound("increment", c.Increment)
	}
	return c.voted(entry.increment).Validate()
}

func (c VoteConfidence) apply(b *View, _ time.Time, _ string) {
	entry := b.increments.byID[c.Increment]
	incrementTable.put(b, entry, c.voted(entry.increment))
}

// RateObjective records the business value that an objective of an increment came to.
//
// A business owner may do it. Errors: [NotFoundError], also for an index without an objective;
// [field.Error] for a value outside 0 to 10.
type RateObjective struct {
	Increment roadmap.IncrementID `json:"increment"`
	Objective int                 `json:"objective"` // its index
	Actual    int                 `json:"actual"`
}

// Kind returns "rate_objective".
func (RateObjective) Kind() string { return "rate_objective" }

func (RateObjective) permission(*View) Permission { return MayRateObjectives }

func (c RateObjective) rated(increment roadmap.Increment) roadmap.Increment {
	increment.Objectives = slices.Clone(increment.Objectives)
	increment.Objectives[c.Objective].Actual = c.Actual
	return increment
}

func (c RateObjective) check(b *View) error {
	entry, ok := b.increments.byID[c.Increment]
	if !ok {
		return notFound("increment", c.Increment)
	}
	if c.Objective < 0 || c.Objective >= len(entry.increment.Objectives) {
		return &NotFoundError{"objective", fmt.Sprint(c.Objective)}
	}
	return c.rated(entry.increment).Validate()
}

func (c RateObjective) apply(b *View, _ time.Time, _ string) {
	entry := b.increments.byID[c.Increment]
	incrementTable.put(b, entry, c.rated(entry.increment))
}

func (b *View) checkIncrement(id roadmap.IncrementID) error {
	if _, ok := b.increments.byID[id]; !ok {
		return notFound("increment", id)
	}
	return nil
}

// checkUnrated wants a plan without what only its course can tell.
func checkUnrated(objectives []roadmap.IncrementObjective, votes []int) error {
	if len(votes) > 0 {
		return fieldError("increment.votes", fmt.Sprint(votes), "none: they are given with vote_confidence")
	}
	for i, objective := range objectives {
		if objective.Actual != 0 {
			return fieldError(fmt.Sprintf("increment.objectives[%d].actual", i), fmt.Sprint(objective.Actual),
				"none: it is given with rate_objective")
		}
	}
	return nil
}

// Increments returns an iterator over the increments in the order in which they were planned.
func (b *View) Increments() iter.Seq[roadmap.Increment] {
	return func(yield func(roadmap.Increment) bool) {
		for _, entry := range b.increments.list {
			if !yield(entry.increment.Clone()) {
				return
			}
		}
	}
}

// Increment returns an increment by its id.
func (b *View) Increment(id roadmap.IncrementID) (roadmap.Increment, bool) {
	entry, ok := b.increments.byID[id]
	if !ok {
		return roadmap.Increment{}, false
	}
	return entry.increment.Clone(), true
}

// iterationOf returns the index of the iteration that a sprint lies in, or -1.
func iterationOf(increment roadmap.Increment, sprint Sprint) int {
	if sprint.Start.IsZero() || sprint.End.IsZero() {
		return -1
	}
	return slices.IndexFunc(increment.Iterations, func(iteration roadmap.Iteration) bool {
		return !sprint.Start.Before(iteration.From) && !sprint.End.After(iteration.To)
	})
}
