package numpy

import "slices"

// Diagonals and triangles of matrices.

// Diagonal returns the elements x[…, i, i+offset] of two axes, along the last
// axis of the result. Without axes they are the last two, as in
// numpy.linalg.diagonal; numpy.diagonal takes the first two.
func Diagonal(x Array, offset int, axes ...int) Array {
	return diagonal("Diagonal", x, offset, axes)
}

func diagonal(name string, x Array, offset int, axes []int) Array {
	n := x.NDim()
	if n < 2 {
		fail("%s: shape %s is not that of a matrix", name, shapeString(x.Shape()))
	}
	if len(axes) > 0 {
		i, j := twoAxes(name, x, axes)
		x = MoveAxes(x, []int{i, j}, []int{-2, -1})
	}
	i, j := diagonalIndices(x.Shape()[n-2], x.Shape()[n-1], offset)
	return x.Index(Ellipsis, Ints(i...), Ints(j...))
}

// diagonalIndices returns the indices of a diagonal of an m×n matrix.
func diagonalIndices(m, n, offset int) (rows, cols []int) {
	for r := max(0, -offset); r < m && r+offset < n; r++ {
		rows, cols = append(rows, r), append(cols, r+offset)
	}
	return rows, cols
}

// Diag returns a diagonal of a matrix, or the square matrix with the vector x on
// that diagonal: offset 0 is the main one, positive ones lie above it. It panics
// with an [Error] for other arrays.
func Diag(x Array, offset int) Array {
	switch x.NDim() {
	case 1:
		return MakeDiagonal(x, offset)
	case 2:
		return Diagonal(x, offset)
	}
	fail("Diag: shape %s is neither that of a vector nor of a matrix", shapeString(x.Shape()))
	return Array{}
}

// DiagFlat returns the square matrix with the elements of x on a diagonal; see
// [Diag].
func DiagFlat(x Array, offset int) Array { return MakeDiagonal(Ravel(x), offset) }

// MakeDiagonal returns the square matrices with the last axis of x on a diagonal;
// see [Diag]. It panics with an [Error] for a scalar.
func MakeDiagonal(x Array, offset int) Array {
	if x.NDim() == 0 {
		fail("MakeDiagonal: a scalar has no axis")
	}
	n := x.Shape()[x.NDim()-1]
	size := n + max(offset, -offset)
	i, j := diagonalIndices(size, size, offset)
	shape := append(slices.Clone(x.Shape()[:x.NDim()-1]), size, size)
	p := places("MakeDiagonal", shape, Index{Ellipsis, Ints(i...), Ints(j...)})
	return scatterSum(shape, []scatter{p}, []Array{x})
}

// FillDiagonal returns x with the elements whose indices are all the same
// replaced by v, a number or a vector. It panics with an [Error] if x has fewer
// than two axes, or more and of different lengths.
func FillDiagonal(x, v Array) Array {
	shape := x.Shape()
	if len(shape) < 2 || len(shape) > 2 && slices.Min(shape) != slices.Max(shape) {
		fail("FillDiagonal: shape %s has no diagonal", shapeString(shape))
	}
	i, _ := diagonalIndices(shape[0], shape[1], 0)
	return setAt("FillDiagonal", x, slices.Repeat(Index{Ints(i...)}, len(shape)), v)
}

// Trace returns the sums of a diagonal of two axes, the last two if none are
// given; see [Diagonal].
func Trace(x Array, offset int, axes ...int) Array {
	return Sum(diagonal("Trace", x, offset, axes), Axis(-1))
}

// Triu returns the last two axes of x with what is below diagonal k replaced by
// zeros.
func Triu(x Array, k int) Array { return triangle("Triu", x, func(i, j int) bool { return j-i >= k }) }

// Tril returns the last two axes of x with what is above diagonal k replaced by
// zeros.
func Tril(x Array, k int) Array { return triangle("Tril", x, func(i, j int) bool { return j-i <= k }) }

func triangle(name string, x Array, keep func(i, j int) bool) Array {
	n := x.NDim()
	if n < 2 {
		fail("%s: shape %s is not that of a matrix", name, shapeString(x.Shape()))
	}
	return Where(grid(x.Shape()[n-2], x.Shape()[n-1], keep), x, Array{})
}

// grid returns the m×n matrix of truth values.
func grid(m, n int, f func(i, j int) bool) Array {
	v := make([]float64, m*n)
	for i := range m {
		for j := range n {
			v[i*n+j] = truth(f(i, j))
		}
	}
	return Wrap(v, m, n)
}

// Tri returns the m×n matrix of ones on and below diagonal k, and zeros.
func Tri(m, n, k int) Array { return grid(m, n, func(i, j int) bool { return j-i <= k }) }

// TrilIndices returns the indices of the elements on and below diagonal k of an
// m×n matrix; [IntsOf] makes parts of an index of them.
func TrilIndices(m, n, k int) (rows, cols Array) {
	at := nonzero(Tri(m, n, k))
	return fromInts(at[0]), fromInts(at[1])
}

// TriuIndices returns the indices of the elements on and above diagonal k of an
// m×n matrix; see [TrilIndices].
func TriuIndices(m, n, k int) (rows, cols Array) {
	at := nonzero(LogicalNot(Tri(m, n, k-1)))
	return fromInts(at[0]), fromInts(at[1])
}

// DiagIndices returns the indices of the diagonal of an array of ndim axes of
// length n, an array for each axis.
func DiagIndices(n, ndim int) []Array {
	if n < 0 || ndim < 1 {
		fail("DiagIndices: %d axes of length %d", ndim, n)
	}
	return slices.Repeat([]Array{count(n)}, ndim)
}
