package numpy

// Functions by their samples.

// Interp returns at x the function that is linear between the points (xp, fp),
// of ascending xp, and constant beyond them. It is differentiable in all three
// arguments; at a point the derivative is the mean of those of both sides.
func Interp(x, xp, fp Array) Array {
	n := xp.Size()
	if xp.NDim() != 1 || fp.NDim() != 1 || n != fp.Size() || n == 0 {
		fail("Interp: points of shapes %s and %s, want vectors of the same length", shapeString(xp.Shape()), shapeString(fp.Shape()))
	}
	if n == 1 {
		return Add(x.Scale(0), fp)
	}
	flat := Clip(Ravel(x), xp.At(0), xp.At(-1))
	above, below := segments(xp, flat, true), segments(xp, flat, false)
	y := interpIn(above, flat, xp, fp)
	if !sameShape(above, below) {
		y = Add(y, interpIn(below, flat, xp, fp)).Scale(0.5)
	}
	return Reshape(y, x.Shape()...)
}

// InterpEnds is [Interp] with other values beyond the points: left before the
// first and right behind the last one.
func InterpEnds(x, xp, fp, left, right Array) Array {
	y := Interp(x, xp, fp)
	y = Where(Less(x, xp.At(0)), left, y)
	return Where(Greater(x, xp.At(-1)), right, y)
}

// segments returns for each element of x the index of the segment between
// neighbours of xp it lies in: of two, the upper one or else the lower one.
func segments(xp, x Array, upper bool) []int {
	index := SearchSorted(xp, x, upper).Ints()
	for i, k := range index {
		index[i] = min(max(k-1, 0), xp.Size()-2)
	}
	return index
}

// interpIn returns the values at x of the linear functions of segments.
func interpIn(segment []int, x, xp, fp Array) Array {
	next := make([]int, len(segment))
	for i, k := range segment {
		next[i] = k + 1
	}
	x0, x1 := Take(xp, segment, 0), Take(xp, next, 0)
	f0, f1 := Take(fp, segment, 0), Take(fp, next, 0)
	return Add(f0, Mul(Div(Sub(x, x0), Sub(x1, x0)), Sub(f1, f0)))
}

// Gradient returns the derivative of the function that x samples at the given
// distance along an axis: central differences inside, one-sided ones at the
// ends.
func Gradient(x Array, distance float64, axis int) Array {
	r := oneAxis("Gradient", x, []ReduceOption{Axis(axis)}, true)
	n := r.count
	if n < 2 {
		fail("Gradient: %d samples along axis %d of shape %s, want at least 2", n, axis, shapeString(x.Shape()))
	}
	y := r.lines(x)
	d := place(Sub(part(y, 1, 2), part(y, 0, 1)), 0, n)
	d = Add(d, place(Sub(part(y, n-1, n), part(y, n-2, n-1)), n-1, n))
	if n > 2 {
		d = Add(d, place(Sub(part(y, 2, n), part(y, 0, n-2)).Scale(0.5), 1, n))
	}
	return r.back(d.Scale(1/distance), x, n)
}

// Trapezoid returns the integral, by the trapezoidal rule, of the function that
// y samples at the points x along an axis.
func Trapezoid(y, x Array, axis int) Array {
	r := oneAxis("Trapezoid", y, []ReduceOption{Axis(axis)}, true)
	if x.NDim() != 1 || x.Size() != r.count {
		fail("Trapezoid: points of shape %s for axis %d of shape %s", shapeString(x.Shape()), axis, shapeString(y.Shape()))
	}
	if r.count == 0 {
		return Sum(y, Axis(axis))
	}
	lines, n := r.lines(y), r.count
	dx := Diff(x, 1, 0)
	mean := Add(part(lines, 1, n), part(lines, 0, n-1)).Scale(0.5)
	return Reshape(lineSums(Mul(mean, dx)), r.shape...)
}

// GradientAt is [Gradient] for samples at the points x, a vector, at any
// distances. Inside it is the slope of the parabola through a point and its
// neighbours. It is differentiable in both arguments.
func GradientAt(y, x Array, axis int) Array {
	r := oneAxis("GradientAt", y, []ReduceOption{Axis(axis)}, true)
	n := r.count
	if x.NDim() != 1 || x.Size() != n || n < 2 {
		fail("GradientAt: points of shape %s for axis %d of shape %s, want at least 2", shapeString(x.Shape()), axis, shapeString(y.Shape()))
	}
	lines := r.lines(y)
	h := Diff(Reshape(x, 1, n), 1, 1)
	slope := Div(Diff(lines, 1, 1), h)
	d := Add(place(part(slope, 0, 1), 0, n), place(part(slope, n-2, n-1), n-1, n))
	if n > 2 {
		before, after := part(h, 0, n-2), part(h, 1, n-1)
		s := Add(Mul(after, part(slope, 0, n-2)), Mul(before, part(slope, 1, n-1)))
		d = Add(d, place(Div(s, Add(before, after)), 1, n))
	}
	return r.back(d, y, n)
}
