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
		push := l.pushMany(n)
		for i, x := range xs {
			columns := push(i, x.Size(), func(lo, hi int) Array { return identity(x, lo, hi) })
			out[i] = columnsToRows(columns, y.Shape(), x.Shape())
		}
		return out
	}
	rows := l.pullMany(y.Size(), func(lo, hi int) Array { return identity(y, lo, hi) })
	for i, x := range xs {
		out[i] = Reshape(rows[i], concat(y.Shape(), x.Shape())...)
	}
	return out
}

// pullMany applies pull to n cotangents, of which part returns those from lo
// to hi along the first axis. So are the results.
func (l *linear) pullMany(n int, part func(lo, hi int) Array) []Array {
	if n < 3 {
		return oneAtATime(n, l.xs, func(k int) []Array { return l.pull([]Array{part(k, k+1).At(0)}) })
	}
	return l.pullProgram().many(n, l.xs, func(lo, hi int) []batch { return []batch{{part(lo, hi), true}} })
}

// pushMany returns the function that applies push to n tangents of argument i,
// of which part returns those from lo to hi along the first axis. So are the
// results. In all it will be total tangents.
func (l *linear) pushMany(total int) func(i, n int, part func(lo, hi int) Array) Array {
	if total < 3 {
		return func(i, n int, part func(lo, hi int) Array) Array {
			return oneAtATime(n, l.ys[:1], func(k int) []Array {
				vs := make([]Array, len(l.xs))
				vs[i] = part(k, k+1).At(0)
				return l.push(vs)[:1]
			})[0]
		}
	}
	p := l.pushProgram()
	return func(i, n int, part func(lo, hi int) Array) Array { return p.manyOf(i, n, l.xs, l.ys, part)[0] }
}

// manyOf is many for tangents of argument i, the others being 0.
func (p *program) manyOf(i, n int, xs, ys []Array, part func(lo, hi int) Array) []Array {
	in := make([]batch, len(xs))
	for k, z := range zerosAll(xs) {
		in[k].x = z
	}
	return p.many(n, ys, func(lo, hi int) []batch {
		in := append([]batch(nil), in...)
		in[i] = batch{part(lo, hi), true}
		return in
	})
}

// oneAtATime returns the results of n products along the first axis.
func oneAtATime(n int, ys []Array, product func(k int) []Array) []Array {
	all := make([][]Array, n)
	for k := range all {
		all[k] = product(k)
	}
	out := make([]Array, len(ys))
	for j, y := range ys {
		out[j] = products(n, y, func(k int) Array { return all[k][j] })
	}
	return out
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

func concat(a, b []int) []int { return append(append(make([]int, 0, len(a)+len(b)), a...), b...) }

// TensorJacobianProduct returns the function that maps x and t to the product
// of t and the Jacobian of f at x. The last axes of t have the shape of f(x);
// those before them, if any, stay, and the shape of x follows them: one product
// for each cotangent that t holds. It panics with an [Error] if the shapes do
// not fit.
func TensorJacobianProduct(f func(Array) Array) func(x, t Array) Array {
	return func(x, t Array) Array {
		l := newLinear(one(f), []Array{x})
		return tensorProduct("TensorJacobianProduct", t, l.ys[0], x, func(n int, part func(lo, hi int) Array) Array {
			return l.pullMany(n, part)[0]
		})
	}
}

// tensorProduct applies a linear map from arrays like from to arrays like to to
// all those that t holds.
func tensorProduct(name string, t, from, to Array, linear func(n int, part func(lo, hi int) Array) Array) Array {
	lead := t.NDim() - from.NDim()
	if lead < 0 || !sameShape(t.Shape()[lead:], from.Shape()) {
		fail("%s: the last axes of shape %s are not %s", name, shapeString(t.Shape()), shapeString(from.Shape()))
	}
	outer := t.Shape()[:lead]
	n, size := product(outer), from.Size()
	flat := Reshape(t, n*size)
	all := linear(n, func(lo, hi int) Array {
		shape := concat([]int{hi - lo}, from.Shape())
		return atOp.Apply(sub{off: lo * size, shape: shape, whole: []int{n * size}}, flat)
	})
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
