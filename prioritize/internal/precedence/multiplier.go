package precedence

import (
	"math"
	"math/bits"
)

// payment is a multiplier of the constraint that job from can't be done sooner than gap after job
// to: it pays amount for each unit of time between, on top of that.
type payment struct {
	from, to    int32
	amount, gap float64
}

// dual finds payments after which every job of a leaf is worth the same for its size. Then the
// order no longer matters for the sum of (weight + payments received - payments made) x completion
// time, which makes it, with amount x gap for each payment, a lower bound of the cost (Lagrange).
// The payments are a flow through the needs; this is one of greatest sum of amount x gap, found
// along the longest augmenting paths, and no other multipliers give a better bound.
type dual struct {
	local
	ratio    float64
	links    []payment // all that could be paid
	payments []payment // all that is paid
	balance  []float64 // by job: weight + received - paid - ratio x size, 0 in the end
	length   []float64 // by job: of the longest path that leads there
	via      []int32   // by job: the link that leads there + 1, negative if backward, 0 if none
	even     bool      // all jobs are worth the same
	margin   float64   // what is to be taken off a bound for rounding, and for what is not even
	work     int64
}

// solve finds the payments, or stops when the budget is used up: then there is hardly a bound.
func (d *dual) solve(budget int64) {
	d.work = 0
	d.ratio = d.weightSum / d.sizeSum
	d.link()
	d.length, d.via = resized(d.length, d.n), resized(d.via, d.n)
	d.balance = resized(d.balance, d.n)
	d.weigh()
	tiny := float64(d.weightSum * 1e-13)
	for d.work < budget && d.augment(tiny) {
	}
	d.payments = d.payments[:0]
	d.weigh()
	for _, l := range d.links {
		if l.amount > tiny {
			d.payments = append(d.payments, l)
			d.balance[l.from] -= l.amount
			d.balance[l.to] += l.amount
		}
	}
	off := 0.0
	for _, b := range d.balance {
		off += math.Abs(b)
	}
	d.even = off < d.weightSum*1e-9
	d.margin = float64(d.sizeSum*off) + float64(d.sizeSum*d.weightSum*1e-12)
}

// weigh sets the balance of every job to what it is without payments.
func (d *dual) weigh() {
	for v := range d.n {
		d.balance[v] = float64(d.weight[v]) - float64(d.ratio*float64(d.size[v]))
	}
}

// bound returns the least that the leaf may cost.
func (d *dual) bound() float64 {
	sum := float64(d.sizeSum * d.sizeSum)
	for _, p := range d.size {
		sum += square(p)
	}
	sum = float64(d.ratio * sum / 2)
	for i := range d.payments {
		sum += float64(d.payments[i].amount * d.payments[i].gap)
	}
	return sum - d.margin
}

func square(x int64) float64 { return float64(float64(x) * float64(x)) }

// link lists who could pay whom: every job each that it needs, also by way of others. The gap is
// the size of all that must come between.
func (d *dual) link() {
	d.links = d.links[:0]
	for from := d.n - 1; from >= 0; from-- {
		before := d.beforeOf(from)
		for k, word := range before {
			for ; word != 0; word &= word - 1 {
				to := 64*k + bits.TrailingZeros64(word)
				gap := d.size[from]
				for i, after := range d.afterOf(to) {
					for between := before[i] & after; between != 0; between &= between - 1 {
						gap += d.size[64*i+bits.TrailingZeros64(between)]
					}
				}
				d.links = append(d.links, payment{int32(from), int32(to), 0, float64(gap)})
			}
		}
	}
}

// augment pays what it can along the longest path from a job worth more than the average to one
// worth less.
func (d *dual) augment(tiny float64) bool {
	far := math.Inf(-1)
	for v := range d.n {
		d.length[v], d.via[v] = far, 0
		if d.balance[v] > tiny {
			d.length[v] = 0
		}
	}
	least := float64(d.sizeSum * 1e-12)
	for pass := 0; pass <= d.n && d.lengthen(tiny, least); pass++ {
	}
	end := -1
	for v := range d.n {
		if d.balance[v] < -tiny && d.length[v] > far && (end < 0 || d.length[v] > d.length[end]) {
			end = v
		}
	}
	return end >= 0 && d.send(end)
}

// lengthen looks once at each link for a longer path.
func (d *dual) lengthen(tiny, least float64) (changed bool) {
	d.work += int64(len(d.links)/64 + 1)
	for k := range d.links {
		l := &d.links[k]
		from, to := &d.length[l.from], &d.length[l.to]
		if *from+l.gap > *to+least {
			*to, d.via[l.to], changed = *from+l.gap, int32(k+1), true
		} else if l.amount > tiny && *to-l.gap > *from+least {
			*from, d.via[l.from], changed = *to-l.gap, int32(-k-1), true
		}
	}
	return changed
}

// send pays the most that the path to end takes. It reports false if there is no such path.
func (d *dual) send(end int) bool {
	amount := -d.balance[end]
	v := int32(end)
	for steps := 0; d.via[v] != 0; steps++ {
		if steps > d.n {
			return false
		}
		if k := d.via[v]; k > 0 {
			v = d.links[k-1].from
		} else {
			amount = min(amount, d.links[-k-1].amount)
			v = d.links[-k-1].to
		}
	}
	amount = min(amount, d.balance[v])
	d.balance[v] -= amount
	d.balance[end] += amount
	for v = int32(end); d.via[v] != 0; {
		if k := d.via[v]; k > 0 {
			d.links[k-1].amount += amount
			v = d.links[k-1].from
		} else {
			d.links[-k-1].amount -= amount
			v = d.links[-k-1].to
		}
	}
	return amount > 0
}
