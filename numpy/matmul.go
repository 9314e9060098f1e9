package numpy

import (
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/cblas128"
)

var matMulOp = &Op{Name: "MatMul", Multilinear: true, Broadcast: true}

// matMulParam is what a product of matrices does beyond NumPy's: it may add
// up the products along stretched axes, and let zeros absorb.
type matMulParam struct {
	// to is the shape of the batch after the sum.
	to []int
	// sum tells that there is a sum.
	sum bool
	// absorb is the operand, 1 or 2, whose exact zeros absorb Inf and NaN, as
	// those of derivatives do, and 0 for none.
	absorb int8
}

func init() {
	matMulOp.Eval = func(c *Call) Array {
		p, _ := c.Param.(matMulParam)
		return matMulValue(c.In[0], c.In[1], p)
	}
	matMulOp.JVP = func(c *Call, i int, v Array) Array {
		p, _ := c.Param.(matMulParam)
		if p.absorb == 0 {
			p.absorb = int8(i + 1)
		}
		if i == 0 {
			return matMulOp.apply2(p, v, c.In[1])
		}
		return matMulOp.apply2(p, c.In[0], v)
	}
	matMulOp.batch = batchMatMul
	// w·yᵀ and xᵀ·w, summed over the batches that the operand is stretched to.
	matMulOp.VJP = func(c *Call, i int, w Array) Array {
		p, _ := c.Param.(matMulParam)
		if m, n := c.In[0].NDim(), c.In[1].NDim(); m+n < 4 && m < 3 && n < 3 {
			return vectorVJP(c.In[0], c.In[1], i, w, p.absorb)
		}
		x, y := asRow(c.In[0]), asColumn(c.In[1])
		if c.In[0].NDim() == 1 || c.In[1].NDim() == 1 {
			shape := w.Shape()
			if c.In[1].NDim() == 1 {
				shape = append(slices.Clone(shape), 1)
			}
			if c.In[0].NDim() == 1 {
				shape = slices.Insert(slices.Clone(shape), len(shape)-1, 1)
			}
			w = Reshape(w, shape...)
		}
		if i == 0 {
			g := matMulSum(w, swapLast(y), x, absorbing(p.absorb, 2, 1))
			return Reshape(g, vectorOr(c.In[0], g)...)
		}
		g := matMulSum(swapLast(x), w, y, absorbing(p.absorb, 1, 2))
		return Reshape(g, vectorOr(c.In[1], g)...)
	}
}

// batchMatMul is the product of batches of n operands of [MatMul].
func batchMatMul(param any, in []batch, n int) Array {
	p, _ := param.(matMulParam)
	parts := [2][]int{in[0].x.Shape(), in[1].x.Shape()}
	in = slices.Clone(in)
	for i := range in {
		if in[i].many {
			parts[i] = parts[i][1:]
		}
		if len(parts[i]) > 1 {
			continue
		}
		shape := []int{1, parts[i][0]}
		if i == 1 {
			shape = []int{parts[i][0], 1}
		}
		if in[i].many {
			shape = concat([]int{n}, shape)
		}
		in[i].x = Reshape(in[i].x, shape...)
	}
	to, _ := broadcastShape(batchOf(parts[0]), batchOf(parts[1]))
	if p.sum {
		all := len(to)
		to = p.to
		p.to = concat([]int{n}, to)
		for len(p.to) <= all {
			p.to = slices.Insert(p.to, 1, 1)
		}
	}
	x := aligned(in)
	z := matMulOp.apply2(p, x[0], x[1])
	shape := concat([]int{n}, to)
	if len(parts[0]) > 1 {
		shape = append(shape, parts[0][len(parts[0])-2])
	}
	if len(parts[1]) > 1 {
		shape = append(shape, parts[1][len(parts[1])-1])
	}
	return Reshape(z, shape...)
}

// vectorVJP is the VJP of products of vectors with vectors and matrices.
func vectorVJP(x, y Array, i int, w Array, absorb int8) Array {
	kept := int(absorb) == 2-i // the other operand absorbs, not w
	switch {
	case i == 0 && y.NDim() == 2: // y·w
		return matMulOp.apply2(matMulParam{absorb: absorbing(absorb, 2, 1) ^ 3}, y, w)
	case i == 1 && x.NDim() == 2: // w·x
		return matMulOp.apply2(matMulParam{absorb: absorbing(absorb, 1, 2) ^ 3}, w, x)
	case i == 0 && x.NDim() == 2:
		w, x = Reshape(w, w.Size(), 1), y
	case i == 0:
		x = y
	case y.NDim() == 2:
		x = Reshape(x, x.Size(), 1)
	}
	if kept {
		return AZMul(x, w)
	}
	return AZMul(w, x)
}

// absorbing returns the operand whose zeros absorb in a derivative: that which
// had it before if it still takes part, otherwise the cotangent.
func absorbing(was, kept, cotangent int8) int8 {
	if was == kept {
		return kept
	}
	return cotangent
}

// asRow and asColumn make matrices of vectors.
func asRow(x Array) Array {
	if x.NDim() == 1 {
		return Reshape(x, 1, -1)
	}
	return x
}

func asColumn(x Array) Array {
	if x.NDim() == 1 {
		return Reshape(x, x.Size(), 1)
	}
	return x
}

// vectorOr returns the shape of x if it is a vector, otherwise that of g.
func vectorOr(x, g Array) []int {
	if x.NDim() == 1 {
		return x.Shape()
	}
	return g.Shape()
}

// swapLast returns x with its last two axes exchanged.
func swapLast(x Array) Array {
	n := x.NDim()
	if n == 2 {
		return transposeOp.apply1(swapped, x)
	}
	perm := make([]int, n)
	for i := range perm {
		perm[i] = i
	}
	perm[n-2], perm[n-1] = n-1, n-2
	return transposeOp.apply1(perm, x)
}

// swapped is the permutation of a transposed matrix, as a parameter.
var swapped any = []int{1, 0}

// matMulSum returns the product of x and y, added up where the batch of the
// array of its result, which is stretched to it, has a length of 1.
func matMulSum(x, y, result Array, absorb int8) Array {
	p := matMulParam{absorb: absorb}
	if x.NDim() > 2 || y.NDim() > 2 {
		batch, _ := broadcastShape(batchOf(x.Shape()), batchOf(y.Shape()))
		to := batchOf(result.Shape())
		if len(to) > len(batch) {
			to = to[len(to)-len(batch):]
		}
		to = slices.Clone(to)
		for i, n := range batch[len(batch)-len(to):] {
			if to[i] != 1 {
				to[i] = n
			}
		}
		p.to, p.sum = to, !sameShape(to, batch)
	}
	return matMulOp.apply2(p, x, y)
}

func batchOf(shape []int) []int { return shape[:max(len(shape)-2, 0)] }

// MatMul returns the product of matrices, which are the last two axes of x and
// y; all others broadcast. A vector x is a row and a vector y a column, and
// the axis of length 1 that it gets is taken from the result. It panics with
// an [Error] for scalars and for shapes that do not fit.
//
// Products of more than a few numbers go through gonum's blas64 and cblas128
// and so use the implementation registered there. A transposed matrix is
// multiplied as it lies.
func MatMul(x, y Array) Array {
	if x.n == nil && y.n == nil {
		return matMulValue(x, y, matMulParam{})
	}
	return matMulOp.apply2(nil, x, y)
}

// MatMul returns the product of matrices; see the function [MatMul].
func (x Array) MatMul(y Array) Array { return MatMul(x, y) }

// matMulSmall is the number of multiplications up to which a plain loop beats
// the library, four times that where it forms four sums at a time.
const matMulSmall = 256

// A matrixBatch is a product of matrices as it is computed: z[b] += x[b]·y[b],
// where z is packed.
type matrixBatch struct {
	m, k, n    int
	xr, xc, xo int // strides of rows and columns, offset
	yr, yc, yo int
	axes       []batchAxis
}

// A batchAxis is an axis along which matrices are multiplied; its strides are
// 0 where an operand is stretched or the result is a sum.
type batchAxis struct{ n, x, y, z int }

func matMulValue(x, y Array, p matMulParam) Array {
	a, b := x.data(), y.data()
	if a.complex() != b.complex() {
		a, b = asComplex(a), asComplex(b)
	}
	na, nb := len(a.lay.shape), len(b.lay.shape)
	if na == 0 || nb == 0 {
		fail("MatMul: shapes %s and %s: a scalar is no matrix", shapeString(a.lay.shape), shapeString(b.lay.shape))
	}
	k := a.lay.shape[na-1]
	if k != b.lay.shape[max(nb-2, 0)] {
		misaligned("MatMul", a.lay.shape, b.lay.shape)
	}
	a, b = a.multipliable(), b.multipliable()
	g := matrixBatch{m: 1, k: k, n: 1, xo: a.lay.off, yo: b.lay.off}
	g.xc = a.lay.stride[na-1]
	if na > 1 {
		g.m, g.xr = a.lay.shape[na-2], a.lay.stride[na-2]
	}
	g.yr = b.lay.stride[max(nb-2, 0)]
	if nb > 1 {
		g.n, g.yc = b.lay.shape[nb-1], b.lay.stride[nb-1]
	}
	lay := g.result(a.lay, b.lay, p)
	if a.complex() {
		z := newComplex(lay)
		multiply(&g, z.cx, a.cx, b.cx, p.absorb)
		return plain(z)
	}
	z := like2(lay, a, b).cleared()
	multiply(&g, z.re, a.re, b.re, p.absorb)
	return plain(z)
}

// result sets the axes of g and returns the layout of the result.
func (g *matrixBatch) result(a, b *layout, p matMulParam) *layout {
	na, nb, m := len(a.shape), len(b.shape), g.m
	switch {
	case na == 2 && nb == 2 && a.packed && g.n == g.k:
		return a
	case na == 2 && nb == 2 && b.packed && m == g.k:
		return b
	}
	shape := make([]int, 0, 2)
	if na > 2 || nb > 2 {
		shape = g.batch(a, b, p)
	}
	if na > 1 {
		shape = append(shape, m)
	}
	if nb > 1 {
		shape = append(shape, g.n)
	}
	return newLayout(shape)
}

// misaligned panics for a product of shapes that do not fit.
func misaligned(name string, x, y []int) {
	fail("%s: shapes %s and %s do not align", name, shapeString(x), shapeString(y))
}

// multipliable returns b such that the rows or the columns of its matrices are
// stored without gaps.
func (b *block) multipliable() *block {
	n := len(b.lay.shape)
	if b.lay.packed || n < 2 && b.lay.stride[0] > 0 {
		return b
	}
	if n > 1 {
		r, c := b.lay.stride[n-2], b.lay.stride[n-1]
		nr, nc := b.lay.shape[n-2], b.lay.shape[n-1]
		if c == 1 && r >= nc || r == 1 && c >= nr {
			return b
		}
	}
	return b.pack()
}

// batch sets the axes of g and returns the shape of the batch of the result.
func (g *matrixBatch) batch(a, b *layout, p matMulParam) []int {
	sa, sb := batchOf(a.shape), batchOf(b.shape)
	full, ok := broadcastShape(sa, sb)
	if !ok {
		misaligned("MatMul", a.shape, b.shape)
	}
	to := full
	if p.sum {
		to = p.to
	}
	g.axes = make([]batchAxis, len(full))
	size := g.m * g.n
	for i := 1; i <= len(full); i++ {
		ax := &g.axes[len(full)-i]
		ax.n = full[len(full)-i]
		if i <= len(sa) && sa[len(sa)-i] != 1 {
			ax.x = a.stride[len(sa)-i]
		}
		if i <= len(sb) && sb[len(sb)-i] != 1 {
			ax.y = b.stride[len(sb)-i]
		}
		if i <= len(to) {
			if to[len(to)-i] != 1 {
				ax.z = size
			}
			size *= to[len(to)-i]
		}
	}
	shape := append(make([]int, 0, len(to)+2), to...)
	g.fold()
	return shape
}

// fold makes axes of the batch rows of a longer matrix, or terms of longer
// sums, where they lie like that: then one call does all.
func (g *matrixBatch) fold() {
	for len(g.axes) > 0 {
		ax := g.axes[len(g.axes)-1]
		switch {
		case ax.n == 1:
		case ax.y == 0 && ax.x == g.m*g.xr && ax.z == g.m*g.n:
			g.m *= ax.n
		case ax.z == 0 && ax.x == g.k*g.xc && ax.y == g.k*g.yr:
			g.k *= ax.n
		default:
			return
		}
		g.axes = g.axes[:len(g.axes)-1]
	}
}

// multiply adds the products to z, which is 0.
func multiply[T float64 | complex128](g *matrixBatch, z, x, y []T, absorb int8) {
	count := 1
	for _, ax := range g.axes {
		count *= ax.n
	}
	if count*g.m*g.k*g.n == 0 {
		return
	}
	small := g.m*g.k*g.n <= matMulSmall || g.n >= 4 && g.m*g.k*g.n <= 4*matMulSmall
	if small && len(g.axes) == 0 && absorb == 0 {
		loop(g, z, x[g.xo:], y[g.yo:])
		return
	}
	h := *g // so that g stays on the stack where this is not reached
	if small || absorb == 0 && hidesNaN(g, x, y) {
		eachProduct(&h, count, z, x, y, loop)
	} else {
		eachProduct(&h, count, z, x, y, libraryProduct)
	}
	if absorb != 0 && anyNaN(z) {
		clear(z)
		if absorb == 1 {
			eachProduct(&h, count, z, x, y, leftAbsorbs)
		} else {
			eachProduct(&h, count, z, x, y, rightAbsorbs)
		}
	}
}

// eachProduct calls f for every pair of matrices.
func eachProduct[T float64 | complex128](g *matrixBatch, count int, z, x, y []T, f func(g *matrixBatch, z, x, y []T)) {
	if len(g.axes) == 0 {
		f(g, z, x[g.xo:], y[g.yo:])
		return
	}
	var buf [4]int
	index := append(buf[:0], make([]int, len(g.axes))...)
	zo, xo, yo := 0, g.xo, g.yo
	for range count {
		f(g, z[zo:zo+g.m*g.n], x[xo:], y[yo:])
		for d := len(index) - 1; d >= 0; d-- {
			ax := &g.axes[d]
			index[d]++
			zo, xo, yo = zo+ax.z, xo+ax.x, yo+ax.y
			if index[d] < ax.n {
				break
			}
			zo, xo, yo = zo-ax.n*ax.z, xo-ax.n*ax.x, yo-ax.n*ax.y
			index[d] = 0
		}
	}
}

// loop adds the product of two matrices to z. Sums of several columns grow at a
// time, for one has to wait for each of its terms.
func loop[T float64 | complex128](g *matrixBatch, z, x, y []T) {
	dp, dq, dj := g.xc, g.yr, g.yc
	for i := range g.m {
		row := z[i*g.n : (i+1)*g.n]
		j := 0
		for ; j+4 <= len(row); j += 4 {
			var s0, s1, s2, s3 T
			p, q := i*g.xr, j*dj
			for range g.k {
				v := x[p]
				s0 += v * y[q]
				s1 += v * y[q+dj]
				s2 += v * y[q+2*dj]
				s3 += v * y[q+3*dj]
				p, q = p+dp, q+dq
			}
			row[j] += s0
			row[j+1] += s1
			row[j+2] += s2
			row[j+3] += s3
		}
		for ; j+2 <= len(row); j += 2 {
			var s0, s1 T
			p, q := i*g.xr, j*dj
			for range g.k {
				v := x[p]
				s0 += v * y[q]
				s1 += v * y[q+dj]
				p, q = p+dp, q+dq
			}
			row[j] += s0
			row[j+1] += s1
		}
		if j < len(row) {
			var sum T
			p, q := i*g.xr, j*dj
			for range g.k {
				sum += x[p] * y[q]
				p, q = p+dp, q+dq
			}
			row[j] += sum
		}
	}
}

// leftAbsorbs is loop where exact zeros of x make a product 0.
func leftAbsorbs[T float64 | complex128](g *matrixBatch, z, x, y []T) {
	for i := range g.m {
		for l := range g.k {
			v := x[i*g.xr+l*g.xc]
			if v == 0 {
				continue
			}
			for j := range g.n {
				z[i*g.n+j] += v * y[l*g.yr+j*g.yc]
			}
		}
	}
}

// rightAbsorbs is loop where exact zeros of y make a product 0.
func rightAbsorbs[T float64 | complex128](g *matrixBatch, z, x, y []T) {
	for i := range g.m {
		for j := range g.n {
			for l := range g.k {
				if v := y[l*g.yr+j*g.yc]; v != 0 {
					z[i*g.n+j] += x[i*g.xr+l*g.xc] * v
				}
			}
		}
	}
}

// hidesNaN reports whether the library might leave out products of zeros with
// Inf or NaN: it adds multiples of rows of y, but no multiples by 0, and for a
// vector y multiples of columns of x.
func hidesNaN[T float64 | complex128](g *matrixBatch, x, y []T) bool {
	return skips(x, y) || g.n == 1 && skips(y, x)
}

// skips reports whether there are zeros among the factors and Inf or NaN among
// the others.
func skips[T float64 | complex128](factors, others []T) bool {
	if len(factors) < len(others) {
		return slices.Contains(factors, 0) && !allFinite(others)
	}
	return !allFinite(others) && slices.Contains(factors, 0)
}

func allFinite[T float64 | complex128](x []T) bool {
	var s T
	for _, v := range x {
		s += v * 0
	}
	return s == s
}

// libraryProduct is loop by the library.
func libraryProduct[T float64 | complex128](g *matrixBatch, z, x, y []T) {
	switch z := any(z).(type) {
	case []float64:
		realProduct(g, z, any(x).([]float64), any(y).([]float64))
	case []complex128:
		complexProduct(g, z, any(x).([]complex128), any(y).([]complex128))
	}
}

func realProduct(g *matrixBatch, z, x, y []float64) {
	ta, a := realMatrix(g.m, g.k, g.xr, g.xc, x)
	tb, b := realMatrix(g.k, g.n, g.yr, g.yc, y)
	switch {
	case g.n == 1 && g.m == 1:
		z[0] += blas64.Dot(blas64.Vector{N: g.k, Inc: g.xc, Data: x}, blas64.Vector{N: g.k, Inc: g.yr, Data: y})
	case g.n == 1:
		blas64.Gemv(ta, 1, a, blas64.Vector{N: g.k, Inc: g.yr, Data: y}, 1, blas64.Vector{N: g.m, Inc: 1, Data: z})
	case g.m == 1:
		blas64.Gemv(other(tb), 1, b, blas64.Vector{N: g.k, Inc: g.xc, Data: x}, 1, blas64.Vector{N: g.n, Inc: 1, Data: z})
	default:
		blas64.Gemm(ta, tb, 1, a, b, 1, blas64.General{Rows: g.m, Cols: g.n, Stride: g.n, Data: z})
	}
}

func complexProduct(g *matrixBatch, z, x, y []complex128) {
	ta, a := complexMatrix(g.m, g.k, g.xr, g.xc, x)
	tb, b := complexMatrix(g.k, g.n, g.yr, g.yc, y)
	switch {
	case g.n == 1 && g.m == 1:
		z[0] += cblas128.Dotu(cblas128.Vector{N: g.k, Inc: g.xc, Data: x}, cblas128.Vector{N: g.k, Inc: g.yr, Data: y})
	case g.n == 1:
		cblas128.Gemv(ta, 1, a, cblas128.Vector{N: g.k, Inc: g.yr, Data: y}, 1, cblas128.Vector{N: g.m, Inc: 1, Data: z})
	case g.m == 1:
		cblas128.Gemv(other(tb), 1, b, cblas128.Vector{N: g.k, Inc: g.xc, Data: x}, 1, cblas128.Vector{N: g.n, Inc: 1, Data: z})
	default:
		cblas128.Gemm(ta, tb, 1, a, b, 1, cblas128.General{Rows: g.m, Cols: g.n, Stride: g.n, Data: z})
	}
}

// realMatrix returns rows×cols elements of x as the library wants them:
// transposed if its columns are what lies without gaps.
func realMatrix(rows, cols, r, c int, x []float64) (blas.Transpose, blas64.General) {
	t, ld := leading(rows, cols, r, c)
	if t == blas.Trans {
		rows, cols = cols, rows
	}
	return t, blas64.General{Rows: rows, Cols: cols, Stride: ld, Data: x}
}

func complexMatrix(rows, cols, r, c int, x []complex128) (blas.Transpose, cblas128.General) {
	t, ld := leading(rows, cols, r, c)
	if t == blas.Trans {
		rows, cols = cols, rows
	}
	return t, cblas128.General{Rows: rows, Cols: cols, Stride: ld, Data: x}
}

// leading returns how a matrix with the strides lies, and its long stride.
func leading(rows, cols, r, c int) (blas.Transpose, int) {
	if c == 1 && (r >= cols || rows == 1) {
		return blas.NoTrans, max(r, cols)
	}
	return blas.Trans, max(c, rows)
}

func other(t blas.Transpose) blas.Transpose {
	if t == blas.Trans {
		return blas.NoTrans
	}
	return blas.Trans
}
