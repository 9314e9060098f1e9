package cases

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, orders, quantiles, sets, histograms, covariances) }

// option is the options of a reduction, with the text that Python has for them.
type option struct {
	py   string
	opts []np.ReduceOption
}

var (
	allAxes = option{}
	axis0   = option{", axis=0", []np.ReduceOption{np.Axis(0)}}
	axis1   = option{", axis=1", []np.ReduceOption{np.Axis(1)}}
	kept1   = option{", axis=1, keepdims=True", []np.ReduceOption{np.Axis(1), np.KeepDims}}
)

// orders returns the cases of the order of complex numbers, and of several keys.
func orders() []Case {
	type A = np.Array
	type function = func(A, ...np.ReduceOption) A
	grid, gridC := normal(1, 3, 4), complexes(1, 3, 4)
	ties := np.FromComplex([]complex128{2 + 1i, 1, 2 - 1i, 2 + 1i, 1i, -3})
	bad := np.FromComplex([]complex128{complex(nan, 1), 2, complex(1, nan), complex(nan, nan), 1 + 1i, complex(nan, 0)})
	var all []Case
	for _, o := range []option{allAxes, axis0, axis1, kept1} {
		for _, t := range []struct {
			name, py string
			f        function
		}{{"Max", "np.max", np.Max}, {"Min", "np.min", np.Min}, {"Ptp", "np.ptp", np.Ptp}} {
			f := one(func(x A) A { return t.f(x, o.opts...) })
			all = append(all, Case{Op: t.name, Py: t.py + "(x0" + o.py + ")", In: []A{gridC}, F: f, NoJac: true})
			if o.py == "" {
				all = append(all,
					Case{Op: t.name, Py: t.py + "(x0)", In: []A{ties}, F: f, Kink: true},
					Case{Op: t.name, Py: t.py + "(x0)", In: []A{np.Flip(bad)}, F: f, Kink: true})
			}
		}
		for _, t := range []struct {
			name, py string
			f        function
		}{{"ArgMax", "np.argmax", np.ArgMax}, {"ArgMin", "np.argmin", np.ArgMin}} {
			for _, x := range []A{gridC, np.Reshape(np.Conj(ties), 2, 3), np.Reshape(bad, 2, 3)} {
				all = append(all, Case{Op: t.name, Py: t.py + "(x0" + o.py + ")", In: []A{x}, F: one(func(x A) A { return t.f(x, o.opts...) }), Flat: true})
			}
		}
	}
	sort := one(func(x A) A { return np.Sort(x) })
	argSort := one(func(x A) A { return np.ArgSort(x) })
	all = append(all,
		Case{Op: "Sort", Py: "np.sort(x0)", In: []A{gridC}, F: sort, NoJac: true},
		Case{Op: "Sort", Py: "np.sort(x0, axis=0)", In: []A{gridC}, F: one(func(x A) A { return np.Sort(x, np.Axis(0)) }), NoJac: true},
		Case{Op: "Sort", Py: "np.sort(x0)", In: []A{bad}, F: sort, Kink: true},
		Case{Op: "Sort", Py: "np.sort(x0)", In: []A{np.FromSlice([]float64{3, -1, 3, nan, -inf, 2, 2, inf})}, F: sort, Kink: true},
		Case{Op: "ArgSort", Py: "np.argsort(x0)", In: []A{gridC}, F: argSort, Flat: true},
		Case{Op: "ArgSort", Py: "np.argsort(x0, kind='stable')", In: []A{ties}, F: argSort, Flat: true, Note: "equal elements stay in their order"},
		Case{Op: "ArgSort", Py: "np.argsort(x0, kind='stable')", In: []A{np.FromSlice([]float64{3, -1, 3, nan, -inf, 2, 2, nan, -1})}, F: argSort, Flat: true},
		Case{Op: "Partition", Py: "np.sort(x0)", In: []A{gridC}, F: one(func(x A) A { return np.Partition(x, 1) }), NoJac: true},
		Case{Op: "LexSort", Py: "np.lexsort((x0, x1))", In: []A{normal(1, 7), np.FromSlice([]float64{2, 1, 2, 1, 0, 2, nan})}, Flat: true,
			F: two(func(x, y A) A { return np.LexSort(x, y) })},
		Case{Op: "LexSort", Py: "np.lexsort((x0, x1))", In: []A{grid, np.Round(grid, 0)}, Flat: true,
			F: two(func(x, y A) A { return np.LexSort(x, y) })},
		Case{Op: "SearchSorted", Py: "np.searchsorted(x0, x1)", In: []A{np.FromSlice([]float64{-1, 0, 1, nan, nan}), np.FromSlice([]float64{nan, inf, 0})}, Flat: true,
			F: two(func(x, v A) A { return np.SearchSorted(x, v, false) })},
		Case{Op: "SearchSorted", Py: "np.searchsorted(x0, x1, side='right')", In: []A{np.FromSlice([]float64{-1, 0, 1, nan}), np.FromSlice([]float64{nan, inf, 0})}, Flat: true,
			F: two(func(x, v A) A { return np.SearchSorted(x, v, true) })},
		Case{Op: "Digitize", Py: "np.digitize(x0, x1)", In: []A{np.FromSlice([]float64{3, 0.5, 2, -1, 1}), np.FromSlice([]float64{2, 1, 0.25})}, F: two(np.Digitize), Flat: true})
	for _, t := range []struct {
		name, py string
		f        func(x, y A) A
	}{{"Maximum", "np.maximum", np.Maximum}, {"Minimum", "np.minimum", np.Minimum}, {"FMax", "np.fmax", np.FMax}, {"FMin", "np.fmin", np.FMin}} {
		all = append(all,
			Case{Op: t.name, Py: t.py + "(x0, x1)", In: []A{gridC, complexes(2, 4)}, F: two(t.f), NoJac: true},
			Case{Op: t.name, Py: t.py + "(x0, x1)", In: []A{gridC, normal(2, 4)}, F: two(t.f), NoJac: true},
			Case{Op: t.name, Py: t.py + "(x0, x1)", In: []A{ties, np.Flip(ties)}, F: two(t.f), Kink: true},
			Case{Op: t.name, Py: t.py + "(x0, x1)", In: []A{bad, ties}, F: two(t.f), Kink: true})
	}
	for _, t := range []struct {
		name, py string
		f        func(x, y A) A
	}{{"Less", "x0 < x1", np.Less}, {"LessEqual", "x0 <= x1", np.LessEqual}, {"Greater", "x0 > x1", np.Greater}, {"GreaterEqual", "x0 >= x1", np.GreaterEqual},
		{"LogicalAnd", "np.logical_and(x0, x1)", np.LogicalAnd}, {"LogicalOr", "np.logical_or(x0, x1)", np.LogicalOr}, {"LogicalXor", "np.logical_xor(x0, x1)", np.LogicalXor}} {
		all = append(all,
			Case{Op: t.name, Py: t.py, In: []A{ties, np.Mul(np.Flip(ties), np.FromSlice([]float64{1, 0, 1, 1, 1, 1}))}, F: two(t.f), Flat: true},
			Case{Op: t.name, Py: t.py, In: []A{bad, np.Flip(bad)}, F: two(t.f), Flat: true},
			Case{Op: t.name, Py: t.py, In: []A{bad, np.FromComplex([]complex128{3, complex(3, nan), complex(-1, nan), 1, complex(1, nan), 2})}, F: two(t.f), Flat: true})
	}
	all = append(all, Case{Op: "Clip", Py: "np.clip(x0, x1, x2)", In: []A{gridC, complexes(2, 4), np.ComplexScalar(1 + 1i)}, NoJac: true,
		F: func(x []A) A { return np.Clip(x[0], x[1], x[2]) }},
		Case{Op: "Clip", Py: "np.clip(x0, None, x1)", In: []A{grid, normal(2, 4)},
			F: func(x []A) A { return np.Clip(x[0], np.Scalar(-inf), x[1]) }},
		Case{Op: "IsNaN", Py: "np.isnan(x0)", In: []A{np.FromComplex([]complex128{complex(nan, inf), complex(inf, nan), complex(inf, 1)})}, F: one(np.IsNaN), Flat: true},
		Case{Op: "SignBit", Py: "np.signbit(x0)", In: []A{np.FromSlice([]float64{-1, 0, 2, -inf})}, F: one(np.SignBit), Flat: true})
	return all
}

// quantiles returns the cases of quantiles by all definitions.
func quantiles() []Case {
	type A = np.Array
	x := normal(3, 2, 6)
	holes := np.FromSlice([]float64{1, nan, 3, 2.5, -1, nan, 0.5, nan}, 2, 4)
	var all []Case
	for k, name := range []string{"linear", "lower", "higher", "midpoint", "nearest", "inverted_cdf", "averaged_inverted_cdf",
		"closest_observation", "interpolated_inverted_cdf", "hazen", "weibull", "median_unbiased", "normal_unbiased"} {
		method := np.QuantileMethod(k)
		all = append(all, Case{Op: "Quantiles", Py: "np.quantile(x0, np.array([0, 0.05, 0.25, 0.3, 0.5, 0.75, 1]), axis=1, method='" + name + "')", In: []A{x}, NoJac: true,
			F: one(func(x A) A { return np.Quantiles(x, []float64{0, 0.05, 0.25, 0.3, 0.5, 0.75, 1}, method, np.Axis(1)) })})
		if k > 4 {
			for _, q := range []float64{0.25, 0.6} {
				all = append(all, Case{Op: "Quantile", Py: fmt.Sprintf("np.quantile(x0, %g, method='%s')", q, name), In: []A{x}, NoJac: true,
					F: one(func(x A) A { return np.Quantile(x, q, method) })})
			}
		}
		for _, o := range []option{allAxes, axis1, kept1} {
			all = append(all,
				Case{Op: "NanQuantile", Py: fmt.Sprintf("np.nanquantile(x0, 0.3%s, method='%s')", o.py, name), In: []A{holes}, Kink: true,
					F: one(func(x A) A { return np.NanQuantile(x, 0.3, method, o.opts...) })})
		}
	}
	return append(all,
		Case{Op: "NanQuantile", Py: "np.nanquantile(x0, 0.3, axis=0)", In: []A{x}, F: one(func(x A) A { return np.NanQuantile(x, 0.3, np.QuantileLinear, np.Axis(0)) })},
		Case{Op: "NanPercentile", Py: "np.nanpercentile(x0, 30)", In: []A{x}, F: one(func(x A) A { return np.NanPercentile(x, 30, np.QuantileLinear) })},
		Case{Op: "NanPercentile", Py: "np.nanpercentile(x0, 30)", In: []A{holes}, Kink: true, F: one(func(x A) A { return np.NanPercentile(x, 30, np.QuantileLinear) })},
		Case{Op: "Quantiles", Py: "np.quantile(x0, np.array([0.25, 0.5]), axis=0, keepdims=True)", In: []A{normal(1, 4, 2, 3)},
			F: one(func(x A) A { return np.Quantiles(x, []float64{0.25, 0.5}, np.QuantileLinear, np.Axis(0), np.KeepDims) })},
	)
}

// sets returns the cases of sets and of reductions that leave NaN out.
func sets() []Case {
	type A = np.Array
	x, y := np.FromSlice([]float64{3, 1, 2, 3, -1, 5}), np.FromSlice([]float64{2, 5, 7, 2})
	ties := np.FromComplex([]complex128{2 + 1i, 1, 2 - 1i, 2 + 1i, 1i, 1})
	rows := np.FromSlice([]float64{2, 1, 1, 0, 2, 1, 1, 1, 0, 3}, 5, 2)
	var all []Case
	// Where elements are the same derivatives jump.
	all = append(all,
		Case{Op: "Unique", Py: "np.unique(x0)", In: []A{ties}, F: one(np.Unique), Kink: true},
		Case{Op: "Unique", Py: "np.unique(x0)", In: []A{complexes(1, 2, 2)}, F: one(np.Unique), NoJac: true},
		Case{Op: "Unique", Py: "np.unique(x0)", In: []A{np.FromSlice([]float64{nan, 1, nan, 0, 1})}, F: one(np.Unique), Kink: true},
		Case{Op: "UniqueAlong", Py: "np.unique(x0, axis=0)", In: []A{rows}, F: one(func(x A) A { return np.UniqueAlong(x, 0) }), Kink: true},
		Case{Op: "UniqueAlong", Py: "np.unique(x0, axis=1)", In: []A{normal(1, 2, 3, 2)}, F: one(func(x A) A { return np.UniqueAlong(x, 1) }), NoJac: true},
		Case{Op: "UniqueAlong", Py: "np.unique(x0, axis=0)", In: []A{np.Reshape(ties, 3, 2)}, F: one(func(x A) A { return np.UniqueAlong(x, 0) }), Kink: true},
		Case{Op: "IsIn", Py: "np.isin(x0, x1)", In: []A{rows, y}, F: two(np.IsIn), Flat: true},
		Case{Op: "IsIn", Py: "np.isin(x0, x1)", In: []A{ties, x}, F: two(np.IsIn), Flat: true})
	for _, t := range []struct {
		name, py string
		f        func(x, y A) A
	}{{"Union1D", "np.union1d", np.Union1D}, {"Intersect1D", "np.intersect1d", np.Intersect1D}, {"SetDiff1D", "np.setdiff1d", np.SetDiff1D}, {"SetXor1D", "np.setxor1d", np.SetXor1D}} {
		all = append(all,
			Case{Op: t.name, Py: t.py + "(x0, x1)", In: []A{x, y}, F: two(t.f), Kink: true},
			Case{Op: t.name, Py: t.py + "(x0, x1)", In: []A{ties, np.FromComplex([]complex128{1i, 3, 2 + 1i})}, F: two(t.f), Kink: true},
			Case{Op: t.name, Py: t.py + "(x0, x1)", In: []A{normal(1, 4), normal(2, 2)}, F: two(t.f), NoJac: true})
	}
	holes := np.FromSlice([]float64{1, nan, 3, 2.5, -1, nan, 0.5, nan}, 2, 4)
	for _, o := range []option{allAxes, axis0, axis1} {
		for _, t := range []struct {
			name, py string
			f        func(A, ...np.ReduceOption) A
			flat     bool
		}{{"NanCumSum", "np.nancumsum", np.NanCumSum, false}, {"NanCumProd", "np.nancumprod", np.NanCumProd, false},
			{"NanArgMax", "np.nanargmax", np.NanArgMax, true}, {"NanArgMin", "np.nanargmin", np.NanArgMin, true}} {
			f := one(func(x A) A { return t.f(x, o.opts...) })
			py := t.py + "(x0" + o.py + ")"
			if t.flat {
				all = append(all, Case{Op: t.name, Py: py, In: []A{np.FromSlice([]float64{1, nan, 3, nan, 2, 0.5}, 2, 3)}, F: f, Flat: true})
				continue
			}
			all = append(all,
				Case{Op: t.name, Py: py, In: []A{holes}, F: f, Kink: true},
				Case{Op: t.name, Py: py, In: []A{normal(1, 2, 3)}, F: f},
				Case{Op: t.name, Py: py, In: []A{complexes(1, 2, 3)}, F: f})
		}
	}
	return all
}

// histograms returns the cases of counts in bins.
func histograms() []Case {
	type A = np.Array
	x := np.FromSlice([]float64{-2, -1, 0.25, 0.75, 2, 0.75, 3, nan}, 2, 4)
	y := np.FromSlice([]float64{0.25, 0, 0.75, 1.75, 1, 2, 0.125, 1}, 2, 4)
	bounds, others, w := np.FromSlice([]float64{-1, 0, 0.5, 1, 2}), np.FromSlice([]float64{0, 0.5, 2}), positive(2, 2, 4)
	of := func(density bool) func([]A) A {
		return func(in []A) A { return np.HistogramOf(in[0], in[1], in[2], density) }
	}
	plane := func(density bool) func([]A) A {
		return func(in []A) A { return np.Histogram2D(in[0], in[1], in[2], in[3], in[4], density) }
	}
	space := func(density bool) func([]A) A {
		return func(in []A) A { return np.HistogramDD(in[0], in[1:4], in[4], density) }
	}
	points := np.Stack(1, np.Ravel(y), np.Ravel(w), np.Ravel(y).AddConst(0.25))
	flat := np.Ravel(w)
	edges := func(n int, lo, hi float64) func([]A) A {
		return one(func(x A) A { return np.HistogramBinEdges(x, n, lo, hi) })
	}
	xs, ys := np.Ravel(y).AddConst(0.125), np.Ravel(w)
	return []Case{
		{Op: "HistogramOf", Py: "np.histogram(x0, x1, weights=x2)[0]", In: []A{x, bounds, w}, F: of(false), Const: []int{0, 1}},
		{Op: "HistogramOf", Py: "np.histogram(x0, x1, weights=x2)[0]", In: []A{y, bounds, complexes(2, 2, 4)}, F: of(false), Const: []int{0, 1}, NoJac: true},
		{Op: "HistogramOf", Py: "np.histogram(x0.ravel()[:-1], x1, weights=x2.ravel()[:-1], density=True)[0]", In: []A{x, bounds, w}, F: of(true), Const: []int{0, 1}},
		{Op: "HistogramOf", In: []A{xs, bounds, ys}, F: of(true), Const: []int{0}},
		{Op: "HistogramOf", Py: "np.histogram(x0, x1, density=True)[0]", In: []A{y, bounds, np.Scalar(1)}, F: of(true), Const: []int{0, 1, 2}},
		{Op: "Histogram2D", Py: "np.histogram2d(x0.ravel(), x1.ravel(), [x2, x3])[0] * x4", In: []A{y, w, bounds, others, np.Scalar(1)}, F: plane(false), Const: []int{0, 1, 2, 3}},
		{Op: "Histogram2D", Py: "np.histogram2d(x0, x1, [x2, x3], weights=x4)[0]", In: []A{xs, ys, bounds, others, flat}, F: plane(false), Const: []int{0, 1, 2, 3}},
		{Op: "Histogram2D", Py: "np.histogram2d(x0, x1, [x2, x3], weights=x4, density=True)[0]", In: []A{xs, ys, bounds, others, flat}, F: plane(true), Const: []int{0, 1, 2, 3}},
		{Op: "HistogramDD", Py: "np.histogramdd(x0, [x1, x2, x3], weights=x4)[0]", In: []A{points, bounds, others, others, flat}, F: space(false), Const: []int{0, 1, 2, 3}},
		{Op: "HistogramDD", Py: "np.histogramdd(x0, [x1, x2, x3], weights=x4, density=True)[0]", In: []A{points, bounds, others, others, flat}, F: space(true), Const: []int{0, 1, 2, 3}},
		{Op: "HistogramDD", In: []A{points, bounds, others, others, flat}, F: space(true), Const: []int{0}, Kink: true},
		{Op: "HistogramBinEdges", Py: "np.histogram_bin_edges(x0, 5)", In: []A{y}, F: edges(5, 0, 0), Flat: true},
		{Op: "HistogramBinEdges", Py: "np.histogram_bin_edges(x0, 4, (-1, 3))", In: []A{y}, F: edges(4, -1, 3), Flat: true},
		{Op: "HistogramBinEdges", Py: "np.histogram_bin_edges(x0, 2)", In: []A{np.FromSlice([]float64{3, 3})}, F: edges(2, 0, 0), Flat: true},
		{Op: "HistogramBinEdges", Py: "np.histogram_bin_edges(x0, 2)", In: []A{np.Zeros(0)}, F: edges(2, 1, 1), Flat: true},
	}
}

// covariances returns the cases of covariances with weights, and weighted means.
func covariances() []Case {
	type A = np.Array
	x, y, w := normal(1, 3, 5), normal(2, 2, 5), positive(3, 5)
	freq := []int{1, 0, 3, 2, 1}
	const pyFreq = ", fweights=np.array([1, 0, 3, 2, 1])"
	var all []Case
	for ddof := range 3 {
		cov := func(py string, f func([]A) np.CovOptions, in ...A) {
			noJac := false
			for _, x := range in {
				noJac = noJac || x.IsComplex()
			}
			all = append(all, Case{Op: "CovOf", Py: fmt.Sprintf("np.cov(%s, ddof=%d)", py, ddof), In: in, NoJac: noJac,
				F: func(in []A) A { return np.CovOf(in[0], ddof, f(in)) }})
		}
		cov("x0, x1", func(in []A) np.CovOptions { return np.CovOptions{Y: in[1]} }, x, y)
		cov("x0, x1", func(in []A) np.CovOptions { return np.CovOptions{Y: in[1]} }, normal(4, 5), normal(5, 5))
		cov("x0, rowvar=False", func([]A) np.CovOptions { return np.CovOptions{Columns: true} }, normal(4, 5, 2))
		cov("x0"+pyFreq, func([]A) np.CovOptions { return np.CovOptions{FWeights: freq} }, x)
		cov("x0, aweights=x1", func(in []A) np.CovOptions { return np.CovOptions{AWeights: in[1]} }, x, w)
		cov("x0, aweights=x1"+pyFreq, func(in []A) np.CovOptions { return np.CovOptions{AWeights: in[1], FWeights: freq} }, x, w)
		cov("x0, aweights=x1", func(in []A) np.CovOptions { return np.CovOptions{AWeights: in[1]} }, complexes(1, 2, 5), w)
	}
	all = append(all,
		Case{Op: "Cov", Py: "np.cov(x0)", In: []A{normal(1, 1, 4)}, F: one(func(x A) A { return np.Cov(x) })},
		Case{Op: "CorrCoefOf", Py: "np.corrcoef(np.exp(x0), np.exp(x1))", In: []A{x, y},
			F: two(func(x, y A) A { return np.CorrCoefOf(np.Exp(x), np.CovOptions{Y: np.Exp(y)}) })},
		Case{Op: "CorrCoefOf", Py: "np.corrcoef(np.exp(x0), rowvar=False)", In: []A{normal(4, 5, 2)},
			F: one(func(x A) A { return np.CorrCoefOf(np.Exp(x), np.CovOptions{Columns: true}) })})
	grid := normal(1, 3, 4)
	for _, t := range []struct {
		py   string
		w    A
		opts []np.ReduceOption
	}{
		{"", positive(2, 3, 4), nil},
		{", axis=0", positive(2, 3), []np.ReduceOption{np.Axis(0)}},
		{", axis=1", positive(2, 4), []np.ReduceOption{np.Axis(1)}},
		{", axis=1, keepdims=True", positive(2, 3, 4), []np.ReduceOption{np.Axis(1), np.KeepDims}},
		{", axis=(0, 1)", positive(2, 3, 4), []np.ReduceOption{np.Axis(0, 1)}},
	} {
		py := "np.average(x0, weights=x1" + t.py
		all = append(all,
			Case{Op: "Average", Py: py + ")", In: []A{grid, t.w}, F: two(func(x, w A) A { return np.Average(x, w, t.opts...) })},
			Case{Op: "Average", Py: py + ")", In: []A{complexes(1, 3, 4), t.w}, F: two(func(x, w A) A { return np.Average(x, w, t.opts...) })})
		for k := range 2 {
			all = append(all, Case{Op: "AverageOf", Py: fmt.Sprintf("%s, returned=True)[%d]", py, k), In: []A{grid, t.w},
				F: two(func(x, w A) A { mean, sum := np.AverageOf(x, w, t.opts...); return []A{mean, sum}[k] })})
		}
	}
	return all
}
