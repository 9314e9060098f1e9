package numpy

// A mode is a way to differentiate a function that acts on each element.
type mode struct {
	name string
	d    func(f func(Array) Array) func(Array) Array
}

// modes returns all ways to take a first derivative.
func modes() []mode {
	return []mode{
		{"JVP", func(f func(Array) Array) func(Array) Array {
			return func(x Array) Array { _, d := JVP(f, x, onesLike(x)); return d }
		}},
		{"VJP", func(f func(Array) Array) func(Array) Array {
			return func(x Array) Array { y, pull := VJP(f, x); return pull(onesLike(y)) }
		}},
		{"Taylor", func(f func(Array) Array) func(Array) Array {
			return func(x Array) Array { return TaylorCoefficients(f, x, onesLike(x))[1] }
		}},
		{"Linearize", func(f func(Array) Array) func(Array) Array {
			return func(x Array) Array { _, push := Linearize(f, x); return push(onesLike(x)) }
		}},
		{"ElementwiseGrad", ElementwiseGrad},
		{"Deriv", Deriv},
		{"Grad of Sum", func(f func(Array) Array) func(Array) Array {
			return Grad(func(x Array) Array { return Sum(f(x)) })
		}},
		{"Jacobian", func(f func(Array) Array) func(Array) Array {
			return func(x Array) Array {
				j, n := Jacobian(f)(x), x.Size()
				return Reshape(SumTo(Reshape(j, n, n), 1, n), x.Shape()...)
			}
		}},
	}
}
