package prioritize

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// drawer ranks the same items again and again, with other values of their uncertain factors.
type drawer[K comparable, A any] struct {
	m          Method[A]
	fast       approximator // nil when every draw has to be scored exactly
	factors    []Factor[A]
	candidates []Candidate[K, A]
	source     rand.Source

	at      []int      // the candidate of each item
	place   []int32    // of each candidate among the items, or -1
	items   []A        // the inputs of what is scored
	spreads []interval // in the order of items
	scores  []float64  // of each item
	values  []float64  // of the factors of each item, item after item

	sorter sorter
	order  []int32
}

func approximateScore(s Score) float64 {
	if s.isSmall() {
		return float64(s.num) / float64(s.den)
	}
	return s.rest.float()
}

// allocate makes room once for all draws.
func (d *drawer[K, A]) allocate() {
	d.order = make([]int32, len(d.items))
	d.sorter.resize(len(d.items))
	if d.fast == nil {
		return
	}
	d.values = make([]float64, 0, len(d.items)*len(d.factors))
	for _, in := range d.items {
		for _, f := range d.factors {
			value := math.NaN()
			if known, ok := f.Get(in); ok {
				value = known.InexactFloat64()
			}
			d.values = append(d.values, value)
		}
	}
}

// draw fills ranks with those of one draw.
func (d *drawer[K, A]) draw(ranks []int32) error {
	if d.fast == nil {
		return d.drawExactly(ranks)
	}
	width := len(d.factors)
	for i := 0; i < len(d.spreads); {
		item := d.spreads[i].item
		values := d.values[item*width:][:width]
		for ; i < len(d.spreads) && d.spreads[i].item == item; i++ {
			values[d.spreads[i].factor] = d.spreads[i].value(d.source.Uint64())
		}
		d.scores[item] = d.fast.Approximate(values)
	}
	d.sortFloats()
	rank := int32(0)
	for at, item := range d.order {
		if at == 0 || d.scores[item] != d.scores[d.order[at-1]] {
			rank = int32(at) + 1
		}
		ranks[item] = rank
	}
	return nil
}

// sortFloats puts the items in the order of their scores: by 32 bits of each, and by comparing where
// those did not tell.
func (d *drawer[K, A]) sortFloats() {
	if len(d.order) == 0 {
		return
	}
	d.reset()
	d.sorter.byKey(d.order, func(item int32) uint64 { return descending(d.scores[item]) })
	for i, packed := range d.sorter.a {
		d.order[i] = int32(uint32(packed))
	}
	falling := func(i, j int32) int { return cmp.Compare(d.scores[j], d.scores[i]) }
	if !slices.IsSortedFunc(d.order, falling) {
		slices.SortStableFunc(d.order, falling)
	}
}

// reset puts the items in input order.
func (d *drawer[K, A]) reset() {
	for i := range d.order {
		d.order[i] = int32(i)
	}
}

// drawExactly scores a draw by the method itself.
func (d *drawer[K, A]) drawExactly(ranks []int32) error {
	items := append([]A(nil), d.items...)
	for i := range d.spreads {
		v := &d.spreads[i]
		value := decimal.NewFromFloat(v.value(d.source.Uint64()))
		items[v.item] = d.factors[v.factor].With(items[v.item], value)
	}
	scores, err := d.score(items)
	if err != nil {
		return err
	}
	col := newColumn(len(items))
	for i, s := range scores {
		col.set(i, s)
	}
	d.reset()
	d.sorter.col = col
	tied := d.sorter.sort(d.order)
	rank := int32(0)
	for at, item := range d.order {
		if !tied.has(at) {
			rank = int32(at) + 1
		}
		ranks[item] = rank
	}
	return nil
}

// score is the method with the checks that every ranking makes.
func (d *drawer[K, A]) score(items []A) ([]Score, error) {
	scores, err := d.m.Score(items)
	if err != nil {
		return nil, located(err, d.candidates, d.at)
	}
	if len(scores) != len(items) {
		return nil, fmt.Errorf("prioritize: method gave %d scores, want %d", len(scores), len(items))
	}
	var errs []error
	for i, s := range scores {
		if !s.IsScored() {
			err := &FieldError{Field: "score", Value: s.Reason(), Want: "a score in every draw"}
			errs = append(errs, &ItemError{Index: i, Err: err})
		}
	}
	return scores, located(fault.Join(errs...), d.candidates, d.at)
}
