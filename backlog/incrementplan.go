package backlog

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// IncrementOverview is how an increment is planned: what each team takes on in each iteration, what teams
// need of each other and by when, and what found no place.
type IncrementOverview struct {
	Loads       []TeamLoad       `json:"loads"`         // by iteration, then team
	Needs       []TeamNeed       `json:"needs"`         // by iteration, then the order of the needing stories
	Unplaced    []story.ID       `json:"unplaced"`      // open stories of its features that are in none of its sprints, in their order
	GoalsAtRisk []roadmap.GoalID `json:"goals_at_risk"` // goals that the unplaced stories would serve, in their order

	// Used is what came of each allocation of the increment, of the capacity of all its sprints.
	Used []roadmap.AllocationUse `json:"used"`
	// Displaced are those of Unplaced that count for no allocation and that would have had room if nothing
	// had been kept: in their order, as long as they fit into what the allocations keep or use.
	Displaced []story.ID `json:"displaced"`
}

// TeamLoad is what a team takes on in an iteration: the sprints of the team that lie in it.
type TeamLoad struct {
	Iteration int             `json:"iteration"` // its index in the increment
	Team      story.Team      `json:"team"`
	Capacity  decimal.Decimal `json:"capacity"` // in points
	Points    decimal.Decimal `json:"points"`   // of the stories in the sprints
}

// IsOver reports whether the team takes on more than its capacity.
func (l TeamLoad) IsOver() bool { return l.Points.Cmp(l.Capacity) > 0 }

// TeamNeed is a story of one team that waits for an open story of another: one that it or its feature needs
// or, of a feature that these need, the last of that team's.
type TeamNeed struct {
	Story    story.ID   `json:"story"`
	Team     story.Team `json:"team"`
	Needs    story.ID   `json:"needs"`
	Of       story.Team `json:"of"`
	NeededBy int        `json:"needed_by"` // the iteration in which the needing story is planned; it needs the other before
	Planned  int        `json:"planned"`   // the iteration in which the needed story is planned, -1 for none of the increment
}

// IsConflict reports whether the needed story comes too late: in a later iteration or in none.
func (n TeamNeed) IsConflict() bool { return n.Planned < 0 || n.Planned > n.NeededBy }

// IsTight reports whether both are planned for the same iteration.
func (n TeamNeed) IsTight() bool { return n.Planned == n.NeededBy }

// IncrementOverview returns how an increment is planned. The bool is false if there is no such
// increment. A sprint
// belongs to the iteration that it lies in with its start and its end. O(k log n) in the stories of
// its sprints and features.
func (b *View) IncrementOverview(id roadmap.IncrementID) (IncrementOverview, bool) {
	entry, ok := b.increments.byID[id]
	if !ok {
		return IncrementOverview{}, false
	}
	plan := IncrementOverview{Loads: []TeamLoad{}, Used: []roadmap.AllocationUse{}, Displaced: []story.ID{}}
	placed := make(map[*storyEntry]int)
	type place struct {
		iteration int
		team      story.Team
	}
	loads := make(map[place]*TeamLoad)
	for _, sprint := range b.sprints.list {
		iteration := iterationOf(entry.increment, sprint.sprint)
		if iteration < 0 {
			continue
		}
		key := place{iteration, sprint.sprint.Team}
		if loads[key] == nil {
			loads[key] = &TeamLoad{Iteration: iteration, Team: sprint.sprint.Team}
		}
		load := loads[key]
		load.Capacity = load.Capacity.Add(sprint.sprint.Capacity)
		for _, storyID := range sprint.sprint.Stories {
			member := b.stories[storyID]
			placed[member] = iteration
			points, _ := member.story.Estimate.Points()
			load.Points = load.Points.Add(points)
		}
	}
	for _, load := range loads {
		plan.Loads = append(plan.Loads, *load)
	}
	slices.SortStableFunc(plan.Loads, func(x, y TeamLoad) int {
		return cmp.Or(cmp.Compare(x.Iteration, y.Iteration), cmp.Compare(x.Team, y.Team))
	})
	plan.Needs = b.teamNeeds(placed)
	plan.Unplaced, plan.GoalsAtRisk = b.unplaced(id, placed)
	b.allocate(&plan, entry.increment.Allocations, placed)
	return plan, true
}

// allocate finds what came of the allocations of an increment, and what they displaced.
func (b *View) allocate(plan *IncrementOverview, allocations []roadmap.Allocation, placed map[*storyEntry]int) {
	capacity, points := decimal.Zero, make(map[int]decimal.Decimal)
	for _, load := range plan.Loads {
		capacity = capacity.Add(load.Capacity)
	}
	for member := range placed { // the order of a sum of decimals does not show
		s := member.value()
		i := b.allocationOf(&s, allocations)
		size, _ := s.Estimate.Points()
		points[i] = points[i].Add(size)
	}
	room := decimal.Zero
	for i, one := range allocations {
		use := roadmap.AllocationUse{Allocation: one, Kept: capacity.Mul(one.Percent).Shift(-2), Points: points[i]}
		plan.Used = append(plan.Used, use)
		room = room.Add(decimal.Max(use.Kept, use.Points))
	}
	for _, id := range plan.Unplaced {
		s := b.stories[id].value()
		if size, ok := s.Estimate.Points(); ok && size.Cmp(room) <= 0 && b.allocationOf(&s, allocations) < 0 {
			plan.Displaced = append(plan.Displaced, id)
			room = room.Sub(size)
		}
	}
}

// teamNeeds lists what placed stories need of other teams' open stories.
func (b *View) teamNeeds(placed map[*storyEntry]int) []TeamNeed {
	members := make([]*storyEntry, 0, len(placed))
	for member := range placed {
		members = append(members, member)
	}
	members = b.inOrder(members)
	slices.SortStableFunc(members, func(x, y *storyEntry) int { return cmp.Compare(placed[x], placed[y]) })
	needs := []TeamNeed{}
	last := lastStories{placed, make(map[*featureEntry][]*storyEntry)}
	for _, member := range members {
		for _, other := range last.of(b.openNeeds(&member.node)) {
			if other.story.Team == member.story.Team {
				continue
			}
			needs = append(needs, TeamNeed{
				Story: member.story.ID, Team: member.story.Team, Needs: other.story.ID, Of: other.story.Team,
				NeededBy: placed[member], Planned: last.iteration(other),
			})
		}
	}
	return needs
}

// lastStories is what stories come last of what is needed, by where they are placed.
type lastStories struct {
	placed   map[*storyEntry]int
	features map[*featureEntry][]*storyEntry
}

// iteration returns the iteration of a story, -1 for none.
func (l lastStories) iteration(entry *storyEntry) int {
	if planned, ok := l.placed[entry]; ok {
		return planned
	}
	return -1
}

// of returns the open stories among nodes and, for a feature, the one of each team that comes last: one
// without a place, or else the one of the latest iteration, and of these that with the smallest id.
func (l lastStories) of(nodes []*node) []*storyEntry {
	var stories []*storyEntry
	for _, n := range nodes {
		if n.story != nil {
			stories = append(stories, n.story)
		} else {
			stories = append(stories, l.ofFeature(n.feature)...)
		}
	}
	return stories
}

func (l lastStories) ofFeature(feature *featureEntry) []*storyEntry {
	if known, ok := l.features[feature]; ok {
		return known
	}
	byTeam := make(map[story.Team]*storyEntry)
	for _, child := range feature.stories {
		if child.node.open && (byTeam[child.story.Team] == nil || l.compare(child, byTeam[child.story.Team]) < 0) {
			byTeam[child.story.Team] = child
		}
	}
	all := slices.SortedFunc(maps.Values(byTeam), func(x, y *storyEntry) int { return x.node.compare(&y.node) })
	l.features[feature] = all
	return all
}

// compare orders stories of one team, the last to come first.
func (l lastStories) compare(x, y *storyEntry) int {
	i, j := l.iteration(x), l.iteration(y)
	return cmp.Or(cmp.Compare(btoi(j < 0), btoi(i < 0)), cmp.Compare(j, i), x.node.compare(&y.node))
}

// unplaced lists the open stories of an increment's features that have no place in it, and the goals
// that miss them.
func (b *View) unplaced(id roadmap.IncrementID, placed map[*storyEntry]int) ([]story.ID, []roadmap.GoalID) {
	var missing []*storyEntry
	hurt := make(map[*goalEntry]bool)
	for _, feature := range b.features.list {
		if feature.feature.Increment != id || feature.feature.Status == roadmap.FeatureDropped {
			continue
		}
		for _, child := range feature.stories {
			if _, ok := placed[child]; !ok && child.category.IsOpen() {
				missing = append(missing, child)
				hurt[feature.goal] = true
			}
		}
	}
	ids := []story.ID{}
	for _, entry := range b.inOrder(missing) {
		ids = append(ids, entry.story.ID)
	}
	goals := []roadmap.GoalID{}
	for _, entry := range b.goals.list {
		if hurt[entry] {
			goals = append(goals, entry.goal.ID)
		}
	}
	return ids, goals
}
