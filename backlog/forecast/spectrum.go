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
	first := spectrum{re: make([]float64, half), im: make([]float64, half)}
	second := spectrum{re: make([]float64, half), im: make([]float64, half)}
	for f := range half {
		back := -f & (n - 1) // the conjugate root
		first.re[f], first.im[f] = (re[f]+re[back])/2, (im[f]-im[back])/2
		second.re[f], second.im[f] = (im[f]+im[back])/2, (re[back]-re[f])/2
	}
	return first, second
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

// power returns the spectrum of the k-fold convolution, k >= 1.
func (s spectrum) power(k int) spectrum {
	out := spectrum{re: make([]float64, len(s.re)), im: make([]float64, len(s.re))}
	for i := range s.re {
		re, im := 1.0, 0.0
		x, y := s.re[i], s.im[i]
		for rest := k; ; {
			if rest&1 == 1 {
				re, im = times(re, im, x, y)
			}
			if rest >>= 1; rest == 0 {
				break
			}
			x, y = times(x, y, x, y)
		}
		out.re[i], out.im[i] = re, im
	}
	return out
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
	cos, sin := roots(n)
	for half := 1; half < n; half *= 2 {
		stride := n / 2 / half
		for start := 0; start < n; start += 2 * half {
			lowRe, lowIm := re[start:start+half], im[start:start+half]
			highRe, highIm := re[start+half:start+2*half], im[start+half:start+2*half]
			for k := range lowRe {
				x, y := times(highRe[k], highIm[k], cos[k*stride], sin[k*stride])
				highRe[k], highIm[k] = lowRe[k]-x, lowIm[k]-y
				lowRe[k], lowIm[k] = lowRe[k]+x, lowIm[k]+y
			}
		}
	}
}

// roots returns the first half of the n-th roots of unity. Each level of halving the angle doubles
// the table, so an entry is off by a few units in the last place.
func roots(n int) (cos, sin []float64) {
	cos, sin = make([]float64, max(1, n/2)), make([]float64, max(1, n/2))
	cos[0] = 1
	c, s := -1.0, 0.0 // half a turn
	for have := 1; have < n/2; have *= 2 {
		if c == -1 {
			c, s = 0, 1
		} else {
			next := math.Sqrt((1 + c) / 2)
			c, s = next, s/(2*next)
		}
		stride := n / 2 / have
		for i := 0; i < n/2; i += stride {
			cos[i+stride/2], sin[i+stride/2] = times(cos[i], sin[i], c, s)
		}
	}
	return cos, sin
}

// terms are the terms of an inner product of a k-th power with a fixed sequence, by root of unity.
type terms struct {
	stepRe, stepIm, powerRe, powerIm, fixedRe, fixedIm []float64
}

// newTerms weighs each root of unity for itself and its conjugate, and all by scale.
func newTerms(step, power, fixed spectrum, scale float64) *terms {
	last := len(step.re) - 1
	for i := range fixed.re {
		weight := scale / float64(last) // half the length: this root stands for two
		if i == 0 || i == last {
			weight /= 2
		}
		fixed.re[i] *= weight
		fixed.im[i] *= weight
	}
	t := &terms{step.re, step.im, power.re, power.im, fixed.re, fixed.im}
	t.prune()
	return t
}

func (t *terms) sum() float64 {
	sum := 0.0
	for i, re := range t.powerRe {
		sum += float64(re*t.fixedRe[i]) + float64(t.powerIm[i]*t.fixedIm[i])
	}
	return sum
}

// advance goes from the k-th power to the next.
func (t *terms) advance() {
	for i, re := range t.powerRe {
		t.powerRe[i], t.powerIm[i] = times(re, t.powerIm[i], t.stepRe[i], t.stepIm[i])
	}
}

// prune drops the terms that are too small to matter: powers only shrink.
func (t *terms) prune() {
	const small = 1e-18 * 1e-18
	n := 0
	for i := range t.powerRe {
		re, im := t.powerRe[i], t.powerIm[i]
		power := float64(re*re) + float64(im*im)
		re, im = t.fixedRe[i], t.fixedIm[i]
		if power*(float64(re*re)+float64(im*im)) < small {
			continue
		}
		t.stepRe[n], t.stepIm[n] = t.stepRe[i], t.stepIm[i]
		t.powerRe[n], t.powerIm[n] = t.powerRe[i], t.powerIm[i]
		t.fixedRe[n], t.fixedIm[n] = t.fixedRe[i], t.fixedIm[i]
		n++
	}
	for _, part := range []*[]float64{&t.stepRe, &t.stepIm, &t.powerRe, &t.powerIm, &t.fixedRe, &t.fixedIm} {
		*part = (*part)[:n]
	}
}
