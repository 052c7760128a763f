package precedence

import (
	"cmp"
	"slices"
)

// arrange sorts the blocks of a part, and its items with them: by falling ratio, and those of
// equal ratio by their first item as far as their needs allow.
func (d *decomposer) arrange(p part) {
	slices.SortFunc(d.blocks, func(a, b block) int { return cmp.Compare(a.from, b.from) })
	d.rankNothing()
	slices.SortFunc(d.blocks, func(a, b block) int {
		return cmp.Or(b.rank.compare(a.rank), cmp.Compare(a.first, b.first))
	})
	for from := 0; from < len(d.blocks); {
		to := from + 1
		for to < len(d.blocks) && d.blocks[to].rank.compare(d.blocks[from].rank) == 0 {
			to++
		}
		if to-from > 1 {
			d.arrangeEqual(d.blocks[from:to])
		}
		from = to
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

// rankNothing gives the blocks of neither weight nor size a place: they go as early as what they need
// lets them. The blocks stand in an order that respects the needs.
func (d *decomposer) rankNothing() {
	if !slices.ContainsFunc(d.blocks, func(b block) bool { return b.ratio.isNothing() }) {
		return
	}
	d.labelBlocks(d.blocks)
	for i := range d.blocks {
		b := &d.blocks[i]
		if !b.ratio.isNothing() {
			continue
		}
		b.rank = ratio{weight: 1}
		for _, v := range d.items[b.from:b.to] {
			for _, u := range d.graph.needs.of(v) {
				if k, ok := d.blockOf(u); ok && k != i && d.blocks[k].rank.compare(b.rank) < 0 {
					b.rank = d.blocks[k].rank
				}
			}
		}
	}
}

// labelBlocks labels the items of the given blocks so that [decomposer.blockOf] knows them.
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

// arrangeEqual sorts blocks of equal ratio, which stand by their first item: of those whose needs are
// gone, the first goes first.
func (d *decomposer) arrangeEqual(blocks []block) {
	d.labelBlocks(blocks)
	d.missing = d.missing[:0]
	linked := false
	for i, b := range blocks {
		n := int32(0)
		d.eachLink(d.graph.needs, b, i, func(int) { n++ })
		d.missing = append(d.missing, n)
		linked = linked || n > 0
	}
	if !linked {
		return
	}
	d.sorted, d.ready.heap = d.sorted[:0], d.ready.heap[:0]
	for i, n := range d.missing {
		if n == 0 {
			d.ready.push(entry{item: int32(i)})
		}
	}
	for len(d.ready.heap) > 0 {
		i := d.ready.pop().item
		d.sorted = append(d.sorted, blocks[i])
		d.eachLink(d.graph.neededBy, blocks[i], int(i), func(k int) {
			if d.missing[k]--; d.missing[k] == 0 {
				d.ready.push(entry{item: int32(k)})
			}
		})
	}
	copy(blocks, d.sorted)
}

// eachLink calls f for every link from block b, which is number i, to another of those labelled last.
func (d *decomposer) eachLink(a adjacency, b block, i int, f func(k int)) {
	for _, v := range d.items[b.from:b.to] {
		for _, u := range a.of(v) {
			if k, ok := d.blockOf(u); ok && k != i {
				f(k)
			}
		}
	}
}
