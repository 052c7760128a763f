package backlog

import (
	"iter"
	"slices"

	"github.com/backlogkit/backlogkit/backlog/internal/increasing"
	"github.com/backlogkit/backlogkit/story"
)

// MovedStory is a story that has to move so that everything comes after what it needs.
type MovedStory struct {
	Story story.ID `json:"story"`
	From  int      `json:"from"` // indexes in the order, 0 being the first
	To    int      `json:"to"`
	For   story.ID `json:"for"` // the story that waits for it and pulls it forward, or that it waits for itself
}

// Untangle returns an order of the open stories in which each comes after those it waits for, by what
// they need and by what they are part of, and the stories that have to move, in the new order. It tries
// both ways, pulling what is needed right before the first that needs it, and letting what needs
// something wait until right after the last it needs, and takes the one that moves fewer stories, the
// first of the two if they move as many. It changes nothing: [OrderStories] does.
// O(n log n + dependencies).
func (b *View) Untangle() (order []story.ID, shifts []MovedStory) {
	g := b.waitGraph()
	pulled := arranged(slices.Collect(b.order.all()), func(p point) iter.Seq[point] {
		return func(yield func(point) bool) {
			for one := range g.before(p) {
				if !yield(one) {
					return
				}
			}
		}
	})
	backwards := slices.Collect(b.order.all())
	slices.Reverse(backwards)
	pushed := arranged(backwards, g.after)
	slices.Reverse(pushed)

	order, shifts = b.compareOrders(pulled)
	if otherOrder, otherShifts := b.compareOrders(pushed); len(otherShifts) < len(shifts) {
		return otherOrder, otherShifts
	}
	return order, shifts
}

// pulledEntry is an entry in a new order, and the one that brought it there.
type pulledEntry struct {
	entry *storyEntry
	by    *storyEntry
}

// arranged goes through entries and puts before each the open stories that first leads to, through features
// too, and that are not yet there, in the order of the backlog. It keeps a stack of its own, since chains
// can be as long as the backlog.
func arranged(entries []*storyEntry, first func(point) iter.Seq[point]) []pulledEntry {
	type visit struct {
		point
		by       *storyEntry
		expanded bool
	}
	placed := make(map[point]bool, len(entries))
	result := make([]pulledEntry, 0, len(entries))
	position := make(map[*storyEntry]int, len(entries))
	for i, entry := range entries {
		position[entry] = i
	}
	place := func(v visit) int { // of features, after all stories
		if v.story == nil {
			return len(entries)
		}
		return position[v.story]
	}
	for _, entry := range entries {
		for stack := []visit{{finish(&entry.node), nil, false}}; len(stack) > 0; {
			top := &stack[len(stack)-1]
			switch {
			case placed[top.point]:
				stack = stack[:len(stack)-1]
				continue
			case top.expanded || !top.counts():
				placed[top.point] = true
				if top.story != nil {
					result = append(result, pulledEntry{top.story, top.by})
				}
				stack = stack[:len(stack)-1]
				continue
			}
			top.expanded = true
			begin, by, p := len(stack), top.by, top.point
			if p.story != nil {
				by = p.story
			}
			for one := range first(p) {
				if one.counts() && !placed[one] {
					stack = append(stack, visit{one, by, false})
				}
			}
			slices.SortStableFunc(stack[begin:], func(x, y visit) int { return place(y) - place(x) })
		}
	}
	return result
}

// compareOrders returns the ids of an order and the fewest stories that have to move to get there:
// those outside a longest run that keeps its order.
func (b *View) compareOrders(entries []pulledEntry) ([]story.ID, []MovedStory) {
	order := make([]story.ID, len(entries))
	from := make([]int, len(entries))
	for i, one := range entries {
		order[i] = one.entry.story.ID
		from[i] = b.order.index(one.entry)
	}
	stays := increasing.Longest(from)
	var shifts []MovedStory
	for i, one := range entries {
		if stays[i] {
			continue
		}
		shift := MovedStory{Story: one.entry.story.ID, From: from[i], To: i}
		if one.by != nil {
			shift.For = one.by.story.ID
		}
		shifts = append(shifts, shift)
	}
	return order, shifts
}
