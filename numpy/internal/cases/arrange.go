package cases

import (
	"fmt"

	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, arrangements, pads, diagonals, grids, putting) }

// arrangements returns the cases of arrangements along several axes.
func arrangements() []Case {
	type A = np.Array
	cube, grid, gridC := normal(1, 2, 3, 2), normal(2, 3, 4), complexes(2, 3, 4)
	var all []Case
	add := func(c []Case) { all = append(all, c...) }
	add(simple("ExpandDims", "np.expand_dims(x0, (0, -2))", func(x A) A { return np.ExpandDims(x, 0, -2) }, grid))
	add(simple("MoveAxes", "np.moveaxis(x0, (0, 1), (-1, -2))", func(x A) A { return np.MoveAxes(x, []int{0, 1}, []int{-1, -2}) }, cube, complexes(1, 2, 3, 2)))
	add(simple("MoveAxes", "np.moveaxis(x0, (2, 0), (0, 1))", func(x A) A { return np.MoveAxes(x, []int{2, 0}, []int{0, 1}) }, cube))
	for k := range 4 {
		add(simple("Rot90", fmt.Sprintf("np.rot90(x0, %d, axes=(2, 1))", k), func(x A) A { return np.Rot90(x, k, 2, 1) }, cube))
	}
	add(simple("RollAxes", "np.roll(x0, (1, -2), axis=(0, 1))", func(x A) A { return np.RollAxes(x, []int{1, -2}, []int{0, 1}) }, grid, gridC))
	add(simple("RollAxes", "np.roll(x0, (1, 2), axis=(0, 0))", func(x A) A { return np.RollAxes(x, []int{1, 2}, []int{0, 0}) }, grid))
	add(simple("MatrixTranspose", "np.matrix_transpose(x0)", np.MatrixTranspose, cube, gridC))
	add(simple("Unstack", "np.unstack(x0, axis=1)[2]", func(x A) A { return np.Unstack(x, 1)[2] }, cube, gridC))

	u, v, m, n := normal(1, 3), normal(2, 3), normal(3, 2, 3), normal(4, 2, 3)
	for axis, other := range []A{normal(5, 1, 3), complexes(5, 2, 2)} {
		all = append(all, Case{Op: "Append", Py: fmt.Sprintf("np.append(x0, x1, axis=%d)", axis), In: []A{m, other},
			F: two(func(x, y A) A { return np.Append(x, y, np.Axis(axis)) })})
	}
	insert := func(before ...int) func([]A) A {
		return two(func(x, v A) A { return np.InsertAt(x, before, v, 1) })
	}
	return append(all,
		Case{Op: "InsertAt", Py: "np.insert(x0, [2, 0, 2], x1, axis=1)", In: []A{m, normal(5, 2, 3)}, F: insert(2, 0, 2), NoJac: true},
		Case{Op: "InsertAt", Py: "np.insert(x0, [-1, 3], x1, axis=1)", In: []A{m, np.Scalar(0.5)}, F: insert(-1, 3), NoJac: true},
		Case{Op: "InsertAt", Py: "np.insert(x0, [1, 1], x1, axis=1)", In: []A{complexes(4, 1, 3), complexes(5, 1, 2)}, F: insert(1, 1), NoJac: true},
		Case{Op: "Block", Py: "np.block([[x0, x1], [x2, x3]])", In: []A{m, normal(5, 2, 1), u, np.Scalar(0.5)},
			F: func(x []A) A { return np.Block([][]A{{x[0], x[1]}, {x[2], x[3]}}) }},
		Case{Op: "Block", Py: "np.block([x0, x1])", In: []A{u, v}, F: func(x []A) A { return np.Block(x) }},
		Case{Op: "Block", Py: "np.block([x0, x1])", In: []A{cube, complexes(5, 2, 3, 1)}, F: func(x []A) A { return np.Block(x) }},
		Case{Op: "Block", Py: "np.block([[[x0], [x1]], [[x1], [x0]]])", In: []A{m, n},
			F: func(x []A) A { return np.Block([][][]A{{{x[0]}, {x[1]}}, {{x[1]}, {x[0]}}}) }},
		Case{Op: "Block", Py: "np.block(x0)", In: []A{u}, F: func(x []A) A { return np.Block(x[0]) }, NoJac: true},
		Case{Op: "Block", Py: "np.block([[x0], [x1]])", In: []A{u, v}, F: func(x []A) A { return np.Block([]any{x[:1], []any{x[1]}}) }},
	)
}

// pads returns the cases of what stands around an array.
func pads() []Case {
	type A = np.Array
	grid, gridC, row := normal(2, 3, 4), complexes(2, 3, 4), normal(3, 4)
	var all []Case
	add := func(mode np.PadMode, name string, x ...A) {
		all = append(all, simple("Pad", "np.pad(x0, ((1, 2), (0, 3)), mode='"+name+")",
			func(x A) A { return np.Pad(x, [][2]int{{1, 2}, {0, 3}}, mode) }, x...)...)
	}
	add(np.PadReflectOdd, "reflect', reflect_type='odd'", grid, gridC)
	add(np.PadSymmetricOdd, "symmetric', reflect_type='odd'", grid, gridC)
	add(np.PadMaximum, "maximum'", grid)
	add(np.PadMinimum, "minimum'", grid)
	add(np.PadMean, "mean'", grid, gridC)
	add(np.PadMedian, "median'", grid)
	// Wider than the array.
	for _, t := range []struct {
		mode np.PadMode
		name string
	}{{np.PadReflect, "reflect'"}, {np.PadSymmetric, "symmetric'"}, {np.PadWrap, "wrap'"},
		{np.PadReflectOdd, "reflect', reflect_type='odd'"}, {np.PadSymmetricOdd, "symmetric', reflect_type='odd'"}} {
		for _, w := range [][2]int{{9, 0}, {0, 9}, {10, 15}} {
			all = append(all, Case{Op: "Pad", Py: fmt.Sprintf("np.pad(x0, (%d, %d), mode='%s)", w[0], w[1], t.name), In: []A{row}, NoJac: true,
				F: one(func(x A) A { return np.Pad(x, [][2]int{w}, t.mode) })})
		}
	}
	all = append(all, simple("Pad", "np.pad(x0, (2, 1), mode='reflect', reflect_type='odd')",
		func(x A) A { return np.Pad(x, [][2]int{{2, 1}}, np.PadReflectOdd) }, normal(1, 1))...)
	widths := [][2]int{{1, 2}, {0, 3}}
	constant := two(func(x, v A) A { return np.PadConstant(x, widths, v) })
	ramp := two(func(x, v A) A { return np.PadRamp(x, widths, v) })
	for _, v := range []A{np.Scalar(1.5), normal(5, 2), normal(5, 2, 1), normal(5, 2, 2)} {
		py := func(mode, values string) string {
			return fmt.Sprintf("np.pad(x0, ((1, 2), (0, 3)), mode='%s', %s=np.broadcast_to(x1, (2, 2)))", mode, values)
		}
		// JAX wants values that do not vary.
		all = append(all,
			Case{Op: "PadConstant", Py: py("constant", "constant_values"), In: []A{grid, v}, F: constant, NoJac: true},
			Case{Op: "PadRamp", Py: py("linear_ramp", "end_values"), In: []A{grid, v}, F: ramp, NoJac: true})
	}
	return append(all,
		Case{Op: "PadConstant", Py: "np.pad(x0, ((1, 2), (0, 3)), constant_values=x1)", In: []A{gridC, complexes(5)}, F: constant, NoJac: true},
		Case{Op: "PadRamp", Py: "np.pad(x0, ((1, 2), (0, 3)), mode='linear_ramp', end_values=x1)", In: []A{gridC, complexes(5)}, F: ramp, NoJac: true})
}

// diagonals returns the cases of diagonals of other axes than the last two.
func diagonals() []Case {
	type A = np.Array
	cube, grid, tall := normal(1, 2, 3, 4), normal(2, 3, 4), normal(3, 4, 2)
	var all []Case
	for _, t := range []struct{ offset, i, j int }{{0, 0, 1}, {1, 0, 2}, {-1, 2, 0}, {2, -2, -1}, {5, 0, 1}} {
		arg := fmt.Sprintf("(x0, %d, %d, %d)", t.offset, t.i, t.j)
		for _, x := range []A{cube, complexes(1, 2, 3, 4)} {
			all = append(all,
				Case{Op: "Diagonal", Py: "np.diagonal" + arg, In: []A{x}, NoJac: t.offset == 5,
					F: one(func(x A) A { return np.Diagonal(x, t.offset, t.i, t.j) })},
				Case{Op: "Trace", Py: "np.trace" + arg, In: []A{x},
					F: one(func(x A) A { return np.Trace(x, t.offset, t.i, t.j) })})
		}
	}
	for _, x := range []A{grid, tall, normal(4, 3, 3, 3), complexes(1, 2, 2)} {
		all = append(all, Case{Op: "FillDiagonal", Py: "setat(x0, np.diag_indices(min(x0.shape), x0.ndim), x1)", In: []A{x, np.Scalar(0.5)}, F: two(np.FillDiagonal)})
	}
	all = append(all, Case{Op: "FillDiagonal", Py: "setat(x0, np.diag_indices(3), x1)", In: []A{grid.Index(np.Whole, np.To(3)), normal(5, 3)}, F: two(np.FillDiagonal)})
	for _, k := range []int{0, 1, -2} {
		for part := range 2 {
			all = append(all,
				Case{Op: "TrilIndices", Py: fmt.Sprintf("np.tril_indices(3, %d, 4)[%d]", k, part), Flat: true,
					F: func([]A) A { i, j := np.TrilIndices(3, 4, k); return []A{i, j}[part] }},
				Case{Op: "TriuIndices", Py: fmt.Sprintf("np.triu_indices(3, %d, 4)[%d]", k, part), Flat: true,
					F: func([]A) A { i, j := np.TriuIndices(3, 4, k); return []A{i, j}[part] }})
		}
	}
	return append(all, Case{Op: "DiagIndices", Py: "np.diag_indices(3, 3)[2]", Flat: true, F: func([]A) A { return np.DiagIndices(3, 3)[2] }})
}

// grids returns the cases of numbers at regular distances and their grids.
func grids() []Case {
	type A = np.Array
	constant := func(op, py string, f func() A) Case {
		return Case{Op: op, Py: py, Flat: true, F: func([]A) A { return f() }}
	}
	x, y, z := normal(1, 2), normal(2, 3), normal(3, 2)
	last := func(f func(...A) []A) func([]A) A {
		return func(x []A) A { y := f(x...); return np.Mul(np.Mul(y[0], y[1]), y[2]) }
	}
	return []Case{
		constant("Linspace", "np.linspace(-7, 7, 5, endpoint=False)", func() A { return np.Linspace(-7, 7, 5, np.Open) }),
		constant("Linspace", "np.linspace(1, 2, 1, endpoint=False)", func() A { return np.Linspace(1, 2, 1, np.Open) }),
		constant("Linspace", "np.linspace(1, 2, 0, endpoint=False)", func() A { return np.Linspace(1, 2, 0, np.Open) }),
		constant("Logspace", "np.logspace(0, 2, 4, endpoint=False, base=3)", func() A { return np.Logspace(0, 2, 4, 3, np.Open) }),
		constant("Geomspace", "np.geomspace(1, 256, 4, endpoint=False)", func() A { return np.Geomspace(1, 256, 4, np.Open) }),
		{Op: "LinspaceOf", Py: "np.linspace(x0, x1, 4, endpoint=False)", In: []A{normal(1, 2, 1), normal(2, 3)},
			F: two(func(x, y A) A { return np.LinspaceOf(x, y, 4, np.Open) })},
		{Op: "LinspaceOf", Py: "np.linspace(x0, x1, 3)", In: []A{complexes(1, 2), normal(2, 2)},
			F: two(func(x, y A) A { return np.LinspaceOf(x, y, 3) })},
		{Op: "LogspaceOf", Py: "x2 ** np.linspace(x0, x1, 4)", In: []A{normal(1, 2, 1), normal(2, 3), positive(3)},
			F: func(x []A) A { return np.LogspaceOf(x[0], x[1], 4, x[2]) }},
		{Op: "GeomspaceOf", Py: "np.geomspace(x0, x1, 4)", In: []A{positive(1, 2, 1), positive(2, 3)}, NoJac: true, // JAX takes logarithms to the base 10
			F: two(func(x, y A) A { return np.GeomspaceOf(x, y, 4) })},
		{Op: "GeomspaceOf", Py: "np.geomspace(x0, x1, 4)", In: []A{complexes(1, 2), complexes(2, 2)}, NoJac: true,
			F: two(func(x, y A) A { return np.GeomspaceOf(x, y, 4) })},
		{Op: "GeomspaceOf", Py: "np.geomspace(-x0, -x1, 4, endpoint=False)", In: []A{positive(1, 2), positive(2, 2)}, NoJac: true,
			F: two(func(x, y A) A { return np.GeomspaceOf(x.Neg(), y.Neg(), 4, np.Open) })},
		{Op: "MGrid", Py: "(lambda a, b, c: a * b * c)(*np.meshgrid(x0, x1, x2, indexing='ij'))", In: []A{x, y, z}, F: last(np.MGrid)},
		{Op: "MGrid", Py: "np.mgrid[0:3, 1:3][1]", Flat: true, F: func([]A) A { return np.MGrid(np.Arange(0, 3, 1), np.Arange(1, 3, 1))[1] }},
		{Op: "OGrid", Py: "(lambda a, b, c: a * b * c)(*np.meshgrid(x0, x1, x2, indexing='ij', sparse=True))", In: []A{x, y, z}, F: last(np.OGrid)},
		{Op: "OGrid", Py: "np.ogrid[0:3, 1:3][1]", Flat: true, F: func([]A) A { return np.OGrid(np.Arange(0, 3, 1), np.Arange(1, 3, 1))[1] }},
		{Op: "Index", Py: "x0[np.ix_([2, 0], [1, 1, 3])]", In: []A{normal(1, 3, 4)},
			F: one(func(x A) A { return x.Index(np.Ix([]int{2, 0}, []int{1, 1, 3})...) })},
		constant("FromFunction", "np.fromfunction(lambda i, j: i * 10 + j, (2, 3))", func() A {
			return np.FromFunction(func(i ...A) A { return np.Add(i[0].Scale(10), i[1]) }, 2, 3)
		}),
		{Op: "FromFunction", Py: "np.fromfunction(lambda i, j: i * x0 + j * x0 ** 2, (2, 3))", In: []A{np.Scalar(1.5)},
			F: func(x []A) A {
				return np.FromFunction(func(i ...A) A { return np.Add(np.Mul(i[0], x[0]), np.Mul(i[1], np.Square(x[0]))) }, 2, 3)
			}},
		constant("UnravelIndex", "np.unravel_index(np.array([[22, 3], [0, 13]]), (2, 3, 4))[1]", func() A {
			return np.UnravelIndex(np.FromSlice([]float64{22, 3, 0, 13}, 2, 2), 2, 3, 4)[1]
		}),
		constant("RavelMultiIndex", "np.ravel_multi_index((np.array([[1], [0]]), np.array([2, 0, 1])), (2, 3))", func() A {
			return np.RavelMultiIndex([]A{np.FromSlice([]float64{1, 0}, 2, 1), np.FromSlice([]float64{2, 0, 1})}, 2, 3)
		}),
	}
}

// putting returns the cases of elements replaced.
func putting() []Case {
	type A = np.Array
	mask := np.FromSlice([]float64{1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1}, 3, 4)
	const pyMask = "np.array([[1,0,0,1],[0,1,1,0],[0,0,0,1]], dtype=bool)"
	put := two(func(x, v A) A { return np.Put(x, []int{1, -2, 1}, v) })
	place := two(func(x, v A) A { return np.Place(x, mask, v) })
	putMask := two(func(x, v A) A { return np.PutMask(x, mask, v) })
	var all []Case
	for _, x := range []A{normal(1, 3, 4), complexes(1, 3, 4)} {
		for _, v := range []A{normal(2, 2), normal(2, 5), np.Scalar(0.5)} {
			all = append(all,
				Case{Op: "Put", Py: "setat(x0.ravel(), np.array([1, -2, 1]), np.resize(x1, 3)).reshape(x0.shape)", In: []A{x, v}, F: put},
				Case{Op: "Place", Py: "setat(x0, " + pyMask + ", np.resize(x1, 5))", In: []A{x, v}, F: place},
				Case{Op: "PutMask", Py: "np.where(" + pyMask + ", np.resize(x1, (3, 4)), x0)", In: []A{x, v}, F: putMask})
		}
	}
	// Rows that are named twice, parts of them, and parts of parts.
	cube := normal(4, 3, 4, 2)
	for _, t := range []struct {
		py    string
		index np.Index
		shape []int
	}{
		{"np.array([0, 2, 0])", np.Index{np.Ints(0, 2, 0)}, []int{3, 4, 2}},
		{"(np.array([0, 2, 0]), slice(1, 3))", np.Index{np.Ints(0, 2, 0), np.Span(1, 3)}, []int{3, 2, 2}},
		{"(slice(None), np.array([1, 1]))", np.Index{np.Whole, np.Ints(1, 1)}, []int{3, 2, 2}},
		{"(slice(1, 3), np.array([1, 0]), slice(None, None, -1))", np.Index{np.From(1), np.Ints(1, 0), np.Step(-1)}, []int{2, 2, 2}},
		{"(slice(None), slice(1, 3))", np.Index{np.Whole, np.Span(1, 3)}, []int{3, 2, 2}},
		{"(1, slice(0, 4, 2))", np.Index{np.I(1), np.Step(2)}, []int{2, 2}},
		{"(np.array([1, 1]), slice(0, 0))", np.Index{np.Ints(1, 1), np.To(0)}, []int{2, 0, 2}},
		{"...", np.Index{np.Ellipsis}, []int{3, 4, 2}},
		{"(slice(0, 2), None, np.array([1, 3]))", np.Index{np.To(2), np.NewAxis, np.Ints(1, 3)}, []int{2, 1, 2, 2}},
	} {
		for _, x := range []A{cube, complexes(4, 3, 4, 2)} {
			in := []A{x, normal(5, t.shape...)}
			all = append(all,
				Case{Op: "SetAt", Py: "setat(x0, " + t.py + ", x1)", In: in, F: two(func(x, v A) A { return np.SetAt(x, t.index, v) }), NoJac: true},
				Case{Op: "AddAt", Py: "addat(x0, " + t.py + ", x1)", In: in, F: two(func(x, v A) A { return np.AddAt(x, t.index, v) })},
				Case{Op: "Index", Py: "x0[" + t.py + "]", In: in[:1], F: one(func(x A) A { return x.Index(t.index...) })})
		}
	}
	// Conditions that overlap: the last one counts.
	overlap := one(func(x A) A {
		return np.Piecewise(x, []A{np.Less(x, np.Scalar(1)), np.Less(x, np.Scalar(0))}, []func(A) A{np.Square, np.Sin, np.Exp})
	})
	out := np.FromSlice([]float64{nan, 1.5, inf, -inf})
	nums := one(func(x A) A { return np.NanToNumOf(x, 1, 2, -3) })
	return append(all,
		Case{Op: "Piecewise", Py: "np.piecewise(x0, [x0 < 1, x0 < 0], [lambda x: x ** 2, np.sin, np.exp])", In: []A{np.FromSlice([]float64{-2, -0.5, 0.25, 3})}, F: overlap, NoJac: true,
			Note: "of conditions that overlap the last counts, as in NumPy"},
		Case{Op: "NanToNumOf", Py: "np.nan_to_num(x0, nan=1, posinf=2, neginf=-3)", In: []A{out}, F: nums, Kink: true},
		Case{Op: "NanToNumOf", Py: "np.nan_to_num(x0, nan=1, posinf=2, neginf=-3)", In: []A{np.Complex(out, np.Flip(out))}, F: nums, Kink: true},
		Case{Op: "NanToNumOf", Py: "np.nan_to_num(x0, nan=1, posinf=2, neginf=-3)", In: []A{normal(1, 3)}, F: nums},
	)
}
