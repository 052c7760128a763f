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

// sort orders items best first; equal ones keep the order that they are in.
func (s *sorter) sort(items []int32) {
	if len(items) <= few {
		s.exact(items)
		return
	}
	if cap(s.a) < len(items) {
		s.a, s.b = make([]uint64, len(items)), make([]uint64, len(items))
	}
	s.a, s.b = s.a[:len(items)], s.b[:len(items)]
	shift := s.pack(items)
	for digit := 32; digit < 64; digit += radixBits {
		s.distribute(func(packed uint64) uint64 { return packed >> digit })
	}
	if s.col.classes != nil {
		s.byClass()
	}
	for i, packed := range s.a {
		items[i] = int32(uint32(packed))
	}
	s.settle(items, keySlack>>shift+1)
}

// pack fills a with the 32 leading bits of each key, counted from the lowest key, above the item.
func (s *sorter) pack(items []int32) (shift int) {
	low, high := ^uint64(0), uint64(0)
	for i, item := range items {
		key := s.col.key(item)
		s.a[i] = key
		low, high = min(low, key), max(high, key)
	}
	shift = max(bits.Len64(high-low)-32, 0)
	for i, item := range items {
		s.a[i] = (s.a[i]-low)>>shift<<32 | uint64(uint32(item))
	}
	return shift
}

const (
	radixBits = 11
	radix     = 1 << radixBits
)

// distribute is one stable pass of the radix sort, from a to b and back by swapping the two.
func (s *sorter) distribute(digit func(packed uint64) uint64) {
	var count [radix]uint32
	for _, packed := range s.a {
		count[digit(packed)%radix]++
	}
	if count[digit(s.a[0])%radix] == uint32(len(s.a)) {
		return
	}
	sum := uint32(0)
	for d, n := range count {
		count[d] = sum
		sum += n
	}
	for _, packed := range s.a {
		d := digit(packed) % radix
		s.b[count[d]] = packed
		count[d]++
	}
	s.a, s.b = s.b, s.a
}

// byClass sorts by class, lowest first, and keeps the order of keys within each.
func (s *sorter) byClass() {
	class := func(packed uint64) uint64 {
		return uint64(uint32(s.col.classes[uint32(packed)]) ^ 1<<31)
	}
	for digit := 0; digit < 32; digit += radixBits {
		s.distribute(func(packed uint64) uint64 { return class(packed) >> digit })
	}
}

// settle puts into exact order each run of items whose keys are within slack of their neighbours'.
func (s *sorter) settle(items []int32, slack uint64) {
	start, ordered := 0, true
	for i := 1; i <= len(items); i++ {
		if i < len(items) && s.a[i]>>32-s.a[i-1]>>32 <= slack && s.col.class(items[i]) == s.col.class(items[i-1]) {
			ordered = ordered && s.col.compare(items[i-1], items[i]) >= 0
			continue
		}
		if !ordered {
			s.exact(items[start:i])
		}
		start, ordered = i, true
	}
}

// exact sorts by comparing classes and fractions.
func (s *sorter) exact(items []int32) {
	c := s.col
	slices.SortStableFunc(items, func(i, j int32) int {
		if r := cmp.Compare(c.class(i), c.class(j)); r != 0 {
			return r
		}
		return c.compare(j, i)
	})
}
