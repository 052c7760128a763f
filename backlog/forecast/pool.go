package forecast

// The averages of what was done in a period: of recent periods, of the last quarter, of all.
const (
	lively  = iota // weight halves in 4 periods
	settled        // in 13
	overall        // never
	averages
)

// kept is what is left of the weight of a period one period later: 2^(-1/half-life).
var kept = [averages]float64{0.8408964152537145, 0.9480775143896958, 1}

// An expert is a distribution of what is done, as a [curve]: how its median follows from the averages,
// and how wide it is.
type expert struct {
	weight [averages]float64
	drift  float64 // variance of the logarithm that time does not average out
	bursts float64 // variance that it does, in bursts of the history
	share  float64 // of the pool, before anything is known
}

// experts are those of a past that changes within weeks, within quarters, and never.
var experts = [...]expert{
	{weight: [averages]float64{.4, .4, .1}, drift: .75, bursts: 5, share: .8},
	{weight: [averages]float64{0, .9, .1}, drift: .2, bursts: 3, share: .15},
	{weight: [averages]float64{0, 0, 1}, drift: .05, bursts: 2, share: .05},
}

const (
	// leastMedian is added to every median, in units: what was at rest may begin again.
	leastMedian = .02
	// burstPrior is how many units of history a burst of 1 counts for before anything is known.
	burstPrior = 10
	// burstKept halves the weight of a period for the size of bursts in 26 periods.
	burstKept = 0.9736930570847165
	// scoreKept halves the weight of a past forecast, for shares and for maps, in 104 periods.
	scoreKept = 0.9933572677151796
	// scoreHorizon is how far ahead the forecasts look by which experts are compared, and scoreRate
	// what each of them counts for: half, since those of neighbouring periods overlap.
	scoreHorizon = 4
	scoreRate    = .5
	// shareKept is the part of the pool that no score changes (Herbster and Warmuth 1998).
	shareKept = .1
	// reach is how much of the best period of the past one period may do.
	reach = 2
)

// pool is the mean of the experts' distributions, weighted by how they did (a linear pool: Stone 1961).
type pool struct {
	medians [len(experts)]float64 // for one period
	shares  [len(experts)]float64
	bursts  float64
	most    int64 // units possible in a period
	season  *season
	after   int // so many periods of history
}

// stretch is a pool for a number of periods.
type stretch struct {
	curves [len(experts)]curve
	shares [len(experts)]float64
	most   float64
	step   int64 // about by how much answers differ
}

func (p *pool) stretch(periods int) stretch {
	s := stretch{shares: p.shares, most: float64(p.most) * float64(periods)}
	mean := p.season.periods(p.after, periods)
	for i, e := range experts {
		s.curves[i] = newCurve(float64(p.medians[i]*mean), e.drift, float64(e.bursts*p.bursts))
	}
	s.step = 1 + int64(float64(p.medians[0]*mean)/8)
	return s
}

// units is a number of units, and the logarithm of what is half a unit below: an amount is whole.
type units struct {
	n   int64
	log float64
}

func newUnits(n int64) units {
	if n <= 0 {
		return units{}
	}
	return units{n, logarithm(float64(n) - .5)}
}

// atLeast returns the probability that so many units are done. It ascends with the periods.
func (s *stretch) atLeast(u units) float64 {
	switch {
	case u.n <= 0:
		return 1
	case float64(u.n) > s.most:
		return 0
	}
	sum := 0.0
	for i := range s.curves {
		sum += float64(s.shares[i] * s.curves[i].above(u.log))
	}
	return sum
}

// exactly returns the probability of each expert for exactly so many units.
func (s *stretch) exactly(n int64) (p [len(experts)]float64) {
	from, to := newUnits(n), newUnits(n+1)
	for i, c := range s.curves {
		p[i] = -c.above(to.log)
		if n > 0 {
			p[i] += c.above(from.log)
		} else {
			p[i]++
		}
	}
	return p
}
