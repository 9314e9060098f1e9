package numpy

// Jacobian returns the Jacobian of f: the derivative of each element of its
// value by each element of its argument, in an array whose shape is that of the
// value followed by that of the argument. It runs f once and takes forward or
// reverse mode, whichever needs fewer passes.
//
// A real value of a complex argument has the derivative that [Grad] has. A
// complex value of a complex argument must be holomorphic.
func Jacobian(f func(Array) Array) func(Array) Array {
	return func(x Array) Array { return newLinear(one(f), []Array{x}).jacobians()[0] }
}

// jacobians returns the Jacobians of the first result by each of the
// arguments.
func (l *linear) jacobians() []Array {
	xs, y := l.xs, l.ys[0]
	n, complexIn := 0, false
	for _, x := range xs {
		n += x.Size()
		complexIn = complexIn || x.IsComplex()
	}
	out := make([]Array, len(xs))
	if n < y.Size() && y.IsComplex() == complexIn || y.IsComplex() && !complexIn {
		push := repeated(l.push, l.pushProgram, n)
		for i, x := range xs {
			vs := zerosAll(xs)
			columns := products(x.Size(), y, func(k int) Array {
				vs := append([]Array(nil), vs...)
				vs[i] = basis(x, k)
				return push(vs)[0]
			})
			out[i] = columnsToRows(columns, y.Shape(), x.Shape())
		}
		return out
	}
	pull := repeated(l.pull, l.pullProgram, y.Size())
	rows := make([][]Array, y.Size())
	for k := range rows {
		rows[k] = pull([]Array{basis(y, k)})
	}
	for i, x := range xs {
		stack := products(len(rows), x, func(k int) Array { return rows[k][i] })
		out[i] = Reshape(stack, concat(y.Shape(), x.Shape())...)
	}
	return out
}

// repeated returns what maps tangents or cotangents n times: the map itself or,
// where that pays, the program.
func repeated(direct func([]Array) []Array, compile func() *program, n int) func([]Array) []Array {
	if n < 3 {
		return direct
	}
	return compile().run
}

// columnsToRows returns the Jacobian from its columns, an array of the size of
// the argument in its first axis and the shape of the value in the others.
func columnsToRows(columns Array, value, argument []int) Array {
	flat := Reshape(columns, product(argument), product(value))
	return Reshape(Transpose(flat), concat(value, argument)...)
}

// products returns the array whose parts along its first axis are those of n
// products, each like x.
func products(n int, x Array, part func(k int) Array) Array {
	shape := concat([]int{n}, x.Shape())
	var (
		where []scatter
		parts []Array
	)
	for k := range n {
		if p := part(k); !p.isZero() {
			where = append(where, sub{off: k * x.Size(), shape: x.Shape(), whole: shape})
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		z := newReal(newLayout(shape))
		if x.IsComplex() {
			z = newComplex(z.lay)
		}
		return plain(z)
	}
	return like(scatterSumOp.Apply(scatterParam{shape, where}, parts...), x)
}

// basis returns the array like x, but real, that is 1 in element k and 0
// elsewhere.
func basis(x Array, k int) Array {
	z := newReal(x.data().lay)
	z.re[k] = 1
	return plain(z)
}

func concat(a, b []int) []int { return append(append(make([]int, 0, len(a)+len(b)), a...), b...) }

// TensorJacobianProduct returns the function that maps x and t to the product
// of t and the Jacobian of f at x. The last axes of t have the shape of f(x);
// those before them, if any, stay, and the shape of x follows them: one product
// for each cotangent that t holds. It panics with an [Error] if the shapes do
// not fit.
func TensorJacobianProduct(f func(Array) Array) func(x, t Array) Array {
	return func(x, t Array) Array {
		l := newLinear(one(f), []Array{x})
		return tensorProduct("TensorJacobianProduct", t, l.ys[0], x, func(n int) func([]Array) []Array {
			return repeated(l.pull, l.pullProgram, n)
		})
	}
}

// tensorProduct applies a linear map from arrays like from to arrays like to to
// all those that t holds.
func tensorProduct(name string, t, from, to Array, linear func(n int) func([]Array) []Array) Array {
	lead := t.NDim() - from.NDim()
	if lead < 0 || !sameShape(t.Shape()[lead:], from.Shape()) {
		fail("%s: the last axes of shape %s are not %s", name, shapeString(t.Shape()), shapeString(from.Shape()))
	}
	outer := t.Shape()[:lead]
	n := product(outer)
	parts := Reshape(t, concat([]int{n}, from.Shape())...)
	apply := linear(n)
	all := products(n, to, func(k int) Array { return apply([]Array{parts.At(k)})[0] })
	return Reshape(all, concat(outer, to.Shape())...)
}

// GGNVP returns f(x) and the function that multiplies an array of the shape of
// x by the generalised Gauss–Newton matrix JᵀHJ, where J is the Jacobian of f
// at x and H the Hessian of g at f(x). With g nil it is that of half the sum of
// squares, for which H is the identity. For a convex g the matrix is positive
// semidefinite.
func GGNVP(f, g func(Array) Array, x Array) (y Array, ggnvp func(v Array) Array) {
	l := newLinear(one(f), []Array{x})
	push, pull := l.pushProgram(), l.pullProgram()
	y = l.ys[0]
	hess := func(v Array) Array { return v }
	if g != nil {
		_, _, hess = HVPFunc(g, y)
	}
	return y, func(v Array) Array {
		checkLike("GGNVP", "tangent", v, x)
		u := like(push.run([]Array{v.orZeros(x)})[0], y)
		return like(pull.run([]Array{hess(u)})[0], x)
	}
}
