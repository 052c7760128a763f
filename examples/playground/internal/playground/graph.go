package playground

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// graph is a drawing of what needs what: what is needed is to the left. Lengths are whole pixels.
type graph struct {
	nodes []node
	index map[string]int
}

// node is a job in a drawing.
type node struct {
	job
	after, before []int // indices of what needs it, and of what it needs
	layer, place  int
}

const (
	nodeWidth, nodeHeight = 190, 44
	layerGap, nodeGap     = 70, 16
	maxNodes              = 150
)

func (a *answer) showNeeds() {
	g := newGraph(a.jobs)
	edges := 0
	for _, n := range g.nodes {
		edges += len(n.before)
	}
	a.Summary = fmt.Sprintf("%s depend on each other in %s.", counted(len(g.nodes), "item", "items"), counted(edges, "place", "places"))
	if all := linked(a.jobs); len(g.nodes) < len(all) {
		a.Summary = fmt.Sprintf("The first %d of %d items that depend on each other.", len(g.nodes), len(all))
	}
	a.picture("dependencies", "What needs what", "An arrow leads from what is needed to what needs it. Grey is done.", g.svg())
	a.table("Dependencies", "", columns("Item", "Needs", "Is needed by"), len(g.nodes), func(i int) Row {
		n := g.nodes[i]
		return Row{Line: n.line, Cells: []string{n.label(), g.labels(n.before), g.labels(n.after)}}
	})
}

func (g *graph) labels(all []int) string {
	var keys []string
	for _, i := range all {
		keys = append(keys, g.nodes[i].key)
	}
	return strings.Join(keys, ", ")
}

// linked returns the jobs that need something or are needed.
func linked(jobs []job) []job {
	isLinked := make(map[string]bool)
	for _, one := range jobs {
		for _, key := range one.needs {
			isLinked[one.key], isLinked[key] = true, true
		}
	}
	return slices.DeleteFunc(slices.Clone(jobs), func(j job) bool { return !isLinked[j.key] })
}

// newGraph draws the first jobs that are linked.
func newGraph(jobs []job) *graph {
	g := &graph{index: make(map[string]int)}
	for _, one := range linked(jobs) {
		if len(g.nodes) == maxNodes {
			break
		}
		g.index[one.key] = len(g.nodes)
		g.nodes = append(g.nodes, node{job: one})
	}
	for i := range g.nodes {
		for _, key := range g.nodes[i].needs {
			if j, ok := g.index[key]; ok && !slices.Contains(g.nodes[i].before, j) {
				g.nodes[i].before = append(g.nodes[i].before, j)
				g.nodes[j].after = append(g.nodes[j].after, i)
			}
		}
	}
	g.arrange()
	return g
}

// arrange puts each node in the layer behind the last one that it needs, and orders the layers so that few arrows cross:
// each node near the middle of its neighbours (Sugiyama, Tagawa, Toda 1981). What is in a circle comes last.
func (g *graph) arrange() {
	waits := make([]int, len(g.nodes))
	var ready []int
	for i, n := range g.nodes {
		if waits[i] = len(n.before); waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	deepest := 0
	for len(ready) > 0 {
		i := ready[0]
		ready = ready[1:]
		deepest = max(deepest, g.nodes[i].layer)
		for _, j := range g.nodes[i].after {
			g.nodes[j].layer = max(g.nodes[j].layer, g.nodes[i].layer+1)
			if waits[j]--; waits[j] == 0 {
				ready = append(ready, j)
			}
		}
	}
	layers := make([][]int, deepest+2)
	for i := range g.nodes {
		if waits[i] > 0 {
			g.nodes[i].layer = deepest + 1
		}
		layer := g.nodes[i].layer
		g.nodes[i].place = len(layers[layer])
		layers[layer] = append(layers[layer], i)
	}
	for pass := range 8 {
		for at := range layers {
			layer := layers[at]
			neighbours := func(i int) []int { return g.nodes[i].before }
			if pass%2 == 1 {
				layer = layers[len(layers)-1-at]
				neighbours = func(i int) []int { return g.nodes[i].after }
			}
			slices.SortStableFunc(layer, func(x, y int) int {
				a, n := g.middle(x, neighbours(x))
				b, m := g.middle(y, neighbours(y))
				return cmp.Compare(a*m, b*n)
			})
			for place, i := range layer {
				g.nodes[i].place = place
			}
		}
	}
}

// middle returns the mean place of the neighbours of a node as a fraction; its own if it has none.
func (g *graph) middle(i int, neighbours []int) (sum, n int) {
	for _, j := range neighbours {
		sum += g.nodes[j].place
	}
	if len(neighbours) == 0 {
		return g.nodes[i].place, 1
	}
	return sum, len(neighbours)
}

const graphStyle = `<style>.g{font:12px sans-serif;fill:#1c2024}.g rect{fill:#eef4fb;stroke:#35618f;stroke-width:1.5}.g .done rect{fill:#ececec;stroke:#8a8a8a}` +
	`.g path{fill:none;stroke:#5d6b78;stroke-width:1.5}.g .key{font-weight:bold}.g .tip{fill:#5d6b78;stroke:none}` +
	`@media (prefers-color-scheme:dark){.g{fill:#e9ecef}.g rect{fill:#20303f;stroke:#7fa6d1}.g .done rect{fill:#2b2f33;stroke:#777}.g path{stroke:#9aa7b3}.g .tip{fill:#9aa7b3}}</style>`

func (g *graph) svg() string {
	layers, deepest := 0, 0
	for _, n := range g.nodes {
		layers, deepest = max(layers, n.layer+1), max(deepest, n.place+1)
	}
	width, height := layers*(nodeWidth+layerGap)-layerGap+20, deepest*(nodeHeight+nodeGap)-nodeGap+20
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" class="g"><title>What needs what</title>`+"\n", width, height)
	out.WriteString(graphStyle)
	out.WriteString(`<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>` + "\n")
	at := func(n node) (x, y int) { return 10 + n.layer*(nodeWidth+layerGap), 10 + n.place*(nodeHeight+nodeGap) }
	for _, n := range g.nodes {
		x, y := at(n)
		for _, j := range n.before {
			fx, fy := at(g.nodes[j])
			fx, fy = fx+nodeWidth, fy+nodeHeight/2
			bend := max(30, (x-fx)/2)
			fmt.Fprintf(&out, `<path d="M%d %dC%d %d %d %d %d %d" marker-end="url(#tip)"/>`+"\n", fx, fy, fx+bend, fy, x-bend, y+nodeHeight/2, x, y+nodeHeight/2)
		}
	}
	for _, n := range g.nodes {
		x, y := at(n)
		class := ""
		if n.done {
			class = ` class="done"`
		}
		fmt.Fprintf(&out, `<g%s><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" rx="6"/>`, class, escape(n.label(), 200), x, y, nodeWidth, nodeHeight)
		fmt.Fprintf(&out, `<text class="key" x="%d" y="%d">%s</text>`, x+10, y+18, escape(n.key, 24))
		if n.key != n.title {
			fmt.Fprintf(&out, `<text x="%d" y="%d">%s</text>`, x+10, y+34, escape(n.title, 26))
		}
		out.WriteString("</g>\n")
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// escape makes text of at most so many characters text of XML.
func escape(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(string(runes)))
	return out.String()
}
