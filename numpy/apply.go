package numpy

import "slices"

// ApplyAlongAxis returns the results of f for each vector of elements along an
// axis of x, with the axes of the results in place of that axis. The results
// must be of one shape.
func ApplyAlongAxis(f func(x Array) Array, axis int, x Array) Array {
	a := axisOf("ApplyAlongAxis", axis, x)
	n := x.Shape()[a]
	rest := slices.Delete(slices.Clone(x.Shape()), a, a+1)
	count := product(rest)
	if count == 0 {
		fail("ApplyAlongAxis: no vector in shape %s", shapeString(x.Shape()))
	}
	lines := Reshape(MoveAxis(x, a, -1), count, n)
	out := make([]Array, count)
	for i := range out {
		out[i] = f(lines.At(i))
	}
	y := Stack(0, out...)
	shape := y.Shape()[1:]
	y = Reshape(y, slices.Concat(rest, shape)...)
	from, to := make([]int, len(shape)), make([]int, len(shape))
	for k := range shape {
		from[k], to[k] = len(rest)+k, a+k
	}
	return MoveAxes(y, from, to)
}

// ApplyOverAxes returns x after f for one axis after the other. A result that
// lacks the axis gets it again, with a length of 1.
func ApplyOverAxes(f func(x Array, axis int) Array, x Array, axes ...int) Array {
	n := x.NDim()
	for _, axis := range axes {
		a := axisOf("ApplyOverAxes", axis, x)
		y := f(x, a)
		if y.NDim() == n-1 {
			y = ExpandDims(y, a)
		}
		if y.NDim() != n {
			fail("ApplyOverAxes: shape %s for shape %s", shapeString(y.Shape()), shapeString(x.Shape()))
		}
		x = y
	}
	return x
}
