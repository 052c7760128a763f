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
// backlog, each that can be worked on, is not started nor in a sprint, meets the definition of
// ready, and still fits. With the zero Team it takes of all stories. It changes nothing:
// [CommitStories] does. It stops when the capacity is used up; O(n) at worst.
func (b *Backlog) Fill(team story.Team, capacity decimal.Decimal) SprintPlan {
	var plan SprintPlan
	for entry := range b.order.allReady() {
		left := capacity.Sub(plan.Points)
		if left.Sign() <= 0 {
			break
		}
		if entry.category != story.Proposed || entry.sprint != nil || (team != "" && entry.story.Team != team) {
			continue
		}
		points, _ := entry.story.Estimate.Points()
		if refused := b.wantReady(entry); refused != nil {
			plan.Skipped = append(plan.Skipped, Skip{entry.story.ID, "not ready: it needs " + refused.Needs[0]})
		} else if points.Cmp(left) > 0 {
			plan.Skipped = append(plan.Skipped, Skip{entry.story.ID, fmt.Sprintf("too large: %v points, %v are left", points, left)})
		} else {
			plan.Stories = append(plan.Stories, entry.story.ID)
			plan.Points = plan.Points.Add(points)
		}
	}
	return plan
}
