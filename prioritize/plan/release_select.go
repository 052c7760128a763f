package plan

import "github.com/shopspring/decimal"

// next selects a release from what is open for it.
func (r *releases[R, K]) next(release int, capacity decimal.Decimal) (*Selection[R, K], error) {
	var open []Request[R, K]
	var at []int // by open request: its index
	opts := SelectOptions[R]{Steps: r.opts.Steps, Stop: r.opts.Stop}
	place := make([]int, len(r.requests)) // in open, from 1
	for i, request := range r.requests {
		if !r.isOpen(i, release) {
			continue
		}
		open, at = append(open, request), append(at, i)
		place[i] = len(open)
		if r.standing[i] {
			opts.Must = append(opts.Must, request.Key)
		}
	}
	for _, group := range r.groups {
		var keys []R
		for _, i := range group {
			if place[i] > 0 {
				keys = append(keys, r.requests[i].Key)
			}
		}
		if len(keys) > 1 {
			opts.Exclusive = append(opts.Exclusive, keys)
		}
	}
	selection, err := Select(r.items, open, capacity, opts)
	if err != nil {
		return nil, err
	}
	r.accept(selection, at, release)
	return selection, nil
}

// isOpen reports whether a request can be in a release: one that is promised for it, or one that is in none
// yet, not promised for a later one, and not excluded by one that is in or promised.
func (r *releases[R, K]) isOpen(i, release int) bool {
	if r.standing[i] {
		return r.promised[i] == release
	}
	return r.release[i] < 0 && r.promised[i] <= release && r.rival(i) < 0
}

// accept notes what a release fulfils and builds, and leaves in it only what it builds itself, for the sake
// of its requests.
func (r *releases[R, K]) accept(selection *Selection[R, K], at []int, release int) {
	var fulfilled []int32 // their nodes
	for _, i := range at {
		k := len(fulfilled)
		if k < len(selection.Requests) && selection.Requests[k] == r.requests[i].Key {
			fulfilled = append(fulfilled, int32(r.in.items+i))
			r.release[i] = release
			r.hold(i)
		}
	}
	needed, _ := r.in.problem.Close(fulfilled)
	selection.Items, selection.Cost = []K{}, decimal.Zero
	for i := range r.items {
		if needed[i] && !r.built[i] {
			r.built[i] = true
			selection.Items = append(selection.Items, r.items[i].Key)
			selection.Cost = selection.Cost.Add(r.items[i].Cost)
			r.items[i].Cost = decimal.Zero
		}
	}
}
