package prioritize

import "hash/maphash"

// index finds items by key: an open-addressing table of 8 bytes a slot, half of each for the item
// and half for the hash, so that a probe rarely needs to look at a key. The seed of the hash decides
// only where a key is kept; it never reaches a result.
type index[K comparable] struct {
	seed  maphash.Seed
	slots []uint64 // 0 when free, else hash<<32 | item + 1
	key   func(item int32) K
}

// newIndex makes room for n keys, which add enters.
func newIndex[K comparable](n int, key func(item int32) K) *index[K] {
	size := 8
	for size*3 < n*4 {
		size *= 2
	}
	return &index[K]{seed: maphash.MakeSeed(), slots: make([]uint64, size), key: key}
}

// add enters an item and returns it, or the item that already has its key.
func (x *index[K]) add(item int32, key K) int32 {
	slot, tag := x.find(key)
	if x.slots[slot] != 0 {
		return int32(uint32(x.slots[slot])) - 1
	}
	x.slots[slot] = tag | uint64(item+1)
	return item
}

func (x *index[K]) lookup(key K) (item int32, ok bool) {
	slot, _ := x.find(key)
	return int32(uint32(x.slots[slot])) - 1, x.slots[slot] != 0
}

// find returns the slot where key is, or the free one where it belongs.
func (x *index[K]) find(key K) (slot, tag uint64) {
	hash := maphash.Comparable(x.seed, key)
	tag = hash >> 32 << 32
	mask := uint64(len(x.slots) - 1)
	for slot = hash & mask; x.slots[slot] != 0; slot = (slot + 1) & mask {
		if found := x.slots[slot]; found>>32<<32 == tag && x.key(int32(uint32(found))-1) == key {
			return slot, tag
		}
	}
	return slot, tag
}
