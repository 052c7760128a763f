package precedence

import "math/bits"

// local is a leaf on its own: its jobs numbered from 0 in an order that respects the needs. Seen
// backward in time the last job is number 0, sizes and weights change places, and what was needed
// before is needed after; the cost of an order and its reverse is the same.
type local struct {
	n, words           int
	size, weight       []int64
	before, after      []uint64 // rows of sets: all that a job needs, and all that need it
	sizeSum, weightSum float64
}

func (j *local) beforeOf(v int) []uint64 { return j.before[v*j.words : (v+1)*j.words] }
func (j *local) afterOf(v int) []uint64  { return j.after[v*j.words : (v+1)*j.words] }

// fill takes the given items, whose ancestry is known.
func (j *local) fill(p *Problem, items []int32, a *ancestry, backward bool) {
	n := len(items)
	j.n, j.words = n, a.words
	j.size, j.weight = resized(j.size, n), resized(j.weight, n)
	j.before, j.after = resized(j.before, n*a.words), resized(j.after, n*a.words)
	clear(j.before)
	clear(j.after)
	var size, weight int64
	for i, v := range items {
		here := ratio{p.Weight[v], p.Size[v]}
		at := i
		if backward {
			here.weight, here.size = here.size, here.weight
			at = n - 1 - i
		}
		j.size[at], j.weight[at] = here.size, here.weight
		size += here.size
		weight += here.weight
		for k, word := range a.row(i) {
			for ; word != 0; word &= word - 1 {
				first, then := 64*k+bits.TrailingZeros64(word), i
				if backward {
					first, then = n-1-then, n-1-first
				}
				j.beforeOf(then)[first/64] |= 1 << (first % 64)
				j.afterOf(first)[then/64] |= 1 << (then % 64)
			}
		}
	}
	j.sizeSum, j.weightSum = float64(size), float64(weight)
}

// resized returns s with length n; what it holds is undefined.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
