package plan

import (
	"github.com/shopspring/decimal"
)

// ReleasesOptions hold what [SelectReleases] must respect, and bound its work. The zero value is the
// default.
type ReleasesOptions[R comparable] struct {
	// Promised requests are in the release they are promised for, and in no other.
	Promised []Promise[R] `json:"promised,omitzero"`
	// MayMove lets a promised request that does not fit into its release beside the promises before
	// it, or that one of them excludes, compete for that release and the later ones like any
	// other, instead of being an error.
	MayMove bool `json:"may_move,omitzero"`
	// Exclusive are sets of requests of which one may be in at most, in all releases together.
	Exclusive [][]R `json:"exclusive,omitzero"`
	// Steps bound the search for each release, and that for the upper bound: see [SelectOptions].
	Steps int64 `json:"steps,omitzero"`
	// Stop is that of [SelectOptions].
	Stop func() bool `json:"-"`
}

// Releases is what several releases should hold, one after the other. See [SelectReleases].
type Releases[R, K comparable] struct {
	// Releases are the selections, one for each capacity. The items of one are those that no earlier one
	// has; LeftOut holds only the requests that were open for it.
	Releases []*Selection[R, K] `json:"releases"`
	LeftOver []R                `json:"left_over"` // requests in no release, in the order of the input
	Moved    []MovedPromise[R]  `json:"moved"`     // promises that are not kept, in the order of the input
	Value    decimal.Decimal    `json:"value"`     // of all releases
	Cost     decimal.Decimal    `json:"cost"`      // of all releases
	// UpperBound is a value that no plan with these capacities exceeds, promises or not: what one
	// release with all of the capacity can be worth at most.
	UpperBound decimal.Decimal `json:"upper_bound"`
}

// Promises returns what the plan holds as promises, release by release, for the next plan to keep.
func (p *Releases[R, K]) Promises() []Promise[R] {
	var promises []Promise[R]
	for release, held := range p.Releases {
		for _, key := range held.Requests {
			promises = append(promises, Promise[R]{Key: key, Period: release})
		}
	}
	return promises
}

// Gap returns the share of UpperBound that a better plan can have more at most, from 0 to 1,
// rounded up to scale places, 0 to 5000.
func (p *Releases[R, K]) Gap(scale int32) decimal.Decimal {
	return gap(p.UpperBound.Sub(p.Value), p.UpperBound, scale)
}

// SelectReleases applies [Select] to one release after the other. What an earlier release has
// built costs later ones nothing, and requests that are fulfilled leave, with those that they
// exclude. Each release is the best, or as near to it as the bound of its selection, given the earlier
// ones: value comes as early as it can. All of them together need not be the best, as an
// early release can take what would have combined better later; UpperBound and Gap bound how far from
// that they can be.
//
// Promised requests are musts of their release. Requests that exclude a promised one are in no release.
//
// Errors, all of them joined: those of Select; [prioritize.ErrInvalid] for no capacities or a negative one;
// [prioritize.ErrInvalid], [prioritize.ErrUnknown] and [prioritize.ErrDuplicate] for promises of a release or a request that is not
// there or of one twice; [ErrMusts] for promises that exclude each other, and [*PromiseError] for
// those that do not fit into their release, unless they may move.
//
// It takes the steps of one Select more than there are releases. Looking for the promises that must
// move costs O(promises x (items + needs)) at most.
func SelectReleases[R, K comparable](
	items []SelectItem[K], requests []Request[R, K], capacities []decimal.Decimal,
	opts ReleasesOptions[R],
) (*Releases[R, K], error) {
	r, err := newReleases(items, requests, capacities, opts)
	if err != nil {
		return nil, err
	}
	result := &Releases[R, K]{LeftOver: []R{}, Moved: []MovedPromise[R]{}}
	for release, capacity := range capacities {
		selection, err := r.next(release, capacity)
		if err != nil {
			return nil, err
		}
		result.Releases = append(result.Releases, selection)
		result.Value = result.Value.Add(selection.Value)
		result.Cost = result.Cost.Add(selection.Cost)
	}
	r.finish(result)
	all, err := Select(items, requests, r.together(capacities),
		SelectOptions[R]{Exclusive: opts.Exclusive, Steps: opts.Steps, Stop: opts.Stop})
	if err != nil {
		return nil, err
	}
	result.UpperBound = all.UpperBound
	return result, nil
}

// together returns how much the releases can cost at most, each being a multiple of the finest digit.
func (r *releases[R, K]) together(capacities []decimal.Decimal) decimal.Decimal {
	units := int64(0)
	for _, capacity := range capacities {
		units = min(units+wholeCapacity(capacity, r.in.costExp), maxWhole)
	}
	return r.in.cost(units)
}

// finish enters what is in no release, and which promises are not kept.
func (r *releases[R, K]) finish(result *Releases[R, K]) {
	for i, request := range r.requests {
		if r.release[i] < 0 {
			result.LeftOver = append(result.LeftOver, request.Key)
		}
		if from := r.promised[i]; from >= 0 && r.release[i] != from {
			result.Moved = append(result.Moved, MovedPromise[R]{
				Key: request.Key, From: from, To: r.release[i], Why: r.why[i],
			})
		}
	}
}
