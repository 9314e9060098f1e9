package cases

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
)

func init() { groups = append(groups, edgesOfReductions) }

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
			F: one(func(x A) A { return np.Quantile(x, 0.3, np.LinearMethod, np.Axis(1)) })},
		Case{Op: "Median", Py: "np.median(x0, axis=1, keepdims=True)", In: []A{empty}, Kink: true,
			F: one(func(x A) A { return np.Median(x, np.Axis(1), np.KeepDims) })},
		Case{Op: "Quantiles", Py: "np.quantile(x0, [0.3, 0.5], axis=1)", In: []A{empty}, Kink: true,
			F: one(func(x A) A { return np.Quantiles(x, []float64{0.3, 0.5}, np.LinearMethod, np.Axis(1)) })})
}
