package backlog

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ItemID is a story or a feature: what can need something, or be needed. Exactly one id is set; make
// one with [StoryItem] or [FeatureItem].
type ItemID struct {
	Story   story.ID          `json:"story,omitzero"`
	Feature roadmap.FeatureID `json:"feature,omitzero"`
}

// StoryItem is a story as an item.
func StoryItem(id story.ID) ItemID { return ItemID{Story: id} }

// FeatureItem is a feature as an item.
func FeatureItem(id roadmap.FeatureID) ItemID { return ItemID{Feature: id} }

// String returns `story "6ba7b810-..."` or `feature "..."`.
func (i ItemID) String() string {
	if !i.Story.IsZero() {
		return fmt.Sprintf("story %q", i.Story)
	}
	return fmt.Sprintf("feature %q", i.Feature)
}

// Compare orders items: stories first, then bytewise by id.
func (i ItemID) Compare(other ItemID) int {
	return cmp.Or(
		-cmp.Compare(btoi(i.Feature.IsZero()), btoi(other.Feature.IsZero())),
		i.Story.Compare(other.Story),
		i.Feature.Compare(other.Feature),
	)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Dependency is an item and another that must be finished first (finish to start), a lag ahead at least.
type Dependency struct {
	Item   ItemID `json:"item"`
	Needs  ItemID `json:"needs"`
	Lag    Lag    `json:"lag,omitzero"` // how long after the other's acceptance; a dropped one is not waited for
	Reason string `json:"reason,omitzero"`
}

// AddDependency records that an item cannot be worked on before another is finished. What needs a
// dropped item does not wait for it. A feature that needs a story of its own needs no more than it did:
// its stories finish it anyway.
//
// Whoever may write stories may do it for a story, whoever may define features for a feature.
//
// Errors: [NotFoundError]; [ErrExists] where the item needs the other already; [CycleError] where
// the items would wait for each other, by what they need and by what they are part of.
type AddDependency struct{ Dependency }

// RemoveDependency takes back an [AddDependency].
//
// Whoever may write stories may do it for a story, whoever may define features for a feature.
//
// Errors: [NotFoundError], also where there is no such dependency.
type RemoveDependency struct {
	Item  ItemID `json:"item"`
	Needs ItemID `json:"needs"`
}

// node is an item in the graph of dependencies.
type node struct {
	story   *storyEntry
	feature *featureEntry
	needs   []need
	frees   []*node // the reverse of needs, in no order
	open    bool    // whether what needs this has to wait

	isDated   bool // whether it is not to be started before an instant of its own
	hasLags   bool // whether it needs something with a lag
	hasLagged bool // whether something needs it with a lag, or did

	waiting int32 // how many of needs are open, a feature's own stories left out
	impeded int32 // how many open impediments hold it
	level   int32 // see cycle.go
}

type need struct {
	node   *node
	reason string
	lag    Lag
}

// dependency returns a need of n.
func (n *node) dependency(one need) Dependency {
	return Dependency{Item: n.item(), Needs: one.node.item(), Lag: one.lag, Reason: one.reason}
}

func (n *node) item() ItemID {
	if n.story != nil {
		return StoryItem(n.story.story.ID)
	}
	return FeatureItem(n.feature.feature.ID)
}

func (n *node) title() string {
	if n.story != nil {
		return n.story.story.Title
	}
	return n.feature.feature.Title
}

// compare orders nodes by their items.
func (n *node) compare(other *node) int { return n.item().Compare(other.item()) }

// noun returns "story" or "feature".
func (n *node) noun() string {
	if n.story != nil {
		return "story"
	}
	return "feature"
}

func (n *node) id() string {
	if n.story != nil {
		return n.story.story.ID.String()
	}
	return n.feature.feature.ID.String()
}

func (b *View) node(item ItemID) *node {
	if entry, ok := b.stories[item.Story]; ok && item.Feature.IsZero() {
		return &entry.node
	}
	if entry, ok := b.features.byID[item.Feature]; ok && item.Story.IsZero() {
		return &entry.node
	}
	return nil
}

// needIndex returns the index of other in n.needs, or -1.
func (n *node) needIndex(other *node) int {
	return slices.IndexFunc(n.needs, func(one need) bool { return one.node == other })
}

// hasNeed reports whether n needs other, looking through the shorter of the two lists that say so:
// over all links of a backlog that takes O(m^1.5) at worst.
func (n *node) hasNeed(other *node) bool {
	if len(other.frees) < len(n.needs) {
		return slices.Contains(other.frees, n)
	}
	return n.needIndex(other) >= 0
}

const dependencySection = "dependencies"

var dependencyLinks = &links[Dependency]{
	parts: dependencyParts,
	name:  dependencySection,
	all:   (*View).dependencies,
	has: func(b *View, d Dependency) bool {
		n, needed := b.node(d.Item), b.node(d.Needs)
		return n != nil && needed != nil && slices.Contains(n.needs, need{needed, d.Reason, d.Lag})
	},
	compare: Dependency.compare,
	check:   checkDependency,
	add:     func(b *View, d Dependency) { b.link(b.node(d.Item), need{b.node(d.Needs), d.Reason, d.Lag}) },
	remove: func(b *View, d Dependency) error {
		if err := (RemoveDependency{d.Item, d.Needs}).check(b); err != nil {
			return err
		}
		b.unlink(b.node(d.Item), b.node(d.Needs))
		return nil
	},
}

// compare orders dependencies by their items.
func (d Dependency) compare(other Dependency) int {
	return cmp.Or(d.Item.Compare(other.Item), d.Needs.Compare(other.Needs))
}

// dependencies returns all dependencies, by item.
func (b *View) dependencies() []Dependency {
	return sortedBy(slices.Collect(b.Dependencies()), Dependency.compare)
}

// Dependencies returns an iterator over all dependencies, with the reasons: those of features, then those of
// stories, each in their order.
func (b *View) Dependencies() iter.Seq[Dependency] {
	return func(yield func(Dependency) bool) {
		for n := range b.needing() {
			for _, one := range sortedNeeds(n) {
				if !yield(n.dependency(one)) {
					return
				}
			}
		}
	}
}

// needing returns an iterator over the items that need something: features, then stories, in their order.
func (b *View) needing() iter.Seq[*node] {
	return func(yield func(*node) bool) {
		for _, entry := range b.features.list {
			if len(entry.node.needs) > 0 && !yield(&entry.node) {
				return
			}
		}
		for entry := range b.order.all() {
			if len(entry.node.needs) > 0 && !yield(&entry.node) {
				return
			}
		}
	}
}

func (b *View) link(n *node, to need) {
	needed := to.node
	if b.recording {
		b.onUndo(func() { b.unlink(n, needed) })
		b.touch(dependencySection, n.dependency(to), false)
	}
	n.needs = append(n.needs, to)
	needed.frees = append(needed.frees, n)
	if to.lag > 0 {
		defer b.setLags(n, needed)
	}
	if n.owns(needed) {
		return
	}
	lift(start(n), needed.level)
	if needed.open {
		b.wait(n, 1)
	}
}

func (b *View) unlink(n, needed *node) {
	i := n.needIndex(needed)
	to := n.needs[i]
	if b.recording {
		b.onUndo(func() { b.link(n, to) })
		b.touch(dependencySection, n.dependency(to), false)
	}
	if to.lag > 0 {
		defer b.setLags(n, needed)
	}
	n.needs = slices.Delete(n.needs, i, i+1)
	i = slices.Index(needed.frees, n)
	needed.frees = slices.Delete(needed.frees, i, i+1)
	if needed.open && !n.owns(needed) {
		b.wait(n, -1)
	}
}

// Kind returns "add_dependency".
func (AddDependency) Kind() string { return "add_dependency" }

func (c AddDependency) permission(*View) Permission { return dependencyPermission(c.Item) }

func (c AddDependency) teams(b *View) []story.Team { return b.teamsOfItem(c.Item) }

func (c AddDependency) check(b *View) error {
	if err := checkDependency(b, c.Dependency); err != nil {
		return err
	}
	item, needed := b.node(c.Item), b.node(c.Needs)
	if item.owns(needed) {
		return nil
	}
	if _, _, closes := b.judge(start(item), finish(needed)); closes {
		return graph{item: item, needs: needed}.shortestCycle(start(item))
	}
	return nil
}

// checkDependency returns what is wrong with a new dependency, circles left out.
func checkDependency(b *View, d Dependency) error {
	item, needed := b.node(d.Item), b.node(d.Needs)
	if err := cmp.Or(missingItem(item, d.Item), missingItem(needed, d.Needs)); err != nil {
		return err
	}
	if err := field.Join(d.Lag.check("lag"), field.CheckText("backlog", "reason", d.Reason)); err != nil {
		return err
	}
	if item.hasNeed(needed) {
		return &ExistsError{Entity: "dependency", ID: d.Item.String() + " on " + d.Needs.String()}
	}
	return nil
}

func (c AddDependency) apply(b *View, _ time.Time, _ string) {
	n, needed := b.node(c.Item), b.node(c.Needs)
	if !n.owns(needed) {
		b.raise(start(n), finish(needed))
	}
	b.link(n, need{needed, c.Reason, c.Lag})
}

// Kind returns "remove_dependency".
func (RemoveDependency) Kind() string { return "remove_dependency" }

func (c RemoveDependency) permission(*View) Permission { return dependencyPermission(c.Item) }

func (c RemoveDependency) teams(b *View) []story.Team { return b.teamsOfItem(c.Item) }

func (c RemoveDependency) check(b *View) error {
	item, needed := b.node(c.Item), b.node(c.Needs)
	if err := cmp.Or(missingItem(item, c.Item), missingItem(needed, c.Needs)); err != nil {
		return err
	}
	if !item.hasNeed(needed) {
		return &NotFoundError{"dependency", c.Item.String() + " on " + c.Needs.String()}
	}
	return nil
}

func (c RemoveDependency) apply(b *View, _ time.Time, _ string) {
	b.unlink(b.node(c.Item), b.node(c.Needs))
}

func dependencyPermission(item ItemID) Permission {
	if item.Story.IsZero() {
		return MayDefineFeatures
	}
	return MayWriteStories
}

func (b *View) teamsOfItem(item ItemID) []story.Team {
	if item.Story.IsZero() {
		return nil
	}
	return b.teamsOf(item.Story)
}

func missingItem(n *node, item ItemID) error {
	switch {
	case n != nil:
		return nil
	case item.Story.IsZero() == item.Feature.IsZero():
		return fieldError("item", item.String(), "exactly one of story and feature")
	case item.Story.IsZero():
		return notFound("feature", item.Feature)
	default:
		return notFound("story", item.Story)
	}
}

// sortedNeeds returns what n needs, by id: the order that a snapshot keeps.
func sortedNeeds(n *node) []need {
	return sortedBy(n.needs, func(x, y need) int {
		return x.node.item().Compare(y.node.item())
	})
}

// Needs returns an iterator over the dependencies of an item on others, by the id of what is needed: those
// with a reason that were added to the item itself. What a story waits for because its feature needs it is
// not among them; look at Needs of the feature, too. [View.WaitOf] returns both, without reasons.
func (b *View) Needs(item ItemID) iter.Seq[Dependency] {
	return func(yield func(Dependency) bool) {
		n := b.node(item)
		if n == nil {
			return
		}
		for _, one := range sortedNeeds(n) {
			if !yield(n.dependency(one)) {
				return
			}
		}
	}
}
