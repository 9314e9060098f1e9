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
		rows := push.manyOf(0, x.Size(), []Array{x}, []Array{ys[0].orZeros(x)}, func(lo, hi int) Array { return identity(x, lo, hi) })[0]
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
	_, dots := jvp(func(xs []Array) []Array {
		_, g := gradients(name, f, xs)
		return g
	}, xs, vs)
	return likeAll(dots, xs)
}

// HVPFunc returns f(x), its gradient, and the function that multiplies an array
// of the shape of x by the Hessian there. It does not run f again and may be
// called many times and by several goroutines.
func HVPFunc(f func(Array) Array, x Array) (value, grad Array, hvp func(v Array) Array) {
	value, grads, push := hvpProgram("HVPFunc", one(f), []Array{x})
	return value, grads[0], func(v Array) Array {
		checkLike("HVPFunc", "direction", v, x)
		return like(push.run([]Array{v.orZeros(x)})[0], x)
	}
}

// hvpProgram returns f(xs), its gradients, and the product with the Hessian.
func hvpProgram(name string, f func([]Array) []Array, xs []Array) (value Array, grads []Array, push *program) {
	push, _ = newProgram(func(vs []Array) []Array {
		all, dots := jvp(func(xs []Array) []Array {
			ys, g := gradients(name, f, xs)
			return append(ys[:1:1], g...)
		}, xs, vs)
		value, grads = all[0], likeAll(all[1:], xs)
		return dots[1:]
	}, zerosAll(xs), false)
	return value, grads, push
}

// HessianTensorProduct returns the function that maps x and t to the product of
// t and the Hessian of f at x. The last axes of t have the shape of x; those
// before them, if any, stay: one product for each direction that t holds. It
// panics with an [Error] if the shapes do not fit.
func HessianTensorProduct(f func(Array) Array) func(x, t Array) Array {
	return func(x, t Array) Array {
		_, _, push := hvpProgram("HessianTensorProduct", one(f), []Array{x})
		return tensorProduct("HessianTensorProduct", t, x, x, func(n int, part func(lo, hi int) Array) Array {
			return push.manyOf(0, n, []Array{x}, []Array{x}, part)[0]
		})
	}
}

// Laplacian returns the function that computes the sum of the second
// derivatives of f by each element of its argument, the trace of the Hessian.
// The value of f must be a single real number.
func Laplacian(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		_, _, push := hvpProgram("Laplacian", one(f), []Array{x})
		n := x.Size()
		var sum Array
		for lo := 0; lo < n; lo += max(1, batchSize/n) {
			m := min(n-lo, max(1, batchSize/n))
			rows := push.manyOf(0, m, []Array{x}, []Array{x}, func(a, b int) Array { return identity(x, lo+a, lo+b) })[0]
			rows = Reshape(rows, m*n)
			for k := range m {
				sum = Add(sum, rows.At(k*n+lo+k))
			}
		}
		return sum
	}
}
