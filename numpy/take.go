package numpy

import (
	"math"
	"slices"
)

// Parts by lists of indices and conditions.

// Ints returns the elements of x, in row-major order, as ints. It panics with
// an [Error] if one is not an integer of at most 53 bits.
func (x Array) Ints() []int {
	out := make([]int, x.Size())
	for i, v := range x.Float64s() {
		if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			fail("Ints: element %d is %v", i, v)
		}
		out[i] = int(v)
	}
	return out
}

// Take returns the elements of x with the given indices along an axis.
func Take(x Array, index []int, axis int) Array {
	a := axisOf("Take", axis, x)
	return take("Take", x, index, a)
}

func take(name string, x Array, index []int, axis int) Array {
	parts := append(slices.Repeat(Index{Whole}, axis), Ints(index...))
	return x.index(name, parts)
}

// TakeAlongAxis returns for each element of index the element of x at that
// place along the axis and at the same place along the others, which broadcast.
// It panics with an [Error] if they do not or an index is out of range.
func TakeAlongAxis(x, index Array, axis int) Array {
	return x.index("TakeAlongAxis", along("TakeAlongAxis", x, index, axis))
}

// PutAlongAxis returns x with the elements that [TakeAlongAxis] takes replaced
// by v.
func PutAlongAxis(x, index, v Array, axis int) Array {
	return setAt("PutAlongAxis", x, along("PutAlongAxis", x, index, axis), v)
}

// along returns the index that pairs index with the places along other axes.
func along(name string, x, index Array, axis int) Index {
	a := axisOf(name, axis, x)
	if index.NDim() != x.NDim() {
		fail("%s: indices of shape %s for shape %s", name, shapeString(index.Shape()), shapeString(x.Shape()))
	}
	var out Index
	for k, n := range x.Shape() {
		if k == a {
			out = append(out, IntsOf(index))
			continue
		}
		if m := index.Shape()[k]; m != n && m != 1 && n != 1 {
			fail("%s: indices of shape %s for shape %s", name, shapeString(index.Shape()), shapeString(x.Shape()))
		}
		shape := slices.Repeat([]int{1}, x.NDim())
		shape[k] = n
		out = append(out, IntsOf(Reshape(count(n), shape...)))
	}
	return out
}

// count returns 0, 1, …, n-1.
func count(n int) Array {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i)
	}
	return Wrap(v)
}

func axisOf(name string, a int, x Array) int { return axis(name, a, x.NDim()) }

// Compress returns the parts of x along an axis where the condition, a vector,
// is not 0.
func Compress(cond, x Array, axis int) Array {
	if cond.NDim() != 1 {
		fail("Compress: condition of shape %s is not a vector", shapeString(cond.Shape()))
	}
	return take("Compress", x, nonzero(cond)[0], axisOf("Compress", axis, x))
}

// Extract returns the elements of x, of the same shape, where the condition is
// not 0, as a vector.
// It panics with an [Error] if the shapes differ.
func Extract(cond, x Array) Array {
	if !sameShape(cond.Shape(), x.Shape()) {
		fail("Extract: condition of shape %s for shape %s", shapeString(cond.Shape()), shapeString(x.Shape()))
	}
	return x.Index(Mask(cond))
}

// Put returns x with the elements of the given indices in the flattened array
// replaced by those of v, over and over if there are fewer. It is
// differentiable in x and v.
func Put(x Array, index []int, v Array) Array { return putFlat("Put", x, index, nil, v) }

// Place returns x with the elements where the mask, of the same shape, is not 0
// replaced by those of v one after the other, over and over if there are fewer.
// It is differentiable in x and v.
func Place(x, mask, v Array) Array {
	return putFlat("Place", x, maskIndices("Place", x, mask), nil, v)
}

// PutMask is [Place] with the elements of v that stand at the same places in the
// flattened arrays, v repeated to the size of x.
func PutMask(x, mask, v Array) Array {
	index := maskIndices("PutMask", x, mask)
	return putFlat("PutMask", x, index, index, v)
}

func maskIndices(name string, x, mask Array) []int {
	if !sameShape(x.Shape(), mask.Shape()) {
		fail("%s: mask of shape %s for shape %s", name, shapeString(mask.Shape()), shapeString(x.Shape()))
	}
	return nonzero(Ravel(mask))[0]
}

// putFlat replaces the elements index of the flattened x by the elements from of
// v, or the first ones, counted modulo the size of v.
func putFlat(name string, x Array, index, from []int, v Array) Array {
	n := v.Size()
	if len(index) > 0 && n == 0 {
		fail("%s: no value for %d elements", name, len(index))
	}
	pick := make([]int, len(index))
	for k := range pick {
		i := k
		if from != nil {
			i = from[k]
		}
		pick[k] = i % n
	}
	y := setAt(name, Ravel(x), Index{Ints(index...)}, Take(Ravel(v), pick, 0))
	return Reshape(y, x.Shape()...)
}

// Choose returns for each element of index the element at its place of the
// choice of that number; all broadcast.
func Choose(index Array, choices ...Array) Array {
	if len(choices) == 0 {
		fail("Choose: no choice")
	}
	for _, i := range index.Ints() {
		if i < 0 || i >= len(choices) {
			fail("Choose: index %d of %d choices", i, len(choices))
		}
	}
	y := choices[0]
	for k := 1; k < len(choices); k++ {
		y = Where(Equal(index, Scalar(float64(k))), choices[k], y)
	}
	return BroadcastTo(y, broadcastAll("Choose", append([]Array{index}, choices...))...)
}

// broadcastAll returns the shape that arrays broadcast to.
func broadcastAll(name string, xs []Array) []int {
	shape := []int{}
	for _, x := range xs {
		out, ok := broadcastShape(shape, x.Shape())
		if !ok {
			fail("%s: shapes %s and %s do not broadcast", name, shapeString(shape), shapeString(x.Shape()))
		}
		shape = out
	}
	return shape
}

// Nonzero returns the indices of the elements that are not 0, an array for each
// axis.
func Nonzero(x Array) []Array {
	var out []Array
	for _, index := range nonzero(x) {
		out = append(out, fromInts(index))
	}
	return out
}

// FlatNonzero returns the indices in the flattened array of the elements that
// are not 0.
func FlatNonzero(x Array) Array { return fromInts(nonzero(Reshape(x.Detach(), -1))[0]) }

// ArgWhere returns the indices of the elements that are not 0, a row for each.
func ArgWhere(x Array) Array {
	if x.NDim() == 0 {
		return Zeros(CountNonzero(x.Detach()).Ints()[0], 0)
	}
	return Transpose(Stack(0, Nonzero(x)...))
}

func fromInts(index []int) Array {
	v := make([]float64, len(index))
	for i, j := range index {
		v[i] = float64(j)
	}
	return Wrap(v)
}
