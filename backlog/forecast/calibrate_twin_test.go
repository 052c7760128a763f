package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// The twin of a calibrated forecast: everything is added up anew from the history for every question,
// with the functions of package math.

type twinExpert struct {
	weights       [3]float64
	drift, bursts float64
	share         float64
}

var twinExperts = []twinExpert{
	{[3]float64{.4, .4, .1}, .75, 5, .8},
	{[3]float64{0, .9, .1}, .2, 3, .15},
	{[3]float64{0, 0, 1}, .05, 2, .05},
}

var twinHorizons = []int{1, 2, 3, 4, 6, 8, 12, 16, 24, 32}

// A twinPast is a history with a change after so many periods, which count for a tenth once it has come.
type twinPast struct {
	x       []int
	changed int
	year    int // periods, 0 for no seasons
	memo    map[int][]float64
}

func (p twinPast) before(n int) twinPast { return twinPast{p.x[:n], p.changed, p.year, p.memo} }

// season returns what the i-th period is beside a mean one, by the years that were over when the past was.
func (p twinPast) season(i int) float64 {
	if p.year == 0 || len(p.x) < p.year {
		return 1
	}
	years := len(p.x) / p.year
	if known := p.memo[years]; known != nil {
		return known[i%p.year]
	}
	prior := 20 * twinBursts(p.before(years*p.year))
	index := func(phase int) float64 {
		done, expected := prior, prior
		for year := range years {
			mean := float64(twinSum(p.x[year*p.year:(year+1)*p.year])) / float64(p.year)
			for d, weight := range []float64{1. / 3, 2. / 3, 1, 2. / 3, 1. / 3} {
				done += weight * float64(p.x[year*p.year+(phase+d-2+2*p.year)%p.year])
				expected += weight * mean
			}
		}
		return max(.1, done/expected)
	}
	all, total := make([]float64, p.year), 0.0
	for phase := range all {
		all[phase] = index(phase)
		total += all[phase]
	}
	for phase := range all {
		all[phase] *= float64(p.year) / total
	}
	p.memo[years] = all
	return all[i%p.year]
}

// next returns how many mean periods the next k are.
func (p twinPast) next(k int) (sum float64) {
	if p.year == 0 {
		return float64(k)
	}
	for i := range k {
		sum += p.season(len(p.x) + i)
	}
	return sum
}

// counts returns what a period or forecast that ended after so many periods counts for, if its weight
// halves in so many.
func (p twinPast) counts(end int, halfLife float64) float64 {
	w := math.Pow(.5, float64(len(p.x)-end)/halfLife)
	if len(p.x) >= p.changed && end <= p.changed {
		w *= .1
	}
	return w
}

func twinSum(x []int) (sum int) {
	for _, n := range x {
		sum += n
	}
	return sum
}

func twinAverage(p twinPast, halfLife float64) float64 {
	sum, weight := 0.0, 0.0
	for i, n := range p.x {
		w := p.counts(i+1, halfLife)
		sum, weight = sum+w*float64(n), weight+w*p.before(i).season(i)
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

func twinBursts(p twinPast) float64 {
	squares, sum := 10.0, 10.0
	for i := 1; i < len(p.x); i++ {
		w, step := p.counts(i+1, 26), p.x[i]-p.x[i-1]
		squares += w * float64(step*step) / 2
		sum += w * float64(p.x[i])
	}
	return squares / sum
}

// twinExpertAtLeast is the probability of one expert, after a past, for n or more in k periods.
func twinExpertAtLeast(e twinExpert, x twinPast, k, n int) float64 {
	if n <= 0 {
		return 1
	}
	median := .02 + e.weights[0]*twinAverage(x, 4) + e.weights[1]*twinAverage(x, 13) + e.weights[2]*twinAverage(x, math.Inf(1))
	median *= x.next(k)
	slope := math.Pi / math.Sqrt(3) / math.Sqrt(e.drift+e.bursts*twinBursts(x)/median)
	far := math.Pi / math.Sqrt(3) / math.Sqrt(e.drift)
	distance := math.Log((float64(n) - .5) / median)
	power := slope * distance
	if distance > 2 {
		power = 2*slope + (distance-2)*far
	}
	return 1 / (1 + math.Exp(power))
}

func twinTeaches(x []int, at int) bool { return at > 0 && twinSum(x[max(0, at-13):at]) > 0 }

func twinShares(p twinPast) []float64 {
	shares, total := make([]float64, len(twinExperts)), 0.0
	for i, e := range twinExperts {
		score := 0.0
		for made := 1; made+4 <= len(p.x); made++ {
			if twinTeaches(p.x, made) {
				came, then := twinSum(p.x[made:made+4]), p.before(made)
				exactly := twinExpertAtLeast(e, then, 4, came) - twinExpertAtLeast(e, then, 4, came+1)
				score += p.counts(made+4, 104) * .5 * math.Log(exactly+1e-6)
			}
		}
		shares[i] = e.share * math.Exp(score)
		total += shares[i]
	}
	for i, e := range twinExperts {
		shares[i] = .1*e.share + .9*shares[i]/total
	}
	return shares
}

func twinPool(p twinPast, k, n int) float64 {
	best := 0
	for _, d := range p.x {
		best = max(best, d)
	}
	if n > 2*best*k {
		return 0
	}
	sum := 0.0
	for i, share := range twinShares(p) {
		sum += share * twinExpertAtLeast(twinExperts[i], p, k, n)
	}
	return sum
}

// twinCounts adds up the weights of past forecasts over k periods whose outcome had at most this
// probability, an outcome being anywhere in its range, in steps of 1/50.
func twinCounts(p twinPast, k int) (below [51]float64, total float64) {
	for made := 1; made+k <= len(p.x); made++ {
		if !twinTeaches(p.x, made) {
			continue
		}
		came := twinSum(p.x[made : made+k])
		low, high := twinPool(p.before(made), k, came+1), twinPool(p.before(made), k, came)
		w := p.counts(made+k, 104)
		total += w
		for i := range below {
			at := float64(i) / 50
			switch {
			case at > high:
				below[i] += w
			case at > low:
				below[i] += w * (at - low) / (high - low)
			}
		}
	}
	return below, total
}

type twinMaps [][51]float64

func newTwinMaps(x twinPast) (maps twinMaps) {
	var pooled [51]float64
	sum := 10.0
	for i := range pooled {
		pooled[i] = 10 * float64(i) / 50
	}
	for _, k := range twinHorizons {
		below, total := twinCounts(x, k)
		for i := range pooled {
			pooled[i] += below[i] / math.Sqrt(float64(k))
		}
		sum += total / math.Sqrt(float64(k))
	}
	for _, k := range twinHorizons {
		below, total := twinCounts(x, k)
		prior := 4 * float64(k)
		for i := range below {
			below[i] = (prior*pooled[i]/sum + below[i]) / (prior + total)
		}
		maps = append(maps, below)
	}
	return maps
}

// atLeast is the largest probability that the maps give for k or fewer periods.
func (m twinMaps) atLeast(x twinPast, k, n int) float64 {
	best := 0.0
	for fewer := 1; fewer <= k; fewer++ {
		i := 0
		for i+1 < len(twinHorizons) && twinHorizons[i+1] <= fewer {
			i++
		}
		at := twinPool(x, fewer, n) * 50
		cell := min(49, int(at))
		best = max(best, m[i][cell]+(at-float64(cell))*(m[i][cell+1]-m[i][cell]))
	}
	return best
}

func TestCalibratedEqualsItsTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(61, 1))
	for range 5 {
		x := randomHistory(rng, 30+rng.IntN(8), 1+rng.IntN(6))
		x[rng.IntN(len(x))] = 1 // a unit of 1
		past := twinPast{x: x, year: []int{0, 8, 12}[rng.IntN(3)], memo: map[int][]float64{}}
		if rng.IntN(2) == 0 {
			past.changed = 1 + rng.IntN(len(x))
		}
		c, err := forecast.Calibrate(forecast.Items(x...), forecast.CalibrateOptions{Changed: past.changed, Year: past.year})
		require.NoError(t, err)
		maps := newTwinMaps(past)
		for _, k := range []int{1, 2, 5, 8, 19} {
			out, err := c.HowMany(k)
			require.NoError(t, err)
			for n := 1; n <= len(out.AtLeast); n += 1 + rng.IntN(4) {
				got := out.Probability(decimal.NewFromInt(int64(n)))
				require.InDelta(t, maps.atLeast(past, k, n), got, .51e-4, "%v: %d in %d", past, n, k)
			}
		}
	}
}
