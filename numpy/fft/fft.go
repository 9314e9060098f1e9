package fft

import np "github.com/dualjet/dualjet/numpy"

// FFT returns the discrete Fourier transform of x along an axis,
// Σ x[j]·exp(-2πi·jk/n).
func FFT(x np.Array, opts ...Option) np.Array {
	return complexND(newPlan("FFT", x, opts, 1), x, false)
}

// IFFT returns the inverse of [FFT].
func IFFT(x np.Array, opts ...Option) np.Array {
	return complexND(newPlan("IFFT", x, opts, 1), x, true)
}

// FFT2 returns the transform of x along two axes.
func FFT2(x np.Array, opts ...Option) np.Array {
	return complexND(newPlan("FFT2", x, opts, 2), x, false)
}

// IFFT2 returns the inverse of [FFT2].
func IFFT2(x np.Array, opts ...Option) np.Array {
	return complexND(newPlan("IFFT2", x, opts, 2), x, true)
}

// FFTN returns the transform of x along several axes.
func FFTN(x np.Array, opts ...Option) np.Array {
	return complexND(newPlan("FFTN", x, opts, 0), x, false)
}

// IFFTN returns the inverse of [FFTN].
func IFFTN(x np.Array, opts ...Option) np.Array {
	return complexND(newPlan("IFFTN", x, opts, 0), x, true)
}

// RFFT returns the first n/2+1 coefficients of the transform of a real x; the
// others are their conjugates. Of a complex x it takes the real part.
func RFFT(x np.Array, opts ...Option) np.Array {
	return realND(newPlan("RFFT", x, opts, 1), x)
}

// IRFFT returns the inverse of [RFFT], a real array. Set [N] where the length
// is odd.
func IRFFT(x np.Array, opts ...Option) np.Array {
	return inverseRealND(newPlan("IRFFT", x, opts, 1), x)
}

// RFFT2 returns the transform of a real x along two axes, of the last one the
// first half.
func RFFT2(x np.Array, opts ...Option) np.Array {
	return realND(newPlan("RFFT2", x, opts, 2), x)
}

// IRFFT2 returns the inverse of [RFFT2].
func IRFFT2(x np.Array, opts ...Option) np.Array {
	return inverseRealND(newPlan("IRFFT2", x, opts, 2), x)
}

// RFFTN returns the transform of a real x along several axes, of the last one
// the first half.
func RFFTN(x np.Array, opts ...Option) np.Array {
	return realND(newPlan("RFFTN", x, opts, 0), x)
}

// IRFFTN returns the inverse of [RFFTN].
func IRFFTN(x np.Array, opts ...Option) np.Array {
	return inverseRealND(newPlan("IRFFTN", x, opts, 0), x)
}

// HFFT returns the transform, real, of the first half of a Hermitian x.
func HFFT(x np.Array, opts ...Option) np.Array {
	p := newPlan("HFFT", x, opts, 1)
	n := p.realLength(x)
	return hermitian(x, p.transform(0, n, false, nil))
}

// IHFFT returns the inverse of [HFFT].
func IHFFT(x np.Array, opts ...Option) np.Array {
	p := newPlan("IHFFT", x, opts, 1)
	n := p.length(x, 0)
	return np.Conj(half.Apply(p.transform(0, n, true, nil), np.Real(x)))
}

// hermitian transforms the first half of a Hermitian x forwards.
func hermitian(x np.Array, t transform) np.Array { return whole.Apply(t, np.Conj(x)) }

// realLength returns the length of the last axis of a real result.
func (p plan) realLength(x np.Array) int {
	last := len(p.axes) - 1
	n := p.n[last]
	if n == 0 {
		n = 2 * (p.length(x, last) - 1)
	}
	if n < 1 {
		np.Fail("fft: %s: a single coefficient leaves no length: set N", p.name)
	}
	return n
}

func complexND(p plan, x np.Array, inverse bool) np.Array {
	var t transform
	for i := range p.axes {
		t = p.transform(i, p.length(x, i), inverse, &t)
		x = dft.Apply(t, x)
	}
	return x
}

func realND(p plan, x np.Array) np.Array {
	last := len(p.axes) - 1
	if last < 0 {
		np.Fail("fft: %s: no axis", p.name)
	}
	n := p.length(x, last)
	y := half.Apply(p.transform(last, n, false, nil), np.Real(x))
	p.axes, p.n = p.axes[:last], p.n[:last]
	return complexND(p, y, false)
}

func inverseRealND(p plan, x np.Array) np.Array {
	last := len(p.axes) - 1
	if last < 0 {
		np.Fail("fft: %s: no axis", p.name)
	}
	n := p.realLength(x)
	first := p
	first.axes, first.n = p.axes[:last], p.n[:last]
	y := complexND(first, x, true)
	return whole.Apply(p.transform(last, n, true, nil), y)
}

var (
	roll = &np.Op{Name: "fft.FFTShift", Linear: true}
)

func init() {
	roll.Eval = func(c *np.Call) np.Array {
		t, x := c.Param.(transform), c.In[0]
		n := x.Shape()[t.axis]
		if x.IsComplex() {
			return np.WrapComplex(lines(x.Complex128s(), x.Shape(), t.axis, n, rotate[complex128](t.n)), t.shape(x, n)...)
		}
		return np.Wrap(lines(x.Float64s(), x.Shape(), t.axis, n, rotate[float64](t.n)), t.shape(x, n)...)
	}
	roll.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		return rolled(w, t.axis, w.Shape()[t.axis]-t.n)
	}
}

// rotate returns the function that moves elements by n.
func rotate[T float64 | complex128](n int) func(dst, src []T) {
	return func(dst, src []T) { copy(dst[copy(dst, src[len(src)-n:]):], src) }
}

// rolled moves elements along an axis by n, those that fall off to the start.
func rolled(x np.Array, axis, n int) np.Array {
	if x.Size() == 0 {
		return x
	}
	return roll.Apply(transform{axis: axis, n: n % x.Shape()[axis]}, x)
}

// FFTShift moves the coefficient of frequency 0 to the middle of the given
// axes, of all if none are given.
func FFTShift(x np.Array, axes ...int) np.Array {
	for _, a := range shiftAxes("FFTShift", x, axes) {
		x = rolled(x, a, x.Shape()[a]/2)
	}
	return x
}

// IFFTShift returns the inverse of [FFTShift].
func IFFTShift(x np.Array, axes ...int) np.Array {
	for _, a := range shiftAxes("IFFTShift", x, axes) {
		x = rolled(x, a, (x.Shape()[a]+1)/2)
	}
	return x
}

func shiftAxes(name string, x np.Array, axes []int) []int {
	var opts []Option
	if len(axes) > 0 {
		opts = []Option{Axes(axes...)}
	}
	return newPlan(name, x, opts, 0).axes
}

// FFTFreq returns the frequencies that belong to the coefficients of a
// transform of length n of samples at distance d: 0, 1, …, -2, -1 over n·d.
func FFTFreq(n int, d float64) np.Array {
	f := frequencies("FFTFreq", n, n, d)
	for k := (n + 1) / 2; k < n; k++ {
		f[k] = float64(k-n) / (float64(n) * d)
	}
	return np.Wrap(f)
}

// RFFTFreq is [FFTFreq] for RFFT: 0, 1, …, n/2 over n·d.
func RFFTFreq(n int, d float64) np.Array { return np.Wrap(frequencies("RFFTFreq", n, n/2+1, d)) }

func frequencies(name string, n, count int, d float64) []float64 {
	if n < 1 {
		np.Fail("fft: %s: length %d is not positive", name, n)
	}
	f := make([]float64, count)
	for k := range f {
		f[k] = float64(k) / (float64(n) * d)
	}
	return f
}
