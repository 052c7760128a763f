package forecast_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// tolerance is what the package documents: 10 decimal places, half a unit of the last, and the
// floating-point error before, which must stay far below.
const tolerance = .5e-10 + 2e-12

// within is the dumb twin: it convolves period by period, and weighs by how likely each scope is.
func within(history []int, scope map[int]float64, periods int) []float64 {
	sum := []float64{1}
	var out []float64
	for range periods + 1 {
		p := 0.0
		for n, weight := range scope {
			for s := n; s < len(sum); s++ {
				p += weight * sum[s]
			}
		}
		out = append(out, p)
		sum = convolve(sum, history)
	}
	return out
}

func convolve(sum []float64, history []int) []float64 {
	most, weight := 0, 1/float64(len(history))
	for _, x := range history {
		most = max(most, x)
	}
	next := make([]float64, len(sum)+most)
	for s, v := range sum {
		for _, x := range history {
			next[s+x] += v * weight
		}
	}
	return next
}

func randomHistory(rng *rand.Rand, length, most int) []int {
	h := make([]int, length)
	for i := range h {
		h[i] = rng.IntN(most + 1)
	}
	h[rng.IntN(length)] = 1 + rng.IntN(most)
	return h
}

func requireWithin(t *testing.T, want []float64, got forecast.Completion, args ...any) {
	t.Helper()
	before := 0.0
	for k, p := range want {
		require.InDelta(t, p, got.Within(k), tolerance, "within %d of %v", k, args)
		require.GreaterOrEqual(t, got.Within(k), before)
		before = got.Within(k)
	}
}

func TestWhenAgainstConvolution(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		history := randomHistory(rng, 1+rng.IntN(8), 1+rng.IntN(9))
		n := rng.IntN(40)
		c, err := forecast.WhenSimple(forecast.Items(history...), forecast.ItemScope(n))
		require.NoError(t, err)
		requireWithin(t, within(history, map[int]float64{n: 1}, 25), c, history, n)
	}
}

// Shapes that are hard on a transform: rare large amounts, hardly any spread, long scopes.
func TestWhenHardShapes(t *testing.T) {
	mostly := func(usual, rare, n int) []int {
		h := make([]int, n)
		for i := range h {
			h[i] = usual
		}
		h[0] = rare
		return h
	}
	rng := rand.New(rand.NewPCG(2, 2))
	tests := map[string]struct {
		history []int
		scope   int
		periods int
	}{
		"rarely anything":          {mostly(0, 50, 20), 120, 400},
		"rarely more than all":     {mostly(0, 300, 10), 120, 150},
		"hardly any spread":        {mostly(10, 11, 100), 3000, 310},
		"all alike":                {mostly(7, 7, 4), 1000, 150},
		"the figures of the issue": {randomHistory(rng, 100, 50), 1000, 90},
		"many small":               {[]int{0, 1, 1, 2, 1, 0}, 400, 600},
		"one or many":              {[]int{1, 97}, 1500, 100},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := forecast.WhenSimple(forecast.Items(test.history...), forecast.ItemScope(test.scope))
			require.NoError(t, err)
			requireWithin(t, within(test.history, map[int]float64{test.scope: 1}, test.periods), c)
		})
	}
}

// An uncertain scope is the same as each certain one, weighed by the triangle.
func TestWhenUncertainScope(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 1000 {
		history := randomHistory(rng, 1+rng.IntN(6), 1+rng.IntN(6))
		low := rng.IntN(10)
		likely := low + rng.IntN(10)
		high := likely + rng.IntN(10)
		c, err := forecast.WhenSimple(forecast.Items(history...), scope(low, likely, high))
		require.NoError(t, err)
		requireWithin(t, within(history, triangle(low, likely, high), 30), c, history, low, likely, high)
	}
}

// Wide scopes of units that are small and of which there may be none, done in as many periods as are
// looked at.
func TestWhenUncertainScopeOfSmallSteps(t *testing.T) {
	for _, history := range [][]int{{1}, {1, 2}, {0, 1}, {0, 0, 3, 4}, {10, 11}, {1, 30}} {
		c, err := forecast.WhenSimple(forecast.Items(history...), scope(0, 250, 500))
		require.NoError(t, err)
		requireWithin(t, within(history, triangle(0, 250, 500), 600), c, history)
	}
}

func scope(low, likely, high int) forecast.Scope {
	n := func(i int) decimal.Decimal { return decimal.NewFromInt(int64(i)) }
	return forecast.Scope{Low: n(low), Likely: n(likely), High: n(high)}
}

func triangle(low, likely, high int) map[int]float64 {
	weights, total := map[int]float64{}, 0.0
	for n := low; n <= high; n++ {
		rise := float64(n-low+1) / float64(likely-low+1)
		fall := float64(high-n+1) / float64(high-likely+1)
		weights[n] = min(rise, fall)
		total += weights[n]
	}
	for n := range weights {
		weights[n] /= total
	}
	return weights
}

func TestWhenLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range 500 {
		counts := randomHistory(rng, 1+rng.IntN(10), 1+rng.IntN(12))
		n := rng.IntN(60)
		h, s := forecast.Items(counts...), forecast.ItemScope(n)
		c, err := forecast.WhenSimple(h, s)
		require.NoError(t, err)

		// The order of the past does not matter, to the last bit.
		rng.Shuffle(len(h), func(i, j int) { h[i], h[j] = h[j], h[i] })
		shuffled, err := forecast.WhenSimple(h, s)
		require.NoError(t, err)
		require.Equal(t, c, shuffled)

		// Nor does the unit: points instead of items, half points, thousands.
		factor := []decimal.Decimal{d("0.5"), d("3"), d("0.0001"), d("2000")}[rng.IntN(4)]
		points := make(forecast.History, len(h))
		for i := range h {
			points[i] = h[i].Mul(factor)
		}
		scaled, err := forecast.WhenSimple(points, forecast.Exactly(s.Low.Mul(factor)))
		require.NoError(t, err)
		require.Equal(t, c, scaled)

		// More to do is never done sooner, and more confidence takes no fewer periods.
		more, err := forecast.WhenSimple(h, forecast.ItemScope(n+1))
		require.NoError(t, err)
		before := 0
		for _, confidence := range []float64{.05, .5, .7, .85, .95, 1} {
			few, ok := c.Percentile(confidence)
			require.True(t, ok)
			many, ok := more.Percentile(confidence)
			require.True(t, ok)
			require.GreaterOrEqual(t, many, few)
			require.GreaterOrEqual(t, few, before)
			before = few
		}

		// At least n in k periods is the same event as n within k periods.
		k := rng.IntN(12)
		out, err := forecast.HowManySimple(h, k)
		require.NoError(t, err)
		require.InDelta(t, out.Probability(s.Low), c.Within(k), 2*tolerance)

		// The parts add up, and what is stored can be read again.
		sum := 0.0
		for _, p := range c.All() {
			sum += p
		}
		require.InDelta(t, 1, sum+c.Beyond(), 1e-9)
		text, err := json.Marshal(c)
		require.NoError(t, err)
		var back forecast.Completion
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, c, back)
	}
}

func TestHowManyAgainstConvolution(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for range 2000 {
		history := randomHistory(rng, 1+rng.IntN(8), 1+rng.IntN(9))
		k := rng.IntN(20)
		sum := []float64{1}
		for range k {
			sum = convolve(sum, history)
		}
		out, err := forecast.HowManySimple(forecast.Items(history...), k)
		require.NoError(t, err)
		tail := 0.0
		for n := len(sum) - 1; n >= 0; n-- {
			tail += sum[n]
			require.InDelta(t, tail, out.Probability(decimal.NewFromInt(int64(n))), tolerance)
		}
		require.Zero(t, out.Probability(decimal.NewFromInt(int64(len(sum)))))
		for _, confidence := range []float64{.05, .5, .85, .95} {
			least, ok := out.Percentile(confidence)
			require.True(t, ok)
			require.GreaterOrEqual(t, out.Probability(least), confidence)
			require.Less(t, out.Probability(least.Add(out.Unit)), confidence)
		}
	}
}

// Two teams on one backlog do what each does, added up: their joint output is the convolution of both.
func TestPool(t *testing.T) {
	rng := rand.New(rand.NewPCG(19, 19))
	for range 200 {
		a, b := randomHistory(rng, 1+rng.IntN(5), 6), randomHistory(rng, 1+rng.IntN(5), 6)
		pool, err := forecast.Pool(forecast.Items(a...), forecast.Items(b...))
		require.NoError(t, err)
		k := 1 + rng.IntN(4)
		out, err := forecast.HowManySimple(pool, k)
		require.NoError(t, err)
		sum := []float64{1}
		for range k {
			sum = convolve(convolve(sum, a), b)
		}
		tail := 0.0
		for n := len(sum) - 1; n >= 0; n-- {
			tail += sum[n]
			require.InDelta(t, tail, out.Probability(decimal.NewFromInt(int64(n))), tolerance)
		}
	}
	idle, err := forecast.Pool(forecast.Items(0), forecast.Items(2))
	require.NoError(t, err)
	require.Equal(t, "2", idle[0].String())
}

// A probability that is exactly the confidence counts: 17 of 20 periods is 85 %.
func TestPercentileAtTheEdge(t *testing.T) {
	for n := 1; n <= 100; n++ {
		counts := make([]int, 100)
		for i := range n {
			counts[i] = 1
		}
		c, err := forecast.WhenSimple(forecast.Items(counts...), forecast.ItemScope(1))
		require.NoError(t, err)
		k, ok := c.Percentile(float64(n) / 100)
		require.True(t, ok)
		require.Equal(t, 1, k)
		out, err := forecast.HowManySimple(forecast.Items(counts...), 1)
		require.NoError(t, err)
		least, ok := out.Percentile(float64(n) / 100)
		require.True(t, ok)
		require.Equal(t, "1", least.String())
	}
}

func TestWhenBeyondTheHorizon(t *testing.T) {
	rare := make([]int, 1000)
	rare[0] = 1
	tests := map[string]struct {
		scope  int
		beyond string
	}{
		"hopeless":   {1000, "1.000"},
		"uncertain":  {10, "0.458"}, // fewer than 10 of a Poisson distribution with mean 10
		"just about": {2, "0.000"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := forecast.WhenSimple(forecast.Items(rare...), forecast.ItemScope(test.scope))
			require.NoError(t, err)
			require.Equal(t, test.beyond, fmt.Sprintf("%.3f", c.Beyond()))
			_, ok := c.Percentile(.85)
			require.Equal(t, test.beyond == "0.000", ok)
		})
	}
	var zero forecast.Completion
	require.Zero(t, zero.Within(5))
	require.Equal(t, 1.0, zero.Beyond())
	_, ok := zero.Percentile(.5)
	require.False(t, ok)
}

func TestPercentileOfNoConfidence(t *testing.T) {
	c, err := forecast.WhenSimple(weeks, forecast.ItemScope(5))
	require.NoError(t, err)
	out, err := forecast.HowManySimple(weeks, 5)
	require.NoError(t, err)
	for _, confidence := range []float64{0, -1, 1.01, 85, nan()} {
		k, ok := c.Percentile(confidence)
		require.False(t, ok)
		require.Zero(t, k)
		amount, ok := out.Percentile(confidence)
		require.False(t, ok)
		require.True(t, amount.IsZero())
	}
	k, ok := forecast.Completion{First: 2, Done: []float64{.2, .4}}.Percentile(.5)
	require.False(t, ok, "not so far ahead")
	require.Zero(t, k)
}

func nan() float64 {
	zero := 0.0
	return zero / zero
}
