package backlog

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
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

// AllocatedFill is a [SprintFill] in which parts of the capacity were kept for kinds of work or for themes.
type AllocatedFill struct {
	SprintFill
	Used []roadmap.AllocationUse `json:"used"` // one for each allocation, in their order
	// Displaced are the stories that [View.SprintFill] would have taken and that stayed out for what was
	// kept, in the order of the backlog.
	Displaced []story.ID `json:"displaced"`
}

// AllocatedFill is [View.SprintFill] with parts of the capacity kept for kinds of work or for themes, such as
// those of [roadmap.Increment]. A story that an allocation is for uses what is kept by it first and then the
// rest, every other story only the rest; what is kept and not used stays free. It changes nothing.
//
// It returns a [*field.Error] for a capacity below 0, for a kind or theme that comes twice, and for parts that are not above 0 or above
// 100 % together; [ErrNotFound] for a theme.
func (b *View) AllocatedFill(
	team story.Team, capacity decimal.Decimal, allocations []roadmap.Allocation, at time.Time,
) (AllocatedFill, error) {
	err := field.CheckNumber("backlog", "capacity", capacity)
	if err == nil && capacity.IsNegative() {
		err = fieldError("capacity", capacity.String(), "0 or more")
	}
	if err == nil {
		err = b.checkAllocations("allocations", allocations)
	}
	if err != nil {
		return AllocatedFill{}, err
	}
	fill := AllocatedFill{Used: make([]roadmap.AllocationUse, len(allocations)), Displaced: []story.ID{}}
	rest := capacity // of what is kept for nobody
	left := make(map[int]decimal.Decimal, len(allocations))
	for i, one := range allocations {
		kept := capacity.Mul(one.Percent).Shift(-2)
		fill.Used[i] = roadmap.AllocationUse{Allocation: one, Kept: kept}
		left[i] = kept
		rest = rest.Sub(kept)
	}
	fill.SprintFill = b.fill(team, capacity, at,
		func(s *story.Story) decimal.Decimal { return rest.Add(left[b.allocationOf(s, allocations)]) },
		func(s *story.Story, size decimal.Decimal) {
			i := b.allocationOf(s, allocations)
			own := decimal.Min(size, left[i])
			rest = rest.Sub(size.Sub(own))
			if i >= 0 {
				left[i] = left[i].Sub(own)
				fill.Used[i].Points = fill.Used[i].Points.Add(size)
			}
		})
	taken := make(map[story.ID]bool, len(fill.Stories))
	for _, id := range fill.Stories {
		taken[id] = true
	}
	for _, id := range b.SprintFill(team, capacity, at).Stories {
		if !taken[id] {
			fill.Displaced = append(fill.Displaced, id)
		}
	}
	return fill, nil
}

// allocationOf returns the index of the first allocation that a story counts for, -1 for none.
func (b *View) allocationOf(s *story.Story, allocations []roadmap.Allocation) int {
	kind, theme := s.Details.Value().Kind, roadmap.ThemeID{}
	if entry := b.features.byID[s.Feature]; entry != nil {
		theme = entry.feature.Theme
	}
	return slices.IndexFunc(allocations, func(a roadmap.Allocation) bool {
		if a.Theme.IsZero() {
			return a.Kind == kind
		}
		return a.Theme == theme
	})
}
