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
	from, to int // nodes
	critical bool
}

func newNetwork(b *backlog.View) network {
	g := network{budget: budget{room: MaxNodes}}
	onPath := make(map[backlog.ItemID]int) // its place there, from 1
	if path := b.CriticalPath().Items; len(path) > 1 {
		for i, item := range path {
			onPath[item] = i + 1
		}
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
	return g
}

// linkedNodes returns the items with dependencies: features, then stories, each in their order.
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
	all = slices.DeleteFunc(all, func(n networkNode) bool { return !linked[n.item] })
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
			place := onPath[n.item]
			g.edges = append(g.edges, networkEdge{from, to, place > 1 && onPath[dependency.Needs] == place-1})
		}
	}
	slices.SortStableFunc(g.edges, func(x, y networkEdge) int { return y.order() - x.order() })
	if excess := len(g.edges) - MaxEdges; excess > 0 {
		g.omitted[dependencies] += excess
		g.edges = g.edges[:MaxEdges]
	}
}

func (e networkEdge) order() int {
	if e.critical {
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
