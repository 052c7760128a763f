package backlog

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
)

// Frees returns what could be worked on at once if an open item were finished now: the open items
// that wait for it and for nothing else, by id.
func (b *View) Frees(item ItemID) []ItemID {
	n := b.node(item)
	if n == nil || !n.open {
		return nil
	}
	var freed []ItemID
	for _, other := range n.frees {
		if other.open && other.waiting == 1 {
			freed = append(freed, other.item())
		}
	}
	slices.SortFunc(freed, ItemID.Compare)
	return freed
}

// Unblocks returns how many open items wait for an open item, directly or through others: what
// finishing it brings nearer. O(what waits for it).
func (b *View) Unblocks(item ItemID) int {
	n := b.node(item)
	if n == nil || !n.open {
		return 0
	}
	met := map[*node]bool{n: true}
	for todo := []*node{n}; len(todo) > 0; {
		last := len(todo) - 1
		one := todo[last]
		todo = todo[:last]
		for _, other := range one.frees {
			if other.open && !met[other] {
				met[other] = true
				todo = append(todo, other)
			}
		}
	}
	return len(met) - 1
}

// CriticalPath is the longest chain of open items that need each other, in points: however many
// people work, no less than its points are worked one after the other. Items without an estimate,
// features among them, count nothing and are counted apart.
type CriticalPath struct {
	Points      decimal.Decimal
	Items       []ItemID // in the order of work
	Unestimated int      // of the items

	slack map[ItemID]int64
}

// Slack returns how many points an open item can slip before the path gets longer; zero for an item
// of a longest path. It is false for what is not open.
func (p CriticalPath) Slack(item ItemID) (decimal.Decimal, bool) {
	slack, ok := p.slack[item]
	return decimal.New(slack, thousandth), ok
}

// CriticalPath finds the longest chain of open items: that with the most points, of these the one
// with the most items, of these the one whose items, from the last back, have the smallest ids.
// O(n + dependencies).
func (b *View) CriticalPath() CriticalPath {
	nodes := b.openNodes()
	before := make(map[*node]chain, len(nodes)) // the longest that has to come before
	after := make(map[*node]chain, len(nodes))
	previous := make(map[*node]*node)
	var longest chain
	var end *node
	for _, n := range nodes {
		for _, one := range n.needs {
			if needed := one.node; needed.open {
				up := before[needed].with(needed)
				if order := up.compare(before[n]); order > 0 || order == 0 && isSmaller(needed, previous[n]) {
					before[n], previous[n] = up, needed
				}
			}
		}
		total := before[n].with(n)
		if order := total.compare(longest); order > 0 || order == 0 && isSmaller(n, end) {
			longest, end = total, n
		}
	}
	for _, n := range slices.Backward(nodes) {
		for _, other := range n.frees {
			if down := after[other].with(other); other.open && down.compare(after[n]) > 0 {
				after[n] = down
			}
		}
	}
	path := CriticalPath{Points: decimal.New(longest.points, thousandth), slack: make(map[ItemID]int64, len(nodes))}
	for _, n := range nodes {
		path.slack[n.item()] = longest.points - before[n].with(n).points - after[n].points
	}
	for n := end; n != nil; n = previous[n] {
		path.Items = append(path.Items, n.item())
		if n.story == nil || n.story.story.Estimate.IsZero() {
			path.Unestimated++
		}
	}
	slices.Reverse(path.Items)
	return path
}

// chain is the length of a chain of items.
type chain struct {
	points int64 // in thousandths
	items  int
}

func (c chain) with(n *node) chain { return chain{c.points + n.points(), c.items + 1} }

func (c chain) compare(other chain) int {
	return cmp.Or(cmp.Compare(c.points, other.points), cmp.Compare(c.items, other.items))
}

func isSmaller(n, other *node) bool { return other == nil || n.item().Compare(other.item()) < 0 }

// points is the size of an item in thousandths of a point.
func (n *node) points() int64 {
	if n.story == nil {
		return 0
	}
	points, _ := n.story.story.Estimate.Points()
	return thousandths(points)
}

// openNodes returns the open items, each after those it needs: features before stories, both in
// their order, as far as the needs allow.
func (b *View) openNodes() []*node {
	var sorted, todo []*node
	waiting := make(map[*node]int)
	meet := func(n *node) {
		if !n.open {
			return
		}
		if waiting[n] = n.waiting; n.waiting == 0 {
			todo = append(todo, n)
		}
	}
	for _, entry := range b.features.list {
		meet(&entry.node)
	}
	for entry := range b.order.all() {
		meet(&entry.node)
	}
	for ; len(todo) > 0; todo = todo[1:] {
		n := todo[0]
		sorted = append(sorted, n)
		for _, other := range n.frees {
			if waiting[other]--; other.open && waiting[other] == 0 {
				todo = append(todo, other)
			}
		}
	}
	return sorted
}
