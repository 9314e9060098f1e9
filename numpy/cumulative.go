package numpy

var cumSumOp = &Op{Name: "CumSum", Linear: true}

func init() {
	// The parameter tells whether sums start at the end of a line.
	cumSumOp.Eval = func(c *Call) Array {
		b := c.In[0].data()
		m, n := b.lay.shape[0], b.lay.shape[1]
		first, d := 0, 1
		if c.Param.(bool) {
			first, d = n-1, -1
		}
		if b.complex() {
			z := newComplex(b.lay)
			in := b.complexes()
			for i := range m {
				var s complex128
				for k, j := 0, i*n+first; k < n; k, j = k+1, j+d {
					s += in[j]
					z.cx[j] = s
				}
			}
			return plain(z)
		}
		z := newReal(b.lay)
		in := b.reals()
		for i := range m {
			s := 0.0
			for k, j := 0, i*n+first; k < n; k, j = k+1, j+d {
				s += in[j]
				z.re[j] = s
			}
		}
		return plain(z)
	}
	cumSumOp.VJP = func(c *Call, _ int, w Array) Array { return cumSumOp.apply1(!c.Param.(bool), w) }
}

// CumSum returns the sums of the elements of x up to each, along an axis or,
// without one, of the flattened array.
func CumSum(x Array, opts ...ReduceOption) Array {
	r := oneAxis("CumSum", x, opts, false)
	return r.back(cumSumOp.apply1(false, r.lines(x)), x, r.count)
}

// CumProd returns the products of the elements of x up to each; see [CumSum].
// Its derivatives are right also where elements are 0.
func CumProd(x Array, opts ...ReduceOption) Array {
	if len(opts) == 0 && x.NDim() == 1 {
		return cumProdOp.apply1(nil, x)
	}
	r := oneAxis("CumProd", x, opts, false)
	return r.back(cumProdOp.Apply(nil, r.lines(x)), x, r.count)
}

// Diff returns the differences of neighbours along an axis, n times.
func Diff(x Array, n, axis int) Array {
	if n < 0 {
		fail("Diff: %d times", n)
	}
	r := oneAxis("Diff", x, []ReduceOption{Axis(axis)}, true)
	y := r.lines(x)
	count := r.count
	for range min(n, count) {
		y = Sub(part(y, 1, count), part(y, 0, count-1))
		count--
	}
	return r.back(y, x, count)
}

// EDiff1D returns the differences of neighbours in the flattened array.
func EDiff1D(x Array) Array { return Diff(Reshape(x, -1), 1, 0) }
