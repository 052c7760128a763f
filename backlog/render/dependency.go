package render

import (
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/backlog"
)

// DependencyFlowchart returns a Mermaid flowchart of the dependencies: an arrow leads from what is needed to
// what needs it. Boxes are stories, those with bars at their sides features. What is done is grey, what was
// dropped dashed, and the critical path ([backlog.View.CriticalPath]) red, dotted from a story to the
// feature that it finishes and from what a feature needs to its stories. Other items without dependencies
// are not drawn. If there is no room for all, the critical path comes first, then what is open. It costs
// O((n + dependencies) log n).
func DependencyFlowchart(b *backlog.View) string {
	g := newNetwork(b)
	d := diagram{}
	for i, n := range g.nodes {
		opening, closing := "[", "]"
		if n.isFeature() {
			opening, closing = "[[", "]]"
		}
		d.line(1, `n%d%s"%s<br/>%s"%s:::%s`, i+1, opening, inMermaid(n.title), n.size, closing, n.state)
	}
	for _, e := range g.edges {
		arrow := "-->"
		if e.isPart {
			arrow = "-.->"
		}
		d.line(1, "n%d %s n%d", e.from+1, arrow, e.to+1)
	}
	if note := g.note(); note != "" {
		d.line(1, `note["%s"]:::note`, note)
	}
	d.line(1, "classDef open fill:#ffffff,stroke:#333333")
	d.line(1, "classDef critical fill:#ffffff,stroke:#b3412e,stroke-width:3px")
	d.line(1, "classDef done fill:#dddddd,stroke:#999999")
	d.line(1, "classDef dropped fill:#ffffff,stroke:#999999,stroke-dasharray:4")
	d.line(1, "classDef note fill:#ffffff,stroke:#ffffff")
	if n := g.criticalEdges(); n > 0 {
		d.line(1, "linkStyle %s stroke:#b3412e,stroke-width:3px", numbers(n))
	}
	return "flowchart LR\n" + d.text.String()
}

// DependencyDOT returns what [DependencyFlowchart] draws in the DOT language of Graphviz. Features are
// folders.
func DependencyDOT(b *backlog.View) string {
	g := newNetwork(b)
	d := diagram{}
	d.line(1, `rankdir=LR`)
	d.line(1, `node [shape=box, style=filled, fillcolor="#ffffff", color="#333333", fontname="sans-serif"]`)
	for i, n := range g.nodes {
		shape := ""
		if n.isFeature() {
			shape = "shape=folder, "
		}
		d.line(1, `n%d [%slabel="%s\n%s"%s]`, i+1, shape, inDOT(n.title), n.size, n.state.inDOT())
	}
	for _, e := range g.edges {
		style := ""
		switch {
		case e.isPart:
			style = ` [color="#b3412e", penwidth=3, style=dashed]`
		case e.place > 0:
			style = ` [color="#b3412e", penwidth=3]`
		}
		d.line(1, "n%d -> n%d%s", e.from+1, e.to+1, style)
	}
	if note := g.note(); note != "" {
		d.line(1, `note [shape=plaintext, label="%s"]`, note)
	}
	return "digraph dependencies {\n" + d.text.String() + "}\n"
}

// numbers returns "0,1,2" for 3.
func numbers(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprint(i)
	}
	return strings.Join(all, ",")
}
