package backlog

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

type incrementEntry struct{ increment roadmap.Increment }

var incrementTable = &table[roadmap.IncrementID, roadmap.Increment, incrementEntry]{
	name: "increments", noun: "increment",
	rows:  func(b *View) storage[roadmap.IncrementID, incrementEntry] { return &b.increments },
	key:   func(i roadmap.Increment) roadmap.IncrementID { return i.ID },
	value: func(e *incrementEntry) roadmap.Increment { return e.increment },
	set:   func(_ *View, e *incrementEntry, to roadmap.Increment) { e.increment = to },
	check: (*View).checkIncrementRecord,
	stays: func(b *View, e *incrementEntry) (reason, needs string) {
		if reason, needs := b.isTalkedAbout(roadmap.AboutIncrement(e.increment.ID)); reason != "" {
			return reason, needs
		}
		return b.featureIn("increment", func(f *roadmap.Feature) bool { return f.Increment == e.increment.ID })
	},
}

// checkIncrementRecord wants an increment that is valid and keeps parts for themes that are there.
func (b *View) checkIncrementRecord(_ *incrementEntry, increment roadmap.Increment) error {
	if err := increment.Validate(); err != nil {
		return err
	}
	return b.checkAllocations("increment.allocations", increment.Allocations)
}

// PlanIncrement adds an increment: a period of iterations that several teams plan together.
//
// The product manager may do it; objectives in it need also who writes those of their teams, and values that
// are planned for them a business owner. Errors: [field.Error]; [ErrExists]; [ErrRule] by
// [RuleIncrementOverlap].
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

func (c PlanIncrement) also(*View) []authority { return objectiveAuthority(c.Increment.Objectives) }

// objectiveAuthority returns what else is needed to give objectives: they are their teams' to write, and
// their planned values the business owners' to give.
func objectiveAuthority(objectives []roadmap.IncrementObjective) (also []authority) {
	var teams []story.Team
	isRated := false
	for _, objective := range objectives {
		if !slices.Contains(teams, objective.Team) {
			teams = append(teams, objective.Team)
		}
		isRated = isRated || objective.Planned != 0
	}
	if len(teams) > 0 {
		also = append(also, authority{MayWriteObjectives, teams})
	}
	if isRated {
		also = append(also, authority{MayRateObjectives, nil})
	}
	return also
}

func (c PlanIncrement) gate(b *View) []*RefusedError {
	return b.wantApart(c.Increment.ID, c.Increment.Iterations)
}

// wantApart refuses, by the rule, iterations of an increment that lie in the time of another increment.
func (b *View) wantApart(id roadmap.IncrementID, iterations []roadmap.Iteration) (against []*RefusedError) {
	for _, other := range b.increments.list {
		if other.increment.ID != id && overlap(iterations, other.increment.Iterations) {
			against = append(against, breach(RuleIncrementOverlap, ByRule,
				fmt.Sprintf("increment %q lies in the same time", other.increment.Name), "another time").over(incrementItems(other.increment.ID)))
		}
	}
	return named(id.String(), against)
}

// overlap reports whether two rows of iterations, each in order, have a time in common.
func overlap(a, b []roadmap.Iteration) bool {
	return len(a) > 0 && len(b) > 0 && a[0].From.Before(b[len(b)-1].To) && b[0].From.Before(a[len(a)-1].To)
}

func (c PlanIncrement) check(b *View) error {
	if _, taken := b.increments.byID[c.Increment.ID]; taken {
		return exists("increment", c.Increment.ID)
	}
	if err := b.checkIncrementRecord(nil, c.Increment); err != nil {
		return err
	}
	return checkUnrated(c.Increment.Objectives, c.Increment.Votes)
}

func (c PlanIncrement) apply(b *View, _ time.Time, _ string) {
	increment := c.Increment.Clone()
	forgetActual(increment.Objectives)
	incrementTable.add(b, increment)
}

// forgetActual makes objectives, which are the caller's own, unrated.
func forgetActual(objectives []roadmap.IncrementObjective) {
	for i := range objectives {
		objectives[i].Actual = roadmap.BusinessValue{}
	}
}

// EditIncrement replaces the name, iterations, objectives and allocations of an increment. With other iterations
// or objectives, votes, and what objectives came to, are forgotten: they were about another plan.
// [SetObjectives] replaces the objectives of one team.
//
// The product manager may do it; objectives in it, and those that it replaces, need also who may give them, as in
// [PlanIncrement].
// Errors: [NotFoundError]; [field.Error]; [ErrRule] by [RuleIncrementOverlap].
type EditIncrement struct {
	Increment  roadmap.IncrementID           `json:"increment"`
	Name       *string                       `json:"name,omitempty"`
	Iterations *[]roadmap.Iteration          `json:"iterations,omitempty"`
	Objectives *[]roadmap.IncrementObjective `json:"objectives,omitempty"`
	// Allocations are parts of the capacity that are kept, see [View.IncrementOverview].
	Allocations *[]roadmap.Allocation `json:"allocations,omitempty"`
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
	if c.Allocations != nil {
		c.Allocations = Set(slices.Clone(*c.Allocations))
	}
	return c
}

func (c EditIncrement) edited(increment roadmap.Increment) roadmap.Increment {
	edit(&increment.Name, c.Name)
	edit(&increment.Iterations, c.Iterations)
	edit(&increment.Objectives, c.Objectives)
	edit(&increment.Allocations, c.Allocations)
	increment = increment.Clone()
	if c.Iterations != nil || c.Objectives != nil {
		increment.Votes = nil
		forgetActual(increment.Objectives)
	}
	return increment
}

func (EditIncrement) permission(*View) Permission { return MayChangeRoadmap }

func (c EditIncrement) also(b *View) []authority {
	entry, ok := b.increments.byID[c.Increment]
	if c.Objectives == nil || !ok {
		return nil
	}
	return objectiveAuthority(slices.Concat(entry.increment.Objectives, *c.Objectives))
}

func (c EditIncrement) gate(b *View) []*RefusedError {
	if c.Iterations == nil {
		return nil
	}
	return b.wantApart(c.Increment, *c.Iterations)
}

func (c EditIncrement) check(b *View) error {
	entry, ok := b.increments.byID[c.Increment]
	if !ok {
		return notFound("increment", c.Increment)
	}
	errs := []error{checkEdit(c.Name, c.Iterations, c.Objectives, c.Allocations), b.checkIncrementRecord(entry, c.edited(entry.increment))}
	if c.Objectives != nil {
		errs = append(errs, checkUnrated(*c.Objectives, nil))
	}
	return field.Join(errs...)
}

func (c EditIncrement) apply(b *View, _ time.Time, _ string) {
	entry := b.increments.byID[c.Increment]
	incrementTable.put(b, entry, c.edited(entry.increment))
}

// AssignFeatureIncrement puts a feature into an increment, or with the zero id takes it out of the one it is
// in.
//
// The product manager may do it. Errors: [NotFoundError]; [ErrNotReady] by [Options.FeatureReady].
type AssignFeatureIncrement struct {
	Feature   roadmap.FeatureID   `json:"feature"`
	Increment roadmap.IncrementID `json:"increment,omitzero"`
}

// Kind returns "assign_feature_increment".
func (AssignFeatureIncrement) Kind() string { return "assign_feature_increment" }

func (AssignFeatureIncrement) permission(*View) Permission { return MayChangeRoadmap }

func (c AssignFeatureIncrement) gate(b *View) []*RefusedError {
	entry := b.features.byID[c.Feature]
	if entry == nil {
		return nil
	}
	feature := entry.feature
	feature.Increment = c.Increment
	return refusals(b.wantFeatureReady(feature))
}

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

// SetObjectives replaces the objectives of one team in an increment. The values that were proposed and
// planned for an objective stay with its title; votes of confidence, and what objectives of the team came to,
// are forgotten: they were about another plan.
//
// The product owner of the team and its developers may do it. Errors: [NotFoundError]; [field.Error], also for
// an objective of another team, or one that brings a value.
type SetObjectives struct {
	Increment  roadmap.IncrementID          `json:"increment"`
	Team       story.Team                   `json:"team"`
	Objectives []roadmap.IncrementObjective `json:"objectives"` // their team may be left unset
}

// Kind returns "set_objectives".
func (SetObjectives) Kind() string { return "set_objectives" }

func (c SetObjectives) own() Change {
	c.Objectives = slices.Clone(c.Objectives)
	return c
}

func (SetObjectives) permission(*View) Permission { return MayWriteObjectives }

func (c SetObjectives) teams(*View) []story.Team { return []story.Team{c.Team} }

// written returns the increment with the objectives of the team in place of its earlier ones.
func (c SetObjectives) written(increment roadmap.Increment) roadmap.Increment {
	known := make(map[string]roadmap.IncrementObjective)
	var objectives []roadmap.IncrementObjective
	at := -1 // where the first of the team was
	for _, objective := range increment.Objectives {
		switch {
		case objective.Team != c.Team:
			objectives = append(objectives, objective)
		default:
			known[objective.Title] = objective
			if at < 0 {
				at = len(objectives)
			}
		}
	}
	if at < 0 {
		at = len(objectives)
	}
	own := slices.Clone(c.Objectives)
	for i := range own {
		old := known[own[i].Title]
		own[i].Team, own[i].Proposed, own[i].Planned = c.Team, old.Proposed, old.Planned
	}
	increment.Objectives, increment.Votes = slices.Insert(objectives, at, own...), nil
	return increment
}

func (c SetObjectives) check(b *View) error {
	entry, ok := b.increments.byID[c.Increment]
	if !ok {
		return notFound("increment", c.Increment)
	}
	if err := field.CheckLen("backlog", "objectives", len(c.Objectives), roadmap.MaxObjectives); err != nil {
		return err
	}
	errs := []error{field.CheckTitle("backlog", "team", string(c.Team))}
	titles := make(map[string]bool, len(c.Objectives))
	for i, objective := range c.Objectives {
		path := field.Index("objectives", i)
		if objective.Team != "" && objective.Team != c.Team {
			errs = append(errs, fieldError(path+".team", string(objective.Team), fmt.Sprintf("%q, or none", c.Team)))
		}
		if objective.Proposed != 0 || objective.Planned != 0 || !objective.Actual.IsZero() {
			errs = append(errs, fieldError(path, objective.Title, "no value: it is given with rate_objective"))
		}
		if titles[objective.Title] {
			errs = append(errs, fieldError(path+".title", objective.Title, "a title of its own"))
		}
		titles[objective.Title] = true
	}
	if err := field.Join(errs...); err != nil {
		return err
	}
	return c.written(entry.increment).Validate()
}

func (c SetObjectives) apply(b *View, _ time.Time, _ string) {
	entry := b.increments.byID[c.Increment]
	incrementTable.put(b, entry, c.written(entry.increment))
}

// RateObjective records the business value of an objective of an increment: the one that is proposed, the
// one that it is planned with, or the one that it came to. Nil leaves a value as it is; 0 takes back what
// was proposed or planned.
//
// The product manager may propose a value, a business owner gives the others. Errors: [NotFoundError], also
// for an index without an objective; [field.Error] for a value outside 0 to 10, or for an actual value
// without a planned one.
type RateObjective struct {
	Increment roadmap.IncrementID `json:"increment"`
	Objective int                 `json:"objective"` // its index
	Proposed  *int                `json:"proposed,omitempty"`
	Planned   *int                `json:"planned,omitempty"`
	Actual    *int                `json:"actual,omitempty"`
}

// Kind returns "rate_objective".
func (RateObjective) Kind() string { return "rate_objective" }

func (c RateObjective) own() Change {
	c.Proposed, c.Planned, c.Actual = copied(c.Proposed), copied(c.Planned), copied(c.Actual)
	return c
}

func (c RateObjective) permission(*View) Permission {
	if c.Planned == nil && c.Actual == nil && c.Proposed != nil {
		return MayChangeRoadmap
	}
	return MayRateObjectives
}

func (c RateObjective) also(b *View) []authority {
	if c.Proposed == nil || c.permission(b) == MayChangeRoadmap {
		return nil
	}
	return []authority{{MayChangeRoadmap, nil}}
}

func (c RateObjective) rated(increment roadmap.Increment) roadmap.Increment {
	increment.Objectives = slices.Clone(increment.Objectives)
	objective := &increment.Objectives[c.Objective]
	edit(&objective.Proposed, c.Proposed)
	edit(&objective.Planned, c.Planned)
	if c.Actual != nil {
		objective.Actual = roadmap.Rated(*c.Actual)
	}
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
	return field.Join(checkEdit(c.Proposed, c.Planned, c.Actual), c.rated(entry.increment).Validate())
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
		if value, _ := objective.Actual.Int(); value != 0 { // earlier versions wrote 0 for none
			return fieldError(fmt.Sprintf("increment.objectives[%d].actual", i), fmt.Sprint(value),
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
