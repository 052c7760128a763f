package backlog

import (
	"cmp"
	"iter"
	"slices"
)

// Who waits for whom, by what they need and by what they are part of, is one graph. A story is one
// point of it. A feature is two: it starts when all that it needs is finished, and its stories start
// after that; it is finished when they are. So
//
//	a story              comes after what it needs, and the start of its feature
//	a feature's start    comes after what the feature needs, its own stories left out
//	a feature's finish   comes after its start, and its stories
//
// where to need something is to come after its finish. There is no cycle in it, open or not, whatever
// the options: what was dropped or accepted can come back, and a log fits every choice of options.

// point is a story, or the start or the finish of a feature.
type point struct {
	*node
	start bool
}

// start is the point of an item that comes after what it needs.
func start(n *node) point { return point{n, n.feature != nil} }

// finish is the point of an item that comes before what needs it.
func finish(n *node) point { return point{n, false} }

// owns reports whether n is a feature and other a story of it.
func (n *node) owns(other *node) bool {
	return n.feature != nil && other.story != nil && other.story.feature == n.feature
}

func (p point) at() int32 {
	if p.start {
		return p.feature.startLevel
	}
	return p.level
}

func (p point) put(level int32) {
	if p.start {
		p.feature.startLevel = level
	} else {
		p.level = level
	}
}

// graph is the graph as it is, or as it would be with a story in another feature, or with one more need.
type graph struct {
	free        bool          // whether stories do not come after the start of their feature
	moved       *storyEntry   // nil for none
	to          *featureEntry // where it is moved to, nil for no feature
	item, needs *node         // nil for none
}

func (g graph) featureOf(s *storyEntry) *featureEntry {
	if s == g.moved {
		return g.to
	}
	return s.feature
}

func (g graph) owns(n, other *node) bool {
	return n.feature != nil && other.story != nil && g.featureOf(other.story) == n.feature
}

// before returns an iterator over the points right before p, each with why; the start of a feature is
// before its finish for no reason of its own.
func (g graph) before(p point) iter.Seq2[point, CycleLink] {
	return func(yield func(point, CycleLink) bool) {
		if !p.start && p.feature != nil {
			g.parts(p, yield)
			return
		}
		for _, one := range p.needs {
			if !g.owns(p.node, one.node) && !yield(finish(one.node), LinkNeeds) {
				return
			}
		}
		if p.node == g.item && !yield(finish(g.needs), LinkNeeds) {
			return
		}
		if p.story == nil || g.free {
			return
		}
		if feature := g.featureOf(p.story); feature != nil {
			yield(point{&feature.node, true}, LinkPartOf)
		}
	}
}

// parts yields what is right before the finish of a feature.
func (g graph) parts(p point, yield func(point, CycleLink) bool) {
	if !yield(start(p.node), 0) {
		return
	}
	for _, child := range p.feature.stories {
		if child != g.moved && !yield(finish(&child.node), LinkHasPart) {
			return
		}
	}
	if g.moved != nil && g.to == p.feature {
		yield(finish(&g.moved.node), LinkHasPart)
	}
}

// after returns an iterator over the points right after p in the graph as it is.
func (g graph) after(p point) iter.Seq[point] {
	return func(yield func(point) bool) {
		if p.start {
			if !yield(finish(p.node)) || g.free {
				return
			}
			for _, child := range p.feature.stories {
				if !yield(finish(&child.node)) {
					return
				}
			}
			return
		}
		for _, other := range p.frees {
			if !other.owns(p.node) && !yield(start(other)) {
				return
			}
		}
		if p.story != nil && p.story.feature != nil {
			yield(finish(&p.story.feature.node))
		}
	}
}

// judge reports whether a cycle closes when from comes to be after to, and if not, which points then
// have to be raised to which level. No point has a higher level than one after it, which lets most links
// be judged without a search: a link that goes up in level closes no cycle. Otherwise judge looks back
// from to on its own level, not further than the square root of the links, and then forward from
// from, for what lies too low. Over m links this takes O(m^1.5) in all at worst, and O(1) a link in most.
//
// Source: Bender, Fineman, Gilbert, Tarjan, A New Approach to Incremental Cycle Detection and
// Related Problems, 2016, section 2. Levels are no part of the state: they cost nothing but time
// when they are higher than need be.
func (b *View) judge(from, to point) (raised []point, level int32, closes bool) {
	level = to.at()
	switch {
	case from.node == to.node:
		return nil, 0, true
	case level < from.at():
		return nil, 0, false
	case from.isLast(to) || to.isFirst():
		raised, _ = below(from, level, nil)
		return raised, level, false
	}
	behind, complete := lookBack(to, from, b.backSteps())
	if behind[from] {
		return nil, 0, true
	}
	if !complete {
		level++
		behind = map[point]bool{to: true}
	} else if from.at() == level {
		return nil, 0, false
	}
	raised, closes = below(from, level, behind)
	return raised, level, closes
}

// isLast reports whether nothing but the finish of its own feature, which is not to, comes after a story.
func (p point) isLast(to point) bool {
	if p.story == nil || len(p.frees) > 0 {
		return false
	}
	feature := p.story.feature
	return feature == nil || len(feature.node.frees) == 0 && to.node != &feature.node
}

// isFirst reports whether nothing but the start of its own feature comes before p, and nothing before that.
func (p point) isFirst() bool {
	switch {
	case len(p.needs) > 0:
		return false
	case p.story != nil:
		return p.story.feature == nil || len(p.story.feature.node.needs) == 0
	default:
		return len(p.feature.stories) == 0
	}
}

// raise puts the levels as they have to be when from comes to be after to, which closes no cycle.
func (b *View) raise(from, to point) {
	raised, level, _ := b.judge(from, to)
	for _, p := range raised {
		p.put(level)
	}
}

// lift raises p, and what is after it, to at least level, which is enough for the levels to be right.
func lift(p point, level int32) {
	if p.at() >= level {
		return
	}
	raised, _ := below(p, level, nil)
	for _, one := range raised {
		one.put(level)
	}
}

// backSteps is how far judge looks back: about the square root of the size of the graph.
func (b *View) backSteps() int {
	steps := 16
	for steps*steps < len(b.stories) {
		steps *= 2
	}
	return steps
}

// lookBack collects what is before from, directly or not, on its own level, and stops when it has met
// target or followed too many links; then it is not complete.
func lookBack(from, target point, steps int) (met map[point]bool, complete bool) {
	met = map[point]bool{from: true}
	level := from.at()
	for todo := []point{from}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for one := range (graph{}).before(p) {
			if one.at() != level || met[one] {
				continue
			}
			if steps--; steps < 0 {
				return met, false
			}
			met[one] = true
			if one == target {
				return met, true
			}
			todo = append(todo, one)
		}
	}
	return met, true
}

// below returns from, and what is after it, as far as it is below a level, and whether one of behind is
// right after one of them: then there is a cycle.
func below(from point, level int32, behind map[point]bool) (found []point, closes bool) {
	met := map[point]bool{from: true}
	found = []point{from}
	for i := 0; i < len(found); i++ {
		for one := range (graph{}).after(found[i]) {
			if behind[one] {
				return nil, true
			}
			if one.at() < level && !met[one] {
				met[one] = true
				found = append(found, one)
			}
		}
	}
	return found, false
}

// checkFeatureOf returns the [CycleError] that arises when a story comes to be part of a feature. Every
// link that is new then is one of the story, so a cycle goes through it. O(what is before the story).
func checkFeatureOf(entry *storyEntry, feature *featureEntry) error {
	n := &entry.node
	if entry.feature == feature || len(n.needs)+len(n.frees) == 0 {
		return nil
	}
	g, from := graph{moved: entry, to: feature}, finish(n)
	met := map[point]bool{}
	for todo := []point{from}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for one := range g.before(p) {
			if one == from {
				return g.shortestCycle(from)
			}
			if !met[one] {
				met[one] = true
				todo = append(todo, one)
			}
		}
	}
	return nil
}

// checkCycles returns the [CycleError] of a cycle among what is before some items, or nil. It
// looks at each point once.
func checkCycles(items iter.Seq[*node]) error {
	type visit struct {
		point
		todo []cameBy
	}
	done := make(map[point]bool) // false while what is before it is looked at
	for n := range items {
		stack := []visit{}
		enter := func(p point) {
			done[p] = false
			stack = append(stack, visit{p, graph{}.sortedBefore(p)})
		}
		if _, met := done[start(n)]; !met {
			enter(start(n))
		}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if len(top.todo) == 0 {
				done[top.point] = true
				stack = stack[:len(stack)-1]
				continue
			}
			next := top.todo[0].point
			top.todo = top.todo[1:]
			if over, met := done[next]; !met {
				enter(next)
			} else if !over {
				return graph{}.shortestCycle(next)
			}
		}
	}
	return nil
}

// cameBy is a point, and the link that leads to it.
type cameBy struct {
	point
	link CycleLink
}

// sortedBefore returns what before does, by id.
func (g graph) sortedBefore(p point) []cameBy {
	var all []cameBy
	for one, link := range g.before(p) {
		all = append(all, cameBy{one, link})
	}
	if len(all) > 1 {
		slices.SortStableFunc(all, func(x, y cameBy) int {
			return cmp.Or(x.item().Compare(y.item()), cmp.Compare(x.link, y.link))
		})
	}
	return all
}

// shortestCycle returns a cycle through a point that is on one: of those with the fewest items that
// with the smaller ids, from the point on.
func (g graph) shortestCycle(from point) error {
	came := make(map[point]cameBy) // from where, and by which link
	todo := []point{from}
	meet := func(p point, by cameBy) {
		if _, met := came[p]; !met {
			came[p] = by
			todo = append(todo, p)
		}
	}
	if !from.start && from.feature != nil {
		meet(start(from.node), cameBy{from, 0})
	}
	for i := 0; i < len(todo); i++ {
		p := todo[i]
		for _, one := range g.sortedBefore(p) {
			meet(one.point, cameBy{p, one.link})
			if !one.start && one.feature != nil { // from its finish to its start it is no step
				meet(start(one.node), cameBy{one.point, 0})
			}
		}
		if _, closed := came[from]; closed {
			break
		}
	}
	cycle := &CycleError{}
	for p := from; ; {
		by := came[p]
		if by.link != 0 {
			cycle.Items, cycle.Links = append(cycle.Items, by.item()), append(cycle.Links, by.link)
			cycle.Titles = append(cycle.Titles, by.title())
		}
		if p = by.point; p == from {
			break
		}
	}
	slices.Reverse(cycle.Items)
	slices.Reverse(cycle.Titles)
	slices.Reverse(cycle.Links)
	return cycle
}
