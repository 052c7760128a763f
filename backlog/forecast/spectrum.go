package forecast

import "math"

// spectrum is a sequence of numbers seen at the roots of unity, where the distribution of a sum is a
// product: the convolution theorem. It has the n/2+1 values that determine those of a real
// sequence of length n, a power of two.
//
// Products are rounded before they are added (float64(x*y)), and the roots come from square roots,
// which are correctly rounded everywhere: no platform gets another result.
type spectrum struct {
	re, im []float64
}

// transform returns the spectra of two real sequences, padded with zeros to length n. They go through
// one complex transform, so their sums should be of one magnitude. It costs O(n log n).
func transform(a, b []float64, n int) (spectrum, spectrum) {
	re, im := make([]float64, n), make([]float64, n)
	copy(re, a)
	copy(im, b)
	fourier(re, im)
	half := n/2 + 1
	second := spectrum{re: make([]float64, half), im: make([]float64, half)}
	for f := range half {
		back := -f & (n - 1) // the conjugate root
		second.re[f], second.im[f] = (im[f]+im[back])/2, (re[back]-re[f])/2
		re[f], im[f] = (re[f]+re[back])/2, (im[f]-im[back])/2
	}
	return spectrum{re: re[:half], im: im[:half]}, second
}

// inverse returns the real sequence of length n that has this spectrum.
func (s spectrum) inverse(n int) []float64 {
	re, im := make([]float64, n), make([]float64, n)
	copy(re, s.re)
	for i, v := range s.im {
		im[i] = -v // the inverse is the conjugate of the transform of the conjugate
	}
	for i := 1; i < n/2; i++ {
		re[n-i], im[n-i] = s.re[i], s.im[i]
	}
	fourier(re, im)
	for i := range re {
		re[i] /= float64(n)
	}
	return re
}

// power turns the spectrum into that of the k-fold convolution, k >= 1.
func (s spectrum) power(k int) {
	for f := range s.re {
		s.re[f], s.im[f] = power(s.re[f], s.im[f], k)
	}
}

// power returns a complex number to the power k >= 1.
func power(x, y float64, k int) (re, im float64) {
	re, im = 1, 0
	for ; k > 1; k >>= 1 {
		if k&1 == 1 {
			re, im = times(re, im, x, y)
		}
		x, y = times(x, y, x, y)
	}
	return times(re, im, x, y)
}

// times multiplies two complex numbers.
func times(a, b, c, d float64) (re, im float64) {
	return float64(a*c) - float64(b*d), float64(a*d) + float64(b*c)
}

// fourier transforms in place: entry f becomes the sum over s of entry s times the root of unity
// to the power f*s. The length is a power of two. (Cooley and Tukey 1965, radix 2.)
func fourier(re, im []float64) {
	n := len(re)
	for i, j := 1, 0; i < n; i++ { // bit-reversed order
		bit := n >> 1
		for ; j&bit != 0; bit >>= 1 {
			j ^= bit
		}
		j |= bit
		if i < j {
			re[i], re[j] = re[j], re[i]
			im[i], im[j] = im[j], im[i]
		}
	}
	w := newRoots(n)
	for half := 1; half < n; half *= 2 {
		cos, sin := w.cos[:half], w.sin[:half]
		for start := 0; start < n; start += 2 * half {
			lowRe, lowIm := re[start:start+half], im[start:start+half]
			highRe, highIm := re[start+half:start+2*half], im[start+half:start+2*half]
			for k := range lowRe {
				x, y := times(highRe[k], highIm[k], cos[k], sin[k])
				highRe[k], highIm[k] = lowRe[k]-x, lowIm[k]-y
				lowRe[k], lowIm[k] = lowRe[k]+x, lowIm[k]+y
			}
		}
		w.refine(half)
	}
}

// roots are roots of unity by ascending angle, from 0 to below half a turn.
type roots struct {
	cos, sin         []float64
	stepCos, stepSin float64 // the angle between two of them
}

// newRoots starts with the only one of a transform of length 2, and has room for those of length n.
func newRoots(n int) *roots {
	r := &roots{cos: make([]float64, n/2), sin: make([]float64, n/2), stepCos: -1}
	if n > 1 {
		r.cos[0] = 1
	}
	return r
}

// refine halves the angle: each of the roots is followed by the one halfway to the next. Each root is
// a product of few others, so it is off by a few units in the last place.
func (r *roots) refine(have int) {
	if 2*have > len(r.cos) {
		return
	}
	if r.stepCos == -1 {
		r.stepCos, r.stepSin = 0, 1
	} else {
		cos := math.Sqrt((1 + r.stepCos) / 2)
		r.stepCos, r.stepSin = cos, r.stepSin/(2*cos)
	}
	for i := have - 1; i >= 0; i-- {
		cos, sin := r.cos[i], r.sin[i]
		r.cos[2*i], r.sin[2*i] = cos, sin
		r.cos[2*i+1], r.sin[2*i+1] = times(cos, sin, r.stepCos, r.stepSin)
	}
}

// terms are the terms of an inner product of a k-th power with a fixed sequence, by root of unity.
type terms []term

type term struct {
	stepRe, stepIm, powerRe, powerIm, fixedRe, fixedIm float64
}

// newTerms starts with the k-th power of step. The transforms have n values; a root of unity and its
// conjugate make one term. All is weighed by scale.
func newTerms(step, fixed spectrum, k, n int, scale float64) terms {
	var t terms
	for f := range step.re {
		weight := 2 * scale / float64(n)
		if f == 0 || f == n/2 {
			weight /= 2 // its own conjugate
		}
		one := term{
			stepRe: step.re[f], stepIm: step.im[f],
			fixedRe: fixed.re[f] * weight, fixedIm: fixed.im[f] * weight,
		}
		if one.vanishes(k) {
			continue
		}
		one.powerRe, one.powerIm = power(one.stepRe, one.stepIm, k)
		t = append(t, one)
	}
	return t
}

func (t terms) sum() float64 {
	sum := 0.0
	for i := range t {
		sum += float64(t[i].powerRe*t[i].fixedRe) + float64(t[i].powerIm*t[i].fixedIm)
	}
	return sum
}

// advance goes from the k-th power to the next, and drops the terms that have become too small.
func (t terms) advance() terms {
	kept := t[:0]
	for _, one := range t {
		one.powerRe, one.powerIm = times(one.powerRe, one.powerIm, one.stepRe, one.stepIm)
		if square(one.powerRe, one.powerIm)*square(one.fixedRe, one.fixedIm) >= tiny {
			kept = append(kept, one)
		}
	}
	return kept
}

// tiny is the square of a term that does not matter, nor in higher powers: they only shrink.
const tiny = 1e-18 * 1e-18

// vanishes reports whether the term is tiny in the power k, from the powers 1, 2, 4 ... up to it.
func (t term) vanishes(k int) bool {
	step, fixed := square(t.stepRe, t.stepIm), square(t.fixedRe, t.fixedIm)
	for ; k > 0; k >>= 1 {
		if step*fixed < tiny {
			return true
		}
		step *= step
	}
	return false
}

// square is the square of the absolute value of a complex number.
func square(re, im float64) float64 { return float64(re*re) + float64(im*im) }
