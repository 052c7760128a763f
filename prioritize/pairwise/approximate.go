package pairwise

import (
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// significantDigits is what is kept of a figure that only floats can give: an eigenvector, a
// maximum of likelihood. The floats themselves are good to 14 digits or so. Products are rounded by
// an explicit conversion before they are added, lest some platforms fuse the two.
const significantDigits = 12

// rounded returns f, finite, to significantDigits.
func rounded(f float64) decimal.Decimal {
	d, err := decimal.NewFromString(strconv.FormatFloat(f, 'e', significantDigits-1, 64))
	if err != nil {
		return decimal.Decimal{}
	}
	return d.Normalize()
}

// float returns a score as the nearest float.
func float(s prioritize.Score) float64 {
	f, _ := s.Rat().Float64()
	return f
}

// power10 returns 10^x for |x| <= 100, by the series of e^y on |y| <= ln 2 / 2.
func power10(x float64) float64 {
	k := math.RoundToEven(x * (math.Ln10 / math.Ln2))
	y := float64(x*math.Ln10) - float64(k*math.Ln2)
	sum := 1.0
	for i := 20; i >= 1; i-- {
		sum = 1 + float64(sum*y)/float64(i)
	}
	return math.Ldexp(sum, int(k))
}

// geometricMean returns the geometric mean of positive numbers, by bisection: logarithms are not
// the same on every platform, square roots are.
func geometricMean(values []float64) float64 {
	low, high := slices.Min(values), slices.Max(values)
	for range 64 {
		if mid := math.Sqrt(low) * math.Sqrt(high); isBelowMean(mid, values) {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// isBelowMean reports whether the product of all v / g is above 1.
func isBelowMean(g float64, values []float64) bool {
	mantissa, exponent := 0.5, 1 // in [0.5, 1), and a power of two
	for _, v := range values {
		m, e := math.Frexp(mantissa * (v / g))
		mantissa, exponent = m, exponent+e
	}
	return exponent > 1 || exponent == 1 && mantissa > 0.5
}
