package precedence

import (
	"cmp"
	"math"
	"slices"
)

// Smith returns the order by falling ratio of weight to size, as if nothing needed anything (Smith
// 1956), the first of equal ones first.
func (p *Problem) Smith() []int32 {
	if p.smith == nil {
		keys := make([]sortKey, len(p.Size))
		for v := range keys {
			keys[v] = newSortKey(p.ratio(int32(v)), int32(v), int32(v))
		}
		sortByRatio(keys, p.ratio)
		p.smith = make([]int32, len(keys))
		for i, k := range keys {
			p.smith[i] = k.at
		}
	}
	return p.smith
}

// ReadyQueue returns the order of someone who always takes, of the jobs whose needs are done, the
// one of highest ratio of weight to size, and of equal ones the first. It costs O(n log n +
// needs).
func (p *Problem) ReadyQueue() []int32 {
	g, smith := p.graph(), p.Smith()
	n := len(p.Size)
	place, missing := make([]int32, n), make([]int32, n)
	order := make([]int32, 0, n)
	var ready lowest
	for i, v := range smith {
		place[v] = int32(i)
		if missing[v] = int32(len(g.needs.of(v))); missing[v] == 0 {
			ready.push(int32(i))
		}
	}
	for len(ready) > 0 {
		v := smith[ready.pop()]
		order = append(order, v)
		for _, u := range g.neededBy.of(v) {
			if missing[u]--; missing[u] == 0 {
				ready.push(place[u])
			}
		}
	}
	return order
}

// sortKey stands for something that has a ratio, near which value is.
type sortKey struct {
	value   float64
	tie, at int32
}

func newSortKey(r ratio, tie, at int32) sortKey {
	if r = r.orInfinite(); r.size == 0 {
		return sortKey{math.Inf(1), tie, at}
	}
	return sortKey{float64(r.weight) / float64(r.size), tie, at}
}

// sortByRatio sorts by falling ratio, exactly, and equal ones by tie; of returns the ratio of what a
// key stands for. Most pairs differ in their values already.
func sortByRatio(keys []sortKey, of func(at int32) ratio) {
	slices.SortFunc(keys, func(a, b sortKey) int {
		if a.value != b.value {
			return cmp.Compare(b.value, a.value)
		}
		return cmp.Compare(a.tie, b.tie)
	})
	exact := func(a, b sortKey) int {
		return cmp.Or(
			of(b.at).orInfinite().compare(of(a.at).orInfinite()), cmp.Compare(a.tie, b.tie),
		)
	}
	near := func(i int) bool { return keys[i].value >= keys[i-1].value*(1-0x1p-40) }
	for i := 1; i < len(keys); i++ {
		if !near(i) || exact(keys[i-1], keys[i]) < 0 {
			continue
		}
		from, to := i-1, i+1
		for from > 0 && near(from) {
			from--
		}
		for to < len(keys) && near(to) {
			to++
		}
		slices.SortFunc(keys[from:to], exact)
		i = to - 1
	}
}

// lowest is a heap of numbers, the lowest on top.
type lowest []int32

func (h *lowest) push(x int32) {
	*h = append(*h, x)
	s := *h
	i := len(s) - 1
	for i > 0 && x < s[(i-1)/2] {
		s[i] = s[(i-1)/2]
		i = (i - 1) / 2
	}
	s[i] = x
}

func (h *lowest) pop() int32 {
	s := *h
	top, n := s[0], len(s)-1
	last := s[n]
	i := 0
	for 2*i+1 < n {
		c := 2*i + 1
		if c+1 < n && s[c+1] < s[c] {
			c++
		}
		if last <= s[c] {
			break
		}
		s[i] = s[c]
		i = c
	}
	s[i] = last
	*h = s[:n]
	return top
}
