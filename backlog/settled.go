package backlog

import (
	"fmt"
	"iter"
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What was accepted, dropped or shipped stays as it was then: features are guarded as stories are, by
// [RuleFeatureOpen] and [RuleReleasePlanned].

// wantFeatureOpen refuses a feature that is accepted or dropped.
func (b *View) wantFeatureOpen(id roadmap.FeatureID) *RefusedError {
	entry, ok := b.features.byID[id]
	if !ok || entry.feature.Status == roadmap.FeatureOpen {
		return nil
	}
	refused := breach(RuleFeatureOpen, ByRule,
		fmt.Sprintf("feature %q is %v", entry.feature.Title, entry.feature.Status), "a feature that is open")
	refused.ID = id.String()
	return refused
}

// wantTakesStories refuses a feature that gets no story any more.
func (b *View) wantTakesStories(id roadmap.FeatureID) []*RefusedError {
	entry, ok := b.features.byID[id]
	if !ok {
		return nil
	}
	return refusals(b.wantFeatureOpen(id), b.wantPlanned(entry.feature.Release))
}

// wantLetsGo refuses to take a story out of a feature that was accepted, or an accepted story out of a
// release that was shipped. A feature that was dropped lets all go.
func (b *View) wantLetsGo(entry *storyEntry) []*RefusedError {
	feature := entry.feature
	switch {
	case feature == nil:
		return nil
	case feature.feature.Status == roadmap.FeatureAccepted:
		return refusals(b.wantFeatureOpen(feature.feature.ID))
	case entry.category == story.Completed:
		return refusals(b.wantPlanned(feature.feature.Release))
	}
	return nil
}

// wantSettled returns what stands against a Revert because what it takes back has been built on since:
// an acceptance after the sprint was closed, the feature accepted or the release shipped, or a story that
// comes back into such a feature.
func (c Revert) wantSettled(b *View) (against []*RefusedError) {
	for _, record := range storyTable.of(c.is).Values {
		category, _ := b.options.Workflow.Category(record.Status)
		entry, ok := b.stories[record.ID]
		if category != story.Completed || ok && entry.category == story.Completed {
			continue
		}
		against = append(against, b.wantUncounted(record.ID))
		if feature, ok := b.features.byID[record.Feature]; ok {
			against = append(against, b.wantFeatureOpen(record.Feature), b.wantPlanned(feature.feature.Release))
		}
	}
	before := make(map[story.ID]storyRecord)
	for _, record := range storyTable.of(c.is).Values {
		before[record.ID] = record
	}
	for _, record := range storyTable.of(c.was).Values { // what comes back into its feature, or is open there again
		entry, old := b.stories[record.ID], before[record.ID]
		was, _ := b.options.Workflow.Category(old.Status)
		if old.Feature != record.Feature || entry.category.IsOpen() && was == story.Removed {
			against = append(against, b.wantNotAccepted(record.Feature)...)
		}
		if old.Feature != record.Feature {
			against = append(against, b.wantNotAccepted(old.Feature)...)
		}
	}
	return refusals(append(against, c.wantFeaturesSettled(b)...)...)
}

// wantNotAccepted is wantTakesStories for what is taken back: into a feature that was dropped, a story can
// come back.
func (b *View) wantNotAccepted(id roadmap.FeatureID) []*RefusedError {
	if entry, ok := b.features.byID[id]; ok && entry.feature.Status == roadmap.FeatureDropped {
		return nil
	}
	return b.wantTakesStories(id)
}

// wantFeaturesSettled is wantSettled for the features.
func (c Revert) wantFeaturesSettled(b *View) (against []*RefusedError) {
	was := make(map[roadmap.FeatureID]featureRecord)
	for _, record := range featureTable.of(c.was).Values {
		was[record.ID] = record
	}
	for _, record := range featureTable.of(c.is).Values {
		old := was[record.ID]
		switch {
		case record.Status == roadmap.FeatureAccepted && old.Status != roadmap.FeatureAccepted:
			against = append(against, b.wantPlanned(record.Release))
		case record.Status != roadmap.FeatureOpen && old.Status == record.Status && isJudgedBy(record.Feature, old.Feature):
			against = append(against, b.wantFeatureOpen(record.ID))
		}
	}
	return against
}

// undoes returns the permissions that c needs: that of the event, and those of what is undone, each once.
func (c Revert) undoes(b *View) []Permission {
	found := []Permission{c.decides}
	need := func(permission Permission) {
		if !slices.Contains(found, permission) {
			found = append(found, permission)
		}
	}
	for person, other := range changedRecords(personTable, c) {
		if !slices.Equal(person.Roles, other.Roles) {
			need(MayAssignRoles)
		}
		for _, one := range slices.Concat(person.Mandates, other.Mandates) {
			if !slices.Contains(person.Mandates, one) || !slices.Contains(other.Mandates, one) {
				need(one.Permission)
			}
		}
	}
	for record, other := range changedRecords(storyTable, c) {
		was, _ := b.options.Workflow.Category(record.Status)
		is, _ := b.options.Workflow.Category(other.Status)
		if was != is && (was == story.Completed || is == story.Completed) {
			need(MayAcceptStories)
		}
	}
	for record, other := range changedRecords(featureTable, c) {
		if record.Status != other.Status && (record.Status == roadmap.FeatureAccepted || other.Status == roadmap.FeatureAccepted) {
			need(MayAcceptFeatures)
		}
	}
	for release, other := range changedRecords(releaseTable, c) {
		if release.Status != other.Status && (release.Status == roadmap.ReleaseShipped || other.Status == roadmap.ReleaseShipped) {
			need(MayShipReleases)
		}
	}
	for sprint, other := range changedRecords(sprintTable, c) {
		switch {
		case sprint.Status == other.Status:
		case sprint.Status == SprintCancelled || other.Status == SprintCancelled:
			need(MayCancelSprints)
		default:
			need(MayRunSprints)
		}
	}
	return found
}

// also are needed where an increment has other objectives again than those that were written for it.
func (c Revert) also(*View) []authority {
	if c.decides != MayChangeRoadmap {
		return nil
	}
	var objectives []roadmap.IncrementObjective
	for was, is := range changedRecords(incrementTable, c) {
		if !slices.EqualFunc(was.Objectives, is.Objectives, areWrittenAlike) {
			objectives = slices.Concat(objectives, was.Objectives, is.Objectives)
		}
	}
	return objectiveAuthority(objectives)
}

// areWrittenAlike reports whether two objectives differ in what is proposed and what they came to at most.
func areWrittenAlike(x, y roadmap.IncrementObjective) bool {
	x.Proposed, x.Actual = y.Proposed, y.Actual
	return x == y
}

// changedRecords iterates over the records of a table that c changes: as they were, and as they came to
// be, the zero value where there is none.
func changedRecords[K comparable, V, E any](t *table[K, V, E], c Revert) iter.Seq2[V, V] {
	return func(yield func(V, V) bool) {
		was, is := t.of(c.was).Values, t.of(c.is).Values
		before := make(map[K]V, len(was))
		for i := range was {
			before[t.key(was[i])] = was[i]
		}
		var none V
		for i := range is {
			key := t.key(is[i])
			if !yield(before[key], is[i]) {
				return
			}
			delete(before, key)
		}
		for i := range was {
			if _, left := before[t.key(was[i])]; left && !yield(was[i], none) {
				return
			}
		}
	}
}

// teamsTouched returns the teams of the stories and sprints that c changes, each once.
func (c Revert) teamsTouched() []story.Team {
	var teams []story.Team
	add := func(team story.Team) {
		if !slices.Contains(teams, team) {
			teams = append(teams, team)
		}
	}
	for was, is := range changedRecords(storyTable, c) {
		add(was.Team)
		add(is.Team)
	}
	for was, is := range changedRecords(sprintTable, c) {
		add(was.Team)
		add(is.Team)
	}
	return teams
}

// askUndone asks the policy for what a Revert undoes.
func (b *View) askUndone(c Revert, request PolicyRequest) error {
	for _, permission := range c.undoes(b)[1:] {
		request.Permission, request.Delegated = permission, false
		if permission == MayAcceptStories || permission == MayRunSprints || permission == MayCancelSprints {
			request.Teams = c.teamsTouched()
		}
		if _, err := b.askHost(&request); err != nil {
			return err
		}
	}
	return nil
}

// isJudgedBy reports whether two states of a feature differ in what is looked at when it is accepted.
func isJudgedBy(x, y roadmap.Feature) bool {
	return x.Title != y.Title || !x.Size.Equal(y.Size) || !x.Criteria.EqualFunc(y.Criteria, story.Criterion.Equal)
}

// wantUncounted refuses to take back the acceptance of a story that counts in the velocity of a sprint
// that is over: accepted again, it would count twice.
func (b *View) wantUncounted(id story.ID) *RefusedError {
	for _, entry := range b.sprints.list {
		if !entry.sprint.Status.IsOpen() && slices.Contains(entry.sprint.Stories, id) {
			return &RefusedError{
				By: ByRule, Reason: fmt.Sprintf("the story counts in sprint %q, which is over", entry.sprint.Name),
				Needs: []string{"the end of the sprint taken back first"},
			}
		}
	}
	return nil
}
