package plan

import "github.com/shopspring/decimal"

// Promise is the period in which an item, or the release in which a request, was promised to be done.
type Promise[K comparable] struct {
	Key    K   `json:"key"`
	Period int `json:"period"` // from 0
}

// SplitOptions say how [Split] fills periods. The zero value is the default.
type SplitOptions[K comparable] struct {
	// Spill lets an item that is larger than the period of its turn go on in the next periods. Without it
	// such an item waits for a period that is large enough, and is an error where there is none.
	// An item that is not larger than the period in which it begins never spills.
	Spill bool `json:"spill,omitzero"`
	// FillGaps lets later items overtake one that does not fit, where they fit and what they need
	// is in. Without it the first item that does not fit ends the period.
	FillGaps bool `json:"fill_gaps,omitzero"`
	// Promised items are done in the period they are promised for, whatever their place in the order.
	Promised []Promise[K] `json:"promised,omitzero"`
	// MayMove lets the order decide about a promise that can't be kept, instead of being an error.
	// The others stay.
	MayMove bool `json:"may_move,omitzero"`
}

// Schedule is an order of items cut into periods. See [Split].
type Schedule[K comparable] struct {
	Periods  []Period[K]       `json:"periods"`   // one for each capacity
	LeftOver []OmittedItem[K]  `json:"left_over"` // what is not done in any, in order
	Moved    []MovedPromise[K] `json:"moved"`     // the promises that are not kept, in order
}

// Promises returns what the plan holds as promises, period by period, for the next plan to keep.
func (p *Schedule[K]) Promises() []Promise[K] {
	var promises []Promise[K]
	for period, held := range p.Periods {
		for _, item := range held.Items {
			if item.Last == period {
				promises = append(promises, Promise[K]{Key: item.Key, Period: period})
			}
		}
	}
	return promises
}

// Period is a sprint or a release of a [Schedule].
type Period[K comparable] struct {
	// Items are in order; what goes on from an earlier period comes first.
	Items    []PeriodItem[K] `json:"items"`
	Load     decimal.Decimal `json:"load"` // of its items, at most Capacity
	Capacity decimal.Decimal `json:"capacity"`
}

// PeriodItem is an item of a [Period], or the part of it that is done there.
type PeriodItem[K comparable] struct {
	Key      K               `json:"key"`
	Index    int             `json:"index"`             // in the input, from 0
	Load     decimal.Decimal `json:"load"`              // what of its size is done in this period
	First    int             `json:"first"`             // the period in which it begins
	Last     int             `json:"last"`              // the period in which it is done
	Promised bool            `json:"promised,omitzero"` // for the period in which it is done
}

// Spills reports whether the item takes more than one period.
func (p PeriodItem[K]) Spills() bool { return p.First != p.Last }

// OmittedItem is an item that no period holds, and why.
type OmittedItem[K comparable] struct {
	Key   K      `json:"key"`
	Index int    `json:"index"` // in the input, from 0
	Why   string `json:"why"`   // such as `needs "login", which is left over`
}

// MovedPromise is a promise that is not kept, and why.
type MovedPromise[K comparable] struct {
	Key  K      `json:"key"`
	From int    `json:"from"` // the period it was promised for
	To   int    `json:"to"`   // the period it is done in now, -1 for none
	Why  string `json:"why"`  // such as `needs "login", which is promised for period 2`
}

// Split cuts an order of items, such as that of [Order.Keys], into periods of the
// given capacities, in the unit of the sizes. Costs of delay are read but do not matter: the
// order has been decided.
//
// The periods are filled one after the other, each strictly in order: the first item that does
// not fit ends it, and what it leaves unused is lost. Only an item that is too large for
// everything that is left, even if that were empty, is left over at once, and does not
// hold up others. With opts.FillGaps, smaller items overtake. An item is never done in an
// earlier period than something it needs; one that can't be done within the periods is not begun,
// but left over, with all that need it.
//
// Promises come first. A promised item has its room in its period, and what it needs has room no
// later, as late as possible; it is done sooner where its turn in the order comes sooner. What waits for
// a promised item, and the promised item itself, hold up nobody in the periods before. An item that is larger
// than the period it is promised for may begin before, with opts.Spill, and is done there.
//
// Errors, all of them joined: those of [Sequence]; [prioritize.ErrInvalid] for no capacities or a negative
// one, for an order without one of the items or with one ahead of what it needs, for a promise of a
// period that is not there, and for an item that is larger than every period, unless it may spill;
// [prioritize.ErrUnknown] and [prioritize.ErrDuplicate] for keys in the order and the promises. If there are none, but
// promises that can't be kept, all of these as [*PromiseError] values, unless they may move.
// Finding room for what promised items need is bin packing, which is NP-hard, so that there can be
// room where none is found. Where all that they need is promised too and nothing spills, the
// answer is exact.
//
// It costs O((items + needs + periods) log (items + periods)).
func Split[K comparable](
	items []Item[K], order []K, capacities []decimal.Decimal, opts SplitOptions[K],
) (*Schedule[K], error) {
	in, err := readSplit(items, order, capacities, opts)
	if err != nil {
		return nil, err
	}
	broken := in.split.reserve()
	if !opts.MayMove && len(broken) > 0 {
		return nil, in.promiseErrors(broken)
	}
	in.split.fill()
	return in.plan(), nil
}
