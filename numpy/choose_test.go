package numpy

import "testing"

// TestChooseComplexTies checks that complex numbers that are equal share the
// derivative, wherever they stand.
func TestChooseComplexTies(t *testing.T) {
	x := FromComplex([]complex128{1 + 1i, 2, 3i, 4})
	y := FromComplex([]complex128{1 + 1i, 5, 3i, -1})
	for name, c := range map[string]struct {
		f    func(x, y Array) Array
		grad []complex128
	}{
		"Maximum": {Maximum, []complex128{0.5, 0, 0.5, 1}},
		"Minimum": {Minimum, []complex128{0.5, 1, 0.5, 0}},
		"FMax":    {FMax, []complex128{0.5, 0, 0.5, 1}},
		"FMin":    {FMin, []complex128{0.5, 1, 0.5, 0}},
	} {
		nearComplex(t, name, Grad(func(x Array) Array { return Sum(Real(c.f(x, y))) })(x), c.grad, 4)
		rest := make([]complex128, 4)
		for i, g := range c.grad {
			rest[i] = 1 - g
		}
		nearComplex(t, name+", second operand", Grad(func(y Array) Array { return Sum(Real(c.f(x, y))) })(y), rest, 4)
		_, dot := JVP(func(x Array) Array { return c.f(x, y) }, x, AsComplex(onesLike(x)))
		nearComplex(t, name+", forward", dot, c.grad, 4)
	}
}
