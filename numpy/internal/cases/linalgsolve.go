package cases

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

func init() { groups = append(groups, equations, leastSquares) }

// equations returns the cases of further equations with matrices.
func equations() []Case {
	var all []Case
	add := func(op, py string, f func([]np.Array) np.Array, in ...np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: f, In: in, Tol: 1e-11})
		return &all[len(all)-1]
	}
	for _, a := range []np.Array{normal(1, 3, 3), normal(2, 2, 2, 2), complexes(1, 2, 2)} {
		n := a.Shape()[a.NDim()-1]
		b := normal(3, n, 2)
		add("Factor", "la.inv(x0)", one(func(a np.Array) np.Array { return linalg.Factor(a).Inv() }), a)
		add("Factor", "np.exp(la.det(x0))", one(func(a np.Array) np.Array { return np.Exp(linalg.Factor(a).Det()) }), a)
		add("Factor", "la.slogdet(x0)[1]", one(func(a np.Array) np.Array { _, l := linalg.Factor(a).SlogDet(); return l }), a)
		for _, o := range []struct {
			py  string
			opt []linalg.Option
		}{
			{"x0", nil},
			{"np.swapaxes(x0, -1, -2)", []linalg.Option{linalg.Trans}},
			{"np.conj(np.swapaxes(x0, -1, -2))", []linalg.Option{linalg.ConjTrans}},
		} {
			add("Factor", fmt.Sprintf("la.solve(%s, x1)", o.py), two(func(a, b np.Array) np.Array { return linalg.Factor(a).Solve(b, o.opt...) }), a, b)
		}
	}
	// Eigenvalues far from the axis and the circle on which the equations fail.
	for _, x := range []struct{ a, q np.Array }{
		{normal(1, 1, 1), normal(2, 1, 1)},
		{normal(3, 3, 3), normal(4, 3, 3)},
		{complexes(1, 2, 2), normal(5, 2, 2)},
		{complexes(6, 3, 3), complexes(2, 3, 3)},
		{normal(7, 2, 2, 2), normal(8, 2, 2)},
		{normal(9, 2, 2), complexes(10, 2, 2)},
	} {
		py := func(s string) string {
			// SciPy is wrong for a real matrix and a complex right side.
			if x.a.NDim() > 2 || x.q.IsComplex() && !x.a.IsComplex() {
				return ""
			}
			return s
		}
		n := x.a.Shape()[x.a.NDim()-1]
		add("SolveLyapunov", py("sla.solve_continuous_lyapunov(x0, x1)"), two(linalg.SolveLyapunov), np.Sub(x.a, np.Eye(n, n, 0).Scale(4)), x.q)
		add("SolveDiscreteLyapunov", py("sla.solve_discrete_lyapunov(x0, x1)"), two(linalg.SolveDiscreteLyapunov), x.a.Scale(0.25), x.q)
	}
	for _, x := range []struct{ ab, b np.Array }{
		{positive(1, 2, 3, 4), normal(2, 4)},
		{complexes(3, 3, 3), normal(4, 2, 3, 2)},
		{normal(5, 2, 1, 3, 2), complexes(6, 2, 2, 1)},
	} {
		add("SolveBanded", "", two(func(ab, b np.Array) np.Array { return linalg.SolveBanded(1, 1, ab, b) }), x.ab, x.b)
	}
	for _, x := range []struct{ c, r, b np.Array }{
		{positive(1, 1), normal(2, 1), normal(3, 1)},
		{normal(4, 4), normal(5, 4), normal(6, 4)},
		{complexes(1, 3), normal(7, 3), normal(8, 3, 2)},
		{np.FromSlice([]float64{0, 2, 1}), np.FromSlice([]float64{0, 1, -1}), complexes(2, 3, 1)},
		{normal(9, 2, 3), normal(10, 3), normal(11, 3, 2)},
	} {
		py := "sla.solve_toeplitz((x0, x1), x2)"
		if x.c.NDim() > 1 || x.c.At(0).Complex128s()[0] == 0 {
			py = "" // SciPy fails at a leading 0
		}
		add("SolveToeplitz", py, func(x []np.Array) np.Array { return linalg.SolveToeplitz(x[0], x[1], x[2]) }, x.c, x.r, x.b).NoJac = true
	}
	dot := func(x []np.Array) np.Array { return linalg.MultiDot(x...) }
	add("MultiDot", "x0 @ x1 @ x2", dot, normal(1, 2, 2, 3), normal(2, 3, 2), normal(3, 2, 1, 2, 1))
	add("MultiDot", "x0 @ x1 @ x2", dot, normal(4, 2), normal(5, 3, 2, 2), complexes(6, 2))
	for _, x := range []np.Array{normal(1, 2, 3), complexes(1, 3, 2)} {
		add("MatrixTranspose", "np.swapaxes(x0, -1, -2)", one(linalg.MatrixTranspose), x)
		add("VecDot", "np.sum(np.conj(x0) * x1, axis=-1)", two(func(x, y np.Array) np.Array { return linalg.VecDot(x, y, -1) }), x, normal(2, x.Shape()[1]))
		add("VecDot", "np.sum(np.conj(x0) * x1, axis=0)", two(func(x, y np.Array) np.Array { return linalg.VecDot(x, y, 0) }), x, complexes(3, x.Shape()...))
	}
	return all
}

// leastSquares returns the cases of least squares and polynomials fitted by
// them.
func leastSquares() []Case {
	var all []Case
	add := func(op, py string, f func([]np.Array) np.Array, in ...np.Array) *Case {
		all = append(all, Case{Op: "linalg." + op, Py: py, F: f, In: in, Tol: 1e-11})
		return &all[len(all)-1]
	}
	for _, x := range []struct {
		a, b      np.Array
		deficient bool
	}{
		{a: normal(1, 4, 2), b: normal(2, 4, 3)},
		{a: normal(3, 4, 2), b: normal(4, 4)},
		{a: complexes(3, 3, 2), b: complexes(4, 3, 1)},
		{a: normal(5, 2, 3), b: normal(6, 2)},
		{a: np.FromSlice([]float64{1, 2, 2, 4, 3, 6}, 3, 2), b: normal(7, 3), deficient: true},
		{a: normal(8, 2, 3, 2), b: normal(9, 3)},
	} {
		py := func(s string) string {
			if x.a.NDim() > 2 {
				return ""
			}
			return s
		}
		first := len(all)
		result := func(f func(linalg.LeastSquares) np.Array) func([]np.Array) np.Array {
			return two(func(a, b np.Array) np.Array { return f(linalg.LstSqAll(a, b, -1)) })
		}
		add("LstSqAll", py("la.lstsq(x0, x1)[0]"), result(func(r linalg.LeastSquares) np.Array { return r.X }), x.a, x.b)
		if m, n := x.a.Shape()[x.a.NDim()-2], x.a.Shape()[x.a.NDim()-1]; m > n { // otherwise they are 0
			add("LstSqAll", py("np.sum(np.abs(x0 @ la.lstsq(x0, x1)[0] - x1)**2, axis=0)"), result(func(r linalg.LeastSquares) np.Array { return r.Residuals }), x.a, x.b)
		}
		add("LstSqAll", py("la.lstsq(x0, x1)[3]"), result(func(r linalg.LeastSquares) np.Array { return r.S }), x.a, x.b)
		add("LstSqAll", py("np.array(la.lstsq(x0, x1)[2])"), result(func(r linalg.LeastSquares) np.Array { return r.Rank }), x.a, x.b)
		for i := first; x.deficient && i < len(all); i++ {
			all[i].Kink, all[i].NoJac, all[i].Note = true, true, "derivatives are those at the same rank"
		}
		all[len(all)-1].Flat = true
	}
	// The rank stays what it is along products with a fixed matrix.
	add("LstSq", "", two(func(a, b np.Array) np.Array {
		return linalg.LstSq(np.MatMul(a, np.FromSlice([]float64{1, 2}, 1, 2)), b, -1)
	}), normal(1, 3, 1), normal(2, 3)).Note = "derivatives are those at the same rank"

	points := np.FromSlice([]float64{-1, 0.5, 2, 2.5, 4})
	for degree := range 4 {
		add("Polyfit", fmt.Sprintf("np.exp(np.polyfit(x0, x1, %d))", degree), two(func(x, y np.Array) np.Array { return np.Exp(linalg.Polyfit(x, y, degree)) }), points, normal(1, 5))
	}
	add("Polyfit", "np.polyfit(x0, x1, 2)", two(func(x, y np.Array) np.Array { return linalg.Polyfit(x, y, 2) }), points, normal(2, 5, 2))
	add("Polyfit", "np.polyfit(x0, x1, 3)", two(func(x, y np.Array) np.Array { return linalg.Polyfit(x, y, 3) }), points.Index(np.Span(1, 4)), normal(1, 3)).Note = "with too few points the scaled powers get the least norm"
	weighted := func(x []np.Array) np.Array { return linalg.Polyfit(x[0], x[1], 1, linalg.Weights(x[2])) }
	add("Polyfit", "np.polyfit(x0, x1, 1, w=x2)", weighted, points, normal(3, 5), positive(4, 5))
	add("Polyfit", "np.polyfit(x0, x1, 1, w=x2)", weighted, points, normal(5, 5, 2), positive(6, 5))
	add("Polyfit", "np.polyfit(x0, x1, 3, rcond=0.1)", two(func(x, y np.Array) np.Array { return linalg.Polyfit(x, y, 3, linalg.RCond(0.1)) }), points, normal(7, 5)).Kink = true
	cov := func(x []np.Array) np.Array { _, c := linalg.PolyfitCov(x[0], x[1], 1, linalg.Weights(x[2])); return c }
	add("PolyfitCov", "np.polyfit(x0, x1, 1, w=x2, cov=True)[1]", cov, points, normal(3, 5), positive(4, 5))
	add("PolyfitCov", "np.polyfit(x0, x1, 1, w=x2, cov=True)[1]", cov, points, normal(5, 5, 2), positive(6, 5))
	add("PolyfitCov", "np.polyfit(x0, x1, 2, cov='unscaled')[1]", two(func(x, y np.Array) np.Array {
		_, c := linalg.PolyfitCov(x, y, 2, linalg.Unscaled)
		return c
	}), points, normal(3, 5)).NoJac = true
	add("PolyfitCov", "np.polyfit(x0, x1, 2, cov=True)[0]", two(func(x, y np.Array) np.Array { c, _ := linalg.PolyfitCov(x, y, 2); return c }), points, normal(3, 5))
	return all
}
