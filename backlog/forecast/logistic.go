package forecast

import "math"

// The functions of this file give the same digits on every platform, which those of package math do
// not promise: no product is fused with a sum, and each is a fixed polynomial.

// exponential returns e to the power x, within 2e-15 of its size, for x from -700 to 700; others are
// taken for the nearest.
func exponential(x float64) float64 {
	x = max(-700, min(700, x))
	n := math.Round(x / math.Ln2)
	// ln 2 in two parts, so that n times the first is exact (Cody and Waite 1980).
	const high, low = 6.93147180369123816490e-01, 1.90821492927058770002e-10
	r := x - float64(n*high) - float64(n*low)
	sum := 0.0
	for _, c := range factorials { // Taylor, |r| <= ln 2 / 2
		sum = float64(sum*r) + c
	}
	return sum * math.Float64frombits(uint64(int64(n)+exponentBias)<<mantissaBits) // 2^n, |n| <= 1010
}

// A float64 is its exponent, moved by a bias, above its mantissa.
const (
	exponentBias = 1023
	mantissaBits = 52
)

// factorials are 1/13!, 1/12! ... 1/0!.
var factorials = [...]float64{
	1. / 6227020800, 1. / 479001600, 1. / 39916800, 1. / 3628800, 1. / 362880, 1. / 40320, 1. / 5040,
	1. / 720, 1. / 120, 1. / 24, 1. / 6, 1. / 2, 1, 1,
}

// logarithm returns the natural logarithm of x >= 1e-300, within 2e-15 of its size or of 1.
func logarithm(x float64) float64 {
	bits := math.Float64bits(x)
	e := int(bits>>mantissaBits) - exponentBias + 1
	m := math.Float64frombits(bits&(1<<mantissaBits-1) | (exponentBias-1)<<mantissaBits) // x = m * 2^e, 1/2 <= m < 1
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	f := (m - 1) / (m + 1) // ln m = 2 (f + f^3/3 + f^5/5 ...), |f| < 0.172
	square, sum := float64(f*f), 0.0
	for _, c := range odds {
		sum = float64(sum*square) + c
	}
	return float64(2*f*sum) + float64(float64(e)*math.Ln2)
}

// odds are 1/21, 1/19 ... 1.
var odds = [...]float64{1. / 21, 1. / 19, 1. / 17, 1. / 15, 1. / 13, 1. / 11, 1. / 9, 1. / 7, 1. / 5, 1. / 3, 1}

// logisticScale is pi / sqrt(3), the standard deviation of the standard logistic distribution.
const logisticScale = 1.8137993642342178

// farTail is where the far end of a distribution begins: above e^2 times the median it falls with the power
// that it has without bursts.
const farTail = 2

// curve is a log-logistic distribution (Fisk 1961): an amount exceeds x with the probability
// 1 / (1 + (x/median)^slope).
type curve struct {
	logMedian, slope, far float64
}

// newCurve returns the curve whose logarithm has the variance drift + bursts/median: the part of
// the variance that stays however many periods there are, and the part that averages out.
func newCurve(median, drift, bursts float64) curve {
	return curve{
		logMedian: logarithm(median),
		slope:     logisticScale / math.Sqrt(drift+bursts/median),
		far:       logisticScale / math.Sqrt(drift),
	}
}

// above returns the probability of more than x, given its logarithm. It ascends with the median of
// [newCurve], since the slope grows by less than the square root of it, and far is no less than slope.
func (c curve) above(logX float64) float64 {
	distance := logX - c.logMedian
	power := float64(distance * c.slope)
	if distance > farTail {
		power = float64(farTail*c.slope) + float64((distance-farTail)*c.far)
	}
	return 1 / (1 + exponential(power))
}
