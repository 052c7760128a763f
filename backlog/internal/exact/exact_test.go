package exact_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story/field"
)

// Quotients and roots are the multiples of the last place that are nearest to the exact value, the upper
// one of two: r - half a place <= value < r + half a place, checked without division.
func TestRounding(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for range 5000 {
		a := decimal.New(rng.Int64N(1_000_000), -int32(rng.IntN(5)))
		b := decimal.New(1+rng.Int64N(1_000_000), -int32(rng.IntN(5)))
		places := int32(rng.IntN(6))
		half := decimal.New(5, -places-1)
		q := exact.Quotient(a, b, places)
		require.True(t, q.Sub(half).Mul(b).Cmp(a) <= 0 && q.Add(half).Mul(b).Cmp(a) > 0, "%s / %s is %s", a, b, q)
		r := exact.Root(a, b, places)
		low, high := decimal.Max(r.Sub(half), decimal.Zero), r.Add(half)
		require.True(t, low.Mul(low).Mul(b).Cmp(a) <= 0 && high.Mul(high).Mul(b).Cmp(a) > 0, "root of %s / %s is %s", a, b, r)
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string][2]bool{ // an amount, one above zero
		"0": {true, false}, "0.0001": {true, true}, "1000000000": {true, true}, "1e9": {true, true}, "1.50000": {true, true},
		"-1": {}, "0.00001": {}, "1000000000.0001": {}, "1e10": {}, "1e-65": {}, "1e9999": {},
	} {
		d := decimal.RequireFromString(text)
		for i, check := range []func(pkg, path string, d decimal.Decimal) error{exact.CheckAmount, exact.CheckPositive} {
			if err := check("p", "x", d); want[i] {
				require.NoError(t, err, text)
			} else {
				require.ErrorIs(t, err, field.ErrInvalid, text)
			}
		}
	}
}
