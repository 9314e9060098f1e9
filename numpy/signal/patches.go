package signal

import np "github.com/dualjet/dualjet/numpy"

// patchesOp writes out the parts of arrays that a window sees at its
// positions, such that a convolution is a product of matrices: of an array
// (n, k, axes...) it makes (n, k·kernel, positions). Elements outside the array
// are 0. overlapOp is its transpose, which adds the parts up again.
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
	d := len(w.in)
	inner, step := 1, 1
	if d > 0 {
		inner, step = w.out[d-1], w.stride[d-1]
	}
	sizeIn, sizeOut, outer := size(w.in), size(w.out), 1
	if d > 0 {
		outer = size(w.out[:d-1])
	}
	if sizeOut == 0 {
		return
	}
	t, u := make([]int, d), make([]int, max(d-1, 0))
	for k := range size(w.kernel) {
		lo, hi, off := 0, inner, 0
		if d > 0 {
			// Positions whose element is not outside the array.
			off = w.start[d-1] + w.sign*t[d-1]
			if off < 0 {
				lo = (-off + step - 1) / step
			}
			hi = min(inner, (w.in[d-1]-1-off+step)/step)
			if w.in[d-1] <= off {
				hi = 0
			}
		}
		for row := range outer {
			at, inside := 0, true
			for i, v := range u {
				j := w.start[i] + w.stride[i]*v + w.sign*t[i]
				inside = inside && 0 <= j && j < w.in[i]
				at = at*w.in[i] + j
			}
			if inside && lo < hi {
				if d > 0 {
					at = at*w.in[d-1] + off + lo*step
				}
				p := k*sizeOut + row*inner + lo
				for c := range count {
					f(p+c*size(w.kernel)*sizeOut, at+c*sizeIn, hi-lo, step)
				}
			}
			next(u, w.out)
		}
		next(t, w.kernel)
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
