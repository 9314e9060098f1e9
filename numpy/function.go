package numpy

import (
	"github.com/dualjet/dualjet/jet"
)

// A function is a smooth function of a number that acts on each element of an
// array. Its derivatives act in the same way, so that one operation, the k-th
// derivative of a function at an array, serves them all: its own derivative is
// the one of order k+1.
type function struct {
	name string

	f    func(float64) float64        // the value
	loop func(dst, x []float64)       // the same for many, if that is faster
	d    func(x, y float64) float64   // the derivative where the value is y
	jet  func(jet.Jet64) jet.Jet64    // all derivatives
	pull func(dst, v, x, y []float64) // v times the derivative, if that is faster
	// deriv returns the derivative of order k, for k > 0, in place of d and jet.
	deriv func(k int, x float64) float64

	c func(complex128) complex128 // the value for complex numbers, nil for none
	// form returns the derivative in array operations, for complex arrays. With
	// simple it serves real ones too: it is cheap, right in all parts of the
	// domain, and NaN outside.
	form   func(x, y Array) Array
	simple bool

	self *derivative // the parameter of functionOp for the function itself
}

// elementwise completes a function.
func elementwise(f function) *function {
	f.self = &derivative{&f, 0}
	return &f
}

// derivative is the parameter of functionOp: which derivative of which
// function.
type derivative struct {
	*function
	k int
}

var functionOp = &Op{Name: "elementwise function"}

func init() {
	functionOp.Eval = func(c *Call) Array {
		d := c.Param.(*derivative)
		return d.eval(c.In[0])
	}
	functionOp.scalar1 = func(param any, x *block) (float64, bool) {
		d := param.(*derivative)
		if d.k == 0 && x.isNumber() {
			return d.f(x.re[0]), true
		}
		return 0, false
	}
	functionOp.pull1 = func(param any, x, z, w float64) (float64, bool) {
		d := param.(*derivative)
		if d.k > 0 || d.d == nil {
			return 0, false
		}
		switch {
		case w == 0:
			return 0, true
		case z != z:
			return z, true
		}
		return w * d.d(x, z), true
	}
	chain := func(c *Call, _ int, v Array) Array {
		return c.Param.(*derivative).chain(v, c.In[0], c.Out[0])
	}
	functionOp.JVP = chain
	functionOp.VJP = chain
	functionOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		return c.Param.(*derivative).taylor(x[0], order)
	}
	functionOp.Broadcast = true // a tangent may be a scalar
}

// of returns the function at x.
func (f *function) of(x Array) Array {
	if x.n == nil {
		return f.value(x)
	}
	return functionOp.apply1(f.self, x)
}

// value returns the function at a constant.
func (f *function) value(x Array) Array {
	b := x.d
	if b == nil {
		b = zero
	}
	if b.complex() {
		if f.c == nil {
			fail("%s: not defined for complex numbers", f.name)
		}
		x := b.complexes()
		z := newComplex(b.lay)
		split(len(x), funGrain, func(lo, hi int) {
			for i, v := range x[lo:hi] {
				z.cx[lo+i] = f.c(v)
			}
		})
		return plain(z)
	}
	if b.lay.size == 1 {
		z := newReal(b.lay)
		z.one[0] = f.f(b.re[b.lay.off])
		return plain(z)
	}
	in := b.reals()
	z := b.like(b.lay)
	if len(in) < funGrain {
		f.values(z.re, in)
		return plain(z)
	}
	split(len(in), funGrain, func(lo, hi int) { f.values(z.re[lo:hi], in[lo:hi]) })
	return plain(z)
}

// values puts the function at each x into dst.
func (f *function) values(dst, x []float64) {
	if f.loop != nil {
		f.loop(dst, x)
		return
	}
	for i, v := range x {
		dst[i] = f.f(v)
	}
}

// eval returns the derivative of a real constant.
func (d *derivative) eval(x Array) Array {
	if d.k == 0 {
		return d.value(x)
	}
	b := x.data()
	in := b.reals()
	z := b.like(b.lay)
	split(len(in), funGrain, func(lo, hi int) { d.each(z.re[lo:hi], in[lo:hi]) })
	return plain(z)
}

// each puts the derivative at each x into dst.
func (d *derivative) each(dst, x []float64) {
	switch {
	case d.deriv != nil:
		for i, v := range x {
			dst[i] = d.deriv(d.k, v)
		}
	case d.k == 1 && d.d != nil:
		for i, v := range x {
			dst[i] = d.d(v, d.f(v))
			if y := d.f(v); y != y {
				dst[i] = y
			}
		}
	default:
		var w jet.Workspace[float64]
		for i, v := range x {
			dst[i] = d.jet(w.Variable(v, d.k)).Derivative(d.k)
			w.Reset()
		}
	}
}

// chain returns v times the derivative of d, which has the value y at x. An
// element of v that is 0 absorbs an infinite derivative.
func (d *derivative) chain(v, x, y Array) Array {
	if d.k == 0 && d.d != nil && v.n == nil && x.n == nil && !v.IsComplex() && !x.IsComplex() && sameShape(v.Shape(), x.Shape()) {
		return d.chainFloats(v, x, y)
	}
	if x.IsComplex() || d.k == 0 && d.simple {
		return AZMul(v, d.form(x, y))
	}
	return AZMul(v, d.next(x))
}

// next returns the derivative of d at x.
func (d *derivative) next(x Array) Array {
	return functionOp.apply1(&derivative{d.function, d.k + 1}, x)
}

// chainFloats is chain for constants, in one pass.
func (d *derivative) chainFloats(v, x, y Array) Array {
	xs, ys := x.data().reals(), y.data().reals()
	z := like2(x.data().lay, x.data(), v.data())
	vs := z.re
	if b := v.data(); b.uniform() {
		spread(vs, b.re, b.lay.off, 0)
	} else {
		vs = b.reals()
	}
	if len(xs) < funGrain {
		d.chainLoop(z.re, vs, xs, ys)
		return plain(z)
	}
	split(len(xs), funGrain, func(lo, hi int) {
		d.chainLoop(z.re[lo:hi], vs[lo:hi], xs[lo:hi], ys[lo:hi])
	})
	return plain(z)
}

// chainLoop puts v times the derivative into dst, which may be v.
func (d *derivative) chainLoop(dst, v, x, y []float64) {
	if d.pull != nil {
		d.pull(dst, v, x, y)
		return
	}
	for i := range dst {
		switch {
		case v[i] == 0:
			dst[i] = 0
		case y[i] != y[i]:
			dst[i] = y[i]
		default:
			dst[i] = v[i] * d.d(x[i], y[i])
		}
	}
}

// taylor returns the coefficients of d along a path with the coefficients x.
func (d *derivative) taylor(x []Array, order int) []Array {
	if d.k == 0 && d.jet != nil && floats(x) {
		return d.jets(x, order)
	}
	if x[0].IsComplex() {
		return nil
	}
	// Horner's rule for Σ f⁽ʲ⁾(x₀)/j!·hʲ, where h is the path without x₀, so
	// that the product with h of a polynomial shifts it up.
	var sum []Array // of the terms from j on, divided by hʲ
	f := 1.0
	for j := 1; j <= order; j++ {
		f *= float64(j)
	}
	for j := order; j >= 1; j-- {
		head := functionOp.Apply(&derivative{d.function, d.k + j}, x[0]).Scale(1 / f)
		f /= float64(j)
		sum = mulPath(sum, x, order-j)
		sum = append([]Array{head}, sum...)
	}
	return mulPath(sum, x, order)
}

// mulPath returns the coefficients 1 to order of the product of a polynomial,
// whose coefficients from 0 on are p, with the path x without its value.
func mulPath(p, x []Array, order int) []Array {
	out := make([]Array, order)
	for k := range out {
		for j := 0; j <= k; j++ {
			if a, b := coef(x, k+1-j), coef(p, j); !a.isZero() && !b.isZero() {
				out[k] = plus(out[k], AZMul(a, b))
			}
		}
	}
	return out
}

// floats reports whether all of x are real constants of one shape.
func floats(x []Array) bool {
	for _, a := range x {
		if a.n != nil || a.IsComplex() || !a.isZero() && !sameShape(a.Shape(), x[0].Shape()) {
			return false
		}
	}
	return true
}

// jets is taylor for real constants, a jet an element.
func (d *derivative) jets(x []Array, order int) []Array {
	n := x[0].Size()
	in := make([][]float64, len(x))
	out := make([][]float64, order)
	for k := range x {
		if !x[k].isZero() {
			in[k] = x[k].data().reals()
		}
	}
	terms := make([]Array, order)
	for k := range out {
		z := x[0].data().like(x[0].data().lay)
		out[k], terms[k] = z.re, plain(z)
	}
	split(n, funGrain, func(lo, hi int) {
		var w jet.Workspace[float64]
		c := make([]float64, order+1)
		for i := lo; i < hi; i++ {
			for k := range in {
				c[k] = 0
				if in[k] != nil {
					c[k] = in[k][i]
				}
			}
			y := d.jet(w.New(c...))
			for k := range out {
				out[k][i] = y.Coeff(k + 1)
			}
			w.Reset()
		}
	})
	return terms
}
