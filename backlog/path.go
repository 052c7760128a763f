package backlog

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Frees returns what could be worked on at once if an open item were finished at an instant: the open items
// that wait for it and for nothing else, see [View.WaitOf], and not a lag longer, by id. O(what waits for it).
func (b *View) Frees(item ItemID, at time.Time) []ItemID {
	n := b.node(item)
	if n == nil || !n.open {
		return nil
	}
	var freed []ItemID
	free := func(other *node) {
		holder := b.holder(other)
		if other.open && (holder == nil || holder.waitsOnlyFor(n)) && (other.story == nil || other.story.isAlive()) &&
			!b.heldUntil(other).After(at) {
			freed = append(freed, other.item())
		}
	}
	for _, other := range n.frees {
		if !other.waitsOnlyFor(n) {
			continue
		}
		free(other)
		if other.feature == nil || b.options.HoldFeaturesOnly {
			continue
		}
		for _, child := range other.feature.stories {
			if !child.node.waits() { // where it needs n itself it is one of n.frees
				free(&child.node)
			}
		}
	}
	slices.SortFunc(freed, ItemID.Compare)
	return freed
}

// waitsOnlyFor reports whether n waits for other, and no longer, and for nothing else by what it needs itself.
func (n *node) waitsOnlyFor(other *node) bool {
	return n.waiting == 1 && n.impeded == 0 && !n.owns(other) && n.hasNeed(other) && (!n.hasLags || n.needs[n.needIndex(other)].lag == 0)
}

// waitGraph returns the graph as far as it makes items wait: see [graph] and point.counts.
func (b *View) waitGraph() graph { return graph{free: b.options.HoldFeaturesOnly} }

// counts reports whether what is after p has to wait for it, or for what is before it.
func (p point) counts() bool { return p.start || p.open }

// Unblocks returns how many open items wait for an open item, directly or through others, by what they
// need and by what they are part of: what finishing it brings nearer. O(what waits for it).
func (b *View) Unblocks(item ItemID) int {
	n := b.node(item)
	if n == nil || !n.open {
		return 0
	}
	count := 0
	g, from := b.waitGraph(), finish(n)
	met := map[point]bool{from: true}
	for todo := []point{from}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for other := range g.after(p) {
			if !other.counts() || met[other] {
				continue
			}
			met[other] = true
			todo = append(todo, other)
			if !other.start {
				count++
			}
		}
	}
	return count
}

// CriticalPath is the longest chain of open items that wait for each other, in points: however many
// people work, no less than its points are worked one after the other. Items without an estimate,
// features among them, count nothing and are counted apart.
type CriticalPath struct {
	Points      decimal.Decimal `json:"points"`
	Items       []ItemID        `json:"items"`       // in the order of work
	Unestimated int             `json:"unestimated"` // of the items

	slack map[ItemID]int64
}

// Slack returns how many points an open item can slip before the path gets longer; zero for an item
// of a longest path. It is false for what is not open.
func (p CriticalPath) Slack(item ItemID) (decimal.Decimal, bool) {
	slack, ok := p.slack[item]
	return decimal.New(slack, thousandth), ok
}

// CriticalPath finds the longest chain of open items, each of which waits for the one before, by what it
// needs or, a feature, by the stories that finish it: that with the most points, of these the one
// with the most items, of these the one whose items, from the last back, have the smallest ids.
// O(n + dependencies).
func (b *View) CriticalPath() CriticalPath {
	g, points := b.waitGraph(), b.openPoints()
	before := make(map[point]chain, len(points)) // the longest that has to come before
	after := make(map[point]chain, len(points))
	var longest chain
	for _, p := range points {
		for one := range g.before(p) {
			if up := before[one].with(one); one.counts() && up.isBetter(before[p]) {
				before[p] = up
			}
		}
		if total := before[p].with(p); !p.start && total.isBetter(longest) {
			longest = total
		}
	}
	for _, p := range slices.Backward(points) {
		for other := range g.after(p) {
			if down := after[other].with(other); other.counts() && down.compare(after[p]) > 0 {
				after[p] = down
			}
		}
	}
	path := CriticalPath{Points: decimal.New(longest.points, thousandth), Items: []ItemID{}, slack: make(map[ItemID]int64, len(points))}
	for _, p := range points {
		if !p.start {
			path.slack[p.item()] = longest.points - before[p].with(p).points - after[p].points
		}
	}
	for n := longest.last; n != nil; n = before[finish(n)].last {
		path.Items = append(path.Items, n.item())
		if n.story == nil || n.story.story.Estimate.IsZero() {
			path.Unestimated++
		}
	}
	slices.Reverse(path.Items)
	return path
}

// chain is the length of a chain of items, and the last of them.
type chain struct {
	points int64 // in thousandths
	items  int
	last   *node
}

// with returns the chain with a point at its end. The start of a feature is no item of its own.
func (c chain) with(p point) chain {
	if p.start {
		return c
	}
	return chain{c.points + p.points(), c.items + 1, p.node}
}

func (c chain) compare(other chain) int {
	return cmp.Or(cmp.Compare(c.points, other.points), cmp.Compare(c.items, other.items))
}

// isBetter reports whether c is longer than other, or as long with a last item of smaller id.
func (c chain) isBetter(other chain) bool {
	order := c.compare(other)
	return order > 0 || order == 0 && c.items > 0 && c.last.item().Compare(other.last.item()) < 0
}

// points is the size of an item in thousandths of a point.
func (n *node) points() int64 {
	if n.story == nil {
		return 0
	}
	points, _ := n.story.story.Estimate.Points()
	return thousandths(points)
}

// openPoints returns the points that something may wait for, each after those before it: features before
// stories, both in their order, as far as the needs allow.
func (b *View) openPoints() []point {
	g := b.waitGraph()
	var sorted []point
	waiting := make(map[point]int)
	meet := func(p point) {
		count := 0
		for one := range g.before(p) {
			if one.counts() {
				count++
			}
		}
		if count == 0 {
			sorted = append(sorted, p)
		} else {
			waiting[p] = count
		}
	}
	for _, entry := range b.features.list {
		meet(start(&entry.node))
		if entry.node.open {
			meet(finish(&entry.node))
		}
	}
	for entry := range b.order.all() {
		if entry.node.open {
			meet(finish(&entry.node))
		}
	}
	for i := 0; i < len(sorted); i++ {
		for other := range g.after(sorted[i]) {
			if !other.counts() {
				continue
			}
			if waiting[other]--; waiting[other] == 0 {
				sorted = append(sorted, other)
			}
		}
	}
	return sorted
}
