package cases

import (
	"slices"

	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, twins, complexTests) }

// complexToo are operations that move numbers about or add and multiply them:
// their cases hold for complex numbers as they stand.
var complexToo = []string{
	"AddAt", "ApplyAlongAxis", "ApplyOverAxes", "ArraySplit", "AtLeast1D", "AtLeast2D", "AtLeast3D", "AverageOf",
	"BroadcastArrays", "BroadcastTo", "Choose", "ColumnStack", "Compress", "DSplit", "DStack", "Delete", "Diag", "DiagFlat",
	"DiffEnds", "Divide", "EDiff1D", "ExpandDims", "Extract", "FlipLR", "FlipUD", "FromFunction", "Gradient", "GradientAt", "HSplit", "HStack",
	"Insert", "MGrid", "MakeDiagonal", "Meshgrid", "MoveAxis", "MSort", "Multiply", "NanMean",
	"NanProd", "NanStd", "NanSum", "NanVar", "OGrid", "PolyDer", "PolyInt", "PolyMul", "PolySub", "PutAlongAxis", "Ravel", "Repeat",
	"RepeatEach", "Resize", "RollAxis", "RollFlat", "Rot90", "RowStack", "Select", "Split", "SplitAt", "Squeeze", "Stack",
	"Subtract", "SwapAxes", "Take", "TakeAlongAxis", "TensorDot", "TensorDotAxes", "Tile", "Tril", "TrueDivide", "TrimZeros",
	"UniqueAll", "VSplit", "VStack", "Vander",
}

// twins returns up to two cases of these with complex operands.
func twins() []Case {
	var all []Case
	count := map[string]int{}
	for _, group := range []func() []Case{shapes, joins, indices, makers, arrangements, grids, statistics, polynomials, samples, reductions, cumulative, order,
		calculus, histograms, covariances, elementwise, products, pairs, choices} {
		for _, c := range group() {
			if c.Py == "" || c.Flat || !slices.Contains(complexToo, c.Op) || slices.ContainsFunc(c.In, np.Array.IsComplex) || count[c.Op] == 2 {
				continue
			}
			count[c.Op]++
			in := slices.Clone(c.In)
			for i, x := range in {
				if !slices.Contains(c.Const, i) {
					in[i] = np.Complex(x, np.Flip(x).Scale(-0.5))
				}
			}
			c.In = in
			c.NoJac = c.NoJac || c.Op == "NanStd" || c.Op == "MSort"
			all = append(all, c)
		}
	}
	return all
}

// complexTests returns the cases of tests of complex numbers.
func complexTests() []Case {
	type A = np.Array
	z := np.FromComplex([]complex128{0, complex(inf, 1), complex(1, nan), 1i, 2, complex(nan, -inf)}, 2, 3)
	w := np.FromComplex([]complex128{0, 1i, 2 + 1e-9i})
	var all []Case
	for _, t := range []struct {
		name, py string
		f        func(A) A
	}{
		{"IsFinite", "np.isfinite(x0)", np.IsFinite}, {"IsInf", "np.isinf(x0)", np.IsInf}, {"IsReal", "np.isreal(x0)", np.IsReal},
		{"IsComplex", "np.iscomplex(x0)", np.IsComplex}, {"LogicalNot", "np.logical_not(x0)", np.LogicalNot},
		{"Nonzero", "np.nonzero(x0)[1]", func(x A) A { return np.Nonzero(x)[1] }}, {"ArgWhere", "np.argwhere(x0)", np.ArgWhere},
		{"FlatNonzero", "np.flatnonzero(x0)", np.FlatNonzero}, {"CountNonzero", "np.count_nonzero(x0)", func(x A) A { return np.CountNonzero(x) }},
		{"All", "np.all(x0, axis=0)", func(x A) A { return np.All(x, np.Axis(0)) }}, {"Any", "np.any(x0, axis=1)", func(x A) A { return np.Any(x, np.Axis(1)) }},
		{"Rint", "np.rint(x0)", np.Rint},
	} {
		all = append(all, Case{Op: t.name, Py: t.py, F: one(t.f), In: []A{z}, Flat: true})
	}
	points := np.FromSlice([]float64{-1, 0, 0.5, 1, 2})
	return append(all,
		Case{Op: "NotEqual", Py: "x0 != x1", In: []A{z, w}, F: two(np.NotEqual), Flat: true},
		Case{Op: "IsClose", Py: "np.isclose(x0, x1)", In: []A{z, w}, F: two(func(x, y A) A { return np.IsClose(x, y, 1e-5, 1e-8) }), Flat: true},
		Case{Op: "Where", Py: "np.where(x0, x1, x2)", In: []A{w, normal(1, 2, 3), np.Scalar(0.5)}, Const: []int{0},
			F: func(x []A) A { return np.Where(x[0], x[1], x[2]) }},
		Case{Op: "Interp", Py: "np.interp(x0, x1, x2)", In: []A{np.FromSlice([]float64{-0.75, 0.25, 3}), points, complexes(2, 5)}, NoJac: true,
			F: func(x []A) A { return np.Interp(x[0], x[1], x[2]) }})
}
