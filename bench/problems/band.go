package problems

import "github.com/dualjet/dualjet/dual"

// Band is Broyden's banded function (Moré, Garbow and Hillstrom, Testing
// Unconstrained Optimization Software, problem 31): the sum of the squares of
//
//	rᵢ = xᵢ·(2 + 5xᵢ²) + 1 - Σ xⱼ·(1 + xⱼ),
//
// where j ≠ i is from i-Lower to i+Upper. The paper has 5 and 1. The Jacobian of r
// and the Hessian are banded.
type Band struct {
	N, Lower, Upper int
}

// Params returns the point to start from.
func (b Band) Params() []float64 {
	x := make([]float64, b.N)
	for i := range x {
		x[i] = -1
	}
	return x
}

func (b Band) check(name, arg string, n int) {
	if b.Lower < 0 || b.Upper < 0 {
		fail("%s: Lower = %d, Upper = %d, want at least 0", name, b.Lower, b.Upper)
	}
	checkLen(name, arg, n, b.N)
}

// window returns the first j of rᵢ and the one after its last.
func (b Band) window(i int) (lo, hi int) { return max(0, i-b.Lower), min(b.N, i+b.Upper+1) }

func (b Band) residual(x []float64, i int) float64 {
	r := x[i]*(2+5*x[i]*x[i]) + 1
	lo, hi := b.window(i)
	for j := lo; j < hi; j++ {
		if j != i {
			r -= x[j] * (1 + x[j])
		}
	}
	return r
}

// Value returns the function at x.
func (b Band) Value(x []float64) float64 {
	b.check("Band.Value", "x", len(x))
	s := 0.0
	for i := range x {
		r := b.residual(x, i)
		s += r * r
	}
	return s
}

// BandValue is [Band.Value] for any number type.
func BandValue[T dual.Real[T]](b Band, x []T) T {
	b.check("BandValue", "x", len(x))
	var s T
	for i, v := range x {
		r := v.Mul(v.Sqr().Scale(5).AddConst(2)).AddConst(1)
		lo, hi := b.window(i)
		for j := lo; j < hi; j++ {
			if j != i {
				r = r.Sub(x[j].Mul(x[j].AddConst(1)))
			}
		}
		s = s.Add(r.Sqr())
	}
	return s
}

// Gradient puts the gradient at x, by formulas, into dst and returns it. A nil dst
// is allocated.
func (b Band) Gradient(dst, x []float64) []float64 {
	b.check("Band.Gradient", "x", len(x))
	dst = destination("Band.Gradient", dst, b.N)
	for i, v := range x {
		r := 2 * b.residual(x, i)
		lo, hi := b.window(i)
		for j := lo; j < hi; j++ {
			if j != i {
				dst[j] -= r * (1 + 2*x[j])
			}
		}
		dst[i] += r * (2 + 15*v*v)
	}
	return dst
}

// HVP puts the product of the Hessian at x with v, by formulas, into dst and
// returns it. A nil dst is allocated.
func (b Band) HVP(dst, x, v []float64) []float64 {
	b.check("Band.HVP", "x", len(x))
	b.check("Band.HVP", "v", len(v))
	dst = destination("Band.HVP", dst, b.N)
	for i, t := range x {
		r, diag := 2*b.residual(x, i), 2+15*t*t
		lo, hi := b.window(i)
		dr := diag * v[i]
		for j := lo; j < hi; j++ {
			if j != i {
				dr -= (1 + 2*x[j]) * v[j]
			}
		}
		dr *= 2
		for j := lo; j < hi; j++ {
			if j != i {
				dst[j] -= dr*(1+2*x[j]) + 2*r*v[j]
			}
		}
		dst[i] += dr*diag + r*30*t*v[i]
	}
	return dst
}
