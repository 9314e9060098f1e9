package numpy

import "slices"

// Reading parts of arrays, and putting them together.

var (
	atOp         = &Op{Name: "At", Linear: true}
	sliceOp      = &Op{Name: "Index", Linear: true}
	pickOp       = &Op{Name: "Index", Linear: true}
	setOp        = &Op{Name: "SetAt", Linear: true}
	scatterSumOp = &Op{Name: "sum of parts", Linear: true}
)

// sub is the part of an array at the first of its indices.
type sub struct {
	off   int // of the part in the packed array
	shape []int
	whole []int // shape of the array
}

// window is the part of a packed array at regular steps.
type window struct{ lay *layout }

// pick is a part of a packed array, run by run: that many elements from each
// index on. Two runs are the same or have no element in common.
type pick struct {
	index    []int
	run      int
	shape    []int
	distinct bool // no run is there twice
}

type scatterParam struct {
	shape []int
	where []scatter
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
	atOp.element = func(param any) int { return param.(sub).off }
	sliceOp.Eval = func(c *Call) Array {
		l := c.Param.(window).lay
		return plain(c.In[0].data().pack().view(l.shape, l.stride, l.off))
	}
	pickOp.Eval = func(c *Call) Array {
		p, b := c.Param.(pick), c.In[0].data()
		if b.complex() {
			z := newComplex(newLayout(p.shape))
			takeRuns(z.cx, b.complexes(), p)
			return plain(z)
		}
		z := newReal(newLayout(p.shape))
		takeRuns(z.re, b.reals(), p)
		return plain(z)
	}
	for _, op := range []*Op{atOp, sliceOp, pickOp} {
		op.VJPAdd = func(c *Call, _ int, w Array, sum *Accumulator) {
			sum.addAt(c.In[0], c.Param.(scatter), w)
		}
	}

	setOp.Eval = func(c *Call) Array {
		p := c.Param.(pick)
		x, v := c.In[0].data(), c.In[1].data()
		if x.complex() || v.complex() {
			z := newComplex(x.lay)
			copy(z.cx, x.complexes())
			putRuns(z.cx, v.complexes(), p)
			return plain(z)
		}
		z := newReal(x.lay)
		copy(z.re, x.reals())
		putRuns(z.re, v.reals(), p)
		return plain(z)
	}
	setOp.VJP = func(c *Call, i int, w Array) Array {
		p := c.Param.(pick)
		if i == 0 {
			return setOp.apply2(p, w, zerosLike(c.In[1]))
		}
		if p.distinct {
			return p.gather(w)
		}
		return Where(p.last(), p.gather(w), Array{})
	}

	scatterSumOp.Eval = func(c *Call) Array {
		p := c.Param.(scatterParam)
		cx := slices.ContainsFunc(c.In, Array.IsComplex)
		lay := newLayout(p.shape)
		var z *block
		if cx {
			z = newComplex(lay)
		} else {
			z = newReal(lay)
		}
		for i, x := range c.In {
			p.where[i].add(z, x.data())
		}
		return plain(z)
	}
	scatterSumOp.VJP = func(c *Call, i int, w Array) Array { return c.Param.(scatterParam).where[i].gather(w) }
}

// scatterSum returns the sum of parts of an array of the shape, each where it
// says.
func scatterSum(shape []int, where []scatter, parts []Array) Array {
	return scatterSumOp.Apply(scatterParam{shape, where}, parts...)
}

// last returns 1 for the elements of the part that are the last ones written
// to their place, and 0 for the others.
func (p pick) last() Array {
	by := make(map[int][]float64, len(p.index))
	v := make([]float64, len(p.index)*p.run)
	for t, j := range p.index {
		clear(by[j])
		by[j] = v[t*p.run : (t+1)*p.run]
		for i := range by[j] {
			by[j][i] = 1
		}
	}
	return Wrap(v, p.shape...)
}

// takeRuns copies the part p of src to dst.
func takeRuns[T any](dst, src []T, p pick) {
	if p.run == 1 {
		for t, j := range p.index {
			dst[t] = src[j]
		}
		return
	}
	for t, j := range p.index {
		copy(dst[t*p.run:(t+1)*p.run], src[j:])
	}
}

// putRuns copies src to the part p of dst.
func putRuns[T any](dst, src []T, p pick) {
	if p.run == 1 {
		for t, j := range p.index {
			dst[j] = src[t]
		}
		return
	}
	for t, j := range p.index {
		copy(dst[j:j+p.run], src[t*p.run:])
	}
}

// addRuns adds src to the part p of dst.
func addRuns[T float64 | complex128](dst, src []T, p pick) {
	if p.run == 1 {
		for t, j := range p.index {
			dst[j] += src[t]
		}
		return
	}
	for t, j := range p.index {
		to := dst[j : j+p.run]
		for i, v := range src[t*p.run : (t+1)*p.run] {
			to[i] += v
		}
	}
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

func (s sub) gather(x Array) Array { return atOp.apply1(s, x) }

func (w window) add(whole, part *block) {
	n := lastLen(w.lay.shape)
	if w.lay.size == 0 {
		return
	}
	if len(w.lay.shape) == 1 && w.lay.stride[0] == 1 && part.lay.packed && !whole.complex() {
		dst := whole.re[w.lay.off:][:n]
		for i, v := range part.re {
			dst[i] += v
		}
		return
	}
	rows(w.lay, part.lay, func(_, i, j, di, dj int) {
		for range n {
			if whole.complex() {
				whole.cx[i] += part.cx[j]
			} else {
				whole.re[i] += part.re[j]
			}
			i, j = i+di, j+dj
		}
	})
}

func (w window) gather(x Array) Array { return sliceOp.apply1(w, x) }

func (p pick) add(whole, part *block) {
	if whole.complex() {
		addRuns(whole.cx, part.complexes(), p)
		return
	}
	addRuns(whole.re, part.reals(), p)
}

func (p pick) gather(x Array) Array { return pickOp.apply1(p, x) }

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

// Index returns the part of x that the index describes, as x[…] does in NumPy.
// It panics with an [Error] if it does not fit the shape of x.
func (x Array) Index(parts ...Part) Array { return x.index("Index", parts) }

func (x Array) index(name string, parts Index) Array {
	win, p := resolve(name, x.Shape(), parts)
	y := x
	if win != nil {
		y = sliceOp.apply1(*win, x)
	}
	if p != nil {
		y = pickOp.apply1(*p, y)
	}
	return y
}

// SetAt returns x with the part that the index describes replaced by v, which
// broadcasts to its shape. Where the index names an element more than once the
// last one counts. It is differentiable in x and v.
func SetAt(x Array, index Index, v Array) Array { return setAt("SetAt", x, index, v) }

func setAt(name string, x Array, index Index, v Array) Array {
	p := places(name, x.Shape(), index)
	return setOp.apply2(p, x, stretchTo(name, v, p.shape))
}

// AddAt returns x with v, which broadcasts, added to the part that the index
// describes. What the index names more than once is added as often.
func AddAt(x Array, index Index, v Array) Array {
	p := places("AddAt", x.Shape(), index)
	return Add(x, scatterSum(x.Shape(), []scatter{p}, []Array{stretchTo("AddAt", v, p.shape)}))
}

func stretchTo(name string, v Array, shape []int) Array {
	if out, ok := broadcastShape(v.Shape(), shape); !ok || !sameShape(out, shape) {
		fail("%s: value of shape %s for a part of shape %s", name, shapeString(v.Shape()), shapeString(shape))
	}
	return BroadcastTo(v, shape...)
}
