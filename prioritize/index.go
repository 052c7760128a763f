package prioritize

import (
	"hash/maphash"
	"slices"
)

// index finds items by key: a sorted list of hash<<32 | item. Sorting by hash reads and writes memory
// in long runs, where a hash table would miss the cache on every key. The seed of the hash decides
// only where a key is kept; it never reaches a result.
type index[K comparable] struct {
	seed    maphash.Seed
	entries []uint64
	key     func(item int32) K
}

// newIndex returns the index of n items.
func newIndex[K comparable](n int, key func(item int32) K, s *sorter) *index[K] {
	x := &index[K]{seed: maphash.MakeSeed(), key: key}
	s.resize(n)
	for i := range s.a {
		s.a[i] = x.hash(key(int32(i))) | uint64(i)
	}
	s.distribute(64 - 2*radixBits)
	s.distribute(64 - radixBits)
	insertionSort(s.a)
	x.entries = slices.Clone(s.a)
	return x
}

func (x *index[K]) hash(key K) uint64 { return maphash.Comparable(x.seed, key) >> 32 << 32 }

// duplicates calls f for each item whose key an earlier item has, in no useful order.
func (x *index[K]) duplicates(f func(first, again int32)) {
	start := 0
	for i := 1; i < len(x.entries); i++ {
		if x.entries[i]>>32 != x.entries[i-1]>>32 {
			start = i
			continue
		}
		again := int32(uint32(x.entries[i]))
		if first, ok := x.among(x.entries[start:i], x.key(again)); ok {
			f(first, again)
		}
	}
}

func (x *index[K]) lookup(key K) (item int32, ok bool) {
	hash := x.hash(key)
	start, _ := slices.BinarySearch(x.entries, hash)
	end := start
	for end < len(x.entries) && x.entries[end]>>32 == hash>>32 {
		end++
	}
	return x.among(x.entries[start:end], key)
}

// among returns the first item of equal hashes that has the key.
func (x *index[K]) among(entries []uint64, key K) (item int32, ok bool) {
	for _, entry := range entries {
		if item = int32(uint32(entry)); x.key(item) == key {
			return item, true
		}
	}
	return 0, false
}

// insertionSort finishes what is nearly sorted.
func insertionSort(a []uint64) {
	for i := 1; i < len(a); i++ {
		for j := i; j > 0 && a[j] < a[j-1]; j-- {
			a[j], a[j-1] = a[j-1], a[j]
		}
	}
}
