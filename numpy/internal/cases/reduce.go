package cases

import (
	"fmt"
	"strings"

	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, reductions, cumulative, order) }

// axes returns the ways to reduce an array of three dimensions, with the text
// that Python has for them.
func axes() []struct {
	py   string
	opts []np.ReduceOption
} {
	return []struct {
		py   string
		opts []np.ReduceOption
	}{
		{"", nil},
		{", axis=0", []np.ReduceOption{np.Axis(0)}},
		{", axis=-1, keepdims=True", []np.ReduceOption{np.Axis(-1), np.KeepDims}},
		{", axis=(0, 2)", []np.ReduceOption{np.Axis(0, 2)}},
		{", axis=(2, 1), keepdims=True", []np.ReduceOption{np.Axis(2, 1), np.KeepDims}},
		{", axis=()", []np.ReduceOption{np.Axis()}},
		{", keepdims=True", []np.ReduceOption{np.KeepDims}},
	}
}

// reductions returns the cases of functions that reduce axes.
func reductions() []Case {
	var all []Case
	type function = func(np.Array, ...np.ReduceOption) np.Array
	holes := np.Reshape(np.FromSlice([]float64{1, nan, 3, 2.5, -1, nan, 0.5, nan}), 2, 4)
	for _, t := range []struct {
		name, py string
		f        function
		complex  bool
		nan      bool
	}{
		{"Sum", "np.sum", np.Sum, true, false},
		{"Mean", "np.mean", np.Mean, true, false},
		{"Prod", "np.prod", np.Prod, true, false},
		{"Var", "np.var", np.Var, true, false},
		{"Std", "np.std", np.Std, true, false},
		{"Max", "np.max", np.Max, false, false},
		{"Min", "np.min", np.Min, false, false},
		{"AMax", "np.max", np.AMax, false, false},
		{"AMin", "np.min", np.AMin, false, false},
		{"Ptp", "np.ptp", np.Ptp, false, false},
		{"LogSumExp", "sp.special.logsumexp", np.LogSumExp, false, false},
		{"Median", "np.median", np.Median, false, false},
		{"NanSum", "np.nansum", np.NanSum, false, true},
		{"NanProd", "np.nanprod", np.NanProd, false, true},
		{"NanMean", "np.nanmean", np.NanMean, false, true},
		{"NanVar", "np.nanvar", np.NanVar, false, true},
		{"NanStd", "np.nanstd", np.NanStd, false, true},
		{"NanMax", "np.nanmax", np.NanMax, false, true},
		{"NanMin", "np.nanmin", np.NanMin, false, true},
		{"NanMedian", "np.nanmedian", np.NanMedian, false, true},
	} {
		for i, a := range axes() {
			single := a.py == ", axis=()"
			if single && (strings.Contains(t.name, "Var") || strings.Contains(t.name, "Std") || strings.Contains(t.name, "Median") || t.name == "Ptp" || t.name == "LogSumExp") {
				continue // no deviation from a mean of one, or no such call in Python
			}
			f := func(x np.Array) np.Array { return t.f(x, a.opts...) }
			py := fmt.Sprintf("%s(x0%s)", t.py, a.py)
			all = append(all, Case{Op: t.name, Py: py, F: one(f), In: []np.Array{normal(uint64(i), 2, 3, 2)}})
			if t.complex {
				all = append(all, Case{Op: t.name, Py: py, F: one(f), In: []np.Array{complexes(uint64(i), 2, 3, 2)}, NoJac: t.name == "Std"})
			}
		}
		if t.nan {
			for _, a := range []struct {
				py   string
				opts []np.ReduceOption
			}{{"", nil}, {", axis=1", []np.ReduceOption{np.Axis(1)}}} {
				all = append(all, Case{Op: t.name, Py: fmt.Sprintf("%s(x0%s)", t.py, a.py), Kink: true, In: []np.Array{holes},
					F: one(func(x np.Array) np.Array { return t.f(x, a.opts...) })})
			}
		}
	}
	for _, t := range []struct {
		name, py string
		f        function
	}{{"Var", "np.var", np.Var}, {"Std", "np.std", np.Std}} {
		all = append(all, Case{Op: t.name, Py: t.py + "(x0, axis=1, ddof=1)", In: []np.Array{normal(1, 3, 4)},
			F: one(func(x np.Array) np.Array { return t.f(x, np.Axis(1), np.DDof(1)) })})
	}
	zeros := np.FromSlice([]float64{2, 0, 3})
	all = append(all,
		Case{Op: "Prod", Py: "np.prod(x0)", F: one(func(x np.Array) np.Array { return np.Prod(x) }), In: []np.Array{zeros}},
		Case{Op: "Prod", Py: "np.prod(x0)", F: one(func(x np.Array) np.Array { return np.Prod(x) }), In: []np.Array{np.FromSlice([]float64{0, 2, 0, 3, 5})}, Kink: true},
		Case{Op: "Prod", Py: "np.prod(x0)", F: one(func(x np.Array) np.Array { return np.Prod(x) }), In: []np.Array{np.FromSlice(nil)}, Kink: true},
		Case{Op: "Prod", Py: "np.prod(x0, axis=0)", F: one(func(x np.Array) np.Array { return np.Prod(x, np.Axis(0)) }),
			In: []np.Array{np.FromSlice([]float64{0, 2, 3, -1, 4, 0, 0.5, 3, 0, 0, 2, 1}, 4, 3)}, Kink: true},
		Case{Op: "Prod", Py: "np.prod(x0)", F: one(func(x np.Array) np.Array { return np.Prod(x) }),
			In: []np.Array{np.WrapComplex([]complex128{1 + 2i, 0, 3 - 1i, 2i})}},
		Case{Op: "Sum", Py: "np.sum(x0)", F: one(func(x np.Array) np.Array { return np.Sum(x) }), In: []np.Array{np.FromSlice(nil)}, Kink: true},
		Case{Op: "Max", Py: "np.max(x0)", F: one(func(x np.Array) np.Array { return np.Max(x) }), In: []np.Array{np.FromSlice([]float64{1, 3, 3, 2})},
			Kink: true, Note: "ties share equally"},
		Case{Op: "Max", Py: "np.max(x0)", F: one(func(x np.Array) np.Array { return np.Max(x) }), In: []np.Array{np.FromSlice([]float64{1, nan, 3})}, Kink: true},
		Case{Op: "Max", Py: "np.max(x0, axis=0)", F: one(func(x np.Array) np.Array { return np.Max(x, np.Axis(0)) }),
			In: []np.Array{np.FromSlice([]float64{1, 3, 2, 1, 3, 5, 0, 3, 5}, 3, 3)}, Kink: true, Note: "ties share equally"},
		Case{Op: "Min", Py: "np.min(x0, axis=(0, 1))", F: one(func(x np.Array) np.Array { return np.Min(x, np.Axis(0, 1)) }),
			In: []np.Array{np.FromSlice([]float64{1, 3, 2, 1, 3, 5, 0, 3}, 2, 2, 2)}, Kink: true},
		Case{Op: "Average", Py: "np.average(x0, weights=x1)", F: two(func(x, w np.Array) np.Array { return np.Average(x, w) }),
			In: []np.Array{normal(1, 5), positive(2, 5)}},
		Case{Op: "Average", Py: "np.sum(x0 * x1, axis=1) / np.sum(x1)", In: []np.Array{normal(1, 2, 3), positive(2, 3)},
			F: two(func(x, w np.Array) np.Array { return np.Average(x, w, np.Axis(1)) })},
	)
	for axis := range 2 {
		all = append(all,
			Case{Op: "Softmax", Py: fmt.Sprintf("np.exp(x0) / np.sum(np.exp(x0), axis=%d, keepdims=True)", axis), In: []np.Array{normal(1, 3, 4)},
				F: one(func(x np.Array) np.Array { return np.Softmax(x, axis) })},
			Case{Op: "LogSoftmax", Py: fmt.Sprintf("x0 - np.log(np.sum(np.exp(x0), axis=%d, keepdims=True))", axis), In: []np.Array{normal(1, 3, 4)},
				F: one(func(x np.Array) np.Array { return np.LogSoftmax(x, axis) })})
	}
	for _, m := range []struct {
		name   string
		method np.QuantileMethod
	}{{"linear", np.QuantileLinear}, {"lower", np.QuantileLower}, {"higher", np.QuantileHigher}, {"midpoint", np.QuantileMidpoint}, {"nearest", np.QuantileNearest}} {
		for _, q := range []float64{0, 0.3, 0.5, 1} {
			all = append(all, Case{Op: "Quantile", Py: fmt.Sprintf("np.quantile(x0, %g, axis=1, method='%s')", q, m.name), In: []np.Array{normal(3, 2, 6)},
				F:     one(func(x np.Array) np.Array { return np.Quantile(x, q, m.method, np.Axis(1)) }),
				NoJac: m.method == np.QuantileNearest}) // JAX rounds otherwise half way
		}
	}
	all = append(all, Case{Op: "Percentile", Py: "np.percentile(x0, 40)", In: []np.Array{normal(3, 2, 6)},
		F: one(func(x np.Array) np.Array { return np.Percentile(x, 40, np.QuantileLinear) })})
	bits := np.Reshape(np.FromSlice([]float64{0, 1, 2, 0, 0, 3, 0, 0}), 2, 4)
	for _, t := range []struct {
		name, py string
		f        function
		in       np.Array
	}{
		{"ArgMax", "np.argmax", np.ArgMax, normal(1, 2, 4)}, {"ArgMin", "np.argmin", np.ArgMin, normal(1, 2, 4)},
		{"All", "np.all", np.All, bits}, {"Any", "np.any", np.Any, bits}, {"CountNonzero", "np.count_nonzero", np.CountNonzero, bits},
	} {
		all = append(all,
			Case{Op: t.name, Py: t.py + "(x0)", F: one(func(x np.Array) np.Array { return t.f(x) }), In: []np.Array{t.in}, Flat: true},
			Case{Op: t.name, Py: t.py + "(x0, axis=0)", F: one(func(x np.Array) np.Array { return t.f(x, np.Axis(0)) }), In: []np.Array{t.in}, Flat: true})
	}
	return all
}

// cumulative returns the cases of sums and differences along an axis.
func cumulative() []Case {
	var all []Case
	for _, t := range []struct {
		name, py string
		f        func(np.Array, ...np.ReduceOption) np.Array
	}{{"CumSum", "np.cumsum", np.CumSum}, {"CumProd", "np.cumprod", np.CumProd}} {
		for _, x := range []np.Array{normal(1, 3, 4), complexes(1, 3, 2), np.FromSlice([]float64{1, 0, 2, 3, 0, 4}, 2, 3), np.FromSlice([]float64{0, 2, 0, 0, 3, -1}, 3, 2)} {
			all = append(all,
				Case{Op: t.name, Py: t.py + "(x0)", F: one(func(x np.Array) np.Array { return t.f(x) }), In: []np.Array{x}},
				Case{Op: t.name, Py: t.py + "(x0, axis=0)", F: one(func(x np.Array) np.Array { return t.f(x, np.Axis(0)) }), In: []np.Array{x}},
				Case{Op: t.name, Py: t.py + "(x0, axis=-1)", F: one(func(x np.Array) np.Array { return t.f(x, np.Axis(-1)) }), In: []np.Array{x}})
		}
		all = append(all, Case{Op: t.name, Py: t.py + "(x0, axis=1)", F: one(func(x np.Array) np.Array { return t.f(x, np.Axis(1)) }), In: []np.Array{normal(2, 2, 3, 2)}})
	}
	for n := range 4 {
		for axis := range 2 {
			all = append(all, Case{Op: "Diff", Py: fmt.Sprintf("np.diff(x0, n=%d, axis=%d)", n, axis), In: []np.Array{normal(1, 3, 4)},
				F: one(func(x np.Array) np.Array { return np.Diff(x, n, axis) })})
		}
	}
	for axis := range 2 {
		all = append(all,
			Case{Op: "Gradient", Py: fmt.Sprintf("np.gradient(x0, 0.5, axis=%d)", axis), In: []np.Array{normal(1, 2, 5)},
				F: one(func(x np.Array) np.Array { return np.Gradient(x, 0.5, axis) })},
			Case{Op: "Trapezoid", Py: fmt.Sprintf("np.trapezoid(x0, x1, axis=%d)", axis), In: []np.Array{normal(1, 4, 4), normal(2, 4)},
				F: two(func(y, x np.Array) np.Array { return np.Trapezoid(y, x, axis) })})
	}
	return append(all,
		Case{Op: "EDiff1D", Py: "np.ediff1d(x0)", F: one(np.EDiff1D), In: []np.Array{normal(1, 2, 3)}},
		Case{Op: "Diff", Py: "np.diff(x0)", F: one(func(x np.Array) np.Array { return np.Diff(x, 1, -1) }), In: []np.Array{complexes(1, 4)}})
}

// order returns the cases of sorting and what rests on it.
func order() []Case {
	x := normal(1, 3, 4)
	bounds := np.FromSlice([]float64{-1, 0, 0.5, 1, 2})
	var all []Case
	for axis := range 2 {
		all = append(all,
			Case{Op: "Sort", Py: fmt.Sprintf("np.sort(x0, axis=%d)", axis), In: []np.Array{x},
				F: one(func(x np.Array) np.Array { return np.Sort(x, np.Axis(axis)) })},
			Case{Op: "Partition", Py: fmt.Sprintf("np.sort(x0, axis=%d)", axis), In: []np.Array{x},
				F: one(func(x np.Array) np.Array { return np.Partition(x, 1, np.Axis(axis)) })},
			Case{Op: "ArgSort", Py: fmt.Sprintf("np.argsort(x0, axis=%d)", axis), In: []np.Array{x}, Flat: true,
				F: one(func(x np.Array) np.Array { return np.ArgSort(x, np.Axis(axis)) })},
			Case{Op: "ArgPartition", Py: fmt.Sprintf("np.argsort(x0, axis=%d)", axis), In: []np.Array{x}, Flat: true,
				F: one(func(x np.Array) np.Array { return np.ArgPartition(x, 1, np.Axis(axis)) })})
	}
	ties := np.FromSlice([]float64{2, 1, 2, -1, 1})
	search := func(right bool) func(x, v np.Array) np.Array {
		return func(x, v np.Array) np.Array { return np.SearchSorted(x, v, right) }
	}
	v := np.Reshape(np.FromSlice([]float64{-2, 0, 0.75, 3}), 2, 2)
	return append(all,
		Case{Op: "MSort", Py: "np.sort(x0, axis=0)", F: one(np.MSort), In: []np.Array{x}},
		Case{Op: "Sort", Py: "np.sort(x0)", F: one(func(x np.Array) np.Array { return np.Sort(x) }), In: []np.Array{np.FromSlice([]float64{2, nan, 1})}, Kink: true},
		Case{Op: "Unique", Py: "np.unique(x0)", F: one(np.Unique), In: []np.Array{x}, NoJac: true},
		Case{Op: "Unique", Py: "np.unique(x0)", F: one(np.Unique), In: []np.Array{ties}, Kink: true, Note: "the first of equal elements"},
		Case{Op: "SearchSorted", Py: "np.searchsorted(x0, x1)", F: two(search(false)), In: []np.Array{bounds, v}, Flat: true},
		Case{Op: "SearchSorted", Py: "np.searchsorted(x0, x1, side='right')", F: two(search(true)), In: []np.Array{bounds, v}, Flat: true},
		Case{Op: "Digitize", Py: "np.digitize(x0, x1)", F: two(np.Digitize), In: []np.Array{v, bounds}, Flat: true},
		Case{Op: "Histogram", Py: "np.histogram(x0, x1)[0]", F: two(np.Histogram), In: []np.Array{np.FromSlice([]float64{-2, -1, 0.25, 0.5, 2, 0.75, 3}), bounds}, Flat: true},
		Case{Op: "Interp", Py: "np.interp(x0, x1, x2)", In: []np.Array{np.FromSlice([]float64{-0.75, 0.25, 0.75, 1.5, 3, -2}), bounds, normal(2, 5)},
			F: func(x []np.Array) np.Array { return np.Interp(x[0], x[1], x[2]) }},
	)
}
