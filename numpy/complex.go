package numpy

// Parts of complex numbers. Cotangents pair with tangents as Re(w·v), without
// conjugation: the gradient of a real function u of x+iy is ∂u/∂x - i∂u/∂y.

var (
	realOp = &Op{Name: "Real", Linear: true}
)

func init() {
	realOp.Eval = func(c *Call) Array {
		b := c.In[0].data()
		if !b.complex() {
			return c.In[0]
		}
		z := newReal(b.lay)
		for i, v := range b.complexes() {
			z.re[i] = real(v)
		}
		return plain(z)
	}
	realOp.VJP = func(_ *Call, _ int, w Array) Array { return w }
}

// Real returns the real parts of x.
func Real(x Array) Array {
	if !x.IsComplex() {
		return x
	}
	return realOp.Apply(nil, x)
}

var conjOp = &Op{Name: "Conj", Linear: true}

func init() {
	conjOp.Eval = func(c *Call) Array {
		b := c.In[0].data()
		z := newComplex(b.lay)
		for i, v := range b.complexes() {
			z.cx[i] = complex(real(v), -imag(v))
		}
		return plain(z)
	}
	conjOp.VJP = func(_ *Call, _ int, w Array) Array { return Conj(w) }
}

// Conj returns the complex conjugates of x, which is x where x is real.
func Conj(x Array) Array {
	if !x.IsComplex() {
		return x
	}
	return conjOp.Apply(nil, x)
}
