package cases

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, statistics, polynomials, samples) }

// statistics returns the cases of covariances and counts.
func statistics() []Case {
	cov := func(opts ...np.ReduceOption) func([]np.Array) np.Array {
		return one(func(x np.Array) np.Array { return np.Cov(x, opts...) })
	}
	// Coefficients of correlation do not change where variables grow in proportion.
	curved := one(func(x np.Array) np.Array { return np.CorrCoef(np.Exp(x)) })
	ties := np.FromSlice([]float64{2, 1, 2, -1, 1})
	bins := np.FromSlice([]float64{0, 3, 3, 1})
	unique := func(i int) func([]np.Array) np.Array {
		return one(func(x np.Array) np.Array {
			values, index, inverse, counts := np.UniqueAll(x)
			return []np.Array{values, index, inverse, counts}[i]
		})
	}
	all := []Case{
		{Op: "Cov", Py: "np.cov(x0)", F: cov(), In: []np.Array{normal(1, 3, 5)}},
		{Op: "Cov", Py: "np.cov(x0)", F: cov(), In: []np.Array{normal(1, 5)}},
		{Op: "Cov", Py: "np.cov(x0)", F: cov(), In: []np.Array{complexes(1, 2, 4)}, NoJac: true},
		{Op: "Cov", Py: "np.cov(x0, ddof=0)", F: cov(np.DDof(0)), In: []np.Array{normal(2, 2, 4)}},
		{Op: "CorrCoef", Py: "np.corrcoef(np.exp(x0))", F: curved, In: []np.Array{normal(1, 3, 5)}},
		{Op: "CorrCoef", Py: "np.corrcoef(x0)", F: one(np.CorrCoef), In: []np.Array{normal(1, 4)}, NoJac: true},
		{Op: "CorrCoef", Py: "np.corrcoef(np.exp(x0))", F: curved, In: []np.Array{complexes(1, 2, 4)}, NoJac: true},
		{Op: "BinCount", Py: "np.bincount(x0.astype(int), weights=x1, minlength=6)", In: []np.Array{bins, normal(1, 4)}, Const: []int{0}, NoJac: true,
			F: two(func(x, w np.Array) np.Array { return np.BinCount(x, w, 6) })},
		{Op: "BinCount", Py: "np.bincount(x0.astype(int))", In: []np.Array{bins}, Flat: true,
			F: one(func(x np.Array) np.Array { return np.BinCount(x.Detach(), np.Scalar(1), 0) })},
		{Op: "UniqueAll", Py: "np.unique(x0)", F: unique(0), In: []np.Array{ties}, Kink: true},
	}
	for i, py := range []string{"index", "inverse", "counts"} {
		all = append(all, Case{Op: "UniqueAll", Py: "np.unique(x0, return_" + py + "=True)[1]", F: unique(i + 1), In: []np.Array{ties}, Flat: true})
	}
	return all
}

// polynomials returns the cases of polynomials by their coefficients.
func polynomials() []Case {
	p, q := normal(1, 4), normal(2, 2)
	all := []Case{
		{Op: "PolyAdd", Py: "np.polyadd(x0, x1)", F: two(np.PolyAdd), In: []np.Array{p, q}},
		{Op: "PolyAdd", Py: "np.polyadd(x0, x1)", F: two(np.PolyAdd), In: []np.Array{q, complexes(1, 3)}},
		{Op: "PolySub", Py: "np.polysub(x0, x1)", F: two(np.PolySub), In: []np.Array{q, p}},
		{Op: "PolyMul", Py: "np.polymul(x0, x1)", F: two(np.PolyMul), In: []np.Array{p, q}},
	}
	for m := range 4 {
		all = append(all,
			Case{Op: "PolyDer", Py: fmt.Sprintf("np.polyder(x0, %d)", m), F: one(func(p np.Array) np.Array { return np.PolyDer(p, m) }), In: []np.Array{p}},
			Case{Op: "PolyInt", Py: fmt.Sprintf("np.polyint(x0, %d)", m), F: one(func(p np.Array) np.Array { return np.PolyInt(p, m) }), In: []np.Array{p}})
	}
	all = append(all,
		Case{Op: "PolyDer", Py: "np.polyder(x0, 5)", F: one(func(p np.Array) np.Array { return np.PolyDer(p, 5) }), In: []np.Array{p}, NoJac: true},
		Case{Op: "TrimZeros", Py: "np.trim_zeros(x0)", F: one(np.TrimZeros), In: []np.Array{np.FromSlice([]float64{0, 0, 1, 0, 2, 0})}, Kink: true})
	all = append(all, simple("Resize", "np.resize(x0, (2, 4))", func(x np.Array) np.Array { return np.Resize(x, 2, 4) }, normal(1, 3), normal(1, 3, 4))...)
	return append(all, Case{Op: "EmptyLike", Py: "np.zeros_like(x0)", F: one(np.EmptyLike), In: []np.Array{normal(1, 2)}, Flat: true})
}

// samples returns the cases of functions by their samples.
func samples() []Case {
	xp, fp := np.FromSlice([]float64{-1, 0, 0.5, 1, 2}), normal(2, 5)
	at := np.FromSlice([]float64{-2, -0.25, 0.75, 3})
	all := []Case{
		{Op: "Interp", Py: "np.interp(x0, x1, x2)", In: []np.Array{np.FromSlice([]float64{-1, 0, 0.5, 0.75, 2}), xp, fp}, Kink: true,
			F: func(x []np.Array) np.Array { return np.Interp(x[0], x[1], x[2]) }, Note: "at a point the mean of both sides"},
		{Op: "InterpEnds", Py: "np.interp(x0, x1, x2, left=5, right=-5)", In: []np.Array{at, xp, fp},
			F: func(x []np.Array) np.Array { return np.InterpEnds(x[0], x[1], x[2], np.Scalar(5), np.Scalar(-5)) }},
	}
	for axis := range 2 {
		all = append(all, Case{Op: "GradientAt", Py: fmt.Sprintf("np.gradient(x0, x1, axis=%d)", axis), In: []np.Array{normal(1, 4, 4), np.FromSlice([]float64{-1, 0.5, 1, 3})}, NoJac: true,
			F: two(func(y, x np.Array) np.Array { return np.GradientAt(y, x, axis) })})
	}
	return append(all, Case{Op: "GradientAt", Py: "np.gradient(x0, x1)", In: []np.Array{normal(1, 2), np.FromSlice([]float64{1, 1.5})}, NoJac: true,
		F: two(func(y, x np.Array) np.Array { return np.GradientAt(y, x, 0) })})
}
