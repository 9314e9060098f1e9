package signal

import np "github.com/dualjet/dualjet/numpy"

// patchesOp writes out the parts of arrays that a window sees at its
// positions: of an array (n, k, axes...) it makes (n, k·kernel, positions).
// Elements outside the array are 0. overlapOp is its transpose, which adds the
// parts up again.
var (
	patchesOp = &np.Op{Name: "signal.patches", Linear: true}
	overlapOp = &np.Op{Name: "signal.overlap", Linear: true}
)

// A window tells which element its element t sees at position u: that with
// index start + stride·u + sign·t, along each axis.
type window struct {
	in, kernel, out []int // lengths of the array, the window and the positions
	start, stride   []int
	sign            int
}

func init() {
	patchesOp.Eval = func(c *np.Call) np.Array {
		w, x := c.Param.(window), c.In[0]
		n, k := x.Shape()[0], x.Shape()[1]
		shape := []int{n, k * size(w.kernel), size(w.out)}
		if x.IsComplex() {
			z := make([]complex128, size(shape))
			cut(w, z, x.Complex128s(), n*k)
			return np.WrapComplex(z, shape...)
		}
		z := make([]float64, size(shape))
		cut(w, z, x.Float64s(), n*k)
		return np.Wrap(z, shape...)
	}
	patchesOp.VJP = func(c *np.Call, _ int, v np.Array) np.Array {
		p := overlap{c.Param.(window), c.In[0].Shape()}
		return overlapOp.Apply(p, v)
	}
	overlapOp.Eval = func(c *np.Call) np.Array {
		p, x := c.Param.(overlap), c.In[0]
		count := p.shape[0] * p.shape[1]
		if x.IsComplex() {
			z := make([]complex128, size(p.shape))
			paste(p.window, z, x.Complex128s(), count)
			return np.WrapComplex(z, p.shape...)
		}
		z := make([]float64, size(p.shape))
		paste(p.window, z, x.Float64s(), count)
		return np.Wrap(z, p.shape...)
	}
	overlapOp.VJP = func(c *np.Call, _ int, v np.Array) np.Array {
		return patchesOp.Apply(c.Param.(overlap).window, v)
	}
}

// overlap is a window and the shape of the array that it is moved over.
type overlap struct {
	window
	shape []int
}

// cut copies the parts of count arrays.
func cut[T float64 | complex128](w window, parts, arrays []T, count int) {
	w.rows(count, func(p, a, n, step int) {
		if step == 1 {
			copy(parts[p:p+n], arrays[a:a+n])
			return
		}
		for i := range n {
			parts[p+i] = arrays[a+i*step]
		}
	})
}

// paste adds the parts up in count arrays.
func paste[T float64 | complex128](w window, arrays, parts []T, count int) {
	w.rows(count, func(p, a, n, step int) {
		src := parts[p : p+n]
		if step == 1 {
			dst := arrays[a : a+n]
			for i, v := range src {
				dst[i] += v
			}
			return
		}
		for i, v := range src {
			arrays[a+i*step] += v
		}
	})
}

// rows calls f for every run of positions along the last axis at which an
// element of the window lies within one of count arrays: where the run starts
// among the parts and in the arrays, its length, and the distance of its
// elements in the arrays.
func (w window) rows(count int, f func(part, array, n, step int)) {
	sizeIn, elements, positions := size(w.in), size(w.kernel), size(w.out)
	step := w.step()
	w.runs(0, elements, 0, positions, func(t, u, at, n int) {
		for c := range count {
			f((c*elements+t)*positions+u, at+c*sizeIn, n, step)
		}
	})
}

// step returns the distance in the array of neighbours along the last axis of
// the positions.
func (w window) step() int {
	if d := len(w.stride); d > 0 {
		return w.stride[d-1]
	}
	return 1
}

// runs calls f for every run of positions along the last axis, of those from
// u0 up to u1, at which an element of the window, of those from t0 up to t1,
// lies within the array: the element, the first position, where it lies in the
// array, and the number of positions.
func (w window) runs(t0, t1, u0, u1 int, f func(t, u, at, n int)) {
	if t0 >= t1 || u0 >= u1 {
		return
	}
	d := len(w.in)
	if d == 0 {
		f(0, 0, 0, 1)
		return
	}
	last := d - 1
	inner, step, width := w.out[last], w.stride[last], w.in[last]
	t, u := make([]int, d), make([]int, last)
	unravel(t, t0, w.kernel)
	for e := t0; e < t1; e++ {
		// Positions whose element is not outside the array.
		off := w.start[last] + w.sign*t[last]
		lo, hi := 0, inner
		if off < 0 {
			lo = (-off + step - 1) / step
		}
		hi = min(hi, (width-1-off+step)/step)
		if width <= off {
			hi = 0
		}
		unravel(u, u0/inner, w.out[:last])
		for row := u0 / inner * inner; row < u1; row += inner {
			at, inside := 0, true
			for i, v := range u {
				j := w.start[i] + w.stride[i]*v + w.sign*t[i]
				inside = inside && 0 <= j && j < w.in[i]
				at = at*w.in[i] + j
			}
			if lo, hi := max(lo, u0-row), min(hi, u1-row); inside && lo < hi {
				f(e, row+lo, at*width+off+lo*step, hi-lo)
			}
			next(u, w.out)
		}
		next(t, w.kernel)
	}
}

// unravel sets the index of element i of an array of the shape.
func unravel(index []int, i int, shape []int) {
	for d := len(shape) - 1; d >= 0; d-- {
		index[d] = i % shape[d]
		i /= shape[d]
	}
}

// next moves an index on in an array of the shape.
func next(index, shape []int) {
	for d := len(index) - 1; d >= 0; d-- {
		index[d]++
		if index[d] < shape[d] {
			return
		}
		index[d] = 0
	}
}
