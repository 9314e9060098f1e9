package numpy

import (
	"math"
	"slices"
)

// Differences and integrals of functions by their samples.

// Gradient returns the derivative of the function that x samples at the given
// distance along an axis: central differences inside, one-sided ones at the
// ends. See [Gradients] for several axes, and [Grad] for the derivative of a Go
// function.
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

// GradientAt is [Gradient] for samples at the points x, a vector, at any
// distances. Inside it is the slope of the parabola through a point and its
// neighbours. It is differentiable in both arguments.
func GradientAt(y, x Array, axis int) Array { return gradient("GradientAt", y, x, axis, 1) }

// Gradients returns the derivatives of the function of several variables that x
// samples, along the given axes or, if there are none, all. The spacing holds
// nothing for samples at a distance of 1, one element for all axes or one for
// each axis: a number, the distance of the samples, or a vector of their
// coordinates. With an edgeOrder of 1 the derivatives at the ends are one-sided
// differences, with 2 those of parabolas through three samples. It is
// differentiable in x and the spacing.
func Gradients(x Array, spacing []Array, edgeOrder int, axes ...int) []Array {
	if len(axes) == 0 {
		axes = firstAxes(x.NDim())
	}
	switch len(spacing) {
	case 0:
		spacing = slices.Repeat([]Array{Scalar(1)}, len(axes))
	case 1:
		spacing = slices.Repeat(spacing, len(axes))
	case len(axes):
	default:
		fail("Gradients: spacing of %d axes, want %d", len(spacing), len(axes))
	}
	if edgeOrder != 1 && edgeOrder != 2 {
		fail("Gradients: edges of order %d, want 1 or 2", edgeOrder)
	}
	out := make([]Array, len(axes))
	for k, a := range axes {
		out[k] = gradient("Gradients", x, spacing[k], a, edgeOrder)
	}
	return out
}

// gradient returns the derivative along an axis for samples at a distance or at
// the points of a vector.
func gradient(name string, y, at Array, axis, edgeOrder int) Array {
	r := oneAxis(name, y, []ReduceOption{Axis(axis)}, true)
	n := r.count
	if n < edgeOrder+1 {
		fail("%s: %d samples along axis %d of shape %s, want at least %d", name, n, axis, shapeString(y.Shape()), edgeOrder+1)
	}
	lines := r.lines(y)
	h := spaces(name, at, n, axis, y)
	slope := Div(Diff(lines, 1, 1), h)
	first, last := part(slope, 0, 1), part(slope, n-2, n-1)
	if edgeOrder == 2 {
		first = bend(first, part(slope, 1, 2), part(h, 0, 1), part(h, 1, 2))
		last = bend(last, part(slope, n-3, n-2), part(h, n-2, n-1), part(h, n-3, n-2))
	}
	d := Add(place(first, 0, n), place(last, n-1, n))
	if n > 2 {
		before, after := part(h, 0, n-2), part(h, 1, n-1)
		s := Add(Mul(after, part(slope, 0, n-2)), Mul(before, part(slope, 1, n-1)))
		d = Add(d, place(Div(s, Add(before, after)), 1, n))
	}
	return r.back(d, y, n)
}

// spaces returns the n-1 distances of samples along an axis of y, as a line.
func spaces(name string, at Array, n, axis int, y Array) Array {
	switch {
	case at.NDim() == 0:
		return BroadcastTo(at, 1, n-1)
	case at.NDim() != 1 || at.Size() != n:
		fail("%s: points of shape %s for axis %d of shape %s", name, shapeString(at.Shape()), axis, shapeString(y.Shape()))
	}
	return Diff(Reshape(at, 1, n), 1, 1)
}

// bend returns the slope at the end of a parabola from the slopes s of the
// segment there and t of the next one, whose lengths are h and k.
func bend(s, t, h, k Array) Array { return Add(s, Mul(Sub(s, t), Div(h, Add(h, k)))) }

// DiffEnds is [Diff] of x with others joined to it along the axis: before in
// front and after behind. A number counts as one element of each line, an array
// without elements as none.
func DiffEnds(x Array, n, axis int, before, after Array) Array {
	a := axisOf("DiffEnds", axis, x)
	parts := []Array{x}
	end := func(v Array) []Array {
		switch {
		case v.Size() == 0:
			return nil
		case v.NDim() == 0:
			shape := slices.Clone(x.Shape())
			shape[a] = 1
			v = BroadcastTo(v, shape...)
		}
		return []Array{v}
	}
	return Diff(Concatenate(a, slices.Concat(end(before), parts, end(after))...), n, a)
}

// Trapezoid returns the integral, by the trapezoidal rule, of the function that
// y samples along an axis: at the points x, a vector or an array that broadcasts
// to the shape of y, or at the distance x, a number.
func Trapezoid(y, x Array, axis int) Array {
	r := oneAxis("Trapezoid", y, []ReduceOption{Axis(axis)}, true)
	n := r.count
	if x.NDim() == 1 && x.Size() != n {
		fail("Trapezoid: points of shape %s for axis %d of shape %s", shapeString(x.Shape()), axis, shapeString(y.Shape()))
	}
	if n == 0 {
		return Sum(y, Axis(axis))
	}
	lines := r.lines(y)
	mean := Add(part(lines, 1, n), part(lines, 0, n-1)).Scale(0.5)
	var dx Array
	if x.NDim() > 1 {
		dx = Diff(r.lines(stretchTo("Trapezoid", x, y.Shape())), 1, 1)
	} else {
		dx = spaces("Trapezoid", x, n, axis, y)
	}
	return Reshape(lineSums(Mul(mean, dx)), r.shape...)
}

// Unwrap returns x with whole periods added along an axis so that neighbours
// differ by at most half a period. Its derivative is that of x.
func Unwrap(x Array, period float64, axis int) Array {
	if !(period > 0) {
		fail("Unwrap: period %g is not above 0", period)
	}
	r := oneAxis("Unwrap", x, []ReduceOption{Axis(axis)}, true)
	in, m, n := r.lines(x.Detach()).lineFloats()
	turns := make([]float64, len(in))
	for i := range m {
		for j := i*n + 1; j < (i+1)*n; j++ {
			d := in[j] - in[j-1]
			rest := floorMod(d+period/2, period) - period/2
			if rest == -period/2 && d > 0 {
				rest = period / 2
			}
			turns[j] = turns[j-1]
			if math.Abs(d) >= period/2 {
				turns[j] += rest - d
			}
		}
	}
	return Add(x, r.back(Wrap(turns, m, n), x, n))
}
