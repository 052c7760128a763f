package backlog

import (
	"iter"
	"slices"

	"github.com/backlogkit/backlogkit/story"
)

// What waits is defined here and in the graph of cycle.go, as the package comment has it; every query
// asks these two.

// waits reports whether an item waits for another to be finished, the stories of a feature left out.
func (b *View) waits(n *node) bool { return n.waiting > 0 || b.holder(n) != nil }

// holder returns the feature that holds a story back by what it needs itself, or nil.
func (b *View) holder(n *node) *node {
	if b.options.HoldFeaturesOnly || n.story == nil || n.story.feature == nil || n.story.feature.node.waiting == 0 {
		return nil
	}
	return &n.story.feature.node
}

// openNeeds returns the items that n waits for, by id.
func (b *View) openNeeds(n *node) []*node {
	var open []*node
	for _, waiting := range []*node{n, b.holder(n)} {
		if waiting == nil || waiting.waiting == 0 {
			continue
		}
		for _, one := range waiting.needs {
			if one.node.open && !waiting.owns(one.node) {
				open = append(open, one.node)
			}
		}
	}
	slices.SortFunc(open, func(x, y *node) int { return x.item().Compare(y.item()) })
	return slices.Compact(open)
}

// OpenNeeds returns what an item waits for before it can be started, by id: the open items that it needs
// and, for a story, those that its feature needs (unless [Options.HoldFeaturesOnly]). The stories of a
// feature, which finish it, are not among them.
func (b *View) OpenNeeds(item ItemID) []ItemID {
	n := b.node(item)
	if n == nil {
		return nil
	}
	var items []ItemID
	for _, one := range b.openNeeds(n) {
		items = append(items, one.item())
	}
	return items
}

// Startable returns an iterator over the stories that can be worked on now, in their order: neither
// accepted nor dropped, not waiting for another item, and part of nothing that was dropped. It does not
// ask the definition of ready; [View.Readiness] does. The first k stories of n cost O(k + n/512).
func (b *View) Startable() iter.Seq[story.Story] {
	return func(yield func(story.Story) bool) {
		for entry := range b.order.allReady() {
			if !yield(entry.story) {
				return
			}
		}
	}
}

// Waiting returns an iterator over the open stories that wait for another item, in their order, each with
// its [View.OpenNeeds]. O(n).
func (b *View) Waiting() iter.Seq2[story.Story, []ItemID] {
	return func(yield func(story.Story, []ItemID) bool) {
		for entry := range b.order.all() {
			if entry.category.IsOpen() && b.waits(&entry.node) &&
				!yield(entry.story, b.OpenNeeds(StoryItem(entry.story.ID))) {
				return
			}
		}
	}
}
