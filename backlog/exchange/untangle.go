package exchange

import (
	"cmp"
	"slices"
	"sort"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// tangle is the graph of what comes after what, as a [backlog.Backlog] has it once the import is done: a story comes after what it
// needs and after the start of its feature, a feature's start after what the feature needs, its own stories left out, and
// a feature's finish after its start and its stories. There must be no circle in it.
type tangle struct {
	im     *importer
	points map[backlog.ItemID]int // the start of a feature; its finish is the next
	items  []backlog.ItemID       // by point
	edges  [][]int                // of what comes before each point, for good
	parent map[story.ID]roadmap.FeatureID
	budget int // of steps
}

// untangle marks the links that would close a circle with those before them in the document.
func (im *importer) untangle() {
	t := im.newTangle()
	var links []int // indices in im.links
	for i := range im.links {
		w := &im.links[i]
		if w.isRelation() {
			continue
		}
		if _, _, ok := t.edge(w.dependency); ok {
			links = append(links, i)
		}
	}
	edges := slices.Clone(t.edges)
	for _, i := range links {
		from, to, _ := t.edge(im.links[i].dependency)
		edges[from] = append(slices.Clip(edges[from]), to)
	}
	groups := components(edges)
	byGroup := make(map[int][]int)
	var order []int
	for _, i := range links {
		from, to, _ := t.edge(im.links[i].dependency)
		if group := groups.of[from]; group == groups.of[to] {
			if byGroup[group] == nil {
				order = append(order, group)
			}
			byGroup[group] = append(byGroup[group], i)
		}
	}
	for _, group := range order {
		t.open(byGroup[group], newComponent(t.edges, groups, group))
	}
}

// newTangle returns the graph without the links that come. Where stories would close a circle by the feature that
// they come to be in, they stay in theirs.
func (im *importer) newTangle() *tangle {
	for {
		t := &tangle{im: im, points: make(map[backlog.ItemID]int), parent: make(map[story.ID]roadmap.FeatureID), budget: 50_000_000}
		t.contain()
		t.fix()
		groups, isSound := components(t.edges), true
		for _, p := range im.stories {
			if len(groups.points[groups.of[t.point(backlog.StoryItem(p.story.ID))]]) == 1 {
				continue
			}
			if here, _ := im.view.Story(p.story.ID); here.Feature != p.story.Feature {
				im.lose(p.index, "feature", im.keyOf(backlog.FeatureItem(p.story.Feature)), "being part of it would close a circle", false)
				p.story.Feature, isSound = here.Feature, false
			}
		}
		if isSound {
			return t
		}
	}
}

func (t *tangle) point(item backlog.ItemID) int {
	at, known := t.points[item]
	if !known {
		at = len(t.items)
		t.points[item] = at
		t.items = append(t.items, item)
		t.edges = append(t.edges, nil)
		if !item.Feature.IsZero() {
			t.items = append(t.items, item)
			t.edges = append(t.edges, []int{at}) // the finish comes after the start
		}
	}
	return at
}

func (t *tangle) finish(item backlog.ItemID) int {
	at := t.point(item)
	if !item.Feature.IsZero() {
		at++
	}
	return at
}

// contain adds what is part of features.
func (t *tangle) contain() {
	for _, p := range t.im.stories {
		t.parent[p.story.ID] = p.story.Feature
	}
	add := func(id story.ID, feature roadmap.FeatureID) {
		item, above := t.point(backlog.StoryItem(id)), backlog.FeatureItem(feature)
		if feature.IsZero() {
			return
		}
		t.edges[item] = append(t.edges[item], t.point(above))
		t.edges[t.finish(above)] = append(t.edges[t.finish(above)], item)
	}
	for s := range t.im.view.Stories() {
		if _, comes := t.parent[s.ID]; !comes {
			t.parent[s.ID] = s.Feature
			add(s.ID, s.Feature)
		}
	}
	for _, p := range t.im.stories {
		add(p.story.ID, p.story.Feature)
	}
}

// fix adds the dependencies that are in the backlog and stay.
func (t *tangle) fix() {
	gone := make(map[backlog.Dependency]bool)
	for _, one := range t.im.gone.dependencies {
		gone[one] = true
	}
	for one := range t.im.view.Dependencies() {
		if from, to, ok := t.edge(one); ok && !gone[one] {
			t.edges[from] = append(t.edges[from], to)
		}
	}
}

// edge returns the points of a dependency, and false for that of a feature on a story of its own.
func (t *tangle) edge(one backlog.Dependency) (from, to int, ok bool) {
	from, to = t.point(one.Item), t.finish(one.Needs)
	owns := !one.Item.Feature.IsZero() && !one.Needs.Story.IsZero() && t.parent[one.Needs.Story] == one.Item.Feature
	return from, to, !owns
}

// groups are the strongly connected components of a graph.
type groups struct {
	of     []int   // by point
	points [][]int // by group
}

// components returns the strongly connected components. O(edges).
//
// Source: Tarjan, Depth-First Search and Linear Graph Algorithms, 1972; without recursion.
func components(edges [][]int) groups {
	group := make([]int, len(edges))
	var all [][]int
	for i := range group {
		group[i] = -1
	}
	number, low, next := make([]int, len(edges)), make([]int, len(edges)), make([]int, len(edges))
	var stack, path []int
	met := 0
	enter := func(at int) {
		met++
		number[at], low[at] = met, met
		stack, path = append(stack, at), append(path, at)
	}
	for root := range edges {
		if number[root] == 0 {
			enter(root)
		}
		for len(path) > 0 {
			at := path[len(path)-1]
			if next[at] < len(edges[at]) {
				to := edges[at][next[at]]
				next[at]++
				if number[to] == 0 {
					enter(to)
				} else if group[to] < 0 {
					low[at] = min(low[at], number[to])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				above := path[len(path)-1]
				low[above] = min(low[above], low[at])
			}
			if low[at] != number[at] {
				continue
			}
			first := len(stack) - 1
			for stack[first] != at {
				first--
			}
			for _, one := range stack[first:] {
				group[one] = len(all)
			}
			all = append(all, slices.Clone(stack[first:]))
			stack = stack[:first]
		}
	}
	return groups{group, all}
}

// open takes the links of one component in their order, and marks those that close a circle with what was taken before.
func (t *tangle) open(links []int, part *component) {
	edges := make([][2]int, len(links))
	for i, one := range links {
		from, to, _ := t.edge(t.im.links[one].dependency)
		edges[i] = [2]int{part.local[from], part.local[to]}
	}
	for len(links) > 0 {
		if t.budget < 0 {
			t.drop(links, nil, "one of "+counted(len(links), "link", "links")+" in a tangle too dense to be taken apart")
			return
		}
		n := t.firstBad(part, edges)
		for _, one := range edges[:n] {
			part.add(one)
		}
		if n == len(links) {
			return
		}
		t.drop(links[n:n+1], part.path(edges[n][1], edges[n][0]), "it closes a circle with links before it in the document")
		links, edges = links[n+1:], edges[n+1:]
	}
}

// firstBad returns the first of some edges with which there is a circle in a component, or how many they are. It tries
// twice as many each time, so that a circle among the first is found without a look at the last.
func (t *tangle) firstBad(part *component, edges [][2]int) int {
	sound, most := 0, 1
	for ; most < len(edges) && t.isSound(part, edges[:most]); most *= 2 {
		sound = most
	}
	most = min(most, len(edges))
	return sound + sort.Search(most-sound, func(n int) bool { return !t.isSound(part, edges[:sound+n+1]) })
}

// isSound reports whether there is no circle in a component with some edges more.
func (t *tangle) isSound(part *component, edges [][2]int) bool {
	for _, one := range edges {
		part.add(one)
	}
	sound := part.isSound()
	t.budget -= part.cost
	for _, one := range slices.Backward(edges) {
		part.removeLast(one)
	}
	return sound
}

// drop marks links that do not come in.
func (t *tangle) drop(links, path []int, reason string) {
	for _, one := range links {
		w := &t.im.links[one]
		w.isDropped = true
		var keys []string
		for _, at := range path {
			key := t.im.keyOf(t.items[at])
			if len(keys) == 0 || keys[len(keys)-1] != key {
				keys = append(keys, key)
			}
		}
		t.im.report.Circles = append(t.im.report.Circles, Circle{Items: append([]string{}, firstKeys(keys)...), Dropped: w.text, Reason: reason})
	}
}

// keyOf returns what people call an item.
func (im *importer) keyOf(item backlog.ItemID) string {
	if at, ok := im.targets[item]; ok {
		return im.doc.Items[at].Key
	}
	if s, ok := im.view.Story(item.Story); ok {
		return cmp.Or(s.Key(), s.Title)
	}
	f, _ := im.view.Feature(item.Feature)
	return cmp.Or(f.Key(), f.Title)
}

// component is a part of the graph with numbers of its own.
type component struct {
	local  map[int]int // by point
	points []int
	edges  [][]int
	cost   int // of looking at all
}

func newComponent(edges [][]int, all groups, group int) *component {
	c := &component{local: make(map[int]int), points: all.points[group]}
	for i, at := range c.points {
		c.local[at] = i
	}
	c.edges, c.cost = make([][]int, len(c.points)), len(c.points)
	for i, at := range c.points {
		for _, to := range edges[at] {
			if all.of[to] == group {
				c.add([2]int{i, c.local[to]})
			}
		}
	}
	return c
}

func (c *component) add(edge [2]int) {
	c.edges[edge[0]] = append(c.edges[edge[0]], edge[1])
	c.cost++
}

// removeLast takes away the last edge that was added to the same point.
func (c *component) removeLast(edge [2]int) {
	list := c.edges[edge[0]]
	c.edges[edge[0]] = list[:len(list)-1]
	c.cost--
}

// isSound reports whether there is no circle, by taking away what nothing comes before.
func (c *component) isSound() bool {
	before := make([]int, len(c.edges)) // of each point, how many edges lead to it
	for _, list := range c.edges {
		for _, to := range list {
			before[to]++
		}
	}
	var free []int
	for at, n := range before {
		if n == 0 {
			free = append(free, at)
		}
	}
	taken := 0
	for ; len(free) > 0; taken++ {
		at := free[len(free)-1]
		free = free[:len(free)-1]
		for _, to := range c.edges[at] {
			if before[to]--; before[to] == 0 {
				free = append(free, to)
			}
		}
	}
	return taken == len(c.edges)
}

// path returns the points of a shortest way between two that are counted in the component, both ends among them.
func (c *component) path(start, end int) []int {
	came := map[int]int{start: start}
	for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == end {
			way := []int{c.points[at]}
			for at != start {
				at = came[at]
				way = append(way, c.points[at])
			}
			slices.Reverse(way)
			return way
		}
		for _, next := range c.edges[at] {
			if _, met := came[next]; !met {
				came[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}
