package linalg

import (
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

var choleskyOp = &np.Op{Name: "linalg.Cholesky"}

func init() {
	choleskyOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() {
			return eachSquare(c.In[0], choleskyOf[complex128])
		}
		return eachSquare(c.In[0], choleskyOf[float64])
	}
	choleskyOp.JVP = func(c *np.Call, _ int, v np.Array) np.Array {
		l := c.Out[0]
		return mul(l, halfLower(rightLower(l, solveLower(l, v))))
	}
	// The rule of Murray, "Differentiation of the Cholesky decomposition"
	// (2016): the transpose of the one above.
	choleskyOp.VJP = func(c *np.Call, _ int, w np.Array) np.Array {
		l := c.Out[0]
		s := halfLower(mul(t(l), w))
		// Of x = l⁻¹·v·l⁻ᴴ the transpose is l⁻ᵀ·s·conj(l)⁻¹.
		y := triangularOp.Apply(triangle{trans: true}, l, s)
		return t(triangularOp.Apply(triangle{trans: true}, np.Conj(l), t(y)))
	}
}

// halfLower returns the lower triangles of x with half the diagonals.
func halfLower(x np.Array) np.Array {
	_, n := size(x)
	w := make([]float64, n*n)
	for i := range n {
		for j := range i {
			w[i*n+j] = 1
		}
		w[i*n+i] = 0.5
	}
	return np.AZMul(np.Wrap(w, n, n), x)
}

// eachSquare returns the array of the matrices that f makes of those of x in
// place.
func eachSquare[T number](x np.Array, f func(a []T, n int)) np.Array {
	_, n := size(x)
	v := append([]T{}, elements[T](x)...)
	for i := 0; i < len(v); i += n * n {
		f(v[i:i+n*n], n)
	}
	return wrap(v, x.Shape()...)
}

// choleskyOf replaces a by its lower factor.
func choleskyOf[T number](a []T, n int) {
	for j := range n {
		rowj := a[j*n : (j+1)*n]
		d := realOf(rowj[j])
		for _, v := range rowj[:j] {
			d -= realOf(v * conj(v))
		}
		if !(d > 0) {
			fillNaN(a)
			return
		}
		d = math.Sqrt(d)
		rowj[j] = from[T](d)
		for i := j + 1; i < n; i++ {
			rowi := a[i*n : (i+1)*n]
			s := rowi[j]
			for k, v := range rowj[:j] {
				s -= rowi[k] * conj(v)
			}
			rowi[j] = s / from[T](d)
		}
		clear(rowj[j+1:])
	}
}

// Cholesky returns the lower triangular factors l of Hermitian positive
// definite matrices, a = l·lᴴ, with a positive diagonal. It takes the
// Hermitian part (a+aᴴ)/2, so that derivatives are Hermitian too; [Lower] and
// [Upper] make it read one triangle. Where that is not positive definite the
// result is NaN.
func Cholesky(a np.Array, opts ...Option) np.Array {
	square("Cholesky", a)
	return choleskyOp.Apply(nil, hermitianOf(a, join(opts)))
}

// hermitianOf returns the Hermitian matrices that are given by a, or by one of
// its triangles.
func hermitianOf(a np.Array, o Option) np.Array {
	var strict np.Array
	switch {
	case o&Lower != 0:
		strict = lower(a, -1)
	case o&Upper != 0:
		strict = upper(a, 1)
	default:
		return hermitian(a)
	}
	_, n := size(a)
	return np.Add(np.Add(strict, h(strict)), np.AZMul(eye(n), np.Real(a)))
}
