package precedence

import "cmp"

// queue is a heap of items, the highest ratio on top.
type queue struct{ heap []entry }

type entry struct {
	ratio ratio
	depth int32
	item  int32
}

// compare orders entries: the higher ratio first, then the lesser depth, then the lower number.
func (e entry) compare(f entry) int {
	return cmp.Or(
		f.ratio.orInfinite().compare(e.ratio.orInfinite()),
		cmp.Compare(e.depth, f.depth), cmp.Compare(e.item, f.item),
	)
}

func (e entry) before(f entry) bool { return e.compare(f) < 0 }

func (q *queue) push(e entry) {
	q.heap = append(q.heap, e)
	i := len(q.heap) - 1
	for i > 0 && e.before(q.heap[(i-1)/2]) {
		q.heap[i] = q.heap[(i-1)/2]
		i = (i - 1) / 2
	}
	q.heap[i] = e
}

func (q *queue) pop() entry {
	top, n := q.heap[0], len(q.heap)-1
	last := q.heap[n]
	q.heap = q.heap[:n]
	i := 0
	for 2*i+1 < n {
		c := 2*i + 1
		if c+1 < n && q.heap[c+1].before(q.heap[c]) {
			c++
		}
		if !q.heap[c].before(last) {
			break
		}
		q.heap[i] = q.heap[c]
		i = c
	}
	if n > 0 {
		q.heap[i] = last
	}
	return top
}
