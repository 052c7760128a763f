package prioritize

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Comparison holds how far two rankings of the same items agree. It looks only at items that both
// could score. Ranks are mid-ranks: items that tie share the mean of the ranks that they fill.
type Comparison[K comparable] struct {
	a, b *Ranking[K]
	// One entry for each compared item, in the order of a.
	itemA, itemB   []int32
	groupA, groupB []int32 // number of the tie that the item belongs to, alone or not, in each order
}

// Disagreement is one item that two rankings place differently.
type Disagreement[K comparable] struct {
	Key          K               `json:"key"`
	A            RankedItem[K]   `json:"a"` // where it is in each ranking, among all that this ranking scored
	B            RankedItem[K]   `json:"b"`
	Displacement decimal.Decimal `json:"displacement"` // mid-rank in B less that in A: negative when B has it further to the front
	TermsA       []Term          `json:"terms_a"`      // what made its score in each
	TermsB       []Term          `json:"terms_b"`
}

// Compare sets two rankings of the same items side by side. An item that only one of them has is an
// [ErrUnknown], all of them joined. Cost: O(n).
func Compare[K comparable](a, b *Ranking[K]) (*Comparison[K], error) {
	other, back := a.match(b), b.match(a)
	if err := fault.Join(strangers(a, other, "second"), strangers(b, back, "first")); err != nil {
		return nil, err
	}
	c := &Comparison[K]{a: a, b: b}
	placed := a.positions()
	groupOfB := make([]int32, b.size()) // 0 for what is not compared
	group, common := int32(0), 0
	for at, item := range b.order {
		if !b.tied.has(at) {
			group++
		}
		if placed[back[item]] >= 0 {
			groupOfB[item] = group
			common++
		}
	}
	c.itemA, c.itemB = make([]int32, 0, common), make([]int32, 0, common)
	c.groupA, c.groupB = make([]int32, 0, common), make([]int32, 0, common)
	group = 0
	for at, item := range a.order {
		if !a.tied.has(at) {
			group++
		}
		if g := groupOfB[other[item]]; g > 0 {
			c.itemA, c.itemB = append(c.itemA, item), append(c.itemB, other[item])
			c.groupA, c.groupB = append(c.groupA, group), append(c.groupB, g)
		}
	}
	return c, nil
}

func strangers[K comparable](r *Ranking[K], other []int32, which string) error {
	var errs []error
	for item, found := range other {
		if found < 0 {
			errs = append(errs, &ItemError{
				Index: item, Key: fmt.Sprint(r.key(int32(item))),
				Err: fmt.Errorf("%w: not in the %s ranking", ErrUnknown, which),
			})
		}
	}
	return fault.Join(errs...)
}

// midRanks returns twice the mid-rank of each entry, given the numbers of their ties in rank order.
func midRanks(groups []int32) []int64 {
	most := int32(0)
	for _, g := range groups {
		most = max(most, g)
	}
	count := make([]int64, most+1)
	for _, g := range groups {
		count[g]++
	}
	ahead := int64(0)
	for g, n := range count {
		count[g] = 2*ahead + n + 1
		ahead += n
	}
	mid := make([]int64, len(groups))
	for i, g := range groups {
		mid[i] = count[g]
	}
	return mid
}

// Len returns how many items are compared: those that both rankings scored.
func (c *Comparison[K]) Len() int { return len(c.itemA) }

// Overlap returns how many items are among the first k of both rankings, by position and so with ties
// broken. Items that one of the two could not score count as absent from it.
func (c *Comparison[K]) Overlap(k int) int {
	both, placeA, placeB := 0, c.a.positions(), c.b.positions()
	for i, item := range c.itemA {
		if int(placeA[item]) < k && int(placeB[c.itemB[i]]) < k {
			both++
		}
	}
	return both
}

// Disagreements lists the items that the rankings place differently, the largest displacement first,
// equal ones in the order of the first ranking; at most limit of them, or all when limit is below 0.
func (c *Comparison[K]) Disagreements(limit int) []Disagreement[K] {
	var moved []int32
	move := midRanks(c.groupB)
	for i, mid := range midRanks(c.groupA) {
		if move[i] -= mid; move[i] != 0 {
			moved = append(moved, int32(i))
		}
	}
	distance := func(i int32) int64 { return max(move[i], -move[i]) }
	slices.SortFunc(moved, func(i, j int32) int {
		return cmp.Or(cmp.Compare(distance(j), distance(i)), cmp.Compare(i, j))
	})
	if limit >= 0 && limit < len(moved) {
		moved = moved[:limit]
	}
	list := make([]Disagreement[K], len(moved))
	ranksA, ranksB := c.a.ranks(), c.b.ranks()
	placeA, placeB := c.a.positions(), c.b.positions()
	for n, i := range moved {
		a, b := c.itemA[i], c.itemB[i]
		atA, atB := placeA[a], placeB[b]
		list[n] = Disagreement[K]{
			Key: c.a.key(a), Displacement: decimal.New(5*move[i], -1),
			A: c.a.row(int(atA), ranksA[atA]), TermsA: c.a.terms(a),
			B: c.b.row(int(atB), ranksB[atB]), TermsB: c.b.terms(b),
		}
	}
	return list
}
