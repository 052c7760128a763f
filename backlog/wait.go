package backlog

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// What waits is defined here, in hold.go and in the graph of cycle.go, as the package comment has it; every
// query asks these.

// waits reports whether an item waits for another to be finished, the stories of a feature left out, or for an
// impediment to be resolved.
func (b *View) waits(n *node) bool { return n.waits() || b.holder(n) != nil }

// waits reports whether n waits for another item or an impediment by itself.
func (n *node) waits() bool { return n.waiting > 0 || n.impeded > 0 }

// above returns the feature whose waiting is a story's too, or nil.
func (b *View) above(n *node) *node {
	if b.options.HoldFeaturesOnly || n.story == nil || n.story.feature == nil {
		return nil
	}
	return &n.story.feature.node
}

// holder returns the feature that holds a story back by what it waits for itself, or nil.
func (b *View) holder(n *node) *node {
	if above := b.above(n); above != nil && above.waits() {
		return above
	}
	return nil
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
	slices.SortFunc(open, (*node).compare)
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
	return itemsOf(b.openNeeds(n))
}

// WaitOf returns what an item waits for at an instant before it can be started. It is zero for an item that
// is not there.
func (b *View) WaitOf(item ItemID, at time.Time) Wait {
	n := b.node(item)
	if n == nil {
		return Wait{}
	}
	return b.waitOf(n, at)
}

// Startable returns an iterator over the stories that can be worked on at an instant, in their order: neither
// accepted nor dropped, with a zero [View.WaitOf], and part of nothing that was dropped. It does not
// ask the definition of ready; [View.Readiness] does. The first k stories of n cost O(k + n/512).
func (b *View) Startable(at time.Time) iter.Seq[story.Story] {
	return func(yield func(story.Story) bool) {
		for entry := range b.startable(at) {
			if !yield(entry.value()) {
				return
			}
		}
	}
}

// Waiting returns an iterator over the open stories that wait for something at an instant, in their order,
// each with its [View.WaitOf]. O(n).
func (b *View) Waiting(at time.Time) iter.Seq2[story.Story, Wait] {
	return func(yield func(story.Story, Wait) bool) {
		for entry := range b.order.all() {
			n := &entry.node
			if entry.category.IsOpen() && b.waitsAt(n, at) && !yield(entry.value(), b.waitOf(n, at)) {
				return
			}
		}
	}
}

// titled returns an item with its title.
func (b *View) titled(item ItemID) string { return titled(item, b.node(item).title()) }

// waitsAt reports whether an item waits for something at an instant.
func (b *View) waitsAt(n *node, at time.Time) bool { return b.waits(n) || b.heldUntil(n).After(at) }

// wantUnneeded refuses to drop items that open ones outside need: these have to be dropped first, or to
// need them no longer. id is what is dropped with them.
func (b *View) wantUnneeded(id string, dropped iter.Seq[*node], isInside func(*node) bool) *RefusedError {
	var needing []Dependency
	for n := range dropped {
		for _, other := range n.frees {
			if other.open && !other.owns(n) && !isInside(other) {
				needing = append(needing, Dependency{Item: other.item(), Needs: n.item()})
			}
		}
	}
	if len(needing) == 0 {
		return nil
	}
	needing = sortedBy(needing, Dependency.compare)
	refused := breach(RuleDropNeeded, ByRule, "open items need it")
	refused.ID, refused.Items = id, itemsIn(needing, func(one Dependency) ItemID { return one.Item })
	const shown = 10
	for i, one := range needing {
		if i == shown {
			refused.Needs = append(refused.Needs, fmt.Sprintf("so with %d more", len(needing)-shown))
			break
		}
		refused.Needs = append(refused.Needs,
			fmt.Sprintf("%s dropped, or its need of %s removed, before it in one batch", b.titled(one.Item), b.titled(one.Needs)))
	}
	return refused
}

// wantStoryUnneeded refuses to drop a story that open items need.
func (b *View) wantStoryUnneeded(entry *storyEntry) *RefusedError {
	return b.wantUnneeded(entry.story.ID.String(), slices.Values([]*node{&entry.node}), func(*node) bool { return false })
}

// wantFeatureUnneeded refuses to drop a feature that open items outside need, or an open story of it.
func (b *View) wantFeatureUnneeded(entry *featureEntry) *RefusedError {
	isInside := func(n *node) bool { return n == &entry.node || n.story != nil && n.story.feature == entry }
	return b.wantUnneeded(entry.feature.ID.String(), entry.nodes(), isInside)
}

// wantGoalUnneeded refuses to drop a goal with features, or stories of these, that open items outside need.
func (b *View) wantGoalUnneeded(entry *goalEntry) *RefusedError {
	isInside := func(n *node) bool {
		feature := n.feature
		if n.story != nil {
			feature = n.story.feature
		}
		return feature != nil && feature.goal == entry
	}
	nodes := func(yield func(*node) bool) {
		for _, feature := range entry.features {
			for n := range feature.nodes() {
				if !yield(n) {
					return
				}
			}
		}
	}
	return b.wantUnneeded(entry.goal.ID.String(), nodes, isInside)
}

// nodes returns an iterator over the nodes of a feature and its open stories.
func (e *featureEntry) nodes() iter.Seq[*node] {
	return func(yield func(*node) bool) {
		if !yield(&e.node) {
			return
		}
		for _, child := range e.stories {
			if child.node.open && !yield(&child.node) {
				return
			}
		}
	}
}
