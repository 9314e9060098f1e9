package cases

import (
	"fmt"
	"math"

	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, calculus, windows, polynomialDivision) }

// calculus returns the cases of differences and integrals along several axes.
func calculus() []Case {
	type A = np.Array
	grid, gridC := normal(1, 4, 5), complexes(1, 4, 5)
	rows, cols := np.FromSlice([]float64{-1, 0.5, 1, 3}), np.FromSlice([]float64{0, 0.25, 1, 1.5, 4})
	var all []Case
	for edge := 1; edge <= 2; edge++ {
		for _, t := range []struct {
			py      string
			spacing []A
			axes    []int
		}{
			{"", nil, nil},
			{"", []A{np.Scalar(0.5)}, nil},
			{"", []A{np.Scalar(0.5), np.Scalar(3)}, nil},
			{"", []A{rows, cols}, nil},
			{"", []A{np.Scalar(2), cols}, nil},
			{", axis=(1, 0)", []A{cols, rows}, []int{1, 0}},
			{", axis=-1", []A{cols}, []int{-1}},
		} {
			in := append([]A{grid}, t.spacing...)
			args := "x0"
			for i := range t.spacing {
				args += fmt.Sprintf(", x%d", i+1)
			}
			for k := range 2 {
				py := fmt.Sprintf("np.gradient(%s%s, edge_order=%d)[%d]", args, t.py, edge, k)
				if len(t.axes) == 1 {
					py = fmt.Sprintf("np.gradient(%s%s, edge_order=%d)", args, t.py, edge)
					if k > 0 {
						continue
					}
				}
				// JAX has neither coordinates nor edges of order 2.
				all = append(all, Case{Op: "Gradients", Py: py, In: in, NoJac: true,
					F: func(in []A) A { return np.Gradients(in[0], in[1:], edge, t.axes...)[k] }})
			}
		}
		all = append(all, Case{Op: "Gradients", Py: fmt.Sprintf("np.gradient(x0, x1, axis=0, edge_order=%d)", edge), In: []A{gridC, rows}, NoJac: true,
			F: two(func(y, x A) A { return np.Gradients(y, []A{x}, edge, 0)[0] })})
	}
	for axis := range 2 {
		for _, t := range []struct {
			args          string
			before, after int
		}{{"prepend=x1", 1, 3}, {"append=x2", 3, 2}, {"prepend=x1, append=x2", 1, 2}} {
			for n := 1; n < 3; n++ {
				shape := []int{2, 2}
				shape[1-axis] = []int{5, 4}[axis]
				all = append(all, Case{Op: "DiffEnds", Py: fmt.Sprintf("np.diff(x0, n=%d, axis=%d, %s) + 0 * np.sum(x1) + 0 * np.sum(x2)", n, axis, t.args),
					In: []A{[]A{normal(1, 4, 5), normal(1, 5, 4).T()}[axis], np.Scalar(0.5), normal(2, shape...)},
					F: func(x []A) A {
						return np.DiffEnds(x[0], n, axis, append(x, np.Zeros(0))[t.before], append(x, np.Zeros(0))[t.after])
					}})
			}
		}
		all = append(all,
			Case{Op: "Trapezoid", Py: fmt.Sprintf("np.trapezoid(x0, dx=x1, axis=%d)", axis), In: []A{grid, np.Scalar(0.5)}, NoJac: true,
				F: two(func(y, x A) A { return np.Trapezoid(y, x, axis) })},
			Case{Op: "Trapezoid", Py: fmt.Sprintf("np.trapezoid(x0, x1, axis=%d)", axis), In: []A{gridC, normal(2, 4, 5)},
				F: two(func(y, x A) A { return np.Trapezoid(y, x, axis) })},
			Case{Op: "Unwrap", Py: fmt.Sprintf("np.unwrap(x0, axis=%d)", axis), In: []A{normal(1, 4, 5).Scale(6)}, NoJac: true,
				F: one(func(x A) A { return np.Unwrap(x, 2*math.Pi, axis) })},
			Case{Op: "Unwrap", Py: fmt.Sprintf("np.unwrap(x0, axis=%d, period=4)", axis), In: []A{np.FromSlice([]float64{0, 2, 4, 1.5, -0.5, -2.5, 7, 5, 3}, 3, 3)}, Kink: true,
				F: one(func(x A) A { return np.Unwrap(x, 4, axis) })})
	}
	xp := np.FromSlice([]float64{2.25, -2.25, 3.75, -3.75})
	all = append(all, Case{Op: "InterpPeriod", Py: "np.interp(x0, x1, x2, period=4)", NoJac: true,
		In: []A{np.FromSlice([]float64{-2, -1.5, -1.875, 1.875, -0.5, -0.125, 0.125, 3.5, 6}), xp, normal(1, 4)},
		F:  func(x []A) A { return np.InterpPeriod(x[0], x[1], x[2], 4) }})
	double := func(x A) A { return np.Outer(x, np.Square(x)) }
	cube := normal(1, 2, 3, 2)
	for axis := range 3 {
		all = append(all,
			Case{Op: "ApplyAlongAxis", Py: fmt.Sprintf("np.apply_along_axis(lambda x: np.outer(x, x ** 2), %d, x0)", axis), In: []A{cube},
				F: one(func(x A) A { return np.ApplyAlongAxis(double, axis, x) })},
			Case{Op: "ApplyAlongAxis", Py: fmt.Sprintf("np.apply_along_axis(np.prod, %d, x0)", axis), In: []A{cube},
				F: one(func(x A) A { return np.ApplyAlongAxis(func(x A) A { return np.Prod(x) }, axis, x) })})
	}
	return append(all, Case{Op: "ApplyOverAxes", Py: "np.apply_over_axes(np.sum, x0, [0, 2])", In: []A{cube},
		F: one(func(x A) A {
			return np.ApplyOverAxes(func(x A, axis int) A { return np.Sum(x, np.Axis(axis)) }, x, 0, -1)
		})})
}

// windows returns the cases of windows.
func windows() []Case {
	type A = np.Array
	var all []Case
	for _, n := range []int{0, 1, 2, 7, 8} {
		for _, t := range []struct {
			name, py string
			f        func(int) A
		}{{"Bartlett", "np.bartlett", np.Bartlett}, {"Hanning", "np.hanning", np.Hanning}, {"Hamming", "np.hamming", np.Hamming}, {"Blackman", "np.blackman", np.Blackman}} {
			all = append(all, Case{Op: t.name, Py: fmt.Sprintf("%s(%d)", t.py, n), Flat: true, F: func([]A) A { return t.f(n) }})
		}
		all = append(all, Case{Op: "Kaiser", Py: fmt.Sprintf("np.kaiser(%d, x0)", n), In: []A{np.Scalar(5)}, F: one(func(beta A) A { return np.Kaiser(n, beta) }), NoJac: true})
	}
	return append(all, Case{Op: "I0", Py: "np.i0(x0)", In: []A{normal(1, 2, 3)}, F: one(np.I0), Tol: 1e-12})
}

// polynomialDivision returns the cases of quotients, roots and constants of
// polynomials.
func polynomialDivision() []Case {
	type A = np.Array
	var all []Case
	for _, in := range [][]A{{normal(1, 5), normal(2, 3)}, {normal(1, 3), normal(2, 3)}, {normal(1, 2), normal(2, 4)}, {normal(1, 4), normal(2, 1)}, {complexes(1, 4), complexes(2, 2)}} {
		all = append(all,
			Case{Op: "PolyDiv", Py: "np.polydiv(x0, x1)[0]", In: in, F: two(func(u, v A) A { q, _ := np.PolyDiv(u, v); return q }), NoJac: true, Tol: 1e-12},
			Case{Op: "PolyDiv", Py: "np.polydiv(x0, x1)[1]", In: in, F: two(func(u, v A) A { _, r := np.PolyDiv(u, v); return r }), NoJac: true, Tol: 1e-12})
	}
	k := func(in []A) A { return np.PolyInt(in[0], 3, in[1:]...) }
	return append(all,
		Case{Op: "Poly", Py: "np.poly(x0)", In: []A{normal(1, 4)}, F: one(np.Poly)},
		Case{Op: "Poly", Py: "np.poly(x0)", In: []A{complexes(1, 3)}, F: one(np.Poly), NoJac: true},
		Case{Op: "Poly", Py: "np.poly(x0)", In: []A{normal(1, 1)}, F: one(np.Poly)},
		Case{Op: "PolyInt", Py: "np.polyint(x0, 3, k=[x1, x2, x3])", In: []A{normal(1, 3), np.Scalar(0.5), np.Scalar(2), np.Scalar(-1)}, F: k, NoJac: true},
		Case{Op: "PolyInt", Py: "np.polyint(x0, 3, k=x1)", In: []A{normal(1, 3), np.Scalar(0.5)}, F: k, NoJac: true},
		Case{Op: "Sign", Py: "np.sign(x0)", In: []A{complexes(1, 3)}, F: one(np.Sign), NoJac: true},
		Case{Op: "Sign", Py: "np.sign(x0)", In: []A{np.FromComplex([]complex128{0, 3 - 4i})}, F: one(np.Sign), Kink: true},
		Case{Op: "Round", Py: "np.round(x0, 2)", In: []A{complexes(1, 3)}, F: one(func(x A) A { return np.Round(x, 2) }), Flat: true},
	)
}
