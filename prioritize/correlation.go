package prioritize

import (
	"math/big"
	"math/bits"
	"slices"
)

// TauB is Kendall's rank correlation with ties, from -1 for opposite orders to 1 for equal ones: pairs
// that both rankings order alike less pairs that they order oppositely, over the geometric mean of the
// pairs that each of them orders at all. It is false where that mean is 0: fewer than two items, or
// one ranking that ties them all.
//
// The pairs are counted exactly; the result is the nearest float64 but for one unit in the last
// place. Cost: O(n log n).
//
// Sources: M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945;
// W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data", JASA 61, 1966.
func (c *Comparison[K]) TauB() (float64, bool) {
	ranks := slices.Clone(c.groupB)
	tiedA, tiedBoth := int64(0), int64(0)
	for start := 0; start < len(ranks); {
		end := start + 1
		for end < len(ranks) && c.groupA[end] == c.groupA[start] {
			end++
		}
		if end-start > 1 {
			group := ranks[start:end]
			slices.Sort(group)
			tiedA += pairs(int64(len(group)))
			tiedBoth += tiedPairs(group)
		}
		start = end
	}
	opposite := inversions(ranks) // and ranks are sorted now
	tiedB := tiedPairs(ranks)
	all := pairs(int64(len(ranks)))
	alike := all - tiedA - tiedB + tiedBoth - opposite
	return overRoot(big.NewInt(alike-opposite), big.NewInt(all-tiedA), big.NewInt(all-tiedB))
}

// Spearman is the correlation of the mid-ranks, from -1 to 1, false where [Comparison.TauB] is. The
// sums are exact; the result is the nearest float64 but for one unit in the last place. Cost: O(n).
//
// Source: C. Spearman, "The proof and measurement of association between two things", 1904; with ties
// it is Pearson's coefficient of the mid-ranks.
func (c *Comparison[K]) Spearman() (float64, bool) {
	var ab, aa, bb wide
	midA, midB := midRanks(c.groupA), midRanks(c.groupB)
	mean := int64(len(midA)) + 1 // of twice the mid-ranks
	for i := range midA {
		a, b := midA[i]-mean, midB[i]-mean
		ab.add(a * b)
		aa.add(a * a)
		bb.add(b * b)
	}
	return overRoot(ab.int(), aa.int(), bb.int())
}

// overRoot returns n / √(a·b), or false when a or b is 0.
func overRoot(n, a, b *big.Int) (float64, bool) {
	if a.Sign() == 0 || b.Sign() == 0 {
		return 0, false
	}
	const precision = 200
	float := func(i *big.Int) *big.Float { return new(big.Float).SetPrec(precision).SetInt(i) }
	root := new(big.Float).SetPrec(precision).Sqrt(float(a.Mul(a, b)))
	result, _ := root.Quo(float(n), root).Float64()
	return result, true
}

func pairs(n int64) int64 { return n * (n - 1) / 2 }

// tiedPairs counts the pairs of equal ranks in a sorted list.
func tiedPairs(sorted []int32) int64 {
	total, run := int64(0), int64(0)
	for i := range sorted {
		if i > 0 && sorted[i] == sorted[i-1] {
			run++
			total += run
		} else {
			run = 0
		}
	}
	return total
}

// inversions counts the pairs that are in falling order, and sorts a: a bottom-up merge sort over
// short runs sorted by insertion.
func inversions(a []int32) int64 {
	const run = 24
	total := int64(0)
	for start := 0; start < len(a); start += run {
		total += insertionInversions(a[start:min(start+run, len(a))])
	}
	from, to := a, make([]int32, len(a))
	for width := run; width < len(a); width *= 2 {
		for start := 0; start < len(a); start += 2 * width {
			middle, end := min(start+width, len(a)), min(start+2*width, len(a))
			total += mergeInversions(to[start:end], from[start:middle], from[middle:end])
		}
		from, to = to, from
	}
	if len(a) > 0 && &from[0] != &a[0] {
		copy(a, from)
	}
	return total
}

func insertionInversions(a []int32) int64 {
	total := 0
	for i := 1; i < len(a); i++ {
		v, j := a[i], i
		for ; j > 0 && a[j-1] > v; j-- {
			a[j] = a[j-1]
		}
		a[j] = v
		total += i - j
	}
	return int64(total)
}

// mergeInversions merges two sorted lists and counts, for each of the right, what is above it on the left.
func mergeInversions(to, left, right []int32) int64 {
	total, l, r := int64(0), 0, 0
	for l < len(left) && r < len(right) {
		if left[l] <= right[r] {
			to[l+r] = left[l]
			l++
		} else {
			to[l+r] = right[r]
			r++
			total += int64(len(left) - l)
		}
	}
	copy(to[l+r:], left[l:])
	copy(to[len(left)+r:], right[r:])
	return total
}

// wide is a signed sum of 128 bits.
type wide struct{ high, low uint64 }

func (w *wide) add(n int64) {
	var carry uint64
	w.low, carry = bits.Add64(w.low, uint64(n), 0)
	w.high, _ = bits.Add64(w.high, uint64(n>>63), carry)
}

func (w *wide) int() *big.Int {
	i := big.NewInt(int64(w.high))
	return i.Add(i.Lsh(i, 64), new(big.Int).SetUint64(w.low))
}
