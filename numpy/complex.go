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
