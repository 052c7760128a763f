package prioritize

import (
	"cmp"
	"math/bits"
	"slices"
)

// sorter puts items in the order of a column of exact scores: a radix sort on 32 bits of an
// approximate key, then exact comparison of what is too near to tell apart. O(n) where few scores
// are near each other, O(n log n) always.
type sorter struct {
	col  *column
	a, b []uint64 // what is being sorted, and as much room again
}

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
	if cap(s.a) < n {
		s.a, s.b = make([]uint64, n), make([]uint64, n)
	}
	s.a, s.b = s.a[:n], s.b[:n]
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
	for digit := 32; digit < 64; digit += radixBits {
		s.distribute(digit)
	}
	return dropped
}

const (
	radixBits = 11
	radix     = 1 << radixBits
)

// distribute is one stable pass of the radix sort, from a to b and back by swapping the two.
func (s *sorter) distribute(digit int) {
	var count [radix]uint32
	for _, packed := range s.a {
		count[packed>>digit%radix]++
	}
	if count[s.a[0]>>digit%radix] == uint32(len(s.a)) {
		return
	}
	startOf(&count)
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
