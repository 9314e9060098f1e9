package cases

import np "github.com/dualjet/dualjet/numpy"

func init() { groups = append(groups, pairs, choices, flats, parts) }

// pairs returns the cases of functions of two numbers.
func pairs() []Case {
	var all []Case
	for _, t := range []struct {
		name, py string
		f        func(x, y np.Array) np.Array
		x, y     func(seed uint64, shape ...int) np.Array
	}{
		{"Hypot", "np.hypot(x0, x1)", np.Hypot, normal, normal},
		{"Arctan2", "np.arctan2(x0, x1)", np.Arctan2, normal, normal},
		{"Pow", "x0 ** x1", np.Pow, positive, normal},
		{"Mod", "np.mod(x0, x1)", np.Mod, normal, normal},
		{"FMod", "np.fmod(x0, x1)", np.FMod, normal, normal},
		{"LogAddExp", "np.logaddexp(x0, x1)", np.LogAddExp, normal, normal},
		{"LogAddExp2", "np.logaddexp2(x0, x1)", np.LogAddExp2, normal, normal},
		{"Maximum", "np.maximum(x0, x1)", np.Maximum, normal, normal},
		{"Minimum", "np.minimum(x0, x1)", np.Minimum, normal, normal},
		{"FMax", "np.fmax(x0, x1)", np.FMax, normal, normal},
		{"FMin", "np.fmin(x0, x1)", np.FMin, normal, normal},
		{"Copysign", "np.copysign(x0, x1)", np.Copysign, normal, normal},
		{"AZMul", "x0 * x1", np.AZMul, normal, normal},
	} {
		for _, s := range [][2][]int{{{4}, {4}}, {{}, {}}, {{2, 3}, {3}}, {{2, 1}, {1, 3}}, {{}, {3}}} {
			all = append(all, Case{Op: t.name, Py: t.py, F: two(t.f), In: []np.Array{t.x(1, s[0]...), t.y(2, s[1]...)}})
		}
	}
	ints := np.FromSlice([]float64{2, 3, -1, -2})
	return append(all,
		Case{Op: "Pow", Py: "x0 ** x1", F: two(np.Pow), In: []np.Array{normal(1, 4), ints}, Const: []int{1}},
		Case{Op: "Pow", Py: "x0 ** x1", F: two(np.Pow), In: []np.Array{complexes(1, 4), complexes(2, 4)}, Tol: 1e-12},
		Case{Op: "Pow", Py: "x0 ** x1", F: two(np.Pow), In: []np.Array{complexes(1, 3), np.Scalar(2.5)}, Tol: 1e-12},
		Case{Op: "DivMod", Py: "np.divmod(x0, x1)[1]", In: []np.Array{normal(1, 4), normal(2, 4)},
			F: func(x []np.Array) np.Array { _, r := np.DivMod(x[0], x[1]); return r }},
		Case{Op: "FMA", Py: "x0 * x1 + x2", In: []np.Array{normal(1, 2, 3), normal(2, 3), normal(3, 2, 1)},
			F: func(x []np.Array) np.Array { return np.FMA(x[0], x[1], x[2]) }},
	)
}

// choices returns the cases of functions that choose.
func choices() []Case {
	cond := np.FromSlice([]float64{1, 0, 0, 1})
	ties := []np.Array{np.FromSlice([]float64{1, 2, 3}), np.FromSlice([]float64{1, 3, 2})}
	nans := []np.Array{np.FromSlice([]float64{nan, 2, nan}), np.FromSlice([]float64{1, nan, nan})}
	where := func(x []np.Array) np.Array { return np.Where(x[0], x[1], x[2]) }
	clip := func(x []np.Array) np.Array { return np.Clip(x[0], x[1], x[2]) }
	all := []Case{
		{Op: "Where", Py: "np.where(x0 != 0, x1, x2)", F: where, In: []np.Array{cond, normal(1, 4), normal(2, 4)}, Const: []int{0}},
		{Op: "Where", Py: "np.where(x0 != 0, x1, x2)", F: where, In: []np.Array{cond, normal(1), normal(2, 3, 4)}, Const: []int{0}},
		{Op: "Where", Py: "np.where(x0 != 0, x1, x2)", F: where, In: []np.Array{cond, complexes(1, 4), normal(2, 4)}, Const: []int{0}},
		{Op: "Clip", Py: "np.clip(x0, x1, x2)", F: clip, In: []np.Array{normal(1, 3, 4), np.Scalar(-0.5), np.Scalar(0.75)},
			Note: "half the derivative on a bound"},
		{Op: "ReLU", Py: "np.maximum(x0, 0)", F: one(np.ReLU), In: []np.Array{normal(1, 6)}, Note: "½ at 0"},
		{Op: "Select", Py: "np.select([x0 > 0.5, x0 > 0], [x0 ** 2, 3 * x0], 0.25)", In: []np.Array{normal(1, 8)},
			F: func(x []np.Array) np.Array {
				v := x[0]
				return np.Select([]np.Array{np.Greater(v, np.Scalar(0.5)), np.Greater(v, np.Scalar(0))},
					[]np.Array{np.Square(v), v.Scale(3)}, np.Scalar(0.25))
			}},
		{Op: "Piecewise", Py: "np.piecewise(x0, [x0 < 0, x0 >= 0], [lambda x: -x, lambda x: x ** 2])", In: []np.Array{normal(1, 8)},
			F: func(x []np.Array) np.Array {
				v := x[0]
				return np.Piecewise(v, []np.Array{np.Less(v, np.Scalar(0))}, []func(np.Array) np.Array{np.Neg, np.Square})
			}},
		{Op: "Abs", Py: "np.abs(x0)", F: one(np.Abs), In: []np.Array{normal(1, 2, 3)}, Note: "0 at 0"},
		{Op: "Abs", Py: "np.abs(x0)", F: one(np.Abs), In: []np.Array{complexes(1, 4)}},
		{Op: "NanToNum", Py: "np.nan_to_num(x0)", F: one(np.NanToNum), In: []np.Array{normal(1, 4)}},
		{Op: "NanToNum", Py: "np.nan_to_num(x0)", F: one(np.NanToNum), In: []np.Array{np.FromSlice([]float64{1, nan, inf, -inf})}, Kink: true},
		{Op: "NanToNum", Py: "np.nan_to_num(x0)", F: one(np.NanToNum), In: []np.Array{complexes(1, 4)}},
	}
	for _, t := range []struct {
		name, py string
		f        func(x, y np.Array) np.Array
	}{
		{"Maximum", "np.maximum(x0, x1)", np.Maximum}, {"Minimum", "np.minimum(x0, x1)", np.Minimum},
		{"FMax", "np.fmax(x0, x1)", np.FMax}, {"FMin", "np.fmin(x0, x1)", np.FMin},
	} {
		all = append(all,
			Case{Op: t.name, Py: t.py, F: two(t.f), In: ties, Kink: true, Note: "½ to each at a tie"},
			Case{Op: t.name, Py: t.py, F: two(t.f), In: nans, Kink: true})
	}
	return all
}

// flats returns the cases of functions that are locally constant.
func flats() []Case {
	mixed := np.FromSlice([]float64{-1.5, -0.5, 0, 0.25, 1.5, 2.5, inf, nan})
	other := np.FromSlice([]float64{-1.5, 0.5, 0, 1, -inf, 2.5, inf, nan})
	bits, more := np.FromSlice([]float64{0, 1, 0, 2}), np.FromSlice([]float64{0, 0, 3, 1})
	var all []Case
	for _, t := range []struct {
		name, py string
		f        func(np.Array) np.Array
	}{
		{"Floor", "np.floor(x0)", np.Floor}, {"Ceil", "np.ceil(x0)", np.Ceil}, {"Trunc", "np.trunc(x0)", np.Trunc},
		{"Fix", "np.fix(x0)", np.Fix}, {"Rint", "np.rint(x0)", np.Rint}, {"Sign", "np.sign(x0)", np.Sign},
		{"IsNaN", "np.isnan(x0)", np.IsNaN}, {"IsFinite", "np.isfinite(x0)", np.IsFinite}, {"IsInf", "np.isinf(x0)", np.IsInf},
		{"IsPosInf", "np.isposinf(x0)", np.IsPosInf}, {"IsNegInf", "np.isneginf(x0)", np.IsNegInf},
		{"IsReal", "np.isreal(x0)", np.IsReal}, {"LogicalNot", "np.logical_not(x0)", np.LogicalNot},
	} {
		all = append(all, Case{Op: t.name, Py: t.py, F: one(t.f), In: []np.Array{mixed}, Flat: true})
	}
	for _, d := range []struct {
		n  int
		py string
	}{{0, "np.round(x0)"}, {1, "np.round(x0, 1)"}, {-1, "np.round(x0, -1)"}} {
		all = append(all, Case{Op: "Round", Py: d.py, Flat: true, In: []np.Array{np.FromSlice([]float64{1.26, -7.5, 12.34, 0.5, 15})},
			F: func(x []np.Array) np.Array { return np.Round(x[0], d.n) }})
	}
	for _, t := range []struct {
		name, py string
		f        func(x, y np.Array) np.Array
	}{
		{"Equal", "np.equal(x0, x1)", np.Equal}, {"NotEqual", "np.not_equal(x0, x1)", np.NotEqual},
		{"Less", "np.less(x0, x1)", np.Less}, {"LessEqual", "np.less_equal(x0, x1)", np.LessEqual},
		{"Greater", "np.greater(x0, x1)", np.Greater}, {"GreaterEqual", "np.greater_equal(x0, x1)", np.GreaterEqual},
		{"Heaviside", "np.heaviside(x0, x1)", np.Heaviside},
		{"IsClose", "np.isclose(x0, x1)", func(x, y np.Array) np.Array { return np.IsClose(x, y, 1e-5, 1e-8) }},
	} {
		all = append(all, Case{Op: t.name, Py: t.py, F: two(t.f), In: []np.Array{mixed, other}, Flat: true})
	}
	for _, t := range []struct {
		name, py string
		f        func(x, y np.Array) np.Array
	}{
		{"LogicalAnd", "np.logical_and(x0, x1)", np.LogicalAnd}, {"LogicalOr", "np.logical_or(x0, x1)", np.LogicalOr},
		{"LogicalXor", "np.logical_xor(x0, x1)", np.LogicalXor},
	} {
		all = append(all, Case{Op: t.name, Py: t.py, F: two(t.f), In: []np.Array{bits, more}, Flat: true})
	}
	return append(all,
		Case{Op: "FloorDivide", Py: "np.floor(x0 / x1)", F: two(np.FloorDivide), In: []np.Array{normal(1, 6), normal(2, 6)}, Flat: true},
		Case{Op: "Equal", Py: "np.equal(x0, x1)", F: two(np.Equal), In: []np.Array{complexes(1, 3), complexes(1, 3)}, Flat: true})
}

// parts returns the cases of the parts of complex numbers.
func parts() []Case {
	return []Case{
		{Op: "Real", Py: "np.real(x0)", F: one(np.Real), In: []np.Array{complexes(1, 4)}},
		{Op: "Real", Py: "np.real(x0)", F: one(np.Real), In: []np.Array{normal(1, 4)}},
		{Op: "Imag", Py: "np.imag(x0)", F: one(np.Imag), In: []np.Array{complexes(1, 4)}},
		{Op: "Imag", Py: "np.imag(x0)", F: one(np.Imag), In: []np.Array{normal(1, 4)}},
		{Op: "Complex", Py: "x0 + 1j * x1", F: two(np.Complex), In: []np.Array{normal(1, 3), normal(2, 2, 3)}},
		{Op: "AsComplex", Py: "x0 + 0j", F: one(np.AsComplex), In: []np.Array{normal(1, 3)}},
		{Op: "Angle", Py: "np.angle(x0)", F: one(np.Angle), In: []np.Array{complexes(1, 4)}},
		{Op: "RealIfClose", Py: "np.real(x0)", In: []np.Array{np.AsComplex(normal(1, 3))}, Kink: true, NoJac: true,
			F: func(x []np.Array) np.Array { return np.RealIfClose(x[0], 100) }},
		{Op: "RealIfClose", Py: "x0 * 1", In: []np.Array{complexes(1, 3)},
			F: func(x []np.Array) np.Array { return np.RealIfClose(x[0], 100) }},
	}
}
