package fft

import (
	"sync/atomic"

	"gonum.org/v1/gonum/dsp/fourier"

	np "github.com/dualjet/dualjet/numpy"
)

// transform is the parameter of the operations: the sum over an axis of
// x·exp(∓2πi·jk/n), times a factor.
type transform struct {
	axis, n int
	inverse bool
	factor  float64
	tables  *tables
}

// tables are what the library computes for a length before it transforms. A
// transform and its derivatives share them. Whoever uses one takes it away, for
// it is memory for intermediate results too, and makes another if it is not
// there.
type tables struct {
	complex atomic.Pointer[fourier.CmplxFFT]
	real    atomic.Pointer[fourier.FFT]
}

// transform returns that of axis i of the plan, of length n. It shares the
// tables with last, if not nil, where that has the same length.
func (p plan) transform(i, n int, inverse bool, last *transform) transform {
	t := transform{p.axes[i], n, inverse, p.scale.factor(n, inverse), nil}
	if last != nil && last.n == n {
		t.tables = last.tables
	} else {
		t.tables = &tables{}
	}
	return t
}

func (t transform) takeComplex() *fourier.CmplxFFT {
	if p := t.tables.complex.Swap(nil); p != nil {
		return p
	}
	return fourier.NewCmplxFFT(t.n)
}

func (t transform) takeReal() *fourier.FFT {
	if p := t.tables.real.Swap(nil); p != nil {
		return p
	}
	return fourier.NewFFT(t.n)
}

var (
	// dft transforms an axis, cut or padded to length n. Its matrix is
	// symmetric, so that its transpose is a transform again.
	dft = &np.Op{Name: "fft.FFT", Linear: true}
	// half is the first half of dft for a real operand.
	half = &np.Op{Name: "fft.RFFT", Linear: true}
	// whole is the inverse transform, without its factor, of the first half of
	// a Hermitian operand, whose result is real.
	whole = &np.Op{Name: "fft.IRFFT", Linear: true}
	// fit cuts or pads an axis.
	fit = &np.Op{Name: "fft.N", Linear: true}
)

func init() {
	dft.Eval = func(c *np.Call) np.Array {
		t, x := c.Param.(transform), c.In[0]
		table := t.takeComplex()
		buf := make([]complex128, t.n)
		y := lines(x.Complex128s(), x.Shape(), t.axis, t.n, func(dst, src []complex128) {
			clear(buf[copy(buf, src):])
			if t.inverse {
				table.Sequence(dst, buf)
			} else {
				table.Coefficients(dst, buf)
			}
			scaleBy(dst, t.factor)
		})
		t.tables.complex.Store(table)
		return np.WrapComplex(y, t.shape(x, t.n)...)
	}
	dft.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		return resize(dft.Apply(t, w), t.axis, c.In[0].Shape()[t.axis])
	}

	half.Eval = func(c *np.Call) np.Array {
		t, x := c.Param.(transform), c.In[0]
		table := t.takeReal()
		buf := make([]float64, t.n)
		y := lines(x.Float64s(), x.Shape(), t.axis, t.n/2+1, func(dst []complex128, src []float64) {
			clear(buf[copy(buf, src):])
			table.Coefficients(dst, buf)
			scaleBy(dst, t.factor)
		})
		t.tables.real.Store(table)
		return np.WrapComplex(y, t.shape(x, t.n/2+1)...)
	}
	// The real part of the sum over the first half of the coefficients: that
	// over all where those that stand for their conjugates too have half the
	// weight.
	half.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		y := whole.Apply(t, np.Mul(np.Conj(w), t.weights(w, 0.5)))
		return resize(y, t.axis, c.In[0].Shape()[t.axis])
	}

	whole.Eval = func(c *np.Call) np.Array {
		t, x := c.Param.(transform), c.In[0]
		table := t.takeReal()
		buf := make([]complex128, t.n/2+1)
		y := lines(x.Complex128s(), x.Shape(), t.axis, t.n, func(dst []float64, src []complex128) {
			clear(buf[copy(buf, src):])
			table.Sequence(dst, buf)
			for i := range dst {
				dst[i] *= t.factor
			}
		})
		t.tables.real.Store(table)
		return np.Wrap(y, t.shape(x, t.n)...)
	}
	// Coefficients that stand for their conjugates too count twice.
	whole.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		y := np.Conj(half.Apply(t, np.Real(w)))
		return resize(np.Mul(y, t.weights(y, 2)), t.axis, c.In[0].Shape()[t.axis])
	}

	fit.Eval = func(c *np.Call) np.Array {
		t, x := c.Param.(transform), c.In[0]
		if x.IsComplex() {
			y := lines(x.Complex128s(), x.Shape(), t.axis, t.n, func(dst, src []complex128) { copy(dst, src) })
			return np.WrapComplex(y, t.shape(x, t.n)...)
		}
		y := lines(x.Float64s(), x.Shape(), t.axis, t.n, func(dst, src []float64) { copy(dst, src) })
		return np.Wrap(y, t.shape(x, t.n)...)
	}
	fit.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		return resize(w, t.axis, c.In[0].Shape()[t.axis])
	}
}

// shape returns that of x with an axis of n elements.
func (t transform) shape(x np.Array, n int) []int {
	shape := append([]int{}, x.Shape()...)
	shape[t.axis] = n
	return shape
}

// weights returns the weights of the first half of the coefficients, in an
// array that broadcasts to y: double for those that stand for their conjugates
// too, which are all but the first, and the last of an even length, and 1 for
// those.
func (t transform) weights(y np.Array, double float64) np.Array {
	w := make([]float64, t.n/2+1)
	for k := range w {
		w[k] = double
		if k == 0 || 2*k == t.n {
			w[k] = 1
		}
	}
	shape := make([]int, y.NDim())
	for i := range shape {
		shape[i] = 1
	}
	shape[t.axis] = len(w)
	return np.Wrap(w, shape...)
}

// resize cuts or pads an axis of x to length n.
func resize(x np.Array, axis, n int) np.Array {
	if x.Shape()[axis] == n {
		return x
	}
	return fit.Apply(transform{axis: axis, n: n}, x)
}

func scaleBy(x []complex128, f float64) {
	if f == 1 {
		return
	}
	for i, v := range x {
		x[i] = complex(f*real(v), f*imag(v))
	}
}

// lines returns the elements of an array of the given shape with its lines
// along an axis mapped by f to others of n elements, which are 0 before.
func lines[D, S float64 | complex128](x []S, shape []int, axis, n int, f func(dst []D, src []S)) []D {
	old, inner, outer := shape[axis], 1, 1
	for _, s := range shape[:axis] {
		outer *= s
	}
	for _, s := range shape[axis+1:] {
		inner *= s
	}
	out := make([]D, outer*n*inner)
	if inner == 1 {
		for o := range outer {
			f(out[o*n:(o+1)*n], x[o*old:(o+1)*old])
		}
		return out
	}
	src, dst := make([]S, old), make([]D, n)
	for o := range outer {
		for i := range inner {
			for k := range src {
				src[k] = x[(o*old+k)*inner+i]
			}
			clear(dst)
			f(dst, src)
			for k, v := range dst {
				out[(o*n+k)*inner+i] = v
			}
		}
	}
	return out
}
