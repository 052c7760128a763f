package backlog

import (
	"iter"
	"slices"
)

// order is the order of all stories: a list of chunks, with a Fenwick tree over their sizes. The
// index of a story and the story at an index take O(log n) and a look through one chunk, a move
// takes two of those, and a walk touches memory in order. Splitting a chunk rebuilds the tree,
// O(n / maxChunk), once in maxChunk/4 inserts at least.
type order struct {
	chunks []*chunk
	sizes  []int   // Fenwick tree over the sizes of the chunks
	ready  []int32 // by chunk: how many of its stories can be worked on
	length int
}

const (
	maxChunk  = 512              // stories in a chunk, at most
	packChunk = maxChunk * 3 / 4 // stories in a chunk that was filled from its end
)

type chunk struct {
	index   int // in order.chunks
	entries []*storyEntry
	ready   []bool // by entry: whether it can be worked on
}

// position returns where in its chunk an entry is: where it was put, or as far from there as others
// came and went before it.
func (c *chunk) position(entry *storyEntry) int {
	below := min(int(entry.put), len(c.entries)-1)
	for above := below + 1; below >= 0 || above < len(c.entries); below, above = below-1, above+1 {
		if below >= 0 && c.entries[below] == entry {
			return below
		}
		if above < len(c.entries) && c.entries[above] == entry {
			return above
		}
	}
	return -1
}

// index returns the index of an entry in the order.
func (o *order) index(entry *storyEntry) int {
	sum := entry.chunk.position(entry)
	for i := entry.chunk.index; i > 0; i &= i - 1 {
		sum += o.sizes[i-1]
	}
	return sum
}

// find returns the chunk that holds the index, 0 <= index < length, and the position in it.
func (o *order) find(index int) (*chunk, int) {
	at, step := 0, 1
	for step*2 <= len(o.sizes) {
		step *= 2
	}
	for ; step > 0; step /= 2 {
		if next := at + step; next <= len(o.sizes) && o.sizes[next-1] <= index {
			index -= o.sizes[next-1]
			at = next
		}
	}
	return o.chunks[at], index
}

// at returns the entry at an index, 0 <= index < length.
func (o *order) at(index int) *storyEntry {
	chunk, position := o.find(index)
	return chunk.entries[position]
}

// grow adds change to the size of a chunk.
func (o *order) grow(index, change int) {
	o.length += change
	for i := index + 1; i <= len(o.sizes); i += i & -i {
		o.sizes[i-1] += change
	}
}

// insert puts an entry that is not in the order at an index, 0 <= index <= length. It counts as
// not ready until setReady is called.
func (o *order) insert(entry *storyEntry, index int) {
	var c *chunk
	var position int
	if index < o.length {
		c, position = o.find(index)
	} else if len(o.chunks) > 0 {
		c = o.chunks[len(o.chunks)-1]
		position = len(c.entries)
	}
	switch {
	case c == nil, index == o.length && len(c.entries) >= packChunk:
		c, position = o.begin(), 0
	case len(c.entries) == maxChunk:
		c, position = o.split(c, position)
	}
	c.entries = append(c.entries, nil)
	copy(c.entries[position+1:], c.entries[position:])
	c.entries[position] = entry
	c.ready = append(c.ready, false)
	copy(c.ready[position+1:], c.ready[position:])
	c.ready[position] = false
	entry.chunk, entry.put = c, uint16(position)
	o.grow(c.index, 1)
}

// begin adds an empty chunk at the end.
func (o *order) begin() *chunk {
	fresh := newChunk()
	fresh.index = len(o.chunks)
	o.chunks = append(o.chunks, fresh)
	o.ready = append(o.ready, 0)
	size := 0 // of the chunks that the new node of the tree sums up, itself left out
	for i, lowest := fresh.index, fresh.index&(fresh.index+1); i > lowest; i &= i - 1 {
		size += o.sizes[i-1]
	}
	o.sizes = append(o.sizes, size)
	return fresh
}

func newChunk() *chunk {
	return &chunk{entries: make([]*storyEntry, 0, maxChunk), ready: make([]bool, 0, maxChunk)}
}

// split halves a full chunk and returns where an entry goes now that was to go to position.
func (o *order) split(c *chunk, position int) (*chunk, int) {
	const half = maxChunk / 2
	fresh := newChunk()
	fresh.entries = append(fresh.entries, c.entries[half:]...)
	fresh.ready = append(fresh.ready, c.ready[half:]...)
	clear(c.entries[half:])
	c.entries, c.ready = c.entries[:half], c.ready[:half]
	moved := int32(0)
	for i, entry := range fresh.entries {
		entry.chunk, entry.put = fresh, uint16(i)
		if fresh.ready[i] {
			moved++
		}
	}
	o.ready[c.index] -= moved
	o.chunks = slices.Insert(o.chunks, c.index+1, fresh)
	o.ready = slices.Insert(o.ready, c.index+1, moved)
	o.rebuild()
	if position > half {
		return fresh, position - half
	}
	return c, position
}

// remove takes an entry out of the order.
func (o *order) remove(entry *storyEntry) {
	c := entry.chunk
	position := c.position(entry)
	if c.ready[position] {
		o.ready[c.index]--
	}
	last := len(c.entries) - 1
	copy(c.entries[position:], c.entries[position+1:])
	c.entries[last] = nil
	c.entries = c.entries[:last]
	copy(c.ready[position:], c.ready[position+1:])
	c.ready = c.ready[:last]
	entry.chunk = nil
	o.grow(c.index, -1)
	if last == 0 {
		o.chunks = slices.Delete(o.chunks, c.index, c.index+1)
		o.ready = slices.Delete(o.ready, c.index, c.index+1)
		o.rebuild()
	}
}

// rebuild makes the tree anew from the chunks. O(chunks).
func (o *order) rebuild() {
	o.sizes = append(o.sizes[:0], make([]int, len(o.chunks))...)
	for i, c := range o.chunks {
		c.index = i
		o.sizes[i] += len(c.entries)
		if parent := i | (i + 1); parent < len(o.sizes) {
			o.sizes[parent] += o.sizes[i]
		}
	}
}

func (o *order) isReady(entry *storyEntry) bool {
	return entry.chunk.ready[entry.chunk.position(entry)]
}

// setReady sets whether an entry can be worked on.
func (o *order) setReady(entry *storyEntry, ready bool) {
	c := entry.chunk
	position := c.position(entry)
	if c.ready[position] == ready {
		return
	}
	c.ready[position] = ready
	if ready {
		o.ready[c.index]++
	} else {
		o.ready[c.index]--
	}
}

// all iterates over the entries in their order. The order may change meanwhile: then an entry can be met
// twice or not at all, and nothing worse.
func (o *order) all() iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		for i := 0; i < len(o.chunks); i++ {
			for c, at := o.chunks[i], 0; at < len(c.entries); at++ {
				if !yield(c.entries[at]) {
					return
				}
			}
		}
	}
}

// allReady iterates over the entries that can be worked on, in their order, passing over chunks without
// one. The order may change meanwhile, as with all.
func (o *order) allReady() iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		for i := 0; i < len(o.chunks); i++ {
			if o.ready[i] == 0 {
				continue
			}
			for c, at := o.chunks[i], 0; at < len(c.entries); at++ {
				if c.ready[at] && !yield(c.entries[at]) {
					return
				}
			}
		}
	}
}
