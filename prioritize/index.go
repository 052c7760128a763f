package prioritize

import (
	"hash/maphash"
	"slices"
)

// index finds items by key: a sorted list of hash<<32 | item. Sorting by hash reads and writes memory
// in long runs, where a hash table would miss the cache on every key.
type index[K comparable] struct {
	entries []uint64
	key     func(item int32) K
}

// hashSeed decides only where an index keeps a key; it never reaches a result.
var hashSeed = maphash.MakeSeed()

// newIndex returns the index of n items. Its entries are in s, until that sorts again.
func newIndex[K comparable](n int, key func(item int32) K, s *sorter) index[K] {
	x := index[K]{key: key}
	s.resize(n)
	for i := range s.a {
		s.a[i] = x.hash(key(int32(i))) | uint64(i)
	}
	if n > few {
		s.byUpper()
	} else {
		slices.Sort(s.a)
	}
	x.entries = s.a
	return x
}

func (x *index[K]) hash(key K) uint64 { return maphash.Comparable(hashSeed, key) >> 32 << 32 }

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

// match finds, for each item of x, the item of y that has the same key, or -1.
func (x *index[K]) match(y *index[K], found []int32) {
	start := 0
	for _, entry := range x.entries {
		for start < len(y.entries) && y.entries[start]>>32 < entry>>32 {
			start++
		}
		end := start
		for end < len(y.entries) && y.entries[end]>>32 == entry>>32 {
			end++
		}
		item := int32(uint32(entry))
		found[item] = -1
		if other, ok := y.among(y.entries[start:end], x.key(item)); ok {
			found[item] = other
		}
	}
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
