package plan

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// TimeboxItem is one item of a timeframe that is being planned.
type TimeboxItem[K comparable] struct {
	Key      K                         `json:"key"`
	Category prioritize.MoSCoWCategory `json:"moscow"`
	Effort   decimal.Decimal           `json:"effort"` // in any unit, > 0; for won't >= 0, as it may not be estimated
}

// Validate returns a [*prioritize.FieldError] for each impossible value, a missing category among them,
// joined.
func (item TimeboxItem[K]) Validate() error {
	effort := bounds.Positive(item.Effort)
	if item.Category == prioritize.Wont {
		effort = bounds.NotNegative(item.Effort)
	}
	_, err := item.Category.MarshalText() // refuses a category that does not exist
	return fault.Join(err, wrong("effort", item.Effort, effort))
}

// TimeboxPolicy is what a plan is held against. The zero value is the rule of the handbook.
type TimeboxPolicy struct {
	// MustCeiling is the part of the effort that musts may take at most: 0.6 when not set, more
	// being a warning. In (0, 1].
	MustCeiling decimal.NullDecimal
	// CouldTarget is the part that coulds should take at least, as the first contingency: 0.2 when
	// not set, less being a warning. In [0, 1].
	CouldTarget decimal.NullDecimal
}

func (p TimeboxPolicy) mustCeiling() prioritize.Score {
	if !p.MustCeiling.Valid {
		return prioritize.Value(decimal.New(6, -1))
	}
	return prioritize.Value(p.MustCeiling.Decimal)
}

func (p TimeboxPolicy) couldTarget() prioritize.Score {
	if !p.CouldTarget.Valid {
		return prioritize.Value(decimal.New(2, -1))
	}
	return prioritize.Value(p.CouldTarget.Decimal)
}

// Validate returns a [*prioritize.FieldError] for each impossible value, joined, or nil.
func (p TimeboxPolicy) Validate() error {
	ceiling := bounds.Between(p.MustCeiling.Decimal, 0, 1)
	if p.MustCeiling.Valid && p.MustCeiling.Decimal.IsZero() {
		ceiling = "> 0"
	}
	return fault.Join(
		wrong("must ceiling", p.MustCeiling.Decimal, ceiling),
		wrong("could target", p.CouldTarget.Decimal, bounds.Between(p.CouldTarget.Decimal, 0, 1)),
	)
}

// TimeboxShares are the parts of the planned effort, exactly: must, should and could sum to 1. What
// won't be done is outside. They are unscored where nothing is planned.
type TimeboxShares struct {
	Must   prioritize.Score `json:"must,omitzero"`
	Should prioritize.Score `json:"should,omitzero"`
	Could  prioritize.Score `json:"could,omitzero"`
}

// BufferForMust is the effort that can be given up before a must is in danger, as a part of all:
// that of the shoulds and coulds.
func (s TimeboxShares) BufferForMust() prioritize.Score { return s.Should.Add(s.Could) }

// BufferForShould is the effort that can be given up before a should is in danger, as a part of
// all: that of the coulds.
func (s TimeboxShares) BufferForShould() prioritize.Score { return s.Could }

// TimeboxWarning is one share that is not as it should be. It is advice: the split is the team's.
type TimeboxWarning struct {
	Category prioritize.MoSCoWCategory `json:"category"`
	Share    prioritize.Score          `json:"share,omitzero"`
	Want     prioritize.Score          `json:"want,omitzero"` // at most this for must, at least this for could
}

// String reads "must takes 0.66 of the effort, want at most 0.6".
func (w TimeboxWarning) String() string {
	bound := "at least"
	if w.Category == prioritize.Must {
		bound = "at most"
	}
	return fmt.Sprintf("%s takes %s of the effort, want %s %s", w.Category, w.Share, bound, w.Want)
}

// Warnings holds the shares against the policy: musts above the ceiling, coulds below the target.
// What is exactly on the line passes.
func (p TimeboxPolicy) Warnings(s TimeboxShares) []TimeboxWarning {
	warnings := []TimeboxWarning{}
	if ceiling := p.mustCeiling(); s.Must.IsScored() && s.Must.Compare(ceiling) > 0 {
		warnings = append(warnings, TimeboxWarning{prioritize.Must, s.Must, ceiling})
	}
	if target := p.couldTarget(); s.Could.IsScored() && s.Could.Compare(target) < 0 {
		warnings = append(warnings, TimeboxWarning{prioritize.Could, s.Could, target})
	}
	return warnings
}

// Timebox is what a timeframe holds, and what gives way when it gets late.
type Timebox[K comparable] struct {
	Ranked []K `json:"ranked"` // by category, then in backlog order; won't last
	Fits   []K `json:"fits"`   // as many of Ranked as the capacity holds, from the first on
	Beyond []K `json:"beyond"` // the other shoulds and coulds, in the order of Ranked
	Wont   []K `json:"wont"`   // recorded, never planned, in backlog order

	DropFirst []K `json:"drop_first"` // the coulds, last first
	DropNext  []K `json:"drop_next"`  // the shoulds, last first, when no could is left; a must is never dropped

	Shares   TimeboxShares    `json:"shares"` // of all musts, shoulds and coulds, whether or not they fit
	Warnings []TimeboxWarning `json:"warnings"`
	Left     prioritize.Score `json:"left,omitzero"` // the capacity that Fits leaves
}

// FillTimebox plans a timeframe of the given capacity, in the unit of the efforts, from items in
// backlog order. Categories are worked through strictly in order: the first item that does not fit
// ends the plan, and no smaller one overtakes it. O(n).
//
// Impossible values are [*prioritize.ItemError] values, joined, as are a category that is missing and a key
// that comes twice ([prioritize.ErrDuplicate]). No items at all are a [*prioritize.FieldError]. Musts that do not fit are a [*MustsError]: they are
// guaranteed, and never cut silently.
//
// Source: DSDM Agile Project Framework handbook, "MoSCoW Prioritisation"; that a plan is blocked by
// musts that do not fit is what the guarantee comes to.
func FillTimebox[K comparable](
	items []TimeboxItem[K], capacity decimal.Decimal, policy TimeboxPolicy,
) (*Timebox[K], error) {
	if len(items) == 0 {
		return nil, &prioritize.FieldError{Field: "items", Value: "none", Want: "at least one"}
	}
	if err := fault.Join(
		checkItems(items), wrong("capacity", capacity, bounds.NotNegative(capacity)), policy.Validate(),
	); err != nil {
		return nil, err
	}
	var keys [prioritize.Wont + 1][]K
	for c := range keys { // none is [] in JSON
		keys[c] = []K{}
	}
	var effort [prioritize.Wont + 1][]prioritize.Score
	for _, item := range items {
		c := item.Category
		keys[c], effort[c] = append(keys[c], item.Key), append(effort[c], prioritize.Value(item.Effort))
	}
	if err := checkMusts(items, capacity); err != nil {
		return nil, err
	}
	result := &Timebox[K]{
		Wont: keys[prioritize.Wont], Shares: moscowShares(effort), Left: prioritize.Value(capacity),
		DropFirst: slices.Clone(keys[prioritize.Could]), DropNext: slices.Clone(keys[prioritize.Should]),
	}
	slices.Reverse(result.DropFirst)
	slices.Reverse(result.DropNext)
	result.Ranked = slices.Concat(keys[prioritize.Must], keys[prioritize.Should], keys[prioritize.Could], keys[prioritize.Wont])
	planned := slices.Concat(effort[prioritize.Must], effort[prioritize.Should], effort[prioritize.Could])
	fits := 0
	for fits < len(planned) && planned[fits].Compare(result.Left) <= 0 {
		result.Left = result.Left.Sub(planned[fits])
		fits++
	}
	result.Fits = result.Ranked[:fits:fits]
	result.Beyond = result.Ranked[fits:len(planned):len(planned)]
	result.Warnings = policy.Warnings(result.Shares)
	return result, nil
}

func moscowShares(effort [prioritize.Wont + 1][]prioritize.Score) TimeboxShares {
	must, should, could := total(effort[prioritize.Must]), total(effort[prioritize.Should]), total(effort[prioritize.Could])
	all := must.Add(should).Add(could)
	if all.Sign() == 0 {
		return TimeboxShares{}
	}
	return TimeboxShares{Must: must.Div(all), Should: should.Div(all), Could: could.Div(all)}
}

// total returns the exact sum.
func total(scores []prioritize.Score) prioritize.Score {
	sum := prioritize.Integer(0)
	for _, s := range scores {
		sum = sum.Add(s)
	}
	return sum
}

func checkItems[K comparable](items []TimeboxItem[K]) error {
	seen := make(map[K]int, len(items))
	var errs []error
	for i, item := range items {
		err := item.Validate()
		if first, ok := seen[item.Key]; ok {
			err = fault.Join(err, fmt.Errorf("%w: item %d has it already", prioritize.ErrDuplicate, first))
		} else {
			seen[item.Key] = i
		}
		if err != nil {
			errs = append(errs, &prioritize.ItemError{Index: i, Key: fmt.Sprint(item.Key), Err: err})
		}
	}
	return fault.Join(errs...)
}

// checkMusts returns a [*MustsError] if the musts do not fit.
func checkMusts[K comparable](items []TimeboxItem[K], capacity decimal.Decimal) error {
	e := &MustsError{Capacity: capacity}
	for _, item := range items {
		if item.Category == prioritize.Must {
			e.Keys, e.Cost = append(e.Keys, fmt.Sprint(item.Key)), e.Cost.Add(item.Effort)
		}
	}
	if e.Shortfall = e.Cost.Sub(capacity); e.Shortfall.Sign() > 0 {
		return e
	}
	return nil
}
