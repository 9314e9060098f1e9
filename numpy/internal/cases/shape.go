package cases

import (
	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, shapes, joins, indices, makers) }

// simple is a case of a function of one array.
func simple(op, py string, f func(np.Array) np.Array, in ...np.Array) []Case {
	var all []Case
	for _, x := range in {
		all = append(all, Case{Op: op, Py: py, F: one(f), In: []np.Array{x}})
	}
	return all
}

// shapes returns the cases of changes of shape and arrangement.
func shapes() []Case {
	type A = np.Array
	cube, cubeC := normal(1, 2, 3, 2), complexes(1, 2, 3, 2)
	grid, gridC := normal(2, 3, 4), complexes(2, 3, 4)
	row := normal(3, 5)
	var all []Case
	add := func(c []Case) { all = append(all, c...) }
	add(simple("Reshape", "np.reshape(x0, (3, -1))", func(x A) A { return np.Reshape(x, 3, -1) }, cube, cubeC, grid.T()))
	add(simple("Ravel", "np.ravel(x0)", np.Ravel, cube, grid.T()))
	add(simple("Transpose", "np.transpose(x0)", func(x A) A { return np.Transpose(x) }, cube, cubeC))
	add(simple("Transpose", "np.transpose(x0, (1, 2, 0))", func(x A) A { return np.Transpose(x, 1, 2, 0) }, cube))
	add(simple("Transpose", "np.transpose(x0, (1, -1, 0))", func(x A) A { return np.Transpose(x, 1, -1, 0) }, cube))
	add(simple("SwapAxes", "np.swapaxes(x0, 0, -1)", func(x A) A { return np.SwapAxes(x, 0, -1) }, cube))
	add(simple("MoveAxis", "np.moveaxis(x0, 0, -1)", func(x A) A { return np.MoveAxis(x, 0, -1) }, cube))
	add(simple("MoveAxis", "np.moveaxis(x0, 2, 0)", func(x A) A { return np.MoveAxis(x, 2, 0) }, cube))
	add(simple("RollAxis", "np.rollaxis(x0, 2, 0)", func(x A) A { return np.RollAxis(x, 2, 0) }, cube))
	add(simple("RollAxis", "np.rollaxis(x0, 0, 3)", func(x A) A { return np.RollAxis(x, 0, 3) }, cube))
	add(simple("ExpandDims", "np.expand_dims(x0, 1)", func(x A) A { return np.ExpandDims(x, 1) }, grid))
	add(simple("ExpandDims", "np.expand_dims(x0, -1)", func(x A) A { return np.ExpandDims(x, -1) }, grid))
	add(simple("Squeeze", "np.squeeze(x0)", func(x A) A { return np.Squeeze(x) }, normal(1, 1, 3, 1)))
	add(simple("Squeeze", "np.squeeze(x0, 0)", func(x A) A { return np.Squeeze(x, 0) }, normal(1, 1, 3, 1)))
	add(simple("BroadcastTo", "np.broadcast_to(x0, (2, 3, 4))", func(x A) A { return np.BroadcastTo(x, 2, 3, 4) }, grid, normal(1, 3, 1), np.Scalar(2)))
	add(simple("SumTo", "np.sum(x0, axis=(0, 2), keepdims=True)[0]", func(x A) A { return np.SumTo(x, 3, 1) }, cube, cubeC))
	add(simple("Flip", "np.flip(x0)", func(x A) A { return np.Flip(x) }, grid, gridC))
	add(simple("Flip", "np.flip(x0, 1)", func(x A) A { return np.Flip(x, 1) }, grid))
	add(simple("FlipUD", "np.flipud(x0)", np.FlipUD, grid))
	add(simple("FlipLR", "np.fliplr(x0)", np.FlipLR, grid))
	for k, py := range []string{"np.rot90(x0, 0)", "np.rot90(x0, 1)", "np.rot90(x0, 2)", "np.rot90(x0, 3)"} {
		add(simple("Rot90", py, func(x A) A { return np.Rot90(x, k) }, grid))
	}
	add(simple("Rot90", "np.rot90(x0, -1)", func(x A) A { return np.Rot90(x, -1) }, grid))
	add(simple("Roll", "np.roll(x0, 1, axis=0)", func(x A) A { return np.Roll(x, 1, 0) }, grid, gridC))
	add(simple("Roll", "np.roll(x0, -5, axis=1)", func(x A) A { return np.Roll(x, -5, 1) }, grid))
	add(simple("RollFlat", "np.roll(x0, 2)", func(x A) A { return np.RollFlat(x, 2) }, grid))
	add(simple("Repeat", "np.repeat(x0, 2, axis=0)", func(x A) A { return np.Repeat(x, 2, 0) }, grid))
	add(simple("Repeat", "np.repeat(x0, 3, axis=1)", func(x A) A { return np.Repeat(x, 3, -1) }, grid))
	add(simple("Repeat", "np.repeat(x0, 0, axis=0)", func(x A) A { return np.Repeat(x, 0, 0) }, row))
	add(simple("RepeatEach", "np.repeat(x0, np.array([2, 0, 1]), axis=0)", func(x A) A { return np.RepeatEach(x, []int{2, 0, 1}, 0) }, grid))
	add(simple("Tile", "np.tile(x0, (2, 3))", func(x A) A { return np.Tile(x, 2, 3) }, grid, row))
	add(simple("Tile", "np.tile(x0, 2)", func(x A) A { return np.Tile(x, 2) }, grid))
	add(simple("AtLeast1D", "np.atleast_1d(x0)", np.AtLeast1D, np.Scalar(1.5), row))
	add(simple("AtLeast2D", "np.atleast_2d(x0)", np.AtLeast2D, np.Scalar(1.5), row, grid))
	add(simple("AtLeast3D", "np.atleast_3d(x0)", np.AtLeast3D, np.Scalar(1.5), row, grid, cube))
	add([]Case{{Op: "BroadcastArrays", Py: "np.broadcast_arrays(x0, x1)[0] * np.broadcast_arrays(x0, x1)[1]", In: []A{normal(1, 3, 1), normal(2, 4)},
		F: func(x []A) A { y := np.BroadcastArrays(x...); return np.Mul(y[0], y[1]) }}})
	for mode, name := range []string{"constant", "edge", "reflect", "symmetric", "wrap"} {
		add(simple("Pad", "np.pad(x0, ((1, 2), (0, 3)), mode='"+name+"')",
			func(x A) A { return np.Pad(x, [][2]int{{1, 2}, {0, 3}}, np.PadMode(mode)) }, grid, gridC))
	}
	add(simple("Diagonal", "np.diagonal(x0)", func(x A) A { return np.Diagonal(x, 0) }, grid, gridC))
	add(simple("Diagonal", "np.diagonal(x0, 1)", func(x A) A { return np.Diagonal(x, 1) }, grid))
	add(simple("Diagonal", "np.diagonal(x0, -1, 1, 2)", func(x A) A { return np.Diagonal(x, -1) }, cube))
	add(simple("Diag", "np.diag(x0)", func(x A) A { return np.Diag(x, 0) }, grid, row, normal(1, 2, 3)))
	add(simple("Diag", "np.diag(x0, -1)", func(x A) A { return np.Diag(x, -1) }, grid, row))
	add(simple("DiagFlat", "np.diagflat(x0, 1)", func(x A) A { return np.DiagFlat(x, 1) }, normal(1, 2, 2)))
	add(simple("MakeDiagonal", "np.stack([np.diag(x0[0]), np.diag(x0[1])])", func(x A) A { return np.MakeDiagonal(x, 0) }, normal(1, 2, 3)))
	add(simple("Trace", "np.trace(x0)", func(x A) A { return np.Trace(x, 0) }, grid, gridC))
	add(simple("Trace", "np.trace(x0, 1, 1, 2)", func(x A) A { return np.Trace(x, 1) }, cube))
	add(simple("Triu", "np.triu(x0)", func(x A) A { return np.Triu(x, 0) }, grid, gridC))
	add(simple("Triu", "np.triu(x0, -1)", func(x A) A { return np.Triu(x, -1) }, cube))
	add(simple("Tril", "np.tril(x0, 1)", func(x A) A { return np.Tril(x, 1) }, grid, cube))
	return all
}

// joins returns the cases of putting arrays together and cutting them.
func joins() []Case {
	type A = np.Array
	pair := func(op, py string, f func(x ...A) A, x, y A) Case {
		return Case{Op: op, Py: py, F: func(in []A) A { return f(in...) }, In: []A{x, y}}
	}
	join := func(axis int) func(...A) A { return func(x ...A) A { return np.Concatenate(axis, x...) } }
	stack := func(axis int) func(...A) A { return func(x ...A) A { return np.Stack(axis, x...) } }
	u, v, m, n := normal(1, 3), normal(2, 3), normal(3, 2, 3), normal(4, 2, 3)
	all := []Case{
		pair("Concatenate", "np.concatenate([x0, x1])", join(0), u, normal(2, 2)),
		pair("Concatenate", "np.concatenate([x0, x1], axis=1)", join(1), m, normal(2, 2, 1)),
		pair("Concatenate", "np.concatenate([x0, x1], axis=-2)", join(-2), m, complexes(2, 1, 3)),
		pair("Concatenate", "np.concatenate([x0, x1])", join(0), u, np.Zeros(0)),
		pair("Stack", "np.stack([x0, x1])", stack(0), u, v),
		pair("Stack", "np.stack([x0, x1], axis=-1)", stack(-1), m, n),
		pair("Stack", "np.stack([x0, x1])", stack(0), np.Scalar(1.5), np.Scalar(-2)),
		pair("VStack", "np.vstack([x0, x1])", np.VStack, u, m),
		pair("RowStack", "np.vstack([x0, x1])", np.RowStack, u, v),
		pair("HStack", "np.hstack([x0, x1])", np.HStack, u, v),
		pair("HStack", "np.hstack([x0, x1])", np.HStack, m, n),
		pair("DStack", "np.dstack([x0, x1])", np.DStack, m, n),
		pair("ColumnStack", "np.column_stack([x0, x1])", np.ColumnStack, u, v),
		pair("ColumnStack", "np.column_stack([x0, x1])", np.ColumnStack, m.T(), v),
		pair("Append", "np.append(x0, x1)", func(x ...A) A { return np.Append(x[0], x[1]) }, m, v),
		pair("Insert", "np.insert(x0, 1, x1, axis=0)", func(x ...A) A { return np.Insert(x[0], 1, x[1], 0) }, m, v),
		pair("Insert", "np.insert(x0, 2, x1, axis=1)", func(x ...A) A { return np.Insert(x[0], 2, x[1], 1) }, m, np.Scalar(0.5)),
		{Op: "Concatenate", Py: "np.concatenate([x0, x1, x2])", In: []A{u, v, normal(3, 1)},
			F: func(x []A) A { return np.Concatenate(0, x...) }},
	}
	second := func(f func(A) []A) func(A) A { return func(x A) A { return f(x)[1] } }
	for _, c := range [][]Case{
		simple("Split", "np.split(x0, 2, axis=1)[1]", second(func(x A) []A { return np.Split(x, 2, 1) }), normal(1, 2, 4)),
		simple("ArraySplit", "np.array_split(x0, 3)[1]", second(func(x A) []A { return np.ArraySplit(x, 3, 0) }), normal(1, 8)),
		simple("SplitAt", "np.split(x0, [1, 3])[1]", second(func(x A) []A { return np.SplitAt(x, []int{1, 3}, 0) }), normal(1, 5, 2)),
		simple("VSplit", "np.vsplit(x0, 2)[1]", second(func(x A) []A { return np.VSplit(x, 2) }), normal(1, 4, 2)),
		simple("HSplit", "np.hsplit(x0, 2)[1]", second(func(x A) []A { return np.HSplit(x, 2) }), normal(1, 2, 4), normal(1, 4)),
		simple("DSplit", "np.dsplit(x0, 2)[1]", second(func(x A) []A { return np.DSplit(x, 2) }), normal(1, 2, 1, 4)),
		simple("Delete", "np.delete(x0, [0, 2], axis=1)", func(x A) A { return np.Delete(x, []int{0, -2}, 1) }, normal(1, 2, 4)),
	} {
		all = append(all, c...)
	}
	return all
}

// indices returns the cases of reading and writing parts of arrays.
func indices() []Case {
	type A = np.Array
	cube, grid, row := normal(1, 3, 4, 2), normal(2, 3, 4), normal(3, 6)
	mask := np.Reshape(np.FromSlice([]float64{1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1}), 3, 4)
	ints := np.Reshape(np.FromSlice([]float64{0, 2, 2, 1}), 2, 2)
	var all []Case
	for _, t := range []struct {
		py    string
		index np.Index
		x     A
	}{
		{"x0[1]", np.Index{np.I(1)}, cube},
		{"x0[-1, 2]", np.Index{np.I(-1), np.I(2)}, cube},
		{"x0[1, 2, 1]", np.Index{np.I(1), np.I(2), np.I(1)}, cube},
		{"x0[1:3]", np.Index{np.Span(1, 3)}, row},
		{"x0[1:]", np.Index{np.From(1)}, complexes(1, 4)},
		{"x0[:-1]", np.Index{np.To(-1)}, row},
		{"x0[::-1]", np.Index{np.Step(-1)}, row},
		{"x0[4:0:-2]", np.Index{np.SpanStep(4, 0, -2)}, row},
		{"x0[-9:9:2]", np.Index{np.SpanStep(-9, 9, 2)}, row},
		{"x0[3:1]", np.Index{np.Span(3, 1)}, row},
		{"x0[:, 1:3, 0]", np.Index{np.Whole, np.Span(1, 3), np.I(0)}, cube},
		{"x0[..., 0]", np.Index{np.Ellipsis, np.I(0)}, cube},
		{"x0[0, ...]", np.Index{np.I(0), np.Ellipsis}, cube},
		{"x0[:, None]", np.Index{np.Whole, np.NewAxis}, grid},
		{"x0[None, ..., None]", np.Index{np.NewAxis, np.Ellipsis, np.NewAxis}, grid},
		{"x0[np.array([0, 2, 2])]", np.Index{np.Ints(0, 2, 2)}, grid},
		{"x0[np.array([0, 2, 2])]", np.Index{np.Ints(0, 2, 2)}, complexes(1, 3)},
		{"x0[:, np.array([-1, 0])]", np.Index{np.Whole, np.Ints(-1, 0)}, cube},
		{"x0[np.array([0, 1, 2]), np.array([3, 3, 0])]", np.Index{np.Ints(0, 1, 2), np.Ints(3, 3, 0)}, cube},
		{"x0[np.array([0, 1]), :, np.array([1, 0])]", np.Index{np.Ints(0, 1), np.Whole, np.Ints(1, 0)}, cube},
		{"x0[1, :, np.array([1, 0, 1])]", np.Index{np.I(1), np.Whole, np.Ints(1, 0, 1)}, cube},
		{"x0[1:, 0, np.array([1, 0])]", np.Index{np.From(1), np.I(0), np.Ints(1, 0)}, cube},
		{"x0[np.array([[0, 2], [2, 1]])]", np.Index{np.IntsOf(ints)}, grid},
		{"x0[np.array([[0, 2], [2, 1]]), np.array([3, 0])]", np.Index{np.IntsOf(ints), np.Ints(3, 0)}, grid},
		{"x0[np.array([0, 1]), None, 1:]", np.Index{np.Ints(0, 1), np.NewAxis, np.From(1)}, grid},
		{"x0[np.array([[1,0,0,1],[0,1,1,0],[0,0,0,1]], dtype=bool)]", np.Index{np.Mask(mask)}, grid},
		{"x0[np.array([[1,0,0,1],[0,1,1,0],[0,0,0,1]], dtype=bool)]", np.Index{np.Mask(mask)}, cube},
		{"x0[np.array([True, False, True]), ::2]", np.Index{np.Mask(np.FromSlice([]float64{1, 0, 1})), np.Step(2)}, grid},
	} {
		all = append(all, simple("Index", t.py, func(x A) A { return x.Index(t.index...) }, t.x)...)
	}
	write := func(op, py string, index np.Index, f func(x A, i np.Index, v A) A, x, v A) Case {
		return Case{Op: op, Py: py, F: two(func(x, v A) A { return f(x, index, v) }), In: []A{x, v}}
	}
	set := func(index string) string { return "(lambda a, v: setat(a, " + index + ", v))(x0, x1)" }
	addAt := func(index string) string { return "(lambda a, v: addat(a, " + index + ", v))(x0, x1)" }
	all = append(all,
		write("SetAt", set("(1,)"), np.Index{np.I(1)}, np.SetAt, row, np.Scalar(2.5)),
		write("SetAt", set("(slice(0, 2), slice(None, None, -1))"), np.Index{np.To(2), np.Step(-1)}, np.SetAt, grid, normal(5, 4)),
		write("SetAt", set("(np.array([0, 2]), np.array([1, 1]))"), np.Index{np.Ints(0, 2), np.Ints(1, 1)}, np.SetAt, grid, normal(5, 2)),
		write("SetAt", set("(1,)"), np.Index{np.I(1)}, np.SetAt, complexes(1, 3), complexes(2)),
		write("AddAt", addAt("(np.array([0, 2, 2]),)"), np.Index{np.Ints(0, 2, 2)}, np.AddAt, row, normal(5, 3)),
		write("AddAt", addAt("(slice(1, 3),)"), np.Index{np.Span(1, 3)}, np.AddAt, grid, normal(5, 4)),
		Case{Op: "Take", Py: "np.take(x0, np.array([0, 3, 3]), axis=1)", In: []A{grid}, F: one(func(x A) A { return np.Take(x, []int{0, 3, -1}, 1) })},
		Case{Op: "TakeAlongAxis", Py: "np.take_along_axis(x0, x1.astype(int), axis=0)", In: []A{grid, np.Reshape(np.FromSlice([]float64{0, 2, 1, 1}), 1, 4)}, Const: []int{1},
			F: two(func(x, i A) A { return np.TakeAlongAxis(x, i, 0) })},
		Case{Op: "PutAlongAxis", Py: "np.where(np.arange(3)[:, None] == x1.astype(int), x2, x0)", Const: []int{1},
			In: []A{grid, np.Reshape(np.FromSlice([]float64{0, 2, 1, 1}), 1, 4), normal(7, 1, 4)},
			F:  func(x []A) A { return np.PutAlongAxis(x[0], x[1], x[2], 0) }},
		Case{Op: "Compress", Py: "np.compress(np.array([True, False, True]), x0, axis=0)", In: []A{grid},
			F: one(func(x A) A { return np.Compress(np.FromSlice([]float64{1, 0, 1}), x, 0) })},
		Case{Op: "Extract", Py: "x0[np.array([[1,0,0,1],[0,1,1,0],[0,0,0,1]], dtype=bool)]", In: []A{grid}, F: one(func(x A) A { return np.Extract(mask, x) })},
		Case{Op: "Choose", Py: "np.choose(x0.astype(int), [x1, x2])", In: []A{np.FromSlice([]float64{0, 1, 1}), normal(1, 3), normal(2, 3)}, Const: []int{0},
			F: func(x []A) A { return np.Choose(x[0], x[1:]...) }},
		Case{Op: "Nonzero", Py: "np.nonzero(x0)[1]", In: []A{mask}, Flat: true, F: one(func(x A) A { return np.Nonzero(x)[1] })},
		Case{Op: "FlatNonzero", Py: "np.flatnonzero(x0)", In: []A{mask}, Flat: true, F: one(np.FlatNonzero)},
		Case{Op: "ArgWhere", Py: "np.argwhere(x0)", In: []A{mask}, Flat: true, F: one(np.ArgWhere)},
	)
	return all
}

// makers returns the cases of functions that make arrays.
func makers() []Case {
	type A = np.Array
	constant := func(op, py string, f func() A) Case {
		return Case{Op: op, Py: py, Flat: true, F: func([]A) A { return f() }}
	}
	like := normal(1, 2, 3)
	return []Case{
		constant("Zeros", "np.zeros((2, 3))", func() A { return np.Zeros(2, 3) }),
		constant("Ones", "np.ones(3)", func() A { return np.Ones(3) }),
		constant("Full", "np.full((2,), 1.5)", func() A { return np.Full(1.5, 2) }),
		constant("Eye", "np.eye(2, 3, 1)", func() A { return np.Eye(2, 3, 1) }),
		constant("Identity", "np.identity(3)", func() A { return np.Identity(3) }),
		constant("Arange", "np.arange(1, 2, 0.25)", func() A { return np.Arange(1, 2, 0.25) }),
		constant("Arange", "np.arange(3, 0, -1.0)", func() A { return np.Arange(3, 0, -1) }),
		constant("Arange", "np.arange(3, 0, 1.0)", func() A { return np.Arange(3, 0, 1) }),
		constant("Linspace", "np.linspace(-7, 7, 5)", func() A { return np.Linspace(-7, 7, 5) }),
		constant("Linspace", "np.linspace(1, 2, 1)", func() A { return np.Linspace(1, 2, 1) }),
		constant("Linspace", "np.linspace(1, 2, 0)", func() A { return np.Linspace(1, 2, 0) }),
		constant("Logspace", "np.logspace(0, 2, 5)", func() A { return np.Logspace(0, 2, 5, 10) }),
		constant("Geomspace", "np.geomspace(1, 256, 5)", func() A { return np.Geomspace(1, 256, 5) }),
		constant("Geomspace", "np.geomspace(-1, -16, 5)", func() A { return np.Geomspace(-1, -16, 5) }),
		constant("Indices", "np.indices((2, 3))", func() A { return np.Indices(2, 3) }),
		constant("Tri", "np.tri(3, 4, -1)", func() A { return np.Tri(3, 4, -1) }),
		{Op: "ZerosLike", Py: "np.zeros_like(x0)", Flat: true, F: one(np.ZerosLike), In: []A{like}},
		{Op: "OnesLike", Py: "np.ones_like(x0)", Flat: true, F: one(np.OnesLike), In: []A{like}},
		{Op: "FullLike", Py: "np.full_like(x0, 2.5)", Flat: true, In: []A{like}, F: one(func(x A) A { return np.FullLike(x, 2.5) })},
		{Op: "LinspaceOf", Py: "np.linspace(x0, x1, 4)", In: []A{normal(1, 2, 1), normal(2, 3)}, F: two(func(x, y A) A { return np.LinspaceOf(x, y, 4) })},
		{Op: "Meshgrid", Py: "np.meshgrid(x0, x1)[0] * np.meshgrid(x0, x1)[1]", In: []A{normal(1, 3), normal(2, 2)},
			F: two(func(x, y A) A { gx, gy := np.Meshgrid(x, y); return np.Mul(gx, gy) })},
		{Op: "Vander", Py: "np.vander(x0, 4)", In: []A{normal(1, 3)}, F: one(func(x A) A { return np.Vander(x, 4) })},
		{Op: "Polyval", Py: "np.polyval(x0, x1)", In: []A{normal(1, 4), normal(2, 2, 3)}, F: two(np.Polyval)},
		{Op: "Polyval", Py: "np.polyval(x0, x1)", In: []A{complexes(1, 4), complexes(2, 2)}, F: two(np.Polyval)},
	}
}
