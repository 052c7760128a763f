package quality

import (
	"iter"
	"slices"
)

// near reports whether two sorted lists hold the same words after at most one word is struck from each, wherever it stands.
func near(a, b []string) bool {
	onlyA, onlyB := 0, 0
	for len(a) > 0 || len(b) > 0 {
		n, m := run(a), run(b)
		switch {
		case m == 0 || n > 0 && a[0] < b[0]:
			onlyA++
			m = 0
		case n == 0 || a[0] > b[0]:
			onlyB++
			n = 0
		case n != m:
			onlyA++
			onlyB++
		}
		a, b = a[n:], b[m:]
	}
	return onlyA <= 1 && onlyB <= 1
}

// run is how often the first word of a sorted list stands in it.
func run[T comparable](sorted []T) int {
	n := 0
	for n < len(sorted) && sorted[n] == sorted[0] {
		n++
	}
	return n
}

// nearIndex finds the first story that is near a given one. Two stories are near if they share the hash
// of what is left after at most one word is struck, so each is filed once whole and once without
// each of its words, by the first that leaves it. The first of all matches is checked word by word;
// should it be an accident of the hashes, none is found.
type nearIndex struct {
	first  map[uint64]int
	words  func(i int) iter.Seq[string] // of a story
	hashes []uint64                     // room for those of a story
	a, b   []string                     // room for the words of two
}

// find is the first story before i that is near it, and whether it has the same words; false if there is none. It files i.
func (x *nearIndex) find(i int) (first int, same, ok bool) {
	first = i
	look := func(hash uint64, left int) {
		if left < sameEnough {
			return
		}
		j, filed := x.first[hash]
		if !filed {
			x.first[hash] = i
			return
		}
		first = min(first, j)
	}
	all, sum := x.hashes[:0], uint64(0)
	for word := range x.words(i) {
		h := hashWord(word)
		all = append(all, h)
		sum += h
	}
	x.hashes = all
	slices.Sort(all)
	look(sum, len(all))
	for from := 0; from < len(all); {
		n := run(all[from:])
		look(sum-all[from]*uint64(n), len(all)-n)
		from += n
	}
	if first == i {
		return first, false, false
	}
	x.a, x.b = slices.AppendSeq(x.a[:0], x.words(first)), slices.AppendSeq(x.b[:0], x.words(i))
	slices.Sort(x.a)
	slices.Sort(x.b)
	return first, slices.Equal(x.a, x.b), near(x.a, x.b)
}

// hashWord is FNV-1a with the finish of SplitMix64, so that sums of hashes spread well.
func hashWord(word string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
