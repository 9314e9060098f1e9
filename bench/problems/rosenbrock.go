package problems

import (
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// Rosenbrock returns the chained function Σ 100(xᵢ₊₁-xᵢ²)² + (xᵢ-1)².
func Rosenbrock(x []float64) float64 {
	s := 0.0
	for i := range len(x) - 1 {
		a, b := x[i+1]-x[i]*x[i], x[i]-1
		s += 100*(a*a) + b*b
	}
	return s
}

// RosenbrockValue is [Rosenbrock] for any number type.
func RosenbrockValue[T dual.Real[T]](x []T) T {
	var s T
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}

// RosenbrockVar is [RosenbrockValue] for variables of a tape.
func RosenbrockVar(x []reverse.Var) reverse.Var {
	var s reverse.Var
	for i := range len(x) - 1 {
		a, b := x[i+1].Sub(x[i].Sqr()), x[i].AddConst(-1)
		s = s.Add(a.Sqr().Scale(100).Add(b.Sqr()))
	}
	return s
}

// RosenbrockSums computes [Rosenbrock] as two sums of squares, each of which is
// one statement on a tape. It keeps room for the terms, and belongs to one
// goroutine.
type RosenbrockSums[T dual.Real[T]] struct {
	a, b []T
}

// Value returns the function at x.
func (r *RosenbrockSums[T]) Value(x []T) T {
	if len(r.a) != len(x) {
		r.a, r.b = make([]T, len(x)), make([]T, len(x))
	}
	n := max(len(x)-1, 0)
	a, b := r.a[:n], r.b[:n]
	// In loops of their own, so that they are neighbours on a tape.
	for i := range a {
		a[i] = x[i].Sqr()
	}
	var zero T
	dual.Axpy(a, zero.Const(-1), a, x[len(x)-n:])
	for i := range b {
		b[i] = x[i].AddConst(-1)
	}
	return dual.SumSq(a).Scale(100).Add(dual.SumSq(b))
}

// RosenbrockGradient puts the gradient of [Rosenbrock] at x, by formulas, into
// dst and returns it. A nil dst is allocated.
func RosenbrockGradient(dst, x []float64) []float64 {
	dst = destination("RosenbrockGradient", dst, len(x))
	for i := range len(x) - 1 {
		a := 200 * (x[i+1] - x[i]*x[i])
		dst[i] += 2*(x[i]-1) - 2*a*x[i]
		dst[i+1] = a
	}
	return dst
}
