package plan

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// releases is the state of [SelectReleases].
type releases[R, K comparable] struct {
	in       *selectInput
	items    []SelectItem[K] // those that are built cost nothing
	requests []Request[R, K]
	opts     ReleasesOptions[R]
	promised []int     // by request: the release, or -1
	standing []bool    // by request: its promise will be kept
	groups   [][]int32 // the requests that exclude each other
	groupsOf [][]int32 // by request: its groups
	holder   []int     // by group: the one that is in or whose promise stands, or -1
	release  []int     // by request: the one it is in, or -1
	built    []bool    // by item
	why      []string  // by request: why its promise is not kept
}

// newReleases checks the input, and settles which promises stand.
func newReleases[R, K comparable](
	items []SelectItem[K], requests []Request[R, K], capacities []decimal.Decimal,
	opts ReleasesOptions[R],
) (*releases[R, K], error) {
	in, err := readSelect(items, requests, decimal.Zero, SelectOptions[R]{Exclusive: opts.Exclusive})
	var problems []error
	if err != nil {
		problems = append(problems, err)
	}
	problems = append(problems, capacityErrors(capacities)...)
	index := make(map[R]int, len(requests))
	for i := len(requests) - 1; i >= 0; i-- {
		index[requests[i].Key] = i
	}
	promised := readPromises(&problems, "request", index, len(requests), opts.Promised, len(capacities))
	if len(problems) > 0 {
		return nil, fault.Join(problems...)
	}
	r := &releases[R, K]{
		in: in, items: slices.Clone(items), requests: requests, opts: opts, promised: promised,
		standing: make([]bool, len(requests)), groupsOf: make([][]int32, len(requests)),
		release: make([]int, len(requests)), built: make([]bool, len(items)),
		why: make([]string, len(requests)),
	}
	for g, group := range in.problem.Groups {
		members := make([]int32, len(group))
		for k, node := range group {
			members[k] = node - int32(len(items))
			r.groupsOf[members[k]] = append(r.groupsOf[members[k]], int32(g))
		}
		r.groups, r.holder = append(r.groups, members), append(r.holder, -1)
	}
	for i := range r.release {
		r.release[i] = -1
	}
	return r, r.settlePromises(capacities)
}

// settlePromises finds out which promises stand: release by release, in the order of the input, what
// neither one before excludes nor is too much for its release, with all that is needed and not
// built for a promise before. Those that do not are an error, unless they may move.
func (r *releases[R, K]) settlePromises(capacities []decimal.Decimal) error {
	due := make([][]int, len(capacities))
	for i, release := range r.promised {
		if release >= 0 {
			due[release] = append(due[release], i)
		}
	}
	var problems []error
	walk := promiseWalk{
		needs: r.in.problem.Needs, cost: r.in.problem.Cost,
		seen: make([]bool, len(r.in.problem.Needs)),
	}
	for release, requests := range due {
		problems = append(problems, r.settle(release, requests, capacities[release], &walk)...)
	}
	if r.opts.MayMove {
		return nil
	}
	return fault.Join(problems...)
}

// settle finds out which of the promises for one release stand.
func (r *releases[R, K]) settle(
	release int, requests []int, capacity decimal.Decimal, walk *promiseWalk,
) (problems []error) {
	room, used := wholeCapacity(capacity, r.in.costExp), int64(0)
	var keys []string
	for _, i := range requests {
		if rival := r.rival(i); rival >= 0 {
			r.why[i] = fmt.Sprintf("is excluded by %q, which is promised for release %d",
				fmt.Sprint(r.requests[rival].Key), r.promised[rival])
			problems = append(problems, fmt.Errorf("prioritize: %w: %q, which is promised for release %d, %s",
				ErrMusts, fmt.Sprint(r.requests[i].Key), release, r.why[i]))
			continue
		}
		cost := walk.add(int32(r.in.items + i))
		if r.opts.MayMove && cost > room-used {
			walk.undo()
			r.why[i] = fmt.Sprintf("%s more capacity wanted beside other promises",
				r.in.cost(used+cost).Sub(capacity))
			continue
		}
		used += cost
		keys = append(keys, fmt.Sprint(r.requests[i].Key))
		r.standing[i] = true
		r.hold(i)
	}
	if used > room {
		problems = append(problems, &PromiseError{
			Period: release, Keys: keys, NeedPeriod: -1,
			Shortfall: r.in.cost(used).Sub(capacity),
		})
	}
	return problems
}

// rival returns a request that excludes the given one and is in or will be, or -1.
func (r *releases[R, K]) rival(i int) int {
	for _, g := range r.groupsOf[i] {
		if j := r.holder[g]; j >= 0 && j != i {
			return j
		}
	}
	return -1
}

// hold keeps out what a request excludes.
func (r *releases[R, K]) hold(i int) {
	for _, g := range r.groupsOf[i] {
		r.holder[g] = i
	}
}

// promiseWalk adds up what requests need, each thing once.
type promiseWalk struct {
	needs [][]int32
	cost  []int64
	seen  []bool
	last  []int32 // what the last add has seen first
}

// add returns the cost of all that a node needs, with itself, that has not been seen.
func (w *promiseWalk) add(node int32) (cost int64) {
	w.last = append(w.last[:0], node)
	w.seen[node] = true
	for k := 0; k < len(w.last); k++ {
		cost += w.cost[w.last[k]]
		for _, need := range w.needs[w.last[k]] {
			if !w.seen[need] {
				w.seen[need] = true
				w.last = append(w.last, need)
			}
		}
	}
	return cost
}

// undo forgets the last add.
func (w *promiseWalk) undo() {
	for _, node := range w.last {
		w.seen[node] = false
	}
}
