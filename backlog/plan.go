package backlog

import (
	"fmt"
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/plan"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// SprintFill is what a sprint could take from the top of the backlog: see [View.SprintFill].
type SprintFill struct {
	Stories []story.ID      `json:"stories"` // to take, in the order of the backlog
	Points  decimal.Decimal `json:"points"`  // of these
	Skipped []SkippedStory  `json:"skipped"` // passed over, in the order of the backlog

	// Used is what became of the parts that were kept, see [View.AllocatedFill]: one for each, in their order.
	Used []roadmap.AllocationUse `json:"used"`
	// Displaced are the stories that [View.SprintFill] would have taken and that stayed out for what was
	// kept, in the order of the backlog.
	Displaced []story.ID `json:"displaced"`
}

// emptySprintFill has lists that JSON writes as [].
func emptySprintFill() SprintFill {
	return SprintFill{Stories: []story.ID{}, Skipped: []SkippedStory{}, Used: []roadmap.AllocationUse{}, Displaced: []story.ID{}}
}

// SkippedStory is a story that a plan passed over, and why.
type SkippedStory struct {
	Story  story.ID `json:"story"`
	Reason string   `json:"reason"`
}

// SprintFill returns the stories that a sprint of a team with so many points could take: from the top
// of the backlog, each that is not started nor in a sprint, waits for nothing at an instant, meets the
// definition of ready, and still fits. For a sprint to come, the instant is that by which its stories have to
// be startable, such as its start. With the zero Team it takes of all stories. It changes nothing:
// [CommitStories] does. It stops when the capacity is used up; O(n) at worst.
func (b *View) SprintFill(team story.Team, capacity decimal.Decimal, at time.Time) SprintFill {
	left := capacity
	return b.fill(team, capacity, at,
		func(*story.Story) decimal.Decimal { return left },
		func(_ *story.Story, points decimal.Decimal) { left = left.Sub(points) })
}

// fill takes from the top of the backlog what fits: room returns how many points are left for a story, take
// is called for each that is taken. It stops when the capacity is used up.
func (b *View) fill(
	team story.Team, capacity decimal.Decimal, at time.Time,
	room func(*story.Story) decimal.Decimal, take func(*story.Story, decimal.Decimal),
) SprintFill {
	fill := emptySprintFill()
	taken := make(map[*storyEntry]bool)
	p := nextSprint(taken)
	for entry := range b.unstarted(team) {
		if fill.Points.Cmp(capacity) >= 0 {
			break
		}
		value := entry.value()
		left := room(&value)
		if reason := b.obstacle(entry, left, p, at); reason != "" {
			fill.Skipped = append(fill.Skipped, SkippedStory{entry.story.ID, reason})
			continue
		}
		points, _ := entry.story.Estimate.Points()
		fill.Stories = append(fill.Stories, entry.story.ID)
		taken[entry] = true
		if _, known := p.late[entry.feature]; known {
			p.late[entry.feature]--
		}
		fill.Points = fill.Points.Add(points)
		take(&value, points)
	}
	return fill
}

// unstarted iterates over the stories of a team, or of all, that are not started and in no sprint.
func (b *View) unstarted(team story.Team) iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		for entry := range b.order.all() {
			mine := team == "" || entry.story.Team == team
			if mine && entry.category == story.Proposed && entry.sprint == nil && !yield(entry) {
				return
			}
		}
	}
}

// BestSprintFill is [View.SprintFill] for the most value instead of the highest places: of the same stories it
// takes those of greatest total value that fit, see [plan.Select]. A story that is left out for
// others is skipped with the reason. The error is Select's: a negative value, say.
func (b *View) BestSprintFill(
	team story.Team, capacity decimal.Decimal, value func(story.Story) decimal.Decimal, at time.Time,
) (SprintFill, error) {
	var order []story.ID
	reasons := make(map[story.ID]string)
	p := nextSprint(nil)
	var items []plan.SelectItem[story.ID]
	var requests []plan.Request[story.ID, story.ID]
	for entry := range b.unstarted(team) {
		id := entry.story.ID
		order = append(order, id)
		if reason := b.obstacle(entry, capacity, p, at); reason != "" {
			reasons[id] = reason
			continue
		}
		points, _ := entry.story.Estimate.Points()
		items = append(items, plan.SelectItem[story.ID]{Key: id, Cost: points})
		requests = append(requests, plan.Request[story.ID, story.ID]{
			Key: id, Value: value(entry.value()), Items: []story.ID{id},
		})
	}
	fill := emptySprintFill()
	if len(items) > 0 {
		options := plan.SelectOptions[story.ID]{Exclusive: b.exclusions(items)}
		best, err := plan.Select(items, requests, capacity, options)
		if err != nil {
			return SprintFill{}, err
		}
		fill.Stories, fill.Points = best.Requests, best.Cost
		for _, out := range best.LeftOut {
			reasons[out.Request] = out.String()
		}
	}
	for _, id := range order {
		if reason, ok := reasons[id]; ok {
			fill.Skipped = append(fill.Skipped, SkippedStory{id, reason})
		}
	}
	return fill, nil
}

// nextSprint returns the planning for a sprint that takes stories and comes after those that are active.
func nextSprint(taken map[*storyEntry]bool) *planning {
	return newPlanning(func(entry *storyEntry) bool {
		return taken[entry] || entry.sprint != nil && entry.sprint.sprint.Status == SprintActive
	})
}

// exclusions lists the pairs among the items that exclude each other.
func (b *View) exclusions(items []plan.SelectItem[story.ID]) [][]story.ID {
	chosen := make(map[story.ID]bool, len(items))
	for _, item := range items {
		chosen[item.Key] = true
	}
	var pairs [][]story.ID
	for _, item := range items {
		delete(chosen, item.Key) // each pair once
		for other := range b.excludes(b.stories[item.Key]) {
			if chosen[other.story.ID] {
				pairs = append(pairs, []story.ID{item.Key, other.story.ID})
			}
		}
	}
	return pairs
}

// obstacle returns why a sprint with so many points left cannot take a story, or "".
func (b *View) obstacle(entry *storyEntry, left decimal.Decimal, p *planning, at time.Time) string {
	if !entry.isAlive() {
		return "held back: its feature or goal was dropped"
	}
	if waits := p.unplanned(b.openNeeds(&entry.node)); len(waits) > 0 {
		return fmt.Sprintf("waits for %v", waits[0].item())
	}
	if impediments := b.impedimentsOf(&entry.node, true); len(impediments) > 0 {
		return fmt.Sprintf("held by impediment %q", impediments[0].impediment.Title)
	}
	if until := b.heldUntil(&entry.node); until.After(at) {
		return "held until " + until.UTC().Format(time.RFC3339Nano)
	}
	if refused := b.wantReady(entry, p); refused != nil {
		return "not ready: it needs " + refused.Needs[0]
	}
	if rival := b.rival(entry, p.inTime); rival != nil {
		return fmt.Sprintf("excluded by story %q", rival.story.ID)
	}
	if points, _ := entry.story.Estimate.Points(); points.Cmp(left) > 0 {
		return fmt.Sprintf("too large: %v points, %v are left", points, left)
	}
	return ""
}
