package prioritize

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"
)

// sorter puts items in the order of a column of exact scores: a radix sort on 32 bits of an
// approximate key, then exact comparison of what is too near to tell apart. O(n) where few scores
// are near each other, O(n log n) always.
type sorter struct {
	col  *column
	a, b []uint64 // what is being sorted, and as much room again
	// What refine notes of its groups.
	group, items []int32
	groups       []openGroup
}

// sorters keeps the room for the next ranking: new memory takes longer than the sorting.
var sorters = sync.Pool{New: func() any { return new(sorter) }}

// few is the size up to which comparing outruns counting digits.
const few = 160

// sort orders items, which come in ascending order, best first; equal ones stay ascending. It returns
// the set of places whose item ties with the one before.
func (s *sorter) sort(items []int32) (tied bitset) {
	tied = newBitset(len(items))
	if len(items) <= few {
		s.exact(items, 0, tied)
		return tied
	}
	s.resize(len(items))
	dropped := s.byKey(items, s.col.key)
	if s.col.classes != nil {
		s.byClass()
	}
	for i, packed := range s.a {
		items[i] = int32(uint32(packed))
	}
	if s.col.distinct(dropped) {
		s.match(items, tied)
	} else {
		s.settle(items, keySlack>>dropped+1, tied)
	}
	return tied
}

func (s *sorter) resize(n int) {
	s.a, s.b = sized(s.a, n), sized(s.b, n)
}

// sized returns s or, where that is too short, other room for n values, whatever they are.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// byKey sorts items into a by the 32 leading bits of their keys, counted from the lowest key, which a
// then holds above each item. It returns how many bits of the keys were dropped.
func (s *sorter) byKey(items []int32, key func(item int32) uint64) (dropped int) {
	for i, item := range items {
		s.a[i] = key(item)
	}
	return s.byKeys(items)
}

// byKeys is byKey where a holds the key of each item already.
func (s *sorter) byKeys(items []int32) (dropped int) {
	low, high := ^uint64(0), uint64(0)
	for _, k := range s.a {
		low, high = min(low, k), max(high, k)
	}
	dropped = max(bits.Len64(high-low)-32, 0)
	for i, item := range items {
		s.a[i] = (s.a[i]-low)>>dropped<<32 | uint64(uint32(item))
	}
	s.byUpper()
	return dropped
}

const (
	radixBits = 11
	radix     = 1 << radixBits
)

// byUpper is a stable radix sort of a by the upper 32 bits, whose digits are all counted in one pass.
func (s *sorter) byUpper() {
	var count [3][radix]uint32
	for _, packed := range s.a {
		count[0][packed>>32%radix]++
		count[1][packed>>(32+radixBits)%radix]++
		count[2][packed>>(32+2*radixBits)%radix]++
	}
	for i := range count {
		s.distribute(32+i*radixBits, &count[i])
	}
}

// distribute sorts by one digit, from a to b, and swaps the two.
func (s *sorter) distribute(digit int, count *[radix]uint32) {
	if count[s.a[0]>>digit%radix] == uint32(len(s.a)) {
		return
	}
	startOf(count)
	for _, packed := range s.a {
		at := &count[packed>>digit%radix]
		s.b[*at] = packed
		*at++
	}
	s.a, s.b = s.b, s.a
}

// startOf turns counts into the place where each digit starts.
func startOf(count *[radix]uint32) {
	sum := uint32(0)
	for d, n := range count {
		count[d] = sum
		sum += n
	}
}

// byClass sorts by class, lowest first, and keeps the order of keys within each.
func (s *sorter) byClass() {
	classes := s.col.classes
	low, high := slices.Min(classes), slices.Max(classes)
	for digit := 0; digit < bits.Len32(uint32(high-low)); digit += radixBits {
		var count [radix]uint32
		for _, packed := range s.a {
			count[uint32(classes[uint32(packed)]-low)>>digit%radix]++
		}
		startOf(&count)
		for _, packed := range s.a {
			at := &count[uint32(classes[uint32(packed)]-low)>>digit%radix]
			s.b[*at] = packed
			*at++
		}
		s.a, s.b = s.b, s.a
	}
}

// match marks the ties of keys that say all.
func (s *sorter) match(items []int32, tied bitset) {
	for i := 1; i < len(items); i++ {
		if s.a[i]>>32 == s.a[i-1]>>32 && s.col.class(items[i-1]) == s.col.class(items[i]) {
			tied.set(i)
		}
	}
}

// settle puts into exact order each run of items whose keys are within slack of their neighbours'.
func (s *sorter) settle(items []int32, slack uint64, tied bitset) {
	start, ordered := 0, true
	for i := 1; i < len(items); i++ {
		near := s.a[i]>>32-s.a[i-1]>>32 <= slack
		if near && s.col.class(items[i-1]) == s.col.class(items[i]) {
			switch s.col.compare(items[i-1], items[i]) {
			case 0:
				tied.set(i)
			case -1:
				ordered = false
			}
			continue
		}
		if !ordered {
			s.exact(items[start:i], start, tied)
		}
		start, ordered = i, true
	}
	if !ordered {
		s.exact(items[start:], start, tied)
	}
}

// exact sorts items, which begin at a place, by comparing classes and fractions.
func (s *sorter) exact(items []int32, place int, tied bitset) {
	c := s.col
	slices.SortFunc(items, func(i, j int32) int {
		if a, b := c.class(i), c.class(j); a != b {
			return cmp.Compare(a, b)
		}
		return cmp.Or(c.compare(j, i), cmp.Compare(i, j))
	})
	for i := 1; i < len(items); i++ {
		tied.put(place+i, c.class(items[i-1]) == c.class(items[i]) && c.compare(items[i-1], items[i]) == 0)
	}
}
