package numpy

import "slices"

// Counts.

// HistogramBinEdges returns the bounds of n bins of the same width from lo to
// hi, or, where these are the same, from the smallest to the largest element of
// x, of half a unit more on either side if these are the same, too.
func HistogramBinEdges(x Array, n int, lo, hi float64) Array {
	if n < 1 {
		fail("HistogramBinEdges: %d bins", n)
	}
	switch {
	case lo != hi:
	case x.Size() == 0:
		lo, hi = 0, 1
	default:
		lo, hi = Min(x.Detach()).Float64(), Max(x.Detach()).Float64()
		if lo == hi {
			lo, hi = lo-0.5, hi+0.5
		}
	}
	return Linspace(lo, hi, n+1)
}

// Histogram returns how many elements of x lie in each of the bins between
// ascending bounds, the last of which includes its upper one.
func Histogram(x, bounds Array) Array {
	return histogram("Histogram", Reshape(x, -1, 1), []Array{bounds}, Scalar(1), false)
}

// HistogramOf is [Histogram] with the sum of weights, which broadcast to the
// shape of x, in place of the number. With density it is divided by the sum over
// all bins and their widths, so that its integral is 1. It is differentiable in
// the weights and, with density, in the bounds.
func HistogramOf(x, bounds, weights Array, density bool) Array {
	w := stretchTo("HistogramOf", weights, x.Shape())
	return histogram("HistogramOf", Reshape(x, -1, 1), []Array{bounds}, Ravel(w), density)
}

// HistogramDD is [HistogramOf] in several dimensions: x holds a point in each
// row, with a coordinate for each of the bounds, and the weights broadcast to
// the number of points.
func HistogramDD(x Array, bounds []Array, weights Array, density bool) Array {
	return histogram("HistogramDD", x, bounds, weights, density)
}

// Histogram2D is [HistogramDD] for the points (x, y).
func Histogram2D(x, y, xBounds, yBounds, weights Array, density bool) Array {
	return histogram("Histogram2D", ColumnStack(Ravel(x), Ravel(y)), []Array{xBounds, yBounds}, weights, density)
}

func histogram(name string, x Array, bounds []Array, weights Array, density bool) Array {
	if x.NDim() != 2 || x.Shape()[1] != len(bounds) {
		fail("%s: points of shape %s for bounds in %d dimensions", name, shapeString(x.Shape()), len(bounds))
	}
	n := x.Shape()[0]
	bin := make([]int, n) // of each point, -1 for none
	shape := make([]int, len(bounds))
	for k, b := range bounds {
		if b.NDim() != 1 || b.Size() < 2 {
			fail("%s: bounds of shape %s, want a vector of at least 2", name, shapeString(b.Shape()))
		}
		shape[k] = b.Size() - 1
		top := b.Detach().At(-1).Float64()
		column := x.Detach().Index(Whole, I(k))
		above := SearchSorted(b, column, true).Ints()
		for i, v := range column.Float64s() {
			at := above[i] - 1
			if v == top {
				at = shape[k] - 1
			}
			if at < 0 || at >= shape[k] || bin[i] < 0 {
				bin[i] = -1
			} else {
				bin[i] = bin[i]*shape[k] + at
			}
		}
	}
	var points, bins []int
	for i, b := range bin {
		if b >= 0 {
			points, bins = append(points, i), append(bins, b)
		}
	}
	w := Take(stretchTo(name, weights, []int{n}), points, 0)
	h := scatterSum(shape, []scatter{pick{index: bins, run: 1, shape: []int{len(bins)}}}, []Array{w})
	if !density {
		return h
	}
	total := Sum(h)
	for k, b := range bounds {
		one := slices.Repeat([]int{1}, len(shape))
		one[k] = shape[k]
		h = Div(h, Reshape(Diff(b, 1, 0), one...))
	}
	return Div(h, total)
}

// BinCount returns for each of the numbers 0, 1, … how often it is in x, or,
// more generally, the sum of the weights that stand there, which broadcast to
// the shape of x: Scalar(1) to count. There are as many results as the largest
// number in x asks for, but at least n. It is differentiable in the weights.
func BinCount(x, weights Array, n int) Array {
	index := x.Ints()
	for _, i := range index {
		if i < 0 {
			fail("BinCount: %d is negative", i)
		}
		n = max(n, i+1)
	}
	w := Ravel(stretchTo("BinCount", weights, x.Shape()))
	return scatterSum([]int{n}, []scatter{pick{index: slices.Clone(index), run: 1, shape: []int{len(index)}}}, []Array{w})
}
