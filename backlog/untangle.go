package backlog

import (
	"slices"

	"github.com/backlogkit/backlogkit/backlog/internal/increasing"
	"github.com/backlogkit/backlogkit/story"
)

// MovedStory is a story that has to move so that everything comes after what it needs.
type MovedStory struct {
	Story    story.ID
	From, To int      // indexes in the order, 0 being the first
	For      story.ID // the story that needs it and pulls it forward, or that it needs and waits for
}

// Untangle returns an order of the open stories in which each comes after those it needs, and the
// stories that have to move, in the new order. It tries both ways, pulling what is needed right before the
// first that needs it, and letting what needs something wait until right after the last it needs,
// and takes the one that moves fewer stories, the first of the two when they move as many. It
// changes nothing: [OrderStories] does. O(n log n + dependencies).
func (b *View) Untangle() (order []story.ID, shifts []MovedStory) {
	pulled := b.arranged(slices.Collect(b.order.all()), (*node).openNeeds)
	backwards := slices.Collect(b.order.all())
	slices.Reverse(backwards)
	pushed := b.arranged(backwards, func(n *node) []*node { return n.frees })
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

func (n *node) openNeeds() []*node {
	needed := make([]*node, len(n.needs))
	for i, one := range n.needs {
		needed[i] = one.node
	}
	return needed
}

// arranged goes through entries and puts before each the open stories that first leads to and that are not
// yet there, in the order of the backlog. It keeps a stack of its own, since chains can be as long
// as the backlog.
func (b *View) arranged(entries []*storyEntry, first func(*node) []*node) []pulledEntry {
	type visit struct {
		pulledEntry
		expanded bool
	}
	placed := make(map[*storyEntry]bool, len(entries))
	result := make([]pulledEntry, 0, len(entries))
	position := make(map[*storyEntry]int, len(entries))
	for i, entry := range entries {
		position[entry] = i
	}
	for _, entry := range entries {
		for stack := []visit{{pulledEntry{entry, nil}, false}}; len(stack) > 0; {
			top := &stack[len(stack)-1]
			if placed[top.entry] {
				stack = stack[:len(stack)-1]
				continue
			}
			if top.expanded || !top.entry.category.IsOpen() {
				placed[top.entry] = true
				result = append(result, top.pulledEntry)
				stack = stack[:len(stack)-1]
				continue
			}
			top.expanded = true
			by := top.entry
			begin := len(stack)
			for _, n := range first(&by.node) {
				if n.story != nil && n.open && !placed[n.story] {
					stack = append(stack, visit{pulledEntry{n.story, by}, false})
				}
			}
			slices.SortFunc(stack[begin:], func(x, y visit) int { return position[y.entry] - position[x.entry] })
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
