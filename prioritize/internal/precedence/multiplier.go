package precedence

import (
	"math"
	"math/bits"
)

// payment is a multiplier of the constraint that job from can't be done sooner than gap after job to: it
// pays amount for each unit of time between, on top of that.
type payment struct {
	from, to    int8
	amount, gap float64
}

// multipliers finds payments after which every job is worth the same for its size. Then the order no
// longer matters for the sum of (weight + payments received - payments made) x completion time, which
// makes it, with amount x gap for each payment, a lower bound of the cost (Lagrange). The payments are
// a flow in the network of the block; this is one of greatest sum of amount x gap, by the
// longest augmenting paths.
func (s *search) multipliers() {
	s.links = s.links[:0]
	for from := s.n - 1; from >= 0; from-- {
		for rest := s.before[from]; rest != 0; rest &= rest - 1 {
			to := bits.TrailingZeros64(rest)
			gap := s.size[from]
			for between := s.before[from] & s.after[to]; between != 0; between &= between - 1 {
				gap += s.size[bits.TrailingZeros64(between)]
			}
			s.links = append(s.links, payment{int8(from), int8(to), 0, float64(gap)})
		}
	}
	tiny := s.weightSum * 1e-13
	for v := range s.n {
		s.balance[v] = float64(s.weight[v]) - float64(s.ratio*float64(s.size[v]))
	}
	for range 4 * s.n { // far more than it takes
		if !s.augment(tiny) {
			break
		}
	}
	s.payments = s.payments[:0]
	off := 0.0
	for v := range s.n {
		s.balance[v] = float64(s.weight[v]) - float64(s.ratio*float64(s.size[v]))
	}
	for _, l := range s.links {
		if l.amount > tiny {
			s.payments = append(s.payments, l)
			s.balance[l.from] -= l.amount
			s.balance[l.to] += l.amount
		}
	}
	for v := range s.n {
		off += math.Abs(s.balance[v])
	}
	s.even = off < s.weightSum*1e-9
	s.margin = float64(s.sizeSum*off) + float64(s.sizeSum*s.weightSum*1e-12)
}

// augment sends what it can along the longest path from a job worth more than the average to one worth less.
func (s *search) augment(tiny float64) bool {
	var length [maxSearch]float64
	var via [maxSearch]int32 // the link that leads here + 1, negative if taken backward; 0 at the beginning
	far := math.Inf(-1)
	for v := range s.n {
		length[v] = far
		if s.balance[v] > tiny {
			length[v] = 0
		}
	}
	least := s.sizeSum * 1e-12
	for pass := 0; pass <= s.n; pass++ {
		changed := false
		for k := range s.links {
			l := &s.links[k]
			if d := length[l.from] + l.gap; d > length[l.to]+least || d > far && length[l.to] == far {
				length[l.to], via[l.to], changed = d, int32(k+1), true
			}
			if l.amount <= tiny {
				continue
			}
			if d := length[l.to] - l.gap; d > length[l.from]+least || d > far && length[l.from] == far {
				length[l.from], via[l.from], changed = d, int32(-k-1), true
			}
		}
		if !changed {
			break
		}
	}
	end := -1
	for v := range s.n {
		if s.balance[v] < -tiny && length[v] > far && (end < 0 || length[v] > length[end]) {
			end = v
		}
	}
	return end >= 0 && s.send(end, &via)
}

// send moves the most that the path to end takes. It reports false if there is no such path.
func (s *search) send(end int, via *[maxSearch]int32) bool {
	amount := -s.balance[end]
	v := end
	for steps := 0; via[v] != 0; steps++ {
		if steps > s.n {
			return false
		}
		if k := via[v]; k > 0 {
			v = int(s.links[k-1].from)
		} else {
			amount = min(amount, s.links[-k-1].amount)
			v = int(s.links[-k-1].to)
		}
	}
	amount = min(amount, s.balance[v])
	s.balance[v] -= amount
	s.balance[end] += amount
	for v = end; via[v] != 0; {
		if k := via[v]; k > 0 {
			s.links[k-1].amount += amount
			v = int(s.links[k-1].from)
		} else {
			s.links[-k-1].amount -= amount
			v = int(s.links[-k-1].to)
		}
	}
	return amount > 0
}
