package numpy

// Reading parts of arrays, and putting them together.

var (
	atOp         = &Op{Name: "At", Linear: true}
	scatterSumOp = &Op{Name: "sum of parts", Linear: true}
)

// sub is the part of an array at the first of its indices.
type sub struct {
	off   int // of the part in the packed array
	shape []int
	whole []int // shape of the array
}

func init() {
	atOp.Eval = func(c *Call) Array { return c.Param.(sub).value(c.In[0].data()) }
	atOp.scalar1 = func(param any, x *block) (float64, bool) {
		s := param.(sub)
		if len(s.shape) > 0 || x.complex() || !x.lay.packed {
			return 0, false
		}
		return x.re[s.off], true
	}
	atOp.VJPAdd = func(c *Call, _ int, w Array, sum *Accumulator) { sum.addAt(c.In[0], c.Param.(sub), w) }

	scatterSumOp.Eval = func(c *Call) Array {
		p := c.Param.(scatterParam)
		cx := false
		for _, x := range c.In {
			cx = cx || x.IsComplex()
		}
		z := newReal(newLayout(p.shape))
		if cx {
			z = newComplex(z.lay)
		}
		for i, x := range c.In {
			p.where[i].add(z, x.data())
		}
		return plain(z)
	}
	scatterSumOp.VJP = func(c *Call, i int, w Array) Array { return c.Param.(scatterParam).where[i].gather(w) }
}

type scatterParam struct {
	shape []int
	where []scatter
}

// scatterSum returns the sum of parts of an array like x, each where it says.
func scatterSum(x Array, where []scatter, parts []Array) Array {
	return scatterSumOp.Apply(scatterParam{x.Shape(), where}, parts...)
}

// At returns the part of x at the first of its indices: an element where there
// is one for every axis. A negative index counts from the end. It panics with
// an [Error] if an index is out of range.
func (x Array) At(index ...int) Array {
	lay := x.data().lay
	if len(index) > len(lay.shape) {
		fail("At: %d indices for shape %s", len(index), shapeString(lay.shape))
	}
	s := sub{shape: lay.shape[len(index):], whole: lay.shape}
	for k, i := range index {
		n := lay.shape[k]
		if i < -n || i >= n {
			fail("At: index %d along axis %d of shape %s", i, k, shapeString(lay.shape))
		}
		if i < 0 {
			i += n
		}
		s.off = s.off*n + i
	}
	for _, n := range s.shape {
		s.off *= n
	}
	if x.n == nil {
		return s.value(x.data())
	}
	return atOp.apply1(s, x)
}

func (s sub) value(b *block) Array {
	b = b.pack()
	if len(s.shape) == 0 {
		if b.complex() {
			return ComplexScalar(b.cx[s.off])
		}
		return Scalar(b.re[s.off])
	}
	return plain(b.view(s.shape, newLayout(s.shape).stride, s.off))
}

func (s sub) add(whole, part *block) {
	n := product(s.shape)
	if whole.complex() {
		dst := whole.cx[s.off : s.off+n]
		for i, v := range part.complexes() {
			dst[i] += v
		}
		return
	}
	dst := whole.re[s.off : s.off+n]
	for i, v := range part.reals() {
		dst[i] += v
	}
}

func (s sub) gather(x Array) Array { return atOp.Apply(s, x) }
