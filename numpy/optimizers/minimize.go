package optimizers

import np "github.com/dualjet/dualjet/numpy"

// Step returns the parameters x after a step of the method down the gradient,
// a tree of the same form; x is unchanged. Complex arrays count as pairs of
// real ones, with gradients as [np.Grad] has them. It panics with an [np.Error]
// if the trees do not fit each other or the steps before.
func Step[P any](m Method, x, grad P) P {
	xs, gs := np.Leaves(x), np.Leaves(grad)
	if len(xs) != len(gs) {
		np.Fail("optimizers: Step: a gradient of %d arrays for parameters of %d", len(gs), len(xs))
	}
	var v, g []float64
	for i, a := range xs {
		if len(a.Complex128s()) != len(gs[i].Complex128s()) {
			np.Fail("optimizers: Step: a gradient of shape %v for an array of shape %v at %s", gs[i].Shape(), a.Shape(), np.Paths(x)[i])
		}
		if !a.IsComplex() {
			v = append(v, a.Float64s()...)
			g = append(g, np.Real(gs[i]).Float64s()...)
			continue
		}
		// The gradient by the imaginary part has the other sign.
		for k, c := range a.Complex128s() {
			d := gs[i].Complex128s()[k]
			v = append(v, real(c), imag(c))
			g = append(g, real(d), -imag(d))
		}
	}
	m.Update(v, g)
	for i, a := range xs {
		n := a.Size()
		if !a.IsComplex() {
			xs[i] = np.Wrap(v[:n:n], shape(a)...)
			v = v[n:]
			continue
		}
		c := make([]complex128, n)
		for k := range c {
			c[k] = complex(v[2*k], v[2*k+1])
		}
		xs[i] = np.WrapComplex(c, shape(a)...)
		v = v[2*n:]
	}
	return np.WithLeaves(x, xs)
}

// shape returns the shape of x, not nil for a scalar.
func shape(x np.Array) []int { return append([]int{}, x.Shape()...) }

// Minimize takes a number of steps of the method from x0 and returns where
// they end. The gradient may depend on the number of the step, from 0, as where
// it is that of a part of the data; see [Full] for one that does not. If
// callback is not nil it is called before each step with its number, the
// parameters and the gradient there, and ends the minimisation if it returns
// false.
func Minimize[P any](m Method, grad func(x P, step int) P, x0 P, steps int, callback func(step int, x, grad P) bool) P {
	x := x0
	for k := range steps {
		g := grad(x, k)
		if callback != nil && !callback(k, x, g) {
			break
		}
		x = Step(m, x, g)
	}
	return x
}

// Full returns the gradient of f for [Minimize], the same function in every
// step.
func Full[P any](f func(P) np.Array) func(x P, step int) P {
	g := np.GradTree(f)
	return func(x P, _ int) P { return g(x) }
}
