package forecast

import "slices"

// A desk is a team at work on shares, several at once and each at the same pace. Those that there is no room
// for wait in the order of the plan. With whole numbers it goes from the end of one share to that of the
// next and is exact; with fractions it can stop between.
type desk[N int64 | float64] struct {
	room  int
	pace  N // what a share would have got that was in progress from the start
	done  N // by the team in all
	open  []atWork[N]
	ready []waiting[N]
}

// atWork is a share in progress and the pace at which it ends.
type atWork[N int64 | float64] struct {
	share int
	end   N
}

type waiting[N int64 | float64] struct {
	share int
	size  N
}

func newDesk[N int64 | float64](wip int) *desk[N] { return &desk[N]{room: max(1, wip)} }

// add adds a share that can be begun.
func (d *desk[N]) add(share int, size N) {
	i, _ := slices.BinarySearchFunc(d.ready, share, func(w waiting[N], share int) int { return w.share - share })
	d.ready = slices.Insert(d.ready, i, waiting[N]{share, size})
}

// first begins what there is room for and returns the position of the share that ends first.
func (d *desk[N]) first() (int, bool) {
	for len(d.open) < d.room && len(d.ready) > 0 {
		d.open = append(d.open, atWork[N]{d.ready[0].share, d.pace + d.ready[0].size})
		d.ready = d.ready[1:]
	}
	best := 0
	for i, one := range d.open {
		if one.end < d.open[best].end || one.end == d.open[best].end && one.share < d.open[best].share {
			best = i
		}
	}
	return best, len(d.open) > 0
}

// next goes to the end of the share that ends first. The bool is false if there is nothing to do.
func (d *desk[N]) next() (share int, ok bool) {
	i, ok := d.first()
	if !ok {
		return 0, false
	}
	one := d.open[i]
	d.done += (one.end - d.pace) * N(len(d.open))
	d.pace = one.end
	d.open = slices.Delete(d.open, i, i+1)
	return one.share, true
}

// slack is what two sums of fractions may differ by that are equal, as a part of them.
const slack = 1e-12

// spend is next as far as a budget reaches, of which it takes what is needed, or all if there is something to do
// with it.
func spend(d *desk[float64], budget *float64) (share int, ok bool) {
	i, ok := d.first()
	if !ok {
		return 0, false
	}
	need := float64((d.open[i].end - d.pace) * float64(len(d.open)))
	if need > *budget+float64(slack*(d.done+*budget)) {
		d.pace += *budget / float64(len(d.open))
		d.done += *budget
		*budget = 0
		return 0, false
	}
	*budget = max(0, *budget-need)
	return d.next()
}
