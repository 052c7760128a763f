package precedence

import "github.com/backlogkit/backlogkit/prioritize/internal/closure"

// part is a run of the items of a [decomposer].
type part struct{ from, to int32 }

func (p part) len() int { return int(p.to - p.from) }

// block is a part that is not worth dividing: none of its own closures has a higher ratio.
type block struct {
	part
	ratio  ratio
	rank   ratio // the ratio, or what takes its place where it is 0/0
	first  int32 // the lowest of its items
	solved bool  // its items are in the best order there is
}

// decomposer finds the blocks of any part of its items (Sidney 1975): sets that are closures of
// what is left when the ones before are gone. An order that takes one block after the other, by
// falling ratio, is among the best ones, whatever comes before and after the part.
type decomposer struct {
	problem *Problem
	graph   graph
	network closure.Network // of the part being cut
	forest  forest
	items   []int32 // a permutation of all jobs

	pending []piece
	blocks  []block
	label   []int32 // by item: the piece or block that it is in
	labels  int32   // the highest label in use
	base    int32   // the label of the first of the blocks labelled last

	place   []int32 // by item: its node in the network
	arcs    []closure.Arc
	buffer  []int32
	middle  []int32
	ends    []int32
	missing []int32
	ready   lowest
	keys    []sortKey
	sorted  []block
}

// piece is a part on its way to become blocks.
type piece struct {
	part
	connected bool
}

func newDecomposer(p *Problem, items []int32) *decomposer {
	return &decomposer{
		problem: p, graph: p.graph(), items: items, label: make([]int32, len(items)),
		place: make([]int32, len(items)),
	}
}

// run puts the items of a part in the order of its blocks, and returns these. The items of a block
// that is not solved are in no particular order. The next call overwrites the result.
func (d *decomposer) run(p part) []block {
	d.blocks = d.blocks[:0]
	if d.labels > 1<<30 {
		clear(d.label)
		d.labels = 0
	}
	d.pending = append(d.pending[:0], piece{part: p})
	for len(d.pending) > 0 {
		last := len(d.pending) - 1
		next := d.pending[last]
		d.pending = d.pending[:last]
		if next.connected {
			d.cut(next.part)
		} else {
			d.connect(next.part)
		}
	}
	d.arrange(p)
	return d.blocks
}

// connect divides a part into what hangs together, and makes blocks of what is simple.
func (d *decomposer) connect(p part) {
	d.labels++
	fresh := d.labels
	d.buffer = append(d.buffer[:0], d.items[p.from:p.to]...)
	for _, v := range d.buffer {
		d.label[v] = fresh
	}
	at := p.from
	for _, root := range d.buffer {
		if d.label[root] != fresh {
			continue
		}
		d.labels++
		d.label[root], d.items[at] = d.labels, root
		c := part{at, at + 1}
		needs, neededBy := 0, 0 // the most that one item has
		for ; at < c.to; at++ {
			needs = max(needs, d.visit(d.graph.needs.of(d.items[at]), fresh, &c.to))
			neededBy = max(neededBy, d.visit(d.graph.neededBy.of(d.items[at]), fresh, &c.to))
		}
		switch {
		case c.len() == 1:
			d.block(c, true)
		case needs <= 1:
			d.forest.run(d, c, false)
		case neededBy <= 1:
			d.forest.run(d, c, true)
		default:
			d.pending = append(d.pending, piece{c, true})
		}
	}
}

// visit adds those of vs that are fresh to the present component, and counts those that are in it.
func (d *decomposer) visit(vs []int32, fresh int32, end *int32) (inside int) {
	for _, v := range vs {
		if d.label[v] == fresh {
			d.label[v] = d.labels
			d.items[*end] = v
			*end++
		}
		if d.label[v] == d.labels {
			inside++
		}
	}
	return inside
}

func (d *decomposer) block(p part, solved bool) {
	b := block{part: p, solved: solved, first: d.items[p.from]}
	for _, v := range d.items[p.from:p.to] {
		b.ratio = b.ratio.plus(d.problem.ratio(v))
		b.first = min(b.first, v)
	}
	b.rank = b.ratio
	d.blocks = append(d.blocks, b)
}

// cut divides a connected part at its own ratio into the smallest closure worth more than that,
// the blocks worth just that, and the rest.
func (d *decomposer) cut(p part) {
	items := d.items[p.from:p.to]
	d.load(items)
	g := &d.network
	g.Solve()

	d.middle, d.ends = g.Components(func(v int32) bool {
		return g.InMaximal(v) && !g.InMinimal(v)
	}, d.middle[:0], d.ends[:0])
	d.buffer = d.buffer[:0]
	for i, v := range items {
		if g.InMinimal(int32(i)) {
			d.buffer = append(d.buffer, v)
		}
	}
	above := part{p.from, p.from + int32(len(d.buffer))}
	for _, i := range d.middle {
		d.buffer = append(d.buffer, items[i])
	}
	below := part{p.from + int32(len(d.buffer)), p.to}
	for i, v := range items {
		if !g.InMaximal(int32(i)) {
			d.buffer = append(d.buffer, v)
		}
	}
	copy(items, d.buffer)

	from := above.to
	for _, end := range d.ends {
		b := part{from, above.to + end}
		d.block(b, b.len() == 1)
		from = b.to
	}
	if above.len() > 0 {
		d.pending = append(d.pending, piece{part: above})
	}
	if below.len() > 0 {
		d.pending = append(d.pending, piece{part: below})
	}
}

// load makes a network of the given items and their needs of each other: node i is items[i], worth
// its weight less its size at their common ratio; in integers, weight x total size - size x total
// weight.
func (d *decomposer) load(items []int32) {
	var total ratio
	for i, v := range items {
		d.place[v] = int32(i)
		total = total.plus(d.problem.ratio(v))
	}
	d.arcs = d.arcs[:0]
	for i, v := range items {
		for _, u := range d.graph.needs.of(v) {
			if j := d.place[u]; int(j) < len(items) && items[j] == u {
				d.arcs = append(d.arcs, closure.Arc{From: int32(i), To: j})
			}
		}
	}
	d.network.Reset(len(items), d.arcs)
	for i, v := range items {
		gain := closure.Product(d.problem.Weight[v], total.size)
		d.network.SetWeight(int32(i), gain.Sub(closure.Product(d.problem.Size[v], total.weight)))
	}
}
