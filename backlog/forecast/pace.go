package forecast

// A pace is how much a team does in k periods, at each level of its calibrated distribution.
type pace struct {
	of *Calibrated
	// For a short history, the distributions of the simple model after 0, 1, 2 ... periods.
	period []float64
	sum    sum
	simple []cumulative
	steps  int
}

// maxPaceSteps bounds what is added up for the simple model of a short history.
const maxPaceSteps = 1 << 25

func newPace(c *Calibrated) *pace {
	p := &pace{of: c, sum: sum{at: []float64{1}}}
	if c.isShort() {
		p.period = c.history.counts().weights(c.unit, maxOutput)
	}
	p.simple = []cumulative{p.sum.cumulative()}
	return p
}

// units returns the most units that are done in k periods with a probability of at least a level, which are known
// to be from or more. The bool is false if that would cost too much.
func (p *pace) units(k int, level float64, from int64) (int64, bool) {
	if k == 0 {
		return 0, true
	}
	s := p.of.family.pool.stretch(k)
	most := p.of.family.least(&s, k, level, from)
	if p.period == nil {
		return most, true
	}
	for len(p.simple) <= k {
		if p.steps > maxPaceSteps {
			return 0, false
		}
		p.steps += len(p.period)*(1+len(p.sum.at)) + 8*len(p.sum.at)
		p.sum.add(p.period, maxOutput)
		p.simple = append(p.simple, p.sum.cumulative())
	}
	if simple := p.simple[k].least(level); (simple < most) == (level > belowHalf) {
		most = simple
	}
	return max(from, most), true
}
