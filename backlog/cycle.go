package backlog

import "slices"

// joinsCycle reports whether a cycle arises when n comes to need needed. If not, it raises levels so
// that no item has a higher level than one it frees, which lets most links be judged without a
// search: a link that goes up in level closes no cycle. Otherwise it looks back from the needed item
// on its own level, not further than the square root of the links, and then forward from n, raising
// what lies too low. Over m links this takes O(m^1.5) in all at worst, and O(1) a link in most.
//
// Source: Bender, Fineman, Gilbert, Tarjan, A New Approach to Incremental Cycle Detection and
// Related Problems, 2016, section 2. Levels are no part of the state: they cost nothing but time
// when they are higher than need be.
func (b *View) joinsCycle(n, needed *node) bool {
	switch {
	case n == needed:
		return true
	case needed.level < n.level:
		return false
	case len(n.frees) == 0: // nothing leads on from n
		n.level = needed.level
		return false
	case len(needed.needs) == 0: // nothing leads to needed
		needed.level = n.level
		return false
	}
	behind, complete := lookBack(needed, n, b.backSteps())
	if behind[n] {
		return true
	}
	level := needed.level
	if complete {
		if n.level == level {
			return false
		}
	} else {
		level++
		behind = map[*node]bool{needed: true}
	}
	return raise(n, level, behind)
}

// backSteps is how far joinsCycle looks back: about the square root of the size of the graph.
func (b *View) backSteps() int {
	steps := 16
	for steps*steps < len(b.stories) {
		steps *= 2
	}
	return steps
}

// lookBack collects what from needs, directly or not, on its own level, and stops when it has met
// target or followed too many links; then it is not complete.
func lookBack(from, target *node, steps int) (met map[*node]bool, complete bool) {
	met = map[*node]bool{from: true}
	todo := []*node{from}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, one := range n.needs {
			if one.node.level != from.level || met[one.node] {
				continue
			}
			if steps--; steps < 0 {
				return met, false
			}
			met[one.node] = true
			if one.node == target {
				return met, true
			}
			todo = append(todo, one.node)
		}
	}
	return met, true
}

// raise lifts n, and what it frees, to at least level. If it meets one of behind there is a cycle:
// it returns false and leaves all levels as they were.
func raise(n *node, level int, behind map[*node]bool) bool {
	type lifted struct {
		node *node
		from int
	}
	undo := []lifted{{n, n.level}}
	n.level = level
	for todo := []*node{n}; len(todo) > 0; {
		x := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, y := range x.frees {
			if behind[y] {
				for _, one := range slices.Backward(undo) {
					one.node.level = one.from
				}
				return true
			}
			if y.level < x.level {
				undo = append(undo, lifted{y, y.level})
				y.level = x.level
				todo = append(todo, y)
			}
		}
	}
	return false
}

// shortestCycle returns one shortest cycle that arises when n comes to need needed: n, needed, and
// a shortest way from needed back to n. Among equally short ways the smaller ids win.
func shortestCycle(n, needed *node) []ItemID {
	cameFrom := map[*node]*node{needed: nil}
	for todo := []*node{needed}; len(todo) > 0 && cameFrom[n] == nil && n != needed; todo = todo[1:] {
		for _, next := range sortedNeeds(todo[0]) {
			if _, met := cameFrom[next.node]; !met {
				cameFrom[next.node] = todo[0]
				todo = append(todo, next.node)
			}
		}
	}
	var back []ItemID
	for at := n; at != nil; at = cameFrom[at] {
		back = append(back, at.item())
	}
	// back runs from n towards needed; the cycle runs from n to needed and on to n.
	slices.Reverse(back[1:])
	return back
}
