package hessian

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// An Operator is a symmetric matrix that is known by its products with vectors,
// in the form that iterative solvers ask for, such as those of
// gonum.org/v1/exp/linsolve. It needs memory for two vectors. It belongs to one
// goroutine at a time.
type Operator struct {
	n    int
	mul  func(dst, v []float64)
	work []float64
}

// NewOperator returns the n×n matrix whose product with v mul stores in dst, such
// as [Point.HVP], [Sym.MulVec] or [Point.GaussNewton]. It panics with an [Error] if
// n is negative or mul is nil.
func NewOperator(n int, mul func(dst, v []float64)) *Operator {
	checkFunc("NewOperator", mul == nil)
	if n < 0 {
		fail("NewOperator: n = %d, want at least 0", n)
	}
	return &Operator{n: n, mul: mul}
}

// Dims returns the numbers of rows and columns.
func (o *Operator) Dims() (r, c int) { return o.n, o.n }

// MulVecTo puts the product with x into dst, which may be x. trans does not
// matter. An empty dst is given its size. It panics with an [Error] if a length is
// not that of o. It allocates nothing in steady state.
func (o *Operator) MulVecTo(dst *mat.VecDense, _ bool, x mat.Vector) {
	mulVecTo(o.n, o.mul, &o.work, dst, x)
}

// mulVecTo puts the product that mul computes into dst. mul gets no slices that
// overlap; work is for copies, if they are needed.
func mulVecTo(n int, mul func(dst, v []float64), work *[]float64, dst *mat.VecDense, x mat.Vector) {
	checkLen("MulVecTo", "x", x.Len(), "rows", n)
	if dst.IsEmpty() && n > 0 {
		dst.ReuseAsVec(n)
	}
	checkLen("MulVecTo", "dst", dst.Len(), "rows", n)
	if n == 0 {
		return
	}
	to, v := dst.RawVector(), blas64.Vector{}
	if x, ok := x.(mat.RawVectorer); ok {
		v = x.RawVector()
	}
	if to.Inc == 1 && v.Inc == 1 && !overlap(to.Data[:n], v.Data[:n]) {
		mul(to.Data[:n], v.Data[:n])
		return
	}
	if len(*work) < 2*n {
		*work = make([]float64, 2*n)
	}
	w := (*work)[:2*n]
	for i := range n {
		w[i] = x.AtVec(i)
	}
	mul(w[n:], w[:n])
	for i, y := range w[n:] {
		dst.SetVec(i, y)
	}
}
