package numpy

import "slices"

// Arrangements of axes and elements.

// Ravel returns the elements of x as a vector.
func Ravel(x Array) Array { return Reshape(x, -1) }

// ExpandDims returns x with axes of length 1 inserted, so that they are the
// given ones of the result.
func ExpandDims(x Array, at ...int) Array {
	n := x.NDim() + len(at)
	shape := make([]int, n)
	for _, a := range at {
		i := axis("ExpandDims", a, n)
		if shape[i] != 0 {
			fail("ExpandDims: axis %d twice", a)
		}
		shape[i] = 1
	}
	rest := x.Shape()
	for i := range shape {
		if shape[i] == 0 {
			shape[i], rest = rest[0], rest[1:]
		}
	}
	return Reshape(x, shape...)
}

// Squeeze returns x without the given axes, which must have length 1, or
// without all such axes if none are given.
func Squeeze(x Array, axes ...int) Array {
	drop := make([]bool, x.NDim())
	for i, n := range x.Shape() {
		drop[i] = len(axes) == 0 && n == 1
	}
	for _, a := range axes {
		i := axisOf("Squeeze", a, x)
		if x.Shape()[i] != 1 {
			fail("Squeeze: axis %d of shape %s has not length 1", a, shapeString(x.Shape()))
		}
		drop[i] = true
	}
	shape := []int{}
	for i, n := range x.Shape() {
		if !drop[i] {
			shape = append(shape, n)
		}
	}
	return Reshape(x, shape...)
}

// SwapAxes returns x with two axes exchanged.
func SwapAxes(x Array, a, b int) Array {
	perm := firstAxes(x.NDim())
	i, j := axisOf("SwapAxes", a, x), axisOf("SwapAxes", b, x)
	perm[i], perm[j] = perm[j], perm[i]
	return Transpose(x, perm...)
}

// MoveAxis returns x with axis from at the place to, the others in their order.
func MoveAxis(x Array, from, to int) Array {
	i, j := axisOf("MoveAxis", from, x), axisOf("MoveAxis", to, x)
	perm := slices.Delete(firstAxes(x.NDim()), i, i+1)
	return Transpose(x, slices.Insert(perm, j, i)...)
}

// MoveAxes returns x with the axes from at the places to, the others in their
// order.
func MoveAxes(x Array, from, to []int) Array {
	n := x.NDim()
	if len(from) != len(to) {
		fail("MoveAxes: %d axes to %d places", len(from), len(to))
	}
	perm := slices.Repeat([]int{-1}, n)
	moved := make([]bool, n)
	for k := range from {
		i, j := axisOf("MoveAxes", from[k], x), axisOf("MoveAxes", to[k], x)
		if moved[i] || perm[j] >= 0 {
			fail("MoveAxes: axis %d or place %d twice", from[k], to[k])
		}
		moved[i], perm[j] = true, i
	}
	rest := 0
	for j := range perm {
		if perm[j] >= 0 {
			continue
		}
		for moved[rest] {
			rest++
		}
		perm[j] = rest
		rest++
	}
	return Transpose(x, perm...)
}

// RollAxis returns x with an axis moved before another one, given by its place
// before the move; x.NDim() is the place behind the last one.
func RollAxis(x Array, a, before int) Array {
	i := axisOf("RollAxis", a, x)
	j := before
	if j != x.NDim() {
		j = axisOf("RollAxis", before, x)
	}
	if i < j {
		j--
	}
	return MoveAxis(x, i, j)
}

func firstAxes(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	return p
}

// T returns x with its axes in reverse order.
func (x Array) T() Array { return Transpose(x) }

// Flip returns x with its elements in reverse order along the axes, along all
// if none are given.
func Flip(x Array, axes ...int) Array {
	parts := slices.Repeat(Index{Whole}, x.NDim())
	if len(axes) == 0 {
		axes = firstAxes(x.NDim())
	}
	for _, a := range axes {
		parts[axisOf("Flip", a, x)] = Step(-1)
	}
	return x.Index(parts...)
}

// FlipUD is [Flip] along the first axis.
func FlipUD(x Array) Array { return Flip(x, 0) }

// FlipLR is [Flip] along the second axis.
func FlipLR(x Array) Array { return Flip(x, 1) }

// Rot90 returns x turned k times by a right angle in the plane of two axes, the
// first two if none are given, from the first towards the second.
func Rot90(x Array, k int, axes ...int) Array {
	if x.NDim() < 2 {
		fail("Rot90: shape %s has no plane", shapeString(x.Shape()))
	}
	i, j := 0, 1
	if len(axes) > 0 {
		i, j = twoAxes("Rot90", x, axes)
	}
	switch k & 3 {
	case 1:
		return Flip(SwapAxes(x, i, j), i)
	case 2:
		return Flip(x, i, j)
	case 3:
		return SwapAxes(Flip(x, i), i, j)
	}
	return x
}

// twoAxes returns the two different axes that are given.
func twoAxes(name string, x Array, axes []int) (i, j int) {
	if len(axes) != 2 {
		fail("%s: %d axes, want two", name, len(axes))
	}
	i, j = axisOf(name, axes[0], x), axisOf(name, axes[1], x)
	if i == j {
		fail("%s: axis %d twice", name, axes[1])
	}
	return i, j
}

// Roll returns x with its elements moved by shift along an axis, those that
// fall off to the other end.
func Roll(x Array, shift, axis int) Array {
	a := axisOf("Roll", axis, x)
	n := x.Shape()[a]
	if n == 0 {
		return x
	}
	cut := ((-shift)%n + n) % n
	p := SplitAt(x, []int{cut}, a)
	return Concatenate(a, p[1], p[0])
}

// RollAxes is [Roll] along several axes, by a shift for each.
func RollAxes(x Array, shifts, axes []int) Array {
	if len(shifts) != len(axes) {
		fail("RollAxes: %d shifts for %d axes", len(shifts), len(axes))
	}
	for k, a := range axes {
		x = Roll(x, shifts[k], a)
	}
	return x
}

// RollFlat is [Roll] of the flattened array, in the shape of x.
func RollFlat(x Array, shift int) Array {
	return Reshape(Roll(Ravel(x), shift, 0), x.Shape()...)
}

// Repeat returns x with every element repeated n times along an axis.
func Repeat(x Array, n, axis int) Array {
	a := axisOf("Repeat", axis, x)
	if n < 0 {
		fail("Repeat: %d times", n)
	}
	y := ExpandDims(x, a+1)
	shape := slices.Insert(slices.Clone(x.Shape()), a+1, n)
	y = BroadcastTo(y, shape...)
	out := slices.Clone(x.Shape())
	out[a] *= n
	return Reshape(y, out...)
}

// RepeatEach returns x with every element along an axis repeated as often as
// counts says.
func RepeatEach(x Array, counts []int, axis int) Array {
	a := axisOf("RepeatEach", axis, x)
	if len(counts) != x.Shape()[a] {
		fail("RepeatEach: %d counts for axis %d of shape %s", len(counts), axis, shapeString(x.Shape()))
	}
	var index []int
	for i, n := range counts {
		if n < 0 {
			fail("RepeatEach: %d times", n)
		}
		index = append(index, slices.Repeat([]int{i}, n)...)
	}
	return Take(x, index, a)
}

// Tile returns copies of x side by side, as many along each axis as reps says;
// the last one is for the last axis.
func Tile(x Array, reps ...int) Array {
	shape := slices.Clone(x.Shape())
	for len(shape) < len(reps) {
		shape = slices.Insert(shape, 0, 1)
	}
	reps = slices.Concat(slices.Repeat([]int{1}, max(0, len(shape)-len(reps))), reps)
	var split, wide, out []int
	for i, n := range shape {
		if reps[i] < 0 {
			fail("Tile: %d times", reps[i])
		}
		split, wide, out = append(split, 1, n), append(wide, reps[i], n), append(out, reps[i]*n)
	}
	return Reshape(BroadcastTo(Reshape(x, split...), wide...), out...)
}

// AtLeast1D returns x, a scalar as a vector.
func AtLeast1D(x Array) Array {
	if x.NDim() == 0 {
		return Reshape(x, 1)
	}
	return x
}

// AtLeast2D returns x, a vector as a row.
func AtLeast2D(x Array) Array {
	if x.NDim() < 2 {
		return Reshape(x, 1, -1)
	}
	return x
}

// AtLeast3D returns x, a matrix with a third axis of length 1, a vector in the
// middle of three axes.
func AtLeast3D(x Array) Array {
	switch x.NDim() {
	case 0, 1:
		return Reshape(x, 1, -1, 1)
	case 2:
		return ExpandDims(x, 2)
	}
	return x
}

// BroadcastArrays returns the arrays stretched to their common shape.
func BroadcastArrays(xs ...Array) []Array {
	shape := broadcastAll("BroadcastArrays", xs)
	return mapArrays(xs, func(x Array) Array { return BroadcastTo(x, shape...) })
}

// BroadcastShapes returns the shape that arrays of the given ones stretch to.
// It panics with an [Error] if there is none.
func BroadcastShapes(shapes ...[]int) []int {
	out := []int{}
	for _, s := range shapes {
		next, ok := broadcastShape(out, s)
		if !ok {
			fail("BroadcastShapes: shapes %s and %s do not broadcast", shapeString(out), shapeString(s))
		}
		out = next
	}
	return slices.Clone(out)
}

// TrimZeros returns a vector without the zeros at its ends.
func TrimZeros(x Array) Array {
	if x.NDim() != 1 {
		fail("TrimZeros: shape %s is not that of a vector", shapeString(x.Shape()))
	}
	at := nonzero(x)[0]
	if len(at) == 0 {
		return x.Index(To(0))
	}
	return x.Index(Span(at[0], at[len(at)-1]+1))
}

// Resize returns an array of the shape filled with the elements of x, over and
// over, in row-major order.
func Resize(x Array, shape ...int) Array {
	for _, n := range shape {
		if n < 0 {
			fail("Resize: shape %s", shapeString(shape))
		}
	}
	n := product(shape)
	if x.Size() == 0 {
		return BroadcastTo(Mul(Sum(x), Scalar(0)), shape...)
	}
	index := make([]int, n)
	for i := range index {
		index[i] = i % x.Size()
	}
	return Reshape(Take(Ravel(x), index, 0), slices.Clone(shape)...)
}
