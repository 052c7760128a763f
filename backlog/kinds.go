package backlog

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// OnlyFor returns c for stories of these kinds; others meet it.
//
//	Ready: append(backlog.DefaultReady(), backlog.CriterionCheck().OnlyFor(story.Defect))
func (c Check) OnlyFor(kinds ...story.Kind) Check { return c.where(kinds, true) }

// Except returns c for stories of other kinds than these, which meet it.
func (c Check) Except(kinds ...story.Kind) Check { return c.where(kinds, false) }

// where returns c for stories whose kind is one of these, or is not.
func (c Check) where(kinds []story.Kind, is bool) Check {
	if c.Missing == nil { // is no check, as New finds
		return c
	}
	kinds = slices.Clone(kinds)
	return Check{c.Name, func(s CheckedStory) string {
		if slices.Contains(kinds, s.Story.Details.Value().Kind) != is {
			return ""
		}
		return c.Missing(s)
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

// AllocatedFill is [View.SprintFill] with parts of the capacity kept for kinds of work or for themes, such as
// those of [roadmap.Increment]. A story that an allocation is for uses what is kept by it first and then the
// rest, every other story only the rest; what is kept and not used stays free. It changes nothing.
//
// It returns a [*field.Error] for a capacity below 0, for a kind or theme that comes twice, and for parts that are not above 0 or above
// 100 % together; [ErrNotFound] for a theme.
func (b *View) AllocatedFill(
	team story.Team, capacity decimal.Decimal, allocations []roadmap.Allocation, at time.Time,
) (SprintFill, error) {
	err := field.CheckNumber("backlog", "capacity", capacity)
	if err == nil && capacity.IsNegative() {
		err = fieldError("capacity", capacity.String(), "0 or more")
	}
	if err == nil {
		err = b.checkAllocations("allocations", allocations)
	}
	if err != nil {
		return SprintFill{}, err
	}
	used := make([]roadmap.AllocationUse, len(allocations))
	rest := capacity // of what is kept for nobody
	left := make(map[int]decimal.Decimal, len(allocations))
	for i, one := range allocations {
		kept := capacity.Mul(one.Percent).Shift(-2)
		used[i] = roadmap.AllocationUse{Allocation: one, Kept: kept}
		left[i] = kept
		rest = rest.Sub(kept)
	}
	fill := b.fill(team, capacity, at,
		func(s *story.Story) decimal.Decimal { return rest.Add(left[b.allocationOf(s, allocations)]) },
		func(s *story.Story, size decimal.Decimal) {
			i := b.allocationOf(s, allocations)
			own := decimal.Min(size, left[i])
			rest = rest.Sub(size.Sub(own))
			if i >= 0 {
				left[i] = left[i].Sub(own)
				used[i].Points = used[i].Points.Add(size)
			}
		})
	fill.Used = used
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
