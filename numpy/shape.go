package numpy

import "slices"

// Changes of shape.

var (
	broadcastOp = &Op{Name: "BroadcastTo", Linear: true}
	sumToOp     = &Op{Name: "SumTo", Linear: true}
	reshapeOp   = &Op{Name: "Reshape", Linear: true}
	transposeOp = &Op{Name: "Transpose", Linear: true}
)

func init() {
	broadcastOp.Eval = func(c *Call) Array {
		b, shape := c.In[0].data(), c.Param.([]int)
		if out, ok := broadcastShape(b.lay.shape, shape); !ok || !sameShape(out, shape) {
			fail("BroadcastTo: shape %s does not stretch to %s", shapeString(b.lay.shape), shapeString(shape))
		}
		l := stretch(b.lay, &layout{shape: shape, size: product(shape)})
		if l == b.lay {
			return plain(b)
		}
		return plain(b.view(shape, l.stride, l.off))
	}
	broadcastOp.VJP = func(c *Call, _ int, w Array) Array { return SumTo(w, c.In[0].Shape()...) }

	sumToOp.Eval = func(c *Call) Array { return sumTo(c.In[0].data(), c.Param.([]int)) }
	sumToOp.VJP = func(c *Call, _ int, w Array) Array { return BroadcastTo(w, c.In[0].Shape()...) }

	reshapeOp.Eval = func(c *Call) Array {
		b := c.In[0].data().pack()
		return plain(&block{lay: newLayout(c.Param.([]int)), re: b.re, store: b.store})
	}
	reshapeOp.VJP = func(c *Call, _ int, w Array) Array { return Reshape(w, c.In[0].Shape()...) }

	transposeOp.Eval = func(c *Call) Array {
		b, axes := c.In[0].data(), c.Param.([]int)
		shape, stride := make([]int, len(axes)), make([]int, len(axes))
		for i, a := range axes {
			shape[i], stride[i] = b.lay.shape[a], b.lay.stride[a]
		}
		return plain(b.view(shape, stride, b.lay.off))
	}
	transposeOp.VJP = func(c *Call, _ int, w Array) Array {
		axes := c.Param.([]int)
		back := make([]int, len(axes))
		for i, a := range axes {
			back[a] = i
		}
		return Transpose(w, back...)
	}
}

// BroadcastTo returns x stretched to the shape. It panics with an [Error] if x
// does not broadcast to it.
func BroadcastTo(x Array, shape ...int) Array {
	if sameShape(x.Shape(), shape) {
		return x
	}
	return broadcastOp.Apply(slices.Clone(shape), x)
}

// SumTo returns the sums of x over the axes along which an array of the shape
// would be stretched to that of x: the transpose of [BroadcastTo].
func SumTo(x Array, shape ...int) Array {
	if sameShape(x.Shape(), shape) {
		return x
	}
	if out, ok := broadcastShape(shape, x.Shape()); !ok || !sameShape(out, x.Shape()) {
		fail("SumTo: shape %s does not stretch to %s", shapeString(shape), shapeString(x.Shape()))
	}
	return sumToOp.Apply(slices.Clone(shape), x)
}

// sumTo adds the elements of b up in the shape.
func sumTo(b *block, shape []int) Array {
	lay := newLayout(shape)
	to, from := folded(stretch(lay, b.lay), b.lay)
	if b.complex() {
		z := newComplex(lay)
		n := lastLen(from.shape)
		if b.lay.size > 0 {
			rows(to, from, func(_, i, j, di, dj int) {
				for range n {
					z.cx[i] += b.cx[j]
					i, j = i+di, j+dj
				}
			})
		}
		return plain(z)
	}
	z := newReal(lay)
	if b.lay.size == 0 {
		return plain(z)
	}
	if lay.size == 1 && b.lay.packed {
		z.re[0] = sumFloats(b.re)
		return plain(z)
	}
	n := lastLen(from.shape)
	if len(from.shape) == 2 && to.stride[0] == 0 && to.stride[1] == 1 && from.stride[1] == 1 {
		addRows(z.re, b.re[from.off:], from.shape[0], from.stride[0])
		return plain(z)
	}
	rows(to, from, func(_, i, j, di, dj int) {
		switch {
		case di == 0 && dj == 1:
			z.re[i] += sumFloats(b.re[j : j+n])
		case di == 1 && dj == 1:
			dst := z.re[i : i+n]
			for k, v := range b.re[j : j+n] {
				dst[k] += v
			}
		default:
			for range n {
				z.re[i] += b.re[j]
				i, j = i+di, j+dj
			}
		}
	})
	return plain(z)
}

// addRows adds n rows of x, which begin at the given distance, to z: four at a
// time.
func addRows(z, x []float64, n, distance int) {
	m, k := len(z), 0
	for ; k+4 <= n; k += 4 {
		a, b := x[k*distance:][:m], x[(k+1)*distance:][:m]
		c, d := x[(k+2)*distance:][:m], x[(k+3)*distance:][:m]
		for i := range z {
			z[i] += (a[i] + b[i]) + (c[i] + d[i])
		}
	}
	for ; k < n; k++ {
		for i, v := range x[k*distance:][:m] {
			z[i] += v
		}
	}
}

// folded returns two layouts of the same shape without axes of length 1, and
// with those as one that follow each other in both.
func folded(p, q *layout) (*layout, *layout) {
	n := len(p.shape)
	if n < 2 || p.size == 0 {
		return p, q
	}
	some := false
	for i, s := range p.shape {
		some = some || s == 1 || i > 0 && p.stride[i-1] == s*p.stride[i] && q.stride[i-1] == s*q.stride[i]
	}
	if !some {
		return p, q
	}
	buf := make([]int, 3*n)
	shape, dp, dq := buf[:0:n], buf[n:n:2*n], buf[2*n:2*n]
	for i, s := range p.shape {
		if s == 1 {
			continue
		}
		if k := len(shape) - 1; k >= 0 && dp[k] == s*p.stride[i] && dq[k] == s*q.stride[i] {
			shape[k] *= s
			dp[k], dq[k] = p.stride[i], q.stride[i]
			continue
		}
		shape, dp, dq = append(shape, s), append(dp, p.stride[i]), append(dq, q.stride[i])
	}
	return &layout{shape: shape, stride: dp, off: p.off, size: p.size}, &layout{shape: shape, stride: dq, off: q.off, size: q.size}
}

func lastLen(shape []int) int {
	if len(shape) == 0 {
		return 1
	}
	return shape[len(shape)-1]
}

// sumFloats adds up x in pairs of halves, whose rounding errors grow with the
// logarithm of its length only.
func sumFloats(x []float64) float64 {
	if len(x) > 128 {
		h := len(x) / 2 &^ 7
		return sumFloats(x[:h]) + sumFloats(x[h:])
	}
	var a, b, c, d float64
	for len(x) >= 4 {
		a += x[0]
		b += x[1]
		c += x[2]
		d += x[3]
		x = x[4:]
	}
	for _, v := range x {
		a += v
	}
	return (a + b) + (c + d)
}

// Reshape returns x in another shape, its elements in row-major order. One
// length may be -1 and follows from the others. It panics with an [Error] if
// the sizes differ.
func Reshape(x Array, shape ...int) Array {
	want := shape
	shape = slices.Clone(shape)
	free, size := -1, 1
	for i, n := range shape {
		switch {
		case n >= 0:
			size *= n
		case n == -1 && free < 0:
			free = i
		default:
			fail("Reshape: shape %s", shapeString(shape))
		}
	}
	if free >= 0 && size > 0 {
		shape[free] = x.Size() / size
		size *= shape[free]
	}
	if size != x.Size() || free >= 0 && shape[free] < 0 {
		fail("Reshape: shape %s does not fit shape %s", shapeString(x.Shape()), shapeString(want))
	}
	if sameShape(x.Shape(), shape) {
		return x
	}
	return reshapeOp.Apply(shape, x)
}

// Transpose returns x with its axes permuted: axis i of the result is axis
// axes[i] of x. Without axes their order is reversed.
func Transpose(x Array, axes ...int) Array {
	n := x.NDim()
	perm := make([]int, n)
	if len(axes) == 0 {
		for i := range perm {
			perm[i] = n - 1 - i
		}
	} else {
		if len(axes) != n {
			fail("Transpose: %d axes for shape %s", len(axes), shapeString(x.Shape()))
		}
		seen := make([]bool, n)
		for i, a := range axes {
			perm[i] = axis("Transpose", a, n)
			if seen[perm[i]] {
				fail("Transpose: axis %d twice", a)
			}
			seen[perm[i]] = true
		}
	}
	if n < 2 {
		return x
	}
	return transposeOp.Apply(perm, x)
}

// MatrixTranspose returns x with its last two axes exchanged.
func MatrixTranspose(x Array) Array { return SwapAxes(x, -2, -1) }

// axis returns axis a of n, counted from the end if negative.
func axis(name string, a, n int) int {
	if a < -n || a >= n {
		fail("%s: axis %d of an array of %d dimensions", name, a, n)
	}
	if a < 0 {
		a += n
	}
	return a
}
