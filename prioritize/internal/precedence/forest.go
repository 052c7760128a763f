package precedence

import "slices"

// forest orders trees, in O(n log n) (Horn 1972): of all jobs the one of highest ratio is done
// right after the one it needs, so the two become one job; and so on.
type forest struct {
	group  []int32 // by item: towards the item that stands for its group, the first of it
	last   []int32 // by item that stands for a group
	next   []int32 // by item: the one after it in its group, or none
	sum    []ratio // by item that stands for a group
	parent []int32 // by item: the one it needs, or none
	depth  []int32 // by item: how many it needs, by way of others
	done   []bool  // by item that stands for a group: it is a block
	heap   queue
	queue  []int32
}

const none = int32(-1)

// run makes blocks of a component in which no item needs more than one other or, when backward, no
// item is needed by more than one other. Seen backward in time, weights and sizes change places.
func (f *forest) run(d *decomposer, p part, backward bool) {
	if f.group == nil {
		n := len(d.items)
		f.group, f.last, f.next = make([]int32, n), make([]int32, n), make([]int32, n)
		f.sum, f.done = make([]ratio, n), make([]bool, n)
		f.parent, f.depth = make([]int32, n), make([]int32, n)
	}
	items := d.items[p.from:p.to]
	f.plant(d, items, backward)
	items = items[:0]
	first := len(d.blocks)
	for len(f.heap.heap) > 0 {
		top := f.heap.pop()
		v := top.item
		if f.group[v] != v || f.done[v] || f.sum[v] != top.ratio {
			continue // it has grown since
		}
		if parent := f.parent[v]; parent != none && !f.done[f.find(parent)] {
			f.join(f.find(parent), v)
			continue
		}
		f.done[v] = true
		from := p.from + int32(len(items))
		for ; v != none; v = f.next[v] {
			items = append(items, v)
		}
		d.block(part{from, p.from + int32(len(items))}, true)
	}
	if backward {
		slices.Reverse(items)
		for i := range d.blocks[first:] {
			b := &d.blocks[first+i].part
			b.from, b.to = p.from+p.to-b.to, p.from+p.to-b.from
		}
	}
}

// plant makes every item a group of its own.
func (f *forest) plant(d *decomposer, items []int32, backward bool) {
	up, down := d.graph.needs, d.graph.neededBy
	if backward {
		up, down = down, up
	}
	label := d.label[items[0]]
	f.queue, f.heap.heap = f.queue[:0], f.heap.heap[:0]
	for _, v := range items {
		f.group[v], f.last[v], f.next[v] = v, v, none
		f.parent[v], f.depth[v], f.done[v] = none, 0, false
		f.sum[v] = d.problem.ratio(v)
		if backward {
			f.sum[v] = ratio{weight: f.sum[v].size, size: f.sum[v].weight}
		}
		for _, u := range up.of(v) {
			if d.label[u] == label {
				f.parent[v] = u
			}
		}
		if f.parent[v] == none {
			f.queue = append(f.queue, v)
		}
	}
	for i := 0; i < len(f.queue); i++ {
		v := f.queue[i]
		f.heap.push(entry{f.sum[v], f.depth[v], v})
		for _, u := range down.of(v) {
			if d.label[u] == label {
				f.depth[u] = f.depth[v] + 1
				f.queue = append(f.queue, u)
			}
		}
	}
}

// join appends group v to group g.
func (f *forest) join(g, v int32) {
	f.group[v] = g
	f.next[f.last[g]], f.last[g] = v, f.last[v]
	f.sum[g] = f.sum[g].plus(f.sum[v])
	f.heap.push(entry{f.sum[g], f.depth[g], g})
}

// find returns the item that stands for the group of v.
func (f *forest) find(v int32) int32 {
	for f.group[v] != v {
		f.group[v] = f.group[f.group[v]]
		v = f.group[v]
	}
	return v
}
