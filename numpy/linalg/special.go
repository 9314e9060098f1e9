package linalg

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

// Matrices with a structure.

var blockDiagOp = &np.Op{Name: "linalg.BlockDiag", Linear: true, Broadcast: true}

func init() {
	blockDiagOp.Eval = func(c *np.Call) np.Array {
		if slices.ContainsFunc(c.In, np.Array.IsComplex) {
			return blockDiag[complex128](c.In)
		}
		return blockDiag[float64](c.In)
	}
	blockDiagOp.VJP = func(c *np.Call, i int, w np.Array) np.Array {
		r, q := 0, 0
		for _, x := range c.In[:i] {
			m, n := size(x)
			r, q = r+m, q+n
		}
		m, n := size(c.In[i])
		return w.Index(np.Ellipsis, np.Span(r, r+m), np.Span(q, q+n))
	}
}

func blockDiag[T number](xs []np.Array) np.Array {
	batch := []int{}
	rows, cols := 0, 0
	for _, x := range xs {
		m, n := size(x)
		rows, cols = rows+m, cols+n
		batch, _ = common(batch, lead(x))
	}
	count := product(batch)
	out := make([]T, count*rows*cols)
	r, q := 0, 0
	for _, x := range xs {
		m, n := size(x)
		x, d := stretch(x, batch)
		v := elements[T](x)
		for k := range count {
			for i := range m {
				copy(out[k*rows*cols+(r+i)*cols+q:][:n], v[k*d+i*n:])
			}
		}
		r, q = r+m, q+n
	}
	return wrap(out, append(batch, rows, cols)...)
}

// BlockDiag returns the matrix with the given ones along its diagonal, one
// after the other, and zeros elsewhere. A number is a matrix of one element and
// a vector one of a single row; leading axes broadcast. Without operands it is
// the empty matrix.
func BlockDiag(xs ...np.Array) np.Array {
	xs = slices.Clone(xs)
	batch := []int{}
	for i, x := range xs {
		if x.NDim() < 2 {
			xs[i] = np.Reshape(x, 1, x.Size())
		}
		var ok bool
		if batch, ok = common(batch, lead(xs[i])); !ok {
			doNotFit("BlockDiag", xs[0], x)
		}
	}
	if len(xs) == 0 {
		return np.Zeros(0, 0)
	}
	return blockDiagOp.Apply(nil, xs...)
}

// Toeplitz returns the m×n matrices that are constant along each diagonal: the
// m elements of c, along its last axis, are the first column, and the n of r the
// first row, except for r[0], which is not read. Toeplitz(c, np.Conj(c)) is
// what SciPy returns for c alone.
func Toeplitz(c, r np.Array) np.Array {
	m, n := lengths("Toeplitz", c, r)
	v := sequence("Toeplitz", np.Flip(tail(r), -1), c)
	return indexed(v, m, n, func(i, j int) int { return n - 1 + i - j })
}

// Hankel returns the m×n matrices that are constant along each antidiagonal:
// the m elements of c, along its last axis, are the first column, and the n of r
// the last row, except for r[0], which is not read. Hankel(c, np.ZerosLike(c))
// is what SciPy returns for c alone.
func Hankel(c, r np.Array) np.Array {
	m, n := lengths("Hankel", c, r)
	return indexed(sequence("Hankel", c, tail(r)), m, n, func(i, j int) int { return i + j })
}

// Circulant returns the square matrices whose columns are the vectors along the
// last axis of c, each rotated down by one more than the one before.
func Circulant(c np.Array) np.Array {
	n, _ := lengths("Circulant", c, c)
	return indexed(c, n, n, func(i, j int) int { return (i - j + n) % n })
}

// Companion returns the companion matrices of polynomials with coefficients
// along the last axis, the highest power first: their eigenvalues are the roots.
// There must be two coefficients at least. A first one of 0 gives infinities or
// NaN.
func Companion(p np.Array) np.Array {
	if p.NDim() == 0 || p.Shape()[p.NDim()-1] < 2 {
		np.Fail("linalg: Companion: shape %s is not one of two coefficients or more", shape(p))
	}
	first := row(np.Div(tail(p), np.Take(p, []int{0}, -1)).Neg())
	_, n := size(first)
	shift := np.BroadcastTo(mask(n-1, n, func(i, j int) bool { return i == j }), append(slices.Clone(lead(first)), n-1, n)...)
	return np.Concatenate(-2, first, shift)
}

// lengths returns the last lengths of vectors, which must not be empty.
func lengths(name string, c, r np.Array) (m, n int) {
	for _, x := range []np.Array{c, r} {
		if x.NDim() == 0 || x.Shape()[x.NDim()-1] == 0 {
			np.Fail("linalg: %s: shape %s is not one of vectors", name, shape(x))
		}
	}
	return c.Shape()[c.NDim()-1], r.Shape()[r.NDim()-1]
}

// tail returns the vectors without their first elements.
func tail(x np.Array) np.Array {
	return x.Index(np.Ellipsis, np.Span(1, x.Shape()[x.NDim()-1]))
}

// sequence returns the vectors x and y one after the other, with their leading
// axes broadcast.
func sequence(name string, x, y np.Array) np.Array {
	sx, sy := x.Shape(), y.Shape()
	m, n := len(sx)-1, len(sy)-1
	batch, ok := common(sx[:m], sy[:n])
	if !ok {
		doNotFit(name, x, y)
	}
	return np.Concatenate(-1, np.BroadcastTo(x, append(slices.Clone(batch), sx[m])...), np.BroadcastTo(y, append(slices.Clone(batch), sy[n])...))
}

// indexed returns the m×n matrices with elements f(i, j) of the vectors v.
func indexed(v np.Array, m, n int, f func(i, j int) int) np.Array {
	index := make([]int, 0, m*n)
	for i := range m {
		for j := range n {
			index = append(index, f(i, j))
		}
	}
	s := v.Shape()
	return np.Reshape(np.Take(v, index, -1), append(slices.Clone(s[:len(s)-1]), m, n)...)
}
