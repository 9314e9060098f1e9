package linalg

import (
	"gonum.org/v1/gonum/lapack/lapack64"
)

// An lu is the factors of a square matrix with rows exchanged: P·a = L·U.
type lu[T number] struct {
	n    int
	f    []T   // L below the diagonal, U on and above it
	swap []int // row i was exchanged with row swap[i]
	ok   bool  // U has no zero on the diagonal and is finite
}

// factor factors the matrix a in place.
func factor[T number](a []T, n int) lu[T] {
	f := lu[T]{n: n, f: a, swap: make([]int, n), ok: true}
	if r, ok := any(a).([]float64); ok && n > 8 {
		lapack64.Getrf(general(r, n, n), f.swap)
	} else {
		f.eliminate()
	}
	for i := range n {
		if d := abs(a[i*n+i]); !(d > 0) {
			f.ok = false
		}
	}
	return f
}

func (f lu[T]) eliminate() {
	a, n := f.f, f.n
	for k := range n {
		p := k
		for i := k + 1; i < n; i++ {
			if abs(a[i*n+k]) > abs(a[p*n+k]) {
				p = i
			}
		}
		f.swap[k] = p
		swapRows(a, n, k, p)
		d := a[k*n+k]
		if d == 0 {
			continue
		}
		pivot := a[k*n+k+1 : (k+1)*n]
		for i := k + 1; i < n; i++ {
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

// solve replaces the n×m matrix b by the solution x of a·x = b.
func (f lu[T]) solve(b []T, m int) {
	if !f.ok {
		fillNaN(b)
		return
	}
	for i, p := range f.swap {
		swapRows(b, m, i, p)
	}
	triangular(f.f, b, f.n, m, false, true)
	triangular(f.f, b, f.n, m, true, false)
}

// triangular replaces b by the solution of a·x = b for a lower or upper
// triangular a, whose other triangle is not read, nor its diagonal if unit.
func triangular[T number](a, b []T, n, m int, up, unit bool) {
	for s := range n {
		i, lo, hi := s, 0, s
		if up {
			i = n - 1 - s
			lo, hi = i+1, n
		}
		dst := b[i*m : (i+1)*m]
		for k := lo; k < hi; k++ {
			v := a[i*n+k]
			if v == 0 {
				continue
			}
			src := b[k*m : (k+1)*m][:len(dst)]
			for j := range dst {
				dst[j] -= v * src[j]
			}
		}
		if !unit {
			d := a[i*n+i]
			for j := range dst {
				dst[j] /= d
			}
		}
	}
}

// det returns the product of the diagonal of U with the sign of the exchanges.
func (f lu[T]) det() T {
	d := from[T](1)
	for i, p := range f.swap {
		d *= f.f[i*f.n+i]
		if p != i {
			d = -d
		}
	}
	return d
}
