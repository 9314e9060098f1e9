package adtest

import (
	"math"
	"math/cmplx"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// An identity is a function that equals a simple one, with points at which to
// compare all derivatives.
type identity[T dual.Real[T]] struct {
	name string
	f    func(x T) T
	want func(x T) T
	x    []float64
	size size
	tol  float64 // relative to the size of the derivatives

	prime bool // the derivative of f equals want
}

// A size is that of the k-th derivatives which meet in an identity at x, up to a
// factor. It is what the k-th derivative of the identity cancels from.
type size func(k int, x float64) float64

// radius is the size of functions that are analytic up to the distance r from
// x, by Cauchy's estimate.
func radius(r func(x float64) float64) size {
	return func(k int, x float64) float64 { return math.Gamma(float64(k+1)) / math.Pow(r(x), float64(k)) }
}

// from is the size of functions with singularities at the points c.
func from(c ...complex128) size {
	return radius(func(x float64) float64 {
		r := math.Inf(1)
		for _, c := range c {
			r = min(r, cmplx.Abs(complex(x, 0)-c))
		}
		return r
	})
}

// exponential is the size of entire functions like exp(c·x).
func exponential(c float64) size {
	return func(k int, _ float64) float64 { return math.Pow(c, float64(k)) }
}

// gaussian is the size of the derivatives of exp(c·x²) at x, relative to it. Its
// powers are the polynomials of Hermite with their signs removed, DLMF 18.9.1.
func gaussian(c float64) size {
	return func(k int, x float64) float64 {
		a, b := 0.0, 1.0
		for j := range k {
			a, b = b, 2*c*(max(0.5, math.Abs(x))*b+float64(j)*a)
		}
		return b
	}
}

func identities[T dual.Real[T]]() []identity[T] {
	id := func(x T) T { return x }
	one := func(x T) T { return x.Const(1) }
	pos := []float64{0.1, 0.7, 1, 2.5}
	atan := radius(func(x float64) float64 { return math.Hypot(1, x) }) // ±i
	gamma := radius(func(x float64) float64 {                           // the poles 0, -1, …
		if x > 0 {
			return x
		}
		return math.Abs(x - math.Round(x))
	})
	// The zeros of Φ, and in the lower tail a quotient of functions like
	// exp(-x²/2).
	zeros, tail := from(1.9159908576+2.8163594182i), gaussian(1)
	logPhi := func(k int, x float64) float64 {
		if x < 0 {
			return max(zeros(k, x), tail(k, x))
		}
		return zeros(k, x)
	}
	return []identity[T]{
		{"exp∘log", func(x T) T { return x.Log().Exp() }, id, pos, from(0), 2e-14, false},
		{"log∘exp", func(x T) T { return x.Exp().Log() }, id, []float64{-2, -0.1, 0, 1, 3}, exponential(1), 2e-14, false},
		{"exp2∘log2", func(x T) T { return x.Log2().Exp2() }, id, pos, from(0), 2e-14, false},
		{"expm1∘log1p", func(x T) T { return x.Log1p().Expm1() }, id, []float64{-0.5, 0, 1e-9, 1}, from(-1), 2e-14, false},
		{"sin∘asin", func(x T) T { return x.Asin().Sin() }, id, []float64{-0.8, 0, 0.3, 0.7}, from(-1, 1), 2e-14, false},
		{"cos∘acos", func(x T) T { return x.Acos().Cos() }, id, []float64{-0.8, 0, 0.3, 0.7}, from(-1, 1), 2e-14, false},
		{"tan∘atan", func(x T) T { return x.Atan().Tan() }, id, []float64{-2, 0, 0.5, 1, 3}, atan, 2e-14, false},
		{"sinh∘asinh", func(x T) T { return x.Asinh().Sinh() }, id, []float64{-2, 0, 0.5, 3}, atan, 2e-14, false},
		{"cosh∘acosh", func(x T) T { return x.Acosh().Cosh() }, id, []float64{1.5, 2, 3}, from(1), 2e-14, false},
		{"tanh∘atanh", func(x T) T { return x.Atanh().Tanh() }, id, []float64{-0.7, 0, 0.5}, from(-1, 1), 2e-14, false},
		{"erf∘erfinv", func(x T) T { return x.Erfinv().Erf() }, id, []float64{-0.7, 0, 0.5, 0.9}, from(-1, 1), 2e-14, false},
		{"W·exp W", func(x T) T { w := x.LambertW(); return w.Mul(w.Exp()) }, id, []float64{-0.2, 0, 0.5, 3}, from(-1 / math.E), 2e-14, false},
		{"cbrt∘cube", func(x T) T { return x.PowInt(3).PowReal(1.0 / 3) }, id, pos, from(0), 2e-14, false},
		{"cube∘cbrt", func(x T) T { return x.Cbrt().PowInt(3) }, id, []float64{-2, -0.1, 0.1, 2.5}, from(0), 2e-14, false},
		{"sqr∘sqrt", func(x T) T { return x.Sqrt().Sqr() }, id, pos, from(0), 2e-14, false},
		{"div·mul", func(x T) T { y := x.Cos().AddConst(3); return x.Div(y).Mul(y) }, id, []float64{-2, 0, 1}, from(math.Pi+1.7627471740390861i, -math.Pi+1.7627471740390861i), 2e-14, false},
		{"sin²+cos²", func(x T) T { s, c := x.Sincos(); return s.Sqr().Add(c.Sqr()) }, one, []float64{-2, 0, 0.3, 10}, exponential(2), 2e-14, false},
		{"cosh²-sinh²", func(x T) T { return x.Cosh().Sqr().Sub(x.Sinh().Sqr()) }, one, []float64{-1, 0, 0.3, 1}, exponential(2), 2e-14, false},
		{"sin/cos", func(x T) T { return x.Sin().Div(x.Cos()) }, T.Tan, []float64{-1, 0, 0.5, 1.2}, from(-math.Pi/2, math.Pi/2), 2e-14, false},
		{"sinh/cosh", func(x T) T { return x.Sinh().Div(x.Cosh()) }, T.Tanh, []float64{-2, 0, 0.5, 1.2}, from(math.Pi / 2 * 1i), 2e-14, false},
		{"Γ(x+1)=xΓ(x)", func(x T) T { return x.AddConst(1).Gamma() }, func(x T) T { return x.Mul(x.Gamma()) }, []float64{-1.5, 0.3, 1, 2.5, 6}, gamma, 2e-14, false},
		{"logΓ(x+1)=log x+logΓ(x)", func(x T) T { return x.AddConst(1).Lgamma() }, func(x T) T { return x.Log().Add(x.Lgamma()) }, []float64{0.3, 1, 2.5, 20}, from(0), 2e-14, false},
		{"ψ(x+1)=ψ(x)+1/x", func(x T) T { return x.AddConst(1).Digamma() }, func(x T) T { return x.Digamma().Add(x.Inv()) }, []float64{-1.5, 0.3, 1, 2.5}, gamma, 2e-14, false},
		{"ψ₂(x+1)=ψ₂(x)+2/x³", func(x T) T { return x.AddConst(1).Polygamma(2) }, func(x T) T { return x.Polygamma(2).Add(x.PowInt(-3).Scale(2)) }, []float64{0.7, 1, 2.5}, func(k int, x float64) float64 {
			return math.Gamma(float64(k+3)) / math.Pow(x, float64(k+3))
		}, 2e-14, false},
		{"x(J₁+J₃)=4J₂", func(x T) T { return x.BesselJ(1).Add(x.BesselJ(3)).Mul(x) }, func(x T) T { return x.BesselJ(2).Scale(4) }, []float64{0.5, 1, 3, 12}, exponential(2), 2e-14, false},
		{"x(Y₁+Y₃)=4Y₂", func(x T) T { return x.BesselY(1).Add(x.BesselY(3)).Mul(x) }, func(x T) T { return x.BesselY(2).Scale(4) }, []float64{0.5, 1, 3, 12}, exponential(2), 2e-14, false},
		{"x(I₁-I₃)=4I₂", func(x T) T { return x.BesselI(1).Sub(x.BesselI(3)).Mul(x) }, func(x T) T { return x.BesselI(2).Scale(4) }, []float64{0.5, 1, 3, 12}, exponential(2), 2e-14, false},
		{"x(K₃-K₁)=4K₂", func(x T) T { return x.BesselK(3).Sub(x.BesselK(1)).Mul(x) }, func(x T) T { return x.BesselK(2).Scale(4) }, []float64{0.5, 1, 3, 12}, exponential(2), 2e-14, false},
		{"erf+erfc", func(x T) T { return x.Erf().Add(x.Erfc()) }, one, []float64{-1, 0, 0.5, 2}, gaussian(1), 2e-14, false},
		{"erfcx=exp(x²)erfc", T.Erfcx, func(x T) T { return x.Sqr().Exp().Mul(x.Erfc()) }, []float64{-1, 0, 0.5, 2}, gaussian(2), 2e-14, false},
		{"Φ=erfc/2", T.NormCDF, func(x T) T { return x.Scale(-math.Sqrt2 / 2).Erfc().Scale(0.5) }, []float64{-2, 0, 1}, gaussian(0.5), 2e-14, false},
		{"log∘Φ", T.LogNormCDF, func(x T) T { return x.NormCDF().Log() }, []float64{-3, -1, 0, 1, 3}, logPhi, 2e-14, false},
		{"softplus", T.Softplus, func(x T) T { return x.Exp().Log1p() }, []float64{-3, 0, 2}, from(math.Pi * 1i), 2e-14, false},
		{"logistic", T.Logistic, func(x T) T { return x.Neg().Exp().AddConst(1).Inv() }, []float64{-3, 0, 2}, from(math.Pi * 1i), 5e-14, false},
		{"x·sinc", func(x T) T { return x.Mul(x.Sinc()) }, T.Sin, []float64{-3, 0, 1e-9, 0.9, 2, 20}, exponential(2), 2e-14, false},
		{"log10", T.Log10, func(x T) T { return x.Log().Scale(1 / math.Ln10) }, pos, from(0), 2e-14, false},
		{"hypot", func(x T) T { return x.Hypot(x.AddConst(1)) }, func(x T) T { return x.Sqr().Add(x.AddConst(1).Sqr()).Sqrt() }, []float64{-2, 0, 1}, from(-0.5 + 0.5i), 2e-14, false},
		{"atan2∘(sin, cos)", func(x T) T { s, c := x.Sincos(); return s.Atan2(c) }, id, []float64{-2, 0, 0.5, 3}, exponential(2), 2e-14, false},
		{"pow", func(x T) T { return x.Pow(x.Sin()) }, func(x T) T { return x.Log().Mul(x.Sin()).Exp() }, pos, from(0), 2e-14, false},
		{"B(x,2)=1/(x(x+1))", func(x T) T { return dual.Beta(x, x.Const(2)) }, func(x T) T { return x.Mul(x.AddConst(1)).Inv() }, []float64{0.5, 2, 25, 180}, from(0), 2e-14, false},
		{"poly", func(x T) T { return dual.Poly(x, []float64{1, -2, 0, 3}) }, func(x T) T { return x.PowInt(3).Scale(3).Sub(x.Scale(2)).AddConst(1) }, []float64{-2, 0, 1}, exponential(1), 2e-14, false},
		{"apply", func(x T) T {
			return x.Apply(func(k int, x float64) float64 { return math.Sin(x + float64(k)*math.Pi/2) })
		}, T.Sin, []float64{-2, 0.1, 1}, exponential(1), 1e-13, false},
		{"J₂′=(J₁-J₃)/2", func(x T) T { return x.BesselJ(2) }, func(x T) T { return x.BesselJ(1).Sub(x.BesselJ(3)).Scale(0.5) }, []float64{-3, 0, 0.5, 12}, exponential(1), 2e-14, true},
		{"Y₂′=(Y₁-Y₃)/2", func(x T) T { return x.BesselY(2) }, func(x T) T { return x.BesselY(1).Sub(x.BesselY(3)).Scale(0.5) }, []float64{0.5, 3, 12}, exponential(1), 2e-14, true},
		{"I₂′=(I₁+I₃)/2", func(x T) T { return x.BesselI(2) }, func(x T) T { return x.BesselI(1).Add(x.BesselI(3)).Scale(0.5) }, []float64{-3, 0, 0.5, 12}, exponential(1), 2e-14, true},
		{"K₂′=-(K₁+K₃)/2", func(x T) T { return x.BesselK(2) }, func(x T) T { return x.BesselK(1).Add(x.BesselK(3)).Scale(-0.5) }, []float64{0.5, 3, 12}, exponential(1), 2e-14, true},
		{"Γ′=Γψ", T.Gamma, func(x T) T { return x.Gamma().Mul(x.Digamma()) }, []float64{-1.5, 0.3, 1, 2.5, 6}, gamma, 2e-14, true},
		{"logΓ′=ψ", T.Lgamma, T.Digamma, []float64{-1.5, 0.3, 1, 2.5, 20}, gamma, 2e-14, true},
		{"erf′=2/√π·exp(-x²)", T.Erf, func(x T) T { return x.Sqr().Neg().Exp().Scale(2 / math.SqrtPi) }, []float64{-2, 0, 0.5, 1}, gaussian(1), 2e-14, true},
		{"erfcx′=2x·erfcx-2/√π", T.Erfcx, func(x T) T { return x.Mul(x.Erfcx()).Scale(2).AddConst(-2 / math.SqrtPi) }, []float64{-2, 0, 0.5, 2}, gaussian(1), 2e-14, true},
		{"σ′=σ(1-σ)", T.Logistic, func(x T) T { y := x.Logistic(); return y.Mul(y.Neg().AddConst(1)) }, []float64{-3, 0, 2}, from(math.Pi * 1i), 2e-14, true},
		{"sinc′=(cos-sinc)/x", T.Sinc, func(x T) T { return x.Cos().Sub(x.Sinc()).Div(x) }, []float64{-3, 0.9, 20}, from(0), 2e-14, true},
		{"W′=W/(x(1+W))", T.LambertW, func(x T) T { w := x.LambertW(); return w.Div(w.AddConst(1).Mul(x)) }, []float64{-0.2, 0.5, 3}, from(0, -1/math.E), 2e-14, true},
	}
}

// Identities checks inverse pairs and functional equations with all their
// derivatives up to the order of the mode.
func Identities[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	for _, id := range identities[T]() {
		for _, x := range id.x {
			got, want := m.Derivatives(id.f, x), m.Derivatives(id.want, x)
			if id.prime {
				got = got[1:]
			}
			// The factor by which the functions exceed their size.
			factor := 1.0
			for k := range got {
				size := id.size(k, x)
				factor = max(factor, math.Abs(want[k])/size)
				if e := math.Abs(got[k] - want[k]); !(e <= id.tol*factor*size) {
					t.Errorf("%s: %s at %g, derivative %d = %.17g, want %.17g", m.Name, id.name, x, k, got[k], want[k])
				}
			}
		}
	}
}
