package numpy

import (
	"cmp"
	"math"
	"slices"
)

// argSort returns the indices that sort each of m lines of n numbers, NaN
// last, equal ones in their order.
func argSort(in []float64, m, n int) []int {
	index := make([]int, len(in))
	for i := range m {
		line, row := in[i*n:(i+1)*n], index[i*n:(i+1)*n]
		for j := range row {
			row[j] = j
		}
		slices.SortStableFunc(row, func(a, b int) int {
			switch x, y := line[a], line[b]; {
			case x != x || y != y:
				return cmp.Compare(truth(x != x), truth(y != y))
			default:
				return cmp.Compare(x, y)
			}
		})
	}
	return index
}

// Sort returns x with its elements in ascending order along an axis, the last
// one if none is given, NaN at the end. Its derivative is that of the
// selection.
func Sort(x Array, opts ...ReduceOption) Array {
	r := oneAxis("Sort", x, opts, true)
	lines := r.lines(x)
	return r.back(gatherLines(lines, argSort(lines.lineFloats())), x, r.count)
}

// Partition returns x with the element that Sort would put at position k along
// the axis there, none that is larger before it, and none that is smaller
// after it. (It sorts.)
func Partition(x Array, k int, opts ...ReduceOption) Array {
	r := oneAxis("Partition", x, opts, true)
	if k < -r.count || k >= r.count {
		fail("Partition: position %d of %d elements", k, r.count)
	}
	return Sort(x, opts...)
}

// MSort is [Sort] along the first axis.
func MSort(x Array) Array { return Sort(x, Axis(0)) }

// ArgSort returns the indices that sort x along an axis, the last one if none
// is given.
func ArgSort(x Array, opts ...ReduceOption) Array {
	r := oneAxis("ArgSort", x, opts, true)
	index := argSort(r.lines(x.Detach()).lineFloats())
	v := make([]float64, len(index))
	for i, j := range index {
		v[i] = float64(j)
	}
	return r.back(Wrap(v, r.rest(), r.count), x, r.count)
}

// ArgPartition returns the indices that partition x; see [Partition].
func ArgPartition(x Array, k int, opts ...ReduceOption) Array {
	r := oneAxis("ArgPartition", x, opts, true)
	if k < -r.count || k >= r.count {
		fail("ArgPartition: position %d of %d elements", k, r.count)
	}
	return ArgSort(x, opts...)
}

// Unique returns the different elements of x in ascending order, each the
// first of its kind, NaN once at the end.
func Unique(x Array) Array {
	first, _ := kinds(x.Float64s())
	return Take(Ravel(x), first, 0)
}

// A QuantileMethod says what a quantile is that falls between two elements.
type QuantileMethod int

// The methods of [Quantile], in NumPy's names.
const (
	LinearMethod   QuantileMethod = iota // between the neighbours in proportion
	LowerMethod                          // the smaller
	HigherMethod                         // the larger
	MidpointMethod                       // half way
	NearestMethod                        // the nearer one, the even index in doubt
)

// Median returns the median of the elements of x.
func Median(x Array, opts ...ReduceOption) Array {
	return quantile("Median", x, 0.5, LinearMethod, opts, false)
}

// NanMedian is [Median] of the elements that are not NaN.
func NanMedian(x Array, opts ...ReduceOption) Array {
	return quantile("NanMedian", x, 0.5, LinearMethod, opts, true)
}

// Quantile returns the quantile q, between 0 and 1, of the elements of x. NaN
// makes it NaN.
func Quantile(x Array, q float64, method QuantileMethod, opts ...ReduceOption) Array {
	return quantile("Quantile", x, q, method, opts, false)
}

// Percentile is [Quantile] for a q between 0 and 100.
func Percentile(x Array, q float64, method QuantileMethod, opts ...ReduceOption) Array {
	return quantile("Percentile", x, q/100, method, opts, false)
}

func quantile(name string, x Array, q float64, method QuantileMethod, opts []ReduceOption, skip bool) Array {
	if !(q >= 0 && q <= 1) {
		fail("%s: quantile %g is not between 0 and 1", name, q)
	}
	r := newReduction(name, x, opts)
	r.nonEmpty(name, x)
	lines := r.lines(x)
	in, m, n := lines.lineFloats()
	order := argSort(in, m, n)
	index := make([]int, 2*m)
	weight := make([]float64, 2*m)
	for i := range m {
		row := order[i*n : (i+1)*n]
		count := n
		for count > 0 && math.IsNaN(in[i*n+row[count-1]]) {
			count--
		}
		if count < n && !skip || count == 0 {
			index[2*i], index[2*i+1] = row[n-1], row[n-1] // NaN
			weight[2*i] = 1
			continue
		}
		at := q * float64(count-1)
		lo := int(at)
		hi := min(lo+1, count-1)
		t := method.weight(at-float64(lo), lo)
		index[2*i], index[2*i+1] = row[lo], row[hi]
		weight[2*i], weight[2*i+1] = 1-t, t
	}
	y := AZMul(Wrap(weight, m, 2), gatherLines(lines, index))
	return Reshape(lineSums(y), r.shape...)
}

// weight returns the share of the larger neighbour at the part t of the way to
// it from the one of index lo.
func (m QuantileMethod) weight(t float64, lo int) float64 {
	switch {
	case t == 0 || m == LinearMethod:
		return t
	case m == HigherMethod:
		return 1
	case m == MidpointMethod:
		return 0.5
	case m == NearestMethod:
		return truth(t > 0.5 || t == 0.5 && lo%2 == 1)
	}
	return 0
}

// SearchSorted returns the indices at which the elements of v would go into the
// ascending vector x: before equal elements or, with right, after them.
func SearchSorted(x, v Array, right bool) Array {
	if x.NDim() != 1 {
		fail("SearchSorted: shape %s is not that of a vector", shapeString(x.Shape()))
	}
	at := x.Detach().Float64s()
	out := make([]float64, v.Size())
	for i, t := range v.Detach().Float64s() {
		k, _ := slices.BinarySearchFunc(at, t, func(e, t float64) int {
			if e < t || right && e == t {
				return -1
			}
			return 1
		})
		out[i] = float64(k)
	}
	return Reshape(Wrap(out), v.Shape()...)
}

// Digitize returns for each element of x the index of the bin it falls in:
// the number of ascending bounds that are not above it.
func Digitize(x, bounds Array) Array { return SearchSorted(bounds, x, true) }

// Histogram returns how many elements of x lie in each of the bins between
// ascending bounds, the last of which includes its upper one.
func Histogram(x, bounds Array) Array {
	n := bounds.Size() - 1
	if bounds.NDim() != 1 || n < 1 {
		fail("Histogram: bounds of shape %s, want a vector of at least 2", shapeString(bounds.Shape()))
	}
	count := make([]float64, n)
	top := bounds.Detach().Float64s()[n]
	in := x.Detach().Float64s()
	for i, k := range SearchSorted(bounds, x, true).Float64s() {
		switch b := int(k) - 1; {
		case b >= 0 && b < n:
			count[b]++
		case b == n && in[i] == top:
			count[n-1]++
		}
	}
	return Wrap(count)
}
