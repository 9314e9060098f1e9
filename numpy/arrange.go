package numpy

import "slices"

// Arrangements of axes and elements.

// Ravel returns the elements of x as a vector.
func Ravel(x Array) Array { return Reshape(x, -1) }

// ExpandDims returns x with an axis of length 1 inserted, so that it is the
// given one of the result.
func ExpandDims(x Array, at int) Array {
	a := axis("ExpandDims", at, x.NDim()+1)
	return Reshape(x, slices.Insert(slices.Clone(x.Shape()), a, 1)...)
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

// RollAxis returns x with an axis moved before another one, given by its place
// before the move.
func RollAxis(x Array, a, before int) Array {
	i := axisOf("RollAxis", a, x)
	j := axis("RollAxis", before, x.NDim()+1)
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

// Rot90 returns x turned k times by a right angle in the plane of its first two
// axes, from the first towards the second.
func Rot90(x Array, k int) Array {
	if x.NDim() < 2 {
		fail("Rot90: shape %s has no plane", shapeString(x.Shape()))
	}
	switch k & 3 {
	case 1:
		return Flip(SwapAxes(x, 0, 1), 0)
	case 2:
		return Flip(x, 0, 1)
	case 3:
		return SwapAxes(Flip(x, 0), 0, 1)
	}
	return x
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

// A PadMode says what [Pad] puts around an array.
type PadMode int

// The modes of [Pad], in NumPy's names.
const (
	PadZero      PadMode = iota // zeros
	PadEdge                     // the element at the edge
	PadReflect                  // the array mirrored at the edge element
	PadSymmetric                // the array mirrored behind the edge element
	PadWrap                     // the array from its other end
)

// Pad returns x with widths[i][0] elements before and widths[i][1] behind it
// along axis i.
func Pad(x Array, widths [][2]int, mode PadMode) Array {
	if len(widths) != x.NDim() {
		fail("Pad: widths of %d axes for shape %s", len(widths), shapeString(x.Shape()))
	}
	for a, w := range widths {
		n := x.Shape()[a]
		if w[0] < 0 || w[1] < 0 || mode != PadZero && n == 0 {
			fail("Pad: widths %d and %d along axis %d of shape %s", w[0], w[1], a, shapeString(x.Shape()))
		}
		if w == [2]int{} {
			continue
		}
		if mode == PadZero {
			zeros := func(k int) Array {
				s := slices.Clone(x.Shape())
				s[a] = k
				return zerosLike(Array{d: &block{lay: newLayout(s), re: []float64{}}})
			}
			x = Concatenate(a, zeros(w[0]), x, zeros(w[1]))
			continue
		}
		index := make([]int, 0, w[0]+n+w[1])
		for i := -w[0]; i < n+w[1]; i++ {
			index = append(index, mode.source(i, n))
		}
		x = Take(x, index, a)
	}
	return x
}

// source returns the index in 0 … n-1 of what stands at i.
func (m PadMode) source(i, n int) int {
	period := n
	switch m {
	case PadEdge:
		return min(max(i, 0), n-1)
	case PadReflect:
		period = max(1, 2*n-2)
	case PadSymmetric:
		period = 2 * n
	}
	i = (i%period + period) % period
	if i >= n {
		if m == PadReflect {
			return period - i
		}
		return period - 1 - i
	}
	return i
}

// Diagonal returns the elements x[…, i, i+offset] of the last two axes, along
// the last axis of the result.
func Diagonal(x Array, offset int) Array {
	n := x.NDim()
	if n < 2 {
		fail("Diagonal: shape %s is not that of a matrix", shapeString(x.Shape()))
	}
	i, j := diagonalIndices(x.Shape()[n-2], x.Shape()[n-1], offset)
	return x.Index(Ellipsis, Ints(i...), Ints(j...))
}

// diagonalIndices returns the indices of a diagonal of an m×n matrix.
func diagonalIndices(m, n, offset int) (rows, cols []int) {
	for r := max(0, -offset); r < m && r+offset < n; r++ {
		rows, cols = append(rows, r), append(cols, r+offset)
	}
	return rows, cols
}

// Diag returns the diagonal of a matrix, or the square matrix with the vector x
// on its diagonal.
func Diag(x Array, offset int) Array {
	switch x.NDim() {
	case 1:
		return MakeDiagonal(x, offset)
	case 2:
		return Diagonal(x, offset)
	}
	fail("Diag: shape %s is neither that of a vector nor of a matrix", shapeString(x.Shape()))
	return Array{}
}

// DiagFlat returns the square matrix with the elements of x on its diagonal.
func DiagFlat(x Array, offset int) Array { return MakeDiagonal(Ravel(x), offset) }

// MakeDiagonal returns the square matrices with the last axis of x on their
// diagonals.
func MakeDiagonal(x Array, offset int) Array {
	if x.NDim() == 0 {
		fail("MakeDiagonal: a scalar has no axis")
	}
	n := x.Shape()[x.NDim()-1]
	size := n + max(offset, -offset)
	i, j := diagonalIndices(size, size, offset)
	shape := append(slices.Clone(x.Shape()[:x.NDim()-1]), size, size)
	p := places("MakeDiagonal", shape, Index{Ellipsis, Ints(i...), Ints(j...)})
	return scatterSum(shape, []scatter{p}, []Array{x})
}

// Trace returns the sums of a diagonal of the last two axes.
func Trace(x Array, offset int) Array { return Sum(Diagonal(x, offset), Axis(-1)) }

// Triu returns the last two axes of x with what is below diagonal k replaced by
// zeros.
func Triu(x Array, k int) Array { return triangle("Triu", x, func(i, j int) bool { return j-i >= k }) }

// Tril returns the last two axes of x with what is above diagonal k replaced by
// zeros.
func Tril(x Array, k int) Array { return triangle("Tril", x, func(i, j int) bool { return j-i <= k }) }

func triangle(name string, x Array, keep func(i, j int) bool) Array {
	n := x.NDim()
	if n < 2 {
		fail("%s: shape %s is not that of a matrix", name, shapeString(x.Shape()))
	}
	return Where(grid(x.Shape()[n-2], x.Shape()[n-1], keep), x, Array{})
}

// grid returns the m×n matrix of truth values.
func grid(m, n int, f func(i, j int) bool) Array {
	v := make([]float64, m*n)
	for i := range m {
		for j := range n {
			v[i*n+j] = truth(f(i, j))
		}
	}
	return Wrap(v, m, n)
}

// Tri returns the m×n matrix of ones on and below diagonal k, and zeros.
func Tri(m, n, k int) Array { return grid(m, n, func(i, j int) bool { return j-i <= k }) }

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
		return Zeros(shape...)
	}
	index := make([]int, n)
	for i := range index {
		index[i] = i % x.Size()
	}
	return Reshape(Take(Ravel(x), index, 0), slices.Clone(shape)...)
}
