package numpy

import "slices"

// Products of arrays made of products of matrices.

// Dot returns NumPy's dot: the product where one of x and y is a scalar, and
// otherwise the sums over the last axis of x and the last but one of y, or the
// only one of a vector. It panics with an [Error] if their lengths differ.
func Dot(x, y Array) Array {
	switch m, n := x.NDim(), y.NDim(); {
	case m == 0 || n == 0:
		return Mul(x, y)
	case m > 2 && n > 1 || n > 2:
		if x.Shape()[m-1] != y.Shape()[max(n-2, 0)] {
			misaligned("Dot", x.Shape(), y.Shape())
		}
		return TensorDotAxes(x, y, []int{m - 1}, []int{max(n-2, 0)})
	default:
		if x.Shape()[m-1] != y.Shape()[max(n-2, 0)] {
			misaligned("Dot", x.Shape(), y.Shape())
		}
		return MatMul(x, y)
	}
}

// Dot returns NumPy's dot; see the function [Dot].
func (x Array) Dot(y Array) Array { return Dot(x, y) }

// Inner returns the sums of products over the last axes of x and y, and the
// product where one of them is a scalar. It panics with an [Error] if the
// lengths of the axes differ.
func Inner(x, y Array) Array {
	m, n := x.NDim(), y.NDim()
	if m == 0 || n == 0 {
		return Mul(x, y)
	}
	if x.Shape()[m-1] != y.Shape()[n-1] {
		misaligned("Inner", x.Shape(), y.Shape())
	}
	return TensorDotAxes(x, y, []int{m - 1}, []int{n - 1})
}

// Outer returns the matrix of the products of each element of x and each of y.
func Outer(x, y Array) Array {
	return Mul(Reshape(x, x.Size(), 1), Reshape(y, 1, y.Size()))
}

// VDot returns the sum of the products of the elements of x, conjugated, and
// y, whatever their shapes. It panics with an [Error] if they differ in size.
func VDot(x, y Array) Array {
	if x.Size() != y.Size() {
		misaligned("VDot", x.Shape(), y.Shape())
	}
	return MatMul(Conj(Reshape(x, x.Size())), Reshape(y, y.Size()))
}

// TensorDot returns the sums of products over the last n axes of x and the
// first n of y. It panics with an [Error] if their lengths differ.
func TensorDot(x, y Array, n int) Array {
	if n < 0 || n > x.NDim() || n > y.NDim() {
		fail("TensorDot: %d axes of shapes %s and %s", n, shapeString(x.Shape()), shapeString(y.Shape()))
	}
	ax, ay := make([]int, n), make([]int, n)
	for i := range n {
		ax[i], ay[i] = x.NDim()-n+i, i
	}
	return tensorDot("TensorDot", x, y, ax, ay)
}

// TensorDotAxes returns the sums of products over pairs of axes, ax[i] of x
// with ay[i] of y. The other axes of x come first in the result, then those of
// y. It panics with an [Error] if the lengths of a pair differ.
func TensorDotAxes(x, y Array, ax, ay []int) Array { return tensorDot("TensorDotAxes", x, y, ax, ay) }

func tensorDot(name string, x, y Array, ax, ay []int) Array {
	if len(ax) != len(ay) {
		fail("%s: %d axes of x and %d of y", name, len(ax), len(ay))
	}
	ax, restX := splitAxes(name, x, ax)
	ay, restY := splitAxes(name, y, ay)
	for i := range ax {
		if x.Shape()[ax[i]] != y.Shape()[ay[i]] {
			misaligned(name, x.Shape(), y.Shape())
		}
	}
	shape := append(lengths(x, restX), lengths(y, restY)...)
	return Reshape(MatMul(asMatrix(x, restX, ax), asMatrix(y, ay, restY)), shape...)
}

// Kron returns the Kronecker product: copies of y, each times one element of
// x, arranged as those lie. The one of fewer axes gets more, of length 1, in
// front.
func Kron(x, y Array) Array {
	n := max(x.NDim(), y.NDim())
	sx, sy, shape := make([]int, 2*n), make([]int, 2*n), make([]int, n)
	for i := range n {
		a, b := 1, 1
		if k := i - n + x.NDim(); k >= 0 {
			a = x.Shape()[k]
		}
		if k := i - n + y.NDim(); k >= 0 {
			b = y.Shape()[k]
		}
		sx[2*i], sx[2*i+1] = a, 1
		sy[2*i], sy[2*i+1] = 1, b
		shape[i] = a * b
	}
	return Reshape(Mul(Reshape(x, sx...), Reshape(y, sy...)), shape...)
}

// Cross returns the vector products of the vectors along an axis of x and y,
// which broadcast. Vectors of two elements lie in the plane of the first two
// axes; for two of those the result is the third element, the only one that is
// not 0. It panics with an [Error] unless they have two or three elements.
func Cross(x, y Array, axis int) Array {
	x, y = toLast("Cross", x, axis), toLast("Cross", y, axis)
	m, n := lastLen(x.Shape()), lastLen(y.Shape())
	if min(m, n) < 2 || max(m, n) > 3 {
		fail("Cross: shapes %s and %s: vectors have two or three elements", shapeString(x.Shape()), shapeString(y.Shape()))
	}
	z := crossOp.apply2(nil, inSpace(x, m), inSpace(y, n))
	if m == 2 && n == 2 {
		return matMulOp.apply2(matMulParam{absorb: 2}, z, Wrap([]float64{0, 0, 1}))
	}
	if a := axis; a != -1 && a != z.NDim()-1 {
		perm := make([]int, z.NDim()-1, z.NDim())
		for i := range perm {
			perm[i] = i
		}
		if a < 0 {
			a += z.NDim()
		}
		z = Transpose(z, slices.Insert(perm, a, z.NDim()-1)...)
	}
	return z
}

// inSpace returns the vectors of n elements along the last axis of x with a
// third element of 0 if they have two.
func inSpace(x Array, n int) Array {
	if n == 3 {
		return x
	}
	return matMulOp.apply2(matMulParam{absorb: 2}, x, Wrap([]float64{1, 0, 0, 0, 1, 0}, 2, 3))
}

// toLast returns x with axis a moved to the end.
func toLast(name string, x Array, a int) Array {
	n := x.NDim()
	a = axis(name, a, n)
	if a == n-1 {
		return x
	}
	perm := make([]int, 0, n)
	for i := range n {
		if i != a {
			perm = append(perm, i)
		}
	}
	return Transpose(x, append(perm, a)...)
}

var crossOp = &Op{Name: "Cross", Multilinear: true, Broadcast: true}

func init() {
	crossOp.Eval = func(c *Call) Array {
		a, b := c.In[0].data(), c.In[1].data()
		lay := broadcastLayout("Cross", a.lay, b.lay)
		if a.complex() || b.complex() {
			a, b = asComplex(a), asComplex(b)
			z := newComplex(lay)
			cross(z.cx, a.cx, b.cx, stretch(a.lay, lay), stretch(b.lay, lay))
			return plain(z)
		}
		z := newReal(lay)
		cross(z.re, a.re, b.re, stretch(a.lay, lay), stretch(b.lay, lay))
		return plain(z)
	}
	// w·(x×y) = x·(y×w) = y·(w×x).
	crossOp.VJP = func(c *Call, i int, w Array) Array {
		if i == 0 {
			return crossOp.apply2(nil, c.In[1], w)
		}
		return crossOp.apply2(nil, w, c.In[0])
	}
}

func cross[T float64 | complex128](z, x, y []T, p, q *layout) {
	if len(z) == 0 {
		return
	}
	rows(p, q, func(row, i, j, di, dj int) {
		x0, x1, x2 := x[i], x[i+di], x[i+2*di]
		y0, y1, y2 := y[j], y[j+dj], y[j+2*dj]
		v := z[3*row : 3*row+3]
		v[0], v[1], v[2] = x1*y2-x2*y1, x2*y0-x0*y2, x0*y1-x1*y0
	})
}

// splitAxes returns the axes, counted from the start, and all others.
func splitAxes(name string, x Array, axes []int) (along, rest []int) {
	n := x.NDim()
	along = make([]int, len(axes))
	for i, a := range axes {
		along[i] = axis(name, a, n)
		if slices.Contains(along[:i], along[i]) {
			fail("%s: axis %d twice", name, a)
		}
	}
	for a := range n {
		if !slices.Contains(along, a) {
			rest = append(rest, a)
		}
	}
	return along, rest
}

// lengths returns the lengths of axes of x.
func lengths(x Array, axes []int) []int {
	shape := make([]int, len(axes))
	for i, a := range axes {
		shape[i] = x.Shape()[a]
	}
	return shape
}

// asMatrix returns x as a matrix whose rows run over some axes and whose
// columns over the others. It copies no elements where the matrix or its
// transpose lies in x already.
func asMatrix(x Array, rows, cols []int) Array {
	m, n := product(lengths(x, rows)), product(lengths(x, cols))
	if perm := slices.Concat(cols, rows); len(rows) > 0 && len(cols) > 0 && slices.IsSorted(perm) {
		return swapLast(Reshape(x, n, m))
	}
	if perm := slices.Concat(rows, cols); !slices.IsSorted(perm) {
		x = Transpose(x, perm...)
	}
	return Reshape(x, m, n)
}
