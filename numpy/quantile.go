package numpy

import "math"

// A QuantileMethod says what a quantile is that falls between two elements.
type QuantileMethod int

// The methods of [Quantile], in NumPy's names. The first five place quantile q
// of n elements at (n-1)q; then follow the other definitions of Hyndman and Fan,
// "Sample quantiles in statistical packages", 1996, by their numbers there.
const (
	QuantileLinear                  QuantileMethod = iota // between the neighbours in proportion (7)
	QuantileLower                                         // the smaller
	QuantileHigher                                        // the larger
	QuantileMidpoint                                      // half way
	QuantileNearest                                       // the nearer one, the even index in doubt
	QuantileInvertedCDF                                   // the least with a share of q not above it (1)
	QuantileAveragedInvertedCDF                           // the same, half way to the next one where q is met (2)
	QuantileClosestObservation                            // the nearest to nq, the even number in doubt (3)
	QuantileInterpolatedInvertedCDF                       // linear in nq (4)
	QuantileHazen                                         // linear in nq+1/2 (5)
	QuantileWeibull                                       // linear in (n+1)q (6)
	QuantileMedianUnbiased                                // linear in (n+1/3)q+1/3 (8)
	QuantileNormalUnbiased                                // linear in (n+1/4)q+3/8 (9)
)

// between returns where quantile q of n sorted elements is: the part t of the
// way from element lo to element hi.
func (m QuantileMethod) between(q float64, n int) (lo, hi int, t float64) {
	count := float64(n)
	at := q * (count - 1)
	linear := func(alpha, beta float64) float64 { return count*q + alpha + q*(1-alpha-beta) - 1 }
	switch m {
	case QuantileInvertedCDF:
		at = math.Ceil(count*q) - 1
	case QuantileAveragedInvertedCDF:
		at = count*q - 1
		if at == math.Floor(at) {
			at += 0.5
		} else {
			at = math.Ceil(at)
		}
	case QuantileClosestObservation:
		at = math.RoundToEven(count*q) - 1
	case QuantileInterpolatedInvertedCDF:
		at = linear(0, 1)
	case QuantileHazen:
		at = linear(0.5, 0.5)
	case QuantileWeibull:
		at = linear(0, 0)
	case QuantileMedianUnbiased:
		at = linear(1./3, 1./3)
	case QuantileNormalUnbiased:
		at = linear(3./8, 3./8)
	}
	at = min(max(at, 0), count-1)
	lo = int(at)
	t = at - float64(lo)
	switch {
	case t == 0:
	case m == QuantileLower:
		t = 0
	case m == QuantileHigher:
		t = 1
	case m == QuantileMidpoint:
		t = 0.5
	case m == QuantileNearest:
		t = truth(t > 0.5 || t == 0.5 && lo%2 == 1)
	}
	return lo, min(lo+1, n-1), t
}

// Median returns the median of the elements of x, the mean of the middle two of
// an even number. NaN makes it NaN.
func Median(x Array, opts ...ReduceOption) Array {
	return quantile("Median", x, 0.5, QuantileLinear, opts, false)
}

// NanMedian is [Median] of the elements that are not NaN.
func NanMedian(x Array, opts ...ReduceOption) Array {
	return quantile("NanMedian", x, 0.5, QuantileLinear, opts, true)
}

// Quantile returns the quantile q, between 0 and 1, of the elements of x, by the
// method where it falls between two of them. NaN makes it NaN. It is
// differentiable in x, and panics with an [Error] if q is not in [0, 1] or x is
// complex or empty.
func Quantile(x Array, q float64, method QuantileMethod, opts ...ReduceOption) Array {
	return quantile("Quantile", x, q, method, opts, false)
}

// NanQuantile is [Quantile] of the elements that are not NaN.
func NanQuantile(x Array, q float64, method QuantileMethod, opts ...ReduceOption) Array {
	return quantile("NanQuantile", x, q, method, opts, true)
}

// Quantiles returns several quantiles, sorting x once, along a new first axis.
func Quantiles(x Array, q []float64, method QuantileMethod, opts ...ReduceOption) Array {
	return quantiles("Quantiles", x, q, method, opts, false)
}

// Percentile is [Quantile] for a q between 0 and 100.
func Percentile(x Array, q float64, method QuantileMethod, opts ...ReduceOption) Array {
	return quantile("Percentile", x, q/100, method, opts, false)
}

// NanPercentile is [Percentile] of the elements that are not NaN.
func NanPercentile(x Array, q float64, method QuantileMethod, opts ...ReduceOption) Array {
	return quantile("NanPercentile", x, q/100, method, opts, true)
}

func quantile(name string, x Array, q float64, method QuantileMethod, opts []ReduceOption, skip bool) Array {
	y := quantiles(name, x, []float64{q}, method, opts, skip)
	return Reshape(y, y.Shape()[1:]...)
}

func quantiles(name string, x Array, qs []float64, method QuantileMethod, opts []ReduceOption, skip bool) Array {
	for _, q := range qs {
		if !(q >= 0 && q <= 1) {
			fail("%s: quantile %g is not between 0 and 1", name, q)
		}
	}
	if method < 0 || method > QuantileNormalUnbiased {
		fail("%s: there is no method %d", name, method)
	}
	if x.IsComplex() {
		fail("%s: not defined for complex numbers", name)
	}
	r := newReduction(name, x, opts)
	r.nonEmpty(name, x)
	shape := append([]int{len(qs)}, r.shape...)
	if x.Size() == 0 || len(qs) == 0 {
		return Zeros(shape...)
	}
	lines := r.lines(x)
	in, m, n := lines.lineFloats()
	order := argSort(in, m, n)
	width := 2 * len(qs)
	index := make([]int, 0, m*width)
	weight := make([]float64, 0, m*width)
	for i := range m {
		row := order[i*n : (i+1)*n]
		count := n
		for count > 0 && math.IsNaN(in[i*n+row[count-1]]) {
			count--
		}
		for _, q := range qs {
			if count < n && !skip || count == 0 {
				index, weight = append(index, row[n-1], row[n-1]), append(weight, 1, 0) // NaN
				continue
			}
			lo, hi, t := method.between(q, count)
			index, weight = append(index, row[lo], row[hi]), append(weight, 1-t, t)
		}
	}
	// Line by line the quantiles, of which each is the sum of two elements.
	y := AZMul(Wrap(weight, m, width), gatherLines(lines, index))
	y = Reshape(lineSums(Reshape(y, m*len(qs), 2)), m, len(qs))
	return Reshape(Transpose(y), shape...)
}
