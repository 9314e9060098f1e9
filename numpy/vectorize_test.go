package numpy

import "testing"

func TestVectorize(t *testing.T) {
	square := Vectorize(func(x ...Array) Array { return Mul(x[0], x[0]) })
	f := func(x Array) Array { return square(x) }
	x := FromSlice([]float64{1, 2})
	for _, m := range modes() {
		near(t, m.name, m.d(f)(x), []float64{2, 4}, 2)
		for _, m2 := range modes() {
			near(t, m.name+", "+m2.name, m.d(m2.d(f))(x), []float64{2, 2}, 2)
		}
	}
	// Branches by element, and arguments that broadcast.
	g := Vectorize(func(x ...Array) Array {
		if x[0].Float64() < x[1].Float64() {
			return Mul(x[0], x[1])
		}
		return Reshape(Sub(x[0], x[1]), 1)
	})
	a, b := FromSlice([]float64{1, 3}, 2, 1), FromSlice([]float64{2, 4, 0})
	near(t, "two arguments", g(a, b), []float64{2, 4, 1, 1, 12, 3}, 2, 3)
	gs := GradArgs(func(x ...Array) Array { return Sum(g(x...)) })(a, b)
	near(t, "by the first", gs[0], []float64{7, 6}, 2, 1)
	near(t, "by the second", gs[1], []float64{0, 4, -2}, 3)
	near(t, "nothing", square(Reshape(FromSlice(nil), 0, 2)), nil, 0, 2)
	nearComplex(t, "complex", square(FromComplex([]complex128{1i, 2})), []complex128{-1, 4}, 2)
	wantFail(t, "value", "Vectorize: the value has shape (2), want a single number", func() {
		Vectorize(func(...Array) Array { return x })(x)
	})
	wantFail(t, "shapes", "Vectorize: shapes (2) and (3) do not broadcast", func() { g(x, b) })
}
