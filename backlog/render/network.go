package render

import (
	"cmp"
	"slices"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// state is how an item is drawn; in the order in which items get room.
type state int

const (
	critical state = iota
	open
	done
	dropped
)

// String returns the name of a class of the flowchart.
func (s state) String() string { return [...]string{"critical", "open", "done", "dropped"}[s] }

func (s state) inDOT() string {
	return [...]string{
		`, color="#b3412e", penwidth=3`,
		``,
		`, fillcolor="#dddddd", color="#999999"`,
		`, style="filled,dashed", color="#999999"`,
	}[s]
}

// network is the part of the graph of dependencies that is drawn.
type network struct {
	budget
	nodes []networkNode
	edges []networkEdge // those of the critical path first
}

type networkNode struct {
	item  backlog.ItemID
	title string
	size  string
	state state
}

func (n networkNode) isFeature() bool { return !n.item.Feature.IsZero() }

type networkEdge struct {
	from, to int  // nodes
	place    int  // of the latter on the critical path, where the former is right before it; 0 for elsewhere
	isPart   bool // one is part of the other, or of what needs it
}

func newNetwork(b *backlog.View) network {
	g := network{budget: budget{room: MaxNodes}}
	onPath := make(map[backlog.ItemID]int) // its place there, from 1
	path := b.CriticalPath().Items
	if !hasNeed(b, path) {
		path = nil
	}
	for i, item := range path {
		onPath[item] = i + 1
	}
	all := linkedNodes(b, onPath)
	slices.SortStableFunc(all, func(x, y networkNode) int {
		return cmp.Or(cmp.Compare(x.state, y.state), cmp.Compare(onPath[x.item], onPath[y.item]))
	})
	index := make(map[backlog.ItemID]int)
	for _, n := range all {
		k := stories
		if n.isFeature() {
			k = features
		}
		if g.take(k) {
			index[n.item] = len(g.nodes)
			g.nodes = append(g.nodes, n)
		}
	}
	g.connect(b, all, index, onPath)
	g.connectParts(path, index)
	g.cut()
	return g
}

// hasNeed reports whether some item of a chain needs the one before.
func hasNeed(b *backlog.View, chain []backlog.ItemID) bool {
	for i, item := range chain {
		for dependency := range b.Needs(item) {
			if i > 0 && dependency.Needs == chain[i-1] {
				return true
			}
		}
	}
	return false
}

// linkedNodes returns the items with dependencies or on the critical path: features, then stories, each in their order.
func linkedNodes(b *backlog.View, onPath map[backlog.ItemID]int) []networkNode {
	linked := make(map[backlog.ItemID]bool)
	var all []networkNode
	for feature := range b.Features() {
		all = append(all, featureNode(feature))
	}
	workflow := b.Workflow()
	for s := range b.Stories() {
		all = append(all, storyNode(s, categoryOf(workflow, s)))
	}
	for _, n := range all {
		for dependency := range b.Needs(n.item) {
			linked[n.item], linked[dependency.Needs] = true, true
		}
	}
	all = slices.DeleteFunc(all, func(n networkNode) bool { return !linked[n.item] && onPath[n.item] == 0 })
	for i, n := range all {
		if onPath[n.item] > 0 {
			all[i].state = critical
		}
	}
	return all
}

func featureNode(f roadmap.Feature) networkNode {
	n := networkNode{item: backlog.FeatureItem(f.ID), title: f.Title, size: "feature", state: open}
	switch f.Status {
	case roadmap.FeatureAccepted:
		n.state = done
	case roadmap.FeatureDropped:
		n.state = dropped
	default:
	}
	return n
}

func storyNode(s story.Story, category story.Category) networkNode {
	n := networkNode{item: backlog.StoryItem(s.ID), title: s.Title, size: sizeText(s), state: open}
	switch category {
	case story.Completed:
		n.state = done
	case story.Removed:
		n.state = dropped
	default:
	}
	return n
}

// connect adds the dependencies between nodes, as far as there is room.
func (g *network) connect(b *backlog.View, all []networkNode, index, onPath map[backlog.ItemID]int) {
	for _, n := range all {
		to, drawn := index[n.item]
		for dependency := range b.Needs(n.item) {
			from, ok := index[dependency.Needs]
			if !ok || !drawn {
				g.omitted[dependencies]++
				continue
			}
			edge := networkEdge{from: from, to: to}
			if place := onPath[n.item]; place > 1 && onPath[dependency.Needs] == place-1 {
				edge.place = place
			}
			g.edges = append(g.edges, edge)
		}
	}
}

// connectParts adds the links of the critical path that are no dependencies.
func (g *network) connectParts(path []backlog.ItemID, index map[backlog.ItemID]int) {
	needed := make(map[int]bool) // by place
	for _, e := range g.edges {
		needed[e.place] = true
	}
	for i := 1; i < len(path); i++ {
		from, ok := index[path[i-1]]
		to, drawn := index[path[i]]
		if ok && drawn && !needed[i+1] {
			g.edges = append(g.edges, networkEdge{from, to, i + 1, true})
		}
	}
}

// cut puts the edges of the critical path first, in its order, and leaves out what there is no room for.
func (g *network) cut() {
	slices.SortStableFunc(g.edges, func(x, y networkEdge) int {
		return cmp.Or(y.order()-x.order(), cmp.Compare(x.place, y.place))
	})
	if excess := len(g.edges) - MaxEdges; excess > 0 {
		g.omitted[dependencies] += excess
		g.edges = g.edges[:MaxEdges]
	}
}

func (e networkEdge) order() int {
	if e.place > 0 {
		return 1
	}
	return 0
}

func (g *network) criticalEdges() int {
	n := 0
	for _, e := range g.edges {
		n += e.order()
	}
	return n
}

// note returns the counts of what is not drawn.
func (g *network) note() string {
	if omitted := g.String(); omitted != "" {
		return "not drawn: " + omitted
	}
	return ""
}
