package prioritize

import (
	"iter"
	"slices"
	"sync"
)

// Ranking is the order of a set of candidates, with its ties and with what could not be scored.
// It is made by [Rank] and does not change; any number of readers may share it. The first to look up a key
// waits for an index of all, in O(n). The zero value ranks nothing.
type Ranking[K comparable] struct {
	key      func(item int32) K
	scores   *column
	order    []int32 // scored items, first to last
	unscored []int32
	tied     bitset // position p ties with p - 1
	terms    func(item int32) []Term
	index    lazy[index[K]]
	position lazy[[]int32]
}

// lazy is a value that is made when it is first asked for.
type lazy[T any] struct {
	once  sync.Once
	value T
}

func (l *lazy[T]) get(value func() T) T {
	l.once.Do(func() { l.value = value() })
	return l.value
}

// RankedItem is one ranked item.
type RankedItem[K comparable] struct {
	Key      K     `json:"key"`
	Score    Score `json:"score"`
	Position int   `json:"position"` // from 1, each used once
	Rank     int   `json:"rank"`     // from 1, the same for all items of a tie: 1 2 2 4
	Tied     bool  `json:"tied"`     // whether another item has an equal score
	Index    int   `json:"index"`    // where the item was in the input, from 0
}

// UnscoredItem is one item that could not be scored.
type UnscoredItem[K comparable] struct {
	Key    K      `json:"key"`
	Reason string `json:"reason"`
	Index  int    `json:"index"` // where the item was in the input, from 0
}

// Len returns how many items are ranked; those unscored do not count.
func (r *Ranking[K]) Len() int { return len(r.order) }

// All iterates over the ranked items from first to last. What is not scored is in [Ranking.Unscored].
func (r *Ranking[K]) All() iter.Seq[RankedItem[K]] {
	return func(yield func(RankedItem[K]) bool) {
		rank := 0
		for at := range r.order {
			if !r.tied.has(at) {
				rank = at
			}
			if !yield(r.row(at, rank)) {
				return
			}
		}
	}
}

// Row returns the item at a position from 1, or false when there is none.
func (r *Ranking[K]) Row(position int) (RankedItem[K], bool) {
	if position < 1 || position > len(r.order) {
		return RankedItem[K]{}, false
	}
	return r.row(position-1, r.tied.start(position-1)), true
}

// Lookup returns the row of a key, or false when it is not among the ranked.
func (r *Ranking[K]) Lookup(key K) (RankedItem[K], bool) {
	item, ok := r.find(key)
	if !ok {
		return RankedItem[K]{}, false
	}
	return r.Row(int(r.positions()[item]) + 1)
}

// size is how many items there are, with the unscored.
func (r *Ranking[K]) size() int { return len(r.order) + len(r.unscored) }

// find returns the item of a key, scored or not.
func (r *Ranking[K]) find(key K) (item int32, ok bool) {
	x := r.lookups()
	return x.lookup(key)
}

func (r *Ranking[K]) lookups() index[K] {
	return r.index.get(func() index[K] {
		s := sorters.Get().(*sorter)
		defer sorters.Put(s)
		x := newIndex(r.size(), r.key, s)
		x.entries = slices.Clone(x.entries)
		return x
	})
}

// positions returns where in order each item is, or -1.
func (r *Ranking[K]) positions() []int32 {
	return r.position.get(func() []int32 {
		positions := make([]int32, r.size())
		for at, item := range r.order {
			positions[item] = int32(at)
		}
		for _, item := range r.unscored {
			positions[item] = -1
		}
		return positions
	})
}

// match returns, for each item, the one of another ranking that has the same key, or -1.
func (r *Ranking[K]) match(other *Ranking[K]) []int32 {
	found := make([]int32, r.size())
	if !r.sameOrder(other, found) {
		x, y := r.lookups(), other.lookups()
		x.match(&y, found)
	}
	return found
}

// sameOrder fills found when both have the same keys in the same input order, as is usual when one
// set is ranked twice.
func (r *Ranking[K]) sameOrder(other *Ranking[K], found []int32) bool {
	if r.size() != other.size() {
		return false
	}
	for i := range int32(len(found)) {
		if r.key(i) != other.key(i) {
			return false
		}
		found[i] = i
	}
	return true
}

func (r *Ranking[K]) row(at, rank int) RankedItem[K] {
	item := r.order[at]
	return RankedItem[K]{
		Key: r.key(item), Score: r.scores.get(item), Position: at + 1, Rank: rank + 1,
		Tied: r.tied.has(at) || r.tied.has(at+1), Index: int(item),
	}
}

// ranks returns, for each place, the first place of its tie.
func (r *Ranking[K]) ranks() []int {
	ranks := make([]int, len(r.order))
	for at := range ranks {
		if ranks[at] = at; r.tied.has(at) {
			ranks[at] = ranks[at-1]
		}
	}
	return ranks
}

// Ties returns the groups of items with equal scores, best group first, each in ranked order.
func (r *Ranking[K]) Ties() [][]K {
	var groups [][]K
	r.tied.groups(len(r.order), func(start, end int) {
		group := make([]K, 0, end-start)
		for _, item := range r.order[start:end] {
			group = append(group, r.key(item))
		}
		groups = append(groups, group)
	})
	return groups
}

// Unscored returns what could not be scored, in input order.
func (r *Ranking[K]) Unscored() []UnscoredItem[K] {
	missing := make([]UnscoredItem[K], 0, len(r.unscored))
	for _, item := range r.unscored {
		missing = append(missing, UnscoredItem[K]{r.key(item), r.scores.get(item).Reason(), int(item)})
	}
	return missing
}

// Keys returns the keys of the ranked items from first to last: those of [Ranking.All]. The unscored are left
// out; see [Ranking.KeysWithUnscored].
func (r *Ranking[K]) Keys() []K { return r.appendKeys(make([]K, 0, len(r.order)), r.order) }

// KeysWithUnscored returns the keys of the ranked items from first to last, then those of the unscored in
// input order: every item of the input, once.
func (r *Ranking[K]) KeysWithUnscored() []K {
	keys := make([]K, 0, len(r.order)+len(r.unscored))
	return r.appendKeys(r.appendKeys(keys, r.order), r.unscored)
}

func (r *Ranking[K]) appendKeys(keys []K, items []int32) []K {
	for _, item := range items {
		keys = append(keys, r.key(item))
	}
	return keys
}

// Terms returns what made up the score of a key, or nil if the method names no terms, the item is
// unscored, or there is no such key.
func (r *Ranking[K]) Terms(key K) []Term {
	item, ok := r.find(key)
	if !ok || !r.scores.isScored(item) {
		return nil
	}
	return r.terms(item)
}

// Sentence explains the score of a key in one line, as [Sentence] does: "(8 + 5 + 13) / 5 = 5.2".
// For an unscored item it is the reason; for a key that is not there it is empty.
func (r *Ranking[K]) Sentence(key K, scale int32) string {
	item, ok := r.find(key)
	if !ok {
		return ""
	}
	score := r.scores.get(item)
	if terms := r.Terms(key); terms != nil {
		return Sentence(terms, score, scale)
	}
	return score.String()
}

// termsOf returns how to explain the score of a candidate. What a method has to prepare for the whole
// set is prepared when it is first asked for.
func termsOf[K comparable, A any](m Method[A], candidates []Candidate[K, A]) func(item int32) []Term {
	switch m := m.(type) {
	case Explainer[A]:
		return func(item int32) []Term { return m.Terms(candidates[item].Input) }
	case SetExplainer[A]:
		prepare := sync.OnceValues(func() (func(i int) []Term, []int) {
			inputs, at := inputsOf(candidates)
			terms, err := m.TermsOf(inputs)
			if err != nil {
				return func(int) []Term { return nil }, at
			}
			return terms, at
		})
		return func(item int32) []Term {
			terms, at := prepare()
			i, _ := slices.BinarySearch(at, int(item))
			return terms(i)
		}
	}
	return func(int32) []Term { return nil }
}
