package adtest

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// An edge is one line of the contract at singular points and in the tails.
type edge[T dual.Real[T]] struct {
	name string
	f    func(x []T) T
	x    []float64
	y    float64
	grad []float64
	hess []float64 // upper triangle by row; nil: not part of the contract

	// directional replaces y, grad and hess where a mode knows a direction
	// t → 0+; nil: the same.
	directional []float64

	// product marks the cases in which an infinite factor meets a tangent of
	// 0 in a plain product.
	product bool

	tol float64 // relative; 0 means edgeTol
}

// on makes an edge of a function of one variable: its value and first two
// derivatives at x.
func on[T dual.Real[T]](name string, f func(x T) T, x, y, d1, d2 float64) edge[T] {
	return edge[T]{
		name: name,
		f:    func(x []T) T { return f(x[0]) },
		x:    []float64{x}, y: y, grad: []float64{d1}, hess: []float64{d2},
	}
}

// first drops the second derivatives from the contract.
func (e edge[T]) first() edge[T] { e.hess = nil; return e }

// within loosens the tolerance where the function itself cancels.
func (e edge[T]) within(tol float64) edge[T] { e.tol = tol; return e }

// series gives the derivatives that a directional mode finds.
func (e edge[T]) series(d ...float64) edge[T] { e.directional = d; return e }

// edges returns the contract. Its groups follow docs/edges.md.
func edges[T dual.Real[T]]() []edge[T] {
	inf, nan := math.Inf(1), math.NaN()
	neg0 := math.Copysign(0, -1)
	const ln2 = math.Ln2
	konst := func(g func(x T) T, c float64) func(x T) T {
		return func(x T) T { return g(x.Const(c)) }
	}
	pow := func(p float64) func(x T) T { return func(x T) T { return x.PowReal(p) } }
	powc := func(p float64) func(x T) T { return func(x T) T { return x.Pow(x.Const(p)) } }
	cpow := func(c float64) func(x T) T { return func(x T) T { return x.Const(c).Pow(x) } }
	powi := func(n int) func(x T) T { return func(x T) T { return x.PowInt(n) } }
	relu := func(x T) T { return x.Max(x.Const(0)) }
	sqr := func(x T) T { return x.Mul(x) }
	xy := func(f func(x, y T) T) func(x []T) T { return func(x []T) T { return f(x[0], x[1]) } }

	list := []edge[T]{
		// Powers.
		on("x^2.0 at 0", pow(2), 0, 0, 0, 2),
		on("x^1.0 at 0", pow(1), 0, 0, 1, 0),
		on("x^0.0 at 0", pow(0), 0, 1, 0, 0),
		on("x^0.5 at 0", pow(0.5), 0, 0, inf, -inf),
		on("x^1.5 at 0", pow(1.5), 0, 0, 0, inf),
		on("x^3.0 at 0", pow(3), 0, 0, 0, 0),
		on("x^-1.0 at 0", pow(-1), 0, inf, -inf, inf),
		on("x^3.0 at -2", pow(3), -2, -8, 12, -12),
		on("x^0.5 at -2", pow(0.5), -2, nan, nan, nan),
		on("x^3.0 at -0", pow(3), neg0, neg0, 0, 0),
		on("x^-1.0 at -0", pow(-1), neg0, -inf, -inf, -inf),
		on("x^2.0 at 1e-16", pow(2), 1e-16, 1e-32, 2e-16, 2),
		on("x^2.0 at Inf", pow(2), inf, inf, inf, 2),
		on("x^2.0 at NaN", pow(2), nan, nan, nan, nan),
		on("x^0.0 at NaN", pow(0), nan, 1, 0, 0),
		on("x^2 at 0", powi(2), 0, 0, 0, 2),
		on("x^1 at 0", powi(1), 0, 0, 1, 0),
		on("x^0 at 0", powi(0), 0, 1, 0, 0),
		on("x^3 at -2", powi(3), -2, -8, 12, -12),
		on("x^-1 at 0", powi(-1), 0, inf, -inf, inf),
		on("x^c(2) at 0", powc(2), 0, 0, 0, 2),
		on("x^c(1) at 0", powc(1), 0, 0, 1, 0),
		on("x^c(0) at 0", powc(0), 0, 1, 0, 0),
		on("x^c(0.5) at 0", powc(0.5), 0, 0, inf, -inf),
		on("x^c(3) at -2", powc(3), -2, -8, 12, -12),
		on("x^c(2) at -2", powc(2), -2, 4, -4, 2),
		on("c(2)^x at 3", cpow(2), 3, 8, 8*ln2, 8*ln2*ln2),
		on("c(0)^x at 2", cpow(0), 2, 0, 0, 0),
		on("c(0)^x at 0", cpow(0), 0, 1, -inf, inf),
		on("c(1)^x at 5", cpow(1), 5, 1, 0, 0),
		on("x^x at 1", func(x T) T { return x.Pow(x) }, 1, 1, 1, 2),
		{name: "x^y at (0,2)", f: xy(T.Pow), x: []float64{0, 2}, y: 0, grad: []float64{0, 0}},
		{name: "x^y at (0,½)", f: xy(T.Pow), x: []float64{0, 0.5}, y: 0, grad: []float64{inf, 0}},
		{name: "x^y at (0,0)", f: xy(T.Pow), x: []float64{0, 0}, y: 1, grad: []float64{0, -inf}},
		{name: "x^y at (2,0)", f: xy(T.Pow), x: []float64{2, 0}, y: 1, grad: []float64{0, ln2}, hess: []float64{0, 0.5, ln2 * ln2}},
		{name: "x^y at (-2,3)", f: xy(T.Pow), x: []float64{-2, 3}, y: -8, grad: []float64{12, nan}},

		// Boundaries of the domain.
		on("sqrt at 0", T.Sqrt, 0, 0, inf, -inf),
		on("sqrt at -0", T.Sqrt, neg0, neg0, inf, -inf),
		on("sqrt(-x) at 0", func(x T) T { return x.Neg().Sqrt() }, 0, neg0, -inf, -inf),
		on("sqrt at -1", T.Sqrt, -1, nan, nan, nan),
		on("sqrt at 1e-20", T.Sqrt, 1e-20, 1e-10, 5e9, -2.5e29),
		on("sqrt at 1e-300", T.Sqrt, 1e-300, 1e-150, 5e149, -inf),
		on("sqrt of constant 0", konst(T.Sqrt, 0), 3, 0, 0, 0),
		{name: "sqrt(x)+y at 0", f: xy(func(x, y T) T { return x.Sqrt().Add(y) }), x: []float64{0, 2}, y: 2, grad: []float64{inf, 1}, hess: []float64{-inf, 0, 0}},
		on("cbrt at 0", T.Cbrt, 0, 0, inf, 0).first(),
		on("cbrt at 1e-200", T.Cbrt, 1e-200, 2.1544346900318837e-67, 7.1814489667729457e+132, -inf),
		on("cbrt of constant 0", konst(T.Cbrt, 0), 3, 0, 0, 0),
		on("log at 0", T.Log, 0, -inf, inf, -inf),
		on("log at -0", T.Log, neg0, -inf, inf, -inf),
		on("log(-2x) at 0", func(x T) T { return x.Scale(-2).Log() }, 0, -inf, -inf, -inf),
		on("log at -1", T.Log, -1, nan, nan, nan),
		on("log of constant 0", konst(T.Log, 0), 3, -inf, 0, 0),
		on("log2 of constant 0", konst(T.Log2, 0), 3, -inf, 0, 0),
		on("log10 at 0", T.Log10, 0, -inf, inf, -inf),
		on("log1p at -1", T.Log1p, -1, -inf, inf, -inf),
		on("asin at 1", T.Asin, 1, math.Pi/2, inf, inf),
		on("asin at -1", T.Asin, -1, -math.Pi/2, inf, -inf),
		on("asin at 1.5", T.Asin, 1.5, nan, nan, nan),
		on("asin of constant 1", konst(T.Asin, 1), 3, math.Pi/2, 0, 0),
		on("acos at 1", T.Acos, 1, 0, -inf, -inf),
		on("acos at -1", T.Acos, -1, math.Pi, -inf, inf),
		on("acos of constant 1", konst(T.Acos, 1), 3, 0, 0, 0),
		on("acosh at 1", T.Acosh, 1, 0, inf, -inf),
		on("acosh of constant 1", konst(T.Acosh, 1), 3, 0, 0, 0),
		on("atanh at 1", T.Atanh, 1, inf, inf, inf),
		on("atanh at -1", T.Atanh, -1, -inf, inf, -inf),
		on("atanh of constant 1", konst(T.Atanh, 1), 3, inf, 0, 0),
		on("erfinv at 1", T.Erfinv, 1, inf, inf, inf),
		on("Y2 at 0", func(x T) T { return x.BesselY(2) }, 0, -inf, inf, -inf),
		on("Y0 at 0", func(x T) T { return x.BesselY(0) }, 0, -inf, inf, -inf),
		on("K0 at 0", func(x T) T { return x.BesselK(0) }, 0, inf, -inf, inf),
		on("gamma at 0", T.Gamma, 0, inf, -inf, 0).first(),
		on("lgamma at 0", T.Lgamma, 0, inf, -inf, inf),
		on("digamma at 0", T.Digamma, 0, -inf, inf, 0).first(),
		on("lambertw at 0", T.LambertW, 0, 0, 1, -2),
		on("1/x at 0", T.Inv, 0, inf, -inf, inf),
		on("1/x at -0", T.Inv, neg0, -inf, -inf, -inf),
		on("1/x of constant 0", konst(T.Inv, 0), 3, inf, 0, 0),
		on("x/c(0)", func(x T) T { return x.Div(x.Const(0)) }, 2, inf, inf, 0),
		on("c(0)/x at 0", func(x T) T { return x.Const(0).Div(x) }, 0, nan, nan, 0).first(),

		// Roots and powers of something flat: valuation is for series.
		on("sqrt(x²) at 0", func(x T) T { return sqr(x).Sqrt() }, 0, 0, 0, inf).series(0, 1, 0),
		on("hypot(x,0) at 0", func(x T) T { return x.Hypot(x.Const(0)) }, 0, 0, 0, 0).series(0, 1, 0),
		on("(x²)^1.5 at 0", func(x T) T { return sqr(x).PowReal(1.5) }, 0, 0, 0, 0),
		on("|x|³ at 0", func(x T) T { return x.Abs().PowInt(3) }, 0, 0, 0, 0),

		// Norms.
		{name: "norm at 0", f: dual.Norm[T], x: []float64{0, 0}, y: 0, grad: []float64{0, 0}, directional: []float64{}},
		{name: "norm² at 0", f: dual.SumSq[T], x: []float64{0, 0}, y: 0, grad: []float64{0, 0}, hess: []float64{2, 0, 2}},
		{name: "norm at (3,4)", f: dual.Norm[T], x: []float64{3, 4}, y: 5, grad: []float64{0.6, 0.8}, hess: []float64{16. / 125, -12. / 125, 9. / 125}},
		{name: "norm at (3e200,4e200)", f: dual.Norm[T], x: []float64{3e200, 4e200}, y: 5e200, grad: []float64{0.6, 0.8}},
		{name: "norm at (3e-200,4e-200)", f: dual.Norm[T], x: []float64{3e-200, 4e-200}, y: 5e-200, grad: []float64{0.6, 0.8}},
		{name: "hypot at (0,0)", f: xy(T.Hypot), x: []float64{0, 0}, y: 0, grad: []float64{0, 0}, hess: []float64{0, 0, 0}, directional: []float64{}},
		{name: "hypot at (Inf,1)", f: xy(T.Hypot), x: []float64{inf, 1}, y: inf, grad: []float64{1, 0}},
		{name: "norm at (1,-Inf)", f: dual.Norm[T], x: []float64{1, -inf}, y: inf, grad: []float64{0, -1}},
		{name: "hypot at (3e200,4e200)", f: xy(T.Hypot), x: []float64{3e200, 4e200}, y: 5e200, grad: []float64{0.6, 0.8}},
		{name: "hypot at (3e-200,4e-200)", f: xy(T.Hypot), x: []float64{3e-200, 4e-200}, y: 5e-200, grad: []float64{0.6, 0.8}},

		// Kinks and jumps.
		on("abs at 0", T.Abs, 0, 0, 0, 0).series(0, 1, 0),
		on("abs at -0", T.Abs, neg0, 0, 0, 0).series(0, 1, 0),
		on("abs at -3", T.Abs, -3, 3, -1, 0),
		on("abs of constant 0", konst(T.Abs, 0), 3, 0, 0, 0),
		on("abs(-x²) at 0", func(x T) T { return sqr(x).Neg().Abs() }, 0, 0, 0, 2),
		on("abs(x³) at 0", func(x T) T { return x.PowInt(3).Abs() }, 0, 0, 0, 0),
		on("x|x| at 0", func(x T) T { return x.Mul(x.Abs()) }, 0, 0, 0, 0).series(0, 0, 2),
		on("relu at 0", relu, 0, 0, 0.5, 0).series(0, 1, 0),
		on("relu(x²) at 0", func(x T) T { return relu(sqr(x)) }, 0, 0, 0, 2),
		on("relu(-x²) at 0", func(x T) T { return relu(sqr(x).Neg()) }, 0, 0, 0, 0),
		on("clamp below", func(x T) T { return x.Clamp(-1, 1) }, -2, -1, 0, 0),
		on("clamp at lower bound", func(x T) T { return x.Clamp(-1, 1) }, -1, -1, 0.5, 0).series(-1, 1, 0),
		on("clamp inside", func(x T) T { return x.Clamp(-1, 1) }, 0.5, 0.5, 1, 0),
		on("clamp at upper bound", func(x T) T { return x.Clamp(-1, 1) }, 1, 1, 0.5, 0).series(1, 0, 0),
		on("clamp to a point", func(x T) T { return x.Clamp(1, 1) }, 1, 1, 0, 0),
		on("max(x,x)", func(x T) T { return x.Max(x) }, 1, 1, 1, 0),
		on("max(x,-x) at 0", func(x T) T { return x.Max(x.Neg()) }, 0, 0, 0, 0).series(0, 1, 0),
		on("min(x,-x) at 0", func(x T) T { return x.Min(x.Neg()) }, 0, 0, 0, 0).series(0, -1, 0),
		on("max(x,c) at c", func(x T) T { return x.Max(x.Const(2)) }, 2, 2, 0.5, 0).series(2, 1, 0),
		on("max(c,x) at c", func(x T) T { return x.Const(2).Max(x) }, 2, 2, 0.5, 0).series(2, 1, 0),
		on("max(x²,x⁴) at 0", func(x T) T { return sqr(x).Max(x.PowInt(4)) }, 0, 0, 0, 2),
		on("min(x²,x⁴) at 0", func(x T) T { return sqr(x).Min(x.PowInt(4)) }, 0, 0, 0, 0),
		on("max(c(NaN),x) at Inf", func(x T) T { return x.Const(nan).Max(x) }, inf, inf, 1, 0),
		on("max(c(NaN),x)", func(x T) T { return x.Const(nan).Max(x) }, 2, nan, nan, nan).first(),
		{name: "max of three equal", f: func(x []T) T { return x[0].Max(x[1]).Max(x[2]) }, x: []float64{1, 1, 1}, y: 1,
			grad: []float64{0.25, 0.25, 0.5}, directional: []float64{}},
		on("sign at 2", T.Sign, 2, 1, 0, 0),
		on("sign at 0", T.Sign, 0, 0, 0, 0),
		on("floor at 2", T.Floor, 2, 2, 0, 0),
		on("ceil at 1.5", T.Ceil, 1.5, 2, 0, 0),
		on("round at 2.5", T.Round, 2.5, 3, 0, 0),
		on("trunc at -1.5", T.Trunc, -1.5, -1, 0, 0),
		on("mod(x,3) at 7", func(x T) T { return x.Mod(x.Const(3)) }, 7, 1, 1, 0),
		on("mod(x,3) at 6", func(x T) T { return x.Mod(x.Const(3)) }, 6, 0, 1, 0),
		on("mod(x,3) at -7", func(x T) T { return x.Mod(x.Const(3)) }, -7, -1, 1, 0),
		on("mod(7,y) at 3", func(x T) T { return x.Const(7).Mod(x) }, 3, 1, -2, 0),
		on("mod(7,y) at -3", func(x T) T { return x.Const(7).Mod(x) }, -3, 1, 2, 0),
		on("copysign(x,-1) at 3", func(x T) T { return x.Copysign(x.Const(-1)) }, 3, -3, -1, 0),
		on("copysign(x,1) at -3", func(x T) T { return x.Copysign(x.Const(1)) }, -3, 3, -1, 0),
		{name: "where", f: xy(func(x, y T) T { return dual.Where(x, x, y.Log()) }), x: []float64{1, -1}, y: 1, grad: []float64{1, 0}, hess: []float64{0, 0, 0}},

		// Angles.
		{name: "atan2(0,1)", f: xy(T.Atan2), x: []float64{0, 1}, y: 0, grad: []float64{1, 0}, hess: []float64{0, -1, 0}},
		{name: "atan2(1,0)", f: xy(T.Atan2), x: []float64{1, 0}, y: math.Pi / 2, grad: []float64{0, -1}, hess: []float64{0, 1, 0}},
		{name: "atan2(0,-1)", f: xy(T.Atan2), x: []float64{0, -1}, y: math.Pi, grad: []float64{-1, 0}},
		{name: "atan2(-0,-1)", f: xy(T.Atan2), x: []float64{neg0, -1}, y: -math.Pi, grad: []float64{-1, 0}},
		{name: "atan2(-1,0)", f: xy(T.Atan2), x: []float64{-1, 0}, y: -math.Pi / 2, grad: []float64{0, 1}},
		{name: "atan2(0,0)", f: xy(T.Atan2), x: []float64{0, 0}, y: 0, grad: []float64{nan, nan}, directional: []float64{}},
		{name: "atan2(1e200,1e200)", f: xy(T.Atan2), x: []float64{1e200, 1e200}, y: math.Pi / 4, grad: []float64{5e-201, -5e-201}},
		{name: "atan2(1e-200,1e-200)", f: xy(T.Atan2), x: []float64{1e-200, 1e-200}, y: math.Pi / 4, grad: []float64{5e199, -5e199}},
		on("atan2(sin,cos)", func(x T) T { s, c := x.Sincos(); return s.Atan2(c) }, 0.5, 0.5, 1, 0),

		// Tails.
		on("tanh at 20", T.Tanh, 20, 1, 1.6993417021166356e-17, -3.3986834042332711e-17),
		on("tanh at -20", T.Tanh, -20, -1, 1.6993417021166356e-17, 3.3986834042332711e-17),
		on("tanh at 400", T.Tanh, 400, 1, 0, 0),
		on("tanh at -400", T.Tanh, -400, -1, 0, 0),
		on("expm1 at -40", T.Expm1, -40, -1, 4.248354255291589e-18, 4.248354255291589e-18),
		on("log1p near -1", T.Log1p, -1+0x1p-53, -36.736800569677101, 0x1p53, -0x1p106),
		on("erfc at 10", T.Erfc, 10, 2.0884875837625448e-45, -4.1976562313544169e-44, 8.3953124627088338e-43),
		on("erfc at 26", T.Erfc, 26, 5.6631924088561428e-296, -2.9470349932662695e-294, 1.5324581964984602e-292),
		on("erfc at 25.3", T.Erfc, 25.3, 2.2930368608459018e-280, -1.1611815798116989e-278, 5.8755787938471964e-277),
		on("normal cdf at -36.7", T.NormCDF, -36.7, 3.651529302803417e-295, 1.341104749267097e-293, 4.921854429810246e-292),
		on("softplus at 800", T.Softplus, 800, 800, 1, 0),
		on("softplus at -800", T.Softplus, -800, 0, 0, 0),
		on("softplus at -40", T.Softplus, -40, 4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18),
		on("logistic at -800", T.Logistic, -800, 0, 0, 0),
		on("logistic at 800", T.Logistic, 800, 1, 0, 0),
		on("logistic at 40", T.Logistic, 40, 1, 4.248354255291589e-18, -4.248354255291589e-18),
		on("asinh at 1e200", T.Asinh, 1e200, 461.21016577936908, 1e-200, 0),
		on("asinh at -1e200", T.Asinh, -1e200, -461.21016577936908, 1e-200, 0),
		on("acosh at 1e200", T.Acosh, 1e200, 461.21016577936908, 1e-200, 0),
		on("atan at 1e160", T.Atan, 1e160, math.Pi/2, 1e-320, 0),
		on("1/x at 1e200", T.Inv, 1e200, 1e-200, 0, 0),
		on("1e200/y at 1e200", func(x T) T { return x.Const(1e200).Div(x) }, 1e200, 1, -1e-200, 0),
		on("log of norm cdf at -40", T.LogNormCDF, -40, -804.60844201375379, 40.024968847207264, -0.99937733162140861),
		{name: "logsumexp(1e3,1e3)", f: dual.LogSumExp[T], x: []float64{1e3, 1e3}, y: 1000.6931471805599, grad: []float64{0.5, 0.5}, hess: []float64{0.25, -0.25, 0.25}},
		{name: "logsumexp(-Inf,0)", f: dual.LogSumExp[T], x: []float64{-inf, 0}, y: 0, grad: []float64{0, 1}},
		{name: "logsumexp(-Inf,-Inf)", f: dual.LogSumExp[T], x: []float64{-inf, -inf}, y: -inf, grad: []float64{0, 0}},
		{name: "logsumexp(NaN,-Inf)", f: dual.LogSumExp[T], x: []float64{nan, -inf}, y: nan, grad: []float64{nan, nan}},
		{name: "logsumexp(Inf,Inf)", f: dual.LogSumExp[T], x: []float64{inf, inf}, y: inf, grad: []float64{0.5, 0.5}},
		{name: "logsumexp(Inf,0)", f: dual.LogSumExp[T], x: []float64{inf, 0}, y: inf, grad: []float64{1, 0}},

		// Removable singularities.
		on("sinc at 0", T.Sinc, 0, 1, 0, -1./3),
		on("sinc at 1e-9", T.Sinc, 1e-9, 1, -1e-9/3, -1./3),
		on("expm1(x)/x at 0", func(x T) T { return x.Expm1().Div(x) }, 0, nan, nan, nan).series(1, 0.5, 1./3),
		on("expm1(x)/x at 1e-4", func(x T) T { return x.Expm1().Div(x) }, 1e-4, 1.0000500016667083, 0.50003333458336667, 0).first().within(1e-11),
		on("log1p(x)/x at 0", func(x T) T { return x.Log1p().Div(x) }, 0, nan, nan, nan).series(1, -0.5, 2./3),
		on("log1p(x)/x at 1e-4", func(x T) T { return x.Log1p().Div(x) }, 1e-4, 0.99995000333308335, -0.49993334083253342, 0).first().within(1e-11),
		on("(1-cos x)/x² at 0", func(x T) T { return x.Cos().Neg().AddConst(1).Div(sqr(x)) }, 0, nan, 0, nan).first().series(0.5, 0, -1./12),
		on("sin(x)/x at 0", func(x T) T { return x.Sin().Div(x) }, 0, nan, nan, nan).series(1, 0, -1./3),

		// Products with zeros.
		{name: "xyz at (2,0,3)", f: func(x []T) T { return x[0].Mul(x[1]).Mul(x[2]) }, x: []float64{2, 0, 3}, y: 0, grad: []float64{0, 6, 0}, hess: []float64{0, 3, 0, 0, 2, 0}},
		{name: "xyz at (0,0,3)", f: func(x []T) T { return x[0].Mul(x[1]).Mul(x[2]) }, x: []float64{0, 0, 3}, y: 0, grad: []float64{0, 0, 0}, hess: []float64{0, 3, 0, 0, 0, 0}},
		{name: "det of a singular matrix", f: func(x []T) T { return x[0].Mul(x[3]).Sub(x[1].Mul(x[2])) }, x: []float64{1, 2, 2, 4}, y: 0, grad: []float64{4, -2, -2, 1}},
		{name: "x·log y at (0,1) by azmul", f: xy(func(x, y T) T { return x.AZMul(y.Log()) }), x: []float64{0, 1}, y: 0, grad: []float64{0, 0}, hess: []float64{0, 1, 0}},
		on("p·log p at 0 by azmul", func(x T) T { return x.AZMul(x.Log()) }, 0, 0, -inf, 0).first(),
		{name: "log(x)·c + y at 0", f: xy(func(x, y T) T { return x.Log().Mul(x.Const(2)).Add(y) }), x: []float64{0, 1}, y: -inf, grad: []float64{inf, 1}, product: true},
		{name: "c(Inf)·x + y", f: xy(func(x, y T) T { return x.Const(inf).Mul(x).Add(y) }), x: []float64{2, 1}, y: inf, grad: []float64{inf, 1}, product: true},
		on("exp(-1/x²) at 0", func(x T) T { return sqr(x).Inv().Neg().Exp() }, 0, 0, 0, 0).first(),

		// Functions that do not look at their argument.
		on("constant", func(x T) T { return x.Const(7) }, 3, 7, 0, 0),
		on("constant at NaN", func(x T) T { return x.Const(7) }, nan, 7, 0, 0),
		on("x - x", func(x T) T { return x.Sub(x) }, 3, 0, 0, 0),
	}
	return list
}

// edgeTol is the relative error allowed in the contract, an absolute one where
// the truth is 0.
const edgeTol = 1e-14

// Edges checks the contract at singular points: values, gradients and, where
// the mode has them, second derivatives.
func Edges[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	for _, e := range edges[T]() {
		tol := edgeTol
		if e.tol > 0 {
			tol = e.tol
		}
		if m.Directional && e.directional != nil {
			if len(e.directional) > 0 {
				got := m.Derivatives(func(x T) T { return e.f([]T{x}) }, e.x[0])
				for k := 0; k < len(e.directional) && k <= m.Order; k++ {
					if err := relErr(got[k], e.directional[k]); !(err <= tol) {
						t.Errorf("%s: %s: derivative %d = %g, want %g", m.Name, e.name, k, got[k], e.directional[k])
					}
				}
			}
			continue
		}
		y, grad := m.Gradient(e.f, e.x)
		if err := relErr(y, e.y); !(err <= tol) {
			t.Errorf("%s: %s: value %.17g, want %.17g", m.Name, e.name, y, e.y)
		}
		for i, g := range grad {
			want := e.grad[i]
			if e.product && m.PlainProducts && !math.IsNaN(g) && relErr(g, want) > tol {
				t.Errorf("%s: %s: gradient[%d] = %g, want %g or NaN", m.Name, e.name, i, g, want)
			}
			if err := relErr(g, want); !(err <= tol) && !(e.product && m.PlainProducts) {
				t.Errorf("%s: %s: gradient[%d] = %.17g, want %.17g", m.Name, e.name, i, g, want)
			}
		}
		if m.Hessian == nil || e.hess == nil {
			continue
		}
		hess, k := m.Hessian(e.f, e.x), 0
		for i := range e.x {
			for j := i; j < len(e.x); j++ {
				if err := relErr(hess[i][j], e.hess[k]); !(err <= tol) {
					t.Errorf("%s: %s: second derivative (%d,%d) = %.17g, want %.17g", m.Name, e.name, i, j, hess[i][j], e.hess[k])
				}
				k++
			}
		}
	}
}

// Special runs every primitive at NaN, infinities, zeros and numbers of
// extreme size: nothing may panic, NaN must stay NaN, the value must be that
// of float64 arithmetic, and a constant argument must have derivatives of 0.
func Special[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	floats := primitives[dual.Float]()
	points := []float64{
		math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1),
		5e-324, -5e-324, 1e-310, 1e-300, -1e-300, 1e-16, 1, -1, 1e16, 1e300, -1e300,
		math.MaxFloat64, -math.MaxFloat64, math.Nextafter(1, 2), math.Nextafter(1, 0), math.Nextafter(-1, 0), 0.5, -0.5, 2, -2, 3,
	}
	for name, f := range primitives[T]() {
		for _, x := range points {
			d := m.Derivatives(f, x)
			want := floats[name](dual.Float(x)).Value()
			if relErr(d[0], want) > 1e-15 {
				t.Errorf("%s: %s(%g) = %g, want %g", m.Name, name, x, d[0], want)
			}
			for k := 1; k < len(d) && math.IsNaN(want); k++ {
				if !math.IsNaN(d[k]) && !linear(name) {
					t.Errorf("%s: %s(%g) is NaN but derivative %d is %g", m.Name, name, x, k, d[k])
				}
			}
			d = m.Derivatives(func(y T) T { return f(y.Const(x)) }, 3)
			for k := 1; k < len(d); k++ {
				if d[k] != 0 && !(name == "Sqr" && m.PlainProducts) {
					t.Errorf("%s: %s of the constant %g: derivative %d is %g, want 0", m.Name, name, x, k, d[k])
				}
			}
		}
	}
}

// linear reports whether a derivative of the method does not depend on the
// argument, and so is no NaN where the argument is.
func linear(name string) bool {
	return name == "Neg" || name == "Sqr" || strings.HasPrefix(name, "Div ")
}

// primitives returns all methods as functions of one argument.
func primitives[T dual.Real[T]]() map[string]func(T) T {
	list := unary[T]()
	add := func(name string, f func(x T) T) { list[name] = f }
	for _, p := range []float64{-1.5, -1, 0, 0.5, 1, 2, 2.5, 3} {
		add(fmt.Sprintf("PowReal %g", p), func(x T) T { return x.PowReal(p) })
		add(fmt.Sprintf("Pow %g", p), func(x T) T { return x.Pow(x.Const(p)) })
		add(fmt.Sprintf("Hypot %g", p), func(x T) T { return x.Hypot(x.Const(p)) })
		add(fmt.Sprintf("Atan2 %g", p), func(x T) T { return x.Atan2(x.Const(p)) })
		add(fmt.Sprintf("Mod %g", p), func(x T) T { return x.Mod(x.Const(p)) })
		add(fmt.Sprintf("Div %g", p), func(x T) T { return x.Div(x.Const(p)) })
	}
	for _, n := range []int{0, 1, 2, 3, 7} {
		add(fmt.Sprintf("PowInt %d", n), func(x T) T { return x.PowInt(n) })
		add(fmt.Sprintf("Polygamma %d", n), func(x T) T { return x.Polygamma(n) })
		add(fmt.Sprintf("BesselJ %d", n), func(x T) T { return x.BesselJ(n) })
		add(fmt.Sprintf("BesselY %d", n), func(x T) T { return x.BesselY(n) })
		add(fmt.Sprintf("BesselI %d", n), func(x T) T { return x.BesselI(n) })
		add(fmt.Sprintf("BesselK %d", n), func(x T) T { return x.BesselK(n) })
	}
	add("Neg", T.Neg)
	add("Inv", T.Inv)
	add("Sqr", T.Sqr)
	add("Abs", T.Abs)
	add("Sign", T.Sign)
	add("Floor", T.Floor)
	add("Ceil", T.Ceil)
	add("Round", T.Round)
	add("Trunc", T.Trunc)
	add("Clamp", func(x T) T { return x.Clamp(-1, 2) })
	add("Sincos", func(x T) T { s, c := x.Sincos(); return s.Add(c) })
	return list
}
