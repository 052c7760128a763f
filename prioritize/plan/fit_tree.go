package plan

import "math"

// nothingFits is what a [fitTree] holds where there is nothing: less than anything asked for.
const nothingFits = math.MinInt64

// fitTree holds a number at each of n places, and finds the next place with enough. All that it
// does costs O(log n).
type fitTree struct {
	leaves int
	most   []int64 // by node: the most below it
	sum    []int64 // by node: of the numbers above 0 below it, at most maxWhole
}

func newFitTree(n int) *fitTree {
	leaves := 1
	for leaves < n {
		leaves *= 2
	}
	t := &fitTree{leaves: leaves, most: make([]int64, 2*leaves), sum: make([]int64, 2*leaves)}
	for i := range t.most {
		t.most[i] = nothingFits
	}
	return t
}

func (t *fitTree) at(place int) int64 { return t.most[t.leaves+place] }

func (t *fitTree) set(place int, v int64) {
	i := t.leaves + place
	t.most[i], t.sum[i] = v, max(v, 0)
	for i /= 2; i > 0; i /= 2 {
		t.most[i] = max(t.most[2*i], t.most[2*i+1])
		t.sum[i] = min(t.sum[2*i]+t.sum[2*i+1], maxWhole)
	}
}

// next returns the first place from the given one on that has at least so much, or -1.
func (t *fitTree) next(from int, least int64) int {
	if from >= t.leaves {
		return -1
	}
	i := t.leaves + from
	for t.most[i] < least {
		for i%2 == 1 {
			i /= 2
		}
		if i == 0 {
			return -1
		}
		i++
	}
	for i < t.leaves {
		if i *= 2; t.most[i] < least {
			i++
		}
	}
	return i - t.leaves
}

// last returns the last place up to the given one that has at least so much, or -1.
func (t *fitTree) last(to int, least int64) int {
	i := t.leaves + to
	for t.most[i] < least {
		for i%2 == 0 {
			i /= 2
		}
		if i == 1 {
			return -1
		}
		i--
	}
	for i < t.leaves {
		if i = 2*i + 1; t.most[i] < least {
			i--
		}
	}
	return i - t.leaves
}

// between returns the most of the places from one up to another, and the sum of what is above 0,
// at most maxWhole.
func (t *fitTree) between(from, to int) (most, sum int64) {
	most = nothingFits
	take := func(i int) {
		most = max(most, t.most[i])
		sum = min(sum+t.sum[i], maxWhole)
	}
	for i, j := t.leaves+from, t.leaves+to+1; i < j; i, j = i/2, j/2 {
		if i%2 == 1 {
			take(i)
			i++
		}
		if j%2 == 1 {
			j--
			take(j)
		}
	}
	return most, sum
}
