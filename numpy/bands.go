package numpy

// Reductions of adjacent axes act on the second axis of three, or of two where
// nothing comes after: the bands of an array, as its elements lie.

// bands returns x with the axes that a reduction reduces as its second axis.
func (r *reduction) bands(x Array) Array {
	outer, inner, passed := 1, 1, false
	for i, n := range x.Shape() {
		switch {
		case n == 1:
		case r.along[i]:
			if inner > 1 {
				return r.lines(x) // other axes lie between those reduced
			}
			passed = true
		case passed:
			inner *= n
		default:
			outer *= n
		}
	}
	if inner == 1 {
		return Reshape(x, outer, r.count)
	}
	return Reshape(x, outer, r.count, inner)
}

// A band is the shape of bands.
type band struct{ outer, n, inner int }

func bandOf(shape []int) band {
	b := band{shape[0], shape[1], 1}
	if len(shape) > 2 {
		b.inner = shape[2]
	}
	return b
}

// reducedBands returns the shape of bands after a reduction.
func reducedBands(shape []int) []int {
	s := append([]int(nil), shape...)
	s[1] = 1
	return s
}

func bandSums(x Array) Array { return SumTo(x, reducedBands(x.Shape())...) }

// The largest elements of bands, or, with a sign of -1, the smallest.
var (
	maxOp = &Op{Name: "Max"}
	// maxGiveOp puts what belongs to largest elements where these are, and
	// maxTakeOp, its transpose, takes it from there. Those that tie share.
	maxGiveOp = &Op{Name: "Max", Linear: true}
	maxTakeOp = &Op{Name: "Max", Linear: true}
)

// ties is the parameter of maxGiveOp: elements and the largest of them.
type ties struct {
	x, top *block
	sign   float64
}

var takeMax, takeMin any = 1.0, -1.0

func init() {
	maxOp.Eval = func(c *Call) Array {
		shape := c.In[0].Shape()
		z := newReal(newLayout(reducedBands(shape)))
		bandOf(shape).largest(z.re, c.In[0].data().reals(), c.Param.(float64))
		return plain(z)
	}
	maxOp.JVP = func(c *Call, _ int, v Array) Array { return maxTakeOp.apply1(newTies(c, v), v) }
	maxOp.VJP = func(c *Call, _ int, w Array) Array { return maxGiveOp.apply1(newTies(c, w), w) }
	maxOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		terms := make([]Array, order)
		for k := range terms {
			if v := coef(x[0], k+1); !v.isZero() {
				terms[k] = maxTakeOp.apply1(newTies(c, v), v)
			}
		}
		return terms
	}
	maxGiveOp.Eval = func(c *Call) Array {
		t := c.Param.(*ties)
		w := Real(c.In[0]).data()
		z := w.like(t.x.lay)
		clear(z.re)
		bandOf(t.x.lay.shape).give(z.re, w.reals(), t)
		return plain(z)
	}
	maxGiveOp.VJP = func(c *Call, _ int, v Array) Array { return maxTakeOp.apply1(c.Param, v) }
	maxTakeOp.Eval = func(c *Call) Array {
		t := c.Param.(*ties)
		z := newReal(t.top.lay)
		bandOf(t.x.lay.shape).take(z.re, Real(c.In[0]).data().reals(), t)
		return plain(z)
	}
	maxTakeOp.VJP = func(c *Call, _ int, w Array) Array { return maxGiveOp.apply1(c.Param, w) }
}

// newTies returns the parameter for a call and the operand w of maxGiveOp or
// maxTakeOp. It keeps the numbers where a trace will hold it.
func newTies(c *Call, w Array) *ties {
	if w.n != nil {
		c.In[0].keep()
		c.Out[0].keep()
	}
	return &ties{c.In[0].data(), c.Out[0].data(), c.Param.(float64)}
}

// largest puts the largest elements into z. A NaN stays.
func (b band) largest(z, x []float64, sign float64) {
	b.lines(func(o, lo, hi int) {
		x, z := x[lo:hi], z[o*b.inner:(o+1)*b.inner]
		if b.inner == 1 {
			top := sign * x[0]
			for _, v := range x {
				v *= sign
				if v <= top {
					continue
				}
				if top == top { // no NaN
					top = v
				}
			}
			z[0] = sign * top
			return
		}
		copy(z, x)
		for k := 1; k < b.n; k++ {
			for i, v := range x[k*b.inner : (k+1)*b.inner] {
				if sign*v <= sign*z[i] {
					continue
				}
				if z[i] == z[i] { // no NaN
					z[i] = v
				}
			}
		}
	})
}

// give puts w where the largest elements are in z, which is 0 before. Where a largest
// element is NaN, and only there, elements may be NaN, and are the largest.
func (b band) give(z, w []float64, t *ties) {
	x, top, sign := t.x.reals(), t.top.reals(), t.sign
	count := make([]int, b.inner)
	b.lines(func(o, lo, hi int) {
		x, z := x[lo:hi], z[lo:hi]
		if b.inner == 1 {
			n, top, w := 0, top[o], w[o]
			for i, v := range x {
				if sign*v < sign*top {
					continue
				}
				if v == top || v != v {
					z[i] = w
					n++
				}
			}
			for i := 0; n > 1 && i < len(z); i++ {
				z[i] /= float64(n)
			}
			return
		}
		w, top := w[o*b.inner:(o+1)*b.inner], top[o*b.inner:(o+1)*b.inner]
		clear(count)
		tied := false
		for k := 0; k < len(x); k += b.inner {
			dst := z[k : k+b.inner]
			for i, v := range x[k : k+b.inner] {
				if sign*v < sign*top[i] {
					continue
				}
				if v == top[i] || v != v {
					dst[i] = w[i]
					count[i]++
					tied = tied || count[i] > 1
				}
			}
		}
		for k := 0; tied && k < len(z); k++ {
			z[k] /= float64(count[k%b.inner])
		}
	})
}

// lines calls f for the parts of bands that make b.inner results each: the
// number and where the part lies.
func (b band) lines(f func(outer, lo, hi int)) {
	n := b.n * b.inner
	for o := range b.outer {
		f(o, o*n, (o+1)*n)
	}
}

// take adds to z, which is 0, the mean of v where the largest elements are.
func (b band) take(z, v []float64, t *ties) {
	x, top := t.x.reals(), t.top.reals()
	count := make([]int, b.inner)
	b.lines(func(o, lo, hi int) {
		z, top := z[o*b.inner:(o+1)*b.inner], top[o*b.inner:(o+1)*b.inner]
		clear(count)
		for k := lo; k < hi; k += b.inner {
			for i, u := range x[k : k+b.inner] {
				if u == top[i] || u != u {
					z[i] += v[k+i]
					count[i]++
				}
			}
		}
		for i, n := range count {
			z[i] /= float64(n)
		}
	})
}
