package precedence

import (
	"cmp"
	"slices"
)

// arrange sorts the blocks of a part, and its items with them: by falling ratio, and those of
// equal ratio by their first item as far as their needs allow.
func (d *decomposer) arrange(p part) {
	d.rankNothing()
	d.keys = d.keys[:0]
	for i, b := range d.blocks {
		d.keys = append(d.keys, newSortKey(b.rank, b.first, int32(i)))
	}
	sortByRatio(d.keys, func(at int32) ratio { return d.blocks[at].rank })
	d.sorted = d.sorted[:0]
	for _, k := range d.keys {
		d.sorted = append(d.sorted, d.blocks[k.at])
	}
	d.blocks, d.sorted = d.sorted, d.blocks
	d.labelBlocks(d.blocks)
	for late := d.firstLate(0); late < len(d.blocks); {
		from, to := d.equalTo(late)
		d.arrangeEqual(from, to)
		late = d.firstLate(to)
	}
	d.buffer = d.buffer[:0]
	for i := range d.blocks {
		b := &d.blocks[i].part
		from := p.from + int32(len(d.buffer))
		d.buffer = append(d.buffer, d.items[b.from:b.to]...)
		*b = part{from, p.from + int32(len(d.buffer))}
	}
	copy(d.items[p.from:p.to], d.buffer)
}

// rankNothing gives the blocks of neither weight nor size a place: they go as early as what they
// need lets them.
func (d *decomposer) rankNothing() {
	if !slices.ContainsFunc(d.blocks, func(b block) bool { return b.ratio.isNothing() }) {
		return
	}
	// Within what hangs together, the parts stand in an order that respects the needs.
	slices.SortStableFunc(d.blocks, func(a, b block) int { return cmp.Compare(a.from, b.from) })
	d.labelBlocks(d.blocks)
	for i := range d.blocks {
		b := &d.blocks[i]
		if !b.ratio.isNothing() {
			continue
		}
		b.rank = b.ratio.orInfinite()
		for _, v := range d.items[b.from:b.to] {
			for _, u := range d.graph.needs.of(v) {
				if k, ok := d.blockOf(u); ok && k != i && d.blocks[k].rank.compare(b.rank) < 0 {
					b.rank = d.blocks[k].rank
				}
			}
		}
	}
}

// labelBlocks labels the items of the given blocks for [decomposer.blockOf].
func (d *decomposer) labelBlocks(blocks []block) {
	d.base = d.labels + 1
	for _, b := range blocks {
		d.labels++
		for _, v := range d.items[b.from:b.to] {
			d.label[v] = d.labels
		}
	}
}

// blockOf returns which of the blocks labelled last has item v.
func (d *decomposer) blockOf(v int32) (int, bool) {
	k := d.label[v] - d.base
	return int(k), k >= 0
}

// firstLate returns the first block, from the given one on, that needs a later one.
func (d *decomposer) firstLate(from int) int {
	for i := from; i < len(d.blocks); i++ {
		b := &d.blocks[i]
		for _, v := range d.items[b.from:b.to] {
			for _, u := range d.graph.needs.of(v) {
				if k, ok := d.blockOf(u); ok && k > i {
					return i
				}
			}
		}
	}
	return len(d.blocks)
}

// equalTo returns the run of blocks that have the same ratio as block i.
func (d *decomposer) equalTo(i int) (from, to int) {
	same := func(k int) bool { return d.blocks[k].rank.compare(d.blocks[i].rank) == 0 }
	for from = i; from > 0 && same(from-1); from-- {
	}
	for to = i + 1; to < len(d.blocks) && same(to); to++ {
	}
	return from, to
}

// arrangeEqual sorts a run of blocks of equal ratio, which stand by their first item: of those
// whose needs are gone, the first goes first.
func (d *decomposer) arrangeEqual(from, to int) {
	blocks := d.blocks[from:to]
	d.missing = d.missing[:0]
	d.ready = d.ready[:0]
	for i, b := range blocks {
		n := int32(0)
		d.eachLink(d.graph.needs, b, from, to, func(int) { n++ })
		d.missing = append(d.missing, n)
		if n == 0 {
			d.ready.push(int32(i))
		}
	}
	d.sorted = d.sorted[:0]
	for len(d.ready) > 0 {
		i := d.ready.pop()
		d.sorted = append(d.sorted, blocks[i])
		d.eachLink(d.graph.neededBy, blocks[i], from, to, func(k int) {
			if d.missing[k]--; d.missing[k] == 0 {
				d.ready.push(int32(k))
			}
		})
	}
	copy(blocks, d.sorted)
}

// eachLink calls f for every link from block b to another of a run, with the place of that in the
// run.
func (d *decomposer) eachLink(a adjacency, b block, from, to int, f func(k int)) {
	own, _ := d.blockOf(d.items[b.from])
	for _, v := range d.items[b.from:b.to] {
		for _, u := range a.of(v) {
			if k, ok := d.blockOf(u); ok && k >= from && k < to && k != own {
				f(k - from)
			}
		}
	}
}
