package exact_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
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

// Places beyond 0 to 100 are taken for the nearest.
func TestPlaces(t *testing.T) {
	a, b := decimal.NewFromInt(2), decimal.NewFromInt(3)
	for _, round := range []func(a, b decimal.Decimal, places int32) decimal.Decimal{exact.Quotient, exact.Root} {
		for places, want := range map[int32]int32{-1: 0, -1 << 31: 0, 0: 0, 1: -1, 99: -99, 100: -100, 101: -100, 1<<31 - 1: -100} {
			got := round(a, b, places)
			require.Equal(t, want, got.Exponent(), places)
			require.True(t, round(a, b, -want).Equal(got), places)
		}
	}
}

// What is no amount is refused in words. Whether a decimal is one does not depend on how it is written.
func TestAmounts(t *testing.T) {
	amount := func(text string) string {
		return fmt.Sprintf("p: x is %q, want 0 to 1000000000 with at most 4 decimal places", text)
	}
	zeros := "1." + strings.Repeat("0", 64)
	tests := map[string]string{ // what is said of an amount
		"0": "", "0e9": "", "0.0001": "", "1000000000": "", "1e9": "", "1.5000": "", "1.50000": "", zeros: "",
		"-1": `p: x is "-1", want >= 0`, "-0.0001": `p: x is "-0.0001", want >= 0`,
		"0.00001": amount("0.00001"), "0.12345": amount("0.12345"),
		"1000000000.0001": amount("1000000000.0001"), "1000000001": amount("1000000001"), "2e9": amount("2000000000"),
		"1e10": amount("a decimal with exponent 10"), "0e10": amount("a decimal with exponent 10"),
		zeros + "0": amount("a decimal with exponent -65"), "1e9999": amount("a decimal with exponent 9999"),
	}
	for text, want := range tests {
		d := decimal.RequireFromString(text)
		require.Equal(t, want, said(exact.CheckAmount("p", "x", d)), text)
		if want == "" && d.IsZero() {
			want = `p: x is "0", want > 0`
		}
		require.Equal(t, want, said(exact.CheckPositive("p", "x", d)), text)
	}
}

func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
