package diff

import (
	"iter"
	"slices"

	"github.com/backlogkit/backlogkit/backlog/internal/increasing"
)

// match is a record that is not the same, or not in the same place, in two lists.
type match[V any] struct {
	old, now *V // nil where it is not there
	from, to int
	moved    bool
}

// matches returns what is new, differs or moved, in the order of the second list, and then what is only in
// the first. Of what is in both, the fewest moved: those outside a longest run that keeps its order.
func matches[K comparable, V any](was, is []V, key func(*V) K, same func(x, y *V) bool) []match[V] {
	begin := 0 // of what is not the same record at the same index
	for begin < len(was) && begin < len(is) && key(&was[begin]) == key(&is[begin]) {
		begin++
	}
	indexes := make(map[K]int, len(was)-begin) // of the rest
	for i := begin; i < len(was); i++ {
		indexes[key(&was[i])] = i
	}
	at := make([]int, len(is)) // in was, or -1
	var common []int           // those of the rest that are in both
	met := make([]bool, len(was)-begin)
	for i := range is {
		at[i] = i
		if i < begin {
			continue
		}
		index, ok := indexes[key(&is[i])]
		if !ok {
			at[i] = -1
			continue
		}
		at[i], met[index-begin] = index, true
		common = append(common, index)
	}
	stays := increasing.Longest(common)
	var found []match[V]
	for i := range is {
		m := match[V]{now: &is[i], from: at[i], to: i}
		if at[i] >= 0 {
			m.old = &was[at[i]]
			if i >= begin {
				m.moved, stays = !stays[0], stays[1:]
			}
		}
		if m.old == nil || m.moved || !same(m.old, m.now) {
			found = append(found, m)
		}
	}
	for i, there := range met {
		if !there {
			found = append(found, match[V]{old: &was[begin+i]})
		}
	}
	return found
}

// unlike iterates over what is in one of two iterations only. Neither has an element twice.
func unlike[E comparable](was, is iter.Seq[E]) iter.Seq[E] {
	return func(yield func(E) bool) {
		x, y := slices.Collect(was), slices.Collect(is)
		for len(x) > 0 && len(y) > 0 && x[0] == y[0] { // mostly that is all
			x, y = x[1:], y[1:]
		}
		known := make(map[E]bool, len(x))
		for _, one := range x {
			known[one] = true
		}
		for _, one := range y {
			if known[one] {
				delete(known, one)
			} else if !yield(one) {
				return
			}
		}
		for _, one := range x {
			if known[one] && !yield(one) {
				return
			}
		}
	}
}
