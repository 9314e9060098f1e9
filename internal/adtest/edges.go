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

	// directional holds the derivatives of a function of one variable that a
	// mode finds which knows a direction t → 0+, up to order 6 or as far as they
	// are part of the contract; nil: y, grad and hess. For functions of several
	// variables an empty slice says that such modes differ.
	directional []float64

	// need is the order from which directional holds, and loss the number of
	// orders that are then unknown at the end of a series.
	need, loss int

	// exact marks the cases in which a constant has to be known to more orders
	// than the variable has.
	exact bool

	// only marks the lines for directional modes alone.
	only bool

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

// then appends the derivatives from the third on, which directional modes find.
func (e edge[T]) then(d ...float64) edge[T] {
	e.directional = append([]float64{e.y, e.grad[0], e.hess[0]}, d...)
	return e
}

// series gives the derivatives that a directional mode finds.
func (e edge[T]) series(d ...float64) edge[T] { e.directional = d; return e }

// poly gives the derivatives that a directional mode finds, followed by zeros.
func (e edge[T]) poly(d ...float64) edge[T] {
	return e.series(append(d, make([]float64, 7-len(d))...)...)
}

// known says that the series holds if its variable has the given order at
// least, and is unknown, NaN, in the last lost orders.
func (e edge[T]) known(need, lost int) edge[T] { e.need, e.loss = need, lost; return e }

// beyond marks the edge as exact.
func (e edge[T]) beyond() edge[T] { e.exact = true; return e }

// toward makes an edge for directional modes only: a function of one variable
// and its derivatives at x + t, t → 0+.
func toward[T dual.Real[T]](name string, f func(x T) T, x float64, d ...float64) edge[T] {
	return edge[T]{
		name: name,
		f:    func(x []T) T { return f(x[0]) },
		x:    []float64{x}, directional: d, only: true,
	}
}

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

	// Derivatives 3 to 6.
	o := []float64{0, 0, 0, 0}
	cubic := []float64{6, 0, 0, 0}
	up, down := []float64{inf, -inf, inf, -inf}, []float64{-inf, inf, -inf, inf}
	pos, neg := []float64{inf, inf, inf, inf}, []float64{-inf, -inf, -inf, -inf}
	none := []float64{nan, nan, nan, nan}

	list := []edge[T]{
		// Powers.
		on("x^2.0 at 0", pow(2), 0, 0, 0, 2).then(o...),
		on("x^1.0 at 0", pow(1), 0, 0, 1, 0).then(o...),
		on("x^0.0 at 0", pow(0), 0, 1, 0, 0).then(o...),
		on("x^0.5 at 0", pow(0.5), 0, 0, inf, -inf).then(up...),
		on("x^1.5 at 0", pow(1.5), 0, 0, 0, inf).then(down...),
		on("x^3.0 at 0", pow(3), 0, 0, 0, 0).then(cubic...),
		on("x^-1.0 at 0", pow(-1), 0, inf, -inf, inf).then(down...),
		on("x^3.0 at -2", pow(3), -2, -8, 12, -12).then(cubic...),
		on("x^0.5 at -2", pow(0.5), -2, nan, nan, nan).then(none...),
		on("x^3.0 at -0", pow(3), neg0, neg0, 0, 0).then(cubic...),
		on("x^-1.0 at -0", pow(-1), neg0, -inf, -inf, -inf).then(neg...),
		on("x^0.5 at Inf", pow(0.5), inf, inf, 0, 0).then(o...),
		on("x^-2.0 at 0", pow(-2), 0, inf, -inf, inf).then(down...),
		on("x^-2.0 at -0", pow(-2), neg0, inf, inf, inf).then(pos...),
		on("x^2.5 at 0", pow(2.5), 0, 0, 0, 0).then(up...),
		on("x^2.0 at 1e-16", pow(2), 1e-16, 1e-32, 2e-16, 2).then(o...),
		on("x^2.0 at Inf", pow(2), inf, inf, inf, 2).then(o...),
		on("x^2.0 at NaN", pow(2), nan, nan, nan, nan).then(none...),
		on("x^0.0 at NaN", pow(0), nan, 1, 0, 0).then(o...),
		on("x^2 at 0", powi(2), 0, 0, 0, 2).then(o...),
		on("x^1 at 0", powi(1), 0, 0, 1, 0).then(o...),
		on("x^0 at 0", powi(0), 0, 1, 0, 0).then(o...),
		on("x^3 at -2", powi(3), -2, -8, 12, -12).then(cubic...),
		on("x^-1 at 0", powi(-1), 0, inf, -inf, inf).then(down...),
		on("x^-1 at -0", powi(-1), neg0, -inf, -inf, -inf).then(neg...),
		on("x^3 at 0", powi(3), 0, 0, 0, 0).then(cubic...),
		on("x^3 at -0", powi(3), neg0, neg0, 0, 0).then(cubic...),
		on("x^c(2) at 0", powc(2), 0, 0, 0, 2).then(o...),
		on("x^c(1) at 0", powc(1), 0, 0, 1, 0).then(o...),
		on("x^c(0) at 0", powc(0), 0, 1, 0, 0).then(o...),
		on("x^c(0.5) at 0", powc(0.5), 0, 0, inf, -inf).then(up...),
		on("x^c(3) at -2", powc(3), -2, -8, 12, -12).then(cubic...),
		on("x^c(2) at -2", powc(2), -2, 4, -4, 2).then(o...),
		on("x^c(3) at 0", powc(3), 0, 0, 0, 0).then(cubic...),
		on("x^c(1.5) at 0", powc(1.5), 0, 0, 0, inf).then(down...),
		on("c(2)^x at 3", cpow(2), 3, 8, 8*ln2, 8*ln2*ln2).then(8*ln2*ln2*ln2, 8*ln2*ln2*ln2*ln2, 8*ln2*ln2*ln2*ln2*ln2, 8*ln2*ln2*ln2*ln2*ln2*ln2),
		on("c(0)^x at 2", cpow(0), 2, 0, 0, 0).then(o...),
		on("c(0)^x at 0", cpow(0), 0, 1, -inf, inf),
		on("c(1)^x at 5", cpow(1), 5, 1, 0, 0).then(o...),
		on("x^x at 1", func(x T) T { return x.Pow(x) }, 1, 1, 1, 2).then(3, 8, 10, 54),
		{name: "x^y at (0,2)", f: xy(T.Pow), x: []float64{0, 2}, y: 0, grad: []float64{0, 0}},
		{name: "x^y at (0,½)", f: xy(T.Pow), x: []float64{0, 0.5}, y: 0, grad: []float64{inf, 0}},
		{name: "x^y at (0,0)", f: xy(T.Pow), x: []float64{0, 0}, y: 1, grad: []float64{0, -inf}},
		{name: "x^y at (2,0)", f: xy(T.Pow), x: []float64{2, 0}, y: 1, grad: []float64{0, ln2}, hess: []float64{0, 0.5, ln2 * ln2}},
		{name: "x^y at (-2,3)", f: xy(T.Pow), x: []float64{-2, 3}, y: -8, grad: []float64{12, nan}},

		// Boundaries of the domain.
		on("sqrt at 0", T.Sqrt, 0, 0, inf, -inf).then(up...),
		on("sqrt at -0", T.Sqrt, neg0, neg0, inf, -inf).then(up...),
		on("sqrt(-x) at 0", func(x T) T { return x.Neg().Sqrt() }, 0, neg0, -inf, -inf).then(neg...),
		on("sqrt at -1", T.Sqrt, -1, nan, nan, nan).then(none...),
		on("sqrt at 1e-20", T.Sqrt, 1e-20, 1e-10, 5e9, -2.5e29).then(3.75e49, -9.375e69, 3.28125e90, -1.4765625e111),
		on("sqrt at 1e-300", T.Sqrt, 1e-300, 1e-150, 5e149, -inf).then(up...),
		on("sqrt of constant 0", konst(T.Sqrt, 0), 3, 0, 0, 0).then(o...),
		{name: "sqrt(x)+y at 0", f: xy(func(x, y T) T { return x.Sqrt().Add(y) }), x: []float64{0, 2}, y: 2, grad: []float64{inf, 1}, hess: []float64{-inf, 0, 0}},
		on("cbrt at 0", T.Cbrt, 0, 0, inf, 0).first().series(0, inf, -inf, inf, -inf, inf, -inf),
		on("cbrt(-x) at 0", func(x T) T { return x.Neg().Cbrt() }, 0, neg0, -inf, 0).first().series(0, -inf, inf, -inf, inf, -inf, inf),
		on("cbrt at 1e-200", T.Cbrt, 1e-200, 2.1544346900318837e-67, 7.1814489667729457e+132, -inf).then(up...),
		on("cbrt of constant 0", konst(T.Cbrt, 0), 3, 0, 0, 0).then(o...),
		on("log at 0", T.Log, 0, -inf, inf, -inf).then(up...),
		on("log at -0", T.Log, neg0, -inf, inf, -inf).then(up...),
		on("log(-2x) at 0", func(x T) T { return x.Scale(-2).Log() }, 0, -inf, -inf, -inf).then(neg...),
		on("log at -1", T.Log, -1, nan, nan, nan).then(none...),
		on("log of constant 0", konst(T.Log, 0), 3, -inf, 0, 0).then(o...),
		on("log2 of constant 0", konst(T.Log2, 0), 3, -inf, 0, 0).then(o...),
		on("log10 at 0", T.Log10, 0, -inf, inf, -inf).then(up...),
		on("log1p at -1", T.Log1p, -1, -inf, inf, -inf).then(up...),
		on("log1p of constant -1", konst(T.Log1p, -1), 3, -inf, 0, 0).then(o...),
		on("asin at 1", T.Asin, 1, math.Pi/2, inf, inf).then(pos...),
		on("asin at -1", T.Asin, -1, -math.Pi/2, inf, -inf).then(up...),
		on("asin(1-x) at 0", func(x T) T { return x.Neg().AddConst(1).Asin() }, 0, math.Pi/2, -inf, inf).then(down...),
		on("asin at 1.5", T.Asin, 1.5, nan, nan, nan).then(none...),
		on("asin of constant 1", konst(T.Asin, 1), 3, math.Pi/2, 0, 0).then(o...),
		on("acos at 1", T.Acos, 1, 0, -inf, -inf).then(neg...),
		on("acos at -1", T.Acos, -1, math.Pi, -inf, inf).then(down...),
		on("acos(1-x) at 0", func(x T) T { return x.Neg().AddConst(1).Acos() }, 0, 0, inf, -inf).then(up...),
		on("acos of constant 1", konst(T.Acos, 1), 3, 0, 0, 0).then(o...),
		on("acosh at 1", T.Acosh, 1, 0, inf, -inf).then(up...),
		on("acosh of constant 1", konst(T.Acosh, 1), 3, 0, 0, 0).then(o...),
		on("atanh at 1", T.Atanh, 1, inf, inf, inf).then(pos...),
		on("atanh at -1", T.Atanh, -1, -inf, inf, -inf).then(up...),
		on("atanh of constant 1", konst(T.Atanh, 1), 3, inf, 0, 0).then(o...),
		on("erfinv at 1", T.Erfinv, 1, inf, inf, inf).then(pos...),
		on("erfinv at -1", T.Erfinv, -1, -inf, inf, -inf).then(up...),
		on("Y2 at 0", func(x T) T { return x.BesselY(2) }, 0, -inf, inf, -inf).then(up...),
		on("Y0 at 0", func(x T) T { return x.BesselY(0) }, 0, -inf, inf, -inf).then(up...),
		on("K0 at 0", func(x T) T { return x.BesselK(0) }, 0, inf, -inf, inf).then(down...),
		on("gamma at 0", T.Gamma, 0, inf, -inf, 0).first().series(inf, -inf, inf, -inf, inf, -inf, inf),
		on("lgamma at 0", T.Lgamma, 0, inf, -inf, inf).then(down...),
		on("digamma at 0", T.Digamma, 0, -inf, inf, 0).first().series(-inf, inf, -inf, inf, -inf, inf, -inf),
		on("lambertw at 0", T.LambertW, 0, 0, 1, -2).then(9, -64, 625, -7776),
		on("1/x at 0", T.Inv, 0, inf, -inf, inf).then(down...),
		on("1/x at -0", T.Inv, neg0, -inf, -inf, -inf).then(neg...),
		on("1/(-x) at 0", func(x T) T { return x.Neg().Inv() }, 0, -inf, inf, -inf).then(up...),
		on("1/x of constant 0", konst(T.Inv, 0), 3, inf, 0, 0).then(o...),
		on("x/c(0)", func(x T) T { return x.Div(x.Const(0)) }, 2, inf, inf, 0).then(o...),
		on("c(0)/x at 0", func(x T) T { return x.Const(0).Div(x) }, 0, nan, nan, 0).first().poly(0).beyond(),

		// Roots and powers of something flat: valuation is for series.
		on("sqrt(x²) at 0", func(x T) T { return sqr(x).Sqrt() }, 0, 0, 0, inf).poly(0, 1).known(2, 1),
		on("hypot(x,0) at 0", func(x T) T { return x.Hypot(x.Const(0)) }, 0, 0, 0, 0).poly(0, 1),
		on("(x²)^1.5 at 0", func(x T) T { return sqr(x).PowReal(1.5) }, 0, 0, 0, 0).then(cubic...).known(2, 0),
		on("|x|³ at 0", func(x T) T { return x.Abs().PowInt(3) }, 0, 0, 0, 0).then(cubic...),

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
		on("abs at 0", T.Abs, 0, 0, 0, 0).poly(0, 1),
		on("abs at -0", T.Abs, neg0, 0, 0, 0).poly(0, 1),
		on("abs at -3", T.Abs, -3, 3, -1, 0).then(o...),
		on("abs of constant 0", konst(T.Abs, 0), 3, 0, 0, 0).then(o...),
		on("abs(-x²) at 0", func(x T) T { return sqr(x).Neg().Abs() }, 0, 0, 0, 2).then(o...),
		on("abs(x³) at 0", func(x T) T { return x.PowInt(3).Abs() }, 0, 0, 0, 0).then(cubic...),
		on("x|x| at 0", func(x T) T { return x.Mul(x.Abs()) }, 0, 0, 0, 0).poly(0, 0, 2),
		on("relu at 0", relu, 0, 0, 0.5, 0).poly(0, 1),
		on("relu(x²) at 0", func(x T) T { return relu(sqr(x)) }, 0, 0, 0, 2).then(o...),
		on("relu(-x²) at 0", func(x T) T { return relu(sqr(x).Neg()) }, 0, 0, 0, 0).then(o...),
		on("relu(x³) at 0", func(x T) T { return relu(x.PowInt(3)) }, 0, 0, 0, 0).then(cubic...),
		on("clamp below", func(x T) T { return x.Clamp(-1, 1) }, -2, -1, 0, 0).then(o...),
		on("clamp at lower bound", func(x T) T { return x.Clamp(-1, 1) }, -1, -1, 0.5, 0).poly(-1, 1),
		on("clamp inside", func(x T) T { return x.Clamp(-1, 1) }, 0.5, 0.5, 1, 0).then(o...),
		on("clamp at upper bound", func(x T) T { return x.Clamp(-1, 1) }, 1, 1, 0.5, 0).poly(1),
		on("clamp to a point", func(x T) T { return x.Clamp(1, 1) }, 1, 1, 0, 0).then(o...),
		on("max(x,x)", func(x T) T { return x.Max(x) }, 1, 1, 1, 0).then(o...),
		on("max(x,-x) at 0", func(x T) T { return x.Max(x.Neg()) }, 0, 0, 0, 0).poly(0, 1),
		on("min(x,-x) at 0", func(x T) T { return x.Min(x.Neg()) }, 0, 0, 0, 0).poly(0, -1),
		on("max(x,c) at c", func(x T) T { return x.Max(x.Const(2)) }, 2, 2, 0.5, 0).poly(2, 1),
		on("max(c,x) at c", func(x T) T { return x.Const(2).Max(x) }, 2, 2, 0.5, 0).poly(2, 1),
		on("min(x,c) at c", func(x T) T { return x.Min(x.Const(2)) }, 2, 2, 0.5, 0).poly(2),
		on("min(c,x) at c", func(x T) T { return x.Const(2).Min(x) }, 2, 2, 0.5, 0).poly(2),
		on("min(x,x)", func(x T) T { return x.Min(x) }, 1, 1, 1, 0).then(o...),
		on("max(x²,x⁴) at 0", func(x T) T { return sqr(x).Max(x.PowInt(4)) }, 0, 0, 0, 2).then(o...),
		on("min(x²,x⁴) at 0", func(x T) T { return sqr(x).Min(x.PowInt(4)) }, 0, 0, 0, 0).then(0, 24, 0, 0),
		on("max(c(NaN),x) at Inf", func(x T) T { return x.Const(nan).Max(x) }, inf, inf, 1, 0).then(o...),
		on("max(c(NaN),x)", func(x T) T { return x.Const(nan).Max(x) }, 2, nan, nan, nan).first().series(nan, nan, nan, nan, nan, nan, nan),
		{name: "max of three equal", f: func(x []T) T { return x[0].Max(x[1]).Max(x[2]) }, x: []float64{1, 1, 1}, y: 1,
			grad: []float64{0.25, 0.25, 0.5}, directional: []float64{}},
		on("sign at 2", T.Sign, 2, 1, 0, 0).then(o...),
		on("sign at 0", T.Sign, 0, 0, 0, 0).then(o...),
		on("floor at 2", T.Floor, 2, 2, 0, 0).then(o...),
		on("ceil at 1.5", T.Ceil, 1.5, 2, 0, 0).then(o...),
		on("round at 2.5", T.Round, 2.5, 3, 0, 0).then(o...),
		on("round at -2.5", T.Round, -2.5, -3, 0, 0).then(o...),
		on("floor at -0.5", T.Floor, -0.5, -1, 0, 0).then(o...),
		on("trunc at -1.5", T.Trunc, -1.5, -1, 0, 0).then(o...),
		on("mod(x,3) at 7", func(x T) T { return x.Mod(x.Const(3)) }, 7, 1, 1, 0).then(o...),
		on("mod(x,3) at 6", func(x T) T { return x.Mod(x.Const(3)) }, 6, 0, 1, 0).then(o...),
		on("mod(x,3) at -7", func(x T) T { return x.Mod(x.Const(3)) }, -7, -1, 1, 0).then(o...),
		on("mod(x,3) at -6", func(x T) T { return x.Mod(x.Const(3)) }, -6, neg0, 1, 0).then(o...),
		on("mod(7,y) at 3", func(x T) T { return x.Const(7).Mod(x) }, 3, 1, -2, 0).then(o...),
		on("mod(7,y) at -3", func(x T) T { return x.Const(7).Mod(x) }, -3, 1, 2, 0).then(o...),
		on("mod(6,y) at 3", func(x T) T { return x.Const(6).Mod(x) }, 3, 0, -2, 0).then(o...),
		on("copysign(x,-1) at 3", func(x T) T { return x.Copysign(x.Const(-1)) }, 3, -3, -1, 0).then(o...),
		on("copysign(x,1) at -3", func(x T) T { return x.Copysign(x.Const(1)) }, -3, 3, -1, 0).then(o...),
		{name: "where", f: xy(func(x, y T) T { return dual.Where(x, x, y.Log()) }), x: []float64{1, -1}, y: 1, grad: []float64{1, 0}, hess: []float64{0, 0, 0}},

		// Angles.
		{name: "atan2(0,1)", f: xy(T.Atan2), x: []float64{0, 1}, y: 0, grad: []float64{1, 0}, hess: []float64{0, -1, 0}},
		{name: "atan2(1,0)", f: xy(T.Atan2), x: []float64{1, 0}, y: math.Pi / 2, grad: []float64{0, -1}, hess: []float64{0, 1, 0}},
		{name: "atan2(0,-1)", f: xy(T.Atan2), x: []float64{0, -1}, y: math.Pi, grad: []float64{-1, 0}},
		{name: "atan2(-0,-1)", f: xy(T.Atan2), x: []float64{neg0, -1}, y: -math.Pi, grad: []float64{-1, 0}},
		{name: "atan2(-1,0)", f: xy(T.Atan2), x: []float64{-1, 0}, y: -math.Pi / 2, grad: []float64{0, 1}},
		{name: "atan2(0,0)", f: xy(T.Atan2), x: []float64{0, 0}, y: 0, grad: []float64{nan, nan}, directional: []float64{}},
		{name: "atan2(0,-0)", f: xy(T.Atan2), x: []float64{0, neg0}, y: math.Pi, grad: []float64{nan, nan}, directional: []float64{}},
		{name: "atan2(-0,-0)", f: xy(T.Atan2), x: []float64{neg0, neg0}, y: -math.Pi, grad: []float64{nan, nan}, directional: []float64{}},
		{name: "atan2(1e200,1e200)", f: xy(T.Atan2), x: []float64{1e200, 1e200}, y: math.Pi / 4, grad: []float64{5e-201, -5e-201}},
		{name: "atan2(1e-200,1e-200)", f: xy(T.Atan2), x: []float64{1e-200, 1e-200}, y: math.Pi / 4, grad: []float64{5e199, -5e199}},
		on("atan2(sin,cos)", func(x T) T { s, c := x.Sincos(); return s.Atan2(c) }, 0.5, 0.5, 1, 0).then(o...),
		on("atan2(sin,cos) at 0", func(x T) T { s, c := x.Sincos(); return s.Atan2(c) }, 0, 0, 1, 0).then(o...),

		// Tails.
		on("tanh at 20", T.Tanh, 20, 1, 1.6993417021166356e-17, -3.3986834042332711e-17).then(6.7973668084665422e-17, -1.3594733616933084e-16, 2.7189467233866166e-16, -5.4378934467732324e-16),
		on("tanh at -20", T.Tanh, -20, -1, 1.6993417021166356e-17, 3.3986834042332711e-17).then(6.7973668084665422e-17, 1.3594733616933084e-16, 2.7189467233866166e-16, 5.4378934467732324e-16),
		on("tanh at 400", T.Tanh, 400, 1, 0, 0).then(o...),
		on("tanh at -400", T.Tanh, -400, -1, 0, 0).then(o...),
		on("expm1 at -40", T.Expm1, -40, -1, 4.248354255291589e-18, 4.248354255291589e-18).then(4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18),
		on("log1p near -1", T.Log1p, -1+0x1p-53, -36.736800569677101, 0x1p53, -0x1p106).then(0x1p160, -6*0x1p212, 24*0x1p265, -120*0x1p318),
		on("erfc at 10", T.Erfc, 10, 2.0884875837625448e-45, -4.1976562313544169e-44, 8.3953124627088338e-43).then(-1.6706671800790579e-41, 3.3077531103072805e-40, -6.5152661898098175e-39, 1.2765912130795053e-37),
		on("erfc at 26", T.Erfc, 26, 5.6631924088561428e-296, -2.9470349932662695e-294, 1.5324581964984602e-292).then(-7.9628885518054603e-291, 4.1345722141528455e-289, -2.1451998182283964e-287, 1.1121962477074438e-285),
		on("erfc at 25.3", T.Erfc, 25.3, 2.2930368608459018e-280, -1.1611815798116989e-278, 5.8755787938471964e-277).then(-2.970720506527058e-275, 1.5008343447851525e-273, -7.5763974615737096e-272, 3.821650440798016e-270),
		on("normal cdf at -36.7", T.NormCDF, -36.7, 3.651529302803417e-295, 1.341104749267097e-293, 4.921854429810246e-292).then(1.8049794709910935e-290, 6.6144309496776932e-289, 2.4220812201187403e-287, 8.8625803540370669e-286),
		on("softplus at 800", T.Softplus, 800, 800, 1, 0).then(o...),
		on("softplus at -800", T.Softplus, -800, 0, 0, 0).then(o...),
		on("softplus at -40", T.Softplus, -40, 4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18).then(4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18),
		on("logistic at -800", T.Logistic, -800, 0, 0, 0).then(o...),
		on("logistic at 800", T.Logistic, 800, 1, 0, 0).then(o...),
		on("logistic at 40", T.Logistic, 40, 1, 4.248354255291589e-18, -4.248354255291589e-18).then(4.248354255291589e-18, -4.248354255291589e-18, 4.248354255291589e-18, -4.248354255291589e-18),
		on("logistic at -40", T.Logistic, -40, 4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18).then(4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291588e-18),
		on("asinh at 1e200", T.Asinh, 1e200, 461.21016577936908, 1e-200, 0).then(o...),
		on("asinh at -1e200", T.Asinh, -1e200, -461.21016577936908, 1e-200, 0).then(o...),
		on("acosh at 1e200", T.Acosh, 1e200, 461.21016577936908, 1e-200, 0).then(o...),
		on("acosh at 1+1e-12", T.Acosh, 1.000000000001, 1.4142764231805424e-06, 707075.35217958559, -3.5350624917855642e+17).then(5.3021223759106007e+29, -1.3254127640110432e+42, 4.6385323058153903e+54, -2.0871539884119039e+67),
		on("atan at 1e160", T.Atan, 1e160, math.Pi/2, 1e-320, 0).then(o...),
		on("1/x at 1e200", T.Inv, 1e200, 1e-200, 0, 0).then(o...),
		on("1e200/y at 1e200", func(x T) T { return x.Const(1e200).Div(x) }, 1e200, 1, -1e-200, 0).then(o...),
		on("log of norm cdf at -40", T.LogNormCDF, -40, -804.60844201375379, 40.024968847207264, -0.99937733162140861).then(3.1017440396486248e-05, 2.3147700438918067e-06, 2.3004367877629597e-07, 2.854201104982973e-08),
		{name: "logsumexp(1e3,1e3)", f: dual.LogSumExp[T], x: []float64{1e3, 1e3}, y: 1000.6931471805599, grad: []float64{0.5, 0.5}, hess: []float64{0.25, -0.25, 0.25}},
		{name: "logsumexp(-1e3,-1e3)", f: dual.LogSumExp[T], x: []float64{-1e3, -1e3}, y: -999.3068528194400547, grad: []float64{0.5, 0.5}, hess: []float64{0.25, -0.25, 0.25}},
		{name: "logsumexp(1e3,-Inf)", f: dual.LogSumExp[T], x: []float64{1e3, -inf}, y: 1e3, grad: []float64{1, 0}},
		{name: "logsumexp(-1e3,1e3)", f: dual.LogSumExp[T], x: []float64{-1e3, 1e3}, y: 1e3, grad: []float64{0, 1}},
		{name: "logsumexp(-Inf,0)", f: dual.LogSumExp[T], x: []float64{-inf, 0}, y: 0, grad: []float64{0, 1}},
		{name: "logsumexp(-Inf,-Inf)", f: dual.LogSumExp[T], x: []float64{-inf, -inf}, y: -inf, grad: []float64{0, 0}},
		{name: "logsumexp(NaN,-Inf)", f: dual.LogSumExp[T], x: []float64{nan, -inf}, y: nan, grad: []float64{nan, nan}},
		{name: "logsumexp(Inf,Inf)", f: dual.LogSumExp[T], x: []float64{inf, inf}, y: inf, grad: []float64{0.5, 0.5}},
		{name: "logsumexp(Inf,0)", f: dual.LogSumExp[T], x: []float64{inf, 0}, y: inf, grad: []float64{1, 0}},

		// Removable singularities.
		on("sinc at 0", T.Sinc, 0, 1, 0, -1./3).then(0, 1./5, 0, -1./7),
		on("sinc at 1e-9", T.Sinc, 1e-9, 1, -1e-9/3, -1./3).then(1e-9/5, 1./5, -1e-9/7, -1./7),
		on("expm1(x)/x at 0", func(x T) T { return x.Expm1().Div(x) }, 0, nan, nan, nan).series(1, 1./2, 1./3, 1./4, 1./5, 1./6, 1./7).known(1, 1),
		on("expm1(x)/x at 1e-4", func(x T) T { return x.Expm1().Div(x) }, 1e-4, 1.0000500016667083, 0.50003333458336667, 0).first().within(1e-11),
		on("expm1(x)/x at 1e-9", func(x T) T { return x.Expm1().Div(x) }, 1e-9, 1.0000000005, 0.50000000033333333, 0).first().within(1e-6),
		on("log1p(x)/x at 0", func(x T) T { return x.Log1p().Div(x) }, 0, nan, nan, nan).series(1, -1./2, 2./3, -3./2, 24./5, -20, 720./7).known(1, 1),
		on("log1p(x)/x at 1e-4", func(x T) T { return x.Log1p().Div(x) }, 1e-4, 0.99995000333308335, -0.49993334083253342, 0).first().within(1e-11),
		on("log1p(x)/x at 1e-9", func(x T) T { return x.Log1p().Div(x) }, 1e-9, 0.9999999995, -0.49999999933333333, 0).first().within(1e-6),
		on("(1-cos x)/x² at 0", func(x T) T { return x.Cos().Neg().AddConst(1).Div(sqr(x)) }, 0, nan, 0, nan).first().series(1./2, 0, -1./12, 0, 1./30, 0, -1./56).known(2, 2),
		on("sin(x)/x at 0", func(x T) T { return x.Sin().Div(x) }, 0, nan, nan, nan).series(1, 0, -1./3, 0, 1./5, 0, -1./7).known(1, 1),
		on("sin(x)/x at 1e-4", func(x T) T { return x.Sin().Div(x) }, 1e-4, 0.99999999833333333, -3.3333333300000002e-05, 0).first().within(1e-6),

		// Products with zeros.
		{name: "xyz at (2,0,3)", f: func(x []T) T { return x[0].Mul(x[1]).Mul(x[2]) }, x: []float64{2, 0, 3}, y: 0, grad: []float64{0, 6, 0}, hess: []float64{0, 3, 0, 0, 2, 0}},
		{name: "xyz at (0,0,3)", f: func(x []T) T { return x[0].Mul(x[1]).Mul(x[2]) }, x: []float64{0, 0, 3}, y: 0, grad: []float64{0, 0, 0}, hess: []float64{0, 3, 0, 0, 0, 0}},
		{name: "det of a singular matrix", f: func(x []T) T { return x[0].Mul(x[3]).Sub(x[1].Mul(x[2])) }, x: []float64{1, 2, 2, 4}, y: 0, grad: []float64{4, -2, -2, 1}},
		{name: "eigenvalue of a double one", f: func(x []T) T { return x[0].Add(x[2]).Scale(0.5).Add(x[0].Sub(x[2]).Scale(0.5).Hypot(x[1])) }, x: []float64{1, 0, 1}, y: 1, grad: []float64{0.5, 0, 0.5}, directional: []float64{}},
		{name: "x·log y at (0,1) by azmul", f: xy(func(x, y T) T { return x.AZMul(y.Log()) }), x: []float64{0, 1}, y: 0, grad: []float64{0, 0}, hess: []float64{0, 1, 0}},
		on("p·log p at 0 by azmul", func(x T) T { return x.AZMul(x.Log()) }, 0, 0, -inf, 0).first().series(0, -inf, inf, -inf, inf, -inf, inf),
		{name: "log(x)·c + y at 0", f: xy(func(x, y T) T { return x.Log().Mul(x.Const(2)).Add(y) }), x: []float64{0, 1}, y: -inf, grad: []float64{inf, 1}, product: true},
		{name: "c(Inf)·x + y", f: xy(func(x, y T) T { return x.Const(inf).Mul(x).Add(y) }), x: []float64{2, 1}, y: inf, grad: []float64{inf, 1}, product: true},
		on("exp(-1/x²) at 0", func(x T) T { return sqr(x).Inv().Neg().Exp() }, 0, 0, 0, 0).first().poly(0),

		// What is left to directional modes: roots and powers of something flat.
		toward("√(x²+2x³)", func(x T) T { return sqr(x).Add(x.PowInt(3).Scale(2)).Sqrt() }, 0, 0, 1, 2, -3, 12, -75, 630).known(2, 1),
		toward("√(x⁴+2x⁵)", func(x T) T { return x.PowInt(4).Add(x.PowInt(5).Scale(2)).Sqrt() }, 0, 0, 0, 2, 6, -12, 60, -450).known(4, 2),
		toward("√(x³)", func(x T) T { return x.PowInt(3).Sqrt() }, 0, 0, 0, inf, -inf, inf, -inf, inf).known(3, 0),
		toward("√c(0)+x", func(x T) T { return x.Const(0).Sqrt().Add(x) }, 0).poly(0, 1),
		toward("√(c(0)+x)", func(x T) T { return x.Const(0).Add(x).Sqrt() }, 0, 0, inf, -inf, inf, -inf, inf, -inf),
		toward("cbrt(x³)", func(x T) T { return x.PowInt(3).Cbrt() }, 0).poly(0, 1).known(3, 2),
		toward("cbrt(-x³)", func(x T) T { return x.PowInt(3).Neg().Cbrt() }, 0).poly(0, -1).known(3, 2),
		toward("cbrt(x²)", func(x T) T { return sqr(x).Cbrt() }, 0, 0, inf, -inf, inf, -inf, inf, -inf).known(2, 0),
		toward("(x²)^0.5", func(x T) T { return sqr(x).PowReal(0.5) }, 0).poly(0, 1).known(2, 1),
		toward("(x²)^c(½)", func(x T) T { return sqr(x).Pow(x.Const(0.5)) }, 0).poly(0, 1).known(2, 1),
		toward("(x²)^0.75", func(x T) T { return sqr(x).PowReal(0.75) }, 0, 0, 0, inf, -inf, inf, -inf, inf).known(2, 0),
		toward("(x²)^1.5", func(x T) T { return sqr(x).PowReal(1.5) }, 0).poly(0, 0, 0, 6).known(2, 0),
		toward("(x²)^2.0", func(x T) T { return sqr(x).PowReal(2) }, 0).poly(0, 0, 0, 0, 24),
		toward("x^2.5", pow(2.5), 0, 0, 0, 0, inf, -inf, inf, -inf),
		toward("1/x²", func(x T) T { return sqr(x).Inv() }, 0, inf, -inf, inf, -inf, inf, -inf, inf).known(2, 0),
		toward("1/x³", func(x T) T { return x.PowInt(3).Inv() }, 0, inf, -inf, inf, -inf, inf, -inf, inf).known(3, 0),
		toward("log(x²)", func(x T) T { return sqr(x).Log() }, 0, -inf, inf, -inf, inf, -inf, inf, -inf).known(2, 0),

		// Both operands vanish.
		toward("hypot(3x,4x)", func(x T) T { return x.Scale(3).Hypot(x.Scale(4)) }, 0).poly(0, 5),
		toward("hypot(x,x²)", func(x T) T { return x.Hypot(sqr(x)) }, 0, 0, 1, 0, 3, 0, -15, 0),
		toward("hypot(c(0),x²)", func(x T) T { return x.Const(0).Hypot(sqr(x)) }, 0).poly(0, 0, 2),
		toward("norm(3x,4x)", func(x T) T { return dual.Norm([]T{x.Scale(3), x.Scale(4)}) }, 0).poly(0, 5),
		toward("norm(x,-2x,2x)", func(x T) T { return dual.Norm([]T{x, x.Scale(-2), x.Scale(2)}) }, 0).poly(0, 3),
		toward("x/hypot(x,0)", func(x T) T { return x.Div(x.Hypot(x.Const(0))) }, 0).poly(1).known(1, 1),
		toward("atan2(x,0)", func(x T) T { return x.Atan2(x.Const(0)) }, 0).poly(0).known(1, 1),
		toward("atan2(x,x)", func(x T) T { return x.Atan2(x) }, 0).poly(0).known(1, 1),
		toward("atan2(x²,x)", func(x T) T { return sqr(x).Atan2(x) }, 0, 0, 1, 0, -2, 0, 24, 0).known(1, 1),
		toward("x²/x", func(x T) T { return sqr(x).Div(x) }, 0).poly(0, 1).known(2, 1),
		toward("x/x", func(x T) T { return x.Div(x) }, 0).poly(1).known(1, 1),
		toward("x/x²", func(x T) T { return x.Div(sqr(x)) }, 0, inf, -inf, inf, -inf, inf, -inf, inf).known(2, 0),
		toward("x³/x²", func(x T) T { return x.PowInt(3).Div(sqr(x)) }, 0).poly(0, 1).known(3, 2),
		toward("tan(x)/x", func(x T) T { return x.Tan().Div(x) }, 0, 1, 0, 2./3, 0, 16./5, 0, 272./7).known(1, 1),
		toward("sinh(x)/sin(x)", func(x T) T { return x.Sinh().Div(x.Sin()) }, 0, 1, 0, 2./3, 0, 4./3, 0, 104./21).known(1, 1),
		toward("x/expm1(x)", func(x T) T { return x.Div(x.Expm1()) }, 0, 1, -1./2, 1./6, 0, -1./30, 0, 1./42).known(1, 1),

		// Inverse functions on the boundary of their domain.
		toward("asin(1-x²)", func(x T) T { return sqr(x).Neg().AddConst(1).Asin() }, 0,
			math.Pi/2, -math.Sqrt2, 0, -math.Sqrt2/2, 0, -9*math.Sqrt2/4, 0).known(2, 1),
		toward("acos(1-x²)", func(x T) T { return sqr(x).Neg().AddConst(1).Acos() }, 0,
			0, math.Sqrt2, 0, math.Sqrt2/2, 0, 9*math.Sqrt2/4, 0).known(2, 1),
		toward("acosh(1+x²)", func(x T) T { return sqr(x).AddConst(1).Acosh() }, 0,
			0, math.Sqrt2, 0, -math.Sqrt2/2, 0, 9*math.Sqrt2/4, 0).known(2, 1),

		// Kinks of curves.
		toward("|x|^3.0", func(x T) T { return x.Abs().PowReal(3) }, 0).poly(0, 0, 0, 6),
		toward("|x²-x³|", func(x T) T { return sqr(x).Sub(x.PowInt(3)).Abs() }, 0).poly(0, 0, 2, -6),
		toward("|-x³|", func(x T) T { return x.PowInt(3).Neg().Abs() }, 0).poly(0, 0, 0, 6),
		toward("relu(-x)", func(x T) T { return relu(x.Neg()) }, 0).poly(0),
		toward("relu(-x³)", func(x T) T { return relu(x.PowInt(3).Neg()) }, 0).poly(0),
		toward("max(x,x²)", func(x T) T { return x.Max(sqr(x)) }, 0).poly(0, 1),
		toward("min(x,x²)", func(x T) T { return x.Min(sqr(x)) }, 0).poly(0, 0, 2),
		toward("max(sin x,x)", func(x T) T { return x.Sin().Max(x) }, 0).poly(0, 1),
		toward("min(x,sin x)", func(x T) T { return x.Min(x.Sin()) }, 0, 0, 1, 0, -1, 0, 1, 0),
		toward("clamp(-1+x²)", func(x T) T { return sqr(x).AddConst(-1).Clamp(-1, 1) }, 0).poly(-1, 0, 2),
		toward("clamp(1-x²)", func(x T) T { return sqr(x).Neg().AddConst(1).Clamp(-1, 1) }, 0).poly(1, 0, -2),
		toward("max(max(x,0),-x)", func(x T) T { return x.Max(x.Const(0)).Max(x.Neg()) }, 0).poly(0, 1),

		// Functions that do not look at their argument.
		on("constant", func(x T) T { return x.Const(7) }, 3, 7, 0, 0).then(o...),
		on("constant at NaN", func(x T) T { return x.Const(7) }, nan, 7, 0, 0).then(o...),
		on("x - x", func(x T) T { return x.Sub(x) }, 3, 0, 0, 0).then(o...),
	}
	return list
}

// edgeTol is the relative error allowed in the contract, an absolute one where
// the truth is 0.
const edgeTol = 1e-14

// Edges checks the contract at singular points: values, gradients and, where
// the mode has them, second derivatives. Directional modes are checked to order
// 6.
func Edges[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	for _, e := range edges[T]() {
		if m.Directional {
			checkSeries(t, m, e)
			if e.directional != nil {
				continue
			}
		}
		if !e.only {
			checkGradient(t, m, e)
		}
	}
}

// checkSeries checks the derivatives of a function of one variable in the
// direction t → 0+.
func checkSeries[T dual.Real[T]](t *testing.T, m Mode[T], e edge[T]) {
	t.Helper()
	if len(e.x) != 1 || m.Order < e.need {
		return
	}
	want := e.directional
	if want == nil {
		want = append([]float64{e.y}, e.grad...)
		want = append(want, e.hess...)
	}
	got := m.Derivatives(func(x T) T { return e.f([]T{x}) }, e.x[0])
	tol := e.tolerance()
	for k := 0; k < len(want) && k <= m.Order; k++ {
		w, tol := want[k], tol
		if k > m.Order-e.loss || e.exact && m.Fixed && k == m.Order {
			w = math.NaN() // unknown
		}
		// Modes compute Taylor coefficients, so that errors of zeros are
		// multiplied by k!.
		for i := 2; i <= k && w == 0; i++ {
			tol *= float64(i)
		}
		if err := relErr(got[k], w); !(err <= tol) {
			t.Errorf("%s: %s: derivative %d = %.17g, want %.17g", m.Name, e.name, k, got[k], w)
		}
	}
}

func (e edge[T]) tolerance() float64 {
	if e.tol > 0 {
		return e.tol
	}
	return edgeTol
}

// checkGradient checks the value, the gradient and, where the mode has it, the
// Hessian.
func checkGradient[T dual.Real[T]](t *testing.T, m Mode[T], e edge[T]) {
	t.Helper()
	tol := e.tolerance()
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
		return
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
