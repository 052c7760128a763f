package prioritize

// refine sorts each open group by one more key, where being unscored counts as 0, and leaves open
// what still ties. All groups are sorted as one set.
func (r *ranker[K]) refine(key func(item int32) Score) {
	s := r.sorter
	s.group = sized(s.group, r.size()) // 1 + the number of the group; 0 when in none
	clear(s.group)
	s.groups, s.items = s.groups[:0], s.items[:0]
	r.open.groups(len(r.order), func(start, end int) {
		s.groups = append(s.groups, openGroup{place: int32(start), last: ^uint64(0)})
		for _, item := range r.order[start:end] {
			s.group[item] = int32(len(s.groups))
		}
	})
	if len(s.groups) == 0 {
		return
	}
	for item, g := range s.group {
		if g != 0 {
			s.items = append(s.items, int32(item))
		}
	}
	scored := func(item int32) Score {
		if k := key(item); k.IsScored() {
			return k
		}
		return Integer(0)
	}
	if !r.refineWhole(scored) {
		r.refineAny(scored)
	}
}

// openGroup is what is known of a group while its items get their places.
type openGroup struct {
	place int32  // of the next item
	last  uint64 // the key of the item before; none has the one it begins with
}

// refineWhole is refine for keys that are whole numbers of one unit and not too far apart: they are
// sorted as integers. It is false, and has done nothing, when there are others.
func (r *ranker[K]) refineWhole(key func(item int32) Score) bool {
	s := r.sorter
	s.resize(len(s.items))
	unit := int64(0)
	for i, item := range s.items {
		k := key(item)
		if i == 0 {
			unit = k.den
		}
		if k.den == 0 || k.den != unit {
			return false
		}
		s.a[i] = ^(uint64(k.num) ^ 1<<63) // the highest first
	}
	if dropped := s.byKeys(s.items); dropped > 0 {
		return false
	}
	still := newBitset(len(r.order))
	for _, packed := range s.a {
		item := int32(uint32(packed))
		g := &s.groups[s.group[item]-1]
		r.order[g.place] = item
		if g.last == packed>>32 {
			still.set(int(g.place))
		}
		g.place, g.last = g.place+1, packed>>32
	}
	r.open = still
	return true
}

// refineAny is refine for any keys: the number of the group is the class.
func (r *ranker[K]) refineAny(key func(item int32) Score) {
	s := r.sorter
	s.col = newColumn(len(s.group))
	s.col.classes = s.group
	for _, item := range s.items {
		s.col.set(int(item), key(item).InClass(s.group[item]))
	}
	tied := s.sort(s.items)
	still, at := newBitset(len(r.order)), 0
	r.open.groups(len(r.order), func(start, end int) {
		at += copy(r.order[start:end], s.items[at:])
		for place := start; place < end; place++ {
			if tied.has(at - end + place) {
				still.set(place)
			}
		}
	})
	r.open = still
}
