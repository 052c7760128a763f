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
	return sortedBy(freed, ItemID.Compare)
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
	g := b.openGraph()
	before := make([]chain, len(g.points)) // the longest that has to come before
	after := make([]chain, len(g.points))
	var longest chain
	for _, i := range g.sorted {
		total := before[i].with(g.points[i])
		if !g.points[i].start && total.isBetter(longest) {
			longest = total
		}
		for _, next := range g.after(i) {
			if total.isBetter(before[next]) {
				before[next] = total
			}
		}
	}
	for _, i := range slices.Backward(g.sorted) {
		for _, next := range g.after(i) {
			if down := after[next].with(g.points[next]); down.compare(after[i]) > 0 {
				after[i] = down
			}
		}
	}
	path := CriticalPath{Points: decimal.New(longest.points, thousandth), Items: []ItemID{}, slack: make(map[ItemID]int64, len(g.points))}
	for i, p := range g.points {
		if !p.start {
			path.slack[p.item()] = longest.points - before[i].with(p).points - after[i].points
		}
	}
	for n := longest.last; n != nil; n = before[g.at[finish(n)]].last {
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

// openGraph holds the points that something may wait for, and what comes right after each.
type openGraph struct {
	points []point
	at     map[point]int // where in points
	sorted []int         // all points, each after those before it
	ends   []int         // in links, of what comes after each point
	links  []int
}

// after returns the points right after one.
func (g *openGraph) after(i int) []int {
	from := 0
	if i > 0 {
		from = g.ends[i-1]
	}
	return g.links[from:g.ends[i]]
}

func (b *View) openGraph() openGraph {
	g := openGraph{at: make(map[point]int, len(b.stories)+2*len(b.features.list))}
	meet := func(p point) {
		g.at[p] = len(g.points)
		g.points = append(g.points, p)
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
	waits, waiting := b.waitGraph(), make([]int, len(g.points)) // for how many
	for _, p := range g.points {
		for other := range waits.after(p) {
			if other.counts() {
				next := g.at[other]
				g.links = append(g.links, next)
				waiting[next]++
			}
		}
		g.ends = append(g.ends, len(g.links))
	}
	g.sort(waiting)
	return g
}

// sort sorts the points, each of which has to wait for so many others.
func (g *openGraph) sort(waiting []int) {
	for i, others := range waiting {
		if others == 0 {
			g.sorted = append(g.sorted, i)
		}
	}
	for done := 0; done < len(g.sorted); done++ {
		for _, next := range g.after(g.sorted[done]) {
			if waiting[next]--; waiting[next] == 0 {
				g.sorted = append(g.sorted, next)
			}
		}
	}
}
