package plan

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Kept keeps a part of the capacity of [Select] for some of the requests: a fifth for what pays debt, say.
type Kept[R comparable] struct {
	Requests []R             `json:"requests"` // each in one part at most
	Capacity decimal.Decimal `json:"capacity"` // >= 0; of all parts together at most the whole
}

// selectKept is [Select] with parts of the capacity kept: first each part is filled with the best of its
// requests, then the rest of the capacity with the best of all.
func selectKept[R, K comparable](
	items []SelectItem[K], requests []Request[R, K], capacity decimal.Decimal, opts SelectOptions[R],
) (*Selection[R, K], error) {
	parts := opts.Keep
	opts.Keep = nil
	in, err := readSelect(items, requests, capacity, opts)
	if err := fault.Join(err, checkKept(parts, requests, capacity)); err != nil {
		return nil, err
	}
	without, err := Select(items, requests, capacity, opts)
	if err != nil {
		return nil, err
	}
	rest, steps, proven := capacity, without.Steps, true
	must := setOf(opts.Must)
	for _, part := range parts {
		mine := setOf(part.Requests)
		inner := SelectOptions[R]{Steps: opts.Steps, Stop: opts.Stop}
		for _, set := range opts.Exclusive {
			forced := slices.IndexFunc(set, func(key R) bool { return must[key] })
			var own []R
			for i, key := range set {
				if forced >= 0 && i != forced {
					delete(mine, key)
				} else if mine[key] {
					own = append(own, key)
				}
			}
			inner.Exclusive = append(inner.Exclusive, own)
		}
		for i, set := range inner.Exclusive { // another set may have taken some of it
			inner.Exclusive[i] = slices.DeleteFunc(set, func(key R) bool { return !mine[key] })
		}
		wanted := slices.DeleteFunc(slices.Clone(requests), func(r Request[R, K]) bool { return !mine[r.Key] })
		filled, err := Select(items, wanted, part.Capacity, inner)
		if err != nil {
			return nil, err
		}
		rest, steps = rest.Sub(part.Capacity).Add(filled.Cost), steps+filled.Steps
		proven = proven && filled.Proven
		for _, key := range filled.Requests {
			if !must[key] {
				must[key], opts.Must = true, append(slices.Clip(opts.Must), key)
			}
		}
	}
	// What is left can have more digits than a capacity may.
	s, err := Select(items, requests, in.cost(wholeCapacity(rest, in.costExp)), opts)
	if err != nil {
		return nil, err
	}
	s.Capacity, s.Steps = capacity, s.Steps+steps
	if !proven { // what is proven beside the parts says nothing of other fillings
		s.Proven, s.UpperBound = false, without.UpperBound
	} else if !s.Proven {
		s.UpperBound = decimal.Min(s.UpperBound, without.UpperBound)
	}
	taken := setOf(s.Requests)
	for _, key := range without.Requests {
		if !taken[key] {
			s.Displaced = append(s.Displaced, key)
		}
	}
	return s, nil
}

func setOf[R comparable](keys []R) map[R]bool {
	set := make(map[R]bool, len(keys))
	for _, key := range keys {
		set[key] = true
	}
	return set
}

// checkKept wants parts of requests that are there, each in one, and that the capacity has room for.
func checkKept[R, K comparable](parts []Kept[R], requests []Request[R, K], capacity decimal.Decimal) error {
	var errs []error
	known := make(map[R]bool, len(requests))
	for _, one := range requests {
		known[one.Key] = true
	}
	met, sum := make(map[R]bool), decimal.Zero
	valid := checkCapacity("capacity", capacity) == nil
	for i, part := range parts {
		path := fmt.Sprintf("keep[%d].capacity", i)
		if err := checkCapacity(path, part.Capacity); err != nil {
			errs = append(errs, err)
			continue
		}
		if sum = sum.Add(part.Capacity); valid && sum.Cmp(capacity) > 0 {
			errs = append(errs, &prioritize.FieldError{
				Field: path, Value: shortText(sum), Want: "all parts together at most " + shortText(capacity),
			})
		}
		for _, key := range part.Requests {
			if !known[key] {
				errs = append(errs, fmt.Errorf("prioritize: keep[%d]: %w: request %v", i, prioritize.ErrUnknown, key))
			} else if met[key] {
				errs = append(errs, fmt.Errorf("prioritize: keep[%d]: %w: request %v", i, prioritize.ErrDuplicate, key))
			}
			met[key] = true
		}
	}
	return fault.Join(errs...)
}
