package plan

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// splitInput is what [Split] works on.
type splitInput[K comparable] struct {
	items      []Item[K]
	capacities []decimal.Decimal
	at         []int // by place in the order: the index of the item
	exp        int32 // sizes are in units of 10 to the power of it
	split      split
}

// splitReader collects what is wrong with the input.
type splitReader[K comparable] struct {
	items    []Item[K]
	index    map[K]int
	problems []error
}

func (r *splitReader[K]) report(format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf("prioritize: "+format, args...))
}

// readSplit checks the input and brings it to whole numbers. It reports all that is wrong: with the
// items, the order, the capacities and the promises, in that order.
func readSplit[K comparable](
	items []Item[K], order []K, capacities []decimal.Decimal, opts SplitOptions[K],
) (*splitInput[K], error) {
	sequence, err := readSequence(items)
	r := splitReader[K]{items: items, index: make(map[K]int, len(items))}
	if err != nil {
		r.problems = append(r.problems, err)
	}
	for i := len(items) - 1; i >= 0; i-- {
		r.index[items[i].Key] = i
	}
	in := &splitInput[K]{items: items, capacities: capacities, exp: sequence.sizeExp}
	in.at = r.readOrder(order)
	r.checkCapacities(capacities)
	if !opts.Spill {
		r.checkSizes(capacities)
	}
	promised := readPromises(
		&r.problems, "item", r.index, len(items), opts.Promised, len(capacities))
	if len(r.problems) > 0 {
		return nil, fault.Join(r.problems...)
	}
	in.split = split{spill: opts.Spill, fillGaps: opts.FillGaps}
	if opts.Spill {
		if err := in.refine(sequence.problem.Size); err != nil {
			return nil, err
		}
	}
	for _, i := range in.at {
		in.split.size = append(in.split.size, sequence.problem.Size[i])
		in.split.promised = append(in.split.promised, promised[i])
	}
	for _, c := range capacities {
		in.split.capacity = append(in.split.capacity, wholeCapacity(c, in.exp))
	}
	r.link(in, sequence.problem.Needs)
	return in, fault.Join(r.problems...)
}

// readOrder returns the indices of the items in order.
func (r *splitReader[K]) readOrder(order []K) []int {
	at, seen := make([]int, 0, len(r.items)), make([]bool, len(r.items))
	for place, key := range order {
		switch i, ok := r.index[key]; {
		case !ok:
			r.report("%w: the order has %q at %d", prioritize.ErrUnknown, fmt.Sprint(key), place)
		case seen[i]:
			r.report("%w: the order has %q again at %d", prioritize.ErrDuplicate, fmt.Sprint(key), place)
		default:
			seen[i] = true
			at = append(at, i)
		}
	}
	for i, item := range r.items {
		if !seen[i] && r.index[item.Key] == i {
			key := fmt.Sprint(item.Key)
			r.problems = append(r.problems,
				&prioritize.FieldError{Field: "order", Value: "without " + key, Want: "each item once"})
		}
	}
	return at
}

// refine makes the unit of the sizes so fine that capacities are multiples of it, those apart that are
// more than all items need.
func (in *splitInput[K]) refine(sizes []int64) error {
	total, finest := int64(0), in.exp
	for _, size := range sizes {
		total += size
	}
	for p, c := range in.capacities {
		if c.Cmp(in.amount(total)) >= 0 {
			continue
		}
		w := newWholes(fmt.Sprintf("capacity of period %d", p), 1)
		if err := w.read(c); err != nil {
			return err
		}
		if w.units[0] != 0 {
			finest = min(finest, int32(w.exps[0]))
		}
	}
	for ; in.exp > finest; in.exp-- {
		if total > maxWhole/10 {
			return (&wholes{field: "size", exp: finest}).tooLarge()
		}
		total *= 10
		for i := range sizes {
			sizes[i] *= 10
		}
	}
	return nil
}

// link enters the needs, and reports where the order has an item ahead of what it needs.
func (r *splitReader[K]) link(in *splitInput[K], arcs []closure.Arc) {
	n := len(in.at)
	place := make([]int32, n)
	for p, i := range in.at {
		place[i] = int32(p)
	}
	in.split.needs = make([][]int32, n)
	reverse := make([][]int32, n)
	for _, a := range arcs {
		i, j := place[a.From], place[a.To]
		in.split.needs[i] = append(in.split.needs[i], j)
		reverse[j] = append(reverse[j], i)
		if j > i {
			r.problems = append(r.problems, &prioritize.FieldError{
				Field: "order",
				Value: fmt.Sprintf("%v before %v", r.items[a.From].Key, r.items[a.To].Key),
				Want:  "what is needed first",
			})
		}
	}
	in.split.neededBy = reverse
}

func (r *splitReader[K]) checkCapacities(capacities []decimal.Decimal) {
	r.problems = append(r.problems, capacityErrors(capacities)...)
}

// capacityErrors returns what is wrong with capacities.
func capacityErrors(capacities []decimal.Decimal) (problems []error) {
	if len(capacities) == 0 {
		problems = append(problems,
			&prioritize.FieldError{Field: "capacities", Value: "", Want: "at least one"})
	}
	for p, c := range capacities {
		if err := checkCapacity(fmt.Sprintf("capacity of period %d", p), c); err != nil {
			problems = append(problems, err)
		}
	}
	return problems
}

// checkSizes reports the items that are larger than every period.
func (r *splitReader[K]) checkSizes(capacities []decimal.Decimal) {
	if len(r.problems) > 0 || len(capacities) == 0 {
		return
	}
	largest := decimal.Max(capacities[0], capacities[1:]...)
	for i, item := range r.items {
		if item.Size.Cmp(largest) > 0 {
			r.problems = append(r.problems, &prioritize.ItemError{
				Index: i, Key: fmt.Sprint(item.Key), Err: &prioritize.FieldError{
					Field: "size", Value: shortText(item.Size),
					Want: "at most " + shortText(largest) + ", the largest capacity",
				},
			})
		}
	}
}

// readPromises returns by index for which period something is promised, -1 for none.
func readPromises[K comparable](
	problems *[]error, kind string, index map[K]int, n int, promises []Promise[K], periods int,
) []int {
	promised := make([]int, n)
	for i := range promised {
		promised[i] = -1
	}
	report := func(err error) { *problems = append(*problems, err) }
	for _, promise := range promises {
		key := fmt.Sprint(promise.Key)
		i, ok := index[promise.Key]
		switch {
		case !ok:
			report(fmt.Errorf("prioritize: %w: promised names %s %q", prioritize.ErrUnknown, kind, key))
		case promise.Period < 0 || promise.Period >= periods:
			report(&prioritize.FieldError{
				Field: fmt.Sprintf("period promised for %q", key),
				Value: fmt.Sprint(promise.Period), Want: fmt.Sprintf("from 0 to %d", periods-1),
			})
		case promised[i] >= 0:
			report(fmt.Errorf("prioritize: %w: promised names %s %q again", prioritize.ErrDuplicate, kind, key))
		default:
			promised[i] = promise.Period
		}
	}
	return promised
}
