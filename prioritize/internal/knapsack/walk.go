package knapsack

// walk visits nodes, each once, in the order in which they are added.
type walk struct {
	seen  []int32 // by node: the number of the walk that added it last
	count int32
	queue []int32
	at    int
}

func newWalk(nodes int) *walk { return &walk{seen: make([]int32, nodes)} }

// start begins a new walk at v.
func (w *walk) start(v int32) {
	if w.count++; w.count < 0 {
		clear(w.seen)
		w.count = 1
	}
	w.queue, w.at = w.queue[:0], 0
	w.add(v)
}

// add has v visited, unless it has been added to this walk before.
func (w *walk) add(v int32) {
	if w.seen[v] != w.count {
		w.seen[v] = w.count
		w.queue = append(w.queue, v)
	}
}

// next returns the next node, or false at the end.
func (w *walk) next() (int32, bool) {
	if w.at == len(w.queue) {
		return never, false
	}
	w.at++
	return w.queue[w.at-1], true
}

// visited returns the nodes so far, valid until the next start.
func (w *walk) visited() []int32 { return w.queue[:w.at] }
