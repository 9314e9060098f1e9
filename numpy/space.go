package numpy

import (
	"math"
	"slices"
)

// Numbers at regular distances, and the grids they span.

// A SpaceOption is an option of [Linspace] and its like.
type SpaceOption int

// Open leaves the upper end out, so that n numbers stand at n-th parts of the
// way.
const Open SpaceOption = 1

// Linspace returns n numbers from lo to hi at equal distances.
func Linspace(lo, hi float64, n int, opts ...SpaceOption) Array {
	return LinspaceOf(Scalar(lo), Scalar(hi), n, opts...)
}

// LinspaceOf is [Linspace] between arrays, which broadcast, along a new first
// axis. It is differentiable in both.
func LinspaceOf(lo, hi Array, n int, opts ...SpaceOption) Array {
	if n < 0 {
		fail("Linspace: %d numbers", n)
	}
	shape := broadcastAll("Linspace", []Array{lo, hi})
	steps := max(n-1, 1)
	if slices.Contains(opts, Open) {
		steps = max(n, 1)
	}
	t, s := make([]float64, n), make([]float64, n)
	for i := range t {
		t[i] = float64(i) / float64(steps)
		s[i] = float64(steps-i) / float64(steps)
	}
	lo = BroadcastTo(lo, shape...)
	return Add(Mul(column(s, 0, len(shape)+1), lo), Mul(column(t, 0, len(shape)+1), hi))
}

// Logspace returns base raised to n numbers from lo to hi at equal distances.
func Logspace(lo, hi float64, n int, base float64, opts ...SpaceOption) Array {
	return LogspaceOf(Scalar(lo), Scalar(hi), n, Scalar(base), opts...)
}

// LogspaceOf is [Logspace] for arrays, which broadcast, along a new first axis.
// It is differentiable in all three.
func LogspaceOf(lo, hi Array, n int, base Array, opts ...SpaceOption) Array {
	return Pow(base, LinspaceOf(lo, hi, n, opts...))
}

// Geomspace returns n numbers from lo to hi in constant proportion, all of the
// sign of lo.
func Geomspace(lo, hi float64, n int, opts ...SpaceOption) Array {
	y := Exp(Linspace(math.Log(math.Abs(lo)), math.Log(math.Abs(hi)), n, opts...))
	v := slices.Clone(y.Float64s())
	for i := range v {
		v[i] = math.Copysign(v[i], lo)
	}
	if n > 0 {
		v[0] = lo
		if n > 1 && !slices.Contains(opts, Open) {
			v[n-1] = hi
		}
	}
	return Wrap(v)
}

// GeomspaceOf is [Geomspace] between arrays, real or complex, which broadcast,
// along a new first axis: lo·(hi/lo)^t for t from 0 to 1. It is differentiable
// in both.
func GeomspaceOf(lo, hi Array, n int, opts ...SpaceOption) Array {
	return Mul(lo, Pow(Div(hi, lo), column(Linspace(0, 1, n, opts...).Float64s(), 0, len(broadcastAll("Geomspace", []Array{lo, hi}))+1)))
}

// Meshgrid returns for vectors x and y the coordinates of the grid they span:
// matrices of len(y) rows and len(x) columns. See [MGrid] for other dimensions.
func Meshgrid(x, y Array) (gx, gy Array) {
	x, y = Ravel(x), Ravel(y)
	m, n := y.Size(), x.Size()
	return BroadcastTo(x, m, n), BroadcastTo(Reshape(y, m, 1), m, n)
}

// MGrid returns the coordinates of the grid that vectors span, an array for
// each, where the k-th vector runs along axis k: NumPy's meshgrid with indexing
// 'ij', or mgrid of vectors by [Arange].
func MGrid(xs ...Array) []Array { return BroadcastArrays(OGrid(xs...)...) }

// OGrid returns vectors so that they span a grid by broadcasting, the k-th along
// axis k; see [MGrid].
func OGrid(xs ...Array) []Array {
	out := make([]Array, len(xs))
	for k, x := range xs {
		shape := slices.Repeat([]int{1}, len(xs))
		shape[k] = x.Size()
		out[k] = Reshape(x, shape...)
	}
	return out
}

// Ix returns the index of the elements whose indices along each axis are those
// listed for it: the rows and columns of a matrix where they cross.
func Ix(lists ...[]int) Index {
	var out Index
	for k, l := range lists {
		out = append(out, IntsOf(column(fromInts(l).Float64s(), k, len(lists))))
	}
	return out
}

// Indices returns the indices of all elements of an array of the shape, axis by
// axis along a new first axis.
func Indices(shape ...int) Array {
	if len(shape) == 0 {
		return Zeros(0)
	}
	xs := make([]Array, len(shape))
	for a, n := range shape {
		if n < 0 {
			fail("Indices: negative length in shape %s", shapeString(shape))
		}
		xs[a] = count(n)
	}
	return Stack(0, MGrid(xs...)...)
}

// UnravelIndex returns the indices, axis by axis, in an array of the shape of
// the elements with the given indices in the flattened array.
func UnravelIndex(index Array, shape ...int) []Array {
	n := product(shape)
	out := make([][]float64, len(shape))
	for _, i := range index.Ints() {
		if i < 0 || i >= n {
			fail("UnravelIndex: index %d in shape %s", i, shapeString(shape))
		}
		for k := len(shape) - 1; k >= 0; k-- {
			out[k] = append(out[k], float64(i%shape[k]))
			i /= shape[k]
		}
	}
	xs := make([]Array, len(shape))
	for k := range xs {
		xs[k] = Reshape(Wrap(out[k]), index.Shape()...)
	}
	return xs
}

// RavelMultiIndex returns the indices in the flattened array of the elements of
// an array of the shape with the given indices along its axes, which broadcast.
func RavelMultiIndex(index []Array, shape ...int) Array {
	if len(index) != len(shape) {
		fail("RavelMultiIndex: indices along %d axes of shape %s", len(index), shapeString(shape))
	}
	y := Array{}
	for k, x := range index {
		for _, i := range x.Ints() {
			if i < 0 || i >= shape[k] {
				fail("RavelMultiIndex: index %d along axis %d of shape %s", i, k, shapeString(shape))
			}
		}
		y = Add(y.Scale(float64(shape[k])), x.Detach())
	}
	return y
}

// Vander returns the matrix of powers of a vector, n columns from the power n-1
// down to 0; [FlipLR] puts them in ascending order.
func Vander(x Array, n int) Array {
	if x.NDim() != 1 || n < 0 {
		fail("Vander: %d powers of shape %s", n, shapeString(x.Shape()))
	}
	cols := []Array{}
	y := onesLike(x)
	for range n {
		cols = append(cols, y)
		y = Mul(y, x)
	}
	if n == 0 {
		return Zeros(x.Size(), 0)
	}
	slices.Reverse(cols)
	return Stack(1, cols...)
}
