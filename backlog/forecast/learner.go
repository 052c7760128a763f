package forecast

import "math"

// A learner goes through a history, period by period, and holds what a forecast needs of it.
type learner struct {
	sums     []int64 // what was done in the first 0, 1, 2 ... periods, in units
	average  [averages]struct{ sum, weight float64 }
	bursts   struct{ squares, sum float64 }
	best     int64
	pools    [33]pool // as they were, by period modulo the length
	scores   [len(experts)]float64
	outcomes [len(horizons)]histogram
	learned  int // forecasts compared with what came
	season   *season
}

func newLearner(year int) *learner {
	l := &learner{sums: []int64{0}}
	if year > 0 {
		l.season = &season{year: year}
	}
	l.remember()
	return l
}

// observe takes in what was done in the next period.
func (l *learner) observe(done int64) {
	now := len(l.sums)
	x, periods := float64(done), l.season.periods(now-1, 1)
	for i := range l.average {
		a := &l.average[i]
		a.sum, a.weight = float64(a.sum*kept[i])+x, float64(a.weight*kept[i])+periods
	}
	if now > 1 {
		step := x - float64(l.sums[now-1]-l.sums[now-2])
		l.bursts.squares = float64(l.bursts.squares*burstKept) + float64(step*step)/2
		l.bursts.sum = float64(l.bursts.sum*burstKept) + x
	}
	l.best = max(l.best, done)
	l.sums = append(l.sums, l.sums[now-1]+done)
	if l.season != nil && now%l.season.year == 0 {
		l.season = l.season.learn(l.sums, l.burstSize())
	}
	l.compare(now)
	l.remember()
	l.count(now)
}

func (l *learner) burstSize() float64 {
	return (l.bursts.squares + burstPrior) / (l.bursts.sum + burstPrior)
}

// done is what was done in the periods from one to another, the latter not counted.
func (l *learner) done(from, to int) int64 { return l.sums[to] - l.sums[max(0, from)] }

// teaches reports whether a forecast made after so many periods is one to learn from: where nothing
// was done for a quarter, nothing was going on to be forecast.
func (l *learner) teaches(at int) bool { return at > 0 && l.done(at-quarter, at) > 0 }

// The forecasts that a test looks at are made after 30 periods or more, and the 13 before each hold an amount
// of 13 or more.
const (
	testedAfter = MinCalibrated
	quarter     = 13
)

// isTested reports whether a test looks at the forecast of now; so much of the amount is in a unit.
func (l *learner) isTested(each int64) bool {
	now := len(l.sums) - 1
	return now >= testedAfter && l.done(now-quarter, now)*each >= quarter
}

func (l *learner) pool(at int) *pool { return &l.pools[at%len(l.pools)] }

// compare scores the experts by the probability that they gave to what came (the logarithmic score:
// Good 1952), discounted over time.
func (l *learner) compare(now int) {
	for i := range l.scores {
		l.scores[i] = float64(l.scores[i] * scoreKept)
	}
	made := now - scoreHorizon
	if !l.teaches(made) {
		return
	}
	s := l.pool(made).stretch(scoreHorizon)
	for i, p := range s.exactly(l.done(made, now)) {
		l.scores[i] += float64(scoreRate * logarithm(p+1e-6))
	}
}

// remember makes the pool of now. The share of an expert grows with the exponential of its score, as in
// the aggregating algorithm (Vovk 1990).
func (l *learner) remember() {
	best := math.Inf(-1)
	for _, s := range l.scores {
		best = max(best, s)
	}
	p := pool{
		bursts: l.burstSize(),
		most:   reach * l.best,
		season: l.season,
		after:  len(l.sums) - 1,
	}
	total := 0.0
	for i, e := range experts {
		p.medians[i] = leastMedian
		for j, a := range l.average {
			if a.weight > 0 {
				p.medians[i] += float64(e.weight[j] * a.sum / a.weight)
			}
		}
		p.shares[i] = float64(e.share * exponential(l.scores[i]-best))
		total += p.shares[i]
	}
	for i, e := range experts {
		p.shares[i] = float64(shareKept*e.share) + float64((1-shareKept)*p.shares[i])/total
	}
	*l.pool(len(l.sums) - 1) = p
}

// count adds what came to the histograms of the forecasts that end now.
func (l *learner) count(now int) {
	for i, k := range horizons {
		h := &l.outcomes[i]
		h.fade(scoreKept)
		if made := now - k; l.teaches(made) {
			s, done := l.pool(made).stretch(k), l.done(made, now)
			h.add(s.atLeast(newUnits(done+1)), s.atLeast(newUnits(done)))
			l.learned++
		}
	}
}

// forget makes all of the past count for less.
func (l *learner) forget(by float64) {
	for i := range l.average {
		l.average[i].sum = float64(l.average[i].sum * by)
		l.average[i].weight = float64(l.average[i].weight * by)
	}
	l.bursts.squares = float64(l.bursts.squares * by)
	l.bursts.sum = float64(l.bursts.sum * by)
	for i := range l.scores {
		l.scores[i] = float64(l.scores[i] * by)
	}
	for i := range l.outcomes {
		l.outcomes[i].fade(by)
	}
	l.remember()
}

// family returns the forecast of now.
func (l *learner) family() *family {
	f := &family{pool: *l.pool(len(l.sums) - 1)}
	var all histogram
	for i, k := range horizons {
		weight := 1 / math.Sqrt(float64(k)) // neighbouring forecasts overlap in k periods
		for j, n := range l.outcomes[i].count {
			all.count[j] += float64(weight * n)
		}
		all.total += float64(weight * l.outcomes[i].total)
	}
	stated := asStated()
	pooled := all.learn(&stated, poolPrior)
	for i, k := range horizons {
		f.maps[i] = l.outcomes[i].learn(&pooled, horizonPrior*float64(k))
		if i > 0 {
			f.ends[i-1] = f.pool.stretch(k - 1)
		}
	}
	return f
}

// A family is the calibrated distribution of the amount done in k periods, for every k.
type family struct {
	pool pool
	maps [len(horizons)]remap
	ends [len(horizons) - 1]stretch // the last stretch that each map but the last is for
}

// atLeast returns the probability that in the periods of a stretch, which are so many, so many units are
// done. It ascends with the periods: it is the largest that it is for so many or fewer, which for
// the periods of one map is that of the last. What a map takes no higher for more periods need not be looked at.
func (f *family) atLeast(s *stretch, periods int, u units) float64 {
	last := mapOf(periods)
	p := s.atLeast(u)
	best := f.maps[last].of(p)
	for i := last - 1; i >= 0; i-- {
		if f.maps[i].of(p) > best {
			p = f.ends[i].atLeast(u)
			best = max(best, f.maps[i].of(p))
		}
	}
	return roundChance(best)
}

// mapOf is the map that serves a number of periods.
func mapOf(periods int) int {
	i := 0
	for i+1 < len(horizons) && horizons[i+1] <= periods {
		i++
	}
	return i
}

// least returns the most units that are done with at least this probability, which are known to be
// start or more. It costs O(log n) probabilities. What fewer periods can do is seldom more than what more
// of them can: it is looked at last.
func (f *family) least(s *stretch, periods int, confidence float64, start int64) int64 {
	last := mapOf(periods)
	most := f.maps[last].least(s, confidence, start)
	u := newUnits(most + 1)
	p := s.atLeast(u)
	for i := last - 1; i >= 0; i-- {
		m, end := &f.maps[i], &f.ends[i]
		if !m.reaches(p, confidence) {
			continue
		}
		if p = end.atLeast(u); m.reaches(p, confidence) {
			most = m.least(end, confidence, most+1)
			u = newUnits(most + 1)
			p = end.atLeast(u)
		}
	}
	return most
}

// reaches reports whether a probability, as it was stated, is at least a confidence.
func (m *remap) reaches(p, confidence float64) bool { return roundChance(m.of(p)) >= confidence }

// least returns the most units that are done in a stretch with at least this probability, or start.
func (m *remap) least(s *stretch, confidence float64, start int64) int64 {
	reached := func(n int64) bool { return m.reaches(s.atLeast(newUnits(n)), confidence) }
	if !reached(start + 1) {
		return start
	}
	low, step := start+1, s.step
	for reached(low + step) {
		low, step = low+step, 2*step
	}
	high := low + step
	for high-low > 1 {
		if middle := low + (high-low)/2; reached(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// A wait is how likely some units are done by now, with the periods coming one by one.
type wait struct{ best float64 }

// within takes the next number of periods and returns the probability that so many units are done.
func (w *wait) within(f *family, s *stretch, periods int, u units) float64 {
	switch {
	case u.n == 0:
		w.best = 1
	case periods > 0:
		w.best = max(w.best, f.maps[mapOf(periods)].of(s.atLeast(u)))
	}
	return roundChance(w.best)
}

// chanceSteps is the number of steps in a calibrated probability.
const chanceSteps = 1e4

func roundChance(p float64) float64 { return math.Round(p*chanceSteps) / chanceSteps }
