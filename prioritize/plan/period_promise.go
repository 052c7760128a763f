package plan

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// ErrPromise is the class of [PromiseError].
var ErrPromise = errors.New("promise can't be kept")

// PromiseError is returned for items or requests that can't be done in the period they are promised for. It is
// an [ErrPromise].
type PromiseError struct {
	Period int      // from 0
	Keys   []string // what is promised, as text, in order
	// Need is what Keys need, also by way of others, that is in the way: there is no room for it by
	// then, or it is itself promised for later. It is empty where Keys themselves do not fit.
	Need string
	// NeedPeriod is the later period Need is promised for, -1 if it is not.
	NeedPeriod int
	// Shortfall is how much room is missing, beside that of other promises; 0 where Need is promised
	// for later.
	Shortfall decimal.Decimal
}

// Error reads `prioritize: promise can't be kept: "a", "b" in period 1: 2 more capacity wanted`.
func (e *PromiseError) Error() string {
	keys := make([]string, len(e.Keys))
	for i, key := range e.Keys {
		keys[i] = fmt.Sprintf("%q", key)
	}
	text := fmt.Sprintf("prioritize: %v: %s in period %d: ",
		ErrPromise, strings.Join(keys, ", "), e.Period)
	switch {
	case e.Need == "":
		return text + shortText(e.Shortfall) + " more capacity wanted"
	case e.NeedPeriod < 0:
		return fmt.Sprintf("%s%q is needed by then, %s more capacity wanted",
			text, e.Need, shortText(e.Shortfall))
	default:
		return fmt.Sprintf("%s%q is needed, but promised for period %d", text, e.Need, e.NeedPeriod)
	}
}

// Is reports whether target is [ErrPromise].
func (e *PromiseError) Is(target error) bool { return target == ErrPromise }

// promiseErrors names all promises that can't be kept: first what does not fit into a period
// together, by period, then the others.
func (in *splitInput[K]) promiseErrors(broken []promiseProblem) error {
	s := &in.split
	full := make([]bool, len(s.capacity))
	counts := make([]bool, len(s.size)) // whether it must fit into its period as a whole
	copy(counts, s.fixed)
	for _, b := range broken {
		whole := b.need < 0 && !s.canSpillUpTo(b.item, s.promised[b.item])
		counts[b.item] = counts[b.item] || whole
		if whole {
			full[s.promised[b.item]] = true
		}
	}
	together := make([]*PromiseError, len(s.capacity))
	load := make([]int64, len(s.capacity))
	for i, p := range s.promised {
		if p < 0 || !full[p] || !counts[i] || s.canSpillUpTo(i, p) {
			continue
		}
		if together[p] == nil {
			together[p] = &PromiseError{Period: p, NeedPeriod: -1}
		}
		together[p].Keys = append(together[p].Keys, in.keyText(i))
		load[p] += s.size[i]
	}
	var problems []error
	for p, e := range together {
		if e != nil {
			e.Shortfall = in.amount(load[p]).Sub(in.capacities[p])
			problems = append(problems, e)
		}
	}
	for _, b := range broken {
		p := s.promised[b.item]
		if b.need < 0 && !s.canSpillUpTo(b.item, p) {
			continue
		}
		e := &PromiseError{
			Period: p, Keys: []string{in.keyText(b.item)},
			NeedPeriod: b.after, Shortfall: in.amount(b.short),
		}
		if b.need >= 0 {
			e.Need = in.keyText(b.need)
		}
		problems = append(problems, e)
	}
	return fault.Join(problems...)
}

func (in *splitInput[K]) amount(units int64) decimal.Decimal { return decimal.New(units, in.exp) }

// keyText is the key of the item at a place in the order.
func (in *splitInput[K]) keyText(place int) string {
	return fmt.Sprint(in.items[in.at[place]].Key)
}
