package precedence

// queue is a heap of items, the highest ratio on top.
type queue struct{ heap []entry }

type entry struct {
	ratio ratio
	depth int32
	item  int32
}

// before orders entries: the higher ratio, then the lesser depth, then the lower number. What has
// neither size nor weight takes no time and goes first.
func (e entry) before(f entry) bool {
	if e.ratio.isNothing() != f.ratio.isNothing() {
		return e.ratio.isNothing()
	}
	if c := e.ratio.compare(f.ratio); c != 0 {
		return c > 0
	}
	if e.depth != f.depth {
		return e.depth < f.depth
	}
	return e.item < f.item
}

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
