package backlog

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// SprintPlan is what a sprint could take from the top of the backlog: see [Backlog.Fill].
type SprintPlan struct {
	Stories []story.ID      // to take, in the order of the backlog
	Points  decimal.Decimal // of these
	Skipped []Skip          // passed over, in the order of the backlog
}

// Skip is a story that a plan passed over, and why.
type Skip struct {
	Story  story.ID
	Reason string
}

// Fill says which stories a team's sprint of so many points could take: from the top of the
// backlog, each that is not started nor in a sprint, waits for nothing, meets the definition of
// ready, and still fits. With the zero Team it takes of all stories. It changes nothing:
// [CommitStories] does. It stops when the capacity is used up; O(n) at worst.
func (b *Backlog) Fill(team story.Team, capacity decimal.Decimal) SprintPlan {
	var plan SprintPlan
	for entry := range b.order.all() {
		left := capacity.Sub(plan.Points)
		if left.Sign() <= 0 {
			break
		}
		if entry.category != story.Proposed || entry.sprint != nil || (team != "" && entry.story.Team != team) {
			continue
		}
		if reason := b.obstacle(entry, left); reason != "" {
			plan.Skipped = append(plan.Skipped, Skip{entry.story.ID, reason})
			continue
		}
		points, _ := entry.story.Estimate.Points()
		plan.Stories = append(plan.Stories, entry.story.ID)
		plan.Points = plan.Points.Add(points)
	}
	return plan
}

// obstacle says why a sprint with so many points left cannot take a story, or "".
func (b *Backlog) obstacle(entry *storyEntry, left decimal.Decimal) string {
	if !b.isAlive(entry) {
		return "held back: its feature or goal was dropped, or its feature waits"
	}
	if waits := b.OpenNeeds(StoryItem(entry.story.ID)); len(waits) > 0 {
		return fmt.Sprintf("waits for %v", waits[0])
	}
	if refused := b.wantReady(entry); refused != nil {
		return "not ready: it needs " + refused.Needs[0]
	}
	if rival := b.rival(entry); rival != nil {
		return fmt.Sprintf("excluded by story %q", rival.story.ID)
	}
	if points, _ := entry.story.Estimate.Points(); points.Cmp(left) > 0 {
		return fmt.Sprintf("too large: %v points, %v are left", points, left)
	}
	return ""
}
