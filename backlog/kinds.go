package backlog

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ForKind returns check for stories of one kind; others meet it.
//
//	Ready: append(backlog.DefaultReady(), backlog.ForKind(story.Defect, backlog.CriterionCheck()))
func ForKind(kind story.Kind, check Check) Check {
	return onlyFor(check, func(other story.Kind) bool { return other == kind })
}

// ExceptKinds returns check for stories of other kinds than these, which meet it.
func ExceptKinds(check Check, kinds ...story.Kind) Check {
	kinds = slices.Clone(kinds)
	return onlyFor(check, func(kind story.Kind) bool { return !slices.Contains(kinds, kind) })
}

func onlyFor(check Check, applies func(story.Kind) bool) Check {
	if check.Missing == nil { // is no check, as New finds
		return check
	}
	return Check{check.Name, func(s CheckedStory) string {
		if !applies(s.Story.Details.Value().Kind) {
			return ""
		}
		return check.Missing(s)
	}}
}

// CriterionCheck is met by a story with an acceptance criterion.
func CriterionCheck() Check {
	return Check{"criteria", func(s CheckedStory) string {
		if s.Story.Criteria.IsZero() {
			return "at least one acceptance criterion"
		}
		return ""
	}}
}

// Allocation keeps a part of a capacity for stories of one kind: "20 % for chores".
type Allocation struct {
	Kind    story.Kind      `json:"kind"`
	Percent decimal.Decimal `json:"percent"` // of the capacity, > 0
}

// AllocatedFill is a [SprintFill] in which parts of the capacity were kept for kinds of work.
type AllocatedFill struct {
	SprintFill
	Used []AllocationUse `json:"used"` // one for each allocation, in their order
	// Displaced are the stories that [View.SprintFill] would have taken and that stayed out for what was
	// kept, in the order of the backlog.
	Displaced []story.ID `json:"displaced"`
}

// AllocationUse is what came of an [Allocation].
type AllocationUse struct {
	Allocation
	Kept   decimal.Decimal `json:"kept"`   // points of the capacity
	Points decimal.Decimal `json:"points"` // of the stories of that kind that were taken, more than Kept where there was room
}

// AllocatedFill is [View.SprintFill] with parts of the capacity kept for kinds of work. A story of such a kind
// uses what is kept for it first and then the rest, every other story only the rest; what is kept and not used
// stays free. It changes nothing.
//
// It returns a [*field.Error] for a kind that comes twice, and for parts that are not above 0 or above 100 %
// together.
func (b *View) AllocatedFill(
	team story.Team, capacity decimal.Decimal, allocations []Allocation, at time.Time,
) (AllocatedFill, error) {
	if err := checkAllocations(capacity, allocations); err != nil {
		return AllocatedFill{}, err
	}
	fill := AllocatedFill{Used: make([]AllocationUse, len(allocations)), Displaced: []story.ID{}}
	rest := capacity // of what is kept for nobody
	left := make(map[story.Kind]decimal.Decimal, len(allocations))
	for i, one := range allocations {
		kept := capacity.Mul(one.Percent).Shift(-2)
		fill.Used[i] = AllocationUse{Allocation: one, Kept: kept}
		left[one.Kind] = kept
		rest = rest.Sub(kept)
	}
	points := make(map[story.Kind]decimal.Decimal)
	fill.SprintFill = b.fill(team, capacity, at,
		func(s *story.Story) decimal.Decimal { return rest.Add(left[s.Details.Value().Kind]) },
		func(s *story.Story, size decimal.Decimal) {
			kind := s.Details.Value().Kind
			own := decimal.Min(size, left[kind])
			left[kind] = left[kind].Sub(own)
			rest = rest.Sub(size.Sub(own))
			points[kind] = points[kind].Add(size)
		})
	for i := range fill.Used {
		fill.Used[i].Points = points[fill.Used[i].Kind]
	}
	for _, id := range b.SprintFill(team, capacity, at).Stories {
		if !slices.Contains(fill.Stories, id) {
			fill.Displaced = append(fill.Displaced, id)
		}
	}
	return fill, nil
}

func checkAllocations(capacity decimal.Decimal, allocations []Allocation) error {
	if err := field.CheckNumber("backlog", "capacity", capacity); err != nil {
		return err
	}
	const most = 100
	if err := field.CheckLen("backlog", "allocations", len(allocations), most); err != nil {
		return err
	}
	var errs []error
	sum := decimal.Zero
	for i, one := range allocations {
		path := field.Index("allocations", i)
		err := field.CheckNumber("backlog", path+".percent", one.Percent)
		if err == nil && one.Percent.Sign() <= 0 {
			err = fieldError(path+".percent", one.Percent.String(), "more than 0")
		}
		if err == nil {
			sum = sum.Add(one.Percent)
		}
		if slices.ContainsFunc(allocations[:i], func(a Allocation) bool { return a.Kind == one.Kind }) {
			err = field.Join(err, fieldError(path+".kind", string(one.Kind), "each kind once"))
		}
		errs = append(errs, err)
	}
	if sum.GreaterThan(decimal.NewFromInt(most)) {
		errs = append(errs, fieldError("allocations", fmt.Sprint(sum, " %"), "at most 100 % together"))
	}
	return field.Join(errs...)
}
