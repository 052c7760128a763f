package forecast

import "slices"

// notDone stands for the period of a feature that is done later than a run looks ahead.
const notDone = -1

// planRun is one run of a simulated plan.
type planRun struct {
	*simulation
	number int
	desks  []*desk[float64]
	done   []int // the period of each feature
	needs  []int // of each feature, that are not done
	open   []int // shares of each feature, that are not done
	later  []int // features of which another need is done at the end of this period
}

// run returns the period in which each feature is done, or notDone. Nothing waits for what is left out.
func (s *simulation) run(number int, isLeftOut func(feature int) bool) []int {
	r := &planRun{simulation: s, number: number}
	for _, t := range s.plan.Teams {
		r.desks = append(r.desks, newDesk[float64](t.WIP))
	}
	for i, list := range s.needs {
		r.done = append(r.done, notDone)
		r.needs = append(r.needs, len(list))
		r.open = append(r.open, len(s.ofFeature[i]))
	}
	for i := range r.done {
		switch {
		case isLeftOut != nil && isLeftOut(i):
			r.needs[i] = -1
			r.finish(i, 0)
		case r.needs[i] == 0:
			r.begin(i, 0)
		}
	}
	r.settle(0)
	before := make([]int64, len(r.desks))
	for k := 0; k <= s.periods && (k == 0 || r.isBusy()); k++ {
		for i, d := range r.desks {
			total, ok := s.paces[i].units(k, s.levels[i][number], before[i])
			if !ok {
				return r.done
			}
			budget := float64((total - before[i]) * s.paces[i].of.unit)
			before[i] = total
			for share, ok := spend(d, &budget); ok; share, ok = spend(d, &budget) {
				r.end(share, k)
			}
		}
		r.settle(k)
	}
	return r.done
}

func (r *planRun) isBusy() bool {
	return slices.ContainsFunc(r.desks, func(d *desk[float64]) bool { return len(d.open)+len(d.ready) > 0 })
}

// begin hands the shares of a feature to their teams. One without shares is done.
func (r *planRun) begin(feature, k int) {
	for _, one := range r.ofFeature[feature] {
		r.desks[r.shares[one].team].add(one, r.size(one, r.number))
	}
	if len(r.ofFeature[feature]) == 0 {
		r.finish(feature, k)
	}
}

// end notes that a share is done.
func (r *planRun) end(share, k int) {
	i := r.shares[share].feature
	if r.open[i]--; r.open[i] == 0 {
		r.finish(i, k)
	}
}

// finish notes that a feature is done. What has its home with the same team can go on with it at once.
func (r *planRun) finish(feature, k int) {
	r.done[feature] = k
	for stack := []int{feature}; len(stack) > 0; {
		last := len(stack) - 1
		i := stack[last]
		stack = stack[:last]
		for _, j := range r.neededBy[i] {
			if r.home[i] < 0 || r.home[j] != r.home[i] {
				r.later = append(r.later, j)
				continue
			}
			if r.needs[j]--; r.needs[j] != 0 {
				continue
			}
			if len(r.ofFeature[j]) == 0 {
				r.done[j] = k
				stack = append(stack, j)
				continue
			}
			r.begin(j, k)
		}
	}
}

// settle lets the teams know at the end of a period what the others have done.
func (r *planRun) settle(k int) {
	for len(r.later) > 0 {
		i := r.later[0]
		r.later = r.later[1:]
		if r.needs[i]--; r.needs[i] == 0 {
			r.begin(i, k) // what is done by it is later in the list
		}
	}
}
