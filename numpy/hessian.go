package numpy

// Hessian returns the second derivatives of f: for a value of a single element
// those by each pair of elements of the argument, in an array of its shape
// twice. The shape of the value comes first, so that other values have a
// Hessian for each element. It computes forward over reverse.
func Hessian(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		var value []int
		// By symmetry a row is a column where there is a single element.
		first := func(xs []Array) []Array {
			l := newLinear(one(f), xs)
			y := l.ys[0]
			value = y.Shape()
			if y.Size() == 1 && (!y.IsComplex() || xs[0].IsComplex()) {
				return l.pull([]Array{onesLike(y)})
			}
			return l.jacobians()
		}
		ys, push := linearize(first, []Array{x})
		rows := products(x.Size(), ys[0].orZeros(x), func(k int) Array { return push.run([]Array{basis(x, k)})[0] })
		if product(value) == 1 {
			return Reshape(rows, concat(value, concat(x.Shape(), x.Shape()))...)
		}
		return columnsToRows(rows, concat(value, x.Shape()), x.Shape())
	}
}

// HVP returns the function that maps x and v, of the same shape, to the product
// of the Hessian of f at x and v, by forward over reverse mode. The value of f
// must be a single real number. See [HVPFunc] for many products at one x.
func HVP(f func(Array) Array) func(x, v Array) Array {
	return func(x, v Array) Array {
		checkLike("HVP", "direction", v, x)
		return hvp("HVP", one(f), []Array{x}, []Array{v})[0]
	}
}

func hvp(name string, f func([]Array) []Array, xs, vs []Array) []Array {
	_, dots := jvps(func(xs []Array) []Array {
		_, g := gradients(name, f, xs)
		return g
	}, xs, vs)
	return likeAll(dots, xs)
}

// HVPFunc returns f(x), its gradient, and the function that multiplies an array
// of the shape of x by the Hessian there. It does not run f again and may be
// called many times and by several goroutines.
func HVPFunc(f func(Array) Array, x Array) (value, grad Array, hvp func(v Array) Array) {
	value, grads, product := hvpFunc("HVPFunc", one(f), []Array{x})
	return value, grads[0], func(v Array) Array { return product([]Array{v})[0] }
}

func hvpFunc(name string, f func([]Array) []Array, xs []Array) (value Array, grads []Array, hvp func(vs []Array) []Array) {
	push, _ := newProgram(func(vs []Array) []Array {
		all, dots := jvps(func(xs []Array) []Array {
			ys, g := gradients(name, f, xs)
			return append(ys[:1:1], g...)
		}, xs, vs)
		value, grads = all[0], likeAll(all[1:], xs)
		return dots[1:]
	}, zerosAll(xs), false)
	return value, grads, func(vs []Array) []Array {
		checkLikeAll(name, "direction", vs, xs)
		in := make([]Array, len(vs))
		for i, v := range vs {
			in[i] = v.orZeros(xs[i])
		}
		return likeAll(push.run(in), xs)
	}
}

// HessianTensorProduct returns the function that maps x and t to the product of
// t and the Hessian of f at x. The last axes of t have the shape of x; those
// before them, if any, stay: one product for each direction that t holds. It
// panics with an [Error] if the shapes do not fit.
func HessianTensorProduct(f func(Array) Array) func(x, t Array) Array {
	return func(x, t Array) Array {
		_, _, product := hvpFunc("HessianTensorProduct", one(f), []Array{x})
		return tensorProduct("HessianTensorProduct", t, x, x, func(int) func([]Array) []Array { return product })
	}
}

// Laplacian returns the function that computes the sum of the second
// derivatives of f by each element of its argument, the trace of the Hessian.
// The value of f must be a single real number.
func Laplacian(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		_, _, product := hvpFunc("Laplacian", one(f), []Array{x})
		var sum Array
		for k := range x.Size() {
			column := product([]Array{basis(x, k)})[0]
			sum = Add(sum, Reshape(column, x.Size()).At(k))
		}
		return sum
	}
}
