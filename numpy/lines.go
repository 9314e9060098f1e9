package numpy

import "slices"

// Operations along one axis act on the last of two: lines brings an array into
// the shape (lines, elements of a line), and back. A line takes part of the
// axes of a reduction, one after the other.

// lines returns x as a matrix whose rows are what a reduction reduces.
func (r *reduction) lines(x Array) Array {
	n := x.NDim()
	perm := make([]int, 0, n)
	for i := range n {
		if !r.along[i] {
			perm = append(perm, i)
		}
	}
	rest := len(perm)
	for i := range n {
		if r.along[i] {
			perm = append(perm, i)
		}
	}
	if rest > 0 && rest < n && !slices.IsSorted(perm) {
		x = Transpose(x, perm...)
	}
	return Reshape(x, r.rest(), r.count)
}

// rest returns the number of results.
func (r *reduction) rest() int { return product(r.shape) }

// oneAxis returns the reduction along a single axis, the last one if the
// options name none, or over all elements of an array that was flattened.
func oneAxis(name string, x Array, opts []ReduceOption, last bool) *reduction {
	named := slices.ContainsFunc(opts, func(o ReduceOption) bool { return o.axes != nil })
	if !named && last && x.NDim() > 0 {
		opts = append(slices.Clone(opts), Axis(-1))
	}
	r := newReduction(name, x, opts)
	if named {
		count := 0
		for _, along := range r.along {
			if along {
				count++
			}
		}
		if count != 1 {
			fail("%s: %d axes, want one", name, count)
		}
	}
	return r
}

// back returns lines of n elements, made from x by the reduction, in the shape
// of x with n elements along the axis. Over all elements the result is a
// vector.
func (r *reduction) back(lines Array, x Array, n int) Array {
	at := slices.Index(r.along, true)
	if at < 0 || len(r.along)-1 > 0 && !slices.Contains(r.along, false) {
		return Reshape(lines, n)
	}
	shape := make([]int, 0, x.NDim())
	for i, s := range x.Shape() {
		if i != at {
			shape = append(shape, s)
		}
	}
	y := Reshape(lines, append(shape, n)...)
	if at == x.NDim()-1 {
		return y
	}
	perm := make([]int, 0, x.NDim())
	for i := range x.NDim() {
		switch {
		case i < at:
			perm = append(perm, i)
		case i == at:
			perm = append(perm, x.NDim()-1)
		default:
			perm = append(perm, i-1)
		}
	}
	return Transpose(y, perm...)
}

var (
	spanOp   = &Op{Name: "part of lines", Linear: true}
	placeOp  = &Op{Name: "lines in longer ones", Linear: true}
	gatherOp = &Op{Name: "elements of lines", Linear: true}
)

// span is a part of each line, from lo up to hi; n is the length of a line.
type span struct{ lo, hi, n int }

// picked are the elements of lines of length n, by their indices in the line,
// row by row.
type picked struct {
	index []int
	n     int
}

func init() {
	spanOp.Eval = func(c *Call) Array {
		s, b := c.Param.(span), c.In[0].data()
		st := b.lay.stride
		return plain(b.view([]int{b.lay.shape[0], s.hi - s.lo}, []int{st[0], st[1]}, b.lay.off+s.lo*st[1]))
	}
	spanOp.VJP = func(c *Call, _ int, w Array) Array { return placeOp.apply1(c.Param, w) }
	placeOp.Eval = func(c *Call) Array {
		s, b := c.Param.(span), c.In[0].data()
		m := b.lay.shape[0]
		lay := newLayout([]int{m, s.n})
		if b.complex() {
			z := newComplex(lay)
			in := b.complexes()
			for i := range m {
				copy(z.cx[i*s.n+s.lo:i*s.n+s.hi], in[i*(s.hi-s.lo):])
			}
			return plain(z)
		}
		z := newReal(lay)
		in := b.reals()
		for i := range m {
			copy(z.re[i*s.n+s.lo:i*s.n+s.hi], in[i*(s.hi-s.lo):])
		}
		return plain(z)
	}
	placeOp.VJP = func(c *Call, _ int, w Array) Array { return spanOp.apply1(c.Param, w) }

	gatherOp.Eval = func(c *Call) Array {
		p, b := c.Param.(picked), c.In[0].data()
		m := b.lay.shape[0]
		k := 0
		if m > 0 {
			k = len(p.index) / m
		}
		lay := newLayout([]int{m, k})
		if b.complex() {
			z := newComplex(lay)
			in := b.complexes()
			for t, j := range p.index {
				z.cx[t] = in[t/k*p.n+j]
			}
			return plain(z)
		}
		z := newReal(lay)
		in := b.reals()
		for t, j := range p.index {
			z.re[t] = in[t/k*p.n+j]
		}
		return plain(z)
	}
	gatherOp.VJPAdd = func(c *Call, _ int, w Array, sum *Accumulator) {
		sum.addAt(c.In[0], c.Param.(picked), w)
	}
}

func (p picked) add(whole, part *block) {
	if len(p.index) == 0 {
		return
	}
	k := part.lay.shape[1]
	if whole.complex() {
		in := part.complexes()
		for t, j := range p.index {
			whole.cx[t/k*p.n+j] += in[t]
		}
		return
	}
	in := part.reals()
	for t, j := range p.index {
		whole.re[t/k*p.n+j] += in[t]
	}
}

func (p picked) gather(x Array) Array { return gatherOp.apply1(p, x) }

// part returns elements lo up to hi of each line.
func part(lines Array, lo, hi int) Array {
	n := lines.Shape()[1]
	if lo == 0 && hi == n {
		return lines
	}
	return spanOp.apply1(span{lo, hi, n}, lines)
}

// place returns lines of n zeros in which x stands from lo on.
func place(x Array, lo, n int) Array {
	return placeOp.apply1(span{lo, lo + x.Shape()[1], n}, x)
}

// gatherLines returns elements of each line by their indices, row by row.
func gatherLines(lines Array, index []int) Array {
	return gatherOp.apply1(picked{index, lines.Shape()[1]}, lines)
}
