package cases

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
	"github.com/dualjet/dualjet/numpy/special"
)

func init() { groups = append(groups, edgesOfReductions, edgesOfValues) }

// edgesOfReductions returns the cases of reductions of too few elements, and of
// numbers that are not finite.
func edgesOfReductions() []Case {
	type A = np.Array
	var all []Case
	for _, v := range [][]float64{{inf, 1, 2}, {-inf, inf, 0}, {1, nan, inf}} {
		x := np.FromSlice(v)
		all = append(all,
			Case{Op: "Std", Py: "np.std(x0)", In: []A{x}, F: one(func(x A) A { return np.Std(x) }), Kink: true},
			Case{Op: "linalg.Norm", Py: "la.norm(x0)", In: []A{x}, F: one(func(x A) A { return linalg.Norm(x) }), Kink: true})
	}
	empty := np.Zeros(0, 3)
	return append(all,
		Case{Op: "Quantile", Py: "np.quantile(x0, 0.3, axis=1)", In: []A{empty}, Kink: true,
			F: one(func(x A) A { return np.Quantile(x, 0.3, np.QuantileLinear, np.Axis(1)) })},
		Case{Op: "Median", Py: "np.median(x0, axis=1, keepdims=True)", In: []A{empty}, Kink: true,
			F: one(func(x A) A { return np.Median(x, np.Axis(1), np.KeepDims) })},
		Case{Op: "Quantiles", Py: "np.quantile(x0, [0.3, 0.5], axis=1)", In: []A{empty}, Kink: true,
			F: one(func(x A) A { return np.Quantiles(x, []float64{0.3, 0.5}, np.QuantileLinear, np.Axis(1)) })})
}

// edgesOfValues returns the cases of numbers at the ends of their range, of
// scalars and of empty arrays.
func edgesOfValues() []Case {
	type A = np.Array
	signs, far := np.FromSlice([]float64{-1.5, 2}), np.FromSlice([]float64{-inf, -2, inf})
	tiny := np.FromSlice([]float64{5e-324, 1e-310})
	corners := np.FromComplex([]complex128{0, complex(inf, 1), 1i})
	scalar := func(op, py string, f func(A) A) Case {
		return Case{Op: op, Py: py, In: []A{np.Scalar(0.75)}, F: one(f), NoJac: true, Flat: op == "special.GammaSgn"}
	}
	edge := func(op, py string, f func(A) A, x A) Case {
		return Case{Op: op, Py: py, In: []A{x}, F: one(f), Kink: true}
	}
	short, other := normal(1, 1), complexes(2, 3)
	return []Case{
		edge("Angle", "np.angle(x0)", np.Angle, signs),
		edge("Angle", "np.angle(x0)", np.Angle, far),
		edge("Imag", "np.imag(x0)", np.Imag, far),
		edge("Log10", "np.log10(x0)", np.Log10, tiny),
		edge("Log2", "np.log2(x0)", np.Log2, corners),
		edge("special.I0e", "ss.i0e(x0)", special.I0e, tiny),
		scalar("special.Erfcinv", "ss.erfcinv(x0)", special.Erfcinv),
		scalar("special.GammaSgn", "ss.gammasgn(x0)", special.GammaSgn),
		scalar("special.Logit", "ss.logit(x0)", special.Logit),
		scalar("special.Ndtri", "ss.ndtri(x0)", special.Ndtri),
		edge("Resize", "np.resize(x0, (2,))", func(x A) A { return np.Resize(x, 2) }, np.AsComplex(np.Zeros(0))),
		edge("Cov", "np.cov(x0)", func(x A) A { return np.Cov(x) }, np.Zeros(0)),
		edge("Pad", "np.pad(x0, ((0, 0), (1, 2)), mode='edge')", func(x A) A { return np.Pad(x, [][2]int{{0, 0}, {1, 2}}, np.PadEdge) }, np.Zeros(0, 3)),
		{Op: "RollAxis", Py: "np.rollaxis(x0, 2, -2)", In: []A{normal(1, 2, 3, 4)}, F: func(x []A) A { return np.RollAxis(x[0], 2, -2) }},
		{Op: "PolyDiv", Py: "np.polydiv(x0, x1)[0]", In: []A{short, other}, F: two(func(u, v A) A { q, _ := np.PolyDiv(u, v); return q }), NoJac: true, Flat: true},
		{Op: "PolyDiv", Py: "np.polydiv(x0, x1)[1]", In: []A{short, other}, F: two(func(u, v A) A { _, r := np.PolyDiv(u, v); return r }), NoJac: true},
	}
}
