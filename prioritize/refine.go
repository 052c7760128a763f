package prioritize

// refine sorts each open group by one more key, where being unscored counts as 0, and leaves open
// what still ties. All groups are sorted as one set.
func (r *ranker[K]) refine(key func(item int32) Score) {
	group := make([]int32, len(r.scores.small)) // 1 + the place where the group starts; 0 when in none
	members := 0
	r.open.groups(len(r.order), func(start, end int) {
		for _, item := range r.order[start:end] {
			group[item] = int32(start) + 1
		}
		members += end - start
	})
	if members == 0 {
		return
	}
	items := make([]int32, 0, members)
	for item, g := range group {
		if g != 0 {
			items = append(items, int32(item))
		}
	}
	scored := func(item int32) Score {
		if k := key(item); k.IsScored() {
			return k
		}
		return Integer(0)
	}
	if !r.refineWhole(items, group, scored) {
		r.refineAny(items, group, scored)
	}
}

// refineWhole is refine for keys that are whole numbers of one unit and not too far apart: they are
// sorted as integers. It is false, and has done nothing, when there are others.
func (r *ranker[K]) refineWhole(items, group []int32, key func(item int32) Score) bool {
	s := &r.sorter
	s.resize(len(items))
	unit := int64(0)
	for i, item := range items {
		k := key(item)
		if i == 0 {
			unit = k.den
		}
		if k.den == 0 || k.den != unit {
			return false
		}
		s.a[i] = ^(uint64(k.num) ^ 1<<63) // the highest first
	}
	if dropped := s.byKeys(items); dropped > 0 {
		return false
	}
	next := make([]int32, len(r.order)) // at the start of a group: how many of it have their place
	still := newBitset(len(r.order))
	last := make([]uint32, len(r.order))
	for _, packed := range s.a {
		item := int32(uint32(packed))
		start := group[item] - 1
		place := start + next[start]
		r.order[place] = item
		if next[start] > 0 && last[start] == uint32(packed>>32) {
			still.set(int(place))
		}
		last[start] = uint32(packed >> 32)
		next[start]++
	}
	r.open = still
	return true
}

// refineAny is refine for any keys: the number of the group is the class.
func (r *ranker[K]) refineAny(items, group []int32, key func(item int32) Score) {
	keys := newColumn(len(group))
	keys.classes = group
	for _, item := range items {
		keys.set(int(item), key(item).InClass(group[item]))
	}
	r.sorter.col = keys
	tied := r.sorter.sort(items)
	still, at := newBitset(len(r.order)), 0
	r.open.groups(len(r.order), func(start, end int) {
		at += copy(r.order[start:end], items[at:])
		for place := start; place < end; place++ {
			if tied.has(at - end + place) {
				still.set(place)
			}
		}
	})
	r.open = still
}
