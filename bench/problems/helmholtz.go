package problems

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// Helmholtz is the Helmholtz energy of a mixture of gases by the equation of state
// of Peng and Robinson (Griewank and Walther, Evaluating Derivatives),
//
//	RT·Σ xᵢ·log(xᵢ/(1-s)) - xᵀAx/(√8·s)·log((1+(1+√2)s)/(1+(1-√2)s)), s = bᵀx,
//
// for xᵢ > 0 and s < 1. Its Hessian is dense.
type Helmholtz struct {
	N  int
	RT float64
	A  []float64 // symmetric, N rows of N
	B  []float64
}

// NewHelmholtz returns an instance with a Hilbert matrix for A.
func NewHelmholtz(n int) *Helmholtz {
	if n < 1 {
		fail("NewHelmholtz: n = %d, want at least 1", n)
	}
	h := &Helmholtz{N: n, RT: 1, A: make([]float64, n*n), B: make([]float64, n)}
	for i := range h.A {
		h.A[i] = 1 / float64(i/n+i%n+1)
	}
	for i := range h.B {
		h.B[i] = 1 / float64(n) * (1 + 0.5*math.Sin(float64(i)))
	}
	return h
}

// Params returns a point to differentiate at.
func (h *Helmholtz) Params() []float64 {
	x := make([]float64, h.N)
	for i := range x {
		x[i] = 0.3 + 0.2*math.Cos(float64(3*i))
	}
	return x
}

// state returns what the energy is made of: Ax, xᵀAx, s, the sum of x and the
// logarithm of the quotient.
func (h *Helmholtz) state(ax, x []float64) (quad, s, sum, log float64) {
	for i, v := range x {
		t := 0.0
		for j, a := range h.A[i*h.N:][:h.N] {
			t += a * x[j]
		}
		ax[i] = t
		quad += v * t
		s += h.B[i] * v
		sum += v
	}
	return quad, s, sum, math.Log((1 + (1+math.Sqrt2)*s) / (1 + (1-math.Sqrt2)*s))
}

const sqrt8 = 2 * math.Sqrt2

// Value returns the energy at x.
func (h *Helmholtz) Value(x []float64) float64 {
	checkLen("Helmholtz.Value", "x", len(x), h.N)
	quad, s, sum, log := h.state(make([]float64, h.N), x)
	mix := 0.0
	for _, v := range x {
		mix += v * math.Log(v)
	}
	return h.RT*(mix-sum*math.Log(1-s)) - quad*log/(sqrt8*s)
}

// HelmholtzValue is [Helmholtz.Value] for any number type.
func HelmholtzValue[T dual.Real[T]](h *Helmholtz, x []T) T {
	checkLen("HelmholtzValue", "x", len(x), h.N)
	ax, logs := make([]T, h.N), make([]T, h.N)
	for i := range ax {
		ax[i] = dual.LinComb(h.A[i*h.N:][:h.N], x)
	}
	for i, v := range x {
		logs[i] = v.Log()
	}
	s := dual.LinComb(h.B, x)
	log := s.Scale(1 + math.Sqrt2).AddConst(1).Div(s.Scale(1 - math.Sqrt2).AddConst(1)).Log()
	mix := dual.Dot(x, logs).Sub(dual.Sum(x).Mul(s.Neg().AddConst(1).Log()))
	return mix.Scale(h.RT).Sub(dual.Dot(x, ax).Mul(log).Div(s.Scale(sqrt8)))
}

// Gradient puts the gradient of the energy at x, by formulas, into dst and returns
// it. A nil dst is allocated.
func (h *Helmholtz) Gradient(dst, x []float64) []float64 {
	checkLen("Helmholtz.Gradient", "x", len(x), h.N)
	dst = destination("Helmholtz.Gradient", dst, h.N)
	quad, s, sum, log := h.state(dst, x)
	u := 1 - s
	// By s, where the derivative of the logarithm is √8/(1+2s-s²).
	ds := h.RT*sum/u - quad*(1/(1+2*s-s*s)-log/(sqrt8*s))/s
	for i, v := range x {
		dst[i] = h.RT*(math.Log(v/u)+1) + ds*h.B[i] - 2*dst[i]*log/(sqrt8*s)
	}
	return dst
}
