package fft

import (
	"gonum.org/v1/gonum/dsp/fourier"

	np "github.com/dualjet/dualjet/numpy"
)

// transform is the parameter of the operations: the sum over an axis of
// x·exp(∓2πi·jk/n), times a factor.
type transform struct {
	axis, n int
	inverse bool
	factor  float64
}

var (
	// dft transforms an axis, cut or padded to length n. Its matrix is
	// symmetric, so that its transpose is a transform again.
	dft = &np.Op{Name: "fft.FFT", Linear: true}
	// half is the first half of dft for a real operand.
	half = &np.Op{Name: "fft.RFFT", Linear: true}
	// real is the transform of the first half of a Hermitian operand, whose
	// result is real.
	whole = &np.Op{Name: "fft.IRFFT", Linear: true}
	// fit cuts or pads an axis.
	fit = &np.Op{Name: "fft.N", Linear: true}
)

func init() {
	dft.Eval = func(c *np.Call) np.Array {
		t := c.Param.(transform)
		plan := fourier.NewCmplxFFT(t.n)
		buf := make([]complex128, t.n)
		return lines(c.In[0], t.axis, t.n, func(dst, src []complex128) {
			clear(buf[copy(buf, src):])
			if t.inverse {
				plan.Sequence(dst, buf)
			} else {
				plan.Coefficients(dst, buf)
			}
			scaleBy(dst, t.factor)
		})
	}
	dft.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		return resize(dft.Apply(t, w), t.axis, c.In[0].Shape()[t.axis])
	}

	half.Eval = func(c *np.Call) np.Array {
		t := c.Param.(transform)
		plan := fourier.NewFFT(t.n)
		buf := make([]float64, t.n)
		return lines(c.In[0], t.axis, t.n/2+1, func(dst, src []complex128) {
			clear(buf)
			for i := range min(len(src), t.n) {
				buf[i] = real(src[i])
			}
			plan.Coefficients(dst, buf)
			scaleBy(dst, t.factor)
		})
	}
	half.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		return np.Real(resize(dft.Apply(t, w), t.axis, c.In[0].Shape()[t.axis]))
	}

	whole.Eval = func(c *np.Call) np.Array {
		t := c.Param.(transform)
		plan := fourier.NewFFT(t.n)
		buf := make([]complex128, t.n/2+1)
		out := make([]float64, t.n)
		return np.Real(lines(c.In[0], t.axis, t.n, func(dst, src []complex128) {
			clear(buf[copy(buf, src):])
			plan.Sequence(out, buf)
			for i, v := range out {
				dst[i] = complex(t.factor*v, 0)
			}
		}))
	}
	// The coefficients but the first, and the last of an even length, count
	// twice: they stand for their conjugates too.
	whole.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		m := t.n/2 + 1
		weight := make([]float64, m)
		for k := range weight {
			weight[k] = 2
			if k == 0 || 2*k == t.n {
				weight[k] = 1
			}
		}
		shape := make([]int, w.NDim())
		for i := range shape {
			shape[i] = 1
		}
		shape[t.axis] = m
		back := t
		back.inverse = true
		y := resize(dft.Apply(back, w), t.axis, m)
		return resize(np.Mul(y, np.Wrap(weight, shape...)), t.axis, c.In[0].Shape()[t.axis])
	}

	fit.Eval = func(c *np.Call) np.Array {
		t := c.Param.(transform)
		y := lines(c.In[0], t.axis, t.n, func(dst, src []complex128) { clear(dst[copy(dst, src):]) })
		if !c.In[0].IsComplex() {
			y = np.Real(y)
		}
		return y
	}
	fit.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		t := c.Param.(transform)
		return resize(w, t.axis, c.In[0].Shape()[t.axis])
	}
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

// lines returns the array of the lines of x along an axis, each mapped by f to
// one of length n.
func lines(x np.Array, axis, n int, f func(dst, src []complex128)) np.Array {
	shape := append([]int{}, x.Shape()...)
	old, inner, outer := shape[axis], 1, 1
	for _, s := range shape[:axis] {
		outer *= s
	}
	for _, s := range shape[axis+1:] {
		inner *= s
	}
	shape[axis] = n
	in := x.Complex128s()
	out := make([]complex128, outer*n*inner)
	if inner == 1 {
		for o := range outer {
			f(out[o*n:(o+1)*n], in[o*old:(o+1)*old])
		}
		return np.WrapComplex(out, shape...)
	}
	src, dst := make([]complex128, old), make([]complex128, n)
	for o := range outer {
		for i := range inner {
			for k := range src {
				src[k] = in[(o*old+k)*inner+i]
			}
			f(dst, src)
			for k, v := range dst {
				out[(o*n+k)*inner+i] = v
			}
		}
	}
	return np.WrapComplex(out, shape...)
}
