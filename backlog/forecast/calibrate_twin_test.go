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

func twinSum(x []int) (sum int) {
	for _, n := range x {
		sum += n
	}
	return sum
}

func twinAverage(x []int, halfLife float64) float64 {
	sum, weight := 0.0, 0.0
	for i, n := range x {
		w := math.Pow(.5, float64(len(x)-1-i)/halfLife)
		sum, weight = sum+w*float64(n), weight+w
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

func twinBursts(x []int) float64 {
	squares, sum := 10.0, 10.0
	for i := 1; i < len(x); i++ {
		w := math.Pow(.5, float64(len(x)-1-i)/26)
		squares += w * float64((x[i]-x[i-1])*(x[i]-x[i-1])) / 2
		sum += w * float64(x[i])
	}
	return squares / sum
}

// twinExpertAtLeast is the probability of one expert, after the past x, for n or more in k periods.
func twinExpertAtLeast(e twinExpert, x []int, k, n int) float64 {
	if n <= 0 {
		return 1
	}
	median := .02 + e.weights[0]*twinAverage(x, 4) + e.weights[1]*twinAverage(x, 13) + e.weights[2]*twinAverage(x, math.Inf(1))
	median *= float64(k)
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

func twinShares(x []int) []float64 {
	shares, total := make([]float64, len(twinExperts)), 0.0
	for i, e := range twinExperts {
		score := 0.0
		for made := 1; made+4 <= len(x); made++ {
			if twinTeaches(x, made) {
				came := twinSum(x[made : made+4])
				p := twinExpertAtLeast(e, x[:made], 4, came) - twinExpertAtLeast(e, x[:made], 4, came+1)
				score += math.Pow(.5, float64(len(x)-made-4)/104) * .5 * math.Log(p+1e-6)
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

func twinPool(x []int, k, n int) float64 {
	best := 0
	for _, d := range x {
		best = max(best, d)
	}
	if n > 2*best*k {
		return 0
	}
	p := 0.0
	for i, share := range twinShares(x) {
		p += share * twinExpertAtLeast(twinExperts[i], x, k, n)
	}
	return p
}

// twinCounts adds up the weights of past forecasts over k periods whose outcome had at most this
// probability, an outcome being anywhere in its range, in steps of 1/50.
func twinCounts(x []int, k int) (below [51]float64, total float64) {
	for made := 1; made+k <= len(x); made++ {
		if !twinTeaches(x, made) {
			continue
		}
		came := twinSum(x[made : made+k])
		low, high := twinPool(x[:made], k, came+1), twinPool(x[:made], k, came)
		w := math.Pow(.5, float64(len(x)-made-k)/104)
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

func newTwinMaps(x []int) (maps twinMaps) {
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
func (m twinMaps) atLeast(x []int, k, n int) float64 {
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
		c, err := forecast.Calibrate(forecast.Items(x...), forecast.CalibrateOptions{})
		require.NoError(t, err)
		maps := newTwinMaps(x)
		for _, k := range []int{1, 2, 5, 8, 19} {
			out, err := c.HowMany(k)
			require.NoError(t, err)
			for n := 1; n <= len(out.AtLeast); n += 1 + rng.IntN(4) {
				got := out.Probability(decimal.NewFromInt(int64(n)))
				require.InDelta(t, maps.atLeast(x, k, n), got, .51e-4, "%v: %d in %d", x, n, k)
			}
		}
	}
}
