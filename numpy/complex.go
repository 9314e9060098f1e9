package numpy

import "math"

// Parts of complex numbers. Cotangents pair with tangents as Re(w·v), without
// conjugation: the gradient of a real function u of x+iy is ∂u/∂x - i∂u/∂y.

var (
	realOp    = &Op{Name: "Real", Linear: true}
	imagOp    = &Op{Name: "Imag", Linear: true}
	conjOp    = &Op{Name: "Conj", Linear: true}
	complexOp = &Op{Name: "Complex", Linear: true, Broadcast: true}
)

func init() {
	realOp.Eval = func(c *Call) Array { return realPart(c.In[0], func(z complex128) float64 { return real(z) }) }
	realOp.VJP = func(_ *Call, _ int, w Array) Array { return w }

	imagOp.Eval = func(c *Call) Array { return realPart(c.In[0], func(z complex128) float64 { return imag(z) }) }
	imagOp.VJP = func(_ *Call, _ int, w Array) Array { return Complex(Array{}, w.Neg()) }

	conjOp.Eval = func(c *Call) Array {
		b := c.In[0].data()
		z := newComplex(b.lay)
		for i, v := range b.complexes() {
			z.cx[i] = complex(real(v), -imag(v))
		}
		return plain(z)
	}
	conjOp.VJP = func(_ *Call, _ int, w Array) Array { return Conj(w) }

	parts := &binary{name: "Complex", c: func(x, y complex128) complex128 {
		return complex(real(x), real(y))
	}}
	complexOp.Eval = func(c *Call) Array { return parts.complexValue(c.In[0].data(), c.In[1].data()) }
	complexOp.VJP = func(_ *Call, i int, w Array) Array {
		if i == 1 {
			return Imag(w).Neg()
		}
		return Real(w)
	}
}

func realPart(x Array, f func(complex128) float64) Array {
	b := x.data()
	z := newReal(b.lay)
	for i, v := range b.complexes() {
		z.re[i] = f(v)
	}
	return plain(z)
}

// Real returns the real parts of x, which is x where x is real.
func Real(x Array) Array {
	if !x.IsComplex() {
		return x
	}
	return realOp.apply1(nil, x)
}

// Imag returns the imaginary parts of x.
func Imag(x Array) Array {
	if !x.IsComplex() {
		return zerosLike(x)
	}
	return imagOp.apply1(nil, x)
}

// Complex returns x+iy for real x and y.
func Complex(x, y Array) Array { return complexOp.apply2(nil, Real(x), Real(y)) }

// AsComplex returns x as an array of complex numbers.
func AsComplex(x Array) Array {
	if x.IsComplex() {
		return x
	}
	return Complex(x, Array{})
}

// Conj returns the complex conjugates of x, which is x where x is real.
func Conj(x Array) Array {
	if !x.IsComplex() {
		return x
	}
	return conjOp.apply1(nil, x)
}

// Angle returns the arguments of the numbers x, in [-π, π].
func Angle(x Array) Array { return Arctan2(Imag(x), Real(x)) }

// RealIfClose returns the real parts of x if no imaginary part is larger than
// tol times the spacing of the numbers next to 1, and x otherwise.
func RealIfClose(x Array, tol float64) Array {
	for _, v := range x.Complex128s() {
		if math.Abs(imag(v)) > tol*0x1p-52 {
			return x
		}
	}
	return Real(x)
}

// Conjugate is another name of [Conj].
func Conjugate(x Array) Array { return Conj(x) }
