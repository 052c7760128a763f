package backlog

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What a [Revert] brings back is asked the rules that the change would be asked that brings it about: what is
// begun, finished, committed, shipped or fulfilled again.

// wantItemsBecoming returns what stands against what stories and features come to be by a Revert that was rebased
// and made.
func (c Revert) wantItemsBecoming(b *View, at time.Time) (against []*RefusedError) {
	for back, now := range changedRecords(storyTable, c) {
		if !back.ID.IsZero() {
			against = append(against, b.wantStoryBecoming(&now, &back, at)...)
		}
	}
	for back, now := range changedRecords(featureTable, c) {
		if !back.ID.IsZero() && back.Goal != now.Goal {
			against = append(against, b.wantGoalAlive(back.Goal))
		}
		if back.Increment != now.Increment {
			against = append(against, b.wantFeatureReady(back.Feature))
		}
		if back.Status == roadmap.FeatureAccepted && now.Status != back.Status {
			against = append(against, named(back.ID.String(), b.againstAccepted(b.features.byID[back.ID], at))...)
		}
	}
	return refusals(against...)
}

// wantPlansBecoming returns what stands against what goals, sprints, increments and releases come to be.
func (c Revert) wantPlansBecoming(b *View, at time.Time) (against []*RefusedError) {
	for back, now := range changedRecords(goalTable, c) {
		against = append(against, named(back.ID.String(), b.wantGoalBecoming(&now, &back, at))...)
	}
	for back, now := range changedRecords(sprintTable, c) {
		against = append(against, named(back.ID.String(), b.wantSprintBecoming(&now, &back, at))...)
	}
	for back, now := range changedRecords(incrementTable, c) {
		if !slices.Equal(back.Iterations, now.Iterations) {
			against = append(against, b.wantApart(back.ID, back.Iterations)...)
		}
	}
	for back, now := range changedRecords(releaseTable, c) {
		switch {
		case back.Status == roadmap.ReleaseShipped && now.Status != back.Status:
			against = append(against, named(back.ID.String(), b.againstShipped(back.ID, now.ID.IsZero()))...)
		case back.Status == roadmap.ReleaseShipped:
			against = append(against, b.wantPlanned(back.ID))
		}
	}
	return refusals(against...)
}

func (b *View) wantGoalBecoming(now, back *roadmap.Goal, at time.Time) (against []*RefusedError) {
	if now.ID.IsZero() && b.vision.IsZero() {
		against = append(against, breach(RuleVisionFirst, ByRule, "a goal leads to a vision, and there is none", "set_vision"))
	}
	if back.Status == roadmap.GoalActive && now.Status != back.Status {
		against = append(against, b.wantNoOtherGoal(back.ID))
	}
	if back.Status == roadmap.GoalFulfilled {
		if reached := wantReached(now.AsOf(at)); now.Status != back.Status || reached == nil {
			against = append(against, wantReached(back.AsOf(at)))
		}
	}
	return refusals(against...)
}

func (b *View) wantStoryBecoming(now, back *storyRecord, at time.Time) []*RefusedError {
	entry := b.stories[back.ID]
	was, _ := b.options.Workflow.Category(now.Status)
	var against []*RefusedError
	switch {
	case back.Status == b.options.Workflow.Ready && now.Status != back.Status && was != story.Doing:
		against = refusals(b.wantReady(entry, b.planFor(entry.sprint, nil)))
	case was == entry.category:
	case entry.category == story.Doing:
		against = b.againstBegun(entry, at)
	case entry.category == story.Completed:
		against = b.againstDone(entry, at)
	}
	return named(back.ID.String(), against)
}

func (b *View) wantSprintBecoming(now, back *Sprint, at time.Time) []*RefusedError {
	isBegun := back.Status == SprintActive && now.Status != SprintActive
	var against []*RefusedError
	if now.Status == SprintActive && back.Status == SprintClosed {
		against = b.wantReviewed(now.Stories)
	}
	if !back.Status.IsOpen() {
		return against
	}
	if isBegun || back.Status == SprintActive && now.Team != back.Team {
		against = append(against, b.wantNoOtherSprint(b.sprints.byID[back.ID])...)
	}
	if back.Status == SprintActive && (isBegun || now.Goal != back.Goal) {
		against = append(against, wantSprintGoal(back))
	}
	if isBegun {
		against = append(against, wantSprintStories(back))
	}
	if back.Status == SprintActive && (isBegun || !now.Start.Equal(back.Start)) {
		against = append(against, wantSprintBegun(back, at))
	}
	if !now.Status.IsOpen() || !now.Start.Equal(back.Start) || !now.End.Equal(back.End) {
		against = append(against, b.wantTime(back)...)
	}
	for _, id := range back.Stories {
		if !now.Status.IsOpen() || !slices.Contains(now.Stories, id) {
			against = append(against, b.wantAlive(b.stories[id]), b.wantNoRival(b.stories[id], nil))
		}
	}
	for _, id := range now.Stories { // which may be in it no more
		if entry := b.stories[id]; now.Status == SprintActive && entry != nil && entry.category == story.Doing {
			against = append(against, b.wantInSprint(entry))
		}
	}
	return refusals(against...)
}
