package prioritize

import "math/bits"

// bitset is a set of positions.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, n/64+1) }

func (b bitset) set(i int) { b[i/64] |= 1 << (i % 64) }

func (b bitset) put(i int, in bool) {
	b[i/64] &^= 1 << (i % 64)
	if in {
		b.set(i)
	}
}

func (b bitset) has(i int) bool { return b[i/64]>>(i%64)&1 != 0 }

// start returns the last place up to i that does not tie with the one before; place 0 never does.
func (b bitset) start(i int) int {
	for {
		if free := ^b[i/64] << (63 - i%64); free != 0 {
			return i - bits.LeadingZeros64(free)
		}
		i = i/64*64 - 1
	}
}

// next returns the first member from i on, or n when there is none below n.
func (b bitset) next(i, n int) int {
	for i < n {
		if word := b[i/64] >> (i % 64); word != 0 {
			return min(i+bits.TrailingZeros64(word), n)
		}
		i = (i/64 + 1) * 64
	}
	return n
}

// groups calls f with the bounds of every group of places below n that the set ties
// together: each member ties with the place before.
func (b bitset) groups(n int, f func(start, end int)) {
	for i := b.next(0, n); i < n; {
		end := i + 1
		for end < n && b.has(end) {
			end++
		}
		f(i-1, end)
		i = b.next(end, n)
	}
}
