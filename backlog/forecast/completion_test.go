package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

const tolerance = 1e-10

// within is the dumb twin: it convolves period by period, and weighs by how likely each scope is.
func within(history []int, scope map[int]float64, periods int) []float64 {
	sum := []float64{1}
	var out []float64
	for range periods + 1 {
		p := 0.0
		for n, weight := range scope {
			for s, v := range sum {
				if s >= n {
					p += weight * v
				}
			}
		}
		out = append(out, p)
		next := make([]float64, len(sum)+maxOf(history))
		for s, v := range sum {
			for _, x := range history {
				next[s+x] += v / float64(len(history))
			}
		}
		sum = next
	}
	return out
}

func maxOf(values []int) int {
	most := 0
	for _, v := range values {
		most = max(most, v)
	}
	return most
}

func randomHistory(rng *rand.Rand, length, most int) []int {
	h := make([]int, length)
	for i := range h {
		h[i] = rng.IntN(most + 1)
	}
	h[rng.IntN(length)] = 1 + rng.IntN(most)
	return h
}

func TestWhenAgainstConvolution(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	worst := 0.0
	for range 3000 {
		history := randomHistory(rng, 1+rng.IntN(8), 1+rng.IntN(9))
		n := rng.IntN(40)
		c, err := forecast.When(forecast.Items(history...), forecast.ItemScope(n))
		require.NoError(t, err)
		for k, want := range within(history, map[int]float64{n: 1}, 25) {
			require.InDelta(t, want, c.Within(k), tolerance, "%v %d within %d", history, n, k)
			worst = max(worst, math.Abs(want-c.Within(k)))
		}
	}
	t.Logf("largest difference %.1e", worst)
}

func d(text string) decimal.Decimal { return decimal.RequireFromString(text) }
