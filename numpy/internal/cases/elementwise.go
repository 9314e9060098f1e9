package cases

import np "github.com/dualjet/dualjet/numpy"

func init() { groups = append(groups, elementwise) }

// elementwise returns the cases of other names, activation functions and the
// parts of numbers.
func elementwise() []Case {
	real, cplx := normal(1, 2, 3), complexes(1, 4)
	all := []Case{}
	for _, t := range []struct {
		name, py string
		f        func(np.Array) np.Array
		in       []np.Array
	}{
		{"Negative", "-x0", np.Negative, []np.Array{real, cplx}},
		{"Positive", "x0 * 1", np.Positive, []np.Array{real, cplx}},
		{"Degrees", "np.degrees(x0)", np.Degrees, []np.Array{real}},
		{"Radians", "np.radians(x0)", np.Radians, []np.Array{real}},
		{"Conjugate", "np.conj(x0)", np.Conjugate, []np.Array{cplx}},
		{"Absolute", "np.absolute(x0)", np.Absolute, []np.Array{real, cplx}},
		{"Fabs", "np.fabs(x0)", np.Fabs, []np.Array{real}},
		{"SiLU", "x0 * ss.expit(x0)", np.SiLU, []np.Array{real, np.FromSlice([]float64{-30, -8, 0, 8, 30})}},
		{"GELU", "x0 * ss.ndtr(x0)", np.GELU, []np.Array{real, np.FromSlice([]float64{-8, -4, 0, 4, 8})}},
	} {
		for _, x := range t.in {
			all = append(all, Case{Op: t.name, Py: t.py, F: one(t.f), In: []np.Array{x}})
		}
	}
	for _, t := range []struct {
		name, py string
		f        func(x, y np.Array) np.Array
		x        np.Array
	}{
		{"Subtract", "x0 - x1", np.Subtract, real},
		{"Multiply", "x0 * x1", np.Multiply, real},
		{"Divide", "x0 / x1", np.Divide, real},
		{"TrueDivide", "np.true_divide(x0, x1)", np.TrueDivide, real},
		{"Remainder", "np.remainder(x0, x1)", np.Remainder, real},
		{"Power", "np.power(x0, x1)", np.Power, positive(1, 2, 3)},
		{"FloatPower", "np.float_power(x0, x1)", np.FloatPower, positive(1, 2, 3)},
	} {
		all = append(all, Case{Op: t.name, Py: t.py, F: two(t.f), In: []np.Array{t.x, normal(2, 3)}})
	}
	mixed := np.FromSlice([]float64{-2.75, -0.5, 0.25, 1.5, 300})
	return append(all,
		Case{Op: "ModF", In: []np.Array{normal(1, 2, 3)},
			F: func(x []np.Array) np.Array { frac, _ := np.ModF(x[0]); return frac }},
		Case{Op: "ModF", Py: "np.modf(x0)[0]", In: []np.Array{mixed}, Kink: true,
			F: func(x []np.Array) np.Array { frac, _ := np.ModF(x[0]); return frac }},
		Case{Op: "ModF", Py: "np.modf(x0)[1]", In: []np.Array{mixed}, Flat: true,
			F: func(x []np.Array) np.Array { _, whole := np.ModF(x[0]); return whole }},
		// At powers of 2 the exponent jumps.
		Case{Op: "FrExp", Py: "np.frexp(x0)[0]", In: []np.Array{mixed}, Kink: true, NoJac: true,
			F: func(x []np.Array) np.Array { m, _ := np.FrExp(x[0]); return m }},
		Case{Op: "FrExp", Py: "np.frexp(x0)[0]", In: []np.Array{positive(1, 3)}, NoJac: true,
			F: func(x []np.Array) np.Array { m, _ := np.FrExp(x[0]); return m }},
		Case{Op: "FrExp", Py: "np.frexp(x0)[1]", In: []np.Array{mixed}, Flat: true,
			F: func(x []np.Array) np.Array { _, e := np.FrExp(x[0]); return e }},
		Case{Op: "LdExp", Py: "x0 * 2.0 ** x1", F: two(np.LdExp), Const: []int{1},
			In: []np.Array{normal(1, 3), np.FromSlice([]float64{3, 0, -2})}},
		Case{Op: "Around", Py: "np.around(x0, 1)", In: []np.Array{mixed.Scale(1.03)}, Flat: true,
			F: func(x []np.Array) np.Array { return np.Around(x[0], 1) }},
		Case{Op: "IsComplex", Py: "np.iscomplex(x0)", F: one(np.IsComplex), In: []np.Array{cplx}, Flat: true},
		Case{Op: "IsComplex", Py: "np.iscomplex(x0)", F: one(np.IsComplex), In: []np.Array{real}, Flat: true})
}
