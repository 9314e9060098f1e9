package problems

import "github.com/dualjet/dualjet/dual"

// LeastSquares is GradBench's fit of a polynomial of M coefficients to the sign
// function at N ≥ 2 points,
//
//	½ Σᵢ (sign tᵢ - Σⱼ xⱼ·tᵢʲ)², tᵢ = -1 + 2i/(N-1).
type LeastSquares struct {
	N, M int
}

// powers puts 1, tᵢ, tᵢ²… into dst and returns the sign of tᵢ.
func (l *LeastSquares) powers(dst []float64, i int) float64 {
	t := -1 + 2*float64(i)/float64(l.N-1)
	p := 1.0
	for j := range dst {
		dst[j] = p
		p *= t
	}
	switch {
	case t > 0:
		return 1
	case t < 0:
		return -1
	}
	return 0
}

func (l *LeastSquares) check(name string, n int) {
	if l.N < 2 {
		fail("%s: N = %d, want at least 2", name, l.N)
	}
	checkLen(name, "x", n, l.M)
}

// residual returns that of point i, and leaves the powers in p.
func (l *LeastSquares) residual(x, p []float64, i int) float64 {
	r := l.powers(p, i)
	for j, v := range x {
		r -= v * p[j]
	}
	return r
}

// Value returns the objective at x.
func (l *LeastSquares) Value(x []float64) float64 {
	l.check("LeastSquares.Value", len(x))
	p, s := make([]float64, l.M), 0.0
	for i := range l.N {
		r := l.residual(x, p, i)
		s += r * r
	}
	return s / 2
}

// LeastSquaresValue is [LeastSquares.Value] for any number type.
func LeastSquaresValue[T dual.Real[T]](l *LeastSquares, x []T) T {
	l.check("LeastSquaresValue", len(x))
	p := make([]float64, l.M)
	var s T
	for i := range l.N {
		sign := l.powers(p, i)
		s = s.Add(dual.LinComb(p, x).AddConst(-sign).Sqr())
	}
	return s.Scale(0.5)
}

// Gradient puts the gradient of the objective at x, by formulas, into dst and
// returns it. A nil dst is allocated.
func (l *LeastSquares) Gradient(dst, x []float64) []float64 {
	l.check("LeastSquares.Gradient", len(x))
	dst = destination("LeastSquares.Gradient", dst, l.M)
	p := make([]float64, l.M)
	for i := range l.N {
		r := l.residual(x, p, i)
		for j, v := range p {
			dst[j] -= r * v
		}
	}
	return dst
}
