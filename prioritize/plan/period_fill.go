package plan

// fill places the items in one period after the other.
func (s *split) fill() {
	n, periods := len(s.size), len(s.capacity)
	s.missing, s.placed, s.tooLarge = make([]int, n), make([]bool, n), make([]bool, n)
	s.small, s.large = newFitTree(n), newFitTree(n)
	s.ends = make([][]int32, periods)
	reserved := make([][]int32, periods)
	for i := range n {
		s.missing[i] = len(s.needs[i])
		s.offer(i)
		if parts := s.parts[i]; parts != nil {
			first := parts[0].period
			reserved[first] = append(reserved[first], int32(i))
		}
	}
	left := s.capacityLeft()
	for p := range periods {
		for _, i := range s.ends[p] {
			s.done(int(i))
		}
		for _, i := range reserved[p] {
			s.keep(int(i), p)
		}
		s.blockedBy = -1
		s.sweep(p, left[p])
	}
}

// capacityLeft returns by period what an item can have at most from then on: all of the capacity, or the
// largest where nothing spills.
func (s *split) capacityLeft() []int64 {
	left, most := make([]int64, len(s.capacity)), int64(0)
	for p := len(s.capacity) - 1; p >= 0; p-- {
		if s.spill {
			most = min(most+s.capacity[p], maxWhole)
		} else {
			most = max(most, s.capacity[p])
		}
		left[p] = most
	}
	return left
}

// offer lets an item be next in the order if nothing stands against it.
func (s *split) offer(i int) {
	if s.missing[i] > 0 || s.fixed[i] || s.placed[i] {
		return
	}
	s.small.set(i, -s.size[i])
	if s.spill {
		s.large.set(i, s.size[i])
	}
}

// withdraw takes an item out of what can be next.
func (s *split) withdraw(i int) {
	s.small.set(i, nothingFits)
	s.large.set(i, nothingFits)
}

// done lets what needs an item go ahead.
func (s *split) done(i int) {
	for _, j := range s.neededBy[i] {
		s.missing[j]--
		s.offer(int(j))
	}
}

// keep places an item that has room reserved from this period on, unless it has been placed or what it needs is
// not done. Then its promise, or that of what needs it, is not kept, and the order decides.
func (s *split) keep(i, period int) {
	switch {
	case s.placed[i]:
	case s.missing[i] == 0:
		s.place(i, period)
	default:
		s.release(i)
		s.fixed[i] = false
	}
}

// place settles that an item is where it has room, from the given period on or a later one.
func (s *split) place(i, period int) {
	s.placed[i] = true
	s.withdraw(i)
	if last := s.parts[i][len(s.parts[i])-1].period; last > period {
		s.ends[last] = append(s.ends[last], int32(i))
	} else {
		s.done(i)
	}
}

// sweep fills a period in order. What is above left can't be done any more.
func (s *split) sweep(period int, left int64) {
	for i := s.next(0, period); i >= 0; i = s.next(i+1, period) {
		switch {
		case s.begin(i, period):
			s.place(i, period)
		case s.size[i] > left || s.fillGaps: // with gaps filled, begin refuses only what no later period can hold
			s.tooLarge[i] = true
			s.withdraw(i)
		default:
			s.blockedBy = i
			return
		}
	}
}

// next returns the next item in order, from the given one on, that can be begun in a period: if it must
// fit, one that fits or that spills. It returns -1 if there is none.
func (s *split) next(from, period int) int {
	if !s.fillGaps {
		return s.small.next(from, nothingFits+1)
	}
	i := s.small.next(from, -s.room.at(period))
	if s.spill && s.room.at(period) > 0 {
		if j := s.large.next(from, s.capacity[period]+1); i < 0 || j >= 0 && j < i {
			return j
		}
	}
	return i
}

// begin takes room for an item from a period on, if there is enough, in exchange for what it may have reserved.
func (s *split) begin(i, period int) bool {
	reserved := s.parts[i]
	s.release(i)
	if s.size[i] <= s.room.at(period) {
		s.take(i, []periodPart{{period, s.size[i]}})
		return true
	}
	if s.spills(i, period) && s.room.at(period) > 0 {
		if _, sum := s.room.between(period, len(s.capacity)-1); sum >= s.size[i] {
			s.take(i, s.spread(i, period))
			return true
		}
	}
	if reserved != nil {
		s.take(i, reserved)
	}
	return false
}

// spread divides an item over the room there is from a period on.
func (s *split) spread(i, period int) []periodPart {
	var parts []periodPart
	for rest := s.size[i]; rest > 0; period++ {
		period = s.room.next(period, 1)
		part := min(rest, s.room.at(period))
		parts = append(parts, periodPart{period, part})
		rest -= part
	}
	return parts
}
