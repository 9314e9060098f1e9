package numpy

// Grad returns the gradient of f, which must have a single real element. The
// gradient has the shape of the argument.
func Grad(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		_, g := valueAndGrad("Grad", f, x)
		return g
	}
}

// ValueAndGrad returns the function that computes f and its gradient; see
// [Grad].
func ValueAndGrad(f func(Array) Array) func(Array) (value, grad Array) {
	return func(x Array) (Array, Array) { return valueAndGrad("ValueAndGrad", f, x) }
}

func valueAndGrad(name string, f func(Array) Array, x Array) (value, grad Array) {
	s, y := vjp1(f, x)
	if y.Size() != 1 || y.IsComplex() {
		fail("%s: the value has shape %s, want a single real number", name, shapeString(y.Shape()))
	}
	return y, s.run1(onesLike(y), x).orZeros(x)
}

// ElementwiseGrad returns the derivative of a function that acts on each
// element: the sums of the columns of its Jacobian.
func ElementwiseGrad(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		s, y := vjp1(f, x)
		return s.run1(onesLike(y), x).orZeros(x)
	}
}

// VJP returns f(x) and the function that maps a cotangent w of it, an array of
// its shape, to that of x: the product of w and the Jacobian. It may be called
// more than once, and by several goroutines.
func VJP(f func(Array) Array, x Array) (y Array, pull func(w Array) Array) {
	s, y := vjp1(f, x)
	return y, func(w Array) Array { return s.run1(w, x).orZeros(x) }
}

// JVP returns f(x) and its derivative in the direction v, an array of the shape
// of x.
func JVP(f func(Array) Array, x, v Array) (y, dot Array) {
	tr := newTrace(forward{})
	defer tr.close()
	y = f(dual(tr, x, v))
	return y.lower(tr), tangent(tr, y).orZeros(y)
}

// ElementwiseDerivatives returns the function that computes the derivatives 0
// to order of a function that acts on each element, in one pass.
func ElementwiseDerivatives(f func(Array) Array, order int) func(Array) []Array {
	if order < 0 {
		fail("ElementwiseDerivatives: order %d is negative", order)
	}
	return func(x Array) []Array {
		tr := newTrace(taylor{})
		defer tr.close()
		tr.order = order
		y := f(series(tr, x, []Array{onesLike(x)}[:min(order, 1)]))
		c := coefficients(tr, y, order+1)
		out := make([]Array, order+1)
		factorial := 1.0
		for k := range out {
			out[k] = times(coef(c, k), factorial).orZeros(y)
			factorial *= float64(k + 1)
		}
		return out
	}
}

// onesLike returns constant ones in the shape of x.
func onesLike(x Array) Array {
	z := newReal(x.data().lay)
	for i := range z.re {
		z.re[i] = 1
	}
	return plain(z)
}
