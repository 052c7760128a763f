package precedence

import "math/bits"

// maxSeries is the most items that ancestry is worked out for: its size is the square of that.
const maxSeries = 4096

// ancestry holds what each item of a part needs, also by way of others.
type ancestry struct {
	place []int32  // by item: its place in the part
	words int      // of a row
	rows  []uint64 // by place: a set of places
}

func (a *ancestry) row(i int) []uint64 { return a.rows[i*a.words : (i+1)*a.words] }

// find works out the ancestry of the given items, which stand in an order that respects the needs.
func (a *ancestry) find(items []int32, needs adjacency) {
	n := len(items)
	a.words = (n + 63) / 64
	if size := n * a.words; cap(a.rows) < size {
		a.rows = make([]uint64, size)
	} else {
		a.rows = a.rows[:size]
		clear(a.rows)
	}
	for i, v := range items {
		a.place[v] = int32(i)
		row := a.row(i)
		for _, u := range needs.of(v) {
			j := int(a.place[u])
			if j >= i || items[j] != u {
				continue // not of the part
			}
			for k, word := range a.row(j) {
				row[k] |= word
			}
			row[j/64] |= 1 << (j % 64)
		}
	}
}

// series divides a part, in an order that respects the needs, wherever all that comes later needs
// all that comes before.
func (s *solver) series(p part) []part {
	n := p.len()
	if n > s.maxSeries || s.seriesWork < 0 {
		return []part{p}
	}
	s.ancestry.find(s.items[p.from:p.to], s.graph.needs)
	work := int64(n * s.ancestry.words)
	s.seriesWork -= work
	s.steps -= work / 16
	var parts []part
	end := n
	all := n // how many of the first items everything from here on needs
	for i := n - 1; i > 0; i-- {
		if all = min(all, leadingOnes(s.ancestry.row(i))); all >= i {
			parts = append(parts, part{p.from + int32(i), p.from + int32(end)})
			end = i
		}
	}
	return append(parts, part{p.from, p.from + int32(end)})
}

func leadingOnes(row []uint64) int {
	for k, word := range row {
		if word != ^uint64(0) {
			return 64*k + bits.TrailingZeros64(^word)
		}
	}
	return 64 * len(row)
}
