package increasing_test

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/internal/increasing"
)

// Longest against trying every subset: what it marks increases, and nothing longer does.
func TestLongest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		values := make([]int, rng.IntN(10))
		for i := range values {
			values[i] = rng.IntN(12)
		}
		most := 0
		for subset := range uint(1) << len(values) {
			if increases(values, func(i int) bool { return subset>>i&1 == 1 }) {
				most = max(most, bits.OnesCount(subset))
			}
		}
		marked := increasing.Longest(values)
		count := 0
		for _, is := range marked {
			if is {
				count++
			}
		}
		require.True(t, increases(values, func(i int) bool { return marked[i] }), "%v %v", values, marked)
		require.Equal(t, most, count, "%v", values)
	}
}

func increases(values []int, has func(i int) bool) bool {
	last := -1
	for i, value := range values {
		if !has(i) {
			continue
		}
		if value <= last {
			return false
		}
		last = value
	}
	return true
}
