package plan

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
	"github.com/backlogkit/backlogkit/prioritize/internal/knapsack"
	"github.com/backlogkit/backlogkit/prioritize/internal/precedence"
)

// selectInput is what [Select] works on: a node for each item, then one for each request.
type selectInput struct {
	problem           knapsack.Problem
	items             int
	valueExp, costExp int32 // values and costs are in units of 10 to the power of these
}

func (in *selectInput) value(units int64) decimal.Decimal { return decimal.New(units, in.valueExp) }
func (in *selectInput) cost(units int64) decimal.Decimal  { return decimal.New(units, in.costExp) }

// complete takes from a result the items that no chosen request needs, and adds the requests that are
// free of cost or still fit.
func (in *selectInput) complete(r *knapsack.Result) {
	requests := make([]int32, len(in.problem.Value)-in.items)
	var chosen []int32
	for i := range requests {
		requests[i] = int32(in.items + i)
		if r.Chosen[requests[i]] {
			chosen = append(chosen, requests[i])
		}
	}
	r.Chosen, r.Cost = in.problem.Close(chosen)
	value, cost := in.problem.Complete(r.Chosen, requests, in.problem.Capacity-r.Cost)
	r.Value += value
	r.Cost += cost
}

// selectReader collects what is wrong with the input.
type selectReader[R, K comparable] struct {
	items     []SelectItem[K]
	requests  []Request[R, K]
	requestOf map[R]int32 // its node
	needs     needsReader[K]
	problems  []error
}

// readSelect checks the input and brings it to whole numbers. It reports all that is wrong: of the
// items, the requests, the whole, the capacity and the options, in that order.
func readSelect[R, K comparable](
	items []SelectItem[K], requests []Request[R, K], capacity decimal.Decimal, opts SelectOptions[R],
) (*selectInput, error) {
	r := selectReader[R, K]{items: items, requests: requests}
	costs, values := r.readItems(), r.readRequests()
	r.report(costs.scale())
	r.report(values.scale())
	r.checkCycle(costs)
	r.report(checkCapacity("capacity", capacity))
	in := &selectInput{items: len(items), valueExp: values.exp, costExp: costs.exp}
	in.problem = knapsack.Problem{
		Value:  append(make([]int64, len(items)), values.units...),
		Cost:   append(costs.units, make([]int64, len(requests))...),
		Needs:  lists(len(items)+len(requests), r.needs.arcs),
		Forced: r.nodes("must", opts.Must),
	}
	for _, set := range opts.Exclusive {
		in.problem.Groups = append(in.problem.Groups, r.nodes("exclusive", set))
	}
	r.checkGroups(&in.problem)
	if len(r.problems) == 0 {
		in.problem.Capacity = wholeCapacity(capacity, in.costExp)
		r.checkFit(in, capacity)
	}
	return in, fault.Join(r.problems...)
}

func (r *selectReader[R, K]) report(err error) {
	if err != nil {
		r.problems = append(r.problems, err)
	}
}

func (r *selectReader[R, K]) readItems() *wholes {
	index := make(map[K]int32, len(r.items))
	for i := range r.items {
		if _, ok := index[r.items[i].Key]; !ok {
			index[r.items[i].Key] = int32(i)
		}
	}
	r.needs = needsReader[K]{index: index, listed: make([]int32, len(r.items))}
	costs := newWholes("cost", len(r.items))
	for i, item := range r.items {
		report := func(err error) {
			if err != nil {
				r.report(&prioritize.ItemError{Index: i, Key: fmt.Sprint(item.Key), Err: err})
			}
		}
		if first := index[item.Key]; first != int32(i) {
			report(fmt.Errorf("%w, first used by item %d", prioritize.ErrDuplicate, first))
		}
		report(costs.read(item.Cost))
		r.needs.read(int32(i), item.Needs, report)
	}
	return costs
}

func (r *selectReader[R, K]) readRequests() *wholes {
	r.requestOf = make(map[R]int32, len(r.requests))
	values := newWholes("value", len(r.requests))
	for i, request := range r.requests {
		report := func(err error) {
			if err != nil {
				r.report(&RequestError{Index: i, Key: fmt.Sprint(request.Key), Err: err})
			}
		}
		node := int32(len(r.items) + i)
		if first, ok := r.requestOf[request.Key]; ok {
			report(fmt.Errorf("%w, first used by request %d", prioritize.ErrDuplicate, int(first)-len(r.items)))
		} else {
			r.requestOf[request.Key] = node
		}
		report(values.read(request.Value))
		r.needs.read(node, request.Items, report)
	}
	return values
}

func (r *selectReader[R, K]) checkCycle(costs *wholes) {
	arcs := r.needs.arcs
	end, _ := slices.BinarySearchFunc(arcs, int32(len(r.items)),
		func(a closure.Arc, request int32) int { return int(a.From) - int(request) })
	items := &precedence.Problem{Size: costs.units, Weight: costs.units, Needs: arcs[:end]}
	cycle := items.Cycle()
	if cycle == nil {
		return
	}
	e := &CycleError{}
	for _, v := range cycle {
		e.Keys = append(e.Keys, fmt.Sprint(r.items[v].Key))
	}
	r.report(e)
}

// nodes looks up the requests that an option names, each once, in the order of the input.
func (r *selectReader[R, K]) nodes(option string, keys []R) []int32 {
	var nodes []int32
	for _, key := range keys {
		if node, ok := r.requestOf[key]; ok {
			nodes = append(nodes, node)
		} else {
			r.report(fmt.Errorf("prioritize: %w: %s names request %q",
				prioritize.ErrUnknown, option, fmt.Sprint(key)))
		}
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

// checkGroups reports the musts that exclude each other.
func (r *selectReader[R, K]) checkGroups(p *knapsack.Problem) {
	for _, group := range p.Groups {
		first := int32(-1)
		for _, v := range group {
			if _, must := slices.BinarySearch(p.Forced, v); !must {
				continue
			}
			if first >= 0 {
				r.report(fmt.Errorf("prioritize: %w: %q and %q exclude each other",
					ErrMusts, r.keyOf(first), r.keyOf(v)))
				continue
			}
			first = v
		}
	}
}

// checkFit reports the musts if they do not fit.
func (r *selectReader[R, K]) checkFit(in *selectInput, capacity decimal.Decimal) {
	_, units := in.problem.Close(in.problem.Forced)
	if units <= in.problem.Capacity {
		return
	}
	e := &MustsError{Cost: in.cost(units), Capacity: capacity}
	e.Shortfall = e.Cost.Sub(capacity)
	for _, v := range in.problem.Forced {
		e.Keys = append(e.Keys, r.keyOf(v))
	}
	r.report(e)
}

func (r *selectReader[R, K]) keyOf(node int32) string {
	return fmt.Sprint(r.requests[int(node)-len(r.items)].Key)
}

// lists returns for each of n nodes what it needs. The arcs are sorted by who needs.
func lists(n int, arcs []closure.Arc) [][]int32 {
	needs, all := make([][]int32, n), make([]int32, len(arcs))
	for i := 0; i < len(arcs); {
		start, v := i, arcs[i].From
		for ; i < len(arcs) && arcs[i].From == v; i++ {
			all[i] = arcs[i].To
		}
		needs[v] = all[start:i:i]
	}
	return needs
}

// checkCapacity returns a [*prioritize.FieldError] unless d is a capacity. It may have more digits than a cost, as it
// is rounded down to the finest digit of those.
func checkCapacity(field string, d decimal.Decimal) error {
	if d.IsNegative() || d.Coefficient().BitLen() > bounds.Digits*10/3 ||
		d.Exponent() > bounds.Exponent || d.Exponent() < -bounds.Exponent {
		return newWholes(field, 1).read(d)
	}
	return nil
}

// wholeCapacity returns the capacity in units of 10^exp, rounded down: the costs are multiples of that.
func wholeCapacity(d decimal.Decimal, exp int32) int64 {
	units := d.Shift(-exp).Floor().BigInt()
	if !units.IsInt64() {
		return maxWhole
	}
	return min(units.Int64(), maxWhole)
}
