package backlog

import (
	"iter"
	"math"
	"slices"
	"time"
)

// order is the order of all stories: a list of chunks, with a Fenwick tree over their sizes. The
// index of a story and the story at an index take O(log n) and a look through one chunk, a move
// takes two of those, and a walk touches memory in order. Splitting a chunk rebuilds the tree,
// O(n / maxChunk), once in maxChunk/4 inserts at least.
type order struct {
	chunks []*chunk
	sizes  []int   // Fenwick tree over the sizes of the chunks
	first  []int64 // by chunk: the earliest of from
	length int
	slabs  [][]storyEntry // of all records that were ever made, see entry
}

const (
	maxChunk  = 128              // stories in a chunk, at most
	packChunk = maxChunk * 3 / 4 // stories in a chunk that was filled from its end
)

type chunk struct {
	index   int           // in order.chunks
	entries []storyNumber // no pointers, which the collector would have to follow whenever they are moved
	from    []int64       // by entry: from which second on it can be worked on, see always and never
}

// The times from which on a story can be worked on where they are no instants, in seconds as [time.Time.Unix]
// has them.
const (
	always int64 = math.MinInt64
	never  int64 = math.MaxInt64
)

// storyNumber is where a record lies: in which slab, times slabSize, and where in it.
type storyNumber uint32

const slabSize = 256 // records in a slab, at most

// entry returns a record by its number.
func (o *order) entry(n storyNumber) *storyEntry { return &o.slabs[n/slabSize][n%slabSize] }

// position returns where in its chunk an entry is: where it was put, or as far from there as others
// came and went before it.
func (c *chunk) position(entry *storyEntry) int {
	below := min(int(entry.put), len(c.entries)-1)
	for above := below + 1; below >= 0 || above < len(c.entries); below, above = below-1, above+1 {
		if below >= 0 && c.entries[below] == entry.number {
			return below
		}
		if above < len(c.entries) && c.entries[above] == entry.number {
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
	return o.entry(chunk.entries[position])
}

// grow adds change to the size of a chunk.
func (o *order) grow(index, change int) {
	o.length += change
	for i := index + 1; i <= len(o.sizes); i += i & -i {
		o.sizes[i-1] += change
	}
}

// insert puts an entry that is not in the order at an index, 0 <= index <= length. It can be worked on from a
// second on.
func (o *order) insert(entry *storyEntry, index int, from int64) {
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
	c.entries = append(withRoom(c.entries), 0)
	copy(c.entries[position+1:], c.entries[position:])
	c.entries[position] = entry.number
	c.from = append(withRoom(c.from), never)
	copy(c.from[position+1:], c.from[position:])
	c.from[position] = from
	o.first[c.index] = min(o.first[c.index], from)
	entry.chunk, entry.put = c, uint16(position)
	o.grow(c.index, 1)
}

// begin adds an empty chunk at the end.
func (o *order) begin() *chunk {
	fresh := &chunk{index: len(o.chunks)}
	o.chunks = append(o.chunks, fresh)
	o.first = append(o.first, never)
	size := 0 // of the chunks that the new node of the tree sums up, itself left out
	for i, lowest := fresh.index, fresh.index&(fresh.index+1); i > lowest; i &= i - 1 {
		size += o.sizes[i-1]
	}
	o.sizes = append(o.sizes, size)
	return fresh
}

// withRoom returns the list of a chunk with room for one more: the most of them are filled from their end, and
// have no more than they take then.
func withRoom[T any](list []T) []T {
	if len(list) < cap(list) {
		return list
	}
	const least = 4
	most := packChunk
	if len(list) >= packChunk {
		most = maxChunk
	}
	return append(make([]T, 0, min(most, max(least, 2*len(list)))), list...)
}

// split halves a full chunk and returns where an entry goes now that was to go to position.
func (o *order) split(c *chunk, position int) (*chunk, int) {
	const half = maxChunk / 2
	fresh := &chunk{entries: make([]storyNumber, half, packChunk), from: make([]int64, half, packChunk)}
	copy(fresh.entries, c.entries[half:])
	copy(fresh.from, c.from[half:])
	c.entries, c.from = c.entries[:half], c.from[:half]
	for i, number := range fresh.entries {
		entry := o.entry(number)
		entry.chunk, entry.put = fresh, uint16(i)
	}
	o.chunks = slices.Insert(o.chunks, c.index+1, fresh)
	o.first[c.index] = c.earliest()
	o.first = slices.Insert(o.first, c.index+1, fresh.earliest())
	o.rebuild()
	if position > half {
		return fresh, position - half
	}
	return c, position
}

// remove takes an entry out of the order, and returns from when on it can be worked on.
func (o *order) remove(entry *storyEntry) (from int64) {
	c := entry.chunk
	position := c.position(entry)
	from = c.from[position]
	last := len(c.entries) - 1
	copy(c.entries[position:], c.entries[position+1:])
	c.entries = c.entries[:last]
	copy(c.from[position:], c.from[position+1:])
	c.from = c.from[:last]
	entry.chunk = nil
	o.grow(c.index, -1)
	if last == 0 {
		o.chunks = slices.Delete(o.chunks, c.index, c.index+1)
		o.first = slices.Delete(o.first, c.index, c.index+1)
		o.rebuild()
	} else if from == o.first[c.index] {
		o.first[c.index] = c.earliest()
	}
	return from
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

// setFrom sets from when on an entry can be worked on.
func (o *order) setFrom(entry *storyEntry, from int64) {
	c := entry.chunk
	position := c.position(entry)
	old := c.from[position]
	if old == from {
		return
	}
	c.from[position] = from
	switch first := o.first[c.index]; {
	case from < first:
		o.first[c.index] = from
	case old == first:
		o.first[c.index] = c.earliest()
	}
}

// earliest returns the earliest of from.
func (c *chunk) earliest() int64 {
	first := never
	for _, from := range c.from {
		if from == always {
			return always
		}
		first = min(first, from)
	}
	return first
}

// all iterates over the entries in their order. The order may change meanwhile: then an entry can be met
// twice or not at all, and nothing worse.
func (o *order) all() iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		for i := 0; i < len(o.chunks); i++ {
			for c, at := o.chunks[i], 0; at < len(c.entries); at++ {
				if !yield(o.entry(c.entries[at])) {
					return
				}
			}
		}
	}
}

// startable iterates over the entries that can be worked on at an instant, in their order, passing over
// chunks without one. The order may change meanwhile, as with all.
func (b *View) startable(at time.Time) iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		o, now := &b.order, at.Unix()
		for i := 0; i < len(o.chunks); i++ {
			if o.first[i] > now {
				continue
			}
			for c, j := o.chunks[i], 0; j < len(c.entries); j++ {
				from := c.from[j]
				if from > now {
					continue
				}
				entry := o.entry(c.entries[j])
				if from == now && b.heldUntil(&entry.node).After(at) {
					continue
				}
				if !yield(entry) {
					return
				}
			}
		}
	}
}
