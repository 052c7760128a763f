package plan

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/delay"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/closure"
	"github.com/backlogkit/backlogkit/prioritize/internal/precedence"
)

// Item is one item for [Sequence] to put in order.
type Item[K comparable] struct {
	Key         K               `json:"key"`
	Size        decimal.Decimal `json:"size"`          // how long it takes, >= 0, in any unit of time
	CostOfDelay decimal.Decimal `json:"cost_of_delay"` // of each unit of time until it is done, >= 0
	Needs       []K             `json:"needs,omitzero"`
	// Profile takes the place of CostOfDelay where it is not nil. It has to be a straight line, see
	// [delay.Profile.Rate]: a ratio finds no best order under others.
	Profile *delay.Profile `json:"profile,omitzero"`
}

// SequenceOptions bound the work of [Sequence]. The zero value is the default.
type SequenceOptions struct {
	// Steps is how many sets of items the search may look at once the exact part is done, a few
	// per microsecond. 0 means 1,000,000; below 0 there is no search.
	Steps int64 `json:"steps,omitzero"`
}

const defaultSteps = 1_000_000

// Order is an order of items and what is known about it. See [Sequence].
type Order[K comparable] struct {
	Items  []OrderedItem[K] `json:"items"`  // in the order found
	Blocks []Block          `json:"blocks"` // in the same order
	// Cost is the sum of cost of delay x completion time, exactly.
	Cost decimal.Decimal `json:"cost"`
	// LowerBound is what no order can cost less than. It is equal to Cost where Proven.
	LowerBound decimal.Decimal `json:"lower_bound"`
	// Proven reports whether no order costs less.
	Proven bool `json:"proven"`
	// ReadyQueueCost is what it would cost to always take, of what is ready, the item of highest
	// ratio. It is never below Cost.
	ReadyQueueCost decimal.Decimal `json:"ready_queue_cost"`
}

// OrderedItem is one item of an [Order].
type OrderedItem[K comparable] struct {
	Key        K               `json:"key"`
	Index      int             `json:"index"`      // in the input, from 0
	Rank       int             `json:"rank"`       // in the order, from 1
	OwnRank    int             `json:"own_rank"`   // what it would be if nothing needed anything
	Completion decimal.Decimal `json:"completion"` // when it is done: the sizes up to and with its own
	Block      int             `json:"block"`      // in Order.Blocks, from 0
	// PulledBy is the rank of the item that pulls this one forward, 0 if none does: of those in its
	// block that need it, also by way of others, the one of highest own ratio; without any, of those in
	// blocks of equal ratio that need it, the one of first own rank.
	PulledBy int `json:"pulled_by,omitzero"`
	// WaitsFor is the rank of the item that holds this one back, 0 if none does: of those in its
	// block that it needs, also by way of others, the one of lowest own ratio; without any, of those in
	// blocks of equal ratio that it needs, the one of last own rank.
	WaitsFor int `json:"waits_for,omitzero"`
}

// Block is a run of an [Order] that is best kept together. Its ratio is the
// dependency-adjusted score of each of its items: their cost of delay / size, corrected for what
// they need and what needs them.
type Block struct {
	First       int             `json:"first"` // the rank of its first item
	Last        int             `json:"last"`  // the rank of its last item
	Size        decimal.Decimal `json:"size"`
	CostOfDelay decimal.Decimal `json:"cost_of_delay"`
}

// Ratio returns CostOfDelay / Size, rounded half-up to scale places, 0 to 5000. It reports false
// where Size is 0.
func (b Block) Ratio(scale int32) (decimal.Decimal, bool) {
	scale = min(max(scale, 0), bounds.Scale)
	if b.Size.IsZero() {
		return decimal.Decimal{}, false
	}
	return b.CostOfDelay.DivRound(b.Size, scale), true
}

// Sequence finds the order in which the least value is lost: the sum over all items of cost of
// delay x completion time is least, and every item comes after those it needs. Without needs that
// is the order by falling cost of delay / size (Smith 1956), which WSJF and CD3 use. With needs
// the problem is NP-hard, and scoring item by item loses value: a cheap prerequisite of something
// urgent waits at the end of the queue.
//
// The items fall into blocks by falling ratio (Sidney 1975), exactly and in little more than
// linear time. Where needs form trees or are made of series and parallels, or a block is small,
// the order in a block is the best too. Otherwise a search looks for it until opts.Steps are used
// up. The result holds whether it is proven the best, and else a bound on how far it can be from that: see
// [Order.Gap]. It never costs more than the ready queue's order. Blocks of equal ratio stand in
// the order of the input, as far as needs allow.
//
// Errors: [prioritize.ErrInvalid] for a negative size or cost of delay, for a profile that is no straight line, or when the values of one kind, as
// multiples of the finest digit in use among them, do not add up to less than 2^62;
// [prioritize.ErrDuplicate]; [prioritize.ErrUnknown] for a need that is not there; a [*CycleError] with a shortest
// cycle. All that is found is in the error, the items in order, the cycle last.
func Sequence[K comparable](
	items []Item[K], opts SequenceOptions,
) (*Order[K], error) {
	in, err := readSequence(items)
	if err != nil {
		return nil, err
	}
	steps := opts.Steps
	if steps == 0 {
		steps = defaultSteps
	}
	solution := in.problem.Solve(max(steps, 0))
	return newOrder(items, in, solution), nil
}

func newOrder[K comparable](
	items []Item[K], in sequenceInput, solution precedence.Solution,
) *Order[K] {
	money := func(v closure.Int) decimal.Decimal {
		return decimal.NewFromBigInt(v.Big(), in.sizeExp+in.weightExp)
	}
	s := &Order[K]{
		Items:          make([]OrderedItem[K], len(items)),
		Blocks:         make([]Block, len(solution.Blocks)),
		Cost:           money(solution.Cost),
		LowerBound:     money(solution.Bound),
		Proven:         solution.Bound == solution.Cost,
		ReadyQueueCost: money(solution.Ready),
	}
	rank := make([]int, len(items))
	for i, v := range solution.Order {
		rank[v] = i + 1
	}
	rankOf := func(v int32) int {
		if v < 0 {
			return 0
		}
		return rank[v]
	}
	first, now := 1, int64(0)
	for k, b := range solution.Blocks {
		s.Blocks[k] = Block{
			First: first, Last: int(b.To),
			Size:        decimal.New(b.Size, in.sizeExp),
			CostOfDelay: decimal.New(b.Weight, in.weightExp),
		}
		for ; first <= int(b.To); first++ {
			v := solution.Order[first-1]
			now += in.problem.Size[v]
			s.Items[first-1] = OrderedItem[K]{
				Key: items[v].Key, Index: int(v), Rank: first, Block: k,
				Completion: decimal.New(now, in.sizeExp),
				PulledBy:   rankOf(solution.Why[v].PulledBy),
				WaitsFor:   rankOf(solution.Why[v].WaitsFor),
			}
		}
	}
	for i, v := range in.problem.Smith() {
		s.Items[rank[v]-1].OwnRank = i + 1
	}
	s.explainEqual(in.problem.Needs, rank)
	return s
}

// explainEqual enters, for items that no other of their block moved, which need of theirs did: of blocks of
// equal ratio, the one that is needed goes first.
func (s *Order[K]) explainEqual(needs []closure.Arc, rank []int) {
	alone := make([]bool, len(s.Items))
	for i, item := range s.Items {
		alone[i] = item.PulledBy == 0 && item.WaitsFor == 0
	}
	ownRank := func(rank int) int { return s.Items[rank-1].OwnRank }
	for _, need := range needs {
		late, early := rank[need.From], rank[need.To]
		if ownRank(late) > ownRank(early) || !alone[late-1] && !alone[early-1] || !s.sameRatio(late, early) {
			continue
		}
		item := &s.Items[late-1]
		if alone[late-1] && late > item.OwnRank && (item.WaitsFor == 0 || ownRank(early) > ownRank(item.WaitsFor)) {
			item.WaitsFor = early
		}
		item = &s.Items[early-1]
		if alone[early-1] && early < item.OwnRank && (item.PulledBy == 0 || ownRank(late) < ownRank(item.PulledBy)) {
			item.PulledBy = late
		}
	}
}

// sameRatio reports whether the items of two ranks are in blocks of equal ratio, which without a size is
// infinite.
func (s *Order[K]) sameRatio(rank, other int) bool {
	a, b := s.Blocks[s.Items[rank-1].Block], s.Blocks[s.Items[other-1].Block]
	if a.Size.IsZero() || b.Size.IsZero() {
		return a.Size.IsZero() && b.Size.IsZero()
	}
	return a.CostOfDelay.Mul(b.Size).Equal(b.CostOfDelay.Mul(a.Size))
}

// Keys returns the keys in order.
func (s *Order[K]) Keys() []K {
	order := make([]K, len(s.Items))
	for i, item := range s.Items {
		order[i] = item.Key
	}
	return order
}

// Gap returns the share of Cost that a better order can save at most, from 0 to 1, rounded up to
// scale places, 0 to 5000. It is 0 exactly where the order is proven the best.
func (s *Order[K]) Gap(scale int32) decimal.Decimal {
	return gap(s.Cost.Sub(s.LowerBound), s.Cost, scale)
}

// Reason returns in words why the item of the given rank, from 1, stands there: `rank 9 -> 2 because
// "dashboard", alone rank 1, needs it`. It returns "" if there is no such rank.
func (s *Order[K]) Reason(rank int) string {
	if rank < 1 || rank > len(s.Items) {
		return ""
	}
	item := s.Items[rank-1]
	move := fmt.Sprintf("rank %d", rank)
	if item.OwnRank != rank {
		move = fmt.Sprintf("rank %d -> %d", item.OwnRank, rank)
	}
	switch {
	case item.PulledBy > 0:
		by := s.Items[item.PulledBy-1]
		return fmt.Sprintf("%s because %q, alone rank %d, needs it",
			move, fmt.Sprint(by.Key), by.OwnRank)
	case item.WaitsFor > 0:
		of := s.Items[item.WaitsFor-1]
		return fmt.Sprintf("%s because it needs %q, alone rank %d",
			move, fmt.Sprint(of.Key), of.OwnRank)
	case item.OwnRank != rank:
		return move + " because others moved"
	default:
		return move
	}
}
