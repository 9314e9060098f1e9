package problems

import "github.com/dualjet/dualjet/dual"

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
