package linalg

import (
	"math"
	"math/cmplx"
	"slices"
	"strconv"

	np "github.com/dualjet/dualjet/numpy"
)

// number is what matrices consist of.
type number interface{ float64 | complex128 }

// elements returns the numbers of x, which must not be changed.
func elements[T number](x np.Array) []T {
	var t []T
	switch p := any(&t).(type) {
	case *[]float64:
		*p = x.Float64s()
	case *[]complex128:
		*p = x.Complex128s()
	}
	return t
}

// wrap returns the array of the numbers v, which it owns.
func wrap[T number](v []T, shape ...int) np.Array {
	if shape == nil {
		shape = []int{}
	}
	if r, ok := any(v).([]float64); ok {
		return np.Wrap(r, shape...)
	}
	return np.WrapComplex(any(v).([]complex128), shape...)
}

func conj[T number](v T) T {
	if p, ok := any(&v).(*complex128); ok {
		*p = cmplx.Conj(*p)
	}
	return v
}

func abs[T number](v T) float64 {
	switch v := any(v).(type) {
	case complex128:
		return math.Hypot(real(v), imag(v))
	case float64:
		return math.Abs(v)
	}
	return 0
}

func realOf[T number](v T) float64 {
	switch v := any(v).(type) {
	case complex128:
		return real(v)
	case float64:
		return v
	}
	return 0
}

// from returns the real number v as a T.
func from[T number](v float64) T {
	var t T
	switch p := any(&t).(type) {
	case *float64:
		*p = v
	case *complex128:
		*p = complex(v, 0)
	}
	return t
}

func fillNaN[T number](x []T) {
	var nan T
	switch p := any(&nan).(type) {
	case *float64:
		*p = math.NaN()
	case *complex128:
		*p = cmplx.NaN()
	}
	for i := range x {
		x[i] = nan
	}
}

// size returns the rows and columns of the matrices of x.
func size(x np.Array) (m, n int) {
	s := x.Shape()
	return s[len(s)-2], s[len(s)-1]
}

// lead returns the shape of the batch of x.
func lead(x np.Array) []int { s := x.Shape(); return s[: len(s)-2 : len(s)-2] }

func product(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

// matrices checks that x has matrices.
func matrices(name string, x np.Array) {
	if x.NDim() < 2 {
		np.Fail("linalg: %s: shape %s is not one of matrices", name, shape(x))
	}
}

// square checks that x has square matrices.
func square(name string, x np.Array) {
	matrices(name, x)
	if m, n := size(x); m != n {
		np.Fail("linalg: %s: shape %s is not one of square matrices", name, shape(x))
	}
}

// doNotFit panics for two operands.
func doNotFit(name string, x, y np.Array) {
	np.Fail("linalg: %s: shapes %s and %s do not fit", name, shape(x), shape(y))
}

// shape returns the text of the shape of x: (3,4).
func shape(x np.Array) string {
	b := []byte{'('}
	for i, n := range x.Shape() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, strconv.Itoa(n)...)
	}
	return string(append(b, ')'))
}

// common returns the batch of operands with batches x and y, which broadcast.
func common(x, y []int) (shape []int, ok bool) {
	if len(x) < len(y) {
		x, y = y, x
	}
	shape = slices.Clone(x)
	d := len(x) - len(y)
	for i, n := range y {
		switch s := shape[d+i]; {
		case s == n || n == 1:
		case s == 1:
			shape[d+i] = n
		default:
			return nil, false
		}
	}
	return shape, true
}

// stretch returns x with its matrices repeated to fill the batch. If there is
// only one, it is left alone, and step tells that it serves for all: the
// elements of matrix i begin at i*step.
func stretch(x np.Array, batch []int) (y np.Array, step int) {
	m, n := size(x)
	if product(lead(x)) == 1 {
		return x, 0
	}
	return np.BroadcastTo(x, append(slices.Clone(batch), m, n)...), m * n
}

// t returns the transposes of the matrices of x.
func t(x np.Array) np.Array {
	k := x.NDim()
	axes := make([]int, k)
	for i := range axes {
		axes[i] = i
	}
	axes[k-2], axes[k-1] = k-1, k-2
	return np.Transpose(x, axes...)
}

// h returns the conjugate transposes of the matrices of x.
func h(x np.Array) np.Array { return np.Conj(t(x)) }

// column returns vectors as matrices of one column.
func column(x np.Array) np.Array {
	return np.Reshape(x, append(slices.Clone(x.Shape()), 1)...)
}

// row returns vectors as matrices of one row.
func row(x np.Array) np.Array {
	s := x.Shape()
	k := len(s) - 1
	return np.Reshape(x, append(slices.Clone(s[:k]), 1, s[k])...)
}

// vector returns matrices of one column or one row as vectors.
func vector(x np.Array) np.Array {
	m, n := size(x)
	return np.Reshape(x, append(slices.Clone(lead(x)), m*n)...)
}

// mask returns the matrix of ones and zeros that f tells.
func mask(m, n int, f func(i, j int) bool) np.Array {
	v := make([]float64, m*n)
	for i := range m {
		for j := range n {
			if f(i, j) {
				v[i*n+j] = 1
			}
		}
	}
	return np.Wrap(v, m, n)
}

func eye(n int) np.Array { return mask(n, n, func(i, j int) bool { return i == j }) }

// diag returns the diagonals of square matrices.
func diag(x np.Array) np.Array {
	_, n := size(x)
	return np.Sum(np.AZMul(eye(n), x), np.Axis(-1))
}

// lower returns x with zeros where j-i > k.
func lower(x np.Array, k int) np.Array {
	m, n := size(x)
	return np.AZMul(mask(m, n, func(i, j int) bool { return j-i <= k }), x)
}

// upper returns x with zeros where j-i < k.
func upper(x np.Array, k int) np.Array {
	m, n := size(x)
	return np.AZMul(mask(m, n, func(i, j int) bool { return j-i >= k }), x)
}

// hermitian returns the Hermitian parts of the matrices of x.
func hermitian(x np.Array) np.Array { return np.Add(x, h(x)).Scale(0.5) }

// scaled returns factors v[...] as ones that multiply matrices.
func scaled(v np.Array) np.Array {
	return np.Reshape(v, append(slices.Clone(v.Shape()), 1, 1)...)
}

// trace returns the sums of the diagonals.
func trace(x np.Array) np.Array { return np.Sum(diag(x), np.Axis(-1)) }

func sumMatrix(x np.Array) np.Array { return np.Sum(x, np.Axis(-2, -1)) }
