package quality

import "slices"

// A bag is the words of a story with how often each occurs, in a stable order.
type bag struct {
	words []wordCount
	total int
	hash  uint64 // sum of the hashes of all words
}

type wordCount struct {
	word string
	n    int
	hash uint64 // of all n
}

func newBag(words []string) bag {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	b := bag{total: len(sorted)}
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && sorted[n] == sorted[0] {
			n++
		}
		w := wordCount{sorted[0], n, hashWord(sorted[0]) * uint64(n)}
		b.words = append(b.words, w)
		b.hash += w.hash
		sorted = sorted[n:]
	}
	return b
}

// near reports whether a and b hold the same words after at most one word is struck from each.
func near(a, b bag) bool {
	onlyA, onlyB := 0, 0
	i, j := 0, 0
	for i < len(a.words) || j < len(b.words) {
		switch {
		case j == len(b.words) || i < len(a.words) && a.words[i].word < b.words[j].word:
			onlyA++
			i++
		case i == len(a.words) || a.words[i].word > b.words[j].word:
			onlyB++
			j++
		default:
			if a.words[i].n != b.words[j].n {
				onlyA++
				onlyB++
			}
			i++
			j++
		}
	}
	return onlyA <= 1 && onlyB <= 1
}

// nearIndex finds the first bag that is near a given one. Two bags are near if they share the hash
// of what is left after at most one word is struck, so each bag is filed once whole and once without
// each of its words, by the first that leaves it. The first of all matches is checked word by word;
// should it be an accident of the hashes, none is found.
type nearIndex struct {
	first map[uint64]int
	bag   func(i int) bag // again, for the check
}

// find is the first bag before i that is near b; false if there is none. It files b as i.
func (x nearIndex) find(i int, b bag) (first int, ok bool) {
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
	look(b.hash, b.total)
	for _, w := range b.words {
		look(b.hash-w.hash, b.total-w.n)
	}
	return first, first < i && near(x.bag(first), b)
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
