package backlog

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// SplitFeature divides an open feature into a simpler version that comes first and what comes later: the
// feature keeps what goes now, and a new one right after it, whose Parent it is, takes the rest, its open
// stories and criteria that are named. Both serve the same goal and key result. The new feature is in the
// horizon, the release and the increment that it is given, by default in none; its epic, its theme, its class,
// requester and segment are the feature's where it is given none. It needs what the feature needs, what needs the feature needs both, and it is held as long as the feature, by impediments too. Stories
// stay in their sprints, criteria lose their verdicts.
//
// The product manager may do it; the reason, which [RuleReason] wants, is kept in the event. Errors: [NotFoundError];
// [ErrExists]; [field.Error], also for a story or criterion that is not the feature's, or for more dependencies
// to pass on than [MaxPassedOn]; [ErrRule] by [RuleFeatureOpen], [RuleReleasePlanned], [RuleLevelSkipped],
// [RuleParentAlive] and [RuleReason]; [ErrNotReady] by [Options.FeatureReady].
type SplitFeature struct {
	Feature  roadmap.FeatureID   `json:"feature"`
	Later    roadmap.Feature     `json:"later"`              // as for AddFeature
	Stories  []story.ID          `json:"stories,omitempty"`  // of the feature, that come later
	Criteria []story.CriterionID `json:"criteria,omitempty"` // likewise
	Reason   string              `json:"reason"`
}

// Kind returns "split_feature".
func (SplitFeature) Kind() string { return "split_feature" }

func (c SplitFeature) own() Change {
	c.Stories, c.Criteria = slices.Clone(c.Stories), slices.Clone(c.Criteria)
	return c
}

func (SplitFeature) permission(*View) Permission { return MayDefineFeatures }

func (c SplitFeature) gate(b *View) []*RefusedError {
	epic, goal := c.Later.Epic, roadmap.GoalID{}
	if entry, ok := b.features.byID[c.Feature]; ok {
		epic, goal = cmp.Or(epic, entry.feature.Epic), entry.feature.Goal
	}
	return refusals(b.wantFeatureOpen(c.Feature), b.wantPlanned(c.Later.Release), b.wantLevels(epic), b.wantGoalAlive(goal), wantReason(c.Reason),
		b.wantFeatureReady(c.Later))
}

func (c SplitFeature) moves(b *View) (moves []storyMove) {
	for _, id := range c.Stories {
		moves = append(moves, b.moved(id, func(s *story.Story) { s.Feature = c.Later.ID })...)
	}
	return moves
}

func (c SplitFeature) check(b *View) error {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return notFound("feature", c.Feature)
	}
	given := c.Later
	var errs []error
	if !given.Goal.IsZero() && given.Goal != entry.feature.Goal {
		errs = append(errs, fieldError("later.goal", given.Goal.String(), "the goal of the feature that is split, or none"))
	}
	if given.Parent == c.Feature {
		given.Parent = roadmap.FeatureID{}
	}
	if err := (AddFeature{given}).check(b); err != nil {
		return field.Join(append(errs, field.Within("later", err))...)
	}
	if links := len(entry.node.needs) + len(entry.node.frees); links > MaxPassedOn {
		errs = append(errs, fieldError("feature", fmt.Sprint(links), fmt.Sprintf("at most %d dependencies to pass on", MaxPassedOn)))
	}
	seen := make(map[story.ID]bool, len(c.Stories))
	for i, id := range c.Stories {
		one, err := b.find(id)
		switch path := field.Index("stories", i); {
		case err != nil:
			errs = append(errs, err)
		case one.feature != entry || !one.node.open || seen[id]:
			errs = append(errs, fieldError(path, id.String(), "an open story of the feature, each once"))
		}
		seen[id] = true
	}
	for i, id := range c.Criteria {
		if criterionIndex(entry.feature.Criteria, id) < 0 || slices.Contains(c.Criteria[:i], id) {
			errs = append(errs, fieldError(field.Index("criteria", i), id.String(), "a criterion of the feature, each once"))
		}
	}
	if len(errs) == 0 { // that there is room for the criteria that come to it
		errs = append(errs, field.Within("later", c.later(entry.feature).Validate()))
	}
	errs = append(errs, b.checkPassImpediments(roadmap.AboutFeature(c.Feature), 1), field.CheckText("backlog", "reason", c.Reason))
	return field.Join(errs...)
}

// later returns the new feature as it comes out of the split of another.
func (c SplitFeature) later(feature roadmap.Feature) roadmap.Feature {
	later := c.Later
	later.Parent, later.Goal, later.KeyResult, later.Status = feature.ID, feature.Goal, feature.KeyResult, roadmap.FeatureOpen
	later.Epic, later.Theme = cmp.Or(later.Epic, feature.Epic), cmp.Or(later.Theme, feature.Theme)
	later.Details = passDetails(feature.Details, passSchedule(feature.Details, later.Details))
	var moved []story.Criterion
	for _, criterion := range feature.Criteria.All() {
		if slices.Contains(c.Criteria, criterion.ID) {
			moved = append(moved, story.Criterion{ID: criterion.ID, Text: criterion.Text})
		}
	}
	later.Criteria = story.ListOf(append(later.Criteria.Slice(), moved...)...)
	return later
}

func (c SplitFeature) apply(b *View, _ time.Time, _ string) {
	entry := b.features.byID[c.Feature]
	featureTable.addAt(b, featureRecord{Feature: c.later(entry.feature)}, b.features.index(entry)+1)
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Criteria = story.ListOf(slices.DeleteFunc(feature.Criteria.Slice(), func(one story.Criterion) bool {
			return slices.Contains(c.Criteria, one.ID)
		})...)
		return feature
	})
	later := b.features.byID[c.Later.ID]
	goes := make(map[story.ID]bool, len(c.Stories))
	for _, id := range c.Stories {
		goes[id] = true
	}
	for _, one := range slices.Clone(sortedNeeds(&entry.node)) {
		isOwn := entry.node.owns(one.node) // a need without effect, which goes where its story goes
		switch {
		case !isOwn:
			b.link(&later.node, one)
		case goes[one.node.story.story.ID]:
			b.unlink(&entry.node, one.node)
			b.link(&later.node, one)
		}
	}
	for _, id := range c.Stories {
		b.changeStory(id, func(s *story.Story) { s.Feature = c.Later.ID })
	}
	for _, other := range slices.SortedFunc(slices.Values(entry.node.frees), (*node).compare) {
		passed := other.needs[other.needIndex(&entry.node)]
		passed.node = &later.node
		b.link(other, passed)
	}
	b.passImpediments(roadmap.AboutFeature(c.Feature), true, roadmap.AboutFeature(c.Later.ID))
}
