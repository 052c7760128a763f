package plan

import "slices"

// split is the problem of [Split], in whole units. Items are numbered by their place in
// the order, so that what an item needs has lower numbers.
type split struct {
	size            []int64
	needs, neededBy [][]int32
	capacity        []int64
	promised        []int // by item: the period, or -1
	spill, fillGaps bool

	least []int64        // by period: the smallest capacity up to it
	room  *fitTree       // by period: what is neither reserved nor taken
	parts [][]periodPart // by item: where it is or has room reserved
	fixed []bool         // by item: it stays where it has room, for the sake of a promise
	moves map[int]promiseProblem

	missing   []int     // by item: how many of what it needs are not done yet
	placed    []bool    // by item
	small     *fitTree  // by item: -size, if it can be next
	large     *fitTree  // by item: size, if it can be next and spilling is allowed
	ends      [][]int32 // by period: the items placed earlier that are done in it
	tooLarge  []bool    // by item: given up
	blockedBy int       // the item that ended the last period, or -1
}

// periodPart is a part of an item in a period.
type periodPart struct {
	period int
	units  int64
}

// promiseProblem is why a promise can't be kept.
type promiseProblem struct {
	item  int   // that is promised
	need  int   // what it needs that is in the way, or -1 for the item itself
	after int   // the period need is promised for, or -1
	short int64 // how much room lacks, 0 where need is promised for later
}

// reserve finds room for the promised items and what they need. It returns what can't be kept.
func (s *split) reserve() []promiseProblem {
	n := len(s.size)
	s.room = newFitTree(len(s.capacity))
	s.least = make([]int64, len(s.capacity))
	least := int64(maxWhole)
	for p, units := range s.capacity {
		s.room.set(p, units)
		least = min(least, units)
		s.least[p] = least
	}
	s.parts, s.fixed = make([][]periodPart, n), make([]bool, n)
	s.moves = map[int]promiseProblem{}
	release, broken := s.reservePromised()
	broken = append(broken, s.reserveNeeds(release)...)
	for _, b := range broken {
		if _, ok := s.moves[b.item]; !ok {
			s.moves[b.item] = b
		}
	}
	return broken
}

// reservePromised fixes the promised items, in order, as far as they fit into their period and
// need nothing that is promised for later. It returns for each item the first period that the promised
// ones among what it needs allow.
func (s *split) reservePromised() (release []int, broken []promiseProblem) {
	n := len(s.size)
	release = make([]int, n)
	by := make([]int, n) // the promised item that release comes from
	var elsewhere []int  // the items that can begin before, and leave the room to those that can't
	for i := range n {
		for _, need := range s.needs[i] {
			free := release[need]
			if s.fixed[need] {
				free = max(free, s.promised[need])
			}
			if free > release[i] {
				release[i], by[i] = free, by[need]
			}
		}
		p := s.promised[i]
		if p < 0 {
			continue
		}
		switch room := s.room.at(p); {
		case release[i] > p:
			broken = append(broken, promiseProblem{i, by[i], release[i], 0})
			continue
		case s.canSpillUpTo(i, p):
			elsewhere = append(elsewhere, i)
		case s.size[i] <= room:
			s.take(i, []periodPart{{p, s.size[i]}})
		default:
			broken = append(broken, promiseProblem{i, -1, -1, s.size[i] - room})
			continue
		}
		s.fixed[i], by[i] = true, i
	}
	for _, i := range slices.Backward(elsewhere) { // the last has to wait for most
		if p := s.promised[i]; s.size[i] <= s.room.at(p) {
			s.take(i, []periodPart{{p, s.size[i]}})
		}
	}
	return release, broken
}

// reserveNeeds reserves room for what promised items need, as late as possible, and for promised
// items that take more than one period.
func (s *split) reserveNeeds(release []int) (broken []promiseProblem) {
	n, none := len(s.size), len(s.capacity)
	deadline, by := make([]int, n), make([]int, n) // by the promised item that needs it
	for i := range deadline {
		deadline[i] = none
	}
	for i := n - 1; i >= 0; i-- {
		if s.fixed[i] && s.parts[i] == nil {
			if short := s.reserveBy(i, release[i], s.promised[i]); short > 0 {
				s.fixed[i] = false
				broken = append(broken, promiseProblem{i, -1, -1, short})
			}
		}
		first, cause := deadline[i], by[i]
		if s.fixed[i] {
			first, cause = s.promised[i], i
		}
		if first == none {
			continue
		}
		if s.parts[i] == nil {
			if short := s.reserveBy(i, release[i], first); short > 0 {
				broken = append(broken, promiseProblem{cause, i, -1, short})
			}
		}
		if s.parts[i] != nil {
			first = s.parts[i][0].period
		}
		for _, need := range s.needs[i] {
			if first < deadline[need] {
				deadline[need], by[need] = first, cause
			}
		}
	}
	return broken
}

// reserveBy reserves room for an item in the periods from one up to another, and returns how much is
// missing if there is none. A promised item is done in the last of them.
func (s *split) reserveBy(i, from, to int) (short int64) {
	if p := s.room.last(to, s.size[i]); p >= from && !s.fixed[i] {
		s.take(i, []periodPart{{p, s.size[i]}})
		return 0
	}
	most, sum := s.room.between(from, to)
	if s.fixed[i] {
		most = s.room.at(to)
	}
	switch {
	case !s.canSpillUpTo(i, to):
		return s.size[i] - most
	case sum < s.size[i]:
		return s.size[i] - sum
	case s.fixed[i] && s.room.at(to) == 0:
		return 1
	}
	parts := s.spreadBack(i, to)
	if !s.spills(i, parts[0].period) {
		return s.size[i] - most
	}
	s.take(i, parts)
	return 0
}

// spreadBack divides an item over the room there is up to a period.
func (s *split) spreadBack(i, period int) []periodPart {
	var parts []periodPart
	for rest := s.size[i]; rest > 0; period-- {
		period = s.room.last(period, 1)
		part := min(rest, s.room.at(period))
		parts = append(parts, periodPart{period, part})
		rest -= part
	}
	slices.Reverse(parts)
	return parts
}

// spills reports whether an item that begins in a period can go on in others.
func (s *split) spills(i, period int) bool { return s.spill && s.size[i] > s.capacity[period] }

// canSpillUpTo reports whether an item can begin in some period up to the given one and go on in others.
func (s *split) canSpillUpTo(i, period int) bool { return s.spill && s.size[i] > s.least[period] }

// take takes the room of an item's parts.
func (s *split) take(i int, parts []periodPart) {
	s.parts[i] = parts
	for _, part := range parts {
		s.room.set(part.period, s.room.at(part.period)-part.units)
	}
}

// release gives the room back.
func (s *split) release(i int) {
	for _, part := range s.parts[i] {
		s.room.set(part.period, s.room.at(part.period)+part.units)
	}
	s.parts[i] = nil
}
