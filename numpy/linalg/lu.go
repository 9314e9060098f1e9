package linalg

import (
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"

	np "github.com/dualjet/dualjet/numpy"
)

// factorsOp returns the factors of m×n matrices in one array that has a row
// more: L below the diagonal, U on and above it, and in the last row what each
// row was exchanged with. It has no derivative: operations that use factors
// have the matrix as an operand too, whose derivative they know.
var factorsOp = &np.Op{Name: "linalg.LU", Flat: true, Broadcast: true}

func init() {
	factorsOp.Eval = func(c *np.Call) np.Array {
		if c.In[0].IsComplex() {
			return factorsOf[complex128](c.In[0])
		}
		return factorsOf[float64](c.In[0])
	}
}

// factors returns the packed factors of the matrices of a.
func factors(a np.Array) np.Array { return factorsOp.Apply(nil, a) }

func factorsOf[T number](a np.Array) np.Array {
	m, n := size(a)
	as := elements[T](a)
	count := product(lead(a))
	out := make([]T, count*(m+1)*n)
	for i := range count {
		x := out[i*(m+1)*n : (i+1)*(m+1)*n]
		copy(x, as[i*m*n:(i+1)*m*n])
		unpack(x, m, n).factor()
	}
	return wrap(out, append(slices.Clone(lead(a)), m+1, n)...)
}

// An lu is the factors of an m×n matrix with rows exchanged: P·a = L·U.
type lu[T number] struct {
	m, n int
	f    []T // L below the diagonal, U on and above it
	swap []T // row i was exchanged with row swap[i], in this order
}

// unpack returns the factors that are packed in x, which has m+1 rows.
func unpack[T number](x []T, m, n int) lu[T] {
	return lu[T]{m: m, n: n, f: x[:m*n], swap: x[m*n:][:min(m, n)]}
}

// factor returns the factors of the n×n matrix a.
func factor[T number](a []T, n int) lu[T] {
	f := lu[T]{m: n, n: n, f: slices.Clone(a), swap: make([]T, n)}
	f.factor()
	return f
}

// factor replaces the matrix that f.f is by its factors.
func (f lu[T]) factor() {
	r, ok := any(f.f).([]float64)
	if !ok || f.n <= 8 {
		f.eliminate()
		return
	}
	swap := make([]int, len(f.swap))
	lapack64.Getrf(general(r, f.m, f.n), swap)
	for i, p := range swap {
		f.swap[i] = from[T](float64(p))
	}
}

func (f lu[T]) eliminate() {
	a, n := f.f, f.n
	for k := range f.swap {
		p := k
		for i := k + 1; i < f.m; i++ {
			if abs(a[i*n+k]) > abs(a[p*n+k]) {
				p = i
			}
		}
		f.swap[k] = from[T](float64(p))
		swapRows(a, n, k, p)
		d := a[k*n+k]
		if d == 0 {
			continue
		}
		pivot := a[k*n+k+1 : (k+1)*n]
		for i := k + 1; i < f.m; i++ {
			l := a[i*n+k] / d
			a[i*n+k] = l
			if l == 0 {
				continue
			}
			dst := a[i*n+k+1 : (i+1)*n][:len(pivot)]
			for j, v := range pivot {
				dst[j] -= l * v
			}
		}
	}
}

func swapRows[T number](a []T, n, i, j int) {
	if i == j {
		return
	}
	x, y := a[i*n:(i+1)*n], a[j*n:(j+1)*n]
	for k := range x {
		x[k], y[k] = y[k], x[k]
	}
}

// singular reports whether the diagonal of U has a zero or NaN.
func (f lu[T]) singular() bool {
	for i := range f.n {
		if !(abs(f.f[i*f.n+i]) > 0) {
			return true
		}
	}
	return false
}

// solve replaces the n×k matrix b by the solution x of a·x = b, or of the
// equation with the transpose of a. It fills b with NaN if a is singular.
func (f lu[T]) solve(b []T, k int, trans bool) {
	if f.singular() {
		fillNaN(b)
		return
	}
	if trans {
		triangular(triangle{up: true, trans: true}, f.f, b, f.n, k)
		triangular(triangle{unit: true, trans: true}, f.f, b, f.n, k)
		for i, p := range slices.Backward(f.swap) {
			swapRows(b, k, i, int(realOf(p)))
		}
		return
	}
	for i, p := range f.swap {
		swapRows(b, k, i, int(realOf(p)))
	}
	triangular(triangle{unit: true}, f.f, b, f.n, k)
	triangular(triangle{up: true}, f.f, b, f.n, k)
}

// triangular replaces the n×m matrix b by the solution of the system with the
// triangle p of a.
func triangular[T number](p triangle, a, b []T, n, m int) {
	if r, ok := any(a).([]float64); ok && n > 8 && m > 0 {
		triangularBLAS(p, r, any(b).([]float64), n, m)
		return
	}
	divide := func(row []T, d T) {
		if !p.unit {
			for j := range row {
				row[j] /= d
			}
		}
	}
	// With i from the end where what is solved for comes last first.
	for s := range n {
		i := s
		if p.up != p.trans {
			i = n - 1 - s
		}
		lo, hi := 0, i
		if p.up {
			lo, hi = i+1, n
		}
		dst := b[i*m : (i+1)*m]
		if p.trans {
			// Row i of a is column i of its transpose: all that is to be
			// subtracted once b[i] is known.
			divide(dst, a[i*n+i])
		}
		for k := lo; k < hi; k++ {
			v := a[i*n+k]
			if v == 0 {
				continue
			}
			other := b[k*m : (k+1)*m][:len(dst)]
			if p.trans {
				for j := range dst {
					other[j] -= v * dst[j]
				}
			} else {
				for j := range dst {
					dst[j] -= v * other[j]
				}
			}
		}
		if !p.trans {
			divide(dst, a[i*n+i])
		}
	}
}

func triangularBLAS(p triangle, a, b []float64, n, m int) {
	t := blas64.Triangular{Uplo: blas.Lower, Diag: blas.NonUnit, N: n, Stride: n, Data: a}
	if p.up {
		t.Uplo = blas.Upper
	}
	if p.unit {
		t.Diag = blas.Unit
	}
	trans := blas.NoTrans
	if p.trans {
		trans = blas.Trans
	}
	if m == 1 {
		blas64.Trsv(trans, t, blas64.Vector{N: n, Inc: 1, Data: b})
		return
	}
	blas64.Trsm(blas.Left, trans, 1, t, general(b, n, m))
}

// diagonal returns the diagonal of U, the first element with the sign of the
// exchanges.
func (f lu[T]) diagonal() []T {
	d := make([]T, f.n)
	for i := range d {
		d[i] = f.f[i*f.n+i]
	}
	for i, p := range f.swap {
		if int(realOf(p)) != i {
			d[0] = -d[0]
		}
	}
	return d
}
