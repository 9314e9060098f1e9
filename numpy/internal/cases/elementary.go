package cases

import np "github.com/dualjet/dualjet/numpy"

func init() { groups = append(groups, elementary) }

// elementary returns the cases of the functions of one number.
func elementary() []Case {
	any := []np.Array{normal(1, 5), normal(2, 2, 3), np.FromSlice([]float64{0, 3.5, -2.25}), np.Scalar(0.75)}
	plus := []np.Array{positive(1, 5), positive(2, 2, 3)}
	inner := []np.Array{unit(1, 5), unit(2, 2, 3)}
	small := []np.Array{complexes(1, 4), complexes(2, 2, 2)}
	var all []Case
	for _, t := range []struct {
		name, py string
		f        func(np.Array) np.Array
		in       [][]np.Array
	}{
		{"Exp", "np.exp(x0)", np.Exp, [][]np.Array{any, small}},
		{"Exp2", "np.exp2(x0)", np.Exp2, [][]np.Array{any, small}},
		{"Expm1", "np.expm1(x0)", np.Expm1, [][]np.Array{any, small}},
		{"Log", "np.log(x0)", np.Log, [][]np.Array{plus, small}},
		{"Log2", "np.log2(x0)", np.Log2, [][]np.Array{plus, small}},
		{"Log10", "np.log10(x0)", np.Log10, [][]np.Array{plus, small}},
		{"Log1p", "np.log1p(x0)", np.Log1p, [][]np.Array{plus, inner, small}},
		{"Sqrt", "np.sqrt(x0)", np.Sqrt, [][]np.Array{plus, small}},
		{"Cbrt", "np.cbrt(x0)", np.Cbrt, [][]np.Array{plus, {normal(1, 5)}}},
		{"Square", "np.square(x0)", np.Square, [][]np.Array{any, small}},
		{"Sin", "np.sin(x0)", np.Sin, [][]np.Array{any, small}},
		{"Cos", "np.cos(x0)", np.Cos, [][]np.Array{any, small}},
		{"Tan", "np.tan(x0)", np.Tan, [][]np.Array{any, small}},
		{"Arcsin", "np.arcsin(x0)", np.Arcsin, [][]np.Array{inner, small}},
		{"Arccos", "np.arccos(x0)", np.Arccos, [][]np.Array{inner, small}},
		{"Arctan", "np.arctan(x0)", np.Arctan, [][]np.Array{any, small}},
		{"Sinh", "np.sinh(x0)", np.Sinh, [][]np.Array{any, small}},
		{"Cosh", "np.cosh(x0)", np.Cosh, [][]np.Array{any, small}},
		{"Tanh", "np.tanh(x0)", np.Tanh, [][]np.Array{any, small}},
		{"Arcsinh", "np.arcsinh(x0)", np.Arcsinh, [][]np.Array{any, small}},
		{"Arctanh", "np.arctanh(x0)", np.Arctanh, [][]np.Array{inner, small}},
		{"Sigmoid", "1 / (1 + np.exp(-x0))", np.Sigmoid, [][]np.Array{any, small}},
		{"Softplus", "np.log1p(np.exp(x0))", np.Softplus, [][]np.Array{any, small}},
		{"Reciprocal", "1 / x0", np.Reciprocal, [][]np.Array{plus, small}},
		{"Neg", "-x0", np.Neg, [][]np.Array{any, small}},
		{"Deg2Rad", "x0 * np.pi / 180", np.Deg2Rad, [][]np.Array{any}},
		{"Rad2Deg", "x0 * 180 / np.pi", np.Rad2Deg, [][]np.Array{any}},
		{"Conj", "np.conj(x0)", np.Conj, [][]np.Array{any, small}},
	} {
		for _, in := range t.in {
			for _, x := range in {
				all = append(all, Case{Op: t.name, Py: t.py, F: one(t.f), In: []np.Array{x}})
			}
		}
	}
	for _, x := range []np.Array{normal(1, 5), positive(1, 3)} {
		all = append(all, Case{Op: "Sinc", Py: "np.sinc(x0)", F: one(np.Sinc), In: []np.Array{x}})
	}
	all = append(all,
		Case{Op: "Sinc", Py: "np.sinc(x0)", F: one(np.Sinc), In: []np.Array{np.FromSlice([]float64{0, 1, -2.5})}, NoJac: true},
		Case{Op: "Arccosh", Py: "np.arccosh(x0)", F: one(np.Arccosh), In: []np.Array{positive(1, 5).AddConst(1)}},
		// JAX takes the other branch of the root.
		Case{Op: "Arccosh", Py: "np.arccosh(x0)", F: one(np.Arccosh), In: []np.Array{complexes(1, 4)}, NoJac: true})
	return all
}
