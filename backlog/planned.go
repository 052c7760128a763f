package backlog

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// planning is a sprint that stories are planned for, as far as what they wait for goes: an item that
// waits cannot be started, but it can be planned for the same sprint as what it waits for, or a later one.
type planning struct {
	inTime func(*storyEntry) bool // whether an open story is planned for the sprint or an earlier one
	late   map[*featureEntry]int  // of features, as far as somebody asked: see countLate
	end    time.Time              // of the sprint, if it has one
}

var noPlanning = planning{inTime: func(*storyEntry) bool { return false }} // stays as it is

// planFor returns the planning for a sprint to which stories are added; with nil, for none: then
// nothing is in time.
func (b *View) planFor(sprint *sprintEntry, added []story.ID) *planning {
	if sprint == nil {
		return &noPlanning
	}
	also := make(map[story.ID]bool, len(added))
	for _, id := range added {
		also[id] = true
	}
	p := newPlanning(func(entry *storyEntry) bool {
		return also[entry.story.ID] || entry.sprint != nil && b.isBy(entry.sprint, sprint)
	})
	p.end = sprint.sprint.End
	return p
}

func newPlanning(inTime func(*storyEntry) bool) *planning {
	return &planning{inTime: inTime}
}

// isBy reports whether what is done in an open sprint is done by the end of another: it is the same, it is
// active and the other planned, it ends no later, or it lies in the same or an earlier iteration. Of sprints
// without dates the order in which they were planned decides.
func (b *View) isBy(one, other *sprintEntry) bool {
	if one == other {
		return true
	}
	x, y := one.sprint, other.sprint
	if x.Status != y.Status {
		return x.Status == SprintActive
	}
	switch {
	case !x.End.IsZero() && !y.End.IsZero():
		if !x.End.After(y.End) {
			return true
		}
	case !x.Start.IsZero() && !y.Start.IsZero():
		return !x.Start.After(y.Start)
	default:
		return slices.Index(b.sprints.list, one) < slices.Index(b.sprints.list, other)
	}
	return slices.ContainsFunc(b.increments.list, func(entry *incrementEntry) bool {
		i := iterationOf(entry.increment, x)
		return i >= 0 && i <= iterationOf(entry.increment, y)
	})
}

// isInTime reports whether an open item is planned in time: a feature is where it has an open story and each
// of these is.
func (p *planning) isInTime(n *node) bool {
	switch {
	case p == &noPlanning:
		return false
	case n.story != nil:
		return p.inTime(n.story)
	}
	late, met := p.late[n.feature]
	if !met {
		late = p.countLate(n.feature)
		if p.late == nil {
			p.late = make(map[*featureEntry]int)
		}
		p.late[n.feature] = late
	}
	return late == 0
}

// countLate returns how many open stories of a feature are not in time, 1 where it has no open story.
func (p *planning) countLate(feature *featureEntry) int {
	open, late := 0, 0
	for _, child := range feature.stories {
		if child.node.open {
			open++
			late += 1 - btoi(p.inTime(child))
		}
	}
	if open == 0 {
		return 1
	}
	return late
}

// unplanned returns those of the items that are not planned in time.
func (p *planning) unplanned(nodes []*node) []*node {
	return slices.DeleteFunc(slices.Clone(nodes), p.isInTime)
}

func itemsOf(nodes []*node) []ItemID {
	if len(nodes) == 0 {
		return nil
	}
	items := make([]ItemID, 0, len(nodes))
	for _, n := range nodes {
		items = append(items, n.item())
	}
	return items
}
