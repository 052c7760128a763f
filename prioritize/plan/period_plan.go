package plan

import (
	"cmp"
	"fmt"
	"slices"
)

// plan returns where everything is, once the periods are filled.
func (in *splitInput[K]) plan() *Schedule[K] {
	s := &in.split
	result := &Schedule[K]{
		Periods:  make([]Period[K], len(in.capacities)),
		LeftOver: []OmittedItem[K]{}, Moved: []MovedPromise[K]{},
	}
	load := make([]int64, len(in.capacities))
	for p := range result.Periods {
		result.Periods[p] = Period[K]{Items: []PeriodItem[K]{}, Capacity: in.capacities[p]}
	}
	for i, at := range in.at {
		if !s.placed[i] {
			result.LeftOver = append(result.LeftOver,
				OmittedItem[K]{Key: in.items[at].Key, Index: at, Why: in.whyLeftOver(i)})
			continue
		}
		for _, part := range s.parts[i] {
			load[part.period] += part.units
			result.Periods[part.period].Items = append(result.Periods[part.period].Items, PeriodItem[K]{
				Key: in.items[at].Key, Index: at, Load: in.amount(part.units),
				First: s.first(i), Last: s.last(i), Promised: s.promised[i] == s.last(i),
			})
		}
	}
	for p := range result.Periods {
		result.Periods[p].Load = in.amount(load[p])
		slices.SortStableFunc(result.Periods[p].Items, func(a, b PeriodItem[K]) int {
			return cmp.Compare(a.First, b.First)
		})
	}
	for i, at := range in.at {
		if from := s.promised[i]; from >= 0 && s.last(i) != from {
			result.Moved = append(result.Moved, MovedPromise[K]{
				Key: in.items[at].Key, From: from, To: s.last(i), Why: in.whyMoved(i),
			})
		}
	}
	return result
}

// first returns the period in which a placed item begins.
func (s *split) first(i int) int { return s.parts[i][0].period }

// last returns the period in which an item is done, -1 if it is left over.
func (s *split) last(i int) int {
	if !s.placed[i] {
		return -1
	}
	return s.parts[i][len(s.parts[i])-1].period
}

func (in *splitInput[K]) whyLeftOver(i int) string {
	s := &in.split
	for _, need := range s.needs[i] {
		if !s.placed[need] {
			return fmt.Sprintf("needs %q, which is left over", in.keyText(int(need)))
		}
	}
	if s.tooLarge[i] {
		return fmt.Sprintf("its size of %s was more than what was left when its turn came",
			in.amount(s.size[i]))
	}
	if s.blockedBy >= 0 && s.blockedBy < i {
		return fmt.Sprintf("comes after %q, for which no room is left", in.keyText(s.blockedBy))
	}
	return fmt.Sprintf("no room is left for its size of %s", in.amount(s.size[i]))
}

func (in *splitInput[K]) whyMoved(i int) string {
	s := &in.split
	b, ok := s.moves[i]
	switch {
	case ok && b.after >= 0:
		return fmt.Sprintf("needs %q, which is promised for period %d", in.keyText(b.need), b.after)
	case ok && b.need >= 0:
		return fmt.Sprintf("needs %q, for which %s more capacity is wanted by then",
			in.keyText(b.need), in.amount(b.short))
	case ok:
		return fmt.Sprintf("%s more capacity wanted beside other promises", in.amount(b.short))
	default:
		return "what it needs is not done by then"
	}
}
