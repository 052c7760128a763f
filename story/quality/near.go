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

// near reports whether a and b hold the same words after at most one word is struck from each, and
// at least sameEnough are left. Bags that hold the same from the start are near too.
func near(a, b bag) bool {
	onlyA, onlyB, shared := -1, -1, 0
	i, j := 0, 0
	for i < len(a.words) || j < len(b.words) {
		switch {
		case j == len(b.words) || i < len(a.words) && a.words[i].word < b.words[j].word:
			if onlyA >= 0 {
				return false
			}
			onlyA = i
			i++
		case i == len(a.words) || a.words[i].word > b.words[j].word:
			if onlyB >= 0 {
				return false
			}
			onlyB = j
			j++
		default:
			if a.words[i].n != b.words[j].n {
				if onlyA >= 0 || onlyB >= 0 {
					return false
				}
				onlyA, onlyB = i, j
			} else {
				shared += a.words[i].n
			}
			i++
			j++
		}
	}
	return shared >= sameEnough
}

// nearIndex finds the first bag that is near a given one. Two bags are near if they share the hash
// of what is left after at most one word is struck, so each bag is filed once whole and once without
// each of its words. A match of hashes is checked; if two different remainders ever share a hash,
// the later one is not found.
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
		} else if j < first && near(x.bag(j), b) {
			first = j
		}
	}
	look(b.hash, b.total)
	for _, w := range b.words {
		look(b.hash-w.hash, b.total-w.n)
	}
	return first, first < i
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
