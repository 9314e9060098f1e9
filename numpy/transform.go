package numpy

// Grad returns the gradient of f, which must have a single real element. The
// gradient has the shape of the argument. For a complex argument x+iy it is
// ∂f/∂x - i∂f/∂y. It panics with an [Error] if the value of f has more than one
// element or is complex.
func Grad(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		_, g := valueAndGrad("Grad", f, x, false)
		return g
	}
}

// ValueAndGrad returns the function that computes f and its gradient; see
// [Grad].
func ValueAndGrad(f func(Array) Array) func(Array) (value, grad Array) {
	return func(x Array) (Array, Array) { return valueAndGrad("ValueAndGrad", f, x, true) }
}

// valueAndGrad returns the gradient, and the value if it is wanted.
func valueAndGrad(name string, f func(Array) Array, x Array, want bool) (value, grad Array) {
	s, y := vjp1(f, x, true)
	checkScalar(name, y)
	if want {
		y = y.own().apart()
	}
	return y, like(s.last1(x), x)
}

// gradients returns the results of f and the gradients of the first of them,
// a single real number, by the arguments.
func gradients(name string, f func([]Array) []Array, xs []Array) (ys, grads []Array) {
	s := borrow()
	ys = s.there(f, xs)
	checkScalar(name, ys[0])
	ws := make([]Array, len(ys))
	ws[0] = onesLike(ys[0])
	grads = s.run(ws, xs)
	s.release()
	return ys, likeAll(grads, xs)
}

// checkScalar checks that y can have a gradient.
func checkScalar(name string, y Array) {
	if y.IsComplex() {
		fail("%s: the value is complex: use HolomorphicGrad, or take a real number of it", name)
	}
	if y.Size() != 1 {
		fail("%s: the value has shape %s, want a single number: use Jacobian or ElementwiseGrad, or sum it", name, shapeString(y.Shape()))
	}
}

// HolomorphicGrad returns the complex derivative of a holomorphic function, by
// each element of its complex argument. The value of f must be a single complex
// number. It panics with an [Error] if the argument is real or the value is
// not a single complex number; whether f is holomorphic it does not check.
func HolomorphicGrad(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		if !x.IsComplex() {
			fail("HolomorphicGrad: the argument is real: use Grad or Deriv")
		}
		s, y := vjp1(f, x, true)
		if y.Size() != 1 || !y.IsComplex() {
			fail("HolomorphicGrad: the value, of shape %s, is not a single complex number", shapeString(y.Shape()))
		}
		return like(s.last1(x), x)
	}
}

// GradAndAux returns the function that computes the gradient of the first
// result of f, which must be a single real number, and returns the second as it
// is. Arrays in the second, a tree (see [GradTree]) of any kind, are free of
// this derivative.
func GradAndAux[A any](f func(Array) (Array, A)) func(Array) (grad Array, aux A) {
	return func(x Array) (Array, A) {
		var (
			aux  A
			kept []Array
		)
		ys, gs := gradients("GradAndAux", func(xs []Array) []Array {
			y, a := f(xs[0])
			aux, kept = a, leaves("GradAndAux", a, false)
			return append([]Array{y}, kept...)
		}, []Array{x})
		return gs[0], withLeaves("GradAndAux", aux, ys[1:], false)
	}
}

// ElementwiseGrad returns the derivative of a function that acts on each
// element: the sums of the columns of its Jacobian. It panics with an [Error]
// if the value of f has not the shape of the argument, or is complex where that
// is real (then see [Deriv]). That each element depends on the same element of
// the argument alone it cannot check.
func ElementwiseGrad(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		s, y := vjp1(f, x, true)
		if s.ends[0] == nil {
			s.release()
			return zerosLike(x)
		}
		if !sameShape(x.Shape(), y.Shape()) {
			fail("ElementwiseGrad: shape %s of the value is not shape %s of the argument", shapeString(y.Shape()), shapeString(x.Shape()))
		}
		if y.IsComplex() && !x.IsComplex() {
			fail("ElementwiseGrad: the value is complex, the argument real: use Deriv")
		}
		return like(s.last1(x), x)
	}
}

// Deriv returns the derivative of f when all elements of its argument grow
// alike, by forward mode: the sums of the rows of its Jacobian. For functions
// that act on each element it is their derivative, as with [ElementwiseGrad].
func Deriv(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		ys, dots := jvp(one(f), []Array{x}, []Array{onesLike(x)})
		return like(dots[0], ys[0])
	}
}

// VJP returns f(x) and the function that maps a cotangent w of it, an array of
// its shape, to that of x: the product of w and the Jacobian. It may be called
// many times and by several goroutines.
func VJP(f func(Array) Array, x Array) (y Array, pull func(w Array) Array) {
	s, y := vjp1(f, x, false)
	y = y.own().apart()
	return y, func(w Array) Array {
		checkLike("VJP", "cotangent", w, y)
		return like(s.run1(w, x), x)
	}
}

// JVP returns f(x) and its derivative in the direction v, an array of the shape
// of x. See [Linearize] for many directions.
func JVP(f func(Array) Array, x, v Array) (y, dot Array) {
	checkLike("JVP", "tangent", v, x)
	ys, dots := jvp(one(f), []Array{x}, []Array{v})
	return ys[0], like(dots[0], ys[0])
}

// ElementwiseDerivatives returns the function that computes the derivatives 0
// to order of a function that acts on each element, in one pass. It panics with
// an [Error] if the order is negative.
func ElementwiseDerivatives(f func(Array) Array, order int) func(Array) []Array {
	if order < 0 {
		fail("ElementwiseDerivatives: order %d is negative", order)
	}
	return func(x Array) []Array {
		path := make([]Array, order+1)
		path[0] = x
		if order > 0 {
			path[1] = onesLike(x)
		}
		out := TaylorCoefficients(f, path...)
		factorial := 1.0
		for k := 2; k <= order; k++ {
			factorial *= float64(k)
			out[k] = out[k].Scale(factorial)
		}
		return out
	}
}

// TaylorCoefficients returns the Taylor coefficients of f along a path with the
// coefficients x: where the path is x[0] + x[1]·t + x[2]·t² + …, it returns as
// many of f as it is given, so that TaylorCoefficients(f, x, v, np.Array{}) returns f(x),
// its derivative in the direction v, and half of the second derivative. All
// coefficients have the shape of the first; a zero value stands for 0. It
// panics with an [Error] if there are none or their shapes differ.
func TaylorCoefficients(f func(Array) Array, x ...Array) []Array {
	if len(x) == 0 {
		fail("TaylorCoefficients: no coefficients")
	}
	for _, c := range x[1:] {
		checkLike("TaylorCoefficients", "coefficient", c, x[0])
	}
	ys := taylorAll(one(f), [][]Array{x}, len(x)-1)
	for k, c := range ys[0] {
		ys[0][k] = like(c, ys[0][0])
	}
	return ys[0]
}

// taylorAll returns the coefficients 0 to order of the results of f along the
// path with the coefficients x.
func taylorAll(f func([]Array) []Array, x [][]Array, order int) [][]Array {
	tr := newTrace(taylor{})
	defer tr.close()
	tr.order = order
	w := works.Get().(*work)
	in := make([]Array, len(x))
	for i, c := range x {
		in[i] = series(tr, w.arena.variable(c[0]), append([]Array(nil), c[1:min(len(c), order+1)]...))
	}
	outs := f(in)
	ys := make([][]Array, len(outs))
	for j, y := range outs {
		ys[j] = make([]Array, order+1)
		copy(ys[j], coefficients(tr, y, order+1))
		ownAll(ys[j])
	}
	w.release()
	return ys
}

// onesLike returns constant ones in the shape of x.
func onesLike(x Array) Array {
	b := x.data()
	z := b.like(b.lay)
	for i := range z.re {
		z.re[i] = 1
	}
	return plain(z)
}
