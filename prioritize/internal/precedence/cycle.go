package precedence

// Cycle returns a shortest cycle of the needs, each job needing the next and the last the first,
// or nil if there is none. Of equally short ones it is the first found in the order of the jobs.
//
// A breadth-first search from every job that could close a cycle finds it. Where that would take
// more than about 2^26 steps, the result is the shortest of the cycles found until then.
func (p *Problem) Cycle() []int32 {
	n := len(p.Size)
	c := cycleFinder{
		needs: p.graph().needs, seen: make([]int32, n), parent: make([]int32, n),
		depth: make([]int32, n), gone: make([]bool, n), work: 1 << 26,
	}
	for i, start := range c.closers() {
		c.round = int32(i + 1)
		c.search(start)
		c.gone[start] = true // every cycle through it has been seen
		if c.work < 0 {
			break
		}
	}
	return c.best
}

type cycleFinder struct {
	needs  adjacency
	seen   []int32 // by job: the round that reached it
	parent []int32
	depth  []int32
	gone   []bool
	queue  []int32
	round  int32
	work   int
	best   []int32
}

// closers returns jobs of which every cycle has at least one: those that a depth-first search
// meets again while it is still below them.
func (c *cycleFinder) closers() []int32 {
	const fresh, open, closed = 0, 1, 2
	n := len(c.gone)
	state, closer := make([]uint8, n), make([]bool, n)
	at := append([]int32(nil), c.needs.start[:n]...)
	var path, closers []int32
	for root := range int32(n) {
		if state[root] != fresh {
			continue
		}
		path, state[root] = append(path, root), open
		for len(path) > 0 {
			v := path[len(path)-1]
			if at[v] == c.needs.start[v+1] {
				state[v] = closed
				path = path[:len(path)-1]
				continue
			}
			u := c.needs.list[at[v]]
			at[v]++
			switch state[u] {
			case fresh:
				path, state[u] = append(path, u), open
			case open:
				if !closer[u] {
					closer[u] = true
					closers = append(closers, u)
				}
			}
		}
	}
	return closers
}

// search looks for a cycle through start that is shorter than the best.
func (c *cycleFinder) search(start int32) {
	c.queue = append(c.queue[:0], start)
	c.seen[start], c.depth[start] = c.round, 1
	for i := 0; i < len(c.queue); i++ {
		v := c.queue[i]
		if c.best != nil && int(c.depth[v]) >= len(c.best) {
			return
		}
		for _, u := range c.needs.of(v) {
			c.work--
			if u == start {
				c.best = c.trace(v)
				return
			}
			if c.seen[u] != c.round && !c.gone[u] {
				c.seen[u], c.parent[u], c.depth[u] = c.round, v, c.depth[v]+1
				c.queue = append(c.queue, u)
			}
		}
	}
}

// trace returns the path to v.
func (c *cycleFinder) trace(v int32) []int32 {
	path := make([]int32, c.depth[v])
	for i := len(path) - 1; i >= 0; i-- {
		path[i] = v
		v = c.parent[v]
	}
	return path
}
