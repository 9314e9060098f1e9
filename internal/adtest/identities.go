package adtest

import (
	"math"
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
	tol  float64 // relative to the size of the derivatives
}

func identities[T dual.Real[T]]() []identity[T] {
	id := func(x T) T { return x }
	one := func(x T) T { return x.Const(1) }
	pos := []float64{0.1, 0.7, 1, 2.5}
	return []identity[T]{
		{"exp∘log", func(x T) T { return x.Log().Exp() }, id, pos, 1e-13},
		{"log∘exp", func(x T) T { return x.Exp().Log() }, id, []float64{-2, -0.1, 0, 1, 3}, 1e-13},
		{"exp2∘log2", func(x T) T { return x.Log2().Exp2() }, id, pos, 1e-13},
		{"expm1∘log1p", func(x T) T { return x.Log1p().Expm1() }, id, []float64{-0.5, 0, 1e-9, 1}, 1e-13},
		{"sin∘asin", func(x T) T { return x.Asin().Sin() }, id, []float64{-0.8, 0, 0.3, 0.7}, 1e-12},
		{"cos∘acos", func(x T) T { return x.Acos().Cos() }, id, []float64{-0.8, 0, 0.3, 0.7}, 1e-12},
		{"tan∘atan", func(x T) T { return x.Atan().Tan() }, id, []float64{-2, 0, 0.5, 1, 3}, 1e-12},
		{"sinh∘asinh", func(x T) T { return x.Asinh().Sinh() }, id, []float64{-2, 0, 0.5, 3}, 1e-12},
		{"cosh∘acosh", func(x T) T { return x.Acosh().Cosh() }, id, []float64{1.5, 2, 3}, 1e-12},
		{"tanh∘atanh", func(x T) T { return x.Atanh().Tanh() }, id, []float64{-0.7, 0, 0.5}, 1e-12},
		{"erf∘erfinv", func(x T) T { return x.Erfinv().Erf() }, id, []float64{-0.7, 0, 0.5, 0.9}, 1e-12},
		{"W·exp W", func(x T) T { w := x.LambertW(); return w.Mul(w.Exp()) }, id, []float64{-0.2, 0, 0.5, 3}, 1e-12},
		{"cbrt∘cube", func(x T) T { return x.PowInt(3).PowReal(1.0 / 3) }, id, pos, 1e-12},
		{"cube∘cbrt", func(x T) T { return x.Cbrt().PowInt(3) }, id, []float64{-2, -0.1, 0.1, 2.5}, 1e-12},
		{"sqr∘sqrt", func(x T) T { return x.Sqrt().Sqr() }, id, pos, 1e-13},
		{"div·mul", func(x T) T { y := x.Cos().AddConst(3); return x.Div(y).Mul(y) }, id, []float64{-2, 0, 1}, 1e-13},
		{"sin²+cos²", func(x T) T { s, c := x.Sincos(); return s.Sqr().Add(c.Sqr()) }, one, []float64{-2, 0, 0.3, 10}, 1e-13},
		{"cosh²-sinh²", func(x T) T { return x.Cosh().Sqr().Sub(x.Sinh().Sqr()) }, one, []float64{-1, 0, 0.3, 1}, 1e-12},
		{"sin/cos", func(x T) T { return x.Sin().Div(x.Cos()) }, T.Tan, []float64{-1, 0, 0.5, 1.2}, 1e-12},
		{"sinh/cosh", func(x T) T { return x.Sinh().Div(x.Cosh()) }, T.Tanh, []float64{-2, 0, 0.5, 1.2}, 1e-12},
		{"Γ(x+1)=xΓ(x)", func(x T) T { return x.AddConst(1).Gamma() }, func(x T) T { return x.Mul(x.Gamma()) }, []float64{-1.5, 0.3, 1, 2.5, 6}, 1e-12},
		{"logΓ(x+1)=log x+logΓ(x)", func(x T) T { return x.AddConst(1).Lgamma() }, func(x T) T { return x.Log().Add(x.Lgamma()) }, []float64{0.3, 1, 2.5, 20}, 1e-12},
		{"ψ(x+1)=ψ(x)+1/x", func(x T) T { return x.AddConst(1).Digamma() }, func(x T) T { return x.Digamma().Add(x.Inv()) }, []float64{-1.5, 0.3, 1, 2.5}, 1e-12},
		{"ψ₂(x+1)=ψ₂(x)+2/x³", func(x T) T { return x.AddConst(1).Polygamma(2) }, func(x T) T { return x.Polygamma(2).Add(x.PowInt(-3).Scale(2)) }, []float64{0.7, 1, 2.5}, 1e-12},
		{"J₁+J₃=4J₂/x", func(x T) T { return x.BesselJ(1).Add(x.BesselJ(3)) }, func(x T) T { return x.BesselJ(2).Scale(4).Div(x) }, []float64{0.5, 1, 3, 12}, 1e-12},
		{"Y₁+Y₃=4Y₂/x", func(x T) T { return x.BesselY(1).Add(x.BesselY(3)) }, func(x T) T { return x.BesselY(2).Scale(4).Div(x) }, []float64{0.5, 1, 3, 12}, 1e-12},
		{"I₁-I₃=4I₂/x", func(x T) T { return x.BesselI(1).Sub(x.BesselI(3)) }, func(x T) T { return x.BesselI(2).Scale(4).Div(x) }, []float64{0.5, 1, 3, 12}, 1e-12},
		{"K₃-K₁=4K₂/x", func(x T) T { return x.BesselK(3).Sub(x.BesselK(1)) }, func(x T) T { return x.BesselK(2).Scale(4).Div(x) }, []float64{0.5, 1, 3, 12}, 1e-12},
		{"erf+erfc", func(x T) T { return x.Erf().Add(x.Erfc()) }, one, []float64{-1, 0, 0.5, 2}, 1e-13},
		{"erfcx=exp(x²)erfc", T.Erfcx, func(x T) T { return x.Sqr().Exp().Mul(x.Erfc()) }, []float64{-1, 0, 0.5, 2}, 1e-12},
		{"Φ=erfc/2", T.NormCDF, func(x T) T { return x.Scale(-math.Sqrt2 / 2).Erfc().Scale(0.5) }, []float64{-2, 0, 1}, 1e-13},
		{"log∘Φ", T.LogNormCDF, func(x T) T { return x.NormCDF().Log() }, []float64{-3, -1, 0, 1, 3}, 1e-12},
		{"softplus", T.Softplus, func(x T) T { return x.Exp().Log1p() }, []float64{-3, 0, 2}, 1e-12},
		{"logistic", T.Logistic, func(x T) T { return x.Neg().Exp().AddConst(1).Inv() }, []float64{-3, 0, 2}, 1e-12},
		{"sinc", T.Sinc, func(x T) T { return x.Sin().Div(x) }, []float64{-3, 0.9, 2, 20}, 1e-12},
		{"log10", T.Log10, func(x T) T { return x.Log().Scale(1 / math.Ln10) }, pos, 1e-13},
		{"hypot", func(x T) T { return x.Hypot(x.AddConst(1)) }, func(x T) T { return x.Sqr().Add(x.AddConst(1).Sqr()).Sqrt() }, []float64{-2, 0, 1}, 1e-12},
		{"atan2∘(sin, cos)", func(x T) T { s, c := x.Sincos(); return s.Atan2(c) }, id, []float64{-2, 0, 0.5, 3}, 1e-12},
		{"pow", func(x T) T { return x.Pow(x.Sin()) }, func(x T) T { return x.Log().Mul(x.Sin()).Exp() }, pos, 1e-12},
		{"B(x,2)=1/(x(x+1))", func(x T) T { return dual.Beta(x, x.Const(2)) }, func(x T) T { return x.Mul(x.AddConst(1)).Inv() }, []float64{0.5, 2, 25, 180}, 1e-11},
		{"poly", func(x T) T { return dual.Poly(x, []float64{1, -2, 0, 3}) }, func(x T) T { return x.PowInt(3).Scale(3).Sub(x.Scale(2)).AddConst(1) }, []float64{-2, 0, 1}, 1e-13},
		{"apply", func(x T) T {
			return x.Apply(func(k int, x float64) float64 { return math.Sin(x + float64(k)*math.Pi/2) })
		}, T.Sin, []float64{-2, 0.1, 1}, 1e-13},
	}
}

// Identities checks inverse pairs and functional equations with all their
// derivatives up to the order of the mode.
func Identities[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	for _, id := range identities[T]() {
		for _, x := range id.x {
			got, want := m.Derivatives(id.f, x), m.Derivatives(id.want, x)
			// The terms that cancel in the k-th derivative of a composition
			// grow like k!/|x|^k.
			scale := 1.0
			for k := range got {
				if k > 1 {
					scale *= float64(k) / min(1, max(0.1, math.Abs(x)))
				}
				scale = max(scale, math.Abs(want[k]))
				if e := math.Abs(got[k] - want[k]); !(e <= id.tol*scale) {
					t.Errorf("%s: %s at %g, derivative %d = %.17g, want %.17g", m.Name, id.name, x, k, got[k], want[k])
				}
			}
		}
	}
}
