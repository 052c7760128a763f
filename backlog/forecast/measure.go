package forecast

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story/field"
)

// Measure is by what a forecast counts the work.
type Measure uint8

// The measures. The zero value is unset: no measure.
const (
	MeasureItems      Measure = iota + 1 // how many items are done in a period
	MeasurePoints                        // how many points
	MeasureCycleTimes                    // how long an item takes, and how many are in progress
)

var measures = field.EnumOf[Measure]("forecast", "Measure", "items", "points", "cycle_times")

// IsValid reports whether m is one of the three measures.
func (m Measure) IsValid() bool { return measures.IsValid(m) }

// String returns "items", "points" or "cycle_times".
func (m Measure) String() string { return measures.String(m) }

// MarshalText returns the text of [Measure.String]. It returns a [*field.Error] for an unknown value.
func (m Measure) MarshalText() ([]byte, error) { return measures.MarshalText(m) }

// UnmarshalText sets m to the measure of that text. It returns a [*field.Error] for any other text.
func (m *Measure) UnmarshalText(text []byte) error { return measures.UnmarshalText(m, text) }

// MeasureComparison holds which measure forecasts better.
type MeasureComparison struct {
	// Best is the measure whose forecasts had the least CRPS, if the differences to those of every other are more
	// than chance makes. It is unset where no difference is to be seen.
	Best   Measure        `json:"best,omitzero"`
	Scores []MeasureScore `json:"scores"` // of the measures that the items have, in the order of the constants
	// Differences has each pair of those.
	Differences []MeasureDifference `json:"differences"`
}

// MeasureScore holds how the forecasts by a measure did, of within how many periods the next items are done.
type MeasureScore struct {
	Measure   Measure    `json:"measure"`
	Forecasts int        `json:"forecasts"`
	CRPS      float64    `json:"crps"`     // mean, as a part of the periods that it took
	Pinball   float64    `json:"pinball"`  // the same of the levels of Coverage
	Coverage  []Coverage `json:"coverage"` // of .5, .7, .85 and .95
}

// MeasureDifference is by how much the mean CRPS of the second measure is above that of the first, and the standard
// error of that.
type MeasureDifference struct {
	First  Measure `json:"first"`
	Second Measure `json:"second"`
	CRPS   float64 `json:"crps"`
	Error  float64 `json:"error"`
	// Seen reports whether the difference is more than twice its error.
	Seen bool `json:"seen"`
}

// String returns the verdict: "points forecast better", or "no difference to be seen in 104 forecasts".
func (c MeasureComparison) String() string {
	switch {
	case len(c.Scores) == 0 || c.Scores[0].Forecasts < fewestCompared:
		return "too little has been done to tell"
	case len(c.Scores) < 2:
		return "there is but one measure to go by"
	case c.Best == 0:
		return fmt.Sprintf("no difference to be seen in %d forecasts", c.Scores[0].Forecasts)
	}
	return map[Measure]string{
		MeasureItems: "items forecast better", MeasurePoints: "points forecast better", MeasureCycleTimes: "cycle times forecast better",
	}[c.Best]
}

const (
	// comparedHorizon is how many periods' worth of items are forecast.
	comparedHorizon = 4
	// comparedAhead is how many periods a forecast that is compared looks ahead.
	comparedAhead = 60
	// comparedLag is over how many forecasts the errors of neighbours hang together.
	comparedLag = 8
	// fewestCompared is from how many forecasts on a difference is looked for: five that do not overlap.
	fewestCompared = 5 * comparedLag
	// measured is the part of the items that has to have what a measure needs.
	measured = .8
)

// CompareMeasures returns which measure forecasts better what became of the given items, up to now. It asks of each
// measure the same question: at the end of each period from the 30th on, within how many periods are the next
// items done, those that were in fact done next, as many as four periods bring at the mean of the last 13? Items and
// points are forecast by [Calibrated] histories of them, points for the sum of the points of these items. Cycle
// times are forecast by as many lanes as there were items in progress: each does its part one after the
// other, each taking as long as one of the last 200, and how often that held so far calibrates it in the same
// way. A measure is left out unless 80 % of what was done has points, or was begun before it was done.
//
// The score is the continuous ranked probability score (Gneiting and Raftery 2007). A difference of means is seen if
// it is more than two standard errors, by the test of Diebold and Mariano (1995) with the variance of Newey and
// West (1987) over 8 neighbouring forecasts, since those overlap; and in 40 forecasts or more. Of two
// measures that are as good as one another it is seen in about one of twenty histories.
//
// It costs about a tenth of a millisecond for each period, and O(n log n) for n items. Errors: those of [flow.Rates].
func CompareMeasures(items []flow.Item, p flow.Periods, now time.Time) (MeasureComparison, error) {
	rates, err := flow.Rates(items, p, now)
	if err != nil {
		return MeasureComparison{}, err
	}
	if len(rates) == 0 {
		return MeasureComparison{Scores: []MeasureScore{}, Differences: []MeasureDifference{}}, nil
	}
	times, err := flow.CycleTimes(items, p.WorkTime, now)
	if err != nil {
		return MeasureComparison{}, err
	}
	return newComparing(items, times, rates, p).compare(), nil
}

// comparing holds what was done, in order, and in which period.
type comparing struct {
	rates    []flow.Rate
	days     int     // of a period
	period   []int   // of each item done
	points   []int64 // of each, in units
	cycle    []int   // days of each
	upTo     []int   // items done in the first 0, 1, 2 ... periods
	byPoints bool
	byCycle  bool
}

func newComparing(items []flow.Item, times []flow.CycleTime, rates []flow.Rate, p flow.Periods) *comparing {
	c := &comparing{rates: rates, days: p.Days, upTo: make([]int, len(rates)+1)}
	var done []flow.Item
	for _, item := range items {
		if !item.Done.IsZero() {
			done = append(done, item)
		}
	}
	slices.SortStableFunc(done, func(a, b flow.Item) int { return a.Done.Compare(b.Done) }) // as times are
	unit, withPoints, begun := int64(0), 0, 0
	for i, item := range done {
		at := sort.Search(len(rates), func(j int) bool { return item.Done.Before(rates[j].To) })
		if i >= len(times) || at == len(rates) || item.Done.Before(rates[0].From) {
			continue
		}
		c.period = append(c.period, at)
		c.cycle = append(c.cycle, times[i].Days)
		c.points = append(c.points, scaled(item.Points))
		c.upTo[at+1]++
		unit = gcd(unit, scaled(item.Points))
		if item.Points.IsPositive() {
			withPoints++
		}
		if !item.Started.IsZero() {
			begun++
		}
	}
	for i := range rates {
		c.upTo[i+1] += c.upTo[i]
	}
	for i := range c.points {
		c.points[i] /= max(1, unit)
	}
	enough := measured * float64(len(c.period))
	c.byPoints, c.byCycle = withPoints > 0 && float64(withPoints) >= enough, begun > 0 && float64(begun) >= enough
	return c
}

// contender is a measure and what it has to do with.
type contender struct {
	measure Measure
	within  func(now, first, n int) []float64 // the probability that it is done within 0, 1, 2 ... periods
	loss    []float64
	score   MeasureScore
}

func (c *comparing) compare() MeasureComparison {
	items, points := newLearner(0), newLearner(0)
	lanes := &lanes{comparing: c}
	all := []*contender{{measure: MeasureItems, within: func(_, _, n int) []float64 { return items.ahead(int64(n)) }}}
	if c.byPoints {
		all = append(all, &contender{measure: MeasurePoints, within: func(_, first, n int) []float64 {
			return points.ahead(sumOf(c.points[first : first+n]))
		}})
	}
	if c.byCycle {
		all = append(all, &contender{measure: MeasureCycleTimes, within: lanes.within})
	}
	levels, took := []float64{.5, .7, .85, .95}, 0.0
	for _, one := range all {
		one.score.Measure = one.measure
		for _, level := range levels {
			one.score.Coverage = append(one.score.Coverage, Coverage{Level: level})
		}
	}
	for now := range c.rates {
		first := c.upTo[now]
		recent := first - c.upTo[max(0, now-quarter)]
		n := max(leastScope, (2*comparedHorizon*recent+quarter)/(2*quarter))
		if now >= testedAfter && recent >= quarter && first+n <= len(c.period) {
			came := c.period[first+n-1] - now + 1
			took += float64(came)
			for _, one := range all {
				one.add(one.within(now, first, n), levels, came)
			}
		}
		items.observe(int64(c.upTo[now+1] - first))
		points.observe(sumOf(c.points[first:c.upTo[now+1]]))
	}
	out := MeasureComparison{Scores: []MeasureScore{}, Differences: []MeasureDifference{}}
	for _, one := range all {
		out.Scores = append(out.Scores, one.finish(took, len(levels)))
	}
	out.judge(all, took)
	return out
}

func sumOf(list []int64) (sum int64) {
	for _, n := range list {
		sum += n
	}
	return sum
}

// ahead returns the probability that so many units are done within 0, 1, 2 ... periods.
func (l *learner) ahead(n int64) []float64 {
	f, u, w := l.family(), newUnits(n), wait{}
	out := make([]float64, comparedAhead+1)
	for k := range out {
		s := f.pool.stretch(max(1, k))
		out[k] = w.within(f, &s, k, u)
	}
	return out
}

// add scores a forecast against the number of periods that it took.
func (c *contender) add(within, levels []float64, came int) {
	c.score.Forecasts++
	crps := 0.0
	for k, p := range within[1:] { // the integral of (F - outcome)^2
		if k+1 >= came {
			p = 1 - p
		}
		crps += float64(p * p)
	}
	c.loss = append(c.loss, crps+float64(max(0, came-len(within))))
	for i, level := range levels {
		stated := slices.IndexFunc(within, func(p float64) bool { return p >= level })
		if stated < 0 {
			stated = len(within) - 1
		}
		c.score.Coverage[i].add(within[stated], came <= stated)
		c.score.Pinball += pinball(level, int64(stated), int64(came))
	}
}

func (c *contender) finish(took float64, levels int) MeasureScore {
	for i := range c.score.Coverage {
		c.score.Coverage[i].finish()
	}
	if took > 0 {
		c.score.CRPS = round(total(c.loss) / took)
		c.score.Pinball = round(c.score.Pinball / took / float64(levels))
	}
	return c.score
}

func total(list []float64) (sum float64) {
	for _, x := range list {
		sum += x
	}
	return sum
}

// judge compares each pair, and names the best if it is better than all.
func (c *MeasureComparison) judge(all []*contender, took float64) {
	beats := make([]int, len(all))
	for i, a := range all {
		for j, b := range all[i+1:] {
			n := len(a.loss)
			if n < 2 || took == 0 {
				continue
			}
			d := MeasureDifference{First: a.measure, Second: b.measure}
			gap := make([]float64, n)
			for k := range gap {
				gap[k] = b.loss[k] - a.loss[k]
			}
			mean, scale := total(gap)/float64(n), took/float64(n)
			fault := standardError(gap, mean)
			d.CRPS, d.Error = round(mean/scale), round(fault/scale)
			d.Seen = n >= fewestCompared && math.Abs(mean) > 2*fault
			switch {
			case !d.Seen:
			case mean > 0:
				beats[i]++
			default:
				beats[i+1+j]++
			}
			c.Differences = append(c.Differences, d)
		}
	}
	for i, n := range beats {
		if n == len(all)-1 && n > 0 {
			c.Best = all[i].measure
		}
	}
}

// standardError is that of a mean of values whose neighbours hang together (Newey and West 1987).
func standardError(values []float64, mean float64) float64 {
	variance, n := 0.0, len(values)
	for lag := 0; lag <= min(comparedLag, n-1); lag++ {
		sum := 0.0
		for i := lag; i < n; i++ {
			sum += float64((values[i] - mean) * (values[i-lag] - mean))
		}
		if lag > 0 {
			sum *= 2 * (1 - float64(lag)/(comparedLag+1))
		}
		variance += sum
	}
	return math.Sqrt(max(0, variance)) / float64(n)
}

// lanes forecasts by cycle times.
type lanes struct {
	*comparing
	outcomes histogram
	open     []laneForecast
}

// laneForecast is a forecast that was made, until it is known what came.
type laneForecast struct {
	within []float64 // as it was before it was calibrated
	last   int       // the period in which the last item is done
	made   int
}

// lastCycles is how many cycle times a forecast draws from.
const lastCycles = 200

func (l *lanes) within(now, first, n int) []float64 {
	l.outcomes.fade(scoreKept)
	l.open = slices.DeleteFunc(l.open, func(f laneForecast) bool {
		if f.last >= now {
			return false
		}
		k := min(f.last-f.made+1, comparedAhead)
		l.outcomes.add(f.within[k-1], f.within[k])
		return true
	})
	raw := l.plain(now, first, n)
	l.open = append(l.open, laneForecast{raw, l.period[first+n-1], now})
	stated := asStated()
	m := l.outcomes.learn(&stated, poolPrior)
	out := make([]float64, len(raw))
	for k, p := range raw {
		if p > 0 {
			out[k] = roundChance(m.of(p))
		}
	}
	return out
}

// plain returns the probability that so many lanes have done n items within 0, 1, 2 ... periods.
func (l *lanes) plain(now, first, n int) []float64 {
	end := comparedAhead*l.days + 1
	cycles := l.cycle[max(0, first-lastCycles):first]
	one := make([]float64, min(slices.Max(cycles), end)+1)
	for _, days := range cycles {
		one[min(days, end)] += 1 / float64(len(cycles))
	}
	many := min(n, max(1, l.rates[now-1].InProgress))
	each := n / many
	sums := sum{at: []float64{1}}
	for range each {
		sums.add(one, end)
	}
	short := sums.cumulative()
	long := short
	if n%many > 0 {
		sums.add(one, end)
		long = sums.cumulative()
	}
	out := make([]float64, comparedAhead+1)
	for k := range out {
		done := float64(repeated(short.upTo(k*l.days), many-n%many) * repeated(long.upTo(k*l.days), n%many))
		out[k] = min(1, done)
	}
	return out
}

// upTo returns the probability of at most n.
func (c cumulative) upTo(n int) float64 { return c.below[min(n+1, len(c.below)-1)] }

// repeated returns the product of n times x.
func repeated(x float64, n int) float64 {
	out := 1.0
	for range n {
		out = float64(out * x)
	}
	return out
}
