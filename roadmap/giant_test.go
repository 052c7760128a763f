package roadmap_test

import (
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/roadmap"
)

// Progress in numbers beyond reading is undefined, at once and without a panic.
func TestProgressOfGiants(t *testing.T) {
	one := decimal.NewFromInt(1)
	for _, exponent := range []int32{math.MinInt32, -1_000_000, 1_000_000, math.MaxInt32} {
		giant := decimal.New(7, exponent)
		for _, p := range []roadmap.Progress{{Done: giant, Total: one}, {Done: one, Total: giant}, {Done: giant, Total: giant}} {
			_, ok := p.Percent(2)
			require.False(t, ok)
			require.Equal(t, "undefined", p.String())
		}
	}
}
