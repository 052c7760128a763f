package forecast

import (
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// CalibrateOptions holds what is known of a history beside its amounts. Its zero value is nothing.
type CalibrateOptions struct {
	// Changed is the number of periods before a change of the way of working, 0 for no change. They count
	// for a tenth of what they would count for otherwise. Those that ended by an instant are the length of
	// the history up to it: that of [flow.Throughput] with the instant for now.
	Changed int
	// Year is the number of periods in a year, such as 52 for weeks, and the seasons are learnt from the years of
	// the history: what is done in each part of the year beside the mean. 0 is for no seasons.
	Year int
}

// MaxYear is the most periods in a year.
const MaxYear = 400

const (
	// MinCalibrated is the least number of periods that a calibrated forecast follows from alone. From fewer
	// it is the wider of itself and of the simple model: no level of 1/2 or more is reached that the
	// simple model does not reach.
	MinCalibrated = 30

	modelCalibrated = "calibrated"
	// maxLearned is the most periods that are learnt from.
	maxLearned = 100_000
	// changeKept is what the time before a change of the way of working counts for.
	changeKept = .1
)

// A Calibration holds what a calibrated forecast has learnt from. It is zero for the simple model.
type Calibration struct {
	Model   string `json:"model"`   // "calibrated", or "calibrated, widened" from a short history
	Periods int    `json:"periods"` // of history
	// Learned is the number of past forecasts, of 1 to 32 periods each, that were compared with what came.
	Learned int `json:"learned"`
	// Coverage is how often "at least so many in the next 4 periods, with 85 %" held so far.
	Coverage Coverage `json:"coverage"`
}

// String returns "calibrated on 1040 past forecasts; 85 % held 86 % of 104 forecasts".
func (c Calibration) String() string {
	if c.Model == "" {
		return "not calibrated"
	}
	return fmt.Sprintf("%s on %d past forecasts; %s", c.Model, c.Learned, c.Coverage)
}

// Calibrated is a forecast that has learnt from its own past ones how far they hold. It holds one distribution
// for every number of periods, and both questions are asked of it: all is done within k periods exactly if
// the amount done in k periods is at least the scope.
//
// In k periods at least n units are done with the probability
//
//	G(k, w1*F(1, k, n) + w2*F(2, k, n) + w3*F(3, k, n))    F(i, k, n) = 1 / (1 + ((n - 1/2) / (k*m(i)))^s(i, k))
//
// F is a log-logistic distribution (Fisk 1961), one each for a past that changes within weeks, within quarters,
// and never. Its median m for one period is a weighted mean of averages of the past, whose weights halve in
// 4 periods, in 13, and never (exponential smoothing: Brown 1959). The exponent s is pi/sqrt(3) divided by the
// square root of d(i) + b(i)*B/(k*m(i)), the variance of the logarithm: B is the size of bursts, half the
// mean square of the steps from period to period by the mean, and averages out over time; d, drift, does
// not. Above e^2 times the median, s is what it is without bursts. No period does more than twice the
// best one so far.
//
// The shares w of this linear pool (Stone 1961) follow from the probabilities that each F gave to what came, by
// the aggregating algorithm (Vovk 1990); a tenth of them is fixed (Herbster and Warmuth 1998).
//
// G is the calibration. It takes each probability p to the share of past forecasts over k periods in which
// what came, or more, had a probability of p at most: the distribution of the probability integral
// transform (Dawid 1984), as in conformal predictive distributions (Vovk, Gammerman and Shafer 2005;
// Vovk, Shen, Manokhin and Xie 2017). Weights of past forecasts halve in 104 periods, since the world drifts
// (Gibbs and Candès 2021). Where k periods were seen seldom, the share over all numbers of periods counts
// with a weight of 4*k forecasts, and to that one, p itself with a weight of 10 (a Dirichlet prior:
// Ferguson 1973). Past forecasts are compared for 1 to 32 periods; what is learnt for one number serves up to
// the next, and the largest probability for k or fewer periods is taken, so that it ascends with k.
//
// With seasons, the k periods are counted as mean ones: each as what was done, in all whole years so far, in its
// part of the year, with 2 periods to either side, beside the mean of those years (the ratio to the mean: Persons
// 1919), drawn to 1 by 20 bursts of work. Averages of the past count their periods in the same way.
//
// The constants are the same for every history. They were chosen for the pinball loss and the coverage
// (Gneiting and Raftery 2007) on 30 real histories of weeks; on halves of them they are about the same.
type Calibrated struct {
	history     History
	unit        int64
	changed     int
	year        int
	calibration Calibration
	family      *family
}

// Calibrate returns the calibrated forecast that follows a history, which is in order of time here,
// oldest first. Of more than 100,000 periods the last are taken. It costs O(n) for n periods, about 20
// microseconds each.
//
// Errors: those of [History.Validate]; a [*field.Error] unless 0 <= Changed <= len(h) and 0 <= Year <= [MaxYear].
func Calibrate(h History, o CalibrateOptions) (*Calibrated, error) {
	if err := field.Join(h.Validate(), whole("changed", o.Changed, 0, len(h)), whole("year", o.Year, 0, MaxYear)); err != nil {
		return nil, err
	}
	left := max(0, len(h)-maxLearned)
	if o.Year > 0 { // a year begins where one does
		left = (left + o.Year - 1) / o.Year * o.Year
	}
	h, o.Changed = h[left:], max(0, o.Changed-left)
	if err := h.Validate(); err != nil {
		return nil, err
	}
	c := &Calibrated{
		history:     slices.Clone(h),
		unit:        h.counts().unit(),
		changed:     o.Changed,
		year:        o.Year,
		calibration: Calibration{Model: modelCalibrated, Periods: len(h), Coverage: Coverage{Level: .85}},
	}
	if c.isShort() {
		c.calibration.Model += ", widened"
	}
	l := newLearner(o.Year)
	for i, d := range h {
		if i == o.Changed {
			l.forget(changeKept)
		}
		if ahead, ok := h.ahead(i, scoreHorizon, c.unit); ok && l.isTested(c.each()) {
			c.calibration.Coverage.check(l.family(), scoreHorizon, ahead)
		}
		l.observe(scaled(d) / c.unit)
	}
	if o.Changed == len(h) {
		l.forget(changeKept)
	}
	c.calibration.Coverage.finish()
	c.calibration.Learned = l.learned
	c.family = l.family()
	return c, nil
}

// check counts the forecast of the least that is done in so many periods.
func (c *Coverage) check(f *family, periods int, done int64) {
	s := f.pool.stretch(periods)
	least := f.least(&s, periods, c.Level, 0)
	c.add(f.atLeast(&s, periods, newUnits(least)), done >= least)
}

// ahead returns how many units are done in the periods after so many, if there are that many.
func (h History) ahead(after, periods int, unit int64) (int64, bool) {
	if after+periods > len(h) {
		return 0, false
	}
	sum := int64(0)
	for _, d := range h[after : after+periods] {
		sum += scaled(d) / unit
	}
	return sum, true
}

// each is how much there is in a unit, such as 5 where all amounts are multiples of 5; 1 where a unit is no whole
// number, as of points.
func (c *Calibrated) each() int64 {
	if one := scaled(decimal.NewFromInt(1)); c.unit%one == 0 {
		return c.unit / one
	}
	return 1
}

// Calibration returns what the forecast has learnt from.
func (c *Calibrated) Calibration() Calibration { return c.calibration }

// Coverage returns how often the forecast "at least so many in the next 4 periods, with 85 %" held
// in the past. [Calibrated.Record] has the other questions, horizons and levels.
func (c *Calibrated) Coverage() Coverage { return c.calibration.Coverage }

func (c *Calibrated) isShort() bool { return len(c.history) < MinCalibrated }

// HowMany returns the amount that is done in so many periods. Probabilities are rounded to four
// decimal places. It costs O(m) for m units that are possible.
//
// Errors: a [*field.Error] unless 0 <= periods <= [MaxPeriods]; [ErrTooLarge] if more than 2^21 units
// could be done.
func (c *Calibrated) HowMany(periods int) (Output, error) {
	if err := whole("periods", periods, 0, MaxPeriods); err != nil {
		return Output{}, err
	}
	out := Output{Unit: unscaled(c.unit), AtLeast: []float64{1}, Calibration: c.calibration}
	if periods == 0 {
		return out, nil
	}
	s := c.family.pool.stretch(periods)
	if c.family.atLeast(&s, periods, newUnits(2*maxOutput+1)) > 0 {
		return Output{}, fmt.Errorf("%w: more than %d times %s in %d periods, want at most as many",
			ErrTooLarge, 2*maxOutput, out.Unit, periods)
	}
	for n := int64(1); ; n++ {
		p := c.family.atLeast(&s, periods, newUnits(n))
		if p == 0 {
			break
		}
		out.AtLeast = append(out.AtLeast, p)
	}
	if !c.isShort() {
		return out, nil
	}
	simple, err := HowManySimple(c.history, periods)
	if err != nil {
		return Output{}, err
	}
	n := max(len(out.AtLeast), len(simple.AtLeast))
	wide := make([]float64, n)
	for i := range wide {
		wide[i] = wider(from(out.AtLeast, i), from(simple.AtLeast, i))
	}
	for n > 1 && wide[n-1] == 0 {
		n--
	}
	out.AtLeast = wide[:n]
	return out, nil
}

func from(list []float64, i int) float64 {
	if i < len(list) {
		return list[i]
	}
	return 0
}

// belowHalf is the last probability before 1/2.
const belowHalf = .4999

// wider returns the one of two probabilities that is nearer to 1/2, and the last before 1/2 if they lie on
// either side of it. It ascends with both, and is a level of 1/2 or more only if both are: it is rounded
// towards 1/2.
func wider(a, b float64) float64 {
	const exact = 1e-5 // of a step: what rounding to 10 decimal places leaves
	low, high := min(a, b), max(a, b)
	switch {
	case low >= .5:
		return math.Floor(float64(low*chanceSteps)+exact) / chanceSteps
	case high < .5:
		return min(belowHalf, math.Ceil(float64(high*chanceSteps)-exact)/chanceSteps)
	}
	return belowHalf
}

// When returns how many periods it takes to do what the scope holds. Nothing to do takes 0 periods.
// Probabilities are rounded to four decimal places. It costs O(k) for k periods until all is done with
// more than 99.99 %, or [MaxPeriods], times the number of amounts that the scope may be. More than
// 100 of those are taken in 100 groups, each as its largest amount.
//
// Errors: those of [Scope.Validate]; [ErrTooLarge] for a scope in too many steps.
func (c *Calibrated) When(s Scope) (Completion, error) {
	if err := s.Validate(); err != nil {
		return Completion{}, err
	}
	d, err := s.distribution()
	if err != nil {
		return Completion{}, err
	}
	return c.when(d)
}

func (c *Calibrated) when(d spread) (Completion, error) {
	out := c.complete(d.groups(c.unit))
	if !c.isShort() {
		return out, nil
	}
	simple, err := when(c.history.counts(), d)
	if err != nil {
		return Completion{}, err
	}
	wide := Completion{First: min(out.First, simple.First), Calibration: c.calibration}
	end := max(out.First+len(out.Done), simple.First+len(simple.Done))
	for k := wide.First; k < end; k++ {
		wide.Done = append(wide.Done, wider(out.Within(k), simple.Within(k)))
	}
	return wide, nil
}

// within returns the probability that a scope is done within so many periods: what [Calibrated.When] holds for them.
func (c *Calibrated) within(d spread, periods int) (float64, error) {
	if c.isShort() {
		out, err := c.when(d)
		return out.Within(periods), err
	}
	p, s := 0.0, c.family.pool.stretch(max(1, periods))
	for _, g := range d.groups(c.unit) {
		switch {
		case g.units.n == 0:
			p += g.probability
		case periods > 0:
			p += float64(c.family.atLeast(&s, periods, g.units) * g.probability)
		}
	}
	return min(1, roundChance(p)), nil
}

// group is an amount of scope and its probability.
type group struct {
	units       units
	probability float64
}

const maxGroups = 100

// groups returns the amounts that a scope may be, in units, a part of one counting as one.
func (s spread) groups(unit int64) []group {
	var out []group
	size := (len(s.p) + maxGroups - 1) / maxGroups
	for i := 0; i < len(s.p); i += size {
		part := s.p[i:min(i+size, len(s.p))]
		g := group{}
		for _, p := range part {
			g.probability += p
		}
		most := s.low + int64(i+len(part)-1)*s.step
		g.units = newUnits((most + unit - 1) / unit)
		out = append(out, g)
	}
	return out
}

// complete returns the distribution of the number of periods for a scope.
func (c *Calibrated) complete(scope []group) Completion {
	out := Completion{Calibration: c.calibration}
	waits := make([]wait, len(scope))
	for k := 0; k <= MaxPeriods; k++ {
		p, s := 0.0, c.family.pool.stretch(max(1, k))
		for i, g := range scope {
			p += float64(waits[i].within(c.family, &s, k, g.units) * g.probability)
		}
		p = min(1, roundChance(p))
		if len(out.Done) == 0 && p == 0 && k < MaxPeriods {
			continue
		}
		if len(out.Done) == 0 {
			out.First = k
		}
		out.Done = append(out.Done, p)
		if p == 1 {
			break
		}
	}
	return out
}
